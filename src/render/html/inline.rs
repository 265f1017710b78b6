//! Running text as HTML.

use super::escape::{attribute, push_text};
use super::notes;
use super::picture;
use super::setting::Setting;
use crate::document::{Inline, plain_text};

/// Adds running text.
pub(super) fn push_all(inlines: &[Inline], set: &Setting<'_>, out: &mut String) {
    inlines.iter().for_each(|inline| push(inline, set, out));
}

fn push(inline: &Inline, set: &Setting<'_>, out: &mut String) {
    match inline {
        Inline::Text(words) => push_text(words, out),
        Inline::Code(words) => {
            out.push_str("<code>");
            push_text(words, out);
            out.push_str("</code>");
        }
        Inline::Emphasis(inner) => element("<em>", inner, "</em>", set, out),
        Inline::Strong(inner) => element("<strong>", inner, "</strong>", set, out),
        Inline::Strike(inner) => element("<s>", inner, "</s>", set, out),
        Inline::Link { to: address, title, text: words } => match set.address(address) {
            Some(to) => {
                // Print shows the address behind a link, unless the link's text already is the address.
                let class = if plain_text(words) == *address { " class=\"address\"" } else { "" };
                out.push_str(&format!("<a{class} href=\"{to}\""));
                if !title.is_empty() {
                    out.push_str(&format!(" title=\"{}\"", attribute(title)));
                }
                out.push('>');
                if words.is_empty() {
                    out.push_str(&to);
                }
                push_all(words, set, out);
                out.push_str("</a>");
            }
            None => push_all(words, set, out),
        },
        Inline::Image { from, title, alt } => picture::push(from, title, alt, set, out),
        Inline::NoteRef(note) => notes::push_reference(*note, set, out),
        Inline::SoftBreak => out.push('\n'),
        Inline::HardBreak => out.push_str("<br>\n"),
    }
}

fn element(open: &str, inner: &[Inline], close: &str, set: &Setting<'_>, out: &mut String) {
    out.push_str(open);
    push_all(inner, set, out);
    out.push_str(close);
}
