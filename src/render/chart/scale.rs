//! Places on an axis, the numbers along it, and labels that make room for each other.

use crate::document::{Chart, ChartValue};

/// The value axis.
#[derive(Clone, Copy, Debug)]
pub struct Axis {
    pub from: f64,
    pub to: f64,
}

impl Axis {
    pub fn of(chart: &Chart) -> Axis {
        let (from, to) = chart.axis();
        Axis { from, to }
    }

    /// Where a value lies, from 0 at the axis' start to 1; what lies outside is at the nearer end.
    pub fn part(&self, value: f64) -> f32 {
        let part = (value / 2.0 - self.from / 2.0) / (self.to / 2.0 - self.from / 2.0);
        if part.is_finite() { part.clamp(0.0, 1.0) as f32 } else { 0.0 }
    }

    /// Where bars begin: at zero, or at the end that is nearer to it.
    pub fn base(&self) -> f32 {
        self.part(0.0)
    }

    /// Round numbers along the axis, about as many as asked, and both ends.
    pub fn ticks(&self, about: usize) -> Vec<f64> {
        let step = round_step((self.to - self.from) / about.max(1) as f64);
        let mut ticks = vec![self.from];
        let first = (self.from / step).floor();
        for index in 0..=(about * 3) {
            let tick = (first + index as f64) * step;
            let inside = tick > self.from + step * 0.4 && tick < self.to - step * 0.4;
            if inside {
                ticks.push(tick);
            }
        }
        ticks.push(self.to);
        ticks
    }
}

fn round_step(step: f64) -> f64 {
    if !(step.is_finite() && step > 0.0) {
        return 1.0;
    }
    let tenfold = 10_f64.powf(step.log10().floor());
    [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|round| round * tenfold)
        .find(|round| *round >= step * 0.99)
        .unwrap_or(step)
}

/// A number as it stands at an axis: at most two decimals.
pub fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" || text.is_empty() { "0".to_owned() } else { text.replace('-', "−") }
}

/// The value as it is printed.
pub fn said(chart: &Chart, value: &ChartValue) -> String {
    format!("{}{}", value.text(), chart.unit_after(value))
}

/// Moves labels apart so that none lies on another, each as near to its place as can be. Places are the labels'
/// middles, in any order; so are those given back.
pub fn spread(labels: &[(f32, f32)], top: f32, bottom: f32) -> Vec<f32> {
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by(|one, other| labels[*one].0.total_cmp(&labels[*other].0).then(one.cmp(other)));
    // Labels that touch are one block, which stands where its labels are nearest to their places.
    let mut blocks: Vec<Block> = Vec::new();
    for index in order {
        let (at, height) = labels[index];
        let mut block = Block { labels: vec![index], height, wish: at - height / 2.0 };
        while let Some(above) = blocks.pop() {
            if above.top(top, bottom) + above.height <= block.top(top, bottom) {
                blocks.push(above);
                break;
            }
            block = above.joined(block);
        }
        blocks.push(block);
    }
    let mut out = vec![0.0; labels.len()];
    for block in blocks {
        let mut y = block.top(top, bottom);
        for index in block.labels {
            out[index] = y + labels[index].1 / 2.0;
            y += labels[index].1;
        }
    }
    out
}

/// Labels one right below the other.
struct Block {
    labels: Vec<usize>,
    height: f32,
    /// Where its upper edge should stand on the average of its labels.
    wish: f32,
}

impl Block {
    fn top(&self, top: f32, bottom: f32) -> f32 {
        self.wish.min(bottom - self.height).max(top)
    }

    fn joined(mut self, below: Block) -> Block {
        let (above, under) = (self.labels.len() as f32, below.labels.len() as f32);
        self.wish = (self.wish * above + (below.wish - self.height) * under) / (above + under);
        self.height += below.height;
        self.labels.extend(below.labels);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_both_ends() {
        assert_eq!(Axis { from: 0.0, to: 100.0 }.ticks(4), [0.0, 25.0, 50.0, 75.0, 100.0]);
        assert_eq!(Axis { from: 0.0, to: 8.0 }.ticks(4), [0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(Axis { from: -3.0, to: 0.8 }.ticks(4), [-3.0, -2.0, -1.0, 0.0, 0.8]);
        assert_eq!(Axis { from: 0.0, to: 1e15 }.ticks(2).len(), 3);
    }

    #[test]
    fn labels_make_room_for_each_other_within_their_column() {
        let labels = [(50.0, 10.0), (50.0, 10.0), (51.0, 20.0), (2.0, 10.0), (99.0, 10.0)];
        let places = spread(&labels, 0.0, 100.0);
        let mut boxes: Vec<(f32, f32)> = places
            .iter()
            .zip(labels)
            .map(|(at, (_, height))| (at - height / 2.0, at + height / 2.0))
            .collect();
        boxes.sort_by(|one, other| one.0.total_cmp(&other.0));
        assert!(boxes.windows(2).all(|pair| pair[0].1 <= pair[1].0 + 0.01), "{boxes:?}");
        assert!(boxes[0].0 >= 0.0 && boxes[4].1 <= 100.0);
    }
}
