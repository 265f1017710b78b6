//! The one way to the disk: texts in, whole files out, names that are safe everywhere.

mod error;
mod hash;
mod names;
mod read;
mod stamps;
mod stream;
mod stretches;
mod within;
mod write;
mod written;

pub use error::{ReadError, WorldError, slashed};
pub use hash::Hash;
pub use names::{SafeNames, safe_name};
pub use read::{FolderFile, MAX_TEXT, exists, is_folder, list, read_bytes, read_folder, read_text};
pub use stamps::{MAX_STAMPS, Root, Stamp, stamps};
pub use stream::Stream;
pub use stretches::Stretches;
pub use within::{files_within, read_within};
pub use write::{Growing, create_folder, write_atomic};
pub use written::{Decision, HOME, Put, Written, beside, decide};
