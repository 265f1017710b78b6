//! Whole PDFs one behind the other as one file to print, with bookmarks by person.
//!
//! It is written while the papers come in: of each only where its objects lie is kept. Objects are numbered anew;
//! structure trees become branches of one tree, and every person begins on the front of a sheet.

use std::collections::{HashMap, VecDeque};
use std::io::{self, Write};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::file::{File, Packer};
use super::finish::{dictionary, text};

const CATALOG: u32 = 1;
const PAGES: u32 = 2;
const STRUCTURE: u32 = 3;
const OUTLINE: u32 = 4;
const PARENTS: u32 = 5;
const INFO: u32 = 6;
const DOCUMENT: u32 = 7;
const FIRST_FREE: u32 = 8;

/// Bookmarks of one level: the last is not written before it is known whether another follows.
#[derive(Default)]
struct Level {
    first: Option<u32>,
    last: Option<(u32, Dictionary)>,
    count: i64,
}

/// A file that grows person by person.
pub struct PrintRun<W: Write> {
    file: File<W>,
    people: Vec<u32>,
    pages: i64,
    outline: Level,
    /// The roots of the papers' structures, and the ways back from their pages.
    structures: Vec<u32>,
    parents: Vec<u32>,
    /// The next free number of a page or link in the structure.
    next_key: i64,
    language: Option<Vec<u8>>,
}

/// What a paper becomes part of.
struct Home {
    pages: u32,
    bookmark: u32,
}

impl<W: Write> PrintRun<W> {
    pub fn begin(out: W) -> io::Result<PrintRun<W>> {
        Ok(PrintRun {
            file: File::begin(out, FIRST_FREE, Packer::new())?,
            people: Vec::new(),
            pages: 0,
            outline: Level::default(),
            structures: Vec::new(),
            parents: Vec::new(),
            next_key: 0,
            language: None,
        })
    }

    /// Adds all papers of a person, each with its title. The papers are PDFs that this program wrote.
    pub fn person(&mut self, name: &str, papers: &[(&str, &[u8])]) -> io::Result<()> {
        let (node, bookmark) = (self.number(), self.number());
        let mut kids = Vec::new();
        let mut inner = Level::default();
        let mut sheet = Object::Null;
        for (title, bytes) in papers {
            let pdf = Document::load_mem(bytes).map_err(broken)?;
            let own = if papers.len() == 1 { bookmark } else { self.number() };
            let first_page = kids.len();
            sheet = edges(&pdf).unwrap_or(sheet);
            let (own_pages, headings) = self.paper(&pdf, &Home { pages: node, bookmark: own })?;
            kids.extend(own_pages);
            if papers.len() == 1 {
                inner = headings;
            } else {
                let item = self.bookmark(title, bookmark, kids.get(first_page).copied(), &headings);
                self.follow(&mut inner, own, item)?;
            }
        }
        self.close(&mut inner)?;
        if kids.is_empty() {
            return Ok(());
        }
        let item = self.bookmark(name, OUTLINE, kids.first().copied(), &inner);
        if kids.len() % 2 == 1 {
            // Printed on both sides, the next person must not begin on the back of this one's last sheet.
            kids.push(self.blank(node, sheet)?);
        }
        let entry = dictionary([
            ("Type", "Pages".into()),
            ("Parent", reference(PAGES)),
            ("Count", Object::Integer(kids.len() as i64)),
            ("Kids", kids.iter().map(|page| reference(*page)).collect::<Vec<_>>().into()),
        ]);
        self.pages += kids.len() as i64;
        self.people.push(node);
        self.object(node, &Object::Dictionary(entry))?;
        let mut outline = std::mem::take(&mut self.outline);
        self.follow(&mut outline, bookmark, item)?;
        self.outline = outline;
        Ok(())
    }

    /// Ends the file and gives back what it was written to.
    pub fn finish(mut self, title: &str, producer: &str, identity: [u8; 16]) -> io::Result<W> {
        let mut outline = std::mem::take(&mut self.outline);
        self.close(&mut outline)?;
        let references = |list: &[u32]| Object::Array(list.iter().map(|number| reference(*number)).collect());
        let (people, structures, parents) =
            (references(&self.people), references(&self.structures), references(&self.parents));
        let mut catalog = dictionary([
            ("Type", "Catalog".into()),
            ("Pages", reference(PAGES)),
            ("PageLayout", "SinglePage".into()),
            ("PageMode", "UseOutlines".into()),
            ("Outlines", reference(OUTLINE)),
            ("StructTreeRoot", reference(STRUCTURE)),
            ("MarkInfo", dictionary([("Marked", true.into())]).into()),
            ("ViewerPreferences", dictionary([("DisplayDocTitle", true.into())]).into()),
        ]);
        if let Some(language) = self.language.take() {
            catalog.set("Lang", Object::string_literal(language));
        }
        let pages =
            dictionary([("Type", "Pages".into()), ("Count", Object::Integer(self.pages)), ("Kids", people)]);
        let structure = dictionary([
            ("Type", "StructTreeRoot".into()),
            ("K", reference(DOCUMENT)),
            ("ParentTree", reference(PARENTS)),
            ("ParentTreeNextKey", Object::Integer(self.next_key)),
        ]);
        let whole = dictionary([("S", "Document".into()), ("P", reference(STRUCTURE)), ("K", structures)]);
        let mut root = dictionary([("Type", "Outlines".into())]);
        outline.enter(&mut root, false);
        let info = dictionary([("Title", text(title)), ("Producer", text(producer))]);
        for (number, entry) in [
            (CATALOG, catalog),
            (PAGES, pages),
            (STRUCTURE, structure),
            (DOCUMENT, whole),
            (OUTLINE, root),
            (PARENTS, dictionary([("Kids", parents)])),
            (INFO, info),
        ] {
            self.object(number, &Object::Dictionary(entry))?;
        }
        Ok(self.file.finish(CATALOG, INFO, identity)?.0)
    }

    /// Copies a paper: its pages with all they need, its structure and its bookmarks. Gives the pages and the bookmarks.
    fn paper(&mut self, pdf: &Document, home: &Home) -> io::Result<(Vec<u32>, Level)> {
        let catalog = pdf.catalog().map_err(broken)?;
        let id =
            |dictionary: &Dictionary, key: &[u8]| dictionary.get(key).and_then(Object::as_reference).ok();
        if let (None, Ok(Object::String(language, _))) = (&self.language, catalog.get(b"Lang")) {
            self.language = Some(language.clone());
        }
        let mut copy = Copy { numbers: HashMap::new(), due: VecDeque::new(), key: self.next_key };
        for (old, new) in [
            (id(catalog, b"Pages"), home.pages),
            (id(catalog, b"StructTreeRoot"), DOCUMENT),
            (id(catalog, b"Outlines"), home.bookmark),
        ] {
            copy.numbers.extend(old.map(|old| (old, new)));
        }
        let pages: Vec<u32> = pdf.page_iter().map(|page| copy.number(page, self)).collect();

        let mut headings = Level::default();
        if let Some(outline) = id(catalog, b"Outlines").and_then(|id| pdf.get_dictionary(id).ok()) {
            headings.first = id(outline, b"First").map(|first| copy.number(first, self));
            headings.last = id(outline, b"Last").map(|last| (copy.number(last, self), Dictionary::new()));
            headings.count = outline.get(b"Count").and_then(Object::as_i64).unwrap_or(0);
        }
        if let Some(structure) = id(catalog, b"StructTreeRoot").and_then(|id| pdf.get_dictionary(id).ok()) {
            let root = id(structure, b"K").map(|root| copy.number(root, self));
            self.structures.extend(root);
            let tree = id(structure, b"ParentTree").and_then(|id| pdf.get_dictionary(id).ok());
            if let Some(Ok(Object::Array(numbers))) = tree.map(|tree| tree.get(b"Nums")) {
                let mut numbers = copy.renumbered(&Object::Array(numbers.clone()), self);
                if let Object::Array(list) = &mut numbers {
                    for key in list.iter_mut().step_by(2) {
                        add(key, self.next_key);
                    }
                }
                let end = structure.get(b"ParentTreeNextKey").and_then(Object::as_i64).unwrap_or(0);
                let limits = vec![Object::Integer(self.next_key), Object::Integer(self.next_key + end - 1)];
                let branch = self.number();
                let entry = dictionary([("Limits", limits.into()), ("Nums", numbers)]);
                self.object(branch, &Object::Dictionary(entry))?;
                self.parents.push(branch);
                self.next_key += end;
            }
        }
        while let Some((old, new)) = copy.due.pop_front() {
            if let Ok(object) = pdf.get_object(old) {
                let object = copy.renumbered(object, self);
                self.object(new, &object)?;
            }
        }
        Ok((pages, headings))
    }

    fn blank(&mut self, parent: u32, sheet: Object) -> io::Result<u32> {
        let number = self.number();
        let page = dictionary([
            ("Type", "Page".into()),
            ("Parent", reference(parent)),
            ("MediaBox", sheet),
            ("Resources", Dictionary::new().into()),
        ]);
        self.object(number, &Object::Dictionary(page))?;
        Ok(number)
    }

    fn bookmark(&self, title: &str, parent: u32, page: Option<u32>, under: &Level) -> Dictionary {
        let mut item = dictionary([("Title", text(title)), ("Parent", reference(parent))]);
        if let Some(page) = page {
            item.set("Dest", vec![reference(page), "Fit".into()]);
        }
        under.enter(&mut item, true);
        item
    }

    /// Puts a bookmark behind the others of its level.
    fn follow(&mut self, level: &mut Level, number: u32, mut item: Dictionary) -> io::Result<()> {
        level.count += 1;
        level.first.get_or_insert(number);
        if let Some((before, mut waiting)) = level.last.take() {
            waiting.set("Next", reference(number));
            item.set("Prev", reference(before));
            self.object(before, &Object::Dictionary(waiting))?;
        }
        level.last = Some((number, item));
        Ok(())
    }

    /// Nothing follows any more in a level.
    fn close(&mut self, level: &mut Level) -> io::Result<()> {
        match &mut level.last {
            // The bookmarks of a paper are copied as they are.
            Some((number, item)) if !item.is_empty() => {
                let item = std::mem::take(item);
                self.object(*number, &Object::Dictionary(item))
            }
            _ => Ok(()),
        }
    }

    fn number(&mut self) -> u32 {
        self.file.number()
    }

    fn object(&mut self, number: u32, object: &Object) -> io::Result<()> {
        self.file.object(number, object)
    }
}

impl Level {
    /// Tells the bookmark above of those in this level.
    fn enter(&self, above: &mut Dictionary, folded: bool) {
        if let (Some(first), Some((last, _))) = (self.first, &self.last) {
            above.set("First", reference(first));
            above.set("Last", reference(*last));
            // A negative count says that they are folded away at first.
            above.set("Count", if folded { -self.count } else { self.count });
        }
    }
}

/// The objects of one paper on their way into the run.
struct Copy {
    numbers: HashMap<ObjectId, u32>,
    due: VecDeque<(ObjectId, u32)>,
    /// What is added to the numbers by which pages and links find their structure.
    key: i64,
}

impl Copy {
    fn number<W: Write>(&mut self, old: ObjectId, run: &mut PrintRun<W>) -> u32 {
        *self.numbers.entry(old).or_insert_with(|| {
            let new = run.number();
            self.due.push_back((old, new));
            new
        })
    }

    /// The object with the new numbers of what it names, which is due then.
    fn renumbered<W: Write>(&mut self, object: &Object, run: &mut PrintRun<W>) -> Object {
        match object {
            Object::Reference(old) => reference(self.number(*old, run)),
            Object::Array(list) => {
                Object::Array(list.iter().map(|object| self.renumbered(object, run)).collect())
            }
            Object::Dictionary(entries) => Object::Dictionary(self.entries(entries, run)),
            Object::Stream(stream) => {
                Object::Stream(Stream { dict: self.entries(&stream.dict, run), ..stream.clone() })
            }
            other => other.clone(),
        }
    }

    fn entries<W: Write>(&mut self, entries: &Dictionary, run: &mut PrintRun<W>) -> Dictionary {
        let mut out = Dictionary::new();
        for (key, value) in entries {
            let mut value = self.renumbered(value, run);
            if key == b"StructParents" || key == b"StructParent" {
                add(&mut value, self.key);
            }
            out.set(key.clone(), value);
        }
        out
    }
}

fn add(number: &mut Object, more: i64) {
    if let Object::Integer(number) = number {
        *number += more;
    }
}

fn reference(number: u32) -> Object {
    Object::Reference((number, 0))
}

fn broken(error: lopdf::Error) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("a PDF cannot be read: {error}"))
}

/// The edges of a paper's first page.
fn edges(pdf: &Document) -> Option<Object> {
    let page = pdf.page_iter().next()?;
    pdf.get_dictionary(page).and_then(|page| page.get(b"MediaBox")).ok().cloned()
}
