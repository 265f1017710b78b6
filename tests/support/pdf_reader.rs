//! Reads a PDF back: its text with places, its structure tree, its outline and its links.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// A stretch of text shown by one operator.
#[derive(Clone, Debug)]
pub struct Shown {
    pub text: String,
    pub x: f32,
    pub y: f32,
    pub size: f32,
    pub font: String,
    /// The number of the marked content that it is in, or nothing in what only decorates the page.
    pub mark: Option<i64>,
}

/// An element of the structure tree.
#[derive(Clone, Debug)]
pub struct Element {
    pub kind: String,
    pub alternative: Option<String>,
    /// Its name, by which the paper's own index leads to it.
    pub id: Option<String>,
    pub attributes: BTreeMap<String, String>,
    pub kids: Vec<Element>,
    /// All text in it, in reading order.
    pub text: String,
    /// How many link areas are directly in it.
    pub areas: usize,
}

/// A bookmark with those under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bookmark {
    pub title: String,
    pub under: Vec<Bookmark>,
}

pub struct Reader {
    pub pdf: Document,
    pub pages: Vec<Vec<Shown>>,
    page_numbers: BTreeMap<ObjectId, usize>,
}

impl Reader {
    pub fn new(bytes: &[u8]) -> Reader {
        let pdf = Document::load_mem(bytes).expect("a PDF");
        let ids: Vec<ObjectId> = pdf.page_iter().collect();
        let pages = ids.iter().map(|id| shown(&pdf, *id)).collect();
        let page_numbers = ids.into_iter().enumerate().map(|(number, id)| (id, number)).collect();
        Reader { pdf, pages, page_numbers }
    }

    /// The text of a page that belongs to the structure.
    pub fn page_text(&self, page: usize) -> String {
        self.pages[page]
            .iter()
            .filter(|shown| shown.mark.is_some())
            .map(|shown| shown.text.as_str())
            .collect()
    }

    /// All text on a page, headers and repeated heads too.
    pub fn all_text(&self, page: usize) -> String {
        self.pages[page].iter().map(|shown| shown.text.as_str()).collect()
    }

    pub fn catalog(&self) -> &Dictionary {
        self.pdf.catalog().expect("a catalog")
    }

    pub fn get<'a>(&'a self, dictionary: &'a Dictionary, key: &str) -> Option<&'a Object> {
        let object = dictionary.get(key.as_bytes()).ok()?;
        Some(self.pdf.dereference(object).expect("an object").1)
    }

    pub fn string(&self, dictionary: &Dictionary, key: &str) -> Option<String> {
        Some(lopdf::decode_text_string(self.get(dictionary, key)?).expect("a string"))
    }

    pub fn structure(&self) -> Element {
        let root = self.get(self.catalog(), "StructTreeRoot").expect("a tree").as_dict().expect("a tree");
        self.element(self.get(root, "K").expect("a document").as_dict().expect("a document"))
    }

    fn element(&self, entry: &Dictionary) -> Element {
        let name = |object: &Object| match object {
            Object::Name(name) => String::from_utf8_lossy(name).into_owned(),
            other => format!("{other:?}"),
        };
        let mut out = Element {
            kind: name(self.get(entry, "S").expect("a kind")),
            alternative: self.string(entry, "Alt"),
            id: self.string(entry, "ID"),
            attributes: BTreeMap::new(),
            kids: Vec::new(),
            text: String::new(),
            areas: 0,
        };
        if let Some(Object::Dictionary(attributes)) = self.get(entry, "A") {
            out.attributes = attributes
                .iter()
                .map(|(key, value)| (String::from_utf8_lossy(key).into_owned(), name(value)))
                .collect();
        }
        let home = entry.get(b"Pg").and_then(Object::as_reference).ok();
        let kids = match self.get(entry, "K") {
            None => Vec::new(),
            Some(Object::Array(kids)) => kids.iter().collect(),
            Some(kid) => vec![kid],
        };
        for kid in kids {
            match self.pdf.dereference(kid).expect("a kid").1 {
                Object::Integer(mark) => out.text.push_str(&self.marked(home.expect("a page"), *mark)),
                Object::Dictionary(kid) if kid.has(b"MCID") => {
                    let page = kid.get(b"Pg").and_then(Object::as_reference).expect("a page");
                    let mark = kid.get(b"MCID").and_then(Object::as_i64).expect("a number");
                    out.text.push_str(&self.marked(page, mark));
                }
                Object::Dictionary(kid) if kid.has(b"Obj") => out.areas += 1,
                Object::Dictionary(kid) => {
                    let kid = self.element(kid);
                    out.text.push_str(&kid.text);
                    out.kids.push(kid);
                }
                other => panic!("{other:?} in the structure tree"),
            }
        }
        out
    }

    fn marked(&self, page: ObjectId, mark: i64) -> String {
        let shown = &self.pages[self.page_numbers[&page]];
        shown.iter().filter(|shown| shown.mark == Some(mark)).map(|shown| shown.text.as_str()).collect()
    }

    pub fn outline(&self) -> Vec<Bookmark> {
        self.get(self.catalog(), "Outlines").map_or_else(Vec::new, |root| self.bookmarks(root))
    }

    fn bookmarks(&self, parent: &Object) -> Vec<Bookmark> {
        let mut out = Vec::new();
        let mut next = self.get(parent.as_dict().expect("a bookmark"), "First");
        while let Some(item) = next {
            let entry = item.as_dict().expect("a bookmark");
            out.push(Bookmark {
                title: self.string(entry, "Title").expect("a title"),
                under: self.bookmarks(item),
            });
            next = self.get(entry, "Next");
        }
        out
    }

    /// The addresses of all links that leave the paper, and the number of those that stay within.
    pub fn links(&self) -> (Vec<String>, usize) {
        let (mut out, mut within) = (Vec::new(), 0);
        for page in self.page_numbers.keys() {
            let page = self.pdf.get_dictionary(*page).expect("a page");
            let Some(Object::Array(annotations)) = self.get(page, "Annots") else { continue };
            for annotation in annotations {
                let annotation =
                    self.pdf.dereference(annotation).expect("a link").1.as_dict().expect("a link");
                assert!(self.string(annotation, "Contents").is_some());
                assert!(annotation.has(b"StructParent"));
                let action = self.get(annotation, "A").expect("an action").as_dict().expect("an action");
                match self.string(action, "URI") {
                    Some(address) => out.push(address),
                    None => within += 1,
                }
            }
        }
        (out, within)
    }
}

impl Element {
    /// Every element of a kind, in reading order.
    pub fn all(&self, kind: &str) -> Vec<&Element> {
        let mut out = Vec::new();
        if self.kind == kind {
            out.push(self);
        }
        out.extend(self.kids.iter().flat_map(|kid| kid.all(kind)));
        out
    }

    pub fn kinds(&self) -> Vec<&str> {
        self.kids.iter().map(|kid| kid.kind.as_str()).collect()
    }
}

fn shown(pdf: &Document, page: ObjectId) -> Vec<Shown> {
    let fonts: BTreeMap<Vec<u8>, BTreeMap<u16, String>> = pdf
        .get_page_fonts(page)
        .expect("fonts")
        .into_iter()
        .map(|(name, font)| (name, to_unicode(pdf, font)))
        .collect();
    let content = Content::decode(&pdf.get_page_content(page)).expect("operations");
    let mut out = Vec::new();
    let (mut font, mut size, mut place) = (Vec::new(), 0.0, (0.0, 0.0));
    let mut marks: Vec<Option<i64>> = Vec::new();
    let number = |object: &Object| object.as_float().unwrap_or(0.0);
    for operation in &content.operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "BMC" => marks.push(None),
            "BDC" => {
                let properties = operands[1].as_dict().expect("properties");
                marks.push(properties.get(b"MCID").and_then(Object::as_i64).ok());
            }
            "EMC" => drop(marks.pop().expect("an open mark")),
            "Tf" => (font, size) = (operands[0].as_name().expect("a name").to_vec(), number(&operands[1])),
            "BT" => place = (0.0, 0.0),
            // Each step goes from where the line before it began.
            "Td" => place = (place.0 + number(&operands[0]), place.1 + number(&operands[1])),
            // One stretch without kerning is shown by `Tj`, several by `TJ`.
            "TJ" | "Tj" => {
                assert_eq!(marks.len(), 1, "all text is marked, and no mark is in another");
                let mut text = String::new();
                let items = operands[0].as_array().map_or(&operands[..], Vec::as_slice);
                for item in items {
                    if let Object::String(codes, _) = item {
                        for code in codes.chunks(2) {
                            let code = u16::from_be_bytes([code[0], code[1]]);
                            text.push_str(fonts[&font].get(&code).map_or("", String::as_str));
                        }
                    }
                }
                let name = String::from_utf8_lossy(&font).into_owned();
                out.push(Shown { text, x: place.0, y: place.1, size, font: name, mark: marks[0] });
            }
            _ => {}
        }
    }
    assert!(marks.is_empty());
    out
}

fn to_unicode(pdf: &Document, font: &Dictionary) -> BTreeMap<u16, String> {
    let map = font.get(b"ToUnicode").and_then(Object::as_reference).expect("a map");
    let stream = pdf.get_object(map).and_then(Object::as_stream).expect("a stream");
    let text = String::from_utf8(stream.decompressed_content().expect("content")).expect("text");
    let mut out = BTreeMap::new();
    for line in text.lines() {
        let parts: Vec<&str> = line.split_whitespace().collect();
        if let [code, target] = parts[..]
            && let (Some(code), Some(target)) = (hex(code), hex(target))
            && line.starts_with('<')
            && code.len() == 2
            && line != "<0000> <FFFF>"
        {
            let units: Vec<u16> =
                target.chunks(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]])).collect();
            out.insert(u16::from_be_bytes([code[0], code[1]]), String::from_utf16(&units).expect("UTF-16"));
        }
    }
    out
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix('<')?.strip_suffix('>')?;
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()).collect()
}
