//! What a pack, a respondent and a finding are: plain data with exact numbers, and no file format.

mod answers;
mod condition;
mod date;
mod finding;
mod ids;
mod number;
mod pack;
mod prose;
mod session;
mod unit;

pub use answers::*;
pub use condition::*;
pub use date::date;
pub use finding::*;
pub use ids::*;
pub use number::*;
pub use pack::*;
pub use prose::*;
pub use session::*;
pub use unit::*;
