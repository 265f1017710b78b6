//! What is told of a document as a whole that was probably meant otherwise.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Problem;
use crate::document::{Document, headings};

/// Links of the document to places in itself, each with the bytes where it stands.
pub(super) type Links = Vec<(String, Range<usize>)>;

/// Links to headings that are not there.
pub(super) fn links(links: &Links, document: &Document) -> Vec<Problem> {
    if links.is_empty() {
        return Vec::new();
    }
    let all = headings(document);
    let ids: BTreeSet<&str> = all.iter().map(|heading| heading.id.as_str()).collect();
    // What is percent-encoded is another spelling; `#top` leads to the top of a page by itself.
    let leads = |id: &str| id.is_empty() || id == "top" || id.contains('%') || ids.contains(id);
    let missing = links.iter().filter(|(id, _)| !leads(id));
    missing
        .map(|(id, at)| Problem {
            at: at.clone(),
            message: format!("no heading is called `#{id}`, and the link leads nowhere"),
            help: Some(help(id, &ids)),
        })
        .collect()
}

fn help(id: &str, ids: &BTreeSet<&str>) -> String {
    let known: Vec<&str> = ids.iter().copied().collect();
    match super::front::nearest(id, &known) {
        Some(near) => format!("did you mean `#{near}`?"),
        None => format!("name one with `{{#{id}}}` behind the words of a heading"),
    }
}

/// A document that holds nothing and says not even its title.
pub(super) fn nothing(document: &Document, has_title: bool) -> Option<Problem> {
    let says_nothing = document.blocks.is_empty() && !has_title;
    says_nothing.then(|| Problem {
        at: 0..0,
        message: format!("there is nothing here, and the page is called `{}`", document.meta.title),
        help: Some("begin with a heading, such as `# What to do on Monday`".to_owned()),
    })
}
