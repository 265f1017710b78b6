//! What is printed, and where: results on standard output, everything else on standard error.
//!
//! With a `--message-format` for machines, messages are the result of commands that have no other: they go to standard
//! output, and nothing else does. Commands whose result is data of its own keep them on standard error.

use std::io::{self, Write};
use std::path::PathBuf;

use indicatif::ProgressBar;

use crate::diag::report::{Form, Sarif, json, json_note, short};
use crate::diag::{Code, Diagnostic, Diagnostics, Page, Severity, show, show_all};
use crate::files::WorldError;
use crate::source::Sources;
use crate::wording::count;

/// The two streams of a run.
pub struct Console<'w> {
    out: &'w mut dyn Write,
    err: &'w mut dyn Write,
    pub colour: bool,
    pub quiet: bool,
    /// The form of messages.
    pub form: Form,
    /// Whether standard output is taken by data, so that messages of every form stay on standard error.
    pub data: bool,
    /// Whether somebody sits at a terminal and reads standard error.
    pub terminal: bool,
    /// Stands below everything that is told, while a run goes on.
    pub bar: Option<ProgressBar>,
    /// The command of this run, without what makes it a trial.
    pub command: String,
    sarif: Sarif,
    /// The first failure of standard output while messages were written to it.
    broken: Option<WorldError>,
}

impl<'w> Console<'w> {
    pub fn new(out: &'w mut dyn Write, err: &'w mut dyn Write) -> Console<'w> {
        let (colour, quiet, data, terminal) = (false, false, false, false);
        let (form, sarif) = (Form::Human, Sarif::default());
        Console {
            out,
            err,
            colour,
            quiet,
            form,
            data,
            terminal,
            bar: None,
            command: String::new(),
            sarif,
            broken: None,
        }
    }

    /// A line of the result.
    pub fn print(&mut self, line: &str) -> Result<(), WorldError> {
        writeln!(self.out, "{line}").map_err(pipe)
    }

    /// A result that holds its own line breaks.
    pub fn text(&mut self, text: &str) -> Result<(), WorldError> {
        self.out.write_all(text.as_bytes()).map_err(pipe)
    }

    /// Shows what was printed so far.
    pub fn flush(&mut self) -> Result<(), WorldError> {
        self.out.flush().map_err(pipe)
    }

    /// Lines of the result, as bytes.
    pub fn lines(&mut self, lines: &[u8]) -> Result<(), WorldError> {
        self.out.write_all(lines).map_err(pipe)
    }

    /// A line that a quiet run leaves out. Where messages are the result, it goes to standard error.
    pub fn note(&mut self, line: &str) -> Result<(), WorldError> {
        match (self.quiet, self.form) {
            (true, _) => Ok(()),
            (false, Form::Human) => self.print(line),
            (false, _) => {
                self.tell(line);
                Ok(())
            }
        }
    }

    /// A line for the person at the terminal. A standard error that is closed changes nothing, and one that holds
    /// messages for machines holds nothing else.
    pub fn tell(&mut self, line: &str) {
        if self.form == Form::Human || !self.data {
            self.write_err(&format!("{line}\n"));
        }
    }

    /// An error that lies in no text, with what to do about it.
    pub fn fault(&mut self, message: &str, help: &[&str]) {
        match self.form {
            Form::Human => {
                let help: String = help.iter().map(|help| format!("help: {help}\n")).collect();
                self.write_err(&format!("error: {message}\n{help}"));
            }
            Form::Short => self.message(&format!("error: {message}\n")),
            Form::Json => self.message(&(json_note("error", message, help) + "\n")),
            Form::Sarif => self.sarif.note(
                "error",
                &std::iter::once(&message).chain(help).copied().collect::<Vec<_>>().join("\n"),
            ),
        }
    }

    /// A warning whose place is told in its own words.
    pub fn warning(&mut self, code: &str, message: &str) {
        match (self.form, Code::named(code)) {
            _ if self.quiet => {}
            (Form::Short | Form::Json | Form::Sarif, Some(code)) => {
                let told = Diagnostic { severity: Severity::Warning, ..Diagnostic::placeless(code, message) };
                self.diagnostic(&told, &Sources::default());
            }
            _ => self.tell(&format!("warning[{code}]: {message}")),
        }
    }

    /// All diagnostics in the order of the files, with a count at the end. A quiet run leaves warnings out.
    pub fn diagnostics(&mut self, diagnostics: &Diagnostics, sources: &Sources) {
        let mut told = diagnostics.clone();
        if self.quiet {
            told.retain(|diagnostic| diagnostic.severity == Severity::Error);
        }
        if told.is_empty() {
            return;
        }
        if self.form != Form::Human {
            told.sort(sources);
            told.iter().for_each(|diagnostic| self.diagnostic(diagnostic, sources));
            return;
        }
        let shown = show_all(&told, sources, self.colour);
        self.write_err(&shown);
        let of = |wanted: Severity| told.iter().filter(|d| d.severity == wanted).count();
        self.write_err(&format!("\n{}\n", counts(of(Severity::Error), of(Severity::Warning))));
    }

    /// One diagnostic without a count.
    pub fn diagnostic(&mut self, diagnostic: &Diagnostic, sources: &Sources) {
        match self.form {
            Form::Human => {
                self.write_err(&show(diagnostic, sources, self.colour));
            }
            Form::Short => self.message(&(short(diagnostic, sources) + "\n")),
            Form::Json => self.message(&(json(diagnostic, sources) + "\n")),
            Form::Sarif => self.sarif.add(diagnostic, sources),
        }
    }

    /// Ends a run: what is told only as a whole is told now. `done` is whether the world allowed the run to finish.
    pub fn finish(&mut self, pages: &[&Page], done: bool) -> Result<(), WorldError> {
        if self.form == Form::Sarif {
            let sarif = std::mem::take(&mut self.sarif).finish(pages, env!("CARGO_PKG_VERSION"), done);
            self.message(&sarif);
        }
        match self.broken.take() {
            Some(error) => Err(error),
            None => self.out.flush().map_err(pipe),
        }
    }

    /// Text for people, above the bar. A standard error that is closed changes nothing.
    fn write_err(&mut self, text: &str) {
        let Console { err, bar, .. } = self;
        let mut write = || drop(err.write_all(text.as_bytes()));
        match bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    /// Text for a machine, on the stream of messages.
    fn message(&mut self, text: &str) {
        if self.data {
            let _ = self.err.write_all(text.as_bytes());
        } else if let Err(cause) = self.out.write_all(text.as_bytes()) {
            self.broken.get_or_insert(pipe(cause));
        }
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
