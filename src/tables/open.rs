//! A file's bytes → its grid: a workbook by what it is, text by its encoding and the sign between its cells.

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
    if name.to_lowercase().ends_with(".xlsx") || is_xlsx(bytes) {
        return read_xlsx(name, bytes, sheet, sources).map(|grid| Table { grid, plain_text: false });
    }
    let decoded = decode(bytes);
    let source = sources.add(name, &decoded.text);
    let (sign, signs) = separator(&sources.get(source).text);
    let mut grid = read_delimited(source, sign, sources)?;
    let plain_text = decoded.encoding.is_none() && sign == b',';
    if let Some(encoding) = decoded.encoding {
        let why = if decoded.assumed { ", as it is not UTF-8" } else { "" };
        grid.notes.push(format!("read as {encoding}{why}"));
    }
    if sign != b',' {
        grid.notes.push(format!("{signs} between the cells"));
    }
    Ok(Table { grid, plain_text })
}
