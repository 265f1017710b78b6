//! What is printed, and where: results on standard output, everything else on standard error.

use std::io::{self, Write};
use std::path::PathBuf;

use crate::diag::{Diagnostic, Diagnostics, Severity, show, show_all};
use crate::files::WorldError;
use crate::source::Sources;
use crate::wording::count;

/// The two streams of a run.
pub struct Console<'w> {
    out: &'w mut dyn Write,
    err: &'w mut dyn Write,
    pub colour: bool,
    pub quiet: bool,
}

impl<'w> Console<'w> {
    pub fn new(out: &'w mut dyn Write, err: &'w mut dyn Write) -> Console<'w> {
        Console { out, err, colour: false, quiet: false }
    }

    /// A line of the result.
    pub fn print(&mut self, line: &str) -> Result<(), WorldError> {
        writeln!(self.out, "{line}").map_err(pipe)
    }

    /// A line that a quiet run leaves out.
    pub fn note(&mut self, line: &str) -> Result<(), WorldError> {
        if self.quiet { Ok(()) } else { self.print(line) }
    }

    /// A line for the person at the terminal. A standard error that is closed changes nothing.
    pub fn tell(&mut self, line: &str) {
        let _ = writeln!(self.err, "{line}");
    }

    /// All diagnostics in the order of the files, with a count at the end.
    pub fn diagnostics(&mut self, diagnostics: &Diagnostics, sources: &Sources) {
        if diagnostics.is_empty() {
            return;
        }
        let shown = show_all(diagnostics, sources, self.colour);
        let _ = write!(self.err, "{shown}");
        let of = |wanted: Severity| diagnostics.iter().filter(|d| d.severity == wanted).count();
        let _ = writeln!(self.err, "\n{}", counts(of(Severity::Error), of(Severity::Warning)));
    }

    /// One diagnostic without a count.
    pub fn diagnostic(&mut self, diagnostic: &Diagnostic, sources: &Sources) {
        let _ = write!(self.err, "{}", show(diagnostic, sources, self.colour));
    }

    pub fn flush(&mut self) -> Result<(), WorldError> {
        self.out.flush().map_err(pipe)
    }
}

fn pipe(cause: io::Error) -> WorldError {
    WorldError::new("write to", &PathBuf::from("standard output"), cause)
}

/// "2 errors and 1 warning"
fn counts(errors: usize, warnings: usize) -> String {
    let word = |n: usize, one: &str| count(n, one, &format!("{one}s"));
    match (errors, warnings) {
        (errors, 0) => word(errors, "error"),
        (0, warnings) => word(warnings, "warning"),
        (errors, warnings) => format!("{} and {}", word(errors, "error"), word(warnings, "warning")),
    }
}
