//! What a pack, a respondent and a finding are: plain data with exact numbers, and no file format.

mod answers;
mod bands;
mod condition;
mod date;
mod dated;
mod explanation;
mod finding;
mod formula;
mod group;
mod ids;
mod number;
mod pack;
mod prose;
mod run_of_show;
mod score;
mod session;
mod unit;

pub use answers::*;
pub use bands::*;
pub use condition::*;
pub use date::{Meant, date, meant_day};
pub use dated::*;
pub use explanation::*;
pub use finding::*;
pub use formula::*;
pub use group::*;
pub use ids::*;
pub use number::*;
pub use pack::*;
pub use prose::*;
pub use run_of_show::*;
pub use score::*;
pub use session::*;
pub use unit::*;
