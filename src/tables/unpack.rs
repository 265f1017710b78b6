//! The parts of a workbook, unpacked within bounds.

use std::io::{BufRead, BufReader, Cursor, Read};

use zip::ZipArchive;

use super::xlsx::workbook;
use crate::diag::{Code, Diagnostic};

/// Bytes of all parts of a workbook together, unpacked: far more than any form's export.
pub const MAX_UNPACKED: u64 = 128 * 1024 * 1024;
/// Parts of a workbook.
const MAX_PARTS: usize = 10_000;

/// A workbook's parts.
pub type Parts<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// A part to be read; none where there is no such part. Names are compared without regard to case.
pub fn part<'p>(parts: &'p mut Parts<'_>, name: &str) -> Option<Box<dyn BufRead + 'p>> {
    let own = parts.file_names().flatten().find(|own| own.eq_ignore_ascii_case(name))?.into_owned();
    let part = parts.by_name(&own).ok()?;
    Some(Box::new(BufReader::new(part.take(MAX_UNPACKED))))
}

/// Unpacks every part once without keeping any: a workbook that would unfold beyond bounds, or one whose parts
/// declare entities, is told before anything reads it.
pub fn guard<'b>(name: &str, bytes: &'b [u8]) -> Result<Parts<'b>, Diagnostic> {
    let too_large = || {
        let message = format!(
            "`{name}` unpacks to more than {} MB, which no form's export does",
            MAX_UNPACKED / (1024 * 1024)
        );
        Diagnostic::placeless(Code::TooMuch, message)
            .help("save the sheet with the responses alone, as CSV (UTF-8)")
    };
    let broken = |_| {
        workbook(name, "is no workbook that can be read")
            .help("save the sheet again as .xlsx, or as CSV (UTF-8)")
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > MAX_PARTS {
        return Err(too_large());
    }
    let mut left = MAX_UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(broken)?;
        let part_name = part.name().map_err(broken)?.into_owned();
        let xml = part_name.ends_with(".xml") || part_name.ends_with(".rels");
        let mut part = part.take(left + 1);
        let mut buffer = vec![0u8; 64 * 1024];
        let (mut kept, mut length) = (0, 0u64);
        loop {
            let read = part.read(&mut buffer[kept..]).map_err(|_| {
                workbook(name, "is damaged: one of its parts cannot be unpacked").help("export it once more")
            })?;
            if read == 0 {
                break;
            }
            length += read as u64;
            if length > left {
                return Err(too_large());
            }
            let filled = kept + read;
            if xml && declares(&buffer[..filled]) {
                return Err(workbook(
                    name,
                    "holds XML with declarations of its own, which no form tool writes",
                )
                .help("open it in a spreadsheet program and save it again as .xlsx"));
            }
            // A declaration may lie across two pieces.
            kept = filled.min(9);
            buffer.copy_within(filled - kept..filled, 0);
        }
        left -= length;
    }
    Ok(archive)
}

fn declares(bytes: &[u8]) -> bool {
    let mut from = 0;
    while let Some(at) = bytes[from..].windows(2).position(|pair| pair == b"<!") {
        let rest = &bytes[from + at + 2..];
        if rest.starts_with(b"DOCTYPE") || rest.starts_with(b"ENTITY") {
            return true;
        }
        from += at + 2;
    }
    false
}
