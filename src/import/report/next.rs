//! What to do next: the mends that the export calls for, and the command that makes the papers.

use super::drawing::Drawing;
use super::{Told, asked, count};
use crate::import::columns::{By, Target};
use crate::import::dialect::Dialect;
use crate::import::understood::{IdFrom, Understood};
use crate::model::Pack;

/// Columns of codes, or of other numbers, that are named.
const NAMED: usize = 5;

pub fn draw(understood: &Understood, pack: &Pack, told: &Told<'_>, folded: bool, out: &mut Drawing) {
    out.blank();
    out.line("", "what to do next:");
    if folded {
        out.line("  - ", "lists are shortened here: add `--all` to see everything");
    }
    let coded = !understood.coded.is_empty();
    if coded {
        out.line("  - ", &codes(understood));
    }
    let teams = understood.uses.iter().any(|used| used.target == Target::Team);
    if understood.id == IdFrom::Rows && !teams {
        out.line("  - ", "a column tells people apart: name it with `--id \"ITS HEADING\"`, so that somebody who sent the form twice is one respondent");
    }
    if understood.again.iter().any(|again| !again.names.is_empty()) {
        out.line("  - ", "several people share an address, and only the last of them counts: name the column that tells them apart, `--id \"ITS HEADING\"`");
    }
    if understood.unread_figures {
        out.line(
            "  - ",
            "figures that nobody can read: `--skip-unreadable` takes them as not given, and lists each",
        );
    }
    if !told.refused.is_empty() && !coded {
        out.line("  - ", "refused rows: correct the cells named above, in the form's tool or in the file");
    }
    let mends = mends(understood, pack, told, coded);
    if !mends.is_empty() {
        out.line("  - ", &begins(told));
        mends.iter().for_each(|mend| out.line("      ", mend));
    }
    if told.fitting > 0 {
        let others = match told.refused.len() {
            0 => String::new(),
            refused => format!(", without the {refused} refused"),
        };
        let people = count(told.fitting, "respondent");
        out.line(
            "  - ",
            &format!("all is as meant: `{}` makes the papers of {people}{others}", told.command),
        );
    } else {
        out.line(
            "  - ",
            &format!("nobody's papers can be made yet; afterwards `{}` makes them", told.command),
        );
    }
}

fn codes(understood: &Understood) -> String {
    let columns: Vec<String> =
        understood.coded.iter().take(NAMED).map(|place| bare(understood, *place)).collect();
    let rest = if understood.coded.len() > NAMED { " …" } else { "" };
    let how = match understood.layout.dialect {
        Dialect::LimeSurvey => "export again with \"Full answers\" instead of answer codes",
        Dialect::Qualtrics | Dialect::QualtricsLegacy => {
            "export again with \"Use choice text\" instead of numeric values"
        }
        _ => "export again with the answers' texts",
    };
    let hold = if columns.len() == 1 { "column" } else { "columns" };
    let codes = if columns.len() == 1 { "holds codes" } else { "hold codes" };
    format!("{hold} {}{rest} {codes}, not answers: {how}", columns.join(", "))
}

/// A column as a table calls it, without the word.
fn bare(understood: &Understood, place: usize) -> String {
    let name = understood.grid.called(place);
    name.split_once(' ').map_or(name.clone(), |(_, bare)| bare.to_owned())
}

/// How a mapping is begun, or which one is to be corrected.
fn begins(told: &Told<'_>) -> String {
    let Told { command, mapping, .. } = told;
    match mapping {
        Some(name) if command.contains("--mapping") => format!("a mapping settles these: correct `{name}`"),
        Some(name) => format!("a mapping settles these: correct `{name}`, and run with `--mapping {name}`"),
        None => format!(
            "a mapping settles these: `{command} --dry-run --write-mapping mapping.yaml` writes one down; correct it, and run with `--mapping mapping.yaml`"
        ),
    }
}

/// What a mapping would settle.
fn mends(understood: &Understood, pack: &Pack, told: &Told<'_>, coded: bool) -> Vec<String> {
    let mut mends = Vec::new();
    let open = (0..pack.questions.len()).any(|at| !asked(understood, at));
    let some = |wanted: &[By]| understood.uses.iter().any(|used| wanted.contains(&used.by));
    if some(&[By::Unmatched, By::Ambiguous]) && open {
        mends.push("a column that should answer a question: its id behind `to:`".to_owned());
    }
    if understood.has_open_days() {
        mends
            .push("days that can be read in two ways: `dates: day-first` or `dates: month-first`".to_owned());
    }
    if understood.signs.open {
        mends.push(
            "`1.234` and `1,234`, thousands or decimals: `decimals: comma` or `decimals: point`".to_owned(),
        );
    }
    match understood.shifted.as_slice() {
        [] => {}
        [one] => mends.push(format!("{}; under `values:` what each number means then", one.why)),
        [one, rest @ ..] => mends.push(format!(
            "{}, and so may {} more; under `values:` what each number means then",
            one.why,
            count(rest.len(), "column")
        )),
    }
    if !told.refused.is_empty() && !coded && understood.shifted.is_empty() {
        mends.push("a value that refuses rows: under `values:` what it means".to_owned());
    }
    mends
}
