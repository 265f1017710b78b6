//! An archive that holds one table, as tools hand out their exports.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::open::{Table, open};
use super::unpack::MAX_UNPACKED;
use super::xlsx::{read_xlsx, workbook};
use crate::diag::{Code, Diagnostic};
use crate::source::Sources;

/// Entries of an archive that are looked at.
const MAX_ENTRIES: usize = 1000;
/// Files that are named where there are several.
const NAMED: usize = 5;

/// Whether a file's name is that of an archive.
pub fn is_archive(name: &str) -> bool {
    name.to_lowercase().ends_with(".zip")
}

/// The only table of an archive. A workbook is an archive too, whatever its name.
///
/// # Errors
/// A diagnostic where it is no archive, holds no table or several, or unpacks to more than is read.
pub fn open_archive(
    name: &str,
    bytes: &[u8],
    sheet: Option<&str>,
    sources: &mut Sources,
) -> Result<Table, Diagnostic> {
    let broken = || {
        workbook(name, "is no archive that can be read")
            .help("download it once more, or unzip it and name the file that was in it")
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    if archive.len() > MAX_ENTRIES {
        return Err(workbook(name, "holds more files than any form's export")
            .help("unzip it, and name the file with the responses"));
    }
    let names: Vec<String> = (0..archive.len())
        .filter_map(|at| Some(archive.by_index_raw(at).ok()?.name().ok()?.into_owned()))
        .collect();
    if names.iter().any(|own| own == "[Content_Types].xml") {
        return read_xlsx(name, bytes, sheet, sources).map(|grid| Table { grid, plain_text: false });
    }
    let tables: Vec<&String> = names.iter().filter(|own| is_table(own)).collect();
    let [table] = tables.as_slice() else {
        let listed = |names: &[&String]| {
            let shown: Vec<String> =
                names.iter().take(NAMED).map(|own| format!("`{}`", shown(own))).collect();
            let rest = names.len().saturating_sub(NAMED);
            let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
            format!("{}{rest}", shown.join(", "))
        };
        return Err(if tables.is_empty() {
            workbook(name, "is an archive without a table").help("a .csv, .tsv or .xlsx is looked for in it")
        } else {
            workbook(name, "is an archive of several tables, and nothing says which one is meant")
                .help(format!("unzip it, and name one of {}", listed(&tables)))
        });
    };
    let mut unpacked = Vec::new();
    let entry = archive.by_name(table).map_err(|_| broken())?;
    entry.take(MAX_UNPACKED + 1).read_to_end(&mut unpacked).map_err(|_| broken())?;
    if unpacked.len() as u64 > MAX_UNPACKED {
        let message = format!(
            "`{name}` unpacks to more than {} MB, which no form's export does",
            MAX_UNPACKED / (1024 * 1024)
        );
        return Err(Diagnostic::placeless(Code::TooMuch, message).help("unzip it, and split the table in it"));
    }
    let inner = shown(table);
    let mut read = open(&format!("{name}/{inner}"), &unpacked, sheet, sources)?;
    read.plain_text = false;
    Ok(read)
}

/// Whether an entry is a table that somebody put there.
fn is_table(entry: &str) -> bool {
    let file = entry.rsplit(['/', '\\']).next().unwrap_or(entry).to_lowercase();
    let table = [".csv", ".tsv", ".tab", ".xlsx"].iter().any(|end| file.ends_with(end));
    table && !file.starts_with('.') && !entry.starts_with("__MACOSX/")
}

/// The last part of an entry's name, as it may be printed.
fn shown(entry: &str) -> String {
    let file = entry.rsplit(['/', '\\']).next().unwrap_or(entry);
    file.chars().map(|c| if c.is_control() || c == '`' { '\u{fffd}' } else { c }).take(80).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::diag::show;

    fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        for (name, bytes) in entries {
            zip.start_file(*name, options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn told(bytes: &[u8]) -> String {
        let mut sources = Sources::default();
        match open("a.zip", bytes, None, &mut sources) {
            Err(fault) => show(&fault, &sources, false),
            Ok(table) => {
                let name = &sources.get(table.grid.source).name;
                let cell = table.grid.at(&table.grid.rows[0], 1);
                format!("{name}: {cell}, {}, {}", table.grid.rows.len(), table.plain_text)
            }
        }
    }

    #[test]
    fn the_only_table_is_read_whatever_lies_beside_it() {
        let entries: [(&str, &[u8]); 4] = [
            ("__MACOSX/._r.csv", b"x"),
            ("in/r.CSV", b"id,q\na,1\n"),
            (".r.csv", b"x"),
            ("read me.txt", b"x"),
        ];
        assert_eq!(told(&archive(&entries)), "a.zip/r.CSV: q, 2, false");
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let none = "error[K724]: `a.zip` is an archive without a table\n |\n = help: a .csv, .tsv or .xlsx is looked for in it\n";
        assert_eq!(told(&archive(&[("a.txt", b"x")])), none);
        let broken = "error[K724]: `a.zip` is no archive that can be read\n |\n = help: download it once more, or unzip it and name the file that was in it\n";
        assert_eq!(told(b"PK\x03\x04 and no more"), broken);
        assert_eq!(told(b"id,q\n"), broken);
        let several = "error[K724]: `a.zip` is an archive of several tables, and nothing says which one is meant\n |\n = help: unzip it, and name one of `a.csv`, `b.tsv`\n";
        assert_eq!(told(&archive(&[("x/a.csv", b"x"), ("b.tsv", b"x")])), several);
        let many: Vec<String> = (0..=MAX_ENTRIES).map(|at| format!("{at}.csv")).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
        assert_eq!(
            told(&archive(&many)),
            "error[K724]: `a.zip` holds more files than any form's export\n |\n = help: unzip it, and name the file with the responses\n"
        );
        let bomb = archive(&[("a.csv", &vec![b'0'; MAX_UNPACKED as usize + 2])]);
        assert!(bomb.len() < 1 << 20);
        assert_eq!(
            told(&bomb),
            "error[K114]: `a.zip` unpacks to more than 128 MB, which no form's export does\n |\n = help: unzip it, and split the table in it\n"
        );
    }
}
