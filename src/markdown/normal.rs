//! The normal form of a document: the trees that Markdown can say, one for each look.
//!
//! Reading ends with it and writing begins with it. What it changes is not seen on a page:
//! neighbouring texts are joined, emphasis inside emphasis is emphasis, a break at the edge of
//! a paragraph is none, a list is close only where its items can stand close.

use super::front::one_line;
use super::ids::{self, Given};
use super::{notes, settled};
use crate::document::{
    Block, Definitions, Document, Form, Inline, Layout, LayoutKind, List, Table, plain_text,
};

/// Puts the whole document into normal form. Where the title is not given, it is taken from the first
/// heading of the first level. Tells whether any heading has an id of its author's.
pub(super) fn document(document: &mut Document, given: Given, has_title: bool) -> bool {
    // What was just read refers to no other notes than its own.
    if given == Given::Always {
        notes::drop_unknown(document);
    }
    blocks(&mut document.blocks);
    document.notes.iter_mut().for_each(blocks);
    notes::number(document);
    let own_ids = ids::assign(document, given);
    let meta = &mut document.meta;
    meta.title = one_line(&meta.title);
    if !has_title || meta.title.is_empty() {
        meta.title = derived_title(&document.blocks);
    }
    for text in [&mut meta.subtitle, &mut meta.subject, &mut meta.author, &mut meta.date, &mut meta.footer] {
        *text = text.as_deref().map(one_line).filter(|text| !text.is_empty());
    }
    meta.language = one_line(&meta.language);
    if meta.language.is_empty() {
        meta.language = crate::document::Meta::default().language;
    }
    own_ids
}

/// The title of a document whose front matter gives none.
pub(super) fn derived_title(blocks: &[Block]) -> String {
    let title = first_title(blocks).map(|text| one_line(&plain_text(text)));
    title.filter(|title| !title.is_empty()).unwrap_or_else(|| crate::document::Meta::default().title)
}

fn first_title(blocks: &[Block]) -> Option<&[Inline]> {
    blocks.iter().find_map(|block| match block {
        Block::Heading { level: 1, text, .. } => Some(text.as_slice()),
        other => other.parts().into_iter().find_map(|blocks| first_title(blocks)),
    })
}

fn blocks(blocks: &mut Vec<Block>) {
    blocks.iter_mut().for_each(block);
    blocks.retain(|block| match block {
        Block::Paragraph(text) => !is_blank(text),
        Block::List(list) => !list.items.is_empty(),
        Block::Definitions(list) => !list.items.is_empty(),
        Block::Table(table) => !table.align.is_empty(),
        Block::Form(Form::Signature(fields)) => !fields.is_empty(),
        _ => true,
    });
    // Two of them in a row are read as one.
    blocks.dedup_by(|second, first| match (first, second) {
        (Block::Definitions(first), Block::Definitions(second)) => {
            first.items.append(&mut second.items);
            first.tight &= second.tight;
            true
        }
        _ => false,
    });
}

fn block(block: &mut Block) {
    match block {
        Block::Heading { level, text, .. } => {
            *level = (*level).clamp(1, 6);
            put_on_one_line(text);
        }
        Block::Paragraph(text) => {
            if !settled::paragraph(text) {
                *text = paragraph(std::mem::take(text));
            }
        }
        Block::List(list) => self::list(list),
        Block::Definitions(list) => definitions(list),
        Block::Quote(inner) | Block::Callout { blocks: inner, .. } => blocks(inner),
        Block::Code { info, text } => {
            *info = spaced(std::mem::take(info)).trim().to_owned();
            *text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{FFFD}");
        }
        Block::Chart(chart) => super::chart::normalise(chart),
        Block::Table(table) => self::table(table),
        Block::Layout(layout) => self::layout(layout),
        Block::Form(form) => super::form::normalise(form),
        Block::PageBreak | Block::Rule => {}
    }
}

/// A thematic break between parts would begin another part.
fn layout(layout: &mut Layout) {
    super::marker::normalise(layout);
    for part in &mut layout.parts {
        blocks(part);
        if layout.kind.is_parted() {
            part.retain(|block| !matches!(block, Block::Rule));
        }
    }
}

/// White space alone is no paragraph.
fn is_blank(text: &[Inline]) -> bool {
    text.iter().all(|inline| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        other => is_break(other),
    })
}

/// The largest number that a list marker can hold.
pub(super) const LAST_NUMBER: u64 = 999_999_999;

fn definitions(list: &mut Definitions) {
    for item in &mut list.items {
        put_on_one_line(&mut item.term);
        // A blank term is written as white space, so that it is there at all.
        if is_blank(&item.term) {
            item.term.clear();
        }
        if item.meanings.is_empty() {
            item.meanings.push(Vec::new());
        }
    }
    list.items.iter_mut().flat_map(|item| &mut item.meanings).for_each(blocks);
    let mut meanings = list.items.iter().flat_map(|item| &item.meanings);
    let fits = meanings.clone().all(|blocks| stand_close(blocks));
    let is_text = |block: &Block| matches!(block, Block::Paragraph(_));
    let with_paragraphs = meanings.any(|blocks| blocks.iter().any(is_text));
    // In a quote, the space before the first meaning is not noticed.
    let one_block = matches!(list.items.as_slice(), [item] if matches!(item.meanings.as_slice(), [blocks] if blocks.len() <= 1));
    list.tight = fits && (list.tight || one_block || !with_paragraphs);
}

fn list(list: &mut List) {
    list.start = list.start.map(|start| start.min(LAST_NUMBER));
    list.items.iter_mut().for_each(|item| blocks(&mut item.blocks));
    let with_paragraphs =
        list.items.iter().any(|item| item.blocks.iter().any(|block| matches!(block, Block::Paragraph(_))));
    let one_block = list.items.len() == 1 && list.items[0].blocks.len() <= 1;
    let fits = list.items.iter().all(|item| stand_close(&item.blocks));
    list.tight = fits && (list.tight || one_block || !with_paragraphs);
}

/// Whether blocks can stand without an empty line between or in them.
fn stand_close(blocks: &[Block]) -> bool {
    !blocks.iter().any(|block| is_layout(block) && !is_quote(block))
        && blocks.windows(2).all(|pair| close(&pair[0], &pair[1]))
}

/// Whether the second block can follow the first without an empty line and still be read as itself.
fn close(first: &Block, second: &Block) -> bool {
    let interrupts = match second {
        Block::List(list) => list.start.unwrap_or(1) == 1 && begins_on_its_line(list),
        Block::Paragraph(_) | Block::Table(_) | Block::Definitions(_) => false,
        _ => true,
    };
    match first {
        Block::Definitions(_) => false,
        Block::Heading { .. }
        | Block::Code { .. }
        | Block::Chart(_)
        | Block::Form(_)
        | Block::PageBreak
        | Block::Rule => true,
        Block::Paragraph(_) => interrupts,
        Block::Table(_) => interrupts && !matches!(second, Block::List(_)),
        Block::Quote(_) | Block::Callout { .. } | Block::Layout(_) => interrupts && !is_quote(second),
        Block::List(_) => interrupts && !matches!(second, Block::List(_)),
    }
}

/// Whether it is written as a quote.
fn is_quote(block: &Block) -> bool {
    let cue = |layout: &Layout| matches!(layout.kind, LayoutKind::Cue { .. });
    match block {
        Block::Quote(_) | Block::Callout { .. } => true,
        Block::Layout(layout) => cue(layout),
        _ => false,
    }
}

fn is_layout(block: &Block) -> bool {
    matches!(block, Block::Layout(_))
}

/// Whether something stands behind the list's first marker on the same line.
fn begins_on_its_line(list: &List) -> bool {
    list.items.first().is_some_and(|item| {
        item.task.is_some() || item.blocks.first().is_some_and(|block| !matches!(block, Block::List(_)))
    })
}

fn table(table: &mut Table) {
    let width = table.align.len();
    let rows = std::iter::once(&mut table.head).chain(table.rows.iter_mut());
    for row in rows {
        row.resize(width, Vec::new());
        row.iter_mut().for_each(put_on_one_line);
    }
}

pub(super) fn paragraph(text: Vec<Inline>) -> Vec<Inline> {
    let mut text = inlines(text, Styles::default());
    while text.last().is_some_and(is_break) {
        text.pop();
    }
    let start = text.iter().take_while(|inline| is_break(inline)).count();
    text.drain(..start);
    text
}

pub(super) fn put_on_one_line(text: &mut Vec<Inline>) {
    if !settled::line(text) {
        *text = on_one_line(std::mem::take(text));
    }
}

/// As [`paragraph`], with each break a space: headings and cells are written on one line.
pub(super) fn on_one_line(text: Vec<Inline>) -> Vec<Inline> {
    rebuilt(paragraph(text), &|inline| match inline {
        Inline::SoftBreak | Inline::HardBreak => Inline::Text(" ".to_owned()),
        other => other,
    })
}

/// A link's text without code that holds `]:`. At the start of a paragraph `[` and such code would define an
/// address instead of being a link.
fn link_text(text: Vec<Inline>) -> Vec<Inline> {
    rebuilt(text, &|inline| match inline {
        Inline::Code(text) if text.contains("]:") => Inline::Text(text),
        other => other,
    })
}

/// The text with each innermost piece changed.
fn rebuilt(text: Vec<Inline>, change: &dyn Fn(Inline) -> Inline) -> Vec<Inline> {
    let mut out = Vec::new();
    for inline in text {
        let inline = match inline {
            Inline::Emphasis(inner) => Inline::Emphasis(rebuilt(inner, change)),
            Inline::Strong(inner) => Inline::Strong(rebuilt(inner, change)),
            Inline::Strike(inner) => Inline::Strike(rebuilt(inner, change)),
            Inline::Link { to, title, text } => Inline::Link { to, title, text: rebuilt(text, change) },
            other => change(other),
        };
        push(&mut out, inline);
    }
    out
}

/// The styles that are already on around a piece of text.
#[derive(Clone, Copy, Default)]
pub(super) struct Styles {
    pub(super) emphasis: bool,
    pub(super) strong: bool,
    pub(super) strike: bool,
    pub(super) link: bool,
}

fn inlines(text: Vec<Inline>, around: Styles) -> Vec<Inline> {
    let mut out = Vec::new();
    for inline in text {
        match inline {
            Inline::Text(text) => push(&mut out, Inline::Text(spaced(text))),
            // At the start of a paragraph `[` with this would define an address instead of being a link.
            Inline::Code(text) if around.link && text.contains("]:") => {
                push(&mut out, Inline::Text(spaced(text)));
            }
            Inline::Code(text) => push(&mut out, Inline::Code(spaced(text))),
            Inline::Emphasis(inner) if !around.emphasis => {
                let inner = inlines(inner, Styles { emphasis: true, ..around });
                push_trimmed(&mut out, inner, Inline::Emphasis);
            }
            Inline::Strong(inner) if !around.strong => {
                let inner = inlines(inner, Styles { strong: true, ..around });
                push_trimmed(&mut out, inner, Inline::Strong);
            }
            Inline::Strike(inner) if !around.strike => {
                let inner = inlines(inner, Styles { strike: true, ..around });
                push_trimmed(&mut out, inner, Inline::Strike);
            }
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) => {
                inlines(inner, around).into_iter().for_each(|inline| push(&mut out, inline));
            }
            Inline::Link { text, .. } if around.link => {
                inlines(text, around).into_iter().for_each(|inline| push(&mut out, inline));
            }
            Inline::Link { to, title, mut text } => {
                // A link cannot stand in a link, and a footnote's number is one.
                let hoisted = notes::take_refs(&mut text);
                let to = to.replace('\n', "%0A").replace('\r', "%0D").replace('\0', "\u{FFFD}");
                let text = link_text(inlines(text, Styles { link: true, ..around }));
                let title = spaced(title);
                push_trimmed(&mut out, text, |text| Inline::Link { to, title, text });
                hoisted.into_iter().for_each(|note| push(&mut out, Inline::NoteRef(note)));
            }
            Inline::Image { from, title, alt } => {
                let from = from.replace('\n', "%0A").replace('\r', "%0D").replace('\0', "\u{FFFD}");
                push(&mut out, Inline::Image { from, title: spaced(title), alt: spaced(alt) });
            }
            Inline::NoteRef(_) | Inline::SoftBreak | Inline::HardBreak => push(&mut out, inline),
        }
    }
    out
}

/// Adds a styled run, with the breaks at its edges moved outside.
fn push_trimmed(out: &mut Vec<Inline>, mut inner: Vec<Inline>, style: impl FnOnce(Vec<Inline>) -> Inline) {
    let start = inner.iter().take_while(|inline| is_break(inline)).count();
    let before: Vec<Inline> = inner.drain(..start).collect();
    let end = inner.iter().rposition(|inline| !is_break(inline)).map_or(0, |last| last + 1);
    let after = inner.split_off(end);
    before.into_iter().for_each(|inline| push(out, inline));
    push(out, style(inner));
    after.into_iter().for_each(|inline| push(out, inline));
}

/// Adds one piece, joined with its neighbour where both are of the same kind.
fn push(out: &mut Vec<Inline>, inline: Inline) {
    match (out.last_mut(), inline) {
        (_, Inline::Text(text) | Inline::Code(text)) if text.is_empty() => {}
        (_, Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner)) if inner.is_empty() => {}
        (Some(Inline::Text(before)), Inline::Text(text))
        | (Some(Inline::Code(before)), Inline::Code(text)) => before.push_str(&text),
        (Some(Inline::Emphasis(before)), Inline::Emphasis(inner))
        | (Some(Inline::Strong(before)), Inline::Strong(inner))
        | (Some(Inline::Strike(before)), Inline::Strike(inner)) => {
            inner.into_iter().for_each(|inline| push(before, inline));
        }
        (Some(Inline::SoftBreak | Inline::HardBreak), Inline::SoftBreak) => {}
        // `[^1][text](address)` would be no footnote.
        (Some(Inline::NoteRef(_)), inline @ Inline::Link { .. }) => {
            out.extend([Inline::Text(" ".to_owned()), inline]);
        }
        (_, inline) => out.push(inline),
    }
}

pub(super) fn is_break(inline: &Inline) -> bool {
    matches!(inline, Inline::SoftBreak | Inline::HardBreak)
}

/// Without line breaks and without the one character that Markdown cannot hold.
fn spaced(text: String) -> String {
    if settled::is_spaced(&text) { text } else { text.replace(['\n', '\r'], " ").replace('\0', "\u{FFFD}") }
}
