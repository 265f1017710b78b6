//! What stands before and around the text: contents, header and footer.

use crate::document::{Heading, Meta};
use crate::render::picture::LOGO;
use crate::theme::Theme;

use super::flow::{Builder, Place, baseline};
use super::fonts::Face;
use super::inlines::{Link, Target};
use super::lines::{self, Look, Running};
use super::pages::{Flow, Page, Spot};
use super::picture;
use super::strip::{Ink, Mark, Strip, draw_line};
use super::tags::Tree;

/// The heading of the contents pages.
const CONTENTS: &str = "Contents";
/// The deepest rank of headings that the contents list.
const DEEPEST: usize = 3;
/// About as many lines as stand on one contents page.
const ONE_PAGE: usize = 36;
/// How large the logo may be at the head of a page.
const LOGO_MOST: (f32, f32) = (90.0, 18.0);
/// How far from the upper edge it stays.
const LEAST_TOP: f32 = 10.0;
/// Room for a page number at the end of a line.
const NUMBER_WIDTH: f32 = 24.0;

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

/// Lays out one line or more for each heading of the document's own flow down to the third rank, or as far as one page holds. A
/// single heading that only repeats the paper's title is left out.
pub fn contents(builder: &mut Builder<'_>, headings: &[Heading], meta: &Meta) -> Option<Contents> {
    let repeats = |heading: &Heading| heading.level <= 1 && heading.text.trim() == meta.title.trim();
    let mut listed: Vec<(usize, &Heading)> =
        headings.iter().enumerate().filter(|(_, heading)| !heading.aside && !repeats(heading)).collect();
    let top = listed.iter().map(|(_, heading)| heading.level).min()?;
    // Who looks for a place wants one page to look at.
    let shallow =
        |depth: usize| listed.iter().filter(|(_, heading)| usize::from(heading.level - top) < depth).count();
    let depth = (1..=DEEPEST).rev().find(|&depth| shallow(depth) <= ONE_PAGE).unwrap_or(1);
    listed.retain(|(_, heading)| usize::from(heading.level - top) < depth);

    let node = builder.tree.push("TOC", Tree::ROOT);
    let caption = builder.tree.push("Caption", node);
    let place = Place::column(builder.style, caption);
    let look = builder.style.heading(1);
    let running = Running::of(CONTENTS, Look::plain(look.face, look.size, look.color, Some(caption)));
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
        let color = if depth > 1 { builder.style.colors.quiet } else { builder.style.colors.ink };
        let look = Look::plain(face, size, color, Some(link_node));
        let left = builder.style.left + 16.0 * depth as f32;
        let right = builder.style.left + builder.style.text_width;
        let (running, lines) = builder.words(&heading.text, look.clone(), right - left - NUMBER_WIDTH - 14.0);
        let baseline = baseline(leading, size);
        builder.before(space);
        let count = lines.len();
        for (number, line) in lines.iter().enumerate() {
            let mut marks = Vec::new();
            draw_line(line, &running, left, baseline, &mut marks, builder.style.colors.code_ground);
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
            let dot = Look::plain(Face::Regular, 8.5, builder.style.colors.quiet, None);
            let word = builder.shaper.word(Face::Regular, false, ".");
            let step = 4.2;
            // All dots of the page stand below each other.
            let first = ((entry.left + 5.0 - builder.style.left) / step).ceil() as usize;
            let last = ((at.min(entry.right - NUMBER_WIDTH + 9.0) - 5.0 - builder.style.left) / step).floor()
                as usize;
            for index in first..last {
                strip.marks.push(Mark {
                    x: builder.style.left + index as f32 * step,
                    y: entry.baseline,
                    node: None,
                    ink: Ink::Word { word: std::sync::Arc::clone(&word), size: dot.size, color: dot.color },
                });
            }
            draw_line(line, &running, at, entry.baseline, &mut strip.marks, builder.style.colors.code_ground);
        }
    }
}

/// Title and subject above and page number below, on every page but the cover.
pub fn run_lines(builder: &mut Builder<'_>, pages: &mut [Page], meta: &Meta, theme: &Theme) {
    let style = builder.style;
    let total = pages.len();
    let right = style.left + style.text_width;
    let look = || Look::plain(Face::Regular, style.small_size, style.colors.quiet, None);
    let running_head = match &meta.subject {
        Some(subject) => format!("{} · {subject}", meta.title),
        None => meta.title.clone(),
    };
    let number = |page: usize| match style.slide {
        true => format!("{page} / {total}"),
        false => format!("Page {page} of {total}"),
    };
    let foot = theme.foot(meta.footer.as_deref()).map(|footer| {
        let (running, mut lines) = builder.words(&footer, look(), style.text_width - 90.0);
        lines.truncate(2);
        (running, lines)
    });
    let logo = builder.inlines.gallery.find(LOGO).map(|logo| {
        let size = picture::fitted(logo, LOGO_MOST.0, LOGO_MOST.1);
        let number = builder.inlines.gallery.hang(logo);
        // A slide's head lies so high that the logo would touch the edge.
        let top = (style.header_baseline + 3.0 - size.1).max(LEAST_TOP);
        picture::mark(number, right - size.0, top, size, None)
    });
    // The title ends before the logo, where there is one.
    let room = logo.as_ref().map_or(style.text_width, |logo| logo.x - style.left - 10.0);
    let (title, title_line) = lines::clipped(&running_head, look(), &mut builder.shaper, room);
    for (index, page) in pages.iter_mut().enumerate().skip(usize::from(meta.cover)) {
        let rule = |y: f32| Mark::line(style.left, y, style.text_width, 0.0, style.colors.hairline, 0.6);
        page.header.extend(logo.clone());
        if !style.slide {
            page.ground.push(rule(style.header_baseline + 8.0));
            page.ground.push(rule(style.footer_baseline - 14.0));
            draw_line(
                &title_line,
                &title,
                style.left,
                style.header_baseline,
                &mut page.header,
                style.colors.code_ground,
            );
        }
        if let Some((running, lines)) = &foot {
            for (number, line) in lines.iter().enumerate() {
                let y = style.footer_baseline + number as f32 * style.footer_leading;
                draw_line(line, running, style.left, y, &mut page.footer, style.colors.code_ground);
            }
        }
        let (running, lines) = builder.words(&number(index + 1), look(), f32::MAX);
        for line in &lines {
            let x = right - line.width;
            draw_line(line, &running, x, style.footer_baseline, &mut page.footer, style.colors.code_ground);
        }
    }
}
