//! What a workbook says of itself: its sheets, its shared texts, and which formats are days or shares.

use std::collections::{BTreeMap, HashMap};
use std::io::BufRead;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::unpack::{Parts, part};

/// The XML of a part is broken, or a part is missing that must be there.
#[derive(Debug)]
pub struct Broken;

impl From<quick_xml::Error> for Broken {
    fn from(_: quick_xml::Error) -> Broken {
        Broken
    }
}

/// How the number of a cell is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Plain,
    Day,
    /// Hours that may be more than a day has.
    Span,
    Percent,
}

/// A sheet by its name.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub name: String,
    /// The part in which its cells stand.
    pub part: String,
    pub visible: bool,
}

/// All that is needed to read the cells of a sheet.
#[derive(Debug)]
pub struct Book {
    pub sheets: Vec<Sheet>,
    pub texts: Vec<String>,
    /// By the number that cells give.
    pub formats: Vec<Format>,
    /// Whether days are counted from 1904 on.
    pub from_1904: bool,
}

/// An attribute by its name without a prefix.
pub fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let own = start.attributes().flatten().find(|own| own.key.local_name().as_ref() == name)?;
    own.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

/// What a piece of text stands for; a reference that is none of XML's own stands for itself.
pub fn piece(event: &Event<'_>) -> Option<String> {
    Some(match event {
        Event::Text(text) => text.xml10_content().into_owned(),
        Event::CData(text) => text.xml10_content().into_owned(),
        Event::GeneralRef(name) => match name.resolve_char_ref() {
            Ok(Some(sign)) => sign.to_string(),
            _ => resolve_predefined_entity(name).map_or_else(|| format!("&{};", &**name), str::to_owned),
        },
        _ => return None,
    })
}

/// The code of the sign that a text begins with, written as workbooks write what XML cannot hold: `_x000D_`.
pub fn sign_code(text: &str) -> Option<u32> {
    let code = text.strip_prefix("_x")?.get(..5)?.strip_suffix('_')?;
    code.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u32::from_str_radix(code, 16).ok())?
}

/// Signs as workbooks write those that XML cannot hold: `_x000A_` is a line break, `_x005F_` the stroke that begins such a sign.
/// The sign for going back to the line's beginning is left out.
pub fn unescaped(text: String) -> String {
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        let sign = sign_code(&rest[at..]).and_then(char::from_u32);
        out.push_str(&rest[..at]);
        match sign {
            Some(sign) => {
                out.extend(Some(sign).filter(|sign| *sign != '\r'));
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    if out.is_empty() && rest.len() == text.len() { text } else { out + rest }
}

/// Walks the events of a part.
fn walk(source: impl BufRead, mut each: impl FnMut(&Event<'_>)) -> Result<(), Broken> {
    let mut reader = Reader::from_reader(source);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer)? {
            Event::Eof => return Ok(()),
            event => each(&event),
        }
    }
}

/// Where the parts that a part names stand, by the id of the relation: kind and name.
fn relations(parts: &mut Parts<'_>, of: &str) -> Result<BTreeMap<String, (String, String)>, Broken> {
    let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
    let name =
        if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
    let mut found = BTreeMap::new();
    let Some(source) = part(parts, &name) else { return Ok(found) };
    walk(source, |event| {
        let (Event::Start(start) | Event::Empty(start)) = event else { return };
        if start.local_name().as_ref() != "Relationship" {
            return;
        }
        if let (Some(id), Some(kind), Some(target)) =
            (attribute(start, "Id"), attribute(start, "Type"), attribute(start, "Target"))
        {
            found.insert(id, (kind.rsplit('/').next().unwrap_or("").to_owned(), resolved(folder, &target)));
        }
    })?;
    Ok(found)
}

/// A target as the name of a part.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// Reads all but the cells.
pub fn read_book(parts: &mut Parts<'_>) -> Result<Book, Broken> {
    let root = relations(parts, "")?;
    let main = root.into_values().find(|(kind, _)| kind == "officeDocument");
    let main = main.map_or_else(|| "xl/workbook.xml".to_owned(), |(_, part)| part);
    let links = relations(parts, &main)?;
    let mut book = Book { sheets: Vec::new(), texts: Vec::new(), formats: Vec::new(), from_1904: false };
    walk(part(parts, &main).ok_or(Broken)?, |event| {
        let (Event::Start(start) | Event::Empty(start)) = event else { return };
        match start.local_name().as_ref() {
            "workbookPr" => {
                book.from_1904 =
                    attribute(start, "date1904").is_some_and(|said| said == "1" || said == "true");
            }
            "sheet" => {
                let link = attribute(start, "id").and_then(|id| links.get(&id).cloned());
                if let (Some(name), Some((kind, part))) = (attribute(start, "name"), link)
                    && kind == "worksheet"
                {
                    let visible = attribute(start, "state").is_none_or(|state| state == "visible");
                    book.sheets.push(Sheet { name, part, visible });
                }
            }
            _ => {}
        }
    })?;
    let of = |wanted: &str| links.values().find(|(kind, _)| kind == wanted).map(|(_, part)| part.clone());
    if let Some(source) = of("sharedStrings").and_then(|name| part(parts, &name)) {
        book.texts = texts(source)?;
    }
    if let Some(source) = of("styles").and_then(|name| part(parts, &name)) {
        book.formats = formats(source)?;
    }
    Ok(book)
}

/// The shared texts: the pieces of each, without how it is read aloud.
fn texts(source: impl BufRead) -> Result<Vec<String>, Broken> {
    let mut texts = Vec::new();
    let (mut own, mut within, mut aloud) = (String::new(), false, false);
    walk(source, |event| match event {
        Event::Start(start) => match start.local_name().as_ref() {
            "si" => own.clear(),
            "t" => within = true,
            "rPh" => aloud = true,
            _ => {}
        },
        Event::End(end) => match end.local_name().as_ref() {
            "si" => texts.push(unescaped(std::mem::take(&mut own))),
            "t" => within = false,
            "rPh" => aloud = false,
            _ => {}
        },
        Event::Empty(empty) if empty.local_name().as_ref() == "si" => texts.push(String::new()),
        event if within && !aloud => own.extend(piece(event)),
        _ => {}
    })?;
    Ok(texts)
}

fn formats(source: impl BufRead) -> Result<Vec<Format>, Broken> {
    let mut codes: HashMap<u32, Format> = HashMap::new();
    let mut formats = Vec::new();
    let mut within = false;
    walk(source, |event| match event {
        Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
            "numFmt" => {
                let id = attribute(start, "numFmtId").and_then(|id| id.parse().ok());
                if let (Some(id), Some(code)) = (id, attribute(start, "formatCode")) {
                    codes.insert(id, by_code(&code));
                }
            }
            "cellXfs" => within = matches!(event, Event::Start(_)),
            "xf" if within => {
                let id = attribute(start, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                formats.push(codes.get(&id).copied().unwrap_or_else(|| built_in(id)));
            }
            _ => {}
        },
        Event::End(end) if end.local_name().as_ref() == "cellXfs" => within = false,
        _ => {}
    })?;
    Ok(formats)
}

/// The formats that every workbook has without saying so.
fn built_in(id: u32) -> Format {
    match id {
        9 | 10 => Format::Percent,
        14..=22 | 27..=36 | 50..=58 => Format::Day,
        45..=47 => Format::Span,
        _ => Format::Plain,
    }
}

/// A format by its code, such as `yyyy-mm-dd;@`.
fn by_code(code: &str) -> Format {
    let (mut quoted, mut bracket, mut skip) = (false, String::new(), false);
    let (mut day, mut percent, mut span) = (false, false, false);
    let mut in_bracket = false;
    for sign in code.to_lowercase().chars() {
        match sign {
            _ if skip => skip = false,
            '\\' | '_' | '*' if !quoted => skip = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '[' => (in_bracket, bracket) = (true, String::new()),
            ']' => {
                in_bracket = false;
                span |= !bracket.is_empty() && bracket.chars().all(|c| "hms".contains(c));
            }
            _ if in_bracket => bracket.push(sign),
            'd' | 'm' | 'y' | 'h' | 's' => day = true,
            '%' => percent = true,
            _ => {}
        }
    }
    match (span, percent, day && !code.eq_ignore_ascii_case("general")) {
        (true, ..) => Format::Span,
        (_, true, _) => Format::Percent,
        (_, _, true) => Format::Day,
        _ => Format::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_their_code() {
        for (code, format) in [
            ("yyyy\\-mm\\-dd;@", Format::Day),
            ("[$-409]m/d/yy h:mm AM/PM", Format::Day),
            ("[h]:mm", Format::Span),
            ("0.0%", Format::Percent),
            ("General", Format::Plain),
            ("#,##0.00 \"days\"", Format::Plain),
            ("[Red]0", Format::Plain),
        ] {
            assert_eq!(by_code(code), format, "{code}");
        }
    }

    #[test]
    fn parts_are_found_from_where_they_are_named() {
        assert_eq!(resolved("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolved("xl/a", "../b.xml"), "xl/b.xml");
        assert_eq!(resolved("", "../../b.xml"), "b.xml");
    }
}
