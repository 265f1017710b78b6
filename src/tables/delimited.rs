//! Text with a sign between the cells: commas, semicolons, tabs or bars.

use super::{Cell, Grid, MAX_CELLS, MAX_COLUMNS, Row};
use crate::diag::{Code, Diagnostic};
use crate::source::{SourceId, Sources, Span};

const SEPARATORS: [(u8, &str); 4] = [(b',', "commas"), (b';', "semicolons"), (b'\t', "tabs"), (b'|', "bars")];
/// Records by which the sign between the cells is told.
const TRIED: usize = 20;

/// The sign between the cells, with its name: the one that parts the first records into the most cells, all alike.
pub fn separator(text: &str) -> (u8, &'static str) {
    let named = |sign: u8| SEPARATORS.into_iter().find(|(own, _)| *own == sign).unwrap_or((b',', "commas"));
    // What spreadsheets write on a line of its own to say it.
    if let Some(rest) =
        text.get(..5).and_then(|line| line.to_ascii_lowercase().strip_prefix("sep=").map(str::to_owned))
    {
        return named(rest.as_bytes()[0]);
    }
    let score = |sign: u8| {
        let mut at = 0;
        let mut counts: Vec<usize> = Vec::new();
        while at < text.len() && counts.len() < TRIED {
            let (cells, _, next) = record(text, at, sign, MAX_COLUMNS);
            if cells.len() > 1 || !text[at..next].trim().is_empty() {
                counts.push(cells.len());
            }
            at = next;
        }
        // A title above the table has cells of its own number, or one.
        let alike = |cells: usize| counts.iter().filter(|count| **count == cells).count();
        let usual =
            counts.iter().copied().filter(|cells| *cells > 1).max_by_key(|cells| (alike(*cells), *cells));
        usual.map_or((0, 0), |cells| (alike(cells) * 100 / counts.len() / 34, cells))
    };
    let best = SEPARATORS.into_iter().rev().max_by_key(|(sign, _)| score(*sign));
    best.filter(|(sign, _)| score(*sign).1 > 1).unwrap_or((b',', "commas"))
}

/// A text as a grid.
///
/// # Errors
/// A diagnostic where it is larger than is read.
pub fn read_delimited(source: SourceId, sign: u8, sources: &Sources) -> Result<Grid, Diagnostic> {
    let text = sources.get(source).text.clone();
    let mut rows = Vec::new();
    let (mut at, mut number, mut count) = (0, 1, 0);
    if text.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("sep=")) {
        at = text.find('\n').map_or(text.len(), |end| end + 1);
        number = 2;
    }
    while at < text.len() {
        let (cells, slip, next) = record(&text, at, sign, MAX_COLUMNS);
        count += cells.len();
        if cells.len() > MAX_COLUMNS || count > MAX_CELLS {
            let span = Span::new(source, at..at);
            return Err(if cells.len() > MAX_COLUMNS {
                Diagnostic::error(Code::TooMuch, span, format!("this row has more than {MAX_COLUMNS} cells"))
            } else {
                Diagnostic::error(Code::TooMuch, span, format!("this table has more than {MAX_CELLS} cells"))
                    .help("split it into several files")
            });
        }
        rows.push(Row { number, cells, slip });
        at = next;
        number += 1;
    }
    Ok(Grid::new(source, sources, rows))
}

/// The cells of the record that begins at a byte, what is wrong with it, and where the next one begins.
fn record(text: &str, start: usize, sign: u8, most: usize) -> (Vec<Cell>, Option<&'static str>, usize) {
    let bytes = text.as_bytes();
    let mut cells = Vec::new();
    let mut at = start;
    loop {
        let begin = at;
        let mut end;
        let mut own = None;
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            let mut out = String::new();
            let mut piece = at;
            loop {
                match memchr_quote(bytes, at) {
                    None => {
                        // A quote that is never closed would swallow all rows below it.
                        let line = text[begin..].find('\n').map_or(bytes.len(), |line| begin + line + 1);
                        cells.push(Cell::new(begin, text[begin..line].trim_end().len() + begin, None));
                        return (cells, Some("this quote is not closed"), line);
                    }
                    Some(quote) if bytes.get(quote + 1) == Some(&b'"') => {
                        out.push_str(&text[piece..=quote]);
                        at = quote + 2;
                        piece = at;
                    }
                    Some(quote) => {
                        out.push_str(&text[piece..quote]);
                        at = quote + 1;
                        break;
                    }
                }
            }
            end = at;
            let behind = bytes[at..].iter().take_while(|byte| **byte == b' ').count();
            if !matches!(bytes.get(at + behind), None | Some(b'\n' | b'\r'))
                && bytes.get(at + behind) != Some(&sign)
            {
                let line = text[begin..].find('\n').map_or(bytes.len(), |line| begin + line + 1);
                cells.push(Cell::new(begin, end, None));
                return (cells, Some("text goes on behind a closing quote"), line);
            }
            at += behind;
            own = Some(out.into_boxed_str());
        } else {
            while at < bytes.len() && bytes[at] != sign && !matches!(bytes[at], b'\n' | b'\r') {
                at += 1;
            }
            end = at;
        }
        end = end.max(begin);
        cells.push(Cell::new(begin, end, own));
        match bytes.get(at) {
            Some(byte) if *byte == sign => at += 1,
            Some(b'\r') if bytes.get(at + 1) == Some(&b'\n') => return (cells, None, at + 2),
            Some(_) => return (cells, None, at + 1),
            None => return (cells, None, at),
        }
        if cells.len() > most {
            return (cells, None, at);
        }
    }
}

fn memchr_quote(bytes: &[u8], from: usize) -> Option<usize> {
    bytes.get(from..)?.iter().position(|byte| *byte == b'"').map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> (&'static str, Vec<Vec<String>>, Vec<u32>) {
        let mut sources = Sources::default();
        let id = sources.add("a.csv", text);
        let (sign, name) = separator(&sources.get(id).text);
        let grid = read_delimited(id, sign, &sources).unwrap();
        let said = |row: &Row| row.cells.iter().map(|cell| grid.said(cell).to_owned()).collect();
        (name, grid.rows.iter().map(said).collect(), grid.rows.iter().map(|row| row.number).collect())
    }

    #[test]
    fn the_sign_between_the_cells_is_the_one_that_parts_all_rows_alike() {
        assert_eq!(rows("a;b\n\"1,5\";2,5\n").0, "semicolons");
        assert_eq!(rows("a\tb\n1,5\t2\n").0, "tabs");
        assert_eq!(rows("q, with comma;b\n1;2\n").0, "semicolons");
        assert_eq!(rows("a,b;c\n1,2;3\n").0, "commas");
        assert_eq!(rows("a\n1\n").0, "commas");
        assert_eq!(rows("sep=;\na;b\n").0, "semicolons");
        assert_eq!(rows("Survey of today\nid;known\nann;2\n").0, "semicolons");
        assert_eq!(rows("Survey, of today\n\n\nid;known;said\nann;2;a, b\n").0, "semicolons");
        assert_eq!(rows("\n\n\nid;known\nann;2\n").0, "semicolons");
    }

    #[test]
    fn cells_keep_their_line_breaks_quotes_and_places() {
        let (_, cells, numbers) = rows("\u{feff}\"a \"\"x\"\"\",\"two\r\nlines\"\r\n\r\n1,\n");
        assert_eq!(cells, [vec!["a \"x\"", "two\r\nlines"], vec![""], vec!["1", ""]]);
        assert_eq!(numbers, [1, 2, 3]);
        assert_eq!(rows("sep=;\na;b\n").1, [["a", "b"]]);
    }

    #[test]
    fn a_stray_quote_costs_its_row_alone() {
        let mut sources = Sources::default();
        let id = sources.add("a.csv", "a,b\n\"x,1\nc,\"2\"3\nd,4\n");
        let grid = read_delimited(id, b',', &sources).unwrap();
        let slips: Vec<_> = grid.rows.iter().map(|row| row.slip).collect();
        assert_eq!(slips[0], None);
        assert!(slips[1].is_some() && slips[3].is_none(), "{slips:?}");
    }

    #[test]
    fn more_than_is_read_is_told() {
        let mut sources = Sources::default();
        let id = sources.add("a.csv", ",".repeat(MAX_COLUMNS + 10));
        let told = crate::diag::show(&read_delimited(id, b',', &sources).unwrap_err(), &sources, false);
        assert!(told.starts_with("error[K114]: this row has more than 16384 cells\n"), "{told}");
        let id = sources.add("b.csv", format!("{}\n", ",".repeat(9_999)).repeat(401));
        let told = crate::diag::show(&read_delimited(id, b',', &sources).unwrap_err(), &sources, false);
        assert!(told.starts_with("error[K114]: this table has more than 4000000 cells\n"), "{told}");
    }
}
