//! A small workbook: sheets of text cells, the same bytes for the same texts.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// One sheet: its name and rows of cells.
pub struct Sheet {
    pub name: &'static str,
    pub rows: Vec<Vec<String>>,
}

const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// Characters that a cell may hold, by the format.
const MOST: usize = 32_767;

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
    // Two looks: plain, and bold for the head.
    parts.push((
        "xl/styles.xml".to_owned(),
        format!(
            "{HEAD}<styleSheet xmlns=\"{MAIN}\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"2\"><xf numFmtId=\"49\" xfId=\"0\" applyNumberFormat=\"1\"/><xf numFmtId=\"49\" fontId=\"1\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/></cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
        ),
    ));
    for (at, sheet) in numbered() {
        parts.push((format!("xl/worksheets/sheet{at}.xml"), sheet_xml(sheet)));
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

fn sheet_xml(sheet: &Sheet) -> String {
    let width = sheet.rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = format!(
        "{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols><col min=\"1\" max=\"{}\" width=\"28\" customWidth=\"1\"/></cols><sheetData>",
        width.max(1)
    );
    for (row, cells) in sheet.rows.iter().enumerate() {
        let number = row + 1;
        out.push_str(&format!("<row r=\"{number}\">"));
        for (place, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let column = crate::tables::column_name(place);
            let style = if row == 0 { " s=\"1\"" } else { "" };
            let short: String = text.chars().take(MOST).collect();
            out.push_str(&format!(
                "<c r=\"{column}{number}\" t=\"inlineStr\"{style}><is><t xml:space=\"preserve\">{}</t></is></c>",
                escaped(&short)
            ));
        }
        out.push_str("</row>");
    }
    out.push_str("</sheetData></worksheet>");
    out
}

/// Text that XML may hold, with nothing in it that is markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
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
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let sheet = Sheet {
            name: "survey",
            rows: vec![row(&["type", "name", "label"]), row(&["text", "", "a < b & \"c\"\u{7}, =1+1"])],
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
        };
        assert_eq!(bytes, workbook(&[again]));
    }
}
