//! `explain`: why each rule fired, did not, or cannot be decided.

use super::args::{Explain, ExplainFormat};
use super::console::Console;
use super::exit::Exit;
use super::prepare::{Judged, prepare};
use crate::diag::did_you_mean;
use crate::export::because_line;
use crate::files::WorldError;
use crate::model::{Pack, RuleId, Status};
use crate::wording::because;

/// What people read first: what fired, then what is open, then the rest.
const ORDER: [(Status, &str); 5] = [
    (Status::Fired, "Fired"),
    (Status::Undecided, "Cannot be decided yet"),
    (Status::Superseded, "Set aside"),
    (Status::NotApplicable, "Not applicable"),
    (Status::NotFired, "Did not fire"),
];

pub fn run(args: &Explain, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    let mut prepared = prepare(&args.from)?;
    let Some(everybody) = prepared.everybody(&args.from, console) else { return Ok(Exit::Faults) };
    let Some(pack) = &prepared.pack else { return Ok(Exit::Faults) };
    let pack = pack.pack();
    let rules: Vec<RuleId> = match &args.rule {
        None => (0..pack.rules.len()).map(RuleId).collect(),
        Some(id) => match pack.rules.iter().position(|rule| rule.id == *id) {
            Some(place) => vec![RuleId(place)],
            None => {
                let near = did_you_mean(id, pack.rules.iter().map(|rule| rule.id.as_str()));
                let help: Vec<&str> = near.as_deref().into_iter().collect();
                console.fault(&format!("there is no rule `{id}`"), &help);
                return Ok(Exit::Faults);
            }
        },
    };
    for judged in &everybody.judged {
        match args.format {
            ExplainFormat::Json => {
                console.print(&because_line(pack, &judged.respondent, &judged.findings, &rules))?;
            }
            ExplainFormat::Text => print(pack, judged, &rules, console)?,
        }
    }
    Ok(prepared.tell_refused(&everybody, console))
}

fn print(
    pack: &Pack,
    judged: &Judged,
    rules: &[RuleId],
    console: &mut Console<'_>,
) -> Result<(), WorldError> {
    console.print(&format!("{}: {}", judged.respondent.id, pack.title.plain()))?;
    for (status, head) in ORDER {
        let of: Vec<&RuleId> =
            rules.iter().filter(|id| judged.findings.rules[id.0].status == status).collect();
        if of.is_empty() {
            continue;
        }
        console.print(&format!("\n{head}"))?;
        for id in of {
            let rule = &pack.rules[id.0];
            let why = because(pack, &judged.findings, *id);
            console.print(&format!("\n  {}: {}", rule.id, plain(&rule.title.plain())))?;
            console.print(&format!("    {}", plain(&why.sentence)))?;
            // A single line says what the sentence has said.
            for line in why.lines.iter().filter(|_| why.lines.len() > 1) {
                let mark = match line.truth {
                    crate::logic::Truth::True => "yes",
                    crate::logic::Truth::False => "no ",
                    crate::logic::Truth::Unknown { .. } => "?  ",
                };
                console.print(&format!("      {mark} {}", plain(&line.text)))?;
            }
        }
    }
    Ok(())
}

/// Markdown as a terminal shows it: the words alone.
fn plain(markdown: &str) -> String {
    crate::markdown::plain(markdown)
}
