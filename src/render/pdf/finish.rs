//! printpdf's document → the file: what it cannot say itself, and what it says by chance.
//!
//! 1. the pages get their content, the fonts their objects;
//! 2. links become objects that the structure can name;
//! 3. the structure tree, its way back from the pages, and the outline are written;
//! 4. properties are written without a clock, and the language is told;
//! 5. the file's identity is made from its own bytes.

use std::collections::BTreeMap;
use std::io;

use jiff::civil::Date;
use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat};
use sha2::{Digest, Sha256};

use crate::document::{Heading, Meta};
use crate::render::RenderError;

use super::draw::{Area, Bounds, Drawn};
use super::embed::Set;
use super::file::{File, Packer};
use super::inlines::Link;
use super::notes::NoteSpots;
use super::pages::Spot;
use super::structure::{self, Numbers};
use super::style::Style;
use super::tags::{Node, Tree};
use super::{links, outline, syntax};

const PRODUCER: &str = concat!("kitwright ", env!("CARGO_PKG_VERSION"));

/// Stands in the file until its identity is known.
const NO_IDENTITY: [u8; 16] = *b"kitwright: no id";

/// What the file must say besides its pages.
pub struct Facts<'a> {
    pub style: &'a Style,
    pub meta: &'a Meta,
    pub language: Option<&'a str>,
    /// Whether the paper is what PDF/UA asks for; a character that no face has is what it forbids.
    pub claims: bool,
    pub headings: &'a [Heading],
    pub spots: &'a [Option<Spot>],
    pub notes: &'a NoteSpots,
    pub links: &'a [Link],
    pub pages: &'a [Drawn],
    pub areas: &'a [Area],
    pub figures: &'a BTreeMap<Node, (usize, Bounds)>,
    pub fonts: &'a Set,
    pub tree: &'a Tree,
}

/// # Errors
/// [`RenderError`] where printpdf's document lacks what every PDF has.
pub fn finish(
    mut pdf: lopdf::Document,
    packer: Packer,
    facts: &Facts<'_>,
) -> Result<(Vec<u8>, Packer), RenderError> {
    let broken = |error: lopdf::Error| RenderError(format!("the PDF cannot be written: {error}"));
    let unwritable = |error: io::Error| RenderError(format!("the PDF cannot be written: {error}"));
    let catalog = pdf.trailer.get(b"Root").and_then(Object::as_reference).map_err(broken)?;
    let info = pdf.trailer.get(b"Info").and_then(Object::as_reference).map_err(broken)?;
    let pages: Vec<ObjectId> = pdf.page_iter().collect();
    let numbers: Vec<u32> = pages.iter().map(|page| page.0).collect();
    let metadata = pdf.add_object(metadata(facts));
    pdf.set_object(info, properties(facts.meta));

    let mut file = File::begin(Vec::new(), pdf.max_id + 1, packer).map_err(unwritable)?;
    let structure = file.number();
    let areas: Vec<u32> = facts.areas.iter().map(|_| file.number()).collect();
    let contents = enter(&mut pdf, &pages, &areas, facts).map_err(broken)?;
    for (number, page) in contents.into_iter().zip(facts.pages) {
        file.content(number, &Dictionary::new(), &page.content).map_err(unwritable)?;
    }
    let fonts = facts.fonts.write(&mut file).map_err(unwritable)?;
    name_fonts(&mut pdf, pages.first().copied(), fonts);
    links::write(&mut file, &areas, &numbers, facts).map_err(unwritable)?;
    structure::write(&mut file, structure, &Numbers { pages: &numbers, areas: &areas }, facts)
        .map_err(unwritable)?;
    let outline = outline::write(&mut file, &numbers, facts).map_err(unwritable)?;

    let root = pdf.get_dictionary_mut(catalog).map_err(broken)?;
    root.set("PageLayout", "SinglePage");
    root.set("Metadata", Object::Reference(metadata));
    root.set("StructTreeRoot", Object::Reference((structure, 0)));
    root.set("MarkInfo", dictionary([("Marked", true.into())]));
    root.set("ViewerPreferences", dictionary([("DisplayDocTitle", true.into())]));
    if let Some(language) = facts.language {
        root.set("Lang", Object::string_literal(language));
    }
    if let Some(outline) = outline {
        root.set("Outlines", Object::Reference((outline, 0)));
        root.set("PageMode", "UseOutlines");
    }
    for ((number, _), object) in &pdf.objects {
        file.object(*number, object).map_err(unwritable)?;
    }
    let (mut out, packer) = file.finish(catalog.0, info.0, NO_IDENTITY).map_err(unwritable)?;
    identify(&mut out);
    Ok((out, packer))
}

/// Enters links and structure in the pages, and gives the numbers that their contents have.
fn enter(
    pdf: &mut lopdf::Document,
    pages: &[ObjectId],
    areas: &[u32],
    facts: &Facts<'_>,
) -> Result<Vec<u32>, lopdf::Error> {
    let mut areas = facts.areas.iter().zip(areas).peekable();
    let mut contents = Vec::with_capacity(pages.len());
    for (number, page) in pages.iter().enumerate() {
        let entries = pdf.get_dictionary_mut(*page)?;
        entries.set("StructParents", number as i64);
        entries.set("Tabs", "S");
        let own = std::iter::from_fn(|| areas.next_if(|(area, _)| area.page == number));
        let annotations: Vec<Object> = own.map(|(_, area)| Object::Reference((*area, 0))).collect();
        if annotations.is_empty() {
            entries.remove(b"Annots");
        } else {
            entries.set("Annots", annotations);
        }
        let content = entries.get(b"Contents").and_then(Object::as_reference)?;
        // Written by itself, as it is large.
        pdf.objects.remove(&content);
        contents.push(content.0);
    }
    Ok(contents)
}

/// Enters the fonts in the list of resources that all pages share.
fn name_fonts(pdf: &mut lopdf::Document, page: Option<ObjectId>, fonts: Dictionary) {
    let found = |id: ObjectId, key: &[u8]| -> Option<ObjectId> {
        pdf.get_dictionary(id).and_then(|entries| entries.get(key)).and_then(Object::as_reference).ok()
    };
    if let Some(list) = page.and_then(|page| found(page, b"Resources")).and_then(|own| found(own, b"Font")) {
        pdf.set_object(list, fonts);
    }
}

pub fn dictionary<const N: usize>(entries: [(&str, Object); N]) -> Dictionary {
    Dictionary::from_iter(entries)
}

/// A string for people, as PDF writes those that may hold any character.
pub fn text(text: &str) -> Object {
    if syntax::is_plain(text.as_bytes()) {
        return Object::string_literal(text);
    }
    Object::String(syntax::utf16(text), StringFormat::Hexadecimal)
}

fn properties(meta: &Meta) -> Dictionary {
    let mut out = dictionary([("Title", text(&meta.title)), ("Producer", text(PRODUCER))]);
    if let Some(author) = &meta.author {
        out.set("Author", text(author));
    }
    if let Some(subject) = &meta.subject {
        out.set("Subject", text(subject));
    }
    if let Some(day) = day(meta) {
        let stamp = text(&day.strftime("D:%Y%m%d").to_string());
        out.set("CreationDate", stamp.clone());
        out.set("ModDate", stamp);
    }
    out
}

/// The day of a paper, where its date is one: as the program writes it, or as ISO 8601 does.
fn day(meta: &Meta) -> Option<Date> {
    let text = meta.date.as_deref()?.trim();
    Date::strptime("%d %B %Y", text).or_else(|_| text.parse()).ok()
}

fn metadata(facts: &Facts<'_>) -> Stream {
    let Facts { meta, language, .. } = facts;
    let mut inner = String::from("<dc:format>application/pdf</dc:format>");
    let title = xml(&meta.title);
    inner.push_str(&format!(
        "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>"
    ));
    if let Some(author) = &meta.author {
        let author = xml(author);
        inner.push_str(&format!("<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"));
    }
    if let Some(language) = language {
        inner.push_str(&format!("<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>"));
    }
    if facts.claims {
        inner.push_str("<pdfuaid:part>1</pdfuaid:part>");
    }
    // The day of the answers or the session: the clock would make each run another file.
    if let Some(day) = day(meta) {
        inner.push_str(&format!(
            "<xmp:CreateDate>{day}</xmp:CreateDate><xmp:ModifyDate>{day}</xmp:ModifyDate>\
             <xmp:MetadataDate>{day}</xmp:MetadataDate>"
        ));
    }
    let packet = format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" \
         xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">{inner}<pdf:Producer>{PRODUCER}</pdf:Producer>\
         </rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>"
    );
    let entries = dictionary([("Type", "Metadata".into()), ("Subtype", "XML".into())]);
    Stream::new(entries, packet.into_bytes()).with_compression(false)
}

/// The text as XML content, without what XML cannot hold at all.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push(char::REPLACEMENT_CHARACTER),
            other => out.push(other),
        }
    }
    out
}

/// Replaces the stand-in identity by a hash of the file with the stand-in.
fn identify(file: &mut [u8]) {
    let hex = |bytes: &[u8]| bytes.iter().flat_map(|byte| syntax::hex(*byte)).collect::<Vec<u8>>();
    let stand_in = hex(&NO_IDENTITY);
    let identity = hex(&Sha256::digest(&*file)[..16]);
    let mut end = file.len();
    for _ in 0..2 {
        let found = file[..end].windows(stand_in.len()).rposition(|window| window == stand_in);
        let Some(at) = found else { return };
        file[at..at + identity.len()].copy_from_slice(&identity);
        end = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_is_sound_xml_whatever_the_title() {
        assert_eq!(xml("a<b> & \u{1}\n"), "a&lt;b&gt; &amp; \u{fffd} ");
    }
}
