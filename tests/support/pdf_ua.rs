//! The part of PDF/UA-1 (ISO 14289-1) that a machine can judge, by the numbers of the Matterhorn Protocol 1.1.
//!
//! What needs a person is not here: whether an alternative text is a good one, or the reading order a sensible one.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// Structure types of ISO 32000-1, 14.8.4, which need no role map.
const STANDARD: &[&str] = &[
    "Document",
    "Part",
    "Art",
    "Sect",
    "Div",
    "BlockQuote",
    "Caption",
    "TOC",
    "TOCI",
    "Index",
    "NonStruct",
    "Private",
    "P",
    "H",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "L",
    "LI",
    "Lbl",
    "LBody",
    "Table",
    "TR",
    "TH",
    "TD",
    "THead",
    "TBody",
    "TFoot",
    "Span",
    "Quote",
    "Note",
    "Reference",
    "BibEntry",
    "Code",
    "Link",
    "Annot",
    "Ruby",
    "Warichu",
    "Figure",
    "Formula",
    "Form",
];

/// Which parents an element of a kind may have; kinds that are not named may stand anywhere.
const PARENTS: &[(&str, &[&str])] = &[
    ("TOCI", &["TOC"]),
    ("LI", &["L"]),
    ("Lbl", &["LI", "Note", "TOCI", "BibEntry"]),
    ("LBody", &["LI"]),
    ("THead", &["Table"]),
    ("TBody", &["Table"]),
    ("TFoot", &["Table"]),
    ("TR", &["Table", "THead", "TBody", "TFoot"]),
    ("TH", &["TR"]),
    ("TD", &["TR"]),
];

/// Everything in which the file fails, each as the number of the condition and what was found.
pub fn faults(pdf: &Document) -> Vec<String> {
    let mut checker = Checker { pdf, faults: Vec::new(), held: BTreeMap::new() };
    checker.catalog();
    checker.tree();
    checker.pages();
    checker.fonts();
    checker.faults
}

struct Checker<'p> {
    pdf: &'p Document,
    faults: Vec<String>,
    /// Which element holds each marked stretch of a page.
    held: BTreeMap<(ObjectId, i64), Vec<ObjectId>>,
}

impl<'p> Checker<'p> {
    fn fault(&mut self, condition: &str, what: impl std::fmt::Display) {
        self.faults.push(format!("{condition}: {what}"));
    }

    fn root(&self) -> &'p Dictionary {
        self.pdf.catalog().expect("a catalog")
    }

    fn resolved(&self, object: &'p Object) -> &'p Object {
        self.pdf.dereference(object).map_or(object, |(_, object)| object)
    }

    fn value(&self, dictionary: &'p Dictionary, key: &str) -> Option<&'p Object> {
        dictionary.get(key.as_bytes()).ok().map(|object| self.resolved(object))
    }

    fn map(&self, dictionary: &'p Dictionary, key: &str) -> Option<&'p Dictionary> {
        self.value(dictionary, key).and_then(|object| object.as_dict().ok())
    }

    fn name(&self, dictionary: &'p Dictionary, key: &str) -> Option<String> {
        let name = self.value(dictionary, key)?.as_name().ok()?;
        Some(String::from_utf8_lossy(name).into_owned())
    }

    fn has_text(&self, dictionary: &'p Dictionary, key: &str) -> bool {
        self.value(dictionary, key).and_then(|text| text.as_str().ok()).is_some_and(|text| !text.is_empty())
    }

    fn catalog(&mut self) {
        let root = self.root();
        if !self.has_text(root, "Lang") {
            self.fault("11-006", "the document has no language");
        }
        let marked = self.map(root, "MarkInfo").and_then(|info| self.value(info, "Marked"));
        if !marked.is_some_and(|marked| marked.as_bool().unwrap_or(false)) {
            self.fault("01-001", "the document is not marked as tagged");
        }
        if self.map(root, "MarkInfo").is_some_and(|info| info.has(b"Suspects")) {
            self.fault("01-007", "the tags are said to be suspect");
        }
        let shown =
            self.map(root, "ViewerPreferences").and_then(|wanted| self.value(wanted, "DisplayDocTitle"));
        if !shown.is_some_and(|shown| shown.as_bool().unwrap_or(false)) {
            self.fault("07-001", "the title is not shown");
        }
        if self.pdf.trailer.has(b"Encrypt") {
            self.fault("26-001", "the file is encrypted");
        }
        if self.map(root, "AcroForm").is_some_and(|form| form.has(b"XFA")) {
            self.fault("25-001", "there is an XFA form");
        }
        if root.has(b"OCProperties") {
            self.fault("20-001", "there is optional content");
        }
        let metadata = self.value(root, "Metadata").and_then(|object| object.as_stream().ok());
        let Some(metadata) = metadata else {
            self.fault("06-001", "there is no XMP metadata");
            return;
        };
        let text = String::from_utf8_lossy(&metadata.content).into_owned();
        if !text.contains("<pdfuaid:part>1</pdfuaid:part>") {
            self.fault("06-002", "PDF/UA is not claimed");
        }
        let title = text.split("<dc:title>").nth(1).and_then(|rest| rest.split("</rdf:li>").next());
        if title.and_then(|title| title.rsplit('>').next()).is_none_or(|title| title.trim().is_empty()) {
            self.fault("06-003", "the metadata has no title");
        }
    }

    fn tree(&mut self) {
        let Some(root) = self.map(self.root(), "StructTreeRoot") else {
            self.fault("01-002", "there is no structure tree");
            return;
        };
        if self.map(root, "RoleMap").is_some_and(|map| STANDARD.iter().any(|kind| map.has(kind.as_bytes()))) {
            self.fault("02-004", "a standard structure type is remapped");
        }
        let Ok(kid) = root.get(b"K").and_then(Object::as_reference) else {
            self.fault("01-002", "the structure tree is empty");
            return;
        };
        let top = self.pdf.get_object(kid).and_then(Object::as_dict).expect("an element");
        let mut headings = Vec::new();
        let mut notes = BTreeSet::new();
        self.element(kid, top, None, None, &mut headings, &mut notes);
        if headings.first().is_some_and(|first| *first != 1) {
            self.fault("14-002", format!("the first heading is H{}", headings[0]));
        }
        for pair in headings.windows(2) {
            if pair[1] > pair[0] + 1 {
                self.fault("14-003", format!("H{} follows H{}", pair[1], pair[0]));
            }
        }
    }

    fn element(
        &mut self,
        id: ObjectId,
        entry: &'p Dictionary,
        parent: Option<&str>,
        page: Option<ObjectId>,
        headings: &mut Vec<u8>,
        notes: &mut BTreeSet<Vec<u8>>,
    ) {
        let kind = self.name(entry, "S").unwrap_or_default();
        if !STANDARD.contains(&kind.as_str()) {
            self.fault("02-001", format!("`{kind}` is no standard structure type"));
        }
        if !entry.has(b"P") {
            self.fault("01-002", format!("a {kind} has no parent entry"));
        }
        if let (Some((_, allowed)), Some(parent)) = (PARENTS.iter().find(|(named, _)| *named == kind), parent)
            && !allowed.contains(&parent)
        {
            self.fault("09-004", format!("a {kind} stands in a {parent}"));
        }
        let replaced = self.has_text(entry, "Alt") || self.has_text(entry, "ActualText");
        if matches!(kind.as_str(), "Figure" | "Formula") && !replaced {
            self.fault("13-004", format!("a {kind} has no alternative text"));
        }
        match kind.strip_prefix('H').map(str::parse::<u8>) {
            Some(Ok(level)) => headings.push(level),
            Some(Err(_)) if kind == "H" => self.fault("14-007", "headings with and without number are mixed"),
            _ => {}
        }
        if kind == "Note" {
            let name = self.value(entry, "ID").and_then(|id| id.as_str().ok());
            match name {
                None => self.fault("19-003", "a note has no ID"),
                Some(name) if !notes.insert(name.to_vec()) => self.fault("19-004", "two notes have one ID"),
                Some(_) => {}
            }
        }
        if kind == "TH" {
            let attributes = self.value(entry, "A");
            let lists: Vec<&Dictionary> = match attributes {
                Some(Object::Array(list)) => {
                    list.iter().filter_map(|one| self.resolved(one).as_dict().ok()).collect()
                }
                Some(one) => one.as_dict().into_iter().collect(),
                None => Vec::new(),
            };
            if !lists.iter().any(|list| list.has(b"Scope")) {
                self.fault("15-003", "a head of a table has no scope");
            }
        }
        let page = entry.get(b"Pg").and_then(Object::as_reference).ok().or(page);
        let kids: Vec<&'p Object> = match self.value(entry, "K") {
            Some(Object::Array(list)) => list.iter().collect(),
            Some(_) => entry.get(b"K").into_iter().collect(),
            None => Vec::new(),
        };
        let mut rows = Vec::new();
        for kid in kids {
            match (kid, self.resolved(kid)) {
                (_, Object::Integer(mark)) => self.hold(page, *mark, id),
                (_, Object::Dictionary(inner)) if inner.has(b"MCID") => {
                    let page = inner.get(b"Pg").and_then(Object::as_reference).ok().or(page);
                    let mark = inner.get(b"MCID").and_then(Object::as_i64).unwrap_or(-1);
                    self.hold(page, mark, id);
                }
                (_, Object::Dictionary(inner)) if inner.has(b"Obj") => {}
                (Object::Reference(kid), Object::Dictionary(inner)) => {
                    let back = inner.get(b"P").and_then(Object::as_reference).ok();
                    if back != Some(id) {
                        self.fault("01-002", format!("an element in a {kind} names another parent"));
                    }
                    self.element(*kid, inner, Some(&kind), page, headings, notes);
                    rows.push((*kid, inner));
                }
                (_, other) => self.fault("01-002", format!("a {kind} holds {other:?}")),
            }
        }
        if kind == "Table" {
            self.table(&rows);
        }
    }

    /// Rows of a table have the same number of cells, spans counted.
    fn table(&mut self, parts: &[(ObjectId, &'p Dictionary)]) {
        let mut widths = BTreeSet::new();
        let mut waiting: Vec<&Dictionary> = parts.iter().map(|(_, part)| *part).collect();
        while let Some(part) = waiting.pop() {
            let kids: Vec<&Dictionary> = match self.value(part, "K") {
                Some(Object::Array(list)) => {
                    list.iter().filter_map(|kid| self.resolved(kid).as_dict().ok()).collect()
                }
                Some(one) => one.as_dict().into_iter().collect(),
                None => Vec::new(),
            };
            match self.name(part, "S").as_deref() {
                Some("TR") => {
                    let span = |cell: &&Dictionary| {
                        let span = self.map(cell, "A").and_then(|a| self.value(a, "ColSpan"));
                        span.and_then(|span| span.as_i64().ok()).unwrap_or(1)
                    };
                    widths.insert(kids.iter().map(span).sum::<i64>());
                }
                _ => waiting.extend(kids),
            }
        }
        if widths.len() > 1 {
            self.fault("15-005", format!("rows of a table have {widths:?} cells"));
        }
    }

    fn hold(&mut self, page: Option<ObjectId>, mark: i64, element: ObjectId) {
        match page {
            Some(page) => self.held.entry((page, mark)).or_default().push(element),
            None => self.fault("01-002", format!("the marked content {mark} has no page")),
        }
    }

    fn pages(&mut self) {
        for (number, page) in self.pdf.page_iter().enumerate() {
            let number = number + 1;
            let entry = self.pdf.get_dictionary(page).expect("a page");
            let marks = self.content(page, number);
            for mark in &marks {
                match self.held.get(&(page, *mark)).map_or(0, Vec::len) {
                    1 => {}
                    0 => self.fault("01-005", format!("page {number}: no element holds the content {mark}")),
                    _ => self.fault("01-002", format!("page {number}: several elements hold {mark}")),
                }
            }
            self.way_back(page, entry, number, &marks);
            self.annotations(entry, number);
        }
        let known: BTreeSet<ObjectId> = self.pdf.page_iter().collect();
        let lost = self.held.keys().find(|(page, _)| !known.contains(page));
        if let Some((page, _)) = lost {
            self.fault("01-002", format!("an element points at the page {page:?}, which is not there"));
        }
    }

    /// Every drawing operator stands in marked content, and tagged content and artifacts not in each other.
    fn content(&mut self, page: ObjectId, number: usize) -> BTreeSet<i64> {
        let bytes = self.pdf.get_page_content(page);
        let content = Content::decode(&bytes).expect("operators");
        let mut open: Vec<Option<i64>> = Vec::new();
        let mut marks = BTreeSet::new();
        for operation in &content.operations {
            match operation.operator.as_str() {
                "BDC" | "BMC" => {
                    let artifact =
                        operation.operands.first().and_then(|tag| tag.as_name().ok()) == Some(b"Artifact");
                    let mark = operation
                        .operands
                        .get(1)
                        .and_then(|properties| properties.as_dict().ok())
                        .and_then(|properties| properties.get(b"MCID").and_then(Object::as_i64).ok());
                    if !open.is_empty() {
                        self.fault("01-003", format!("page {number}: marked content in marked content"));
                    }
                    if mark.is_none() && !artifact {
                        self.fault(
                            "01-005",
                            format!("page {number}: content that is neither tagged nor artifact"),
                        );
                    }
                    if mark.is_some_and(|mark| !marks.insert(mark)) {
                        self.fault("01-002", format!("page {number}: one number for two stretches"));
                    }
                    open.push(mark);
                }
                "EMC" if open.pop().is_none() => {
                    self.fault("01-005", format!("page {number}: marked content ends that never began"));
                }
                "Tj" | "TJ" | "'" | "\"" | "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" | "Do"
                | "sh" | "BI"
                    if open.is_empty() =>
                {
                    let what = &operation.operator;
                    self.fault("01-005", format!("page {number}: `{what}` outside marked content"));
                }
                _ => {}
            }
        }
        if !open.is_empty() {
            self.fault("01-005", format!("page {number}: marked content does not end"));
        }
        marks
    }

    /// The parent tree leads from each stretch of a page to the element that holds it.
    fn way_back(&mut self, page: ObjectId, entry: &'p Dictionary, number: usize, marks: &BTreeSet<i64>) {
        let key = entry.get(b"StructParents").and_then(Object::as_i64).ok();
        let list = key.and_then(|key| self.parent(key)).and_then(|list| list.as_array().ok());
        let Some(list) = list else {
            if !marks.is_empty() {
                self.fault("01-002", format!("page {number} is not in the parent tree"));
            }
            return;
        };
        for mark in marks {
            let back = list.get(*mark as usize).and_then(|element| element.as_reference().ok());
            let held = self.held.get(&(page, *mark)).and_then(|held| held.first().copied());
            if back.is_none() || back != held {
                self.fault("01-002", format!("page {number}: the parent tree leads from {mark} elsewhere"));
            }
        }
    }

    /// The parent tree's entry for a key.
    fn parent(&self, key: i64) -> Option<&'p Object> {
        let mut waiting = vec![self.map(self.map(self.root(), "StructTreeRoot")?, "ParentTree")?];
        while let Some(branch) = waiting.pop() {
            if let Some(Object::Array(numbers)) = self.value(branch, "Nums") {
                let found = numbers.chunks(2).find(|pair| pair[0].as_i64().is_ok_and(|found| found == key));
                if let Some(pair) = found {
                    return Some(self.resolved(&pair[1]));
                }
            }
            if let Some(Object::Array(kids)) = self.value(branch, "Kids") {
                waiting.extend(kids.iter().filter_map(|kid| self.resolved(kid).as_dict().ok()));
            }
        }
        None
    }

    fn annotations(&mut self, page: &'p Dictionary, number: usize) {
        let Some(Object::Array(list)) = self.value(page, "Annots") else { return };
        if list.is_empty() {
            return;
        }
        if self.name(page, "Tabs").as_deref() != Some("S") {
            self.fault("28-008", format!("page {number}: the tab order is not that of the structure"));
        }
        for annotation in list {
            let Ok(entry) = self.resolved(annotation).as_dict() else { continue };
            if !self.has_text(entry, "Contents") {
                self.fault("28-004", format!("page {number}: a link area has no description"));
            }
            let key = entry.get(b"StructParent").and_then(Object::as_i64).ok();
            let parent = key.and_then(|key| self.parent(key)).and_then(|parent| parent.as_dict().ok());
            let kind = parent.and_then(|parent| self.name(parent, "S"));
            match (self.name(entry, "Subtype").as_deref(), kind.as_deref()) {
                (Some("Link"), Some("Link")) => {}
                (Some("Link"), _) => {
                    self.fault("28-011", format!("page {number}: a link area is in no Link element"));
                }
                (kind, _) => {
                    self.fault("28-002", format!("page {number}: an annotation of the kind {kind:?}"))
                }
            }
        }
    }

    fn fonts(&mut self) {
        for object in self.pdf.objects.values() {
            let Ok(font) = object.as_dict() else { continue };
            if self.name(font, "Type").as_deref() != Some("Font") || font.has(b"CIDSystemInfo") {
                continue;
            }
            let name = self.name(font, "BaseFont").unwrap_or_default();
            if !font.has(b"ToUnicode") {
                self.fault("10-001", format!("{name} does not tell its text"));
            }
            let inner = match self.value(font, "DescendantFonts") {
                Some(Object::Array(list)) => list.first().and_then(|font| self.resolved(font).as_dict().ok()),
                _ => None,
            };
            let Some(inner) = inner else {
                self.fault("31-001", format!("{name} has no descendant"));
                continue;
            };
            if !inner.has(b"CIDToGIDMap") {
                self.fault("31-004", format!("{name} does not tell which glyph a code means"));
            }
            let descriptor = self.map(inner, "FontDescriptor");
            let embedded = descriptor.is_some_and(|about| {
                ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| about.has(key.as_bytes()))
            });
            if !embedded {
                self.fault("31-009", format!("{name} is not embedded"));
            }
            self.codes(font, inner, &name);
        }
    }

    /// No code stands for the box of a missing character, and none for nothing or for what is no character.
    fn codes(&mut self, font: &'p Dictionary, inner: &'p Dictionary, name: &str) {
        let plain = |object: Option<&'p Object>| {
            object.and_then(|object| object.as_stream().ok()).and_then(|stream| {
                stream.decompressed_content().ok().or_else(|| Some(stream.content.clone()))
            })
        };
        let texts = plain(self.value(font, "ToUnicode")).unwrap_or_default();
        let texts = String::from_utf8_lossy(&texts).into_owned();
        let glyphs = plain(self.value(inner, "CIDToGIDMap")).unwrap_or_default();
        for line in texts.lines() {
            let mut parts = line.split_whitespace().map(|part| part.trim_matches(['<', '>']));
            let (Some(code), Some(text)) = (parts.next(), parts.next()) else { continue };
            let (Ok(code), 4) = (usize::from_str_radix(code, 16), code.len()) else { continue };
            if text == "FFFF" && line.contains("<0000>") {
                continue;
            }
            if matches!(text, "0000" | "FEFF" | "FFFE" | "FFFF") {
                self.fault("31-027", format!("{name}: the code {code} stands for U+{text}"));
            }
            if glyphs.get(code * 2..code * 2 + 2) == Some(&[0, 0]) {
                self.fault("31-030", format!("{name}: the code {code} shows the box of a missing character"));
            }
        }
    }
}
