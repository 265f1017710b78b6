//! `explain`: why each rule fired, did not, or cannot be decided.

use super::args::{Explain, ExplainFormat};
use super::console::Console;
use super::exit::Exit;
use super::prepare::{Judged, prepare};
use crate::diag::did_you_mean;
use crate::explain::Explainer;
use crate::export::explanation;
use crate::files::WorldError;
use crate::logic::Truth;
use crate::model::{Findings, Pack, RuleId, Status};
use crate::wording::{self, because};

/// What people read first: what fired, then what is open or near, then the rest.
const ORDER: [&str; 6] =
    ["Fired", "Cannot be decided yet", "Almost", "Set aside", "Not applicable", "Did not fire"];

pub fn run(args: &Explain, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    let mut prepared = prepare(&args.from)?;
    let Some(everybody) = prepared.everybody(&args.from, console)? else { return Ok(Exit::Faults) };
    if args.from.dry_run {
        return prepared.dry_run(&everybody, args.from.all, console);
    }
    let Some(pack) = &prepared.pack else { return Ok(Exit::Faults) };
    let sound = pack;
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
        let explainer = Explainer::new(sound, &judged.respondent, &judged.findings);
        match args.format {
            ExplainFormat::Json => {
                let Judged { respondent, findings } = judged;
                console.print(&explanation(&explainer, pack, respondent, findings, &rules))?;
            }
            ExplainFormat::Text => print(pack, &explainer, judged, &rules, console)?,
        }
    }
    Ok(prepared.tell_refused(&everybody, args.from.all, console))
}

fn print(
    pack: &Pack,
    explainer: &Explainer<'_>,
    judged: &Judged,
    rules: &[RuleId],
    console: &mut Console<'_>,
) -> Result<(), WorldError> {
    console.print(&format!("{}: {}", judged.respondent.id, pack.title.plain()))?;
    let told: Vec<(RuleId, Told)> =
        rules.iter().map(|id| (*id, tell(pack, explainer, &judged.findings, *id))).collect();
    for head in ORDER {
        let mut of = told.iter().filter(|(_, told)| told.head == head).peekable();
        if of.peek().is_some() {
            console.print(&format!("\n{head}"))?;
        }
        for (id, told) in of {
            let rule = &pack.rules[id.0];
            console.print(&format!("\n  {}: {}", rule.id, plain(&rule.title.plain())))?;
            for sentence in &told.sentences {
                console.print(&format!("    {}", plain(sentence)))?;
            }
            for line in &told.lines {
                console.print(&format!("      {line}"))?;
            }
        }
    }
    Ok(())
}

/// What is said of one rule.
struct Told {
    /// One of [`ORDER`].
    head: &'static str,
    sentences: Vec<String>,
    lines: Vec<String>,
}

fn tell(pack: &Pack, explainer: &Explainer<'_>, findings: &Findings, id: RuleId) -> Told {
    let why = because(pack, findings, id);
    let near = explainer.near_miss(id);
    let head = match (why.status, &near) {
        (Status::Fired, _) => ORDER[0],
        (Status::Undecided, _) => ORDER[1],
        (Status::NotFired, Some(_)) => ORDER[2],
        (Status::Superseded, _) => ORDER[3],
        (Status::NotApplicable, _) => ORDER[4],
        (Status::NotFired, None) => ORDER[5],
    };
    let first = match (why.status, &near) {
        (Status::Undecided, _) => wording::ask_first(pack, &explainer.ask_first(id)),
        (_, Some(near)) => Some(wording::almost(pack, findings, near)),
        _ => None,
    };
    let mut sentences = vec![first.unwrap_or(why.sentence)];
    sentences.extend(wording::would_change(pack, &explainer.would_change(id)));
    let mark = |truth: Truth| match truth {
        Truth::True => "yes",
        Truth::False => "no ",
        Truth::Unknown { .. } => "?  ",
    };
    // A single line says what the sentence has said.
    let lines = why.lines.iter().filter(|_| why.lines.len() > 1);
    let lines = lines.map(|line| format!("{} {}", mark(line.truth), plain(&line.text))).collect();
    Told { head, sentences, lines }
}

/// Markdown as a terminal shows it: the words alone.
fn plain(markdown: &str) -> String {
    crate::markdown::plain(markdown)
}
