//! Blocks as HTML elements.

use std::fmt::Write as _;

use super::escape::{attribute, text};
use super::setting::Setting;
use super::{chart, definitions, form, inline, layout, picture};
use crate::document::{Align, Block, CalloutKind, Inline, List, ListItem, Table, plain_text};

pub(super) fn write(blocks: &[Block], set: &Setting<'_>) -> String {
    let mut out = String::new();
    push_all(blocks, false, set, &mut out);
    out.truncate(out.trim_end().len());
    out
}

/// `tight`: paragraphs are the words of a list item that has no space around them.
pub(super) fn push_all(blocks: &[Block], tight: bool, set: &Setting<'_>, out: &mut String) {
    for block in blocks {
        push(block, tight, set, out);
    }
}

fn push(block: &Block, tight: bool, set: &Setting<'_>, out: &mut String) {
    match block {
        Block::Heading { level, id, text } => {
            let level = set.rank(id).unwrap_or(*level).clamp(1, 6);
            let _ = write!(out, "<h{level} id=\"{}\">", attribute(id));
            inline::push_all(text, set, out);
            let _ = writeln!(out, "</h{level}>");
        }
        Block::Paragraph(text) if tight => {
            inline::push_all(text, set, out);
            out.push('\n');
        }
        Block::Paragraph(text) => match picture::figure(text, set) {
            Some(figure) => out.push_str(&figure),
            None => {
                out.push_str("<p>");
                inline::push_all(text, set, out);
                out.push_str("</p>\n");
            }
        },
        Block::List(list) => push_list(list, set, out),
        Block::Definitions(list) => definitions::push(list, set, out),
        Block::Quote(blocks) => {
            out.push_str("<blockquote>\n");
            push_all(blocks, false, set, out);
            out.push_str("</blockquote>\n");
        }
        Block::Callout { kind, blocks } => push_callout(*kind, blocks, set, out),
        Block::Code { text: code, .. } => {
            out.push_str(&format!("<pre tabindex=\"0\"><code>{}</code></pre>\n", text(code)));
        }
        Block::Chart(chart) => out.push_str(&chart::write(chart)),
        Block::Table(table) => push_table(table, set, out),
        Block::Layout(laid_out) => layout::push(laid_out, set, out),
        Block::Form(to_fill) => form::push(to_fill, out),
        Block::PageBreak => out.push_str("<div class=\"page-break\"></div>\n"),
        Block::Rule => out.push_str("<hr>\n"),
    }
}

fn push_list(list: &List, set: &Setting<'_>, out: &mut String) {
    let tasks = list.items.iter().all(|item| item.task.is_some());
    let class = if tasks { " class=\"tasks\"" } else { "" };
    let name = if list.start.is_some() { "ol" } else { "ul" };
    let start = match list.start {
        None | Some(1) => String::new(),
        Some(start) => format!(" start=\"{start}\""),
    };
    out.push_str(&format!("<{name}{class}{start}>\n"));
    list.items.iter().for_each(|item| push_item(item, list.tight, set, out));
    out.push_str(&format!("</{name}>\n"));
}

fn push_item(item: &ListItem, tight: bool, set: &Setting<'_>, out: &mut String) {
    let Some(done) = item.task else {
        out.push_str("<li>");
        push_all(&item.blocks, tight, set, out);
        out.truncate(out.trim_end_matches('\n').len());
        out.push_str("</li>\n");
        return;
    };
    let (state, checked) = if done { ("Done", " checked") } else { ("To do", "") };
    for part in [
        "<li class=\"task\"><input type=\"checkbox\" disabled",
        checked,
        " aria-label=\"",
        state,
        "\"> <div>",
    ] {
        out.push_str(part);
    }
    push_all(&item.blocks, tight, set, out);
    out.truncate(out.trim_end_matches('\n').len());
    out.push_str("</div></li>\n");
}

fn push_callout(kind: CalloutKind, blocks: &[Block], set: &Setting<'_>, out: &mut String) {
    let label = kind.label();
    out.push_str(&format!(
        "<div class=\"callout {}\" role=\"note\">\n<p class=\"callout-label\">{label}</p>\n",
        label.to_lowercase()
    ));
    push_all(blocks, false, set, out);
    out.push_str("</div>\n");
}

fn push_table(table: &Table, set: &Setting<'_>, out: &mut String) {
    let name: Vec<String> = table.head.iter().map(|cell| plain_text(cell)).collect();
    open_table(&name.join(", "), out);
    push_row(&table.align, &table.head, "th", set, out);
    out.push_str("</thead>\n<tbody>\n");
    table.rows.iter().for_each(|row| push_row(&table.align, row, "td", set, out));
    close_table(out);
}

fn push_row(align: &[Align], cells: &[Vec<Inline>], element: &str, set: &Setting<'_>, out: &mut String) {
    out.push_str("<tr>");
    for (cell, align) in cells.iter().zip(align) {
        // A head that says nothing is no head.
        let element = if cell.is_empty() { "td" } else { element };
        let scope = if element == "th" { " scope=\"col\"" } else { "" };
        let side = match align {
            Align::None => "",
            Align::Left => "left",
            Align::Center => "center",
            Align::Right => "right",
        };
        let hold = if element == "td" { holds(cell) } else { "" };
        let between = if side.is_empty() || hold.is_empty() { "" } else { " " };
        for part in ["<", element, scope] {
            out.push_str(part);
        }
        if !(side.is_empty() && hold.is_empty()) {
            for part in [" class=\"", side, between, hold, "\""] {
                out.push_str(part);
            }
        }
        out.push('>');
        inline::push_all(cell, set, out);
        for part in ["</", element, ">"] {
            out.push_str(part);
        }
    }
    out.push_str("</tr>\n");
}

/// From so many characters on, a word is long, and so is a text.
const LONG: usize = 24;

/// By which the style sheet knows a cell that may be broken inside its words, or should not become narrow.
fn holds(cell: &[Inline]) -> &'static str {
    let text = plain_text(cell);
    let long = |text: &str| text.chars().count() > LONG;
    match text.split_whitespace().any(long) {
        true => "long",
        false if long(&text) => "text",
        false => "",
    }
}

/// Begins a table, up to its head row, in a frame that scrolls by itself where the page is narrow and that
/// the keyboard reaches.
pub(super) fn open_table(name: &str, out: &mut String) {
    let name = attribute(name.trim_matches([' ', ',']));
    let label = if name.is_empty() { "Table".to_owned() } else { format!("Table: {name}") };
    out.push_str(&format!(
        "<div class=\"scroll\" role=\"region\" aria-label=\"{label}\" tabindex=\"0\">\n<table>\n<thead>\n"
    ));
}

pub(super) fn close_table(out: &mut String) {
    out.push_str("</tbody>\n</table>\n</div>\n");
}
