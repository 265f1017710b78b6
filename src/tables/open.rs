//! A file's bytes → its grid: a workbook by what it is, text by its encoding and the sign between its cells.

use super::xlsx::workbook;
use super::zipped::{is_archive, open_archive};
use super::{Grid, decode, is_xlsx, read_delimited, read_xlsx, separator};
use crate::diag::Diagnostic;
use crate::source::Sources;

/// A table, read.
#[derive(Clone, Debug)]
pub struct Table {
    pub grid: Grid,
    /// Whether it is text in UTF-8 with commas between the cells, as a plain table is.
    pub plain_text: bool,
}

/// A table of any kind that is read. `sheet` is the one of a workbook that is meant.
///
/// # Errors
/// A diagnostic where it is larger than is read, or a workbook that cannot be.
pub fn open(
    name: &str,
    bytes: &[u8],
    sheet: Option<&str>,
    sources: &mut Sources,
) -> Result<Table, Diagnostic> {
    if is_archive(name) {
        return open_archive(name, bytes, sheet, sources);
    }
    if is_page(bytes) {
        return Err(workbook(name, "is a web page, not a table")
            .help("it may be a sign-in page: sign in to the form's tool, and download the export again")
            .help("some tools call a web page a workbook: open it in a spreadsheet program and save it as .xlsx"));
    }
    let workbook = name.to_lowercase().ends_with(".xlsx");
    let misnamed = workbook && !is_xlsx(bytes) && is_table_text(bytes);
    if is_xlsx(bytes) || (workbook && !misnamed) {
        return read_xlsx(name, bytes, sheet, sources).map(|grid| Table { grid, plain_text: false });
    }
    let decoded = decode(bytes);
    let source = sources.add(name, &decoded.text);
    let (sign, signs) = separator(&sources.get(source).text);
    let mut grid = read_delimited(source, sign, sources)?;
    let plain_text = decoded.encoding.is_none() && sign == b',' && !misnamed;
    if misnamed {
        grid.notes
            .push("it is text with signs between the cells, and no workbook as its name says".to_owned());
    }
    if let Some(encoding) = decoded.encoding {
        let why = if decoded.assumed { ", as it is not UTF-8" } else { "" };
        grid.notes.push(format!("read as {encoding}{why}"));
    }
    if sign != b',' {
        grid.notes.push(format!("{signs} between the cells"));
    }
    Ok(Table { grid, plain_text })
}

/// Whether bytes are HTML: what a browser saves where it was to download something else.
fn is_page(bytes: &[u8]) -> bool {
    let text = decode(&bytes[..bytes.len().min(2000)]).text;
    let begin: String = text.trim_start_matches('\u{feff}').trim_start().chars().take(9).collect();
    let begin = begin.to_ascii_lowercase();
    ["<!doctype", "<html", "<head", "<table"].iter().any(|tag| begin.starts_with(tag))
}

/// Whether bytes are a table as text: letters alone, and a sign between cells in the first line.
fn is_table_text(bytes: &[u8]) -> bool {
    let text = decode(&bytes[..bytes.len().min(64 * 1024)]).text;
    let odd = |c: char| c == '\0' || (c.is_control() && !"\r\n\t".contains(c));
    let head = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    !text.contains(odd) && head.contains([',', ';', '\t', '|']) && text.lines().count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::show;

    fn told(name: &str, bytes: &[u8]) -> String {
        let mut sources = Sources::default();
        match open(name, bytes, None, &mut sources) {
            Ok(table) => format!("{} rows, {:?}", table.grid.rows.len(), table.grid.notes),
            Err(fault) => show(&fault, &sources, false),
        }
    }

    #[test]
    fn a_file_is_what_stands_in_it() {
        let note = "it is text with signs between the cells, and no workbook as its name says";
        assert_eq!(told("a.xlsx", b"id,q\na,1\n"), format!("2 rows, [{note:?}]"));
        let wide: Vec<u8> = "\u{feff}id\tq\na\t1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(
            told("a.xlsx", &wide),
            format!("2 rows, [{note:?}, \"read as UTF-16LE\", \"tabs between the cells\"]")
        );
        for name in ["a.xlsx", "a.csv"] {
            for page in ["<!DOCTYPE html><html>", "\u{feff}\n <HTML><body>", "<table><tr>"] {
                assert_eq!(
                    told(name, page.as_bytes()),
                    format!(
                        "error[K724]: `{name}` is a web page, not a table\n |\n \
                         = help: it may be a sign-in page: sign in to the form's tool, and download the export again\n \
                         = help: some tools call a web page a workbook: open it in a spreadsheet program and save it as .xlsx\n"
                    )
                );
            }
        }
        for bytes in [b"a,b\n".as_slice(), b"a\0,b\nc,d\n", b"just text\nand more\n", b""] {
            assert!(
                told("a.xlsx", bytes).starts_with("error[K724]: `a.xlsx` is no workbook that can be read\n")
            );
        }
        assert_eq!(told("a.csv", b"<b>,q\na,1\n"), "2 rows, []");
    }
}
