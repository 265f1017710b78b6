//! Those who were refused: each with all reasons where they are few, else one line a column and reason.

use std::collections::HashSet;

use super::console::Console;
use crate::diag::report::Form;
use crate::diag::{Diagnostics, Reason, Reasons, show};
use crate::source::Sources;

/// How many are told with all reasons.
const FEW: usize = 3;
/// Reasons that are told where there are more.
const SHOWN: usize = 12;
/// Respondents that are named of one reason.
const PLACES: usize = 3;
/// How many different faults of templates are remembered, so that each is told in full once.
const KNOWN: usize = 100;

/// Gathers them while a run goes on, in bounded memory, and tells them at its end. For machines, and with `--all`, each is
/// told as it comes.
pub struct Refusals {
    all: bool,
    count: usize,
    /// The first ones as they would be told.
    few: String,
    /// Faults of templates as they are told in full.
    templates: String,
    known: HashSet<String>,
    reasons: Reasons,
}

impl Refusals {
    /// `names` are ids of the pack, by which reasons differ.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>, all: bool) -> Refusals {
        Refusals {
            all,
            count: 0,
            few: String::new(),
            templates: String::new(),
            known: HashSet::new(),
            reasons: Reasons::new(names),
        }
    }

    /// Somebody who is refused; lists call them by `label`, and where many stand on one line by `brief`. A fault of a template is many people's.
    pub fn add(
        &mut self,
        (label, brief): (&str, &str),
        faults: &Diagnostics,
        of_template: bool,
        sources: &Sources,
        console: &mut Console<'_>,
    ) {
        self.count += 1;
        let human = console.form == Form::Human;
        if self.all || !human {
            console.tell(&format!("refused: {label}"));
        }
        let mut told = format!("refused: {label}\n");
        for fault in faults.iter() {
            self.reasons.add("", brief, fault);
            let known =
                fault.span.map_or_else(String::new, |span| sources.place(span) + ": ") + &fault.message;
            if of_template && self.known.contains(&known) {
                told.push_str(&format!("  as above: {known}\n"));
                if !human {
                    console.tell(&format!("  as above: {known}"));
                }
                continue;
            }
            if human {
                let shown = show(fault, sources, console.colour);
                told.push_str(&shown);
                if of_template && self.known.len() < KNOWN {
                    self.templates.push_str(&shown);
                }
            } else {
                console.diagnostic(fault, sources);
            }
            if of_template && self.known.len() < KNOWN {
                self.known.insert(known);
            }
        }
        match () {
            () if !human => console.tell(""),
            () if self.all => console.tell(told.split_once('\n').map_or("", |(_, rest)| rest)),
            () if self.count <= FEW => self.few.push_str(&(told + "\n")),
            () => {}
        }
    }

    /// Tells whoever was not told yet, and gives how many there are.
    pub fn end(self, console: &mut Console<'_>) -> usize {
        if self.all || console.form != Form::Human || self.count == 0 {
            return self.count;
        }
        if self.count <= FEW {
            console.tell(self.few.trim_end_matches('\n'));
            console.tell("");
            return self.count;
        }
        if !self.templates.is_empty() {
            console.tell(self.templates.trim_end_matches('\n'));
            console.tell("");
        }
        console.tell("refused, one line a reason (`--all` shows each in full):");
        for reason in self.reasons.list().iter().take(SHOWN) {
            console.tell(&line(reason));
        }
        let beyond = self.reasons.list().iter().skip(SHOWN).map(|reason| reason.count).sum::<usize>()
            + self.reasons.beyond();
        if beyond > 0 {
            let more = self.reasons.list().len() - SHOWN;
            let least = if self.reasons.beyond() > 0 { "at least " } else { "" };
            let s = if more == 1 { "" } else { "s" };
            console.tell(&format!("  … and {beyond} times {least}{more} further reason{s}"));
        }
        console.tell("");
        self.count
    }
}

fn line(reason: &Reason) -> String {
    let Reason { fault, .. } = reason;
    let label = if fault.label.is_empty() { String::new() } else { format!("; {}", fault.label) };
    let help = fault.help.first().map_or_else(String::new, |help| format!("\n    help: {help}"));
    format!("  {}: {}{label}{help}", reason.places(PLACES), reason.message())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Diagnostic};

    fn told(count: usize, all: bool) -> String {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut console = Console::new(&mut out, &mut err);
        let mut refusals = Refusals::new(["size"], all);
        for at in 0..count {
            let mut faults = Diagnostics::default();
            let message = format!("`{at}` is no answer to `size`");
            faults.push(Diagnostic::placeless(Code::WrongAnswer, message).help("write yes or no"));
            refusals.add(
                (&format!("p{at}"), &format!("row {at}")),
                &faults,
                false,
                &Sources::default(),
                &mut console,
            );
        }
        assert_eq!(refusals.end(&mut console), count);
        String::from_utf8(err).unwrap()
    }

    #[test]
    fn few_are_told_in_full_and_many_by_reason() {
        assert_eq!(told(0, false), "");
        let one = |at: usize| {
            format!(
                "refused: p{at}\nerror[K702]: `{at}` is no answer to `size`\n |\n = help: write yes or no\n\n"
            )
        };
        assert_eq!(told(2, false), one(0) + &one(1));
        assert_eq!(
            told(6, false),
            "refused, one line a reason (`--all` shows each in full):\n  \
             row 0, row 1, row 2 and 3 more: `0` is no answer to `size` (also `1`, `2`, `3`)\n    help: write yes or no\n\n"
        );
        assert_eq!(told(5, true), (0..5).map(one).collect::<String>());
    }
}
