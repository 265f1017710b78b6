//! Words with their meanings.

use super::blocks::push_all;
use super::inline;
use super::setting::Setting;
use crate::document::Definitions;

pub(super) fn push(list: &Definitions, set: &Setting<'_>, out: &mut String) {
    out.push_str("<dl>\n");
    for item in &list.items {
        out.push_str("<dt>");
        inline::push_all(&item.term, set, out);
        out.push_str("</dt>\n");
        for meaning in &item.meanings {
            out.push_str("<dd>");
            push_all(meaning, list.tight, set, out);
            out.truncate(out.trim_end_matches('\n').len());
            out.push_str("</dd>\n");
        }
    }
    out.push_str("</dl>\n");
}
