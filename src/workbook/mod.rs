//! A small workbook: sheets of texts and days, the same bytes for the same content.

mod sheet;

use std::io::{Cursor, Write};

use jiff::civil::Date;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::tables::sign_code;

/// One sheet: its name and rows of cells, the head first.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub name: &'static str,
    pub rows: Vec<Vec<Cell>>,
    /// Widths of the columns in characters; 28 for those that are not named.
    pub widths: Vec<u16>,
    /// Columns that take one of a few words, as places from 0; a program offers them to whoever types.
    pub choices: Vec<(usize, &'static [&'static str])>,
    /// Whether the head offers to filter and sort.
    pub filtered: bool,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Never a formula, whatever it begins with.
    Text(String),
    /// A day of the calendar, which programs sort and reckon with.
    Day(Date),
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

/// How wide a column is where nothing is said, in characters.
const WIDTH: u16 = 28;

const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The workbook's bytes.
pub fn workbook(sheets: &[Sheet]) -> Vec<u8> {
    let mut parts: Vec<(String, String)> = Vec::new();
    let numbered = || sheets.iter().enumerate().map(|(place, sheet)| (place + 1, sheet));
    let overrides: String = numbered()
        .map(|(at, _)| {
            format!(
                "<Override PartName=\"/xl/worksheets/sheet{at}.xml\" ContentType=\"{SHEET}.worksheet+xml\"/>"
            )
        })
        .collect();
    parts.push((
        "[Content_Types].xml".to_owned(),
        format!(
            "{HEAD}<Types xmlns=\"{TYPES}\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{SHEET}.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{SHEET}.styles+xml\"/>{overrides}</Types>"
        ),
    ));
    parts.push((
        "_rels/.rels".to_owned(),
        format!(
            "{HEAD}<Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    ));
    let listed: String = numbered()
        .map(|(at, sheet)| {
            format!("<sheet name=\"{}\" sheetId=\"{at}\" r:id=\"rId{at}\"/>", escaped(sheet.name))
        })
        .collect();
    parts.push((
        "xl/workbook.xml".to_owned(),
        format!("{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{listed}</sheets></workbook>"),
    ));
    let related: String = numbered()
        .map(|(at, _)| {
            format!("<Relationship Id=\"rId{at}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>")
        })
        .collect();
    let styles = sheets.len() + 1;
    parts.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!(
            "{HEAD}<Relationships xmlns=\"{RELATIONS}\">{related}<Relationship Id=\"rId{styles}\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/></Relationships>"
        ),
    ));
    // Three looks: plain, bold for the head, and a day as the reader's own country writes it. Long texts go on below.
    parts.push((
        "xl/styles.xml".to_owned(),
        format!(
            "{HEAD}<styleSheet xmlns=\"{MAIN}\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"3\"><xf numFmtId=\"49\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf><xf numFmtId=\"49\" fontId=\"1\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/><xf numFmtId=\"14\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" horizontal=\"left\"/></xf></cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
        ),
    ));
    for (at, sheet) in numbered() {
        parts.push((format!("xl/worksheets/sheet{at}.xml"), sheet::xml(sheet)));
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (path, text) in parts {
        // Writing into memory fails for want of memory only.
        let put = zip.start_file(path, options).map_err(std::io::Error::from);
        put.and_then(|()| zip.write_all(text.as_bytes())).expect("memory takes what is written");
    }
    zip.finish().expect("memory takes what is written").into_inner()
}

/// Text that XML may hold, with nothing in it that is markup, nor one of the signs by which workbooks write what XML cannot hold.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '_' if sign_code(&text[at..]).is_some() => out.push_str("_x005F_"),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use crate::tables::open;

    #[test]
    fn what_is_written_is_read_back_and_is_the_same_each_time() {
        let row = |cells: &[&str]| cells.iter().map(|cell| Cell::from(*cell)).collect::<Vec<_>>();
        let sheet = Sheet {
            name: "survey",
            rows: vec![row(&["type", "name", "label"]), row(&["text", "", "a < b & \"c\"\u{7}, =1+1"])],
            ..Sheet::default()
        };
        let bytes = workbook(&[sheet]);
        let mut sources = Sources::default();
        let grid = open("form.xlsx", &bytes, Some("survey"), &mut sources).map_err(|_| ()).unwrap().grid;
        let cell = |row: usize, place: usize| grid.at(&grid.rows[row], place).to_owned();
        assert_eq!((cell(0, 1), cell(1, 1)), ("name".to_owned(), String::new()));
        assert_eq!(cell(1, 2), "a < b & \"c\" , =1+1");
        let again = Sheet {
            name: "survey",
            rows: vec![row(&["type", "name", "label"]), row(&["text", "", "a < b & \"c\"\u{7}, =1+1"])],
            ..Sheet::default()
        };
        assert_eq!(bytes, workbook(&[again]));
    }

    #[test]
    fn what_looks_like_a_sign_of_workbooks_is_read_back_as_it_was_typed() {
        let typed = "see _x0041_ and _x000D_, _x005F_x, _xyz and __x00e4_";
        let sheet = Sheet { name: "notes", rows: vec![vec![Cell::from(typed)]], ..Sheet::default() };
        let bytes = workbook(&[sheet]);
        let mut sources = Sources::default();
        let grid = open("notes.xlsx", &bytes, Some("notes"), &mut sources).map_err(|_| ()).unwrap().grid;
        assert_eq!(grid.at(&grid.rows[0], 0), typed);
    }
}
