//! A document as the plain text of a mail.

use crate::document::{Block, Document, Inline, Layout, LayoutKind, List};
use crate::markdown;

/// The words as they are read: no marks of emphasis, addresses behind what links to them.
pub(super) fn write(document: &Document) -> String {
    let mut out = blocks(&document.blocks);
    for (at, note) in document.notes.iter().enumerate() {
        out.push_str(&format!("\n\n[{}] {}", at + 1, blocks(note)));
    }
    out.push('\n');
    out
}

fn blocks(blocks: &[Block]) -> String {
    blocks.iter().map(block).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading { text, level, .. } => {
            let words = inlines(text);
            let under = if *level < 2 { "=" } else { "-" };
            format!("{words}\n{}", under.repeat(words.chars().count().min(72)))
        }
        Block::Paragraph(text) => inlines(text),
        Block::List(items) => list(items),
        Block::Quote(inner) => indented(&blocks(inner), "> ", "> "),
        Block::Callout { kind, blocks: inner } => format!("{}: {}", kind.label(), blocks(inner)),
        Block::Layout(Layout { kind: LayoutKind::Cue { cue, note }, parts }) => {
            let label = format!("{} {note}", cue.label());
            format!("{}: {}", label.trim_end(), parts.iter().map(|part| blocks(part)).collect::<String>())
        }
        Block::Layout(layout) => {
            layout.parts.iter().map(|part| blocks(part)).collect::<Vec<_>>().join("\n\n")
        }
        Block::Code { text, .. } => text.trim_end().to_owned(),
        Block::PageBreak => String::new(),
        Block::Rule => "---".to_owned(),
        // Charts, tables, definitions and forms read well as they are written.
        Block::Chart(_) | Block::Table(_) | Block::Definitions(_) | Block::Form(_) => {
            let alone = Document { blocks: vec![block.clone()], ..Document::default() };
            let text = markdown::write(&alone);
            // The title that a document must have stands in front matter.
            text.split_once("---\n\n").map_or(text.as_str(), |(_, body)| body).trim().to_owned()
        }
    }
}

fn list(list: &List) -> String {
    let mut number = list.start;
    let items = list.items.iter().map(|item| {
        let mark = match (item.task, number) {
            (Some(true), _) => "[x] ".to_owned(),
            (Some(false), _) => "[ ] ".to_owned(),
            (None, Some(at)) => format!("{at}. "),
            (None, None) => "- ".to_owned(),
        };
        number = number.map(|at| at.saturating_add(1));
        indented(&blocks(&item.blocks), &mark, &" ".repeat(mark.len()))
    });
    items.collect::<Vec<_>>().join(if list.tight { "\n" } else { "\n\n" })
}

fn indented(text: &str, first: &str, others: &str) -> String {
    let lines = text.lines().enumerate().map(|(at, line)| {
        let line = format!("{}{line}", if at == 0 { first } else { others });
        line.trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn inlines(inlines: &[Inline]) -> String {
    let mut out = String::new();
    inlines.iter().for_each(|inline| push(inline, &mut out));
    out
}

fn push(inline: &Inline, out: &mut String) {
    match inline {
        Inline::Text(text) | Inline::Code(text) => out.push_str(text),
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) => {
            inner.iter().for_each(|inline| push(inline, out));
        }
        Inline::Link { to, text, .. } => {
            let words = inlines(text);
            out.push_str(&words);
            let address = to.strip_prefix("mailto:").unwrap_or(to);
            if !to.starts_with('#') && words != address {
                out.push_str(&format!(" <{address}>"));
            }
        }
        Inline::Image { alt, .. } => out.push_str(alt),
        Inline::NoteRef(note) => out.push_str(&format!("[{}]", note + 1)),
        Inline::SoftBreak => out.push(' '),
        Inline::HardBreak => out.push('\n'),
    }
}
