//! `evaluate`: the findings for machines.

mod stream;

use super::args::{DataFormat, Evaluate};
use super::console::Console;
use super::exit::Exit;
use super::prepare::{Prepared, prepare};
use crate::export::{COLUMNS, Column, columns, columns_named, csv_row, line};
use crate::files::WorldError;
use crate::model::Pack;

pub fn run(args: &Evaluate, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    if let (Some(DataFormat::Json | DataFormat::Jsonl), false) = (args.format, args.columns.is_empty()) {
        let help = "with `--columns` the findings are printed as CSV; JSON holds everything";
        console.fault("only CSV has columns", &[help]);
        return Ok(Exit::Faults);
    }
    if let Some(exit) = stream::run(args, console)? {
        return Ok(exit);
    }
    let mut prepared = prepare(&args.from)?;
    let Some(everybody) = prepared.everybody(&args.from, console)? else { return Ok(Exit::Faults) };
    if args.from.dry_run {
        return prepared.dry_run(&everybody, args.from.all, console);
    }
    let Some(pack) = &prepared.pack else { return Ok(Exit::Faults) };
    let pack = pack.pack();
    let each = everybody.judged.iter();
    match format(args) {
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
            let Some(wanted) = wanted(args, pack, console) else { return Ok(Exit::Faults) };
            console.print(&heading(&wanted, &prepared))?;
            let wanted: Vec<Column> = wanted.into_iter().map(|(_, column)| column).collect();
            for judged in each {
                let cells = columns(pack, &judged.respondent, &judged.findings, &wanted);
                console.print(&csv_row(cells.iter().map(String::as_str)))?;
            }
        }
    }
    Ok(prepared.tell_refused(&everybody, args.from.all, console))
}

fn format(args: &Evaluate) -> DataFormat {
    let usual = if args.columns.is_empty() { DataFormat::Jsonl } else { DataFormat::Csv };
    args.format.unwrap_or(usual)
}

/// The columns asked for; none where one is not known, which is told.
fn wanted(args: &Evaluate, pack: &Pack, console: &mut Console<'_>) -> Option<Vec<(String, Column)>> {
    let asked = args.columns.iter().map(String::as_str);
    let found = match args.columns.is_empty() {
        true => columns_named(COLUMNS, pack),
        false => columns_named(asked, pack),
    };
    found.map_err(|(message, help)| console.fault(&message, &[&help])).ok()
}

/// The first row; the column of ids is called as in the answers.
fn heading(wanted: &[(String, Column)], prepared: &Prepared) -> String {
    csv_row(wanted.iter().map(|(name, column)| match column {
        Column::Respondent => prepared.id_column().unwrap_or(name),
        _ => name.as_str(),
    }))
}
