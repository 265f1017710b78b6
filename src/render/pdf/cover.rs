//! The first page: the title large, below it whom and whose the paper is.

use crate::document::Meta;
use crate::render::picture::LOGO;
use crate::theme::{Color, Cover, Theme};

use super::flow::Builder;
use super::fonts::Face;
use super::lines::{self, Line, Look, Running};
use super::pages::Page;
use super::picture;
use super::strip::{Mark, draw_line};
use super::style::Style;
use super::tags::Tree;

/// Between the title's last line and the subtitle's first, beyond their leadings.
const SUBTITLE_GAP: f32 = 17.0;

/// Where the logo stands, how large it may be, and how far the white ground reaches around it.
const LOGO_TOP: f32 = 58.0;
const LOGO_MOST: (f32, f32) = (190.0, 48.0);
const PLATE: f32 = 10.0;

/// Where the brand's name stands, where there is no logo.
const NAME_BASELINE: f32 = 74.0;

/// Where things stand on a kind of cover, from the upper edge, and in which colours.
struct Plan {
    /// Colour, left, upper, width and height.
    fields: Vec<(Color, [f32; 4])>,
    /// What the title stands on.
    ground: Color,
    /// The lowest line of title and subtitle.
    title_foot: f32,
    /// The sizes to try for the title, largest first.
    title_sizes: [f32; 7],
    title: Color,
    subtitle: Color,
    /// The short bar above the title.
    bar: (Color, f32, f32),
    /// The first line of the facts.
    facts: f32,
    fact: Color,
    quiet_fact: Color,
}

fn plan(style: &Style) -> Plan {
    const SIZES: [f32; 7] = [34.0, 30.0, 26.0, 22.0, 18.0, 14.0, 11.0];
    const LARGE: [f32; 7] = [44.0, 38.0, 32.0, 26.0, 20.0, 15.0, 11.0];
    let colors = &style.colors;
    let (width, height) = (style.page_width, style.page_height);
    if style.slide {
        return on_a_slide(style);
    }
    match style.cover {
        Cover::Field => {
            let (field, edge) = (height * 0.5583, 7.0);
            Plan {
                fields: vec![
                    (colors.accent, [0.0, 0.0, width, field]),
                    (colors.accent_light, [0.0, field, width, edge]),
                ],
                ground: colors.accent,
                title_foot: field - 46.0,
                title_sizes: SIZES,
                title: colors.on_accent,
                subtitle: colors.on_accent_quiet,
                bar: (colors.accent_light, 46.0, 3.0),
                facts: field + edge + 62.0,
                fact: colors.ink,
                quiet_fact: colors.quiet,
            }
        }
        Cover::Plain => {
            let foot = height * 0.47;
            Plan {
                fields: vec![
                    (colors.accent, [style.left, foot + 30.0, style.text_width, 0.8]),
                    (colors.accent, [style.left, height - 62.0, style.text_width, 0.8]),
                ],
                ground: colors.paper,
                title_foot: foot,
                title_sizes: LARGE,
                title: colors.ink,
                subtitle: colors.quiet,
                bar: (colors.accent, 30.0, 5.0),
                facts: foot + 66.0,
                fact: colors.ink,
                quiet_fact: colors.quiet,
            }
        }
        Cover::Full => Plan {
            fields: vec![
                (colors.accent, [0.0, 0.0, width, height]),
                (colors.second, [0.0, height - 14.0, width, 14.0]),
            ],
            ground: colors.accent,
            title_foot: height * 0.52,
            title_sizes: LARGE,
            title: colors.on_accent,
            subtitle: colors.on_accent_quiet,
            bar: (colors.second, 64.0, 6.0),
            facts: height - 170.0,
            fact: colors.on_accent,
            quiet_fact: colors.on_accent_quiet,
        },
    }
}

/// A slide has less height: the title stands in its middle, and the facts close below it.
fn on_a_slide(style: &Style) -> Plan {
    const SIZES: [f32; 7] = [30.0, 26.0, 22.0, 19.0, 16.0, 13.0, 10.0];
    let colors = &style.colors;
    let (width, height) = (style.page_width, style.page_height);
    let foot = height * 0.6;
    let field = foot + 22.0;
    let (fields, ground, bar) = match style.cover {
        Cover::Field => (
            vec![(colors.accent, [0.0, 0.0, width, field]), (colors.accent_light, [0.0, field, width, 4.0])],
            colors.accent,
            (colors.accent_light, 34.0, 3.0),
        ),
        Cover::Plain => (
            vec![(colors.accent, [style.left, field, style.text_width, 0.8])],
            colors.paper,
            (colors.accent, 24.0, 4.0),
        ),
        Cover::Full => (
            vec![
                (colors.accent, [0.0, 0.0, width, height]),
                (colors.second, [0.0, height - 8.0, width, 8.0]),
            ],
            colors.accent,
            (colors.second, 48.0, 5.0),
        ),
    };
    let dark = style.cover != Cover::Plain;
    let below = style.cover == Cover::Full;
    Plan {
        fields,
        ground,
        title_foot: foot,
        title_sizes: SIZES,
        title: if dark { colors.on_accent } else { colors.ink },
        subtitle: if dark { colors.on_accent_quiet } else { colors.quiet },
        bar,
        facts: field + 28.0,
        fact: if below { colors.on_accent } else { colors.ink },
        quiet_fact: if below { colors.on_accent_quiet } else { colors.quiet },
    }
}

/// A text in lines, ready to be drawn.
struct Set {
    running: Running,
    lines: Vec<Line>,
    leading: f32,
}

/// The cover; its title is the first heading of the paper where it `leads`.
pub fn cover(builder: &mut Builder<'_>, meta: &Meta, theme: &Theme, leads: bool) -> Page {
    let style = builder.style;
    let plan = plan(style);
    let mut page = Page::default();
    for (color, [x, y, width, height]) in &plan.fields {
        page.ground.push(Mark::rectangle(*x, *y, *width, *height, *color));
    }

    if let Some(picture) = builder.inlines.gallery.find(LOGO) {
        let size = picture::fitted(picture, LOGO_MOST.0, LOGO_MOST.1);
        let number = builder.inlines.gallery.hang(picture);
        let logo_top = if style.slide { 22.0 } else { LOGO_TOP };
        let node = builder.tree.push("Figure", Tree::ROOT);
        builder.tree.get_mut(node).alternative =
            Some(theme.name.clone().unwrap_or_else(|| "Logo".to_owned()));
        if plan.ground != style.colors.paper {
            // Logos are drawn for white paper.
            let plate = [style.left - PLATE, logo_top - PLATE, size.0 + 2.0 * PLATE, size.1 + 2.0 * PLATE];
            let [x, y, width, height] = plate;
            page.ground.push(Mark::rectangle(x, y, width, height, style.colors.paper));
        }
        page.marks.push(picture::mark(number, style.left, logo_top, size, Some(node)));
    } else if let Some(name) = &theme.name {
        let node = builder.tree.push("P", Tree::ROOT);
        let look = Look::plain(Face::Bold, 11.0, plan.subtitle, Some(node));
        let (running, line) = lines::clipped(name, look, &mut builder.shaper, style.text_width);
        let baseline = if style.slide { 32.0 } else { NAME_BASELINE };
        draw_line(&line, &running, style.left, baseline, &mut page.marks, plan.ground);
    }
    let face = style.headline;
    let size = sized(builder, face, &meta.title, &plan.title_sizes, if style.slide { 84.0 } else { 250.0 });
    let node = builder.tree.push(if leads { "H1" } else { "P" }, Tree::ROOT);
    let running = Running::of(&meta.title, Look::plain(face, size, plan.title, Some(node)));
    let lines = lines::set_balanced(&running, &mut builder.shaper, style.text_width);
    let mut title = Set { running, lines, leading: size * 1.22 };
    let subtitle = meta.subtitle.as_deref().filter(|text| !text.trim().is_empty()).map(|text| {
        let size = sized(builder, Face::Regular, text, &[14.0, 11.0, 9.0], 80.0);
        let node = builder.tree.push("P", Tree::ROOT);
        let running = Running::of(text, Look::plain(Face::Regular, size, plan.subtitle, Some(node)));
        let mut lines = lines::set_balanced(&running, &mut builder.shaper, style.text_width);
        lines.truncate(12);
        Set { running, lines, leading: size * 1.42 }
    });
    let below = subtitle.as_ref().map_or(0.0, |set| set.lines.len() as f32 * set.leading + SUBTITLE_GAP);
    let fitting =
        ((plan.title_foot - if style.slide { 26.0 } else { 64.0 } - below) / title.leading).max(1.0) as usize;
    title.lines.truncate(fitting);
    let rows = title.lines.len().saturating_sub(1) as f32;
    let mut y = plan.title_foot - below - rows * title.leading;
    let (color, width, height) = plan.bar;
    page.ground.push(Mark::rectangle(style.left, y - size - 15.0 - height, width, height, color));
    for line in &title.lines {
        draw_line(line, &title.running, style.left, y, &mut page.marks, plan.ground);
        y += title.leading;
    }
    if let Some(set) = &subtitle {
        y += SUBTITLE_GAP - title.leading + set.leading;
        for line in &set.lines {
            draw_line(line, &set.running, style.left, y, &mut page.marks, plan.ground);
            y += set.leading;
        }
    }
    facts(builder, meta, &plan, &mut page);
    page
}

/// Whom the paper is for, who made it, and when.
fn facts(builder: &mut Builder<'_>, meta: &Meta, plan: &Plan, page: &mut Page) {
    let style = builder.style;
    let lines = [
        (&meta.subject, Face::Bold, [17.0, 13.0, 10.0], plan.fact),
        (&meta.author, Face::Regular, [11.0, 10.0, 9.0], plan.quiet_fact),
        (&meta.date, Face::Regular, [11.0, 10.0, 9.0], plan.quiet_fact),
    ];
    let mut y = plan.facts;
    for (text, face, sizes, color) in lines {
        let Some(text) = text.as_deref().filter(|text| !text.trim().is_empty()) else { continue };
        let size = sized(builder, face, text, &sizes, 60.0);
        let node = builder.tree.push("P", Tree::ROOT);
        let look = Look::plain(face, size, color, Some(node));
        let (running, lines) = builder.words(text, look, style.text_width);
        let room =
            ((style.page_height - if style.slide { 8.0 } else { 40.0 } - y) / (size * 1.4)).max(0.0) as usize;
        for line in lines.iter().take(room) {
            draw_line(line, &running, style.left, y, &mut page.marks, style.colors.code_ground);
            y += size * 1.4;
        }
        y += size * 0.55;
    }
}

/// The largest of the sizes at which the text is no higher than `height`, else the last.
fn sized(builder: &mut Builder<'_>, face: Face, text: &str, sizes: &[f32], height: f32) -> f32 {
    let width = builder.style.text_width;
    let ink = builder.style.colors.ink;
    let fits = |builder: &mut Builder<'_>, size: f32| {
        let look = Look::plain(face, size, ink, None);
        let longest = lines::extent(&Running::of(text, look.clone()), &mut builder.shaper).narrowest;
        let count = builder.words(text, look, width).1.len() as f32;
        longest <= width && count * size * 1.42 <= height
    };
    sizes.iter().copied().find(|size| fits(builder, *size)).or(sizes.last().copied()).unwrap_or(20.0)
}
