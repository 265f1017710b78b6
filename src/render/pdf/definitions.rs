//! Words with their meanings: a list whose labels stand above what they mean.

use crate::document::Definitions;

use super::flow::{Builder, Place};
use super::inlines::Base;

pub fn lay_out(builder: &mut Builder<'_>, list: &Definitions, place: Place) {
    let style = builder.style;
    let node = builder.tree.push("L", place.node);
    builder.tree.get_mut(node).numbering = Some("None");
    let gap = if list.tight { style.tight_gap } else { style.paragraph_gap };
    let indented = place.indented(style.list_indent, 0.0).unwrap_or(place);
    builder.before(gap);
    for item in &list.items {
        let entry = builder.tree.push("LI", node);
        let label = builder.tree.push("Lbl", entry);
        let body = builder.tree.push("LBody", entry);
        let (size, leading) = place.type_size(style);
        let base = Base { size, color: place.color, bold: true, ..Base::body(style, label) };
        let running = builder.inlines.read(&item.term, base, &mut builder.tree);
        if !running.text().trim().is_empty() {
            builder.text(&running, place, size, leading);
            builder.after(style.tight_gap * 0.4);
            builder.keep_next();
        }
        for meaning in &item.meanings {
            builder.blocks(meaning, Place { node: body, tight: list.tight, ..indented });
            builder.after(gap);
        }
        builder.after(style.paragraph_gap);
    }
    builder.after(place.gap(style).max(style.paragraph_gap));
}
