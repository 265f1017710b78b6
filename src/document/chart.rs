//! A chart as data: what is compared, on which range, with which labelled zones.

use std::ops::RangeInclusive;

/// A chart with its data, from which each format draws the picture, its alternative text and its data table.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    pub kind: ChartKind,
    pub title: String,
    /// The ends of the value axis, the smaller one first; where nothing is said they follow from the values.
    pub range: Option<(f64, f64)>,
    /// Written behind each value, with its own leading space if it wants one; often empty.
    pub unit: String,
    /// Labelled stretches of the axis from left to right; empty where the axis has none.
    pub zones: Vec<Zone>,
    /// Head of the label column, then one a series and, where rows have notes, the head of the notes.
    pub columns: Vec<String>,
    pub rows: Vec<ChartRow>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// One horizontal bar a row.
    Bar,
    /// A horizontal bar for each value of a row, below one another.
    Grouped,
    /// A line a series over the rows, which are points in time.
    Line,
    /// An axis a row, all from one centre.
    Radar,
    /// A field for each value, the darker the higher.
    Heat,
    /// One value on a half circle.
    Gauge,
    /// A line a row from its first to its second value.
    Slope,
    /// How many people gave each answer: a row of small bars for each row.
    Distribution,
}

/// A stretch of the axis that ends at `to`; the last one ends at the axis' own end.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    pub label: String,
    pub to: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ChartRow {
    pub label: String,
    /// One a series.
    pub values: Vec<ChartValue>,
    /// A word on the value, such as its band; empty where there is none.
    pub note: String,
}

/// What is known of a row's value. The number is for drawing, the text is what is printed.
#[derive(Clone, Debug, PartialEq)]
pub enum ChartValue {
    Known {
        at: f64,
        text: String,
    },
    /// Only known to lie between two ends.
    Between {
        low: f64,
        high: f64,
        text: String,
    },
    Unknown {
        text: String,
    },
}

impl ChartValue {
    /// The value as printed, without the chart's unit.
    pub fn text(&self) -> &str {
        match self {
            ChartValue::Known { text, .. }
            | ChartValue::Between { text, .. }
            | ChartValue::Unknown { text } => text,
        }
    }
}

impl ChartRow {
    /// Its first value, which is the only one in charts of one series.
    pub fn value(&self) -> &ChartValue {
        static NONE: ChartValue = ChartValue::Unknown { text: String::new() };
        self.values.first().unwrap_or(&NONE)
    }
}

impl ChartKind {
    pub const ALL: [ChartKind; 8] = [
        ChartKind::Bar,
        ChartKind::Grouped,
        ChartKind::Line,
        ChartKind::Radar,
        ChartKind::Heat,
        ChartKind::Gauge,
        ChartKind::Slope,
        ChartKind::Distribution,
    ];

    /// The word that authors write.
    pub fn name(self) -> &'static str {
        match self {
            ChartKind::Bar => "bar",
            ChartKind::Grouped => "grouped",
            ChartKind::Line => "line",
            ChartKind::Radar => "radar",
            ChartKind::Heat => "heat",
            ChartKind::Gauge => "gauge",
            ChartKind::Slope => "slope",
            ChartKind::Distribution => "distribution",
        }
    }

    /// What it is called for those who cannot see it.
    fn title(self) -> &'static str {
        match self {
            ChartKind::Bar => "Bar chart",
            ChartKind::Grouped => "Grouped bar chart",
            ChartKind::Line => "Line chart",
            ChartKind::Radar => "Radar chart",
            ChartKind::Heat => "Heat map",
            ChartKind::Gauge => "Gauge",
            ChartKind::Slope => "Slope chart",
            ChartKind::Distribution => "Distribution",
        }
    }

    /// How many series it can show.
    pub fn series(self) -> RangeInclusive<usize> {
        match self {
            ChartKind::Bar | ChartKind::Gauge => 1..=1,
            ChartKind::Grouped => 2..=4,
            ChartKind::Line => 1..=4,
            ChartKind::Radar => 1..=3,
            ChartKind::Heat | ChartKind::Distribution => 1..=12,
            ChartKind::Slope => 2..=2,
        }
    }

    /// How many rows it can show.
    pub fn rows(self) -> RangeInclusive<usize> {
        match self {
            ChartKind::Bar | ChartKind::Grouped | ChartKind::Heat | ChartKind::Distribution => 0..=usize::MAX,
            ChartKind::Line => 2..=60,
            ChartKind::Radar => 3..=12,
            ChartKind::Gauge => 1..=1,
            ChartKind::Slope => 1..=20,
        }
    }

    /// Whether a last column may hold notes, and the axis zones; then it must have a range as well.
    pub fn is_judged(self) -> bool {
        matches!(self, ChartKind::Bar | ChartKind::Gauge)
    }
}

impl Chart {
    /// One sentence a row, for readers who cannot see the picture.
    pub fn alternative_text(&self) -> String {
        let mut out = format!("{}: {}.", self.kind.title(), self.title.trim_end_matches('.'));
        for row in &self.rows {
            out.push_str(&format!(" {}: ", row.label));
            for (index, value) in row.values.iter().enumerate() {
                let said = format!("{}{}", value.text(), self.unit_after(value));
                let between = if index > 0 { ", " } else { "" };
                match self.columns.get(index + 1).filter(|head| row.values.len() > 1 && !head.is_empty()) {
                    Some(head) => out.push_str(&format!("{between}{head} {said}")),
                    None => out.push_str(&format!("{between}{said}")),
                }
            }
            if !row.note.is_empty() {
                out.push_str(&format!(" ({})", row.note));
            }
            out.push('.');
        }
        out
    }

    /// The unit behind a value that is a number, nothing behind a word such as "unknown".
    pub fn unit_after(&self, value: &ChartValue) -> &str {
        match value {
            ChartValue::Unknown { .. } => "",
            _ => &self.unit,
        }
    }

    /// How many columns hold values.
    pub fn series(&self) -> usize {
        if self.kind.is_judged() { 1 } else { self.columns.len().saturating_sub(1) }
    }

    /// Whether the last column holds notes.
    pub fn has_notes(&self) -> bool {
        self.kind.is_judged() && self.columns.len() > 2
    }

    /// The ends of the value axis: those given, else zero and the next round number beyond all values.
    pub fn axis(&self) -> (f64, f64) {
        if let Some((from, to)) = self.range
            && from < to
            && from.is_finite()
            && to.is_finite()
        {
            return (from, to);
        }
        let mut ends = (0.0_f64, 0.0_f64);
        for value in self.rows.iter().flat_map(|row| &row.values) {
            let (low, high) = match value {
                ChartValue::Known { at, .. } => (*at, *at),
                ChartValue::Between { low, high, .. } => (*low, *high),
                ChartValue::Unknown { .. } => continue,
            };
            ends = (ends.0.min(low), ends.1.max(high));
        }
        let (from, to) = (0.0 - round_up(-ends.0), round_up(ends.1));
        if from < to { (from, to) } else { (0.0, 1.0) }
    }
}

/// The next number from 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 and their tenfolds that is not smaller.
fn round_up(number: f64) -> f64 {
    if number <= 0.0 || !number.is_finite() {
        return 0.0;
    }
    let power = number.log10().floor();
    // Parts are divided, as one and a half times 0.1 is no 0.15.
    let tenfold =
        |step: f64| if power < 0.0 { step / 10_f64.powf(-power) } else { step * 10_f64.powf(power) };
    let steps = [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];
    steps.into_iter().map(tenfold).find(|round| *round >= number).unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(kind: ChartKind, values: &[&[f64]]) -> Chart {
        let value = |at: &f64| ChartValue::Known { at: *at, text: at.to_string() };
        let row = |values: &&[f64]| ChartRow {
            label: "A".to_owned(),
            values: values.iter().map(value).collect(),
            note: String::new(),
        };
        Chart {
            kind,
            title: "Calls.".to_owned(),
            range: None,
            unit: " h".to_owned(),
            zones: Vec::new(),
            columns: vec!["Who".to_owned(), "before".to_owned(), "after".to_owned()],
            rows: values.iter().map(row).collect(),
        }
    }

    #[test]
    fn what_cannot_be_seen_is_said() {
        let chart = chart(ChartKind::Slope, &[&[4.0, 6.5]]);
        assert_eq!(chart.alternative_text(), "Slope chart: Calls. A: before 4 h, after 6.5 h.");
    }

    #[test]
    fn round_numbers_are_round_below_one_too() {
        for (number, round) in
            [(0.125, 0.15), (0.012, 0.015), (0.7, 0.8), (1.2, 1.5), (12.0, 15.0), (950.0, 1000.0)]
        {
            assert_eq!(round_up(number), round);
        }
    }

    #[test]
    fn an_axis_without_a_range_begins_at_zero_and_ends_at_a_round_number() {
        for (values, axis) in [
            (&[4.0, 61.0][..], (0.0, 80.0)),
            (&[-3.0, 0.7], (-3.0, 0.8)),
            (&[0.0, 0.0], (0.0, 1.0)),
            (&[100.0, 5.0], (0.0, 100.0)),
        ] {
            assert_eq!(chart(ChartKind::Line, &[values]).axis(), axis);
        }
        let backwards = Chart { range: Some((9.0, 1.0)), ..chart(ChartKind::Line, &[&[2.0]]) };
        assert_eq!(backwards.axis(), (0.0, 2.0));
    }
}
