//! Form exports on the command line: which files are one, what was understood, and the mapping files.

use std::path::Path;

use super::args::From;
use super::console::Console;
use super::workspace::Ground;
use crate::answers::{Kind, RawFile};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::files::{self, MAX_TEXT, ReadError, Stretches, WorldError, slashed};
use crate::import::{
    Mapping, Refused, Told, Understood, Wanted, is_plain, read_mapping, screen, summary, understand,
    write_mapping,
};
use crate::model::Pack;
use crate::source::{SourceId, Sources, Span};
use crate::tables::{Table, decode, open, read_delimited, read_json, separator};

/// Bytes by which a table's beginning is looked at.
const HEAD: usize = 64 * 1024;

/// An answers file, read as far as that goes without a pack.
pub enum Input {
    Plain(RawFile),
    /// A table that may be plain or a form's export: the pack decides.
    Table(Box<Table>),
    Form(Box<Understood>),
}

impl Input {
    pub fn raw(&self) -> Option<&RawFile> {
        match self {
            Input::Plain(file) => Some(file),
            Input::Form(form) => Some(&form.file),
            Input::Table(_) => None,
        }
    }

    pub fn is_cohort(&self) -> bool {
        match self {
            Input::Plain(file) => file.kind.is_cohort(),
            Input::Table(_) | Input::Form(_) => true,
        }
    }
}

/// Whether a file's name is that of a table.
pub fn is_table(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    matches!(ending.as_deref(), Some("csv" | "tsv" | "tab" | "xlsx" | "zip"))
}

/// Whether a file's name is that of a table which is never written for this program.
pub fn is_export(path: &Path) -> bool {
    let name = slashed(path).to_lowercase();
    [".tsv", ".tab", ".xlsx", ".zip"].iter().any(|end| name.ends_with(end))
}

/// A table as a grid; none where it cannot be read, which is told. `sheet` is the one of a workbook that is meant.
pub fn read_table(
    path: &Path,
    sheet: Option<&str>,
    ground: &mut Ground,
) -> Result<Option<Table>, WorldError> {
    let name = slashed(path);
    let bytes = match files::read_bytes(path, MAX_TEXT) {
        Ok(bytes) => bytes,
        Err(ReadError::World(error)) => return Err(error),
        Err(_) => {
            let message = format!("`{name}` is larger than {} MB", MAX_TEXT / (1024 * 1024));
            ground
                .faults
                .push(Diagnostic::placeless(Code::TooMuch, message).help("split it into several files"));
            return Ok(None);
        }
    };
    let read = open(&name, &bytes, sheet, &mut ground.sources);
    Ok(read.map_err(|fault| ground.faults.push(fault)).ok())
}

/// Responses in JSON as a table; none where the file is written for this program.
///
/// # Errors
/// Why nothing can be read of it.
pub fn read_objects(source: SourceId, lines: bool, ground: &Ground) -> Result<Option<Input>, Diagnostic> {
    let grid = read_json(source, lines, &ground.sources)?;
    Ok(grid.map(|grid| Input::Table(Box::new(Table { grid, plain_text: false }))))
}

/// Whether a text, or the beginning of one, is written for this program: a form's export is read as a whole.
pub fn is_plain_text(source: SourceId, kind: Kind, pack: &Pack, ground: &Ground) -> bool {
    let sources = &ground.sources;
    match kind {
        Kind::Csv => {
            let sign = separator(&sources.get(source).text).0;
            sign == b',' && read_delimited(source, sign, sources).is_ok_and(|grid| is_plain(&grid, pack))
        }
        Kind::JsonLines => !matches!(read_json(source, true, sources), Ok(Some(_))),
        Kind::Yaml | Kind::Json => true,
    }
}

/// Whether any answers file looks as if a form's tool had written it, by its name and its beginning: the pack decides
/// when all of it is read. What is larger than a form's export is never one.
pub fn may_be_export(from: &From) -> Result<bool, WorldError> {
    if from.mapping.is_some() || from.write_mapping.is_some() || from.sheet.is_some() || from.skip_unreadable
    {
        return Ok(true);
    }
    for path in &from.answers {
        let name = slashed(path).to_lowercase();
        if is_export(path) {
            return Ok(true);
        }
        let ends = |end: &str| name.ends_with(end);
        let lines = ends(".jsonl") || ends(".ndjson");
        if !(ends(".csv") || ends(".json") || lines) {
            continue;
        }
        let mut file = match Stretches::open(path) {
            Ok(file) => file,
            Err(ReadError::World(error)) => return Err(error),
            Err(_) => continue,
        };
        if file.read(MAX_TEXT, 1, &mut Vec::new())? > 0 {
            continue;
        }
        let mut head = Vec::new();
        file.read(0, if ends(".json") { MAX_TEXT as usize } else { HEAD }, &mut head)?;
        let looks =
            if ends(".csv") { table_looks_foreign(&head) } else { objects_look_foreign(&head, lines) };
        if looks {
            return Ok(true);
        }
    }
    Ok(false)
}

fn table_looks_foreign(head: &[u8]) -> bool {
    let decoded = decode(head);
    // A letter that the end of the piece cuts makes no other encoding of it.
    let utf8 = std::str::from_utf8(head).map_or_else(|error| error.error_len().is_none(), |_| true);
    let line = decoded.text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    // Ids hold no spaces, and no tool's own column stands in a plain table.
    !utf8
        || separator(&decoded.text).0 != b','
        || line.contains(|c: char| " #?\"<".contains(c))
        || begins_as_tool(line)
}

fn objects_look_foreign(head: &[u8], lines: bool) -> bool {
    let end = if lines {
        head.iter().rposition(|byte| *byte == b'\n').map_or(head.len(), |at| at + 1)
    } else {
        head.len()
    };
    let Ok(text) = std::str::from_utf8(&head[..end]) else { return false };
    let mut sources = Sources::default();
    let id = sources.add("", text);
    matches!(read_json(id, lines, &sources), Ok(Some(_)) | Err(_))
}

/// Whether a head of one word a column is that of a tool.
fn begins_as_tool(line: &str) -> bool {
    let line = line.to_lowercase();
    ["_uuid", "_submission", "timestamp", "startdate", "submitdate", "v1,v2", "submissiondate", "key,"]
        .iter()
        .any(|word| line.contains(word))
        || !line.is_ascii()
}

/// The mapping file of a run.
pub fn mapping(from: &From, ground: &mut Ground) -> Result<Option<Mapping>, WorldError> {
    let Some(path) = &from.mapping else { return Ok(None) };
    let Some(source) = ground.read(path)? else { return Ok(None) };
    Ok(Some(read_mapping(source, &ground.sources, &mut ground.faults)))
}

/// Decides what each table is: a plain one, read as ever, or a form's export, understood with the pack.
pub fn settle(
    inputs: Vec<Input>,
    pack: Option<&Pack>,
    mapping: Option<&Mapping>,
    from: &From,
    plain: &dyn Fn(SourceId, Kind) -> RawFile,
) -> Vec<Input> {
    let wanted = Wanted { mapping, id_column: from.id.as_deref(), skip_unreadable: from.skip_unreadable };
    let one = |input| match (input, pack) {
        (Input::Table(table), None) => Input::Plain(plain(table.grid.source, Kind::Csv)),
        (Input::Table(table), Some(pack)) => {
            if table.plain_text && mapping.is_none() && is_plain(&table.grid, pack) {
                Input::Plain(plain(table.grid.source, Kind::Csv))
            } else {
                Input::Form(Box::new(understand(table.grid, pack, wanted)))
            }
        }
        (other, _) => other,
    };
    inputs.into_iter().map(one).collect()
}

/// Says in front of a fault's label in which cell it lies.
pub fn name_cells(form: &Understood, faults: Diagnostics) -> Diagnostics {
    let mut out = Diagnostics::default();
    for mut fault in faults {
        if let Some(cell) = fault.span.and_then(|span| form.cell_at(span)) {
            let cell = cell.long;
            fault.label =
                if fault.label.is_empty() { cell } else { format!("{cell}: {}", fault.label) }.into();
        }
        out.push(fault);
    }
    out
}

/// The screen of a dry run, for one export. `beside` is how many lines are told above and below it.
pub fn show(
    form: &Understood,
    pack: &Pack,
    fitting: usize,
    refused: &[(&str, &Diagnostics)],
    ground: &Ground,
    (from, command, beside): (&From, &str, usize),
) -> String {
    let refused: Vec<Refused> =
        refused.iter().map(|(name, faults)| Refused::new(form, *name, faults)).collect();
    let name = &ground.sources.get(form.grid.source).name;
    let mapping = from.write_mapping.as_deref().or(from.mapping.as_deref()).map(slashed);
    let mapping = mapping.as_deref();
    screen(form, pack, &Told { name, command, mapping, fitting, refused: &refused, beside, all: from.all })
}

/// The command of a run without what makes it a trial.
pub fn in_earnest(args: &[std::ffi::OsString]) -> String {
    let mut words = vec!["kitwright".to_owned()];
    let mut args = args.iter().skip(1).map(|arg| arg.to_string_lossy());
    while let Some(arg) = args.next() {
        match arg.as_ref() {
            "--dry-run" | "--all" => {}
            "--write-mapping" => drop(args.next()),
            arg if arg.starts_with("--write-mapping=") => {}
            arg => words.push(quoted(arg)),
        }
    }
    words.join(" ")
}

/// A word of a command line, in quotes where a shell would take it apart.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "_-./,=:@%+\\".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else if word.contains(['"', '$', '`', '\\', '!']) {
        format!("'{}'", word.replace('\'', "'\\''"))
    } else {
        format!("\"{word}\"")
    }
}

/// One line about an export, for a run that is not dry.
pub fn tell(form: &Understood, pack: &Pack, ground: &Ground, console: &mut Console<'_>) {
    if !console.quiet {
        let name = &ground.sources.get(form.grid.source).name;
        console.tell(&format!("{}; `--dry-run` shows all of it", summary(form, name, pack)));
    }
}

/// Whether the file that is to be written can be: it may hold somebody's corrections already.
pub fn may_write(from: &From, ground: &mut Ground) {
    let Some(path) = &from.write_mapping else { return };
    let name = slashed(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if files::exists(path) {
        ground.faults.push(
            Diagnostic::placeless(
                Code::Mapping,
                format!("`{name}` is there already and may hold corrections"),
            )
            .help("name another file behind `--write-mapping`, or remove that one first"),
        );
    } else if let Some(folder) = folder.filter(|folder| !files::exists(folder)) {
        let message = format!("`{name}` cannot be written, as there is no folder `{}`", slashed(folder));
        ground.faults.push(
            Diagnostic::placeless(Code::Mapping, message).help("make the folder first, or name another file"),
        );
    }
}

/// Writes down what was understood.
pub fn write(
    path: &Path,
    form: &Understood,
    pack: &Pack,
    unread: &[Span],
    console: &mut Console<'_>,
) -> Result<(), WorldError> {
    let name = slashed(path);
    files::write_atomic(path, write_mapping(form, pack, unread).as_bytes())?;
    console.tell(&format!("{name}: correct it where it is wrong, and run again with `--mapping {name}`"));
    Ok(())
}
