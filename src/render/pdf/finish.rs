//! printpdf's document → the file: what it cannot say itself, and what it says by chance.
//!
//! 1. links become objects that the structure can name;
//! 2. the structure tree, its way back from the pages, and the outline are added;
//! 3. properties are written without a clock, and the language is told;
//! 4. streams are packed and everything is written;
//! 5. the file's identity is made from its own bytes.

use std::collections::BTreeMap;
use std::io;

use jiff::civil::Date;
use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat};
use sha2::{Digest, Sha256};

use crate::document::{Heading, Meta};
use crate::render::RenderError;

use super::draw::{Bounds, Drawn};
use super::embed::Embedded;
use super::file::File;
use super::fonts::Face;
use super::inlines::{Link, Target};
use super::outline;
use super::pages::Spot;
use super::style::Style;
use super::tags::{Element, Kid, Node, Tree};

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
    pub links: &'a [Link],
    pub drawn: &'a [Drawn],
    pub figures: &'a BTreeMap<Node, (usize, Bounds)>,
    pub fonts: &'a BTreeMap<Face, Embedded>,
    pub tree: &'a Tree,
}

/// # Errors
/// [`RenderError`] where printpdf's document lacks what every PDF has.
pub fn finish(mut pdf: lopdf::Document, facts: &Facts<'_>) -> Result<Vec<u8>, RenderError> {
    let broken = |error: lopdf::Error| RenderError(format!("the PDF cannot be written: {error}"));
    let catalog = pdf.trailer.get(b"Root").and_then(Object::as_reference).map_err(broken)?;
    let info = pdf.trailer.get(b"Info").and_then(Object::as_reference).map_err(broken)?;
    let pages: Vec<ObjectId> = pdf.page_iter().collect();

    name_glyphs(&mut pdf, facts);
    let areas = links(&mut pdf, &pages, facts);
    let structure = structure(&mut pdf, &pages, &areas, facts);
    let outline = outline::add(&mut pdf, &pages, facts);
    let metadata = pdf.add_object(metadata(facts));
    pdf.set_object(info, properties(facts.meta));

    let root = pdf.get_dictionary_mut(catalog).map_err(broken)?;
    root.set("PageLayout", "SinglePage");
    root.set("Metadata", Object::Reference(metadata));
    root.set("StructTreeRoot", Object::Reference(structure));
    root.set("MarkInfo", dictionary([("Marked", true.into())]));
    root.set("ViewerPreferences", dictionary([("DisplayDocTitle", true.into())]));
    if let Some(language) = facts.language {
        root.set("Lang", Object::string_literal(language));
    }
    if let Some(outline) = outline {
        root.set("Outlines", Object::Reference(outline));
        root.set("PageMode", "UseOutlines");
    }
    let unwritable = |error: io::Error| RenderError(format!("the PDF cannot be written: {error}"));
    let mut file = File::begin(Vec::new(), pdf.max_id + 1).map_err(unwritable)?;
    for ((number, _), object) in &pdf.objects {
        file.object(*number, object).map_err(unwritable)?;
    }
    let mut out = file.finish(catalog.0, info.0, NO_IDENTITY).map_err(unwritable)?;
    identify(&mut out);
    Ok(out)
}

pub fn dictionary<const N: usize>(entries: [(&str, Object); N]) -> Dictionary {
    Dictionary::from_iter(entries)
}

/// A string for people, as PDF writes those that may hold any character.
pub fn text(text: &str) -> Object {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Object::string_literal(text);
    }
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// Tells which glyph each code names, where printpdf takes them to be the same, and what text it stands for.
fn name_glyphs(pdf: &mut lopdf::Document, facts: &Facts<'_>) {
    let mut maps: BTreeMap<Vec<u8>, (ObjectId, ObjectId)> = BTreeMap::new();
    for embedded in facts.fonts.values() {
        if let Some(name) = &embedded.font.font_name {
            let glyphs = Stream::new(Dictionary::new(), embedded.glyphs_of_codes.clone());
            let texts = Stream::new(Dictionary::new(), embedded.texts.clone().into_bytes());
            maps.insert(name.clone().into_bytes(), (pdf.add_object(glyphs), pdf.add_object(texts)));
        }
    }
    let mut replaced = Vec::new();
    for object in pdf.objects.values_mut() {
        let Object::Dictionary(font) = object else { continue };
        let Ok(descendants) = font.get_mut(b"DescendantFonts").and_then(Object::as_array_mut) else {
            continue;
        };
        let mut texts = None;
        for font in descendants {
            let Ok(font) = font.as_dict_mut() else { continue };
            let name = font.get(b"BaseFont").and_then(Object::as_name).map(<[u8]>::to_vec);
            if let Some((glyphs, own)) = name.ok().and_then(|name| maps.get(&name)) {
                font.set("CIDToGIDMap", Object::Reference(*glyphs));
                texts = Some(*own);
            }
        }
        if let Some(texts) = texts {
            replaced.extend(font.get(b"ToUnicode").and_then(Object::as_reference));
            font.set("ToUnicode", Object::Reference(texts));
        }
    }
    for old in replaced {
        pdf.objects.remove(&old);
    }
}

/// A link area as an object of the file.
struct Area {
    id: ObjectId,
    link: usize,
    page: usize,
}

fn links(pdf: &mut lopdf::Document, pages: &[ObjectId], facts: &Facts<'_>) -> Vec<Area> {
    let mut areas = Vec::new();
    for (number, (page, drawn)) in pages.iter().zip(facts.drawn).enumerate() {
        let annotations = pdf.get_dictionary_mut(*page).ok().and_then(|page| page.remove(b"Annots"));
        let mut references = Vec::new();
        if let Some(Object::Array(annotations)) = annotations {
            for (annotation, link) in annotations.into_iter().zip(&drawn.links) {
                let Object::Dictionary(mut annotation) = annotation else { continue };
                annotation.remove(b"C");
                // The print flag: a link has nothing to print, but checkers ask for it.
                annotation.set("F", 4);
                annotation.set("StructParent", (pages.len() + areas.len()) as i64);
                annotation
                    .set("Contents", text(facts.links.get(*link).map_or("", |link| described(link, facts))));
                let id = pdf.add_object(annotation);
                areas.push(Area { id, link: *link, page: number });
                references.push(Object::Reference(id));
            }
        }
        if let Ok(page) = pdf.get_dictionary_mut(*page) {
            page.set("StructParents", number as i64);
            page.set("Tabs", "S");
            if !references.is_empty() {
                page.set("Annots", references);
            }
        }
    }
    areas
}

/// What is told of a link: its words, or else where it leads.
fn described<'a>(link: &'a Link, facts: &Facts<'a>) -> &'a str {
    let place = match &link.target {
        Target::Address(address) => address.as_str(),
        Target::Heading(heading) => facts.headings.get(*heading).map_or("", |heading| &heading.id),
        Target::Note(_) | Target::Reference(_) => "",
    };
    [link.words.as_str(), place].into_iter().find(|text| !text.trim().is_empty()).unwrap_or("link")
}

fn structure(pdf: &mut lopdf::Document, pages: &[ObjectId], areas: &[Area], facts: &Facts<'_>) -> ObjectId {
    let elements = facts.tree.elements();
    let root = pdf.new_object_id();
    let ids: Vec<ObjectId> = elements.iter().map(|_| pdf.new_object_id()).collect();
    let mut areas_of: BTreeMap<(usize, usize), std::vec::IntoIter<&Area>> = BTreeMap::new();
    for area in areas {
        let key = (area.page, area.link);
        let known = areas_of.remove(&key).unwrap_or_else(|| Vec::new().into_iter());
        areas_of.insert(key, known.chain([area]).collect::<Vec<_>>().into_iter());
    }
    let mut names: BTreeMap<Vec<u8>, Object> = BTreeMap::new();
    for (node, element) in elements.iter().enumerate() {
        let empty = element.kids.is_empty() && !matches!(element.kind, "TD" | "TH" | "Document");
        if empty {
            continue;
        }
        let parent = if node == Tree::ROOT { root } else { ids[element.parent] };
        let mut entry = dictionary([("S", element.kind.into()), ("P", Object::Reference(parent))]);
        let home = element.kids.iter().find_map(|kid| match kid {
            Kid::Content { page, .. } => Some(*page),
            _ => None,
        });
        if let Some(page) = home.and_then(|home| pages.get(home)) {
            entry.set("Pg", Object::Reference(*page));
        }
        let mut kids = Vec::new();
        for kid in &element.kids {
            kids.push(match kid {
                Kid::Element(child) => Object::Reference(ids[*child]),
                Kid::Content { page, mark } if Some(*page) == home => Object::Integer(*mark as i64),
                Kid::Content { page, mark } => Object::Dictionary(dictionary([
                    ("Type", "MCR".into()),
                    ("Pg", Object::Reference(pages[*page])),
                    ("MCID", Object::Integer(*mark as i64)),
                ])),
                Kid::Link { page, link } => {
                    let Some(area) = areas_of.get_mut(&(*page, *link)).and_then(Iterator::next) else {
                        continue;
                    };
                    Object::Dictionary(dictionary([
                        ("Type", "OBJR".into()),
                        ("Obj", Object::Reference(area.id)),
                        ("Pg", Object::Reference(pages[*page])),
                    ]))
                }
            });
        }
        match kids.len() {
            0 => {}
            1 => entry.set("K", kids.remove(0)),
            _ => entry.set("K", kids),
        }
        if let Some(alternative) = &element.alternative {
            entry.set("Alt", text(alternative));
        }
        if let Some(id) = &element.id {
            entry.set("ID", Object::string_literal(id.as_str()));
            names.insert(id.as_bytes().to_vec(), Object::Reference(ids[node]));
        }
        if let Some(actual) = &element.actual {
            entry.set("ActualText", text(actual));
        }
        if let Some(language) = &element.language {
            entry.set("Lang", Object::string_literal(language.as_str()));
        }
        if let Some(attributes) = attributes(node, element, facts) {
            entry.set("A", attributes);
        }
        pdf.objects.insert(ids[node], Object::Dictionary(entry));
    }

    let mut numbers = Vec::new();
    for (number, drawn) in facts.drawn.iter().enumerate() {
        let marks: Vec<Object> = drawn.marks.iter().map(|node| Object::Reference(ids[*node])).collect();
        let marks = pdf.add_object(marks);
        numbers.extend([Object::Integer(number as i64), Object::Reference(marks)]);
    }
    for (number, area) in areas.iter().enumerate() {
        if let Some(link) = facts.links.get(area.link) {
            let key = Object::Integer((pages.len() + number) as i64);
            numbers.extend([key, Object::Reference(ids[link.node])]);
        }
    }
    let parents = pdf.add_object(dictionary([("Nums", numbers.into())]));
    let mut entry = dictionary([
        ("Type", "StructTreeRoot".into()),
        ("K", Object::Reference(ids[Tree::ROOT])),
        ("ParentTree", Object::Reference(parents)),
        ("ParentTreeNextKey", Object::Integer((pages.len() + areas.len()) as i64)),
    ]);
    if let (Some((first, _)), Some((last, _))) = (names.first_key_value(), names.last_key_value()) {
        let string = |name: &Vec<u8>| Object::String(name.clone(), StringFormat::Literal);
        let limits = vec![string(first), string(last)];
        let pairs: Vec<Object> =
            names.iter().flat_map(|(name, element)| [string(name), element.clone()]).collect();
        let leaf = pdf.add_object(dictionary([("Limits", limits.into()), ("Names", pairs.into())]));
        let tree = pdf.add_object(dictionary([("Kids", vec![Object::Reference(leaf)].into())]));
        entry.set("IDTree", Object::Reference(tree));
    }
    pdf.objects.insert(root, Object::Dictionary(entry));
    root
}

fn attributes(node: Node, element: &Element, facts: &Facts<'_>) -> Option<Dictionary> {
    if element.kind == "TH" {
        let scope = if element.heads_row { "Row" } else { "Column" };
        return Some(dictionary([("O", "Table".into()), ("Scope", scope.into())]));
    }
    if let Some(numbering) = element.numbering {
        return Some(dictionary([("O", "List".into()), ("ListNumbering", numbering.into())]));
    }
    let (_, [left, upper, right, lower]) = facts.figures.get(&node)?;
    let edges = [*left, facts.style.page_height - lower, *right, facts.style.page_height - upper];
    let edges: Vec<Object> = edges.map(|edge| Object::Real((edge * 100.0).round() / 100.0)).into();
    // A picture among words is one of them.
    let around = facts.tree.get(element.parent).kind;
    let within =
        matches!(around, "P" | "TD" | "TH" | "Lbl" | "Link" | "H1" | "H2" | "H3" | "H4" | "H5" | "H6");
    let placement = if within { "Inline" } else { "Block" };
    Some(dictionary([("O", "Layout".into()), ("Placement", placement.into()), ("BBox", edges.into())]))
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
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02X}")).collect::<String>();
    let stand_in = hex(&NO_IDENTITY);
    let identity = hex(&Sha256::digest(&*file)[..16]);
    let mut end = file.len();
    for _ in 0..2 {
        let found = file[..end]
            .windows(stand_in.len())
            .rposition(|window| window.eq_ignore_ascii_case(stand_in.as_bytes()));
        let Some(at) = found else { return };
        file[at..at + identity.len()].copy_from_slice(identity.as_bytes());
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
