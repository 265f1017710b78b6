//! `evaluate`: the findings for machines.

use super::args::{DataFormat, Evaluate};
use super::console::Console;
use super::exit::Exit;
use super::prepare::prepare;
use crate::diag::did_you_mean;
use crate::export::{COLUMNS, columns, line};
use crate::files::WorldError;

pub fn run(args: &Evaluate, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    let wanted: Vec<&str> = if args.columns.is_empty() {
        COLUMNS.to_vec()
    } else {
        args.columns.iter().map(String::as_str).collect()
    };
    if let Some(unknown) = wanted.iter().find(|column| !COLUMNS.contains(column)) {
        let help = did_you_mean(unknown, COLUMNS)
            .unwrap_or_else(|| format!("the columns are {}", COLUMNS.join(", ")));
        console.fault(&format!("there is no column `{unknown}`"), &[&help]);
        return Ok(Exit::Faults);
    }
    let mut prepared = prepare(&args.from)?;
    let Some(everybody) = prepared.everybody(&args.from, console) else { return Ok(Exit::Faults) };
    let Some(pack) = &prepared.pack else { return Ok(Exit::Faults) };
    let pack = pack.pack();
    let each = everybody.judged.iter();
    match args.format {
        DataFormat::Jsonl => {
            for judged in each {
                console.print(&line(pack, &judged.respondent, &judged.findings))?;
            }
        }
        DataFormat::Json => {
            let objects: Vec<String> =
                each.map(|judged| line(pack, &judged.respondent, &judged.findings)).collect();
            console.print(&format!("[{}]", objects.join(",\n")))?;
        }
        DataFormat::Csv => {
            let head = wanted.iter().map(|column| match *column {
                "respondent" => prepared.id_column().unwrap_or("respondent"),
                column => column,
            });
            console.print(&row(head))?;
            for judged in each {
                let cells = columns(pack, &judged.respondent, &judged.findings, &wanted);
                console.print(&row(cells.iter().map(String::as_str)))?;
            }
        }
    }
    Ok(prepared.tell_refused(&everybody, console))
}

/// Cells as one line of CSV, without its line break.
fn row<'c>(cells: impl Iterator<Item = &'c str>) -> String {
    let quoted = |cell: &str| {
        if cell.contains(['"', ',', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.to_owned()
        }
    };
    cells.map(quoted).collect::<Vec<_>>().join(",")
}
