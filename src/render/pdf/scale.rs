//! Scales to tick on paper: a row of boxes with their labels, or a table of such rows.

use crate::document::Scale;

use super::flow::{Builder, Place, Side, baseline, offset};
use super::fonts::Face;
use super::form::{prompt, tick};
use super::lines::Look;
use super::strip::{Mark, Strip, draw_line};
use super::tags::Node;

const BOX: f32 = 10.0;
/// The most room that a point takes beside its neighbours.
const WIDEST: f32 = 78.0;
const LABEL_SIZE: f32 = 9.0;
const LABEL_LEADING: f32 = 11.5;
/// What the words at the left leave for the points, at most and at least.
const POINTS_PART: f32 = 0.6;
const ITEM_PAD: f32 = 6.0;

pub fn lay_out(builder: &mut Builder<'_>, scale: &Scale, place: Place) {
    let node = builder.tree.push("Div", place.node);
    prompt(builder, &scale.question, place, node);
    if scale.items.is_empty() {
        points(builder, scale, node, place);
    } else {
        table(builder, scale, node, place);
    }
}

fn points(builder: &mut Builder<'_>, scale: &Scale, node: Node, place: Place) {
    let list = builder.tree.push("L", node);
    builder.tree.get_mut(list).numbering = Some("None");
    let count = scale.points.len();
    let pitch = (place.width / count as f32).min(WIDEST);
    let (ink, accent) = (builder.style.colors.ink, builder.style.colors.quiet);
    let mut marks = Vec::new();
    let mut deepest: f32 = 0.0;
    for (index, point) in scale.points.iter().enumerate() {
        let item = builder.tree.push("LI", list);
        let label = builder.tree.push("Lbl", item);
        let body = builder.tree.push("LBody", item);
        builder.tree.get_mut(label).actual = Some("☐".to_owned());
        let left = place.x + index as f32 * pitch;
        marks.push(tick(left + (pitch - BOX) / 2.0, 3.0, BOX, accent, label));
        let look = Look::plain(Face::Regular, LABEL_SIZE, ink, Some(body));
        let (running, lines) = builder.words(point, look, pitch - 3.0);
        for (line_index, line) in lines.iter().enumerate() {
            let y = 3.0 + BOX + 11.0 + line_index as f32 * LABEL_LEADING;
            deepest = deepest.max(y);
            let x = left + 1.5 + offset(line, pitch - 3.0, Side::Center);
            draw_line(line, &running, x, y, &mut marks, place.code_ground);
        }
    }
    builder.push(Strip {
        height: deepest + 4.0,
        baseline: 12.0,
        marks,
        frame: place.frame,
        ..Strip::default()
    });
    if let Some(ends) = &scale.ends {
        self::ends(builder, ends, pitch * count as f32, pitch, node, place);
    }
}

/// The words at both ends, each under its own point where it is short, and growing inwards.
fn ends(
    builder: &mut Builder<'_>,
    ends: &(String, String),
    width: f32,
    pitch: f32,
    node: Node,
    place: Place,
) {
    let quiet = builder.style.colors.quiet;
    let mut marks = Vec::new();
    let mut deepest: f32 = 0.0;
    let room = width / 2.0 - 6.0;
    for (text, at_end) in [(&ends.0, false), (&ends.1, true)] {
        if text.is_empty() {
            continue;
        }
        let paragraph = builder.tree.push("P", node);
        let look = Look::plain(Face::Regular, LABEL_SIZE, quiet, Some(paragraph));
        let (running, lines) = builder.words(text, look, room);
        let widest = lines.iter().map(|line| line.width).fold(0.0, f32::max);
        // Half of what a point has left and right of its box.
        let inset = ((pitch - widest) / 2.0).max(0.0);
        for (index, line) in lines.iter().enumerate() {
            let y = 9.0 + index as f32 * LABEL_LEADING;
            deepest = deepest.max(y);
            let x = if at_end { place.x + width - inset - line.width } else { place.x + inset };
            draw_line(line, &running, x, y, &mut marks, place.code_ground);
        }
    }
    builder.keep(true);
    builder.push(Strip {
        height: deepest + 4.0,
        baseline: 9.0,
        marks,
        frame: place.frame,
        ..Strip::default()
    });
}

/// How the table is shared out: the items' column and one a point.
struct Grid {
    items: f32,
    pitch: f32,
}

impl Grid {
    fn x(&self, place: Place, index: usize) -> f32 {
        place.x + self.items + index as f32 * self.pitch
    }
}

fn table(builder: &mut Builder<'_>, scale: &Scale, node: Node, place: Place) {
    let count = scale.points.len() as f32;
    let quiet = builder.style.colors.quiet;
    let look = Look::plain(Face::Bold, LABEL_SIZE - 0.6, quiet, None);
    let mut heads = scale.points.clone();
    if let Some((left, right)) = &scale.ends {
        heads.extend([left.clone(), right.clone()]);
    }
    let word = |builder: &mut Builder<'_>, text: &String| {
        let words = text.split_whitespace().map(|word| builder.width(word, &look)).fold(0.0, f32::max);
        words + 8.0
    };
    let widest = heads.iter().map(|head| word(builder, head)).fold(24.0, f32::max);
    let pitch = widest.min(place.width * POINTS_PART / count);
    let grid = Grid { items: place.width - pitch * count, pitch };
    let table = builder.tree.push("Table", node);
    let head = builder.tree.push("THead", table);
    let body = builder.tree.push("TBody", table);
    let strip = head_row(builder, scale, &grid, head, place);
    builder.flow.heads.push(vec![strip.clone()]);
    let repeated = Some(builder.flow.heads.len() - 1);
    builder.push(strip);
    let last = scale.items.len() - 1;
    for (index, item) in scale.items.iter().enumerate() {
        let strip = item_row(builder, scale, item, &grid, body, place);
        let keep = index < 2 || index == last;
        builder.push(Strip { keep, head: repeated, ..strip });
    }
}

fn head_row(builder: &mut Builder<'_>, scale: &Scale, grid: &Grid, group: Node, place: Place) -> Strip {
    let row = builder.tree.push("TR", group);
    builder.tree.push("TD", row);
    let (ink, quiet) = (builder.style.colors.ink, builder.style.colors.quiet);
    let last = scale.points.len() - 1;
    let mut columns = Vec::new();
    for (index, point) in scale.points.iter().enumerate() {
        let node = builder.tree.push("TH", row);
        let end = match &scale.ends {
            Some((left, _)) if index == 0 => left.as_str(),
            Some((_, right)) if index == last => right.as_str(),
            _ => "",
        };
        let look = Look::plain(Face::Bold, LABEL_SIZE, ink, Some(node));
        let small = Look::plain(Face::Regular, LABEL_SIZE - 0.6, quiet, Some(node));
        let point = builder.words(point, look, grid.pitch - 3.0);
        let end = (!end.is_empty()).then(|| builder.words(end, small, grid.pitch - 3.0));
        columns.push([Some(point), end]);
    }
    let lines = |column: &[Option<(_, Vec<_>)>; 2]| -> usize {
        column.iter().flatten().map(|(_, lines): &(_, Vec<_>)| lines.len()).sum()
    };
    let most = columns.iter().map(lines).max().unwrap_or(1);
    let height = most as f32 * LABEL_LEADING + 7.0;
    let mut marks = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        let mut y = height - 7.0 - (lines(column) as f32 - 1.0) * LABEL_LEADING;
        for (running, lines) in column.iter().flatten() {
            for line in lines {
                let x = grid.x(place, index) + 1.5 + offset(line, grid.pitch - 3.0, Side::Center);
                draw_line(line, running, x, y, &mut marks, place.code_ground);
                y += LABEL_LEADING;
            }
        }
    }
    let accent = builder.style.colors.accent;
    marks.push(Mark::line(place.x, height - 0.5, place.width, 0.0, accent, 0.9));
    Strip { height, baseline: height - 7.0, marks, frame: place.frame, ..Strip::default() }
}

fn item_row(
    builder: &mut Builder<'_>,
    scale: &Scale,
    item: &str,
    grid: &Grid,
    group: Node,
    place: Place,
) -> Strip {
    let row = builder.tree.push("TR", group);
    let head = builder.tree.push("TH", row);
    builder.tree.get_mut(head).heads_row = true;
    let (size, leading) = (builder.style.table_size + 0.4, builder.style.table_leading);
    let look = Look::plain(Face::Regular, size, builder.style.colors.ink, Some(head));
    let (running, lines) = builder.words(item, look, grid.items - 10.0);
    let height = lines.len() as f32 * leading + 2.0 * ITEM_PAD;
    let mut marks = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let y = ITEM_PAD + index as f32 * leading + baseline(leading, size);
        let x = place.x + offset(line, grid.items - 10.0, Side::Start);
        draw_line(line, &running, x, y, &mut marks, place.code_ground);
    }
    let color = builder.style.colors.quiet;
    for index in 0..scale.points.len() {
        let cell = builder.tree.push("TD", row);
        let span = builder.tree.push("Span", cell);
        builder.tree.get_mut(span).actual = Some("☐".to_owned());
        let x = grid.x(place, index) + (grid.pitch - BOX) / 2.0;
        marks.push(tick(x, (height - BOX) / 2.0, BOX, color, span));
    }
    let hairline = builder.style.colors.hairline;
    marks.push(Mark::line(place.x, height - 0.3, place.width, 0.0, hairline, 0.6));
    Strip {
        height,
        baseline: ITEM_PAD + baseline(leading, size),
        marks,
        frame: place.frame,
        ..Strip::default()
    }
}
