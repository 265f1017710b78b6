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

/// What a kind of page leaves around what stands on its cover.
struct Room {
    /// Where the logo stands, how large it may be, and how far the white ground reaches around it.
    logo_top: f32,
    logo_most: (f32, f32),
    plate: f32,
    /// Where the brand's name stands, where there is no logo.
    name: f32,
    /// The title's highest place where nothing stands above it, and how far it keeps from what does.
    top: f32,
    air: f32,
    /// The height that the title's lines may take.
    title: f32,
    /// The sizes of the subtitle, the height that its lines may take, and how far it stands below the title beyond their leadings.
    subtitle_sizes: [f32; 3],
    subtitle: f32,
    subtitle_gap: f32,
    /// Between the short bar and the title's first line.
    bar_gap: f32,
    /// The sizes of the subject, and the height that each of the facts may take.
    subject_sizes: [f32; 3],
    fact: f32,
    /// What the facts leave below them, and how far they stand apart, in their sizes.
    foot: f32,
    fact_gap: f32,
}

const PAGE: Room = Room {
    logo_top: 58.0,
    logo_most: (190.0, 48.0),
    plate: 10.0,
    name: 74.0,
    top: 64.0,
    air: 26.0,
    title: 215.0,
    subtitle_sizes: [14.0, 11.0, 9.0],
    subtitle: 80.0,
    subtitle_gap: 17.0,
    bar_gap: 15.0,
    subject_sizes: [17.0, 13.0, 10.0],
    fact: 60.0,
    foot: 40.0,
    fact_gap: 0.55,
};

const SLIDE: Room = Room {
    logo_top: 22.0,
    logo_most: (110.0, 26.0),
    plate: 5.0,
    name: 32.0,
    top: 26.0,
    air: 10.0,
    title: 72.0,
    subtitle_sizes: [14.0, 11.0, 9.0],
    subtitle: 32.0,
    subtitle_gap: 10.0,
    bar_gap: 10.0,
    subject_sizes: [15.0, 12.0, 10.0],
    fact: 26.0,
    foot: 8.0,
    fact_gap: 0.1,
};

/// How far the title's lines stand apart, in its size.
const TITLE_LEADING: f32 = 1.22;

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
        facts: field + 26.0,
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

    let room = if style.slide { &SLIDE } else { &PAGE };
    let above = head(builder, theme, &plan, room, &mut page);
    let face = style.headline;
    let node = builder.tree.push(if leads { "H1" } else { "P" }, Tree::ROOT);
    let subtitle = meta.subtitle.as_deref().filter(|text| !text.trim().is_empty()).map(|text| {
        let size = sized(builder, Face::Regular, text, &room.subtitle_sizes, 1.42, room.subtitle);
        let node = builder.tree.push("P", Tree::ROOT);
        let running = Running::of(text, Look::plain(Face::Regular, size, plan.subtitle, Some(node)));
        let mut lines = lines::set_balanced(&running, &mut builder.shaper, style.text_width);
        lines.truncate(12);
        Set { running, lines, leading: size * 1.42 }
    });
    let below = subtitle.as_ref().map_or(0.0, |set| set.lines.len() as f32 * set.leading + room.subtitle_gap);
    let (color, width, height) = plan.bar;
    let free = plan.title_foot - below - above - height - room.bar_gap;
    let size = sized(builder, face, &meta.title, &plan.title_sizes, TITLE_LEADING, free.min(room.title));
    let running = Running::of(&meta.title, Look::plain(face, size, plan.title, Some(node)));
    let lines = lines::set_balanced(&running, &mut builder.shaper, style.text_width);
    let mut title = Set { running, lines, leading: size * TITLE_LEADING };
    title.lines.truncate((free / title.leading).max(1.0) as usize);
    let rows = title.lines.len().saturating_sub(1) as f32;
    let mut y = plan.title_foot - below - rows * title.leading;
    page.ground.push(Mark::rectangle(style.left, y - size - room.bar_gap - height, width, height, color));
    for line in &title.lines {
        draw_line(line, &title.running, style.left, y, &mut page.marks, plan.ground);
        y += title.leading;
    }
    if let Some(set) = &subtitle {
        y += room.subtitle_gap - title.leading + set.leading;
        for line in &set.lines {
            draw_line(line, &set.running, style.left, y, &mut page.marks, plan.ground);
            y += set.leading;
        }
    }
    facts(builder, meta, &plan, room, &mut page);
    page
}

/// The logo, or the brand's name, at the head of the cover; how far down the title has to begin.
fn head(builder: &mut Builder<'_>, theme: &Theme, plan: &Plan, room: &Room, page: &mut Page) -> f32 {
    let style = builder.style;
    if let Some(picture) = builder.inlines.gallery.find(LOGO) {
        let size = picture::fitted(picture, room.logo_most.0, room.logo_most.1);
        let number = builder.inlines.gallery.hang(picture);
        let node = builder.tree.push("Figure", Tree::ROOT);
        builder.tree.get_mut(node).alternative =
            Some(theme.name.clone().unwrap_or_else(|| "Logo".to_owned()));
        // Logos are drawn for white paper.
        let plate = if plan.ground == style.colors.paper { 0.0 } else { room.plate };
        if plate > 0.0 {
            let (width, height) = (size.0 + 2.0 * plate, size.1 + 2.0 * plate);
            let top = room.logo_top - plate;
            page.ground.push(Mark::rectangle(style.left, top, width, height, style.colors.paper));
        }
        page.marks.push(picture::mark(number, style.left + plate, room.logo_top, size, Some(node)));
        return room.logo_top + size.1 + plate + room.air;
    }
    let Some(name) = &theme.name else { return room.top };
    let node = builder.tree.push("P", Tree::ROOT);
    let look = Look::plain(Face::Bold, 11.0, plan.subtitle, Some(node));
    let (running, line) = lines::clipped(name, look, &mut builder.shaper, style.text_width);
    draw_line(&line, &running, style.left, room.name, &mut page.marks, plan.ground);
    room.name + room.air
}

/// Whom the paper is for, who made it, and when.
fn facts(builder: &mut Builder<'_>, meta: &Meta, plan: &Plan, room: &Room, page: &mut Page) {
    let style = builder.style;
    let lines = [
        (&meta.subject, Face::Bold, room.subject_sizes, plan.fact),
        (&meta.author, Face::Regular, [11.0, 10.0, 9.0], plan.quiet_fact),
        (&meta.date, Face::Regular, [11.0, 10.0, 9.0], plan.quiet_fact),
    ];
    let mut y = plan.facts;
    for (text, face, sizes, color) in lines {
        let Some(text) = text.as_deref().filter(|text| !text.trim().is_empty()) else { continue };
        let size = sized(builder, face, text, &sizes, 1.42, room.fact);
        let node = builder.tree.push("P", Tree::ROOT);
        let look = Look::plain(face, size, color, Some(node));
        let (running, lines) = builder.words(text, look, style.text_width);
        // Its last line stands on the baseline, and needs no leading below it.
        let fitting = ((style.page_height - room.foot - y) / (size * 1.4) + 1.0).max(0.0) as usize;
        for line in lines.iter().take(fitting) {
            draw_line(line, &running, style.left, y, &mut page.marks, style.colors.code_ground);
            y += size * 1.4;
        }
        y += size * room.fact_gap;
    }
}

/// The largest of the sizes at which the text's lines are no higher than `height`, else the last.
fn sized(builder: &mut Builder<'_>, face: Face, text: &str, sizes: &[f32], leading: f32, height: f32) -> f32 {
    let width = builder.style.text_width;
    let ink = builder.style.colors.ink;
    let fits = |builder: &mut Builder<'_>, size: f32| {
        let look = Look::plain(face, size, ink, None);
        let longest = lines::extent(&Running::of(text, look.clone()), &mut builder.shaper).narrowest;
        let count = builder.words(text, look, width).1.len() as f32;
        longest <= width && count * size * leading <= height
    };
    sizes.iter().copied().find(|size| fits(builder, *size)).or(sizes.last().copied()).unwrap_or(20.0)
}
