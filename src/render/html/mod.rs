//! Document → one HTML file that needs nothing else: no request, no script, charts as drawings in it.

mod blocks;
mod chart;
mod deck;
mod definitions;
mod dress;
mod escape;
mod facts;
mod form;
mod inline;
mod layout;
mod mail;
mod notes;
mod page;
mod picture;
mod regions;
mod setting;

use crate::document::{Block, Document, Inline, Page, direction, plain_text};

use super::Look;
use crate::theme::Theme;
pub use escape::attribute;
use escape::{push_attribute, push_text, text};
pub(super) use mail::write as mail;
pub use page::PageError;
use setting::Setting;

/// The document as a page in the given frame and style.
///
/// # Errors
/// [`PageError`] where the frame names a place that is not known, or has none for the body.
pub fn write(document: &Document, look: &Look<'_>) -> Result<String, PageError> {
    if document.meta.page == Page::Slides {
        return deck::write(document, look);
    }
    let (head, blocks) = Head::take(document);
    // What refers to notes is written once and in order, whatever the frame does with it.
    let set = Setting::new(document, look.pictures);
    let above = head.write(document, look.theme, &set);
    let body = regions::numbered(&(blocks::write(blocks, &set) + &notes::write(document, &set)));
    page::fill(look.page, |place| {
        Some(match place {
            "title" => text(&document.meta.title),
            "language" => attribute(&document.meta.language),
            "direction" => direction(&document.meta.language).into(),
            "style" => look.dressed(Page::Paper, || {
                style(&format!("{}\n{}", look.style.trim_end(), dress::style(look.theme)))
            }),
            "cover" => above.as_str().into(),
            "contents" if document.meta.contents => contents(&set, &head).into(),
            "contents" => "".into(),
            "body" => body.as_str().into(),
            "footer" => footer(document, look.theme).into(),
            _ => return None,
        })
    })
}

/// The style sheet as the content of a `style` element, which its own text must not end.
fn style(style: &str) -> String {
    style.trim_end().replace("</", "<\\/")
}

/// What stands above the text: the title once, as a heading, and the properties that a reader cares for.
struct Head<'a> {
    /// The document's own first heading where it serves as the title.
    heading: Option<(&'a str, &'a [Inline])>,
}

impl<'a> Head<'a> {
    /// Takes the heading that begins the document out of its blocks, unless a cover has another title.
    fn take(document: &'a Document) -> (Self, &'a [Block]) {
        match document.blocks.split_first() {
            Some((Block::Heading { level: 1, id, text }, rest))
                if !document.meta.cover || plain_text(text).trim() == document.meta.title =>
            {
                (Head { heading: Some((id, text)) }, rest)
            }
            _ => (Head { heading: None }, &document.blocks),
        }
    }

    fn write(&self, document: &Document, theme: &Theme, set: &Setting<'_>) -> String {
        let meta = &document.meta;
        let mut inside = facts::brand(set.pictures, theme);
        match self.heading {
            Some((id, text)) => {
                inside.push_str(&format!("<h1 id=\"{}\">", attribute(id)));
                inline::push_all(text, set, &mut inside);
                inside.push_str("</h1>\n");
            }
            None if meta.cover && set.headings.iter().all(|heading| heading.level > 1) => {
                inside.push_str(&format!("<h1>{}</h1>\n", text(&meta.title)));
            }
            // A mail has no heading of its own: what stands above it is its subject.
            None if meta.page == Page::Mail => {
                inside.push_str(&format!("<h1>{}</h1>\n", text(&meta.title)));
            }
            None if meta.cover => {
                inside.push_str(&format!("<p class=\"cover-title\">{}</p>\n", text(&meta.title)));
            }
            None => {}
        }
        inside.push_str(&facts::properties(meta));
        if inside.is_empty() {
            return inside;
        }
        let class = if meta.cover { "head cover" } else { "head" };
        format!("<header class=\"{class}\">\n<div class=\"measure\">\n{inside}</div>\n</header>")
    }
}

/// The headings of the document's own flow as links, each level within the one above; the deepest levels are left out.
fn contents(set: &Setting<'_>, head: &Head<'_>) -> String {
    const DEEPEST: u8 = 3;
    let shown = |heading: &&crate::document::Heading| {
        !heading.aside && heading.level <= DEEPEST && head.heading.is_none_or(|(id, _)| id != heading.id)
    };
    let mut out = String::new();
    let mut open: Vec<u8> = Vec::new();
    for heading in set.headings.iter().filter(shown) {
        while open.len() > 1 && open.last().is_some_and(|level| *level > heading.level) {
            out.push_str("</li>\n</ol>\n");
            open.pop();
        }
        if open.last().is_some_and(|level| *level >= heading.level) {
            out.push_str("</li>\n");
        } else {
            out.push_str("<ol>\n");
            open.push(heading.level);
        }
        let words = if heading.text.trim().is_empty() { &heading.id } else { &heading.text };
        out.push_str("<li><a href=\"#");
        push_attribute(&heading.id, &mut out);
        out.push_str("\">");
        push_text(words, &mut out);
        out.push_str("</a>");
    }
    open.iter().for_each(|_| out.push_str("</li>\n</ol>\n"));
    if out.is_empty() {
        return out;
    }
    format!(
        "<nav class=\"contents measure\" aria-label=\"Contents\">\n<p class=\"contents-title\">Contents</p>\n{out}</nav>"
    )
}

fn footer(document: &Document, theme: &Theme) -> String {
    match theme.foot(document.meta.footer.as_deref()) {
        Some(footer) => format!("<footer class=\"foot measure\">\n<p>{}</p>\n</footer>", text(&footer)),
        None => String::new(),
    }
}
