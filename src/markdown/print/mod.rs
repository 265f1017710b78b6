//! Document tree → canonical Markdown. Expects the tree in normal form.

mod inline;
mod lines;
mod span;
pub(super) mod table;
mod text;

use std::borrow::Cow;
use std::fmt::Write as _;

use super::{chart, form, front, marker, normal};
use crate::document::{Block, Definitions, Document, Inline, Layout, LayoutKind, List, ListItem};
use inline::Place;
use lines::Lines;

/// The whole document, front matter first. `explicit` tells for each heading whether its id must be written; without it none must.
pub(super) fn document(document: &Document, explicit: Option<Vec<bool>>) -> String {
    let front = front::write(&document.meta, &normal::derived_title(&document.blocks));
    let explicit = explicit.map(Vec::into_iter);
    let mut printer = Printer { lines: Lines::below(front), explicit, words: String::new() };
    printer.blocks(&document.blocks, false);
    for (index, note) in document.notes.iter().enumerate() {
        printer.note(index, note);
    }
    printer.lines.finish()
}

struct Printer {
    lines: Lines,
    /// For each heading to come, whether its id must be written.
    explicit: Option<std::vec::IntoIter<bool>>,
    /// Where running text is written before it becomes lines, so that not each has memory of its own.
    words: String,
}

impl Printer {
    fn blocks(&mut self, blocks: &[Block], tight: bool) {
        let mut marker = Marker::First;
        for (index, block) in blocks.iter().enumerate() {
            if index > 0 && !tight {
                self.lines.blank();
            }
            marker = match (index.checked_sub(1).map(|before| &blocks[before]), block) {
                (Some(Block::List(before)), Block::List(list))
                    if before.start.is_some() == list.start.is_some() =>
                {
                    marker.other()
                }
                _ => Marker::First,
            };
            self.block(block, marker);
        }
    }

    fn block(&mut self, block: &Block, marker: Marker) {
        match block {
            Block::Heading { level, id, text } => self.heading(*level, id, text),
            Block::Paragraph(text) => self.paragraph("", text),
            Block::List(list) => self.list(list, marker),
            Block::Definitions(list) => self.definitions(list),
            Block::Quote(blocks) => {
                self.lines.open("> ", "> ");
                self.blocks(blocks, false);
                self.lines.close();
            }
            Block::Callout { kind, blocks } => {
                self.quote(&format!("[!{}]", kind.label().to_uppercase()), blocks);
            }
            Block::Code { info, text } => self.fence(&span::info(info), text),
            Block::Chart(chart) => {
                let (info, text) = chart::write(chart);
                self.fence(&info, &text);
            }
            Block::Layout(layout) => self.layout(layout),
            Block::Form(form) => {
                let (info, text) = form::write(form);
                self.fence(&info, &text);
            }
            Block::PageBreak => self.lines.add(marker::PAGE_BREAK),
            Block::Table(table) => self.lines.add_all(&table::write(table)),
            Block::Rule => self.rule(),
        }
    }

    /// Running text on lines of its own, with something before the first word.
    fn paragraph(&mut self, lead: &str, text: &[Inline]) {
        self.words.clear();
        self.words.push_str(lead);
        inline::write(text, Place::Paragraph, &mut self.words);
        self.lines.add_all(&self.words);
    }

    /// Dashes could be read as a bullet, as the line under a heading or as front matter.
    fn rule(&mut self) {
        let line = if self.lines.at_margin() { "---" } else { "___" };
        self.lines.add(line);
    }

    fn layout(&mut self, layout: &Layout) {
        let line = marker::written(&layout.kind);
        if matches!(layout.kind, LayoutKind::Cue { .. }) {
            return self.quote(&line, layout.parts.first().map_or(&[], Vec::as_slice));
        }
        self.lines.add(&line);
        for (index, part) in layout.parts.iter().enumerate() {
            if index > 0 {
                self.lines.blank();
                self.rule();
            }
            if !part.is_empty() {
                self.lines.blank();
                self.blocks(part, false);
            }
        }
        self.lines.blank();
        self.lines.add(marker::SIGN);
    }

    /// A quote that begins with a label.
    fn quote(&mut self, label: &str, blocks: &[Block]) {
        self.lines.open("> ", "> ");
        self.lines.add(label);
        // Only words may follow at once: elsewhere the label's line would swallow the block.
        if !matches!(blocks.first(), None | Some(Block::Paragraph(_))) {
            self.lines.blank();
        }
        self.blocks(blocks, false);
        self.lines.close();
    }

    fn heading(&mut self, level: u8, id: &str, text: &[Inline]) {
        let line = &mut self.words;
        line.clear();
        line.extend(std::iter::repeat_n('#', level.into()));
        line.push(' ');
        let words_at = line.len();
        inline::write(text, Place::Heading, line);
        if self.explicit.as_mut().is_some_and(|explicit| explicit.next().unwrap_or(true)) {
            let gap = if line.len() > words_at { " " } else { "" };
            let _ = write!(line, "{gap}{{#{id}}}");
        }
        self.lines.add(line);
    }

    /// A footnote stands below all else; what goes on in it is indented by four.
    fn note(&mut self, index: usize, blocks: &[Block]) {
        if self.lines.at_margin() {
            self.lines.blank();
        }
        self.lines.open(format!("[^{}]: ", index + 1), "    ");
        // Only words may follow at once, all else begins on a line of its own.
        if !matches!(blocks.first(), None | Some(Block::Paragraph(_))) {
            self.lines.add("");
        }
        self.blocks(blocks, false);
        self.lines.close();
    }

    fn definitions(&mut self, list: &Definitions) {
        for (index, item) in list.items.iter().enumerate() {
            if index > 0 {
                self.lines.blank();
            }
            self.words.clear();
            inline::write(&item.term, Place::Term, &mut self.words);
            self.lines.add(if self.words.is_empty() { "&#32;" } else { &self.words });
            for blocks in &item.meanings {
                if !list.tight {
                    self.lines.blank();
                }
                self.lines.open(": ", "  ");
                match blocks.first() {
                    None => self.lines.add("&#32;"),
                    Some(Block::List(_) | Block::Layout(_) | Block::PageBreak) => {
                        self.lines.add("");
                        self.blocks(blocks, list.tight);
                    }
                    Some(_) => self.blocks(blocks, list.tight),
                }
                self.lines.close();
            }
        }
    }

    fn fence(&mut self, info: &str, text: &str) {
        let sign = if info.contains('`') { '~' } else { '`' };
        let longest = text.lines().map(|line| leading(line.trim_start(), sign)).max().unwrap_or(0);
        let fence = String::from(sign).repeat(3.max(longest + 1));
        let gap = if info.starts_with(sign) { " " } else { "" };
        self.lines.add(&format!("{fence}{gap}{info}"));
        if !text.is_empty() {
            text.split('\n').for_each(|line| self.lines.add_exactly(line));
        }
        self.lines.add(&fence);
    }

    fn list(&mut self, list: &List, marker: Marker) {
        for (index, item) in list.items.iter().enumerate() {
            if index > 0 && !list.tight {
                self.lines.blank();
            }
            let next_at_once = list.tight && index + 1 < list.items.len();
            self.item(item, marker.text(list.start, index), list.tight, next_at_once);
        }
    }

    fn item(&mut self, item: &ListItem, marker: Cow<'static, str>, tight: bool, next_at_once: bool) {
        let indent = spaces(marker.len());
        self.lines.open(marker, indent);
        let blocks = &item.blocks;
        match (item.task, blocks.first()) {
            (Some(done), Some(Block::Paragraph(text))) => {
                self.paragraph(if done { "[x] " } else { "[ ] " }, text);
                if blocks.len() > 1 && !tight {
                    self.lines.blank();
                }
                self.blocks(&blocks[1..], tight);
            }
            (task, None) => {
                // An empty line behind an item of no text takes the item out of its list, so some text
                // must be there; reading drops it.
                let text = if next_at_once { "" } else { "&#32;" };
                self.lines.add(format!("{} {text}", task.map_or("", check_box)).trim_start());
            }
            (Some(done), _) => {
                self.lines.add(check_box(done));
                self.blocks(blocks, tight);
            }
            (None, Some(Block::List(_))) => {
                self.lines.add("");
                self.blocks(blocks, tight);
            }
            (None, Some(_)) => self.blocks(blocks, tight),
        }
        self.lines.close();
    }
}

fn check_box(done: bool) -> &'static str {
    if done { "[x]" } else { "[ ]" }
}

fn leading(line: &str, sign: char) -> usize {
    line.chars().take_while(|c| *c == sign).count()
}

/// Two lists of one kind that stand one after the other stay two by different markers.
#[derive(Clone, Copy)]
enum Marker {
    First,
    Second,
}

impl Marker {
    fn other(self) -> Self {
        match self {
            Marker::First => Marker::Second,
            Marker::Second => Marker::First,
        }
    }

    /// As it stands before an item, with the space behind it.
    fn text(self, start: Option<u64>, index: usize) -> Cow<'static, str> {
        let number = start.map(|start| start.saturating_add(index as u64).min(normal::LAST_NUMBER));
        match (self, number) {
            (Marker::First, None) => "- ".into(),
            (Marker::Second, None) => "* ".into(),
            (Marker::First, Some(number)) => format!("{number}. ").into(),
            (Marker::Second, Some(number)) => format!("{number}) ").into(),
        }
    }
}

/// So many spaces; no marker is longer than these.
fn spaces(count: usize) -> &'static str {
    const MOST: &str = "            ";
    &MOST[..count.min(MOST.len())]
}
