//! The text of a chart fence → a chart, or every fault that keeps it from being one.

use super::slip::slip;
use super::{ends, number, value};
use crate::document::{Chart, ChartKind, ChartRow, ChartValue, Zone};
use crate::markdown::escape::unescape;
use crate::markdown::fence::{Fault, Piece, fault, fault_behind_name, known, lines};
use crate::markdown::front::{nearest, one_line};

const KEYS: [&str; 4] = ["title", "range", "unit", "zones"];

/// The chart of a fence, or each fault that keeps it from being one.
pub(in crate::markdown) fn read(info: &str, text: &str) -> Result<Chart, Vec<Fault>> {
    let mut faults = Vec::new();
    let kind = kind(info, &mut faults);
    let lines: Vec<Piece<'_>> = lines(text).collect();
    let table_at = lines.iter().position(|line| line.words.starts_with('|')).unwrap_or(lines.len());
    let (keys, table) = lines.split_at(table_at);
    let keys = read_keys(keys, kind, text.len(), &mut faults);
    let about = About { kind, range: keys.range, has_unit: !keys.unit.is_empty() };
    let (columns, rows) = read_table(table, &about, text.len(), &mut faults);
    match (kind, keys.title) {
        (Some(kind), Some(title)) if faults.is_empty() => {
            Ok(Chart { kind, title, range: keys.range, unit: keys.unit, zones: keys.zones, columns, rows })
        }
        _ => Err(faults),
    }
}

fn kind(info: &str, faults: &mut Vec<Fault>) -> Option<ChartKind> {
    let words: Vec<&str> = info.split_whitespace().skip(1).collect();
    let found = words.join(" ");
    let kind = ChartKind::ALL.into_iter().find(|kind| kind.name() == found);
    if kind.is_none() {
        let names = ChartKind::ALL.map(ChartKind::name);
        let all = format!("write one of these behind `chart`: {}", names.join(", "));
        let (message, help) = match nearest(&found, &names) {
            _ if found.is_empty() => ("the fence does not say which kind of chart it is".to_owned(), all),
            near => {
                let help = near.map_or(all, |near| format!("did you mean `chart {near}`?"));
                (format!("there is no chart of the kind `{found}`"), help)
            }
        };
        faults.push(fault_behind_name(info, message, help));
    }
    kind
}

struct Keys {
    title: Option<String>,
    range: Option<(f64, f64)>,
    unit: String,
    zones: Vec<Zone>,
}

/// What the rest of the fence says of the table's cells.
struct About {
    kind: Option<ChartKind>,
    range: Option<(f64, f64)>,
    has_unit: bool,
}

fn read_keys(lines: &[Piece<'_>], kind: Option<ChartKind>, end: usize, faults: &mut Vec<Fault>) -> Keys {
    let mut given: Vec<(&str, Piece<'_>)> = Vec::new();
    for line in lines {
        match key(line) {
            Ok((key, _)) if given.iter().any(|(other, _)| *other == key) => {
                let message = format!("the chart has the key `{key}` twice");
                faults.push(fault(line.range(), message, "keep one of the two lines"));
            }
            Ok(pair) => given.push(pair),
            Err(found) => faults.push(found),
        }
    }
    let get = |key: &str| given.iter().find(|(other, _)| *other == key).map(|(_, value)| *value);
    let mut missing = |key: &str, example: &str| {
        let message = format!("the chart has no `{key}`");
        faults.push(fault(end..end, message, format!("add a line such as `{key}: {example}`")));
    };
    let title = get("title").filter(|title| !title.words.is_empty());
    if title.is_none() {
        missing("title", "Nine practices, each from 0 to 100");
    }
    let range = get("range");
    if range.is_none() && kind.is_some_and(ChartKind::is_judged) {
        missing("range", "0 to 100");
    }
    let mut ok = |result: Result<_, Fault>| result.map_err(|found| faults.push(found)).ok();
    let range = range.and_then(|piece| ok(read_range(&piece)));
    let unit = match get("unit").map(|piece| read_unit(&piece)) {
        Some(Err(found)) => {
            faults.push(found);
            String::new()
        }
        Some(Ok(unit)) => unit,
        None => String::new(),
    };
    let zones = match (get("zones"), range) {
        (Some(piece), _) if kind.is_some_and(|kind| !kind.is_judged()) => {
            let message = "only a chart of the kind `bar` or `gauge` has zones";
            faults.push(fault(piece.range(), message, "leave the line out"));
            Vec::new()
        }
        (Some(piece), Some((from, to))) => read_zones(&piece, from, to, faults),
        _ => Vec::new(),
    };
    Keys { title: title.map(|title| one_line(&unescape(title.words))), range, unit, zones }
}

fn key<'a>(line: &Piece<'a>) -> Result<(&'a str, Piece<'a>), Fault> {
    let Some(colon) = line.words.find(':') else {
        let message = "the chart holds a line that is neither `key: value` nor a row of its table";
        return Err(fault(line.range(), message, "begin each row of the table with `|`"));
    };
    let key = line.part(0..colon);
    if !KEYS.contains(&key.words) {
        let help = known(key.words, &KEYS, "the keys are");
        return Err(fault(key.range(), format!("a chart has no key `{}`", key.words), help));
    }
    Ok((key.words, line.part(colon + 1..line.words.len())))
}

fn read_range(piece: &Piece<'_>) -> Result<(f64, f64), Fault> {
    let help = "write two numbers, the smaller one first, such as `0 to 100`";
    match value(piece.words) {
        ChartValue::Between { low, high, .. } if low < high => Ok((low, high)),
        ChartValue::Between { .. } => {
            Err(fault(piece.range(), format!("the range `{}` is empty", piece.words), help))
        }
        _ => Err(fault(piece.range(), format!("`{}` is no range", piece.words), help)),
    }
}

fn read_unit(piece: &Piece<'_>) -> Result<String, Fault> {
    let unquoted = match piece.words.strip_prefix('"') {
        None => return Ok(unescape(piece.words)),
        Some(rest) => rest.strip_suffix('"'),
    };
    unquoted.map(unescape).ok_or_else(|| {
        fault(piece.range(), "the unit begins with a quote and does not end with one", "close the quotes")
    })
}

fn read_zones(piece: &Piece<'_>, from: f64, to: f64, faults: &mut Vec<Fault>) -> Vec<Zone> {
    let parts = piece.split(',');
    let last = parts.len() - 1;
    let mut zones = Vec::new();
    let mut reached = from;
    for (index, part) in parts.iter().enumerate() {
        let split = part.words.rfind(" to ").and_then(|at| Some((at, number(&part.words[at + 4..])?)));
        let (label, end) = match split {
            Some((at, end)) if index < last || end == to => (&part.words[..at], end),
            _ if index == last => (part.words, to),
            _ => {
                let message = format!("the zone `{}` does not say where it ends", part.words);
                faults.push(fault(part.range(), message, "write its end, such as `damp to 80`"));
                continue;
            }
        };
        if label.is_empty() {
            faults.push(fault(piece.range(), "a zone has no name", "write a word before its `to`"));
        }
        if end <= reached || end > to {
            let message = format!("the zone `{}` does not end between {reached} and {to}", part.words);
            faults.push(fault(part.range(), message, "write the zones from low to high, inside the range"));
        }
        reached = end;
        zones.push(Zone { label: one_line(&unescape(label)), to: end });
    }
    zones
}

fn read_table(
    lines: &[Piece<'_>],
    about: &About,
    end: usize,
    faults: &mut Vec<Fault>,
) -> (Vec<String>, Vec<ChartRow>) {
    let kind = about.kind;
    let example = "write a head such as `| Practice | Score |`, under it `|---|---:|`, then the rows";
    let Some((head, lines)) = lines.split_first() else {
        faults.push(fault(end..end, "the chart has no table", example));
        return (Vec::new(), Vec::new());
    };
    let columns: Vec<String> = cells(head).iter().map(said).collect();
    let width = columns.len();
    if let Some((message, help)) = kind.and_then(|kind| wrong_width(kind, width)) {
        faults.push(fault(head.range(), message, help));
    }
    let Some((_, lines)) = lines.split_first().filter(|(line, _)| is_ruler(line)) else {
        let message = "the chart's table has no line of dashes under its head";
        faults.push(fault(head.range(), message, "write `|---|---:|` there"));
        return (columns, Vec::new());
    };
    let notes = kind.is_some_and(ChartKind::is_judged) && width > 2;
    let mut rows = Vec::new();
    for line in lines {
        rows.extend(read_row(line, about, width, notes, faults));
    }
    if let Some(kind) = kind
        && !kind.rows().contains(&lines.len())
    {
        let (found, fewest, most) = (lines.len(), *kind.rows().start(), *kind.rows().end());
        let rows = if found == 1 { "row" } else { "rows" };
        let message = format!("the chart has {found} {rows}, which `{}` cannot show", kind.name());
        let help =
            if fewest == most { format!("give it {fewest}") } else { format!("give it {fewest} to {most}") };
        faults.push(fault(head.range(), message, help));
    }
    (columns, rows)
}

/// What is wrong with the number of columns.
fn wrong_width(kind: ChartKind, width: usize) -> Option<(String, String)> {
    let (fewest, most) = (*kind.series().start(), *kind.series().end());
    let with_notes = if kind.is_judged() { 1 } else { 0 };
    if (1 + fewest..=1 + most + with_notes).contains(&width) {
        return None;
    }
    let (needed, help) = match kind {
        ChartKind::Bar | ChartKind::Gauge => {
            ("two or three".to_owned(), "give a label, a value and, where wanted, a note".to_owned())
        }
        ChartKind::Slope => {
            ("three".to_owned(), "give a label, the value before and the value after".to_owned())
        }
        _ => {
            let values = if fewest == 1 { "one value".to_owned() } else { format!("{fewest} values") };
            (format!("{} to {}", 1 + fewest, 1 + most), format!("give a label and {values} to {most}"))
        }
    };
    Some((format!("the chart's table has {width} columns, but needs {needed}"), help))
}

fn is_ruler(line: &Piece<'_>) -> bool {
    line.words.contains('-') && line.words.chars().all(|c| "|-: ".contains(c))
}

fn read_row(
    line: &Piece<'_>,
    about: &About,
    width: usize,
    notes: bool,
    faults: &mut Vec<Fault>,
) -> Option<ChartRow> {
    let cells = cells(line);
    if !line.words.starts_with('|') || cells.len() != width {
        let message = format!("this row does not have {width} cells like the head");
        faults.push(fault(line.range(), message, "write one cell a column, each behind a `|`"));
        return None;
    }
    let (label, cells) = cells.split_first()?;
    let (note, cells) = if notes { cells.split_last()? } else { (&Piece { words: "", at: 0 }, cells) };
    let mut values = Vec::new();
    for cell in cells {
        let found = value(&said(cell));
        if let Some((message, help)) = wrong_value(&found, about) {
            faults.push(fault(cell.range(), message, help));
        }
        values.push(found);
    }
    Some(ChartRow { label: said(label), values, note: said(note) })
}

/// What is wrong with a cell's value.
fn wrong_value(found: &ChartValue, about: &About) -> Option<(String, String)> {
    let text = found.text();
    let Some((low, high)) = ends(found) else {
        return slip(text, about.has_unit).map(|help| (format!("`{text}` is no number"), help));
    };
    if low > high {
        let help = "write the smaller number first".to_owned();
        return Some((format!("the value `{text}` begins above its end"), help));
    }
    if about.kind == Some(ChartKind::Distribution) && low < 0.0 {
        let help = "write how many people gave the answer".to_owned();
        return Some((format!("`{text}` people is less than nobody"), help));
    }
    let (from, to) = about.range?;
    (low < from || high > to).then(|| {
        let help = "mend the value, or widen `range:`".to_owned();
        (format!("the value `{text}` lies outside of the range {from} to {to}"), help)
    })
}

fn cells<'a>(line: &Piece<'a>) -> Vec<Piece<'a>> {
    let mut parts = line.split('|');
    parts.remove(0);
    if parts.last().is_some_and(|last| last.words.is_empty()) {
        parts.pop();
    }
    parts
}

/// What a cell says.
fn said(cell: &Piece<'_>) -> String {
    one_line(&unescape(cell.words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(String, String)> {
        let faults = read("chart bar", text).unwrap_err();
        faults
            .iter()
            .map(|fault| (fault.words("chart bar", text).to_owned(), fault.message.clone()))
            .collect()
    }

    #[test]
    fn a_whole_chart() {
        let text = "title: Nine \\*practices\\*\nrange: -10 to 100\nunit: \" points\"\n\
                    zones: wet\\, very to 40, dry\n\n| A | B | C |\n|---|--:|---|\n\
                    | Re\\|tention | 42.5 | fair |\n| Down | 40 to 65 | |\n";
        let chart = read("chart bar", text).unwrap();
        assert_eq!(chart.title, "Nine *practices*");
        assert_eq!((chart.range, chart.unit.as_str()), (Some((-10.0, 100.0)), " points"));
        assert_eq!(chart.zones[0], Zone { label: "wet, very".to_owned(), to: 40.0 });
        assert_eq!(chart.zones[1], Zone { label: "dry".to_owned(), to: 100.0 });
        assert_eq!(chart.columns, ["A", "B", "C"]);
        assert_eq!(chart.rows[0].label, "Re|tention");
        assert_eq!(chart.rows[1].note, "");
    }

    #[test]
    fn every_fault_at_once() {
        let text =
            "titel: A\nrange: 100 to 0\nzones: a\nloose\n\n| A | B |\n|---|---|\n| x |\n| y | 9 to 3 |\n";
        let expected = [
            ("titel", "a chart has no key `titel`"),
            ("loose", "the chart holds a line that is neither `key: value` nor a row of its table"),
            ("", "the chart has no `title`"),
            ("100 to 0", "the range `100 to 0` is empty"),
            ("| x |", "this row does not have 2 cells like the head"),
            ("9 to 3", "the value `9 to 3` begins above its end"),
        ];
        let told = told(text);
        let told: Vec<(&str, &str)> =
            told.iter().map(|(at, message)| (at.as_str(), message.as_str())).collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn zones_rise_inside_the_range() {
        let text = "title: T\nrange: 0 to 100\nzones: a to 60, b to 40, c to 120, d\n| A | B |\n|---|---|\n";
        let expected = [
            ("b to 40", "the zone `b to 40` does not end between 60 and 100"),
            ("c to 120", "the zone `c to 120` does not end between 40 and 100"),
            ("d", "the zone `d` does not end between 120 and 100"),
        ];
        let told = told(text);
        let told: Vec<(&str, &str)> =
            told.iter().map(|(at, message)| (at.as_str(), message.as_str())).collect();
        assert_eq!(told, expected);
    }
}
