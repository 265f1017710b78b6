//! Whether running text is in normal form already, as nearly all of it is: then nothing of it is built anew.
//!
//! What this calls settled `normal` leaves as it is; a law holds one against the other.

use memchr::memchr3;

use super::normal::{Styles, is_break};
use crate::document::Inline;

/// Running text on lines of its own.
pub(super) fn paragraph(text: &[Inline]) -> bool {
    !edges_break(text) && inlines(text, Styles::default(), true)
}

/// Text of one line, as in headings and cells.
pub(super) fn line(text: &[Inline]) -> bool {
    inlines(text, Styles::default(), false)
}

/// Whether the text holds neither a line break nor the one character that Markdown cannot hold.
pub(super) fn is_spaced(text: &str) -> bool {
    memchr3(b'\n', b'\r', b'\0', text.as_bytes()).is_none()
}

fn edges_break(text: &[Inline]) -> bool {
    text.first().is_some_and(is_break) || text.last().is_some_and(is_break)
}

fn inlines(text: &[Inline], around: Styles, breaks: bool) -> bool {
    let mut before = None;
    text.iter().all(|inline| inline_is(inline, before.replace(inline), around, breaks))
}

/// A piece behind another one.
fn inline_is(inline: &Inline, before: Option<&Inline>, around: Styles, breaks: bool) -> bool {
    let joins = before.is_some_and(|before| std::mem::discriminant(before) == std::mem::discriminant(inline));
    let run = |inner: &[Inline], around: Styles| {
        !joins && !inner.is_empty() && !edges_break(inner) && inlines(inner, around, breaks)
    };
    match inline {
        Inline::Text(text) => !joins && !text.is_empty() && is_spaced(text),
        // In a link's text there is code that cannot stay code.
        Inline::Code(text) => !joins && !around.link && !text.is_empty() && is_spaced(text),
        Inline::Emphasis(inner) => !around.emphasis && run(inner, Styles { emphasis: true, ..around }),
        Inline::Strong(inner) => !around.strong && run(inner, Styles { strong: true, ..around }),
        Inline::Strike(inner) => !around.strike && run(inner, Styles { strike: true, ..around }),
        Inline::Link { to, title, text } => {
            !around.link
                && !matches!(before, Some(Inline::NoteRef(_)))
                && is_spaced(to)
                && is_spaced(title)
                && !edges_break(text)
                && inlines(text, Styles { link: true, ..around }, breaks)
        }
        Inline::Image { from, title, alt } => is_spaced(from) && is_spaced(title) && is_spaced(alt),
        Inline::NoteRef(_) => !around.link,
        Inline::SoftBreak => breaks && !before.is_some_and(is_break),
        Inline::HardBreak => breaks,
    }
}
