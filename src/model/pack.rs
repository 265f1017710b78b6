//! A pack: what an author ships together, with every reference resolved.

use super::{
    Answer, Area, AreaId, BandName, BandOf, Better, CitationId, Condition, ConditionId, DatedBands,
    DatedPoints, Derived, DerivedId, Formula, Group, LadderId, Method, MetricId, Number, PrescriptionId,
    Prose, QuestionId, RuleId, ScoreOf, Scoring, Threshold, ThresholdId, Total, Unit, Worked,
};
use crate::source::Span;

/// What shared templates have a name for of the pack's own, under `words:`.
pub const SHARED_WORDS: [&str; 4] = ["leak", "leaks", "area", "areas"];

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
    /// Documents on many together tell no figure of fewer; none where the pack says nothing.
    pub min_group: Option<usize>,
    pub if_missing: IfMissing,
    /// What all areas come to; none where the pack says `total: none`.
    pub total: Option<Total>,
    /// Metrics, areas and the total, each behind everything that it is worked out from.
    pub order: Vec<Worked>,
    pub citations: Vec<Citation>,
    pub areas: Vec<Area>,
    pub questions: Vec<Question>,
    /// Questions with `ask_if`, each behind those that its condition looks at.
    pub gated: Vec<QuestionId>,
    pub metrics: Vec<Metric>,
    pub thresholds: Vec<Threshold>,
    pub derived: Vec<Derived>,
    pub conditions: Vec<NamedCondition>,
    pub rules: Vec<Rule>,
    pub groups: Vec<Group>,
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
    /// What to take out so that it is gone, where that can be told.
    pub removal: Option<Span>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capacity {
    pub days: u32,
    pub at_most: usize,
}

/// What an undecided rule is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub id: String,
    pub text: Prose,
    /// What papers call it in passing, plain text; the words of its id where nothing is said.
    pub short: Option<String>,
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
    /// None for a question that is put to everybody.
    pub ask_if: Option<AskIf>,
    pub span: Span,
}

/// A question that is asked only where a condition over other answers holds.
#[derive(Clone, Debug, PartialEq)]
pub struct AskIf {
    pub when: Condition,
    /// What counts as its answer where the condition is false: `else:`, or that it was not asked.
    pub otherwise: Answer,
}

#[derive(Clone, Debug, PartialEq)]
pub enum QuestionKind {
    /// A number on a scale from `from` to `to`.
    Numbered {
        from: Number,
        to: Number,
        /// How far its answers lie apart: each is `from` plus a whole number of steps. None for a slider,
        /// on which every number between the ends is an answer.
        step: Option<Number>,
        /// One for each step, or none at all.
        labels: Vec<String>,
    },
    /// One of several options, each worth points: from 0 to 100 where a mean scores them.
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

impl Question {
    /// The ends of what an answer is worth by itself: its scale's or its options'; none for one that does not score.
    pub fn raw_ends(&self) -> Option<(Number, Number)> {
        match &self.kind {
            QuestionKind::Numbered { from, to, .. } => Some((from.clone(), to.clone())),
            QuestionKind::Options(choices) => {
                let points = || choices.iter().map(|choice| &choice.points);
                Some((points().min()?.clone(), points().max()?.clone()))
            }
            _ => None,
        }
    }

    /// The ends of what an answer is worth in a score of this method.
    pub fn worth_ends(&self, method: &Method) -> Option<(Number, Number)> {
        match method {
            Method::Mean => self.raw_ends().map(|_| (Number::zero(), Number::from(100i64))),
            _ => self.raw_ends(),
        }
    }
}

impl QuestionKind {
    /// The number of a step of a numbered scale, counted from 0; none behind its end and where there are no steps.
    pub fn step_at(&self, place: usize) -> Option<Number> {
        let QuestionKind::Numbered { from, to, step: Some(step), .. } = self else { return None };
        let value = from + &(step * &Number::from(place));
        (value <= *to).then_some(value)
    }

    /// Which step of a numbered scale a number is, counted from 0; none where it lies on none.
    pub fn step_of(&self, value: &Number) -> Option<usize> {
        let QuestionKind::Numbered { from, to, step: Some(step), .. } = self else { return None };
        if value < from || value > to {
            return None;
        }
        (value - from).checked_div(step).filter(Number::is_integer)?.to_usize()
    }

    /// The label of a number on a numbered scale, where it has one.
    pub fn label_of(&self, value: &Number) -> Option<&str> {
        let QuestionKind::Numbered { labels, .. } = self else { return None };
        labels.get(self.step_of(value)?).map(String::as_str)
    }

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
    /// The number that is read as this option in answers; points are never read so.
    pub value: Option<Number>,
}

/// A measured number.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    pub id: String,
    pub title: Prose,
    /// What papers call it in passing, plain text; the words of its id where nothing is said.
    pub short: Option<String>,
    pub unit: Unit,
    /// The span of time it is measured over, as written, such as `year`.
    pub period: Option<String>,
    /// `range:` as the author states it.
    pub range: Option<(Number, Number)>,
    /// The ends it lies between: its range, or what its formula can come to; none where nothing bounds it.
    pub reach: Option<(Number, Number)>,
    pub better: Better,
    /// Whether it could be another: what something else is measured against, such as the clients of a year ago, is
    /// `changeable: false`, and no explanation proposes to move it.
    pub changeable: bool,
    pub formula: Option<Formula>,
    /// The formula's value counts only where this holds.
    pub valid_if: Option<Condition>,
    /// The decimals to which the formula's value is rounded, half away from zero, before all else.
    pub round: Option<u32>,
    /// By date of adoption, oldest first; those of one day in the order written.
    pub bands: Vec<DatedBands>,
    /// What a value is worth by the range it lies in; in the order of `bands`.
    pub points: Vec<DatedPoints>,
    pub span: Span,
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
    /// Empty for a finding without advice.
    pub prescribe: Vec<Prescribed>,
    pub severity: Severity,
    /// None for what belongs to no single area.
    pub area: Option<AreaId>,
    pub if_missing: IfMissing,
    /// The weaker rules that it sets aside where it holds.
    pub supersedes: Vec<RuleId>,
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
    /// Whether any question is put to roles of a team.
    pub fn asks_roles(&self) -> bool {
        self.questions.iter().any(|question| !question.voices.is_empty())
    }

    /// The ids of whatever is answered, measured or judged: what a message about somebody's answers may be about.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let questions = self.questions.iter().map(|question| question.id.as_str());
        let metrics = self.metrics.iter().map(|metric| metric.id.as_str());
        let rules = self.rules.iter().map(|rule| rule.id.as_str());
        questions.chain(metrics).chain(rules)
    }

    pub fn area(&self, id: AreaId) -> &Area {
        &self.areas[id.0]
    }

    pub fn question(&self, id: QuestionId) -> &Question {
        &self.questions[id.0]
    }

    pub fn metric(&self, id: MetricId) -> &Metric {
        &self.metrics[id.0]
    }

    pub fn threshold(&self, id: ThresholdId) -> &Threshold {
        &self.thresholds[id.0]
    }

    pub fn derived(&self, id: DerivedId) -> &Derived {
        &self.derived[id.0]
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

    /// Whether there is such a score: the total may be `none`.
    pub fn has_score(&self, of: ScoreOf) -> bool {
        matches!(of, ScoreOf::Area(_)) || self.total.is_some()
    }

    /// How an area's score or the total is made; none where there is no total.
    pub fn scoring(&self, of: ScoreOf) -> Option<&Scoring> {
        match of {
            ScoreOf::Area(area) => Some(&self.area(area).scoring),
            ScoreOf::Total => self.total.as_ref().map(|total| &total.scoring),
        }
    }

    /// The ends between which a score lies where everything is asked; none where nothing bounds it.
    pub fn score_range(&self, of: ScoreOf) -> Option<&(Number, Number)> {
        match of {
            ScoreOf::Area(area) => self.area(area).range.as_ref(),
            ScoreOf::Total => self.total.as_ref()?.range.as_ref(),
        }
    }

    /// Which end of a score, or of a metric, is the good one.
    pub fn better(&self, of: BandOf) -> Better {
        match of {
            BandOf::Metric(id) => self.metric(id).better,
            BandOf::Score(ScoreOf::Area(id)) => self.area(id).better,
            BandOf::Score(ScoreOf::Total) => self.total.as_ref().map_or(Better::Higher, |total| total.better),
        }
    }

    /// The dated bands of a metric, an area's score or the total, oldest first; empty where it has none.
    pub fn dated_bands(&self, of: BandOf) -> &[DatedBands] {
        match of {
            BandOf::Metric(id) => &self.metric(id).bands,
            BandOf::Score(ScoreOf::Area(id)) => &self.area(id).bands,
            BandOf::Score(ScoreOf::Total) => self.total.as_ref().map_or(&[], |total| &total.bands),
        }
    }

    /// The names of the bands, the same in each dated list; empty where there are none.
    pub fn band_names(&self, of: BandOf) -> &[BandName] {
        self.dated_bands(of).first().map_or(&[], |dated| &dated.value.labels)
    }

    /// What shared templates call a thing, of [`SHARED_WORDS`]; the word itself where the pack says nothing.
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
