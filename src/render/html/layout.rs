//! Columns, cards, boxes of a guide and the other ways to lay blocks out.

use super::blocks::push_all;
use super::escape::{attribute, text};
use super::setting::Setting;
use crate::document::{Layout, LayoutKind, direction};

pub(super) fn push(layout: &Layout, set: &Setting<'_>, out: &mut String) {
    match &layout.kind {
        LayoutKind::Columns(shares) => {
            let share = |share: &u8| format!("minmax(0, {share}fr)");
            let columns = if shares.is_empty() {
                even(layout.parts.len().min(usize::from(LayoutKind::WIDEST)))
            } else {
                shares.iter().map(share).collect::<Vec<_>>().join(" ")
            };
            out.push_str(&format!("<div class=\"columns\" style=\"--columns: {columns}\">\n"));
            parts(layout, "<div>\n", "</div>\n", set, out);
            out.push_str("</div>\n");
        }
        LayoutKind::Cards(count) => {
            let columns = even(usize::from(*count));
            out.push_str(&format!("<ul class=\"cards\" role=\"list\" style=\"--columns: {columns}\">\n"));
            parts(layout, "<li class=\"card\">\n", "</li>\n", set, out);
            out.push_str("</ul>\n");
        }
        LayoutKind::Keep => parts(layout, "<div class=\"keep\">\n", "</div>\n", set, out),
        LayoutKind::Language(tag) => {
            let open = format!("<div lang=\"{}\" dir=\"{}\">\n", attribute(tag), direction(tag));
            parts(layout, &open, "</div>\n", set, out);
        }
        LayoutKind::Cue { cue, note } => {
            let label = cue.label();
            let note = match note.as_str() {
                "" => String::new(),
                note => format!(" <span class=\"cue-note\">{}</span>", text(note)),
            };
            let open = format!(
                "<div class=\"cue {}\" role=\"note\">\n<p class=\"cue-label\"><b>{label}</b>{note}</p>\n",
                label.to_lowercase()
            );
            parts(layout, &open, "</div>\n", set, out);
        }
    }
}

fn even(columns: usize) -> String {
    format!("repeat({}, minmax(0, 1fr))", columns.max(1))
}

fn parts(layout: &Layout, open: &str, close: &str, set: &Setting<'_>, out: &mut String) {
    for part in &layout.parts {
        out.push_str(open);
        push_all(part, false, set, out);
        out.push_str(close);
    }
}
