//! What respondents said, fitted to one pack.

use jiff::civil::Date;

use super::Number;

/// The person, team or company that a playbook is for, with everything known of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Respondent {
    /// Names files and rows.
    pub id: String,
    /// As printed; the id where nothing else was given.
    pub name: String,
    pub date: Option<Date>,
    /// BCP 47 tag; the pack's own where absent.
    pub language: Option<String>,
    /// One a question of the pack, in pack order: what was said outside of voices.
    pub answers: Vec<Answer>,
    pub voices: Vec<Voice>,
    /// One a metric of the pack, in pack order.
    pub metrics: Vec<Option<Measured>>,
    /// Earlier answers to the same pack, oldest first, each with its date; they have no rounds of their own.
    pub rounds: Vec<Respondent>,
    /// What only templates want.
    pub extra: serde_json::Map<String, serde_json::Value>,
    /// Oddities that do not stop the work.
    pub problems: Vec<Problem>,
}

/// One person who answers for a respondent.
#[derive(Clone, Debug, PartialEq)]
pub struct Voice {
    /// `manager`, `rep` or another role.
    pub role: String,
    /// One a question of the pack; [`Absence::NotAsked`] where this voice was not asked.
    pub answers: Vec<Answer>,
}

/// What was said to one question.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Number(Number),
    /// A place in the question's options.
    Option(usize),
    /// Places in the question's options, ascending; may be empty.
    Many(Vec<usize>),
    Text(String),
    Absent(Absence),
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Absence {
    NotAsked,
    Skipped,
    DontKnow,
    NotApplicable,
    Refused,
}

impl Absence {
    pub const ALL: [Absence; 5] =
        [Absence::NotAsked, Absence::Skipped, Absence::DontKnow, Absence::NotApplicable, Absence::Refused];

    /// As conditions and documents say it.
    pub fn phrase(self) -> &'static str {
        match self {
            Absence::NotAsked => "not asked",
            Absence::Skipped => "skipped",
            Absence::DontKnow => "don't know",
            Absence::NotApplicable => "not applicable",
            Absence::Refused => "refused",
        }
    }

    /// As answers files say it.
    pub fn key(self) -> &'static str {
        match self {
            Absence::NotAsked => "not_asked",
            Absence::Skipped => "skipped",
            Absence::DontKnow => "dont_know",
            Absence::NotApplicable => "not_applicable",
            Absence::Refused => "refused",
        }
    }

    /// Any spelling of it: `dont_know`, `don't know`, `Dont know`, with a curly apostrophe too.
    pub fn parse(text: &str) -> Option<Absence> {
        let bare = |sign: &char| !matches!(sign, '\'' | '\u{2019}');
        let said = text.trim().chars().flat_map(char::to_lowercase).filter(bare);
        let said = said.map(|sign| if sign == '_' || sign == '-' { ' ' } else { sign });
        Absence::ALL.into_iter().find(|absence| absence.phrase().chars().filter(bare).eq(said.clone()))
    }

    /// Whether the question leaves the score altogether, rather than being unknown in it.
    pub fn leaves_score(self) -> bool {
        matches!(self, Absence::NotAsked | Absence::NotApplicable)
    }
}

/// A given metric, in the metric's own unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    pub value: Number,
    /// What one of its last digit written is worth, in the metric's own unit: 0.1 of `18.1%`, a sixtieth of
    /// `90 min` where hours are wanted. A formula is held to as much.
    pub digit: Number,
}

impl Measured {
    /// A value as if written with all its digits, up to six behind the point.
    pub fn whole(value: Number) -> Measured {
        Measured { value, digit: Number::ratio(1, 1_000_000) }
    }

    /// Whether another value is the same at the digits written.
    pub fn agrees_with(&self, other: &Number) -> bool {
        self.in_digits(&self.value) == self.in_digits(other)
    }

    /// How many decimals show its last digit, at most six.
    pub fn decimals(&self) -> u32 {
        let ten = Number::from(10i64);
        let mut shown = self.digit.clone();
        for decimals in 0..6 {
            if shown >= Number::one() {
                return decimals;
            }
            shown = &shown * &ten;
        }
        6
    }

    fn in_digits(&self, value: &Number) -> Number {
        value.checked_div(&self.digit).unwrap_or_else(|| value.clone()).rounded(0)
    }
}

/// An oddity in what was given, told beside the findings: a warning, never a refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// A code such as `K710`.
    pub code: &'static str,
    /// `file:line:column`, or the key where it is about no place.
    pub at: String,
    pub message: String,
}
