//! One sheet as the format writes it.

use jiff::civil::{Date, date};

use super::{Cell, HEAD, MAIN, Sheet, WIDTH, escaped};
use crate::tables::column_name;

/// Characters that a cell may hold, by the format.
const MOST: usize = 32_767;

pub(super) fn xml(sheet: &Sheet) -> String {
    let width = sheet.rows.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let columns: String = (0..width)
        .map(|place| {
            let wide = sheet.widths.get(place).copied().unwrap_or(WIDTH);
            let number = place + 1;
            format!("<col min=\"{number}\" max=\"{number}\" width=\"{wide}\" customWidth=\"1\"/>")
        })
        .collect();
    let mut out = format!(
        "{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>{columns}</cols><sheetData>"
    );
    for (row, cells) in sheet.rows.iter().enumerate() {
        out.push_str(&format!("<row r=\"{}\">", row + 1));
        cells.iter().enumerate().for_each(|(place, cell)| push(cell, row, place, &mut out));
        out.push_str("</row>");
    }
    out.push_str("</sheetData>");
    let last = sheet.rows.len();
    if sheet.filtered && last > 0 {
        out.push_str(&format!("<autoFilter ref=\"A1:{}{last}\"/>", column_name(width - 1)));
    }
    if !sheet.choices.is_empty() && last > 1 {
        out.push_str(&format!("<dataValidations count=\"{}\">", sheet.choices.len()));
        for (place, words) in &sheet.choices {
            let column = column_name(*place);
            // Somebody's own word is taken too: the list only helps.
            out.push_str(&format!(
                "<dataValidation type=\"list\" errorStyle=\"information\" allowBlank=\"1\" sqref=\"{column}2:{column}{last}\"><formula1>\"{}\"</formula1></dataValidation>",
                escaped(&words.join(","))
            ));
        }
        out.push_str("</dataValidations>");
    }
    out.push_str("</worksheet>");
    out
}

fn push(cell: &Cell, row: usize, place: usize, out: &mut String) {
    let at = format!("{}{}", column_name(place), row + 1);
    match cell {
        Cell::Text(text) if text.is_empty() => {}
        Cell::Text(text) => {
            let style = if row == 0 { " s=\"1\"" } else { "" };
            let short: String = text.chars().take(MOST).collect();
            out.push_str(&format!(
                "<c r=\"{at}\" t=\"inlineStr\"{style}><is><t xml:space=\"preserve\">{}</t></is></c>",
                escaped(&short)
            ));
        }
        Cell::Day(day) => out.push_str(&format!("<c r=\"{at}\" s=\"2\"><v>{}</v></c>", serial(*day))),
    }
}

/// Days as spreadsheets count them: 1 March 1900 is 61.
fn serial(day: Date) -> i64 {
    let since = date(1899, 12, 30).until(day).map(|span| span.get_days());
    i64::from(since.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_spreadsheets_do() {
        assert_eq!([date(1900, 3, 1), date(2026, 3, 31)].map(serial), [61, 46112]);
    }
}
