//! Markdown → blocks, from the events of pulldown-cmark. What it gives is brought into normal form by `normal`.

use std::collections::HashMap;
use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, Options, Parser, Tag};

use super::doubt::Links;
use super::fence::Place;
use super::marker::{self, Kind, Says};
use super::verdicts::{Taken, Verdicts};
use super::{Problem, autolink, chart, form};
use crate::document::{
    Align, Block, CalloutKind, Cue, Definition, Definitions, Inline, Layout, LayoutKind, List, ListItem,
    Table, plain_text,
};

/// Quotes and lists deeper than this are laid into the one around them: no page shows more, and no later
/// step need fear to be called too deep.
const DEEPEST: usize = 64;

/// What the text holds besides its front matter.
#[derive(Default)]
pub(super) struct Body {
    pub(super) blocks: Vec<Block>,
    pub(super) notes: Vec<Vec<Block>>,
    /// Links to headings of the text itself.
    pub(super) links: Links,
    /// What was probably meant otherwise.
    pub(super) doubts: Vec<Problem>,
}

/// So often is a text read anew without the markers that are none; then it has no markers at all.
const ROUNDS: usize = 8;

/// The content of the text from the byte where its body begins.
pub(super) fn body(text: &str, body_at: usize, problems: &mut Vec<Problem>) -> Body {
    let body = &text[body_at..];
    let mut markers = marker::find(body);
    let all: Vec<usize> = markers.iter().map(|marker| marker.at.start).collect();
    for round in 0.. {
        if round == ROUNDS {
            markers.clear();
        }
        let marked = marker::applied(body, &markers);
        let (marked, colon) = marker::plain_colons(marked, &all, &markers);
        let mut found = Vec::new();
        let verdicts = Verdicts::new(&markers);
        let open = vec![Open::blocks(Container::Document)];
        let mut builder = Builder {
            body_at,
            problems: &mut found,
            verdicts,
            open,
            notes: Notes::default(),
            colon,
            source: &marked,
            words: 0..0,
            may_hold_addresses: autolink::may_hold(&marked),
            may_hold_notes: memmem::find(marked.as_bytes(), b"[^").is_some(),
            links: Links::new(),
            doubts: Vec::new(),
            text: String::new(),
        };
        for (event, range) in Parser::new_ext(&marked, options()).into_offset_iter() {
            builder.event(event, range);
        }
        let (body, taken) = builder.finish();
        if taken.all() {
            problems.append(&mut found);
            return body;
        }
        problems.extend(taken.faults(body_at));
        let taken = taken.flags();
        let mut index = 0;
        markers.retain(|_| {
            index += 1;
            taken[index - 1]
        });
    }
    Body::default()
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES
}

/// A part of the tree whose end is yet to come.
enum Open {
    Blocks {
        container: Container,
        blocks: Vec<Block>,
        /// Running text that stands in no paragraph, as in the items of a tight list.
        loose_text: Vec<Inline>,
        task: Option<bool>,
    },
    List {
        start: Option<u64>,
        tight: bool,
        items: Vec<ListItem>,
    },
    Definitions(Definitions),
    Inlines {
        span: Span,
        inlines: Vec<Inline>,
    },
    Code {
        info: String,
        text: String,
        /// For each piece of the text, where it begins in the text and in the source.
        pieces: Vec<(usize, Range<usize>)>,
        at: Range<usize>,
    },
    Html(String),
    Table(Table),
    /// So many levels whose content goes to whatever is around them.
    Through(usize),
}

enum Container {
    Document,
    Quote,
    Callout(CalloutKind),
    Cue(Cue, String),
    Item,
    /// Opened by the marker of this number; without a kind where that marker is not known.
    Layout {
        opened_by: usize,
        kind: Option<LayoutKind>,
        /// The parts before the one that is being read.
        parts: Vec<Vec<Block>>,
    },
    Meaning,
    /// A footnote, by its number so far.
    Note(usize),
}

enum Span {
    Paragraph,
    Heading { level: u8, id: String },
    Term,
    Cell,
    Emphasis,
    Strong,
    Strike,
    Link { to: String, title: String },
    Image { from: String, title: String },
}

impl Open {
    fn blocks(container: Container) -> Self {
        Open::Blocks { container, blocks: Vec::new(), loose_text: Vec::new(), task: None }
    }

    fn inlines(span: Span) -> Self {
        Open::Inlines { span, inlines: Vec::new() }
    }
}

struct Builder<'a> {
    body_at: usize,
    problems: &'a mut Vec<Problem>,
    verdicts: Verdicts<'a>,
    open: Vec<Open>,
    notes: Notes,
    /// Stands for a colon that must not begin a meaning.
    colon: char,
    /// The text that is parsed.
    source: &'a str,
    /// A stretch of the source that is text just as it stands there, in which addresses may be found once it has ended.
    words: Range<usize>,
    /// Whether an address can be found in the source at all.
    may_hold_addresses: bool,
    /// Whether a reference to a note can be found in the source at all.
    may_hold_notes: bool,
    links: Links,
    doubts: Vec<Problem>,
    /// Text up to the next styled run, link or break: escapes and references part what is one text.
    text: String,
}

/// The footnotes, numbered as their labels are met.
#[derive(Default)]
struct Notes {
    numbers: HashMap<String, usize>,
    /// Each note's content, once its definition was read. Of two definitions the first one counts.
    texts: Vec<Option<Vec<Block>>>,
}

impl Notes {
    /// The number of a label; upper and lower case are the same.
    fn number(&mut self, label: &str) -> usize {
        let folded = label.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase().to_lowercase();
        *self.numbers.entry(folded).or_insert_with(|| {
            self.texts.push(None);
            self.texts.len() - 1
        })
    }
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if !matches!(event, Event::Text(_)) {
            self.end_text();
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(&self.with_colons(text), range),
            Event::Code(text) => self.inline(Inline::Code(self.with_colons(text).into_string())),
            Event::Html(text) | Event::InlineHtml(text) => self.raw(&self.with_colons(text)),
            Event::SoftBreak => self.inline(Inline::SoftBreak),
            Event::HardBreak => self.inline(Inline::HardBreak),
            Event::Rule => {
                self.end_loose_text();
                match self.verdicts.at(range.start) {
                    Some(marker) => self.marker(marker),
                    None => self.rule(),
                }
            }
            Event::TaskListMarker(done) => self.task(done),
            Event::FootnoteReference(label) => {
                let note = self.notes.number(&label);
                self.inline(Inline::NoteRef(note));
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.inline(Inline::Text(text.into_string()));
            }
        }
    }

    /// The text with each colon that the parser was not to see.
    fn with_colons<'t>(&self, text: CowStr<'t>) -> CowStr<'t> {
        if self.colon != ':' && text.contains(self.colon) {
            text.replace(self.colon, ":").into()
        } else {
            text
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let deep = self.depth() >= DEEPEST;
        let open = match tag {
            Tag::Paragraph => {
                self.loosen();
                Open::inlines(Span::Paragraph)
            }
            Tag::Heading { level, id, .. } => Open::inlines(Span::Heading {
                level: level as u8,
                id: id.map(|id| id.into_string()).unwrap_or_default(),
            }),
            Tag::BlockQuote(_) if deep => Open::Through(1),
            Tag::BlockQuote(kind) => Open::blocks(kind.map_or(Container::Quote, |kind| {
                Container::Callout(match kind {
                    BlockQuoteKind::Note => CalloutKind::Note,
                    BlockQuoteKind::Tip => CalloutKind::Tip,
                    BlockQuoteKind::Important => CalloutKind::Important,
                    BlockQuoteKind::Warning => CalloutKind::Warning,
                    BlockQuoteKind::Caution => CalloutKind::Caution,
                })
            })),
            Tag::CodeBlock(kind) => Open::Code {
                info: match kind {
                    CodeBlockKind::Fenced(info) => info.into_string(),
                    CodeBlockKind::Indented => String::new(),
                },
                text: String::new(),
                pieces: Vec::new(),
                at: range,
            },
            Tag::HtmlBlock => Open::Html(String::new()),
            Tag::List(_) if deep => Open::Through(1),
            Tag::List(start) => Open::List { start, tight: true, items: Vec::new() },
            Tag::Item if !matches!(self.open.last(), Some(Open::List { .. })) => Open::Through(1),
            Tag::Item => Open::blocks(Container::Item),
            Tag::FootnoteDefinition(label) => Open::blocks(Container::Note(self.notes.number(&label))),
            Tag::DefinitionList if deep => Open::Through(1),
            Tag::DefinitionList => Open::Definitions(Definitions { tight: true, items: Vec::new() }),
            Tag::DefinitionListTitle => Open::inlines(Span::Term),
            Tag::DefinitionListDefinition if !matches!(self.open.last(), Some(Open::Definitions(_))) => {
                Open::Through(1)
            }
            Tag::DefinitionListDefinition => Open::blocks(Container::Meaning),
            Tag::Table(align) => Open::Table(Table {
                align: align.into_iter().map(alignment).collect(),
                head: Vec::new(),
                rows: Vec::new(),
            }),
            Tag::TableHead => Open::Through(1),
            Tag::TableRow => {
                if let Some(Open::Table(table)) = self.open.last_mut() {
                    table.rows.push(Vec::new());
                }
                Open::Through(1)
            }
            Tag::TableCell => Open::inlines(Span::Cell),
            Tag::Emphasis => Open::inlines(Span::Emphasis),
            Tag::Strong => Open::inlines(Span::Strong),
            Tag::Strikethrough => Open::inlines(Span::Strike),
            Tag::Link { link_type, dest_url, title, .. } => {
                let mail = link_type == pulldown_cmark::LinkType::Email;
                let to = if mail { format!("mailto:{dest_url}") } else { dest_url.into_string() };
                if let Some(id) = to.strip_prefix('#') {
                    self.links.push((id.to_owned(), self.in_text(range)));
                }
                Open::inlines(Span::Link { to, title: title.into_string() })
            }
            Tag::Image { dest_url, title, .. } => {
                Open::inlines(Span::Image { from: dest_url.into_string(), title: title.into_string() })
            }
            // Of extensions that are not switched on.
            _ => Open::Through(1),
        };
        let repeats = match &open {
            Open::Inlines { span, .. } => self.is_open(span),
            _ => {
                self.end_loose_text();
                false
            }
        };
        if matches!(
            &open,
            Open::Inlines { span: Span::Paragraph | Span::Heading { .. } | Span::Term | Span::Cell, .. }
        ) {
            self.end_loose_text();
        }
        match (self.open.last_mut(), if repeats { Open::Through(1) } else { open }) {
            (Some(Open::Through(levels)), Open::Through(_)) => *levels += 1,
            (_, open) => self.open.push(open),
        }
    }

    fn end(&mut self) {
        // What is open here ends with what is around it, so its closing line is missing.
        while self.end_layout(None) {}
        // The document itself has no end event.
        if self.open.len() < 2 {
            return;
        }
        if let Some(Open::Through(levels)) = self.open.last_mut()
            && *levels > 1
        {
            *levels -= 1;
            return self.end_loose_text();
        }
        match self.open.pop() {
            Some(Open::Inlines { span, inlines }) => self.end_span(span, inlines),
            Some(Open::Blocks { container, mut blocks, loose_text, task }) => {
                paragraph(loose_text).into_iter().for_each(|block| push(&mut blocks, block));
                match container {
                    Container::Document | Container::Layout { .. } => {}
                    Container::Cue(cue, note) => {
                        let kind = LayoutKind::Cue { cue, note };
                        self.block(Block::Layout(Layout { kind, parts: vec![blocks] }));
                    }
                    Container::Quote => self.block(Block::Quote(blocks)),
                    Container::Callout(kind) => self.block(Block::Callout { kind, blocks }),
                    Container::Item => {
                        if let Some(Open::List { items, .. }) = self.open.last_mut() {
                            items.push(ListItem { task, blocks });
                        }
                    }
                    Container::Meaning => {
                        if let Some(Open::Definitions(list)) = self.open.last_mut()
                            && let Some(item) = list.items.last_mut()
                        {
                            item.meanings.push(blocks);
                        }
                    }
                    Container::Note(number) => {
                        self.notes.texts[number].get_or_insert(blocks);
                    }
                }
            }
            Some(Open::List { start, tight, items }) => self.block(Block::List(List { start, tight, items })),
            Some(Open::Code { info, text, pieces, at }) => {
                let block = self.code(info, text, &pieces, at);
                self.block(block);
            }
            Some(Open::Html(text)) => html_paragraphs(&text).into_iter().for_each(|block| self.block(block)),
            Some(Open::Table(table)) => self.block(Block::Table(table)),
            Some(Open::Definitions(list)) => self.block(Block::Definitions(list)),
            Some(Open::Through(_)) => self.end_loose_text(),
            None => {}
        }
    }

    fn end_span(&mut self, span: Span, inlines: Vec<Inline>) {
        let inline = match span {
            Span::Paragraph => {
                if let Some(block) = paragraph(inlines) {
                    self.block(block);
                }
                return;
            }
            Span::Heading { level, id } => return self.block(Block::Heading { level, id, text: inlines }),
            Span::Term => {
                match self.open.last_mut() {
                    Some(Open::Definitions(list)) => {
                        list.items.push(Definition { term: inlines, meanings: Vec::new() });
                    }
                    _ => paragraph(inlines).into_iter().for_each(|block| self.block(block)),
                }
                return;
            }
            Span::Cell => {
                let table = self.open.iter_mut().rev().find_map(|open| match open {
                    Open::Table(table) => Some(table),
                    _ => None,
                });
                if let Some(table) = table {
                    table.rows.last_mut().unwrap_or(&mut table.head).push(inlines);
                }
                return;
            }
            Span::Emphasis => Inline::Emphasis(inlines),
            Span::Strong => Inline::Strong(inlines),
            Span::Strike => Inline::Strike(inlines),
            Span::Link { to, title } => Inline::Link { to, title, text: inlines },
            Span::Image { from, title } => Inline::Image { from, title, alt: plain_text(&inlines) },
        };
        self.inline(inline);
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        match self.open.last_mut() {
            Some(Open::Code { text: code, pieces, .. }) => {
                pieces.push((code.len(), range));
                code.push_str(text);
            }
            Some(Open::Html(html)) => html.push_str(text),
            _ if self.source.get(range.clone()) == Some(text) => {
                if self.words.end == range.start {
                    self.words.end = range.end;
                } else {
                    self.end_words();
                    self.words = range;
                }
            }
            _ => {
                self.end_words();
                self.text.push_str(text);
            }
        }
    }

    /// Adds the words that have ended to the text, each address among them as a link.
    fn end_words(&mut self) {
        let source = self.source;
        let range = std::mem::replace(&mut self.words, 0..0);
        let words = &source[range.clone()];
        if self.may_hold_notes {
            self.doubt_notes(words, range.start);
        }
        if words.starts_with("[!") && !self.is_escaped(range.start) {
            self.doubt_box(words, range.start);
        }
        let mut from = 0;
        if self.may_hold_addresses && !self.in_link() {
            while let Some(found) = autolink::find(words, from, self.before()) {
                self.text.push_str(&words[from..found.at.start]);
                self.put_text();
                let text = vec![Inline::Text(words[found.at.clone()].to_owned())];
                self.inline(Inline::Link { to: found.to, title: String::new(), text });
                from = found.at.end;
            }
        }
        self.text.push_str(&words[from..]);
    }

    /// Bytes of the source as those of the whole text.
    fn in_text(&self, at: Range<usize>) -> Range<usize> {
        at.start + self.body_at..at.end + self.body_at
    }

    /// Whether a backslash makes the sign at a byte of the source plain text.
    fn is_escaped(&self, at: usize) -> bool {
        self.source[..at].ends_with('\\')
    }

    /// Doubts references in running text that lead to no note, since those that do are no text.
    fn doubt_notes(&mut self, words: &str, start: usize) {
        for (at, _) in words.match_indices("[^") {
            let Some(end) = words[at..].find(']') else { return };
            let reference = &words[at..=at + end];
            let label = &reference[2..end];
            if self.is_escaped(start + at)
                || label.is_empty()
                || label.contains(|c: char| c.is_whitespace() || "[^".contains(c))
            {
                continue;
            }
            self.doubts.push(Problem {
                at: self.in_text(start + at..start + at + reference.len()),
                message: format!("`{reference}` has no note"),
                help: Some(format!("write it on a line of its own that begins with `{reference}:`")),
            });
        }
    }

    /// Doubts the first words of a quote that open a box and do not close its name.
    fn doubt_box(&mut self, words: &str, start: usize) {
        let [.., around, Open::Inlines { span: Span::Paragraph, inlines }] = self.open.as_slice() else {
            return;
        };
        let begins =
            matches!(around, Open::Blocks { container: Container::Quote, blocks, .. } if blocks.is_empty());
        let name = words[2..].split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        let behind = &words[2 + name.len()..];
        let labels = Cue::ALL.map(Cue::label).into_iter().chain(CalloutKind::ALL.map(CalloutKind::label));
        let known = labels.into_iter().any(|label| label.eq_ignore_ascii_case(name));
        if !begins || !inlines.is_empty() || !self.text.is_empty() || !known || behind.contains(']') {
            return;
        }
        self.doubts.push(Problem {
            at: self.in_text(start..start + 2 + name.len()),
            message: format!("`[!{name}` is not closed and is read as text"),
            help: Some(format!("write `[!{name}]`")),
        });
    }

    fn end_text(&mut self) {
        if !self.words.is_empty() {
            self.end_words();
        }
        self.put_text();
    }

    /// Puts the text into the tree, in no more room than it takes.
    fn put_text(&mut self) {
        if !self.text.is_empty() {
            let text = Inline::Text(self.text.as_str().to_owned());
            self.text.clear();
            self.inline(text);
        }
    }

    /// What stands before the words that come next; nothing at the beginning of a line or a styled run.
    fn before(&self) -> Option<char> {
        if !self.text.is_empty() {
            return self.text.chars().next_back();
        }
        let around = self.open.iter().rev().find_map(|open| match open {
            Open::Inlines { inlines, .. } | Open::Blocks { loose_text: inlines, .. } => Some(inlines),
            _ => None,
        });
        match around?.last()? {
            Inline::Text(text) => text.chars().next_back(),
            Inline::SoftBreak | Inline::HardBreak => None,
            Inline::Emphasis(_) | Inline::Strong(_) => Some('*'),
            Inline::Strike(_) => Some('~'),
            Inline::Code(_) => Some('`'),
            Inline::Link { .. } | Inline::Image { .. } | Inline::NoteRef(_) => Some(']'),
        }
    }

    fn in_link(&self) -> bool {
        let link =
            |open: &Open| matches!(open, Open::Inlines { span: Span::Link { .. } | Span::Image { .. }, .. });
        let around = self.open.iter().rev();
        around.take_while(|open| matches!(open, Open::Inlines { .. } | Open::Through(_))).any(link)
    }

    /// HTML is text exactly as typed.
    fn raw(&mut self, text: &str) {
        if let Some(Open::Html(html)) = self.open.last_mut() {
            html.push_str(text);
            return;
        }
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.inline(Inline::SoftBreak);
            }
            self.inline(Inline::Text(if index > 0 { line.trim_start() } else { line }.to_owned()));
        }
    }

    fn task(&mut self, done: bool) {
        let around = self.open.iter_mut().rev().find(|open| !matches!(open, Open::Inlines { .. }));
        if let Some(Open::Blocks { container: Container::Item, task, .. }) = around {
            *task = Some(done);
        }
    }

    fn marker(&mut self, marker: usize) {
        let says = self.verdicts.says(marker).clone();
        let deep = self.depth() >= DEEPEST;
        match says {
            Says::Open(_) | Says::Nothing { instead_of: Kind::Container, .. } if deep => {}
            Says::Open(kind) => self.open_layout(marker, Some(kind)),
            Says::Nothing { instead_of: Kind::Container, .. } => self.open_layout(marker, None),
            Says::Nothing { instead_of: Kind::PageBreak, .. } => {}
            Says::Nothing { instead_of: Kind::Cue, .. } => {
                if self.quote_begins().is_none() {
                    self.verdicts.is_text(marker);
                }
            }
            Says::PageBreak => {
                self.verdicts.take(marker);
                self.block(Block::PageBreak);
            }
            Says::Close => {
                if !self.end_layout(Some(marker)) {
                    self.verdicts.closes_nothing(marker);
                }
            }
            Says::Cue { cue, note } => {
                if let Some(container) = self.quote_begins() {
                    *container = Container::Cue(cue, note);
                    self.verdicts.take(marker);
                } else {
                    self.verdicts.is_text(marker);
                }
            }
        }
    }

    /// The innermost container where that is a quote without anything in it yet.
    fn quote_begins(&mut self) -> Option<&mut Container> {
        match self.open.last_mut() {
            Some(Open::Blocks { container: container @ Container::Quote, blocks, .. })
                if blocks.is_empty() =>
            {
                Some(container)
            }
            _ => None,
        }
    }

    fn open_layout(&mut self, opened_by: usize, kind: Option<LayoutKind>) {
        self.open.push(Open::blocks(Container::Layout { opened_by, kind, parts: Vec::new() }));
    }

    /// Closes the innermost container if that is a layout, and tells whether it was. Without a marker that
    /// closes it, its own is none either.
    fn end_layout(&mut self, closed_by: Option<usize>) -> bool {
        let Some(Open::Blocks { container: Container::Layout { .. }, .. }) = self.open.last() else {
            return false;
        };
        if let Some(Open::Blocks { container, mut blocks, loose_text, .. }) = self.open.pop()
            && let Container::Layout { opened_by, kind, mut parts } = container
        {
            blocks.extend(paragraph(loose_text));
            parts.push(blocks);
            match (kind, closed_by) {
                (Some(kind), Some(closed_by)) => {
                    self.doubt_shares(&kind, parts.len(), opened_by);
                    self.verdicts.take(opened_by);
                    self.verdicts.take(closed_by);
                    self.block(Block::Layout(Layout { kind, parts }));
                }
                (kind, closed_by) => {
                    if kind.is_some() {
                        self.verdicts.is_not_closed(opened_by);
                    }
                    if let Some(closed_by) = closed_by {
                        self.verdicts.is_text(closed_by);
                    }
                    parts.into_iter().flatten().for_each(|block| self.block(block));
                }
            }
        }
        true
    }

    /// Doubts widths for more or fewer columns than there are.
    fn doubt_shares(&mut self, kind: &LayoutKind, parts: usize, opened_by: usize) {
        let LayoutKind::Columns(shares) = kind else { return };
        if shares.is_empty() || shares.len() == parts {
            return;
        }
        let at = self.in_text(self.verdicts.place(opened_by));
        let marker = marker::written(kind);
        self.doubts.push(Problem {
            at,
            message: format!(
                "`{marker}` shares out the width of {} columns, and there are {parts}",
                shares.len()
            ),
            help: Some("write one number for each column, and part columns with a line `---`".to_owned()),
        });
    }

    /// A thematic break; between the parts of a layout it parts them.
    fn rule(&mut self) {
        if let Some(Open::Blocks {
            container: Container::Layout { kind: Some(kind), parts, .. }, blocks, ..
        }) = self.open.last_mut()
            && kind.is_parted()
        {
            parts.push(std::mem::take(blocks));
        } else {
            self.block(Block::Rule);
        }
    }

    fn inline(&mut self, inline: Inline) {
        let around = self.open.iter_mut().rev().find_map(|open| match open {
            Open::Inlines { inlines, .. } | Open::Blocks { loose_text: inlines, .. } => Some(inlines),
            _ => None,
        });
        let Some(inlines) = around else { return };
        match (inlines.last_mut(), inline) {
            // An escape or a reference parts what is one text.
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (_, inline) => push(inlines, inline),
        }
    }

    fn block(&mut self, block: Block) {
        for open in self.open.iter_mut().rev() {
            if let Open::Blocks { blocks, .. } = open {
                return push(blocks, block);
            }
        }
    }

    /// Makes a paragraph of the running text that stands directly in the innermost container.
    fn end_loose_text(&mut self) {
        let innermost = self.open.iter_mut().rev().find(|open| !matches!(open, Open::Through(_)));
        if let Some(Open::Blocks { blocks, loose_text, .. }) = innermost {
            paragraph(std::mem::take(loose_text)).into_iter().for_each(|block| push(blocks, block));
        }
    }

    /// Marks the list as loose whose item holds the paragraph that begins: in tight lists the text stands
    /// in none.
    fn loosen(&mut self) {
        let layout =
            |open: &&mut Open| matches!(open, Open::Blocks { container: Container::Layout { .. }, .. });
        let mut around = self.open.iter_mut().rev().skip_while(layout);
        let container = around.next();
        match (container, around.next()) {
            (Some(Open::Blocks { container: Container::Item, .. }), Some(Open::List { tight, .. }))
            | (
                Some(Open::Blocks { container: Container::Meaning, .. }),
                Some(Open::Definitions(Definitions { tight, .. })),
            ) => *tight = false,
            _ => {}
        }
    }

    /// How many containers stand around what comes next, within the document or the footnote.
    fn depth(&self) -> usize {
        let blocks = |open: &&Open| matches!(open, Open::Blocks { .. });
        let within = |open: &&Open| {
            !matches!(open, Open::Blocks { container: Container::Document | Container::Note(_), .. })
        };
        self.open.iter().rev().filter(blocks).take_while(within).count()
    }

    /// Whether the same style is already on.
    fn is_open(&self, span: &Span) -> bool {
        let around =
            self.open.iter().rev().take_while(|open| matches!(open, Open::Inlines { .. } | Open::Through(_)));
        let same = |open: &Open| match open {
            Open::Inlines { span: other, .. } => {
                std::mem::discriminant(other) == std::mem::discriminant(span)
            }
            _ => false,
        };
        matches!(span, Span::Emphasis | Span::Strong | Span::Strike | Span::Image { .. })
            && around.into_iter().any(same)
    }

    fn code(
        &mut self,
        info: String,
        mut text: String,
        pieces: &[(usize, Range<usize>)],
        at: Range<usize>,
    ) -> Block {
        if text.ends_with('\n') {
            text.pop();
        }
        let read = match () {
            () if chart::is_chart(&info) => chart::read(&info, &text).map(Block::Chart),
            () if form::is_form(&info) => form::read(&info, &text).map(Block::Form),
            () => return Block::Code { info, text },
        };
        match read {
            Ok(block) => block,
            Err(faults) => {
                for fault in faults {
                    let at = match fault.at {
                        Place::Text(words) => self.in_source(words, pieces, &at),
                        Place::Info(words) => self.in_info(words, &info, &at),
                    };
                    self.problems.push(Problem { at, message: fault.message, help: fault.help });
                }
                Block::Code { info, text }
            }
        }
    }

    /// Where a stretch of a fence's text stands in the source; the fence's own line where it is not in the text.
    fn in_source(
        &self,
        at: Range<usize>,
        pieces: &[(usize, Range<usize>)],
        fence: &Range<usize>,
    ) -> Range<usize> {
        let place = |offset: usize| {
            let index = pieces.partition_point(|(start, _)| *start <= offset).checked_sub(1)?;
            let (start, source) = &pieces[index];
            Some((source.start + (offset - start)).min(source.end))
        };
        let found = match (at.is_empty(), place(at.start), place(at.end)) {
            (false, Some(start), Some(end)) => start..end.max(start),
            _ => fence.start..fence.start,
        };
        found.start + self.body_at..found.end + self.body_at
    }

    /// Where a stretch of the words behind a fence's signs stands in the source; the fence's own line where they were typed
    /// otherwise than they are read.
    fn in_info(&self, at: Range<usize>, info: &str, fence: &Range<usize>) -> Range<usize> {
        let typed = &self.source[fence.clone()];
        let begin = typed.len() - typed.trim_start().trim_start_matches(['`', '~']).trim_start().len();
        let found = match typed[begin..].starts_with(info) {
            true => fence.start + begin + at.start..fence.start + begin + at.end,
            false => fence.start..fence.start,
        };
        found.start + self.body_at..found.end + self.body_at
    }

    fn finish(mut self) -> (Body, Taken) {
        self.end_text();
        while self.open.len() > 1 {
            self.end();
        }
        self.end_loose_text();
        let blocks = match self.open.pop() {
            Some(Open::Blocks { blocks, .. }) => blocks,
            _ => Vec::new(),
        };
        let notes = self.notes.texts.into_iter().map(Option::unwrap_or_default).collect();
        let Builder { links, doubts, verdicts, .. } = self;
        (Body { blocks, notes, links, doubts }, verdicts.finish())
    }
}

/// Adds to a list that nearly always holds one alone: a cell its words, an item its paragraph. `Vec` would make room for four at
/// once, which is most of the memory of a document.
fn push<T>(list: &mut Vec<T>, one: T) {
    if list.is_empty() {
        list.reserve_exact(1);
    }
    list.push(one);
}

fn paragraph(text: Vec<Inline>) -> Option<Block> {
    (!text.is_empty()).then_some(Block::Paragraph(text))
}

/// Lines of HTML as words: one paragraph for each run of lines without an empty one between.
fn html_paragraphs(html: &str) -> Vec<Block> {
    let mut paragraphs = Vec::new();
    let mut text = Vec::new();
    for line in html.lines().map(str::trim) {
        if line.is_empty() {
            paragraphs.extend(paragraph(std::mem::take(&mut text)));
            continue;
        }
        if !text.is_empty() {
            text.push(Inline::SoftBreak);
        }
        text.push(Inline::Text(line.to_owned()));
    }
    paragraphs.extend(paragraph(text));
    paragraphs
}

fn alignment(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}
