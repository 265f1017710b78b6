//! Slides on paper: each begins a page, is set by what it holds, and what is short stands in the middle.

use crate::document::{Setting, Slide};

use super::flow::{Builder, Place, Side};
use super::pages::{Page, Spot};
use super::style::Style;
use super::tags::Tree;

/// A slide that needs more than one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overfull {
    /// The words of its heading; empty where it has none.
    pub title: String,
    /// Which slide it is, the cover counted, from 1.
    pub number: usize,
    /// How many pages it takes; where it is 1, something on it is larger than the page.
    pub pages: usize,
}

impl Overfull {
    /// What to do about it.
    pub const HELP: &'static str =
        "make two slides of it with one more heading, or move words into its notes (`> [!SAY]`)";

    /// What is to be told of it.
    pub fn message(&self) -> String {
        let slide = match self.title.as_str() {
            "" => format!("slide {}", self.number),
            title => format!("the slide `{title}`"),
        };
        match self.pages {
            1 => format!("{slide} holds too much: something on it is larger than the slide"),
            pages => format!("{slide} holds too much: it goes on for {pages} pages of the PDF"),
        }
    }
}

/// The style of each slide.
pub fn styles(style: &Style, slides: &[Slide]) -> Vec<Style> {
    slides.iter().map(|slide| style.of_slide(slide)).collect()
}

/// Slides without anything to be seen have no page.
pub fn seen(slides: Vec<Slide>) -> Vec<Slide> {
    slides.into_iter().filter(|slide| !slide.face.is_empty()).collect()
}

pub fn lay_out<'a>(builder: &mut Builder<'a>, slides: &[Slide], styles: &'a [Style]) {
    let plain = builder.style;
    for (slide, style) in slides.iter().zip(styles) {
        builder.style = style;
        builder.turn();
        let side = if is_central(slide.setting()) { Side::Center } else { Side::Start };
        let place = Place { side, ..Place::column(builder.style, Tree::ROOT) };
        builder.blocks(&slide.face, place);
    }
    builder.style = plain;
    // The notes to the slides are a slide of their own.
    builder.turn();
}

fn is_central(setting: Setting) -> bool {
    matches!(setting, Setting::Statement | Setting::Divider)
}

/// Moves what is short to the middle of its page.
pub fn centre(pages: &mut [Page], spots: &mut [Option<Spot>], slides: &[Slide], style: &Style) {
    let begun: Vec<usize> = (0..pages.len()).filter(|page| !pages[*page].goes_on).collect();
    for (slide, at) in slides.iter().zip(begun) {
        let alone = pages.get(at + 1).is_none_or(|next| !next.goes_on);
        if !alone || !is_central(slide.setting()) {
            continue;
        }
        let page = &mut pages[at];
        let room = ((style.bottom - page.used) / 2.0).max(0.0);
        page.ground.iter_mut().chain(&mut page.marks).for_each(|mark| mark.y += room);
        spots.iter_mut().flatten().filter(|spot| spot.page == at).for_each(|spot| spot.y += room);
    }
}

/// The slides that go on on further pages, or hold something larger than the page. `before` pages stand before the first one.
pub fn overfull(pages: &[Page], slides: &[Slide], style: &Style, before: usize) -> Vec<Overfull> {
    let mut out = Vec::new();
    let mut rest = pages;
    for (index, slide) in slides.iter().enumerate() {
        let Some((first, others)) = rest.split_first() else { break };
        let more = others.iter().take_while(|page| page.goes_on).count();
        let (further, next) = others.split_at(more);
        rest = next;
        let sticks_out = |page: &Page| page.used > style.bottom + 0.01;
        if more > 0 || std::iter::once(first).chain(further).any(sticks_out) {
            out.push(Overfull { title: slide.title.clone(), number: index + 1 + before, pages: more + 1 });
        }
    }
    out
}
