//! Running text as HTML.

use super::escape::{attribute, text};
use super::notes;
use super::picture;
use super::setting::Setting;
use crate::document::{Inline, plain_text};

pub(super) fn write(inlines: &[Inline], set: &Setting<'_>) -> String {
    let mut out = String::new();
    inlines.iter().for_each(|inline| push(inline, set, &mut out));
    out
}

fn push(inline: &Inline, set: &Setting<'_>, out: &mut String) {
    match inline {
        Inline::Text(words) => out.push_str(&text(words)),
        Inline::Code(words) => out.push_str(&format!("<code>{}</code>", text(words))),
        Inline::Emphasis(inner) => element("em", inner, set, out),
        Inline::Strong(inner) => element("strong", inner, set, out),
        Inline::Strike(inner) => element("s", inner, set, out),
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
                words.iter().for_each(|inline| push(inline, set, out));
                out.push_str("</a>");
            }
            None => words.iter().for_each(|inline| push(inline, set, out)),
        },
        Inline::Image { from, title, alt } => picture::push(from, title, alt, set, out),
        Inline::NoteRef(note) => notes::push_reference(*note, set, out),
        Inline::SoftBreak => out.push('\n'),
        Inline::HardBreak => out.push_str("<br>\n"),
    }
}

fn element(name: &str, inner: &[Inline], set: &Setting<'_>, out: &mut String) {
    out.push_str(&format!("<{name}>"));
    inner.iter().for_each(|inline| push(inline, set, out));
    out.push_str(&format!("</{name}>"));
}
