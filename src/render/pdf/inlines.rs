//! The document's inline elements → running text with looks, links and structure.

use std::collections::BTreeMap;

use crate::document::{Heading, Inline, plain_text};

use super::fonts::Face;
use super::lines::{Look, Running};
use super::notes::Notes;
use super::picture::{self, Gallery};
use super::style::Style;
use super::tags::{Node, Tree};
use crate::render::picture::Pictures;
use crate::theme::Color;

/// The longest address that a link leads to, and the most characters that are told of its text: each line of the link has both.
const LONGEST_ADDRESS: usize = 4096;
const MOST_WORDS: usize = 300;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Address(String),
    /// A heading, by its number in reading order.
    Heading(usize),
    /// A footnote, by its place among them.
    Note(usize),
    /// Where a footnote is first referred to.
    Reference(usize),
}

/// A link of the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub target: Target,
    /// What a reader who cannot see the link is told.
    pub words: String,
    pub node: Node,
}

/// The basic look of a text whose parts may be stressed.
#[derive(Clone, Copy, Debug)]
pub struct Base {
    /// Takes the place of the text faces, stressed or not.
    pub face: Option<Face>,
    pub size: f32,
    pub color: Color,
    pub bold: bool,
    pub italic: bool,
    pub node: Node,
    /// Whether links in it work; a text that is only a copy of another has none.
    pub linked: bool,
    /// The widest picture.
    pub room: f32,
}

impl Base {
    pub fn body(style: &Style, node: Node) -> Base {
        Base {
            face: None,
            size: style.body_size,
            color: style.colors.ink,
            bold: false,
            italic: false,
            node,
            linked: true,
            room: style.text_width,
        }
    }
}

/// Reads inline elements; it knows the headings that links may lead to and gathers the links.
pub struct Inlines<'a> {
    style: &'a Style,
    headings: BTreeMap<String, usize>,
    pub links: Vec<Link>,
    pub notes: Notes,
    pub gallery: Gallery<'a>,
}

#[derive(Clone, Copy)]
struct State {
    base: Base,
    code: bool,
    strike: bool,
    raised: bool,
    link: Option<usize>,
}

impl<'a> Inlines<'a> {
    /// Where an anchor is given twice, the first heading that has it counts.
    pub fn new(style: &'a Style, headings: &[Heading], notes: usize, pictures: &'a Pictures) -> Inlines<'a> {
        let numbered = headings.iter().enumerate().rev();
        let headings = numbered.map(|(number, heading)| (heading.id.clone(), number)).collect();
        Inlines {
            style,
            headings,
            links: Vec::new(),
            notes: Notes::new(notes),
            gallery: Gallery::new(pictures),
        }
    }

    pub fn read(&mut self, inlines: &[Inline], base: Base, tree: &mut Tree) -> Running {
        let mut out = Running::default();
        let state = State { base, code: false, strike: false, raised: false, link: None };
        self.push(inlines, state, tree, &mut out);
        out
    }

    fn push(&mut self, inlines: &[Inline], state: State, tree: &mut Tree, out: &mut Running) {
        for inline in inlines {
            let mut inner = state;
            match inline {
                Inline::Text(text) => out.push(text, &self.look(state)),
                Inline::NoteRef(note) => self.note(*note, state, tree, out),
                Inline::SoftBreak => out.push(" ", &self.look(state)),
                Inline::HardBreak => out.push_break(&self.look(state)),
                Inline::Emphasis(text) => {
                    inner.base.italic = !state.base.italic;
                    self.push(text, inner, tree, out);
                }
                Inline::Strong(text) => {
                    inner.base.bold = true;
                    self.push(text, inner, tree, out);
                }
                Inline::Strike(text) => {
                    inner.strike = true;
                    self.push(text, inner, tree, out);
                }
                Inline::Code(text) => {
                    inner.code = true;
                    if state.base.linked {
                        inner.base.node = tree.push("Code", state.base.node);
                    }
                    out.push(text, &self.look(inner));
                }
                Inline::Image { from, alt, .. } if self.picture(from, alt, state, tree, out) => {}
                Inline::Image { alt, .. } => {
                    inner.base.italic = true;
                    out.push(alt, &self.look(inner));
                }
                Inline::Link { to, title, text } => {
                    if let Some(target) = self.target(to)
                        && state.base.linked
                        && state.link.is_none()
                    {
                        let node = tree.push("Link", state.base.node);
                        let words: String = plain_text(text).chars().take(MOST_WORDS).collect();
                        let words = if title.is_empty() { words } else { format!("{words} ({title})") };
                        inner.link = Some(self.links.len());
                        inner.base.node = node;
                        self.links.push(Link { target, words, node });
                    }
                    self.push(text, inner, tree, out);
                }
            }
        }
    }

    /// Puts a picture among the words, if it can be shown.
    fn picture(&mut self, from: &str, alt: &str, state: State, tree: &mut Tree, out: &mut Running) -> bool {
        let Some(found) = self.gallery.find(from) else { return false };
        let (width, height) = picture::fitted(found, state.base.room, self.style.highest_in_text());
        let number = self.gallery.hang(found);
        let mut look = self.look(state);
        look.picture = Some((number, width, height));
        // What says nothing is decoration.
        look.node = (!alt.is_empty()).then(|| {
            let node = tree.push("Figure", state.base.node);
            tree.get_mut(node).alternative = Some(alt.to_owned());
            node
        });
        out.push_picture(&look);
        true
    }

    /// The number of a footnote, which leads to it.
    fn note(&mut self, note: usize, state: State, tree: &mut Tree, out: &mut Running) {
        let Some(first) = self.notes.references.get_mut(note) else { return };
        let mut state = State { raised: true, ..state };
        let number = (note + 1).to_string();
        if state.base.linked && state.link.is_none() {
            let reference = tree.push("Reference", state.base.node);
            let node = tree.push("Link", reference);
            first.get_or_insert(node);
            state.link = Some(self.links.len());
            state.base.node = node;
            self.links.push(Link { target: Target::Note(note), words: format!("Note {number}"), node });
        }
        out.push(&number, &self.look(state));
    }

    /// Only what can do no harm is a link: web and mail addresses, and headings that exist.
    fn target(&self, to: &str) -> Option<Target> {
        if let Some(id) = to.strip_prefix('#') {
            return self.headings.get(id).map(|heading| Target::Heading(*heading));
        }
        let (scheme, _) = to.split_once(':')?;
        let known = ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        (known && to.len() <= LONGEST_ADDRESS).then(|| Target::Address(ascii(to)))
    }

    fn look(&self, state: State) -> Look {
        let base = state.base;
        let (face, size) = if state.raised {
            (Face::text(base.bold, false), base.size * self.style.number_scale)
        } else if state.code {
            (Face::Mono, base.size * self.style.mono_scale)
        } else {
            (base.face.unwrap_or(Face::text(base.bold, base.italic)), base.size)
        };
        Look {
            face,
            size,
            color: if state.link.is_some() { self.style.colors.link } else { base.color },
            node: Some(base.node),
            link: state.link,
            strike: state.strike,
            tinted: state.code,
            picture: None,
            rise: if state.raised { base.size * self.style.number_rise } else { 0.0 },
        }
    }
}

/// The address with every character escaped that may not stand in one.
fn ascii(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_graphic()
            && !matches!(byte, b'<' | b'>' | b'"' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}')
        {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::picture::NO_PICTURES;
    use crate::theme::Theme;

    fn target(to: &str) -> Option<Target> {
        let headings = BTreeMap::from([("here".to_owned(), 3)]);
        let style = Style::of(&Theme::default(), crate::document::Page::Paper);
        Inlines {
            style: &style,
            headings,
            links: Vec::new(),
            notes: Notes::default(),
            gallery: Gallery::new(&NO_PICTURES),
        }
        .target(to)
    }

    #[test]
    fn only_harmless_addresses_are_links() {
        assert_eq!(target("#here"), Some(Target::Heading(3)));
        assert_eq!(target("#nowhere"), None);
        assert_eq!(
            target("HTTPS://a.example/ä b"),
            Some(Target::Address("HTTPS://a.example/%C3%A4%20b".into()))
        );
        assert_eq!(target("mailto:a@b.example"), Some(Target::Address("mailto:a@b.example".into())));
        for other in ["javascript:alert(1)", " https://a.example", "file:///etc/passwd", "page.html", ""] {
            assert_eq!(target(other), None, "{other}");
        }
    }
}
