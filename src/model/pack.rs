//! A pack: what an author ships together, with every reference resolved.

use jiff::civil::Date;

use super::{
    AreaId, CitationId, Condition, ConditionId, LadderId, MetricId, Number, PrescriptionId, Prose,
    QuestionId, ScoreOf, Unit,
};
use crate::source::Span;

/// Questions, metrics, rules and prescriptions on one subject. All lists stand in pack order:
/// file names by bytes, then place in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Pack {
    pub id: String,
    pub version: String,
    pub title: Prose,
    /// BCP 47 tag of the texts.
    pub language: String,
    /// The units that the pack declares.
    pub units: Vec<String>,
    /// What shared templates call things, such as `leak`.
    pub words: Vec<(String, String)>,
    /// At most so many prescriptions due within that many days; ascending by days.
    pub capacity: Vec<Capacity>,
    pub if_missing: IfMissing,
    /// The scoring of the total and of areas that say nothing else.
    pub scoring: Scoring,
    /// The bands of the total.
    pub bands: Option<Bands>,
    pub citations: Vec<Citation>,
    pub areas: Vec<Area>,
    pub questions: Vec<Question>,
    pub metrics: Vec<Metric>,
    pub conditions: Vec<NamedCondition>,
    pub rules: Vec<Rule>,
    pub prescriptions: Vec<Prescription>,
    pub ladders: Vec<Ladder>,
    /// Warnings that the author has looked at and allows.
    pub allowed: Vec<Allowed>,
}

/// A permission beside an item to be told a warning no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// A code such as `K401`.
    pub code: String,
    pub reason: String,
    /// The whole item beside which it stands: warnings inside are allowed.
    pub item: Span,
    /// The permission itself.
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capacity {
    pub days: u32,
    pub at_most: usize,
}

/// What an undecided rule is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfMissing {
    /// It stays undecided.
    Undecided,
    /// It does not fire, and the documents say that this was assumed.
    AssumeFalse,
    /// It fires, and the documents say that this was assumed.
    AssumeTrue,
    /// The respondent is refused until what is missing is there.
    Require,
}

/// How answers that are missing enter a score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scoring {
    /// From all-worst to all-best.
    Bounds,
    /// The mean of those given, where at least this share (0 to 1) of those that apply was given.
    Average { min_answered: Number },
}

/// A dated study or a plain statement that a number is our own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    pub id: String,
    pub title: Prose,
    /// What it says, where the title does not tell.
    pub note: Option<Prose>,
    /// `A` a named study with its sample, `B` one seen second-hand, `C` a rule of thumb, `D` our own starting value.
    pub grade: Option<String>,
    pub url: Option<String>,
    pub span: Span,
}

/// One practice that is assessed.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    pub id: String,
    pub title: Prose,
    /// Its share in the total; not negative.
    pub weight: Number,
    /// Its linked metrics.
    pub metrics: Vec<MetricId>,
    pub bands: Option<Bands>,
    pub scoring: Scoring,
    /// The questions that it scores, in pack order.
    pub questions: Vec<QuestionId>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub id: String,
    pub text: Prose,
    pub kind: QuestionKind,
    /// None for questions that do not score.
    pub area: Option<AreaId>,
    pub weight: Number,
    /// Whether the best answer is the low one; touches only the score.
    pub reverse: bool,
    /// The roles that are asked; empty for one answer a respondent.
    pub voices: Vec<String>,
    /// Whether "not applicable" may be said.
    pub not_applicable: bool,
    /// Whether the respondent could change it: a client base's size is not.
    pub changeable: bool,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum QuestionKind {
    /// A number on a scale, in whole steps of 1 from `from`.
    Numbered {
        from: Number,
        to: Number,
        /// One for each step, or none at all.
        labels: Vec<String>,
    },
    /// One of several options, each worth points from 0 to 100.
    Options(Vec<Choice>),
    /// One of several options that are worth nothing.
    Profile(Vec<Choice>),
    /// Any number of options.
    Many(Vec<Choice>),
    /// A number that scores nothing.
    Number {
        unit: Unit,
        range: Option<(Number, Number)>,
    },
    Text,
}

impl QuestionKind {
    /// The options, where there are any.
    pub fn choices(&self) -> &[Choice] {
        match self {
            QuestionKind::Options(choices) | QuestionKind::Profile(choices) | QuestionKind::Many(choices) => {
                choices
            }
            _ => &[],
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub id: String,
    /// What the respondent reads; the id where the pack gives none.
    pub label: String,
    /// The label in other languages.
    pub translations: Vec<(String, String)>,
    /// Worth in the score; 0 for options that do not score.
    pub points: Number,
}

/// A measured number.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    pub id: String,
    pub title: Prose,
    pub unit: Unit,
    /// The span of time it is measured over, as written, such as `year`.
    pub period: Option<String>,
    pub range: Option<(Number, Number)>,
    pub better: Better,
    pub formula: Option<Formula>,
    /// By date of adoption, oldest first.
    pub bands: Vec<DatedBands>,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    Higher,
    Lower,
    /// Neither end is good.
    Middle,
}

/// Bands of a metric with the day they were adopted and where they come from.
#[derive(Clone, Debug, PartialEq)]
pub struct DatedBands {
    pub from: Option<Date>,
    pub sources: Vec<CitationId>,
    pub review_by: Option<Date>,
    pub note: Option<Prose>,
    pub bands: Bands,
}

/// Labelled ranges that cover every number: the first whose edge holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bands {
    /// The last step has no edge.
    pub steps: Vec<BandStep>,
    /// The different labels, from the lowest numbers to the highest, each once.
    pub labels: Vec<String>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BandStep {
    /// A place in [`Bands::labels`].
    pub label: usize,
    /// The comparison that a number in this band passes; none for the rest.
    pub edge: Option<(Order, Number)>,
    /// Where it is written.
    pub span: Span,
}

/// A comparison that has a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Less,
    AtMost,
    Greater,
    AtLeast,
}

impl Order {
    pub fn holds(self, value: &Number, edge: &Number) -> bool {
        match self {
            Order::Less => value < edge,
            Order::AtMost => value <= edge,
            Order::Greater => value > edge,
            Order::AtLeast => value >= edge,
        }
    }

    pub fn sign(self) -> &'static str {
        match self {
            Order::Less => "<",
            Order::AtMost => "<=",
            Order::Greater => ">",
            Order::AtLeast => ">=",
        }
    }
}

impl Bands {
    /// The band of a value, as a place in [`Bands::labels`].
    pub fn of(&self, value: &Number) -> usize {
        self.steps
            .iter()
            .find(|step| step.edge.as_ref().is_none_or(|(order, edge)| order.holds(value, edge)))
            .map_or(0, |step| step.label)
    }

    /// Every band that a value from `low` to `high` may lie in, as places in [`Bands::labels`], ascending.
    pub fn between(&self, low: &Number, high: &Number) -> Vec<usize> {
        let mut found = vec![self.of(low), self.of(high)];
        for (_, edge) in self.steps.iter().filter_map(|step| step.edge.as_ref()) {
            if low <= edge && edge <= high {
                found.push(self.of(edge));
                // Just beside the edge the other side's band begins.
                let edges = self.edges();
                let near = |other: &Number| other != edge;
                let below =
                    edges.iter().filter(|e| near(e) && *e < edge).max().unwrap_or(low).max(low).clone();
                let above =
                    edges.iter().filter(|e| near(e) && *e > edge).min().unwrap_or(high).min(high).clone();
                if below < *edge {
                    found.push(self.of(&middle(&below, edge)));
                }
                if *edge < above {
                    found.push(self.of(&middle(edge, &above)));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Every number at which a band ends.
    pub fn edges(&self) -> Vec<Number> {
        self.steps.iter().filter_map(|step| step.edge.as_ref().map(|(_, edge)| edge.clone())).collect()
    }

    /// How many of the lowest bands make a leak: two, but never all of them.
    pub fn leaking(&self) -> usize {
        2.min(self.labels.len().saturating_sub(1))
    }
}

fn middle(a: &Number, b: &Number) -> Number {
    (a + b) * Number::ratio(1, 2)
}

/// Arithmetic over metrics and scores.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    Number(Number),
    Metric(MetricId),
    Score(ScoreOf),
    Add(Box<Formula>, Box<Formula>),
    Subtract(Box<Formula>, Box<Formula>),
    Multiply(Box<Formula>, Box<Formula>),
    Divide(Box<Formula>, Box<Formula>),
    Absolute(Box<Formula>),
    Least(Vec<Formula>),
    Greatest(Vec<Formula>),
    /// The inner value in another unit of the same kind: hours in minutes.
    Scale(Box<Formula>, Number),
}

/// A condition that several rules share.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedCondition {
    pub id: String,
    pub when: Condition,
    pub span: Span,
}

/// When these conditions hold, prescribe these.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    pub id: String,
    pub title: Prose,
    pub why: Prose,
    pub when: Condition,
    pub unless: Option<Condition>,
    pub prescribe: Vec<Prescribed>,
    pub severity: Severity,
    /// None for what belongs to no single area.
    pub area: Option<AreaId>,
    pub if_missing: IfMissing,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Low,
    Medium,
    High,
}

impl Severity {
    /// Its factor in the rank.
    pub fn weight(self) -> i64 {
        match self {
            Severity::Low => 1,
            Severity::Medium => 2,
            Severity::High => 3,
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Prescribed {
    One(PrescriptionId),
    Ladder(LadderId),
}

/// One piece of best-practice advice.
#[derive(Clone, Debug, PartialEq)]
pub struct Prescription {
    pub id: String,
    /// None for `general`.
    pub area: Option<AreaId>,
    pub title: Prose,
    /// The steps to take.
    pub steps: Vec<Prose>,
    /// What the coach asks.
    pub coach: Vec<Prose>,
    /// 1 to 5.
    pub effort: i64,
    /// 1 to 5.
    pub impact: i64,
    pub owner: Option<Prose>,
    /// Days within which it should be done: 30, 60 or 90.
    pub horizon: u32,
    pub level: Option<Level>,
    pub first_step: Option<Prose>,
    /// The metric by which its success is known.
    pub measure: Option<MetricId>,
    /// What must be done before.
    pub after: Vec<PrescriptionId>,
    /// Never advised together with these.
    pub instead_of: Vec<PrescriptionId>,
    pub sources: Vec<CitationId>,
    pub span: Span,
}

/// Whom a prescription changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Rep,
    Team,
    Organisation,
}

impl Level {
    pub fn word(self) -> &'static str {
        match self {
            Level::Rep => "rep",
            Level::Team => "team",
            Level::Organisation => "organisation",
        }
    }
}

/// Steps in order: each is shown where its guard is false.
#[derive(Clone, Debug, PartialEq)]
pub struct Ladder {
    pub id: String,
    pub steps: Vec<LadderStep>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub struct LadderStep {
    pub prescription: PrescriptionId,
    /// None for a step that is shown only after every guard before it holds.
    pub guard: Option<Condition>,
}

impl Pack {
    pub fn area(&self, id: AreaId) -> &Area {
        &self.areas[id.0]
    }

    pub fn question(&self, id: QuestionId) -> &Question {
        &self.questions[id.0]
    }

    pub fn metric(&self, id: MetricId) -> &Metric {
        &self.metrics[id.0]
    }

    pub fn condition(&self, id: ConditionId) -> &NamedCondition {
        &self.conditions[id.0]
    }

    pub fn prescription(&self, id: PrescriptionId) -> &Prescription {
        &self.prescriptions[id.0]
    }

    pub fn ladder(&self, id: LadderId) -> &Ladder {
        &self.ladders[id.0]
    }

    pub fn citation(&self, id: CitationId) -> &Citation {
        &self.citations[id.0]
    }

    /// The bands of an area's score or of the total, where it has any.
    pub fn score_bands(&self, of: ScoreOf) -> Option<&Bands> {
        match of {
            ScoreOf::Area(area) => self.area(area).bands.as_ref(),
            ScoreOf::Total => self.bands.as_ref(),
        }
    }

    /// What shared templates call a thing; the word itself where the pack says nothing.
    pub fn word<'a>(&'a self, word: &'a str) -> &'a str {
        self.words.iter().find(|(key, _)| key == word).map_or(word, |(_, value)| value)
    }

    /// Every prescription that a rule may give, those of its ladders' steps too.
    pub fn prescriptions_of(&self, rule: &Rule) -> Vec<PrescriptionId> {
        let mut out = Vec::new();
        for prescribed in &rule.prescribe {
            match prescribed {
                Prescribed::One(id) => out.push(*id),
                Prescribed::Ladder(id) => {
                    out.extend(self.ladder(*id).steps.iter().map(|step| step.prescription))
                }
            }
        }
        out
    }
}
