//! Somebody of a cohort, wherever they come from.

use crate::answers::{Place, whom};
use crate::diag::Diagnostics;
use crate::files::{Hash, WorldError};
use crate::model::Respondent;
use crate::source::{Sources, Span};

/// One of a cohort, held against the pack.
pub struct Member {
    /// None where that is what is missing.
    pub id: Option<String>,
    /// The file, as messages call it.
    pub file: String,
    /// Where in the file.
    pub at: Place,
    /// Where the id stands.
    pub span: Span,
    /// Of everything that was typed for this respondent.
    pub input: Hash,
    /// The texts that places of this member lie in; those of the run where it has none of its own.
    pub sources: Option<Sources>,
    /// All reasons where they are refused.
    pub respondent: Result<Box<Respondent>, Diagnostics>,
}

impl Member {
    /// How lists call them: `acme (cohort.csv, row 3)`.
    pub fn label(&self) -> String {
        whom(self.id.as_deref(), format!("{}, {}", self.file, self.at))
    }
}

/// What is left to do to learn of the next one; any thread may do it.
pub type Task<'c> = Box<dyn FnOnce() -> Member + Send + 'c>;

/// Where a cohort comes from. Asking is done in order and by one thread at a time; it should cost little.
pub trait Source<'c>: Send {
    /// How many there will be.
    fn count(&self) -> usize;

    /// Who is next; none behind the last.
    ///
    /// # Errors
    /// Where what is behind it cannot be read any more.
    fn next(&mut self) -> Result<Option<Task<'c>>, WorldError>;
}

/// Members who are at hand already.
impl<'c> Source<'c> for std::vec::IntoIter<Member> {
    fn count(&self) -> usize {
        self.len()
    }

    fn next(&mut self) -> Result<Option<Task<'c>>, WorldError> {
        Ok(Iterator::next(self).map(|member| -> Task<'c> { Box::new(move || member) }))
    }
}
