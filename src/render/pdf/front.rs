//! What stands before and around the text: cover, contents, header and footer.

use crate::document::{Heading, Meta};

use super::flow::{Builder, Place, baseline};
use super::fonts::Face;
use super::inlines::{Link, Target};
use super::lines::{self, Look, Running};
use super::pages::{Flow, Page, Spot};
use super::strip::{Ink, Mark, Strip, draw_line};
use super::style;
use super::tags::Tree;

/// The heading of the contents pages.
const CONTENTS: &str = "Contents";
/// The deepest rank of headings that the contents list.
const DEEPEST: usize = 3;
/// About as many lines as stand on one contents page.
const ONE_PAGE: usize = 36;
/// Room for a page number at the end of a line.
const NUMBER_WIDTH: f32 = 24.0;

/// The first page: title on a coloured field, below it whom and whose the paper is.
pub fn cover(builder: &mut Builder<'_>, meta: &Meta) -> Page {
    const FIELD: f32 = 470.0;
    const EDGE: f32 = 7.0;
    const SUBTITLE_GAP: f32 = 17.0;
    let mut page = Page::default();
    page.ground.push(Mark::rectangle(0.0, 0.0, style::PAGE_WIDTH, FIELD, style::ACCENT));
    page.ground.push(Mark::rectangle(0.0, FIELD, style::PAGE_WIDTH, EDGE, style::ACCENT_LIGHT));

    let title = sized(builder, Face::Bold, &meta.title, &[34.0, 30.0, 26.0, 22.0, 18.0, 14.0, 11.0], 250.0);
    let node = builder.tree.push("P", Tree::ROOT);
    let look = Look::plain(Face::Bold, title, style::ON_ACCENT, Some(node));
    let running = Running::of(&meta.title, look);
    let title_lines = lines::set_balanced(&running, &mut builder.shaper, style::TEXT_WIDTH);
    let title_leading = title * 1.22;
    let subtitle_lines = meta.subtitle.as_deref().filter(|text| !text.trim().is_empty()).map(|text| {
        let size = sized(builder, Face::Regular, text, &[14.0, 11.0, 9.0], 80.0);
        let node = builder.tree.push("P", Tree::ROOT);
        let running = Running::of(text, Look::plain(Face::Regular, size, style::ON_ACCENT_QUIET, Some(node)));
        let mut lines = lines::set_balanced(&running, &mut builder.shaper, style::TEXT_WIDTH);
        lines.truncate(12);
        (running, lines, size * 1.42)
    });
    let below = subtitle_lines
        .as_ref()
        .map_or(0.0, |(_, lines, leading)| lines.len() as f32 * leading + SUBTITLE_GAP);
    let fitting = ((FIELD - 110.0 - below) / title_leading).max(1.0) as usize;
    let title_lines = &title_lines[..title_lines.len().min(fitting)];
    let mut y = FIELD - 46.0 - below - (title_lines.len().saturating_sub(1)) as f32 * title_leading;
    page.ground.push(Mark::rectangle(style::LEFT, y - title - 18.0, 46.0, 3.0, style::ACCENT_LIGHT));
    for line in title_lines {
        draw_line(line, &running, style::LEFT, y, &mut page.marks, style::ACCENT);
        y += title_leading;
    }
    if let Some((running, lines, leading)) = &subtitle_lines {
        y += SUBTITLE_GAP - title_leading + leading;
        for line in lines {
            draw_line(line, running, style::LEFT, y, &mut page.marks, style::ACCENT);
            y += leading;
        }
    }

    let mut y = FIELD + EDGE + 62.0;
    let lines = [
        (&meta.subject, Face::Bold, [17.0, 13.0, 10.0], style::INK),
        (&meta.author, Face::Regular, [11.0, 10.0, 9.0], style::QUIET),
        (&meta.date, Face::Regular, [11.0, 10.0, 9.0], style::QUIET),
    ];
    for (text, face, sizes, color) in lines {
        let Some(text) = text.as_deref().filter(|text| !text.trim().is_empty()) else { continue };
        let size = sized(builder, face, text, &sizes, 60.0);
        let node = builder.tree.push("P", Tree::ROOT);
        let (running, lines) =
            builder.words(text, Look::plain(face, size, color, Some(node)), style::TEXT_WIDTH);
        let room = ((style::PAGE_HEIGHT - 40.0 - y) / (size * 1.4)).max(0.0) as usize;
        for line in lines.iter().take(room) {
            draw_line(line, &running, style::LEFT, y, &mut page.marks, style::CODE_GROUND);
            y += size * 1.4;
        }
        y += size * 0.55;
    }
    page
}

/// The largest of the sizes at which the text is no higher than `height`, else the last.
fn sized(builder: &mut Builder<'_>, face: Face, text: &str, sizes: &[f32], height: f32) -> f32 {
    let fits = |builder: &mut Builder<'_>, size: f32| {
        let look = Look::plain(face, size, style::INK, None);
        let longest = lines::extent(&Running::of(text, look.clone()), &mut builder.shaper).narrowest;
        let count = builder.words(text, look, style::TEXT_WIDTH).1.len() as f32;
        longest <= style::TEXT_WIDTH && count * size * 1.42 <= height
    };
    sizes.iter().copied().find(|size| fits(builder, *size)).or(sizes.last().copied()).unwrap_or(20.0)
}

/// The contents pages before the page numbers are known.
pub struct Contents {
    pub flow: Flow,
    entries: Vec<Entry>,
}

struct Entry {
    /// The strip of its last line, where the page number goes.
    strip: usize,
    heading: usize,
    look: Look,
    left: f32,
    right: f32,
    baseline: f32,
}

/// Lays out one line or more for each heading down to the third rank, or as far as one page holds. A
/// single heading that only repeats the paper's title is left out.
pub fn contents(builder: &mut Builder<'_>, headings: &[Heading], meta: &Meta) -> Option<Contents> {
    let repeats = |heading: &Heading| heading.level <= 1 && heading.text.trim() == meta.title.trim();
    let mut listed: Vec<(usize, &Heading)> =
        headings.iter().enumerate().filter(|(_, heading)| !repeats(heading)).collect();
    let top = listed.iter().map(|(_, heading)| heading.level).min()?;
    // Who looks for a place wants one page to look at.
    let shallow =
        |depth: usize| listed.iter().filter(|(_, heading)| usize::from(heading.level - top) < depth).count();
    let depth = (1..=DEEPEST).rev().find(|&depth| shallow(depth) <= ONE_PAGE).unwrap_or(1);
    listed.retain(|(_, heading)| usize::from(heading.level - top) < depth);

    let node = builder.tree.push("TOC", Tree::ROOT);
    let caption = builder.tree.push("Caption", node);
    let place = Place::column(caption);
    let look = style::heading(1);
    let running = Running::of(CONTENTS, Look::plain(Face::Bold, look.size, look.color, Some(caption)));
    builder.text(&running, place, look.size, look.leading);
    builder.after(14.0);

    let mut entries = Vec::new();
    for (index, heading) in listed {
        let depth = usize::from(heading.level - top);
        let item = builder.tree.push("TOCI", node);
        let link_node = builder.tree.push("Link", item);
        let link = builder.inlines.links.len();
        builder.inlines.links.push(Link {
            target: Target::Heading(index),
            words: heading.text.clone(),
            node: link_node,
        });
        let (size, leading, face, space) = match depth {
            0 => (10.4, 16.0, Face::Bold, 7.0),
            1 => (10.0, 15.0, Face::Regular, 1.0),
            _ => (9.2, 13.6, Face::Regular, 0.0),
        };
        let color = if depth > 1 { style::QUIET } else { style::INK };
        let look = Look::plain(face, size, color, Some(link_node));
        let left = style::LEFT + 16.0 * depth as f32;
        let right = style::LEFT + style::TEXT_WIDTH;
        let (running, lines) = builder.words(&heading.text, look.clone(), right - left - NUMBER_WIDTH - 14.0);
        let baseline = baseline(leading, size);
        builder.before(space);
        let count = lines.len();
        for (number, line) in lines.iter().enumerate() {
            let mut marks = Vec::new();
            draw_line(line, &running, left, baseline, &mut marks, style::CODE_GROUND);
            let ink = Ink::Area { width: right - left, height: leading, link };
            marks.push(Mark { x: left, y: 0.0, node: Some(link_node), ink });
            builder.push(Strip { height: leading, keep: number > 0, baseline, marks, ..Strip::default() });
            if number + 1 == count {
                let strip = builder.flow.strips.len() - 1;
                let left = left + line.width;
                let look = look.clone();
                entries.push(Entry { strip, heading: index, look, left, right, baseline });
            }
        }
    }
    let flow = builder.take();
    Some(Contents { flow, entries })
}

impl Contents {
    /// Writes the page numbers, and dots that lead the eye to them.
    pub fn number(&mut self, builder: &mut Builder<'_>, spots: &[Option<Spot>]) {
        for entry in &self.entries {
            let Some(spot) = spots.get(entry.heading).copied().flatten() else { continue };
            let (running, lines) = builder.words(&(spot.page + 1).to_string(), entry.look.clone(), f32::MAX);
            let Some((line, strip)) = lines.first().zip(self.flow.strips.get_mut(entry.strip)) else {
                continue;
            };
            let at = entry.right - line.width;
            let dot = Look::plain(Face::Regular, 8.5, style::QUIET, None);
            let word = builder.shaper.word(Face::Regular, false, ".");
            let step = 4.2;
            // All dots of the page stand below each other.
            let first = ((entry.left + 5.0 - style::LEFT) / step).ceil() as usize;
            let last =
                ((at.min(entry.right - NUMBER_WIDTH + 9.0) - 5.0 - style::LEFT) / step).floor() as usize;
            for index in first..last {
                strip.marks.push(Mark {
                    x: style::LEFT + index as f32 * step,
                    y: entry.baseline,
                    node: None,
                    ink: Ink::Word { word: std::rc::Rc::clone(&word), size: dot.size, color: dot.color },
                });
            }
            draw_line(line, &running, at, entry.baseline, &mut strip.marks, style::CODE_GROUND);
        }
    }
}

/// Title and subject above and page number below, on every page but the cover.
pub fn run_lines(builder: &mut Builder<'_>, pages: &mut [Page], meta: &Meta) {
    let total = pages.len();
    let right = style::LEFT + style::TEXT_WIDTH;
    let look = || Look::plain(Face::Regular, style::SMALL_SIZE, style::QUIET, None);
    let running_head = match &meta.subject {
        Some(subject) => format!("{} · {subject}", meta.title),
        None => meta.title.clone(),
    };
    let (title, title_line) = lines::clipped(&running_head, look(), &mut builder.shaper, style::TEXT_WIDTH);
    let foot = meta.footer.as_deref().filter(|footer| !footer.trim().is_empty()).map(|footer| {
        let (running, mut lines) = builder.words(footer, look(), style::TEXT_WIDTH - 90.0);
        lines.truncate(2);
        (running, lines)
    });
    for (index, page) in pages.iter_mut().enumerate().skip(usize::from(meta.cover)) {
        let rule = |y: f32| Mark::line(style::LEFT, y, style::TEXT_WIDTH, 0.0, style::HAIRLINE, 0.6);
        page.ground.push(rule(style::HEADER_BASELINE + 8.0));
        page.ground.push(rule(style::FOOTER_BASELINE - 14.0));
        draw_line(
            &title_line,
            &title,
            style::LEFT,
            style::HEADER_BASELINE,
            &mut page.header,
            style::CODE_GROUND,
        );
        if let Some((running, lines)) = &foot {
            for (number, line) in lines.iter().enumerate() {
                let y = style::FOOTER_BASELINE + number as f32 * style::FOOTER_LEADING;
                draw_line(line, running, style::LEFT, y, &mut page.footer, style::CODE_GROUND);
            }
        }
        let (running, lines) = builder.words(&format!("Page {} of {total}", index + 1), look(), f32::MAX);
        for line in &lines {
            let x = right - line.width;
            draw_line(line, &running, x, style::FOOTER_BASELINE, &mut page.footer, style::CODE_GROUND);
        }
    }
}
