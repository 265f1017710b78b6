//! A chart as data: what is compared, on which range, with which labelled zones.

/// A chart with its data, from which each format draws the picture, its alternative text and its data table.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    pub kind: ChartKind,
    pub title: String,
    /// The left end of the value axis.
    pub from: f64,
    /// The right end of the value axis; greater than `from`.
    pub to: f64,
    /// Written behind each value, with its own leading space if it wants one; often empty.
    pub unit: String,
    /// Labelled stretches of the axis from left to right; empty where the axis has none.
    pub zones: Vec<Zone>,
    /// Head of the label column, the value column and, where rows have notes, the note column.
    pub columns: Vec<String>,
    pub rows: Vec<ChartRow>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// One horizontal bar a row.
    Bar,
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
    pub value: ChartValue,
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

impl Chart {
    /// One sentence a row, for readers who cannot see the picture.
    pub fn alternative_text(&self) -> String {
        let mut out = format!("Bar chart: {}.", self.title.trim_end_matches('.'));
        for row in &self.rows {
            out.push_str(&format!(" {}: {}{}", row.label, row.value.text(), self.unit_after(row)));
            if !row.note.is_empty() {
                out.push_str(&format!(" ({})", row.note));
            }
            out.push('.');
        }
        out
    }

    /// The unit where the row's value is a number, nothing behind a word such as "unknown".
    pub fn unit_after(&self, row: &ChartRow) -> &str {
        match row.value {
            ChartValue::Unknown { .. } => "",
            _ => &self.unit,
        }
    }
}
