//! What is left free on a page for a reader to write and tick on.

/// Room for a reader's own hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Lines to write on, below a prompt that may be empty.
    Lines {
        count: u8,
        prompt: String,
    },
    /// An empty box as high as so many lines, below a prompt that may be empty.
    Space {
        lines: u8,
        prompt: String,
    },
    Scale(Scale),
    /// Lines to sign on, side by side, each with a label below.
    Signature(Vec<Field>),
}

/// Points to tick one of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Stands above the scale; may be empty.
    pub question: String,
    /// The label of each point, from left to right.
    pub points: Vec<String>,
    /// Words at the left and the right end.
    pub ends: Option<(String, String)>,
    /// What is judged, each on its own row of points; empty where the question says it.
    pub items: Vec<String>,
}

/// One line to sign on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub label: String,
    /// What is already written on the line; often empty.
    pub value: String,
}

impl Form {
    /// The most lines of one block.
    pub const MOST_LINES: u8 = 60;
    /// The most fields that stand side by side.
    pub const MOST_FIELDS: usize = 4;

    /// What stands there, for readers who cannot see it; the prompt is not repeated.
    pub fn described(&self) -> String {
        let lines = |count: u8| if count == 1 { "1 line".to_owned() } else { format!("{count} lines") };
        match self {
            Form::Lines { count, .. } => format!("Space to write: {}", lines(*count)),
            Form::Space { lines: count, .. } => format!("Box to write in: {} high", lines(*count)),
            Form::Scale(scale) => match &scale.ends {
                Some((left, right)) => {
                    format!("Scale of {} points from {left} to {right}, tick one", scale.points.len())
                }
                None => format!("Scale of {} points, tick one", scale.points.len()),
            },
            Form::Signature(_) => "Lines to sign on".to_owned(),
        }
    }
}

impl Scale {
    pub const POINTS: std::ops::RangeInclusive<usize> = 2..=11;

    /// The first and the last number where the points are whole numbers in order, at least three of them.
    pub fn stretch(&self) -> Option<(i64, i64)> {
        let first: i64 = self.points.first()?.parse().ok()?;
        let counted = |(at, point): (usize, &String)| *point == (first + at as i64).to_string();
        let all = self.points.len() > 2 && self.points.iter().enumerate().all(counted);
        all.then(|| (first, first + self.points.len() as i64 - 1))
    }
}
