//! What a run says of each respondent, in order, and how far it is.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::console::Console;
use super::refusals::Refusals;
use crate::answers::whom;
use crate::cohort::{Done, Made, MadeDocument, Outcome, Renamed};
use crate::diag::Diagnostics;
use crate::diag::report::Form;
use crate::files::{WorldError, Written};
use crate::kit;
use crate::model::{Pack, Problem};
use crate::source::Sources;
use crate::wording::count;

/// How many folders with other names than they were to bear are told one by one.
const SHOWN_NAMES: usize = 20;

const BAR: &str = "{bar:30} {pos} of {len}, {per_sec}, {eta} left";

/// Tells what becomes of everybody.
pub struct Telling<'t, 'w> {
    out: &'t str,
    cohort: bool,
    sources: &'t Sources,
    console: &'t mut Console<'w>,
    made: usize,
    kept: usize,
    refused: usize,
    files: usize,
    renamed: usize,
    emails: usize,
    refusals: Refusals,
    /// What was told of papers, once for everybody.
    told: Diagnostics,
}

/// How a run of a cohort went.
#[derive(Default)]
pub struct Summary {
    pub made: usize,
    pub refused: usize,
    files: usize,
    kept: usize,
    told: bool,
}

impl Summary {
    /// Says how much was made, papers of everybody together included.
    pub fn tell(&self, together: &[MadeDocument], out: &str, console: &mut Console<'_>) {
        if !self.told || self.made == 0 {
            return;
        }
        let of_all: usize = together.iter().map(|document| document.files.len()).sum();
        let people = count(self.made, "respondent", "respondents");
        let files = count(self.files + of_all, "file", "files");
        let kept = match self.kept {
            0 => String::new(),
            all if all == self.made && of_all == 0 => ", all of them there already".to_owned(),
            some => format!(", those of {some} there already"),
        };
        console.tell(&format!("{people}, {files} in `{out}`{kept}"));
    }
}

impl<'t, 'w> Telling<'t, 'w> {
    /// `sources` are the texts of the run; `all` is whether everybody who is refused is told with all reasons.
    pub fn new(
        out: &'t str,
        cohort: bool,
        people: usize,
        sources: &'t Sources,
        (pack, all): (&Pack, bool),
        console: &'t mut Console<'w>,
    ) -> Telling<'t, 'w> {
        if cohort && people > 1 && console.terminal && !console.quiet && console.form == Form::Human {
            let bar = ProgressBar::with_draw_target(Some(people as u64), ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template(BAR) {
                bar.set_style(style);
            }
            console.bar = Some(bar);
        }
        let refusals = Refusals::new(pack.names(), all);
        let (made, kept, refused, files, renamed, emails) = (0, 0, 0, 0, 0, 0);
        let told = Diagnostics::default();
        Telling { out, cohort, sources, console, made, kept, refused, files, renamed, emails, refusals, told }
    }

    pub fn console(&mut self) -> &mut Console<'w> {
        self.console
    }

    /// Tells of one, and notes in the record what is there now.
    pub fn tell(&mut self, done: Done, written: &Written) -> Result<(), WorldError> {
        match &done.outcome {
            Outcome::Refused { faults, sources, of_template } => {
                self.refused += 1;
                let sources = sources.as_ref().unwrap_or(self.sources);
                if self.cohort {
                    let brief = whom(done.id.as_deref(), done.at);
                    let whom = (done.label.as_str(), brief.as_str());
                    self.refusals.add(whom, faults, *of_template, sources, self.console);
                } else {
                    self.console.diagnostics(faults, sources);
                }
            }
            Outcome::Made(made) => {
                self.made += 1;
                self.kept += usize::from(made.kept);
                let known = self.told.len();
                made.told.iter().for_each(|found| self.told.push(found.clone()));
                if !self.console.quiet {
                    for found in self.told.iter().skip(known) {
                        self.console.diagnostic(found, self.sources);
                    }
                }
                for Problem { code, at, message } in &made.problems {
                    let id = done.id.as_deref().unwrap_or_default();
                    self.console.warning(code, &format!("{id}: {at}: {message}"));
                }
                self.name(made);
                for document in &made.documents {
                    written.note(&document.files, made.from)?;
                    self.files += document.files.len();
                    // On a terminal a bar tells more than thousands of lines.
                    let listed = !made.kept && self.console.bar.is_none();
                    self.console.document(document, self.out, listed)?;
                }
            }
        }
        if let Some(bar) = &self.console.bar {
            bar.inc(1);
        }
        Ok(())
    }

    fn name(&mut self, made: &Made) {
        let Some((asked, why)) = made.renamed() else { return };
        if why == Renamed::Email {
            self.emails += 1;
            return;
        }
        self.renamed += 1;
        if self.console.quiet || self.renamed > SHOWN_NAMES {
            return;
        }
        let why = match why {
            Renamed::Taken => "that name is taken",
            _ => "not every system has such a name",
        };
        // What was typed may hold signs that move a terminal's cursor.
        let asked: String = asked.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
        let folder = &made.named.folder;
        self.console.tell(&format!("`{asked}` goes to `{}/{folder}`: {why}", self.out));
    }

    /// The end of what is made for each: how many have their papers, and how many were refused.
    pub fn end(self, failed: bool) -> Summary {
        if let Some(bar) = self.console.bar.take() {
            bar.finish_and_clear();
        }
        self.refusals.end(self.console);
        let told = !self.console.quiet && self.cohort && !failed;
        let Telling { made, refused, files, kept, .. } = self;
        let summary = Summary { made, refused, files, kept, told };
        if !told {
            return summary;
        }
        if self.renamed > SHOWN_NAMES {
            let more = self.renamed - SHOWN_NAMES;
            let folders = count(more, "more folder has", "more folders have");
            self.console.tell(&format!("{folders} another name than asked for: the manifest lists them"));
        }
        if self.emails > 0 {
            let folders = count(self.emails, "folder does", "folders do");
            self.console.tell(&format!(
                "{folders} not bear the id, which is an e-mail address (`--name \"{{respondent}}\"` takes it all the same)"
            ));
        }
        summary
    }
}

impl Console<'_> {
    /// What is to be said of a document that was written.
    pub fn document(&mut self, document: &MadeDocument, out: &str, listed: bool) -> Result<(), WorldError> {
        let MadeDocument { stem, beside, files, undrawn } = document;
        if *beside {
            self.tell(&format!(
                "`{out}/{stem}` was edited by hand and stays as it is; what was made stands beside it (`--force` overwrites)"
            ));
        }
        if !undrawn.is_empty() && !self.quiet {
            self.diagnostic(&kit::undrawn(undrawn, &format!("{out}/{stem}.pdf")), &Sources::default());
        }
        for (place, _) in files.iter().filter(|_| listed) {
            self.note(&format!("{out}/{place}"))?;
        }
        Ok(())
    }
}
