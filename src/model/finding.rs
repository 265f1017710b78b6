//! What the engine finds for one respondent.

use jiff::civil::Date;

use super::{
    Absence, AreaId, BandName, BandOf, DerivedId, LadderId, MetricId, Number, Pack, PrescriptionId, Problem,
    QuestionId, RuleId, ScoreOf, Severity,
};

/// How many leaks documents take up: more than three at once is no plan.
pub const SHOWN_LEAKS: usize = 3;

/// Everything that is known of a respondent under a pack: values first, then the judgement.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// The day by which dated bands were chosen; none: the newest were taken.
    pub as_of: Option<Date>,
    pub answered: Answered,
    pub values: Values,
    /// One a rule of the pack, in pack order.
    pub rules: Vec<RuleFinding>,
    /// One a group of the pack, in pack order: those of its rules that fired, in the order of the group.
    pub groups: Vec<Vec<RuleId>>,
    /// By rank, annex included.
    pub prescriptions: Vec<Advice>,
    pub set_aside: Vec<SetAside>,
    /// Ladder steps that wait for an answer.
    pub withheld: Vec<Withheld>,
    /// Areas whose possible bands are all leaking ones, worst first; documents show the first three.
    pub leaks: Vec<AreaId>,
    /// Areas whose possible bands are all above the leaking ones, in pack order.
    pub strengths: Vec<AreaId>,
    /// Areas of which it is not certain whether they leak, in pack order.
    pub unclear: Vec<AreaId>,
    pub plan: Plan,
    pub find_out: Vec<FindOut>,
    /// What was known in earlier rounds, oldest first.
    pub rounds: Vec<Round>,
    /// Not empty: nothing may be printed for this respondent.
    pub refusals: Vec<Refusal>,
    pub problems: Vec<Problem>,
}

/// An earlier round: what was known on its day, under the pack as it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    pub date: Option<Date>,
    pub values: Values,
}

/// Why a respondent cannot be judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A rule with `if_missing: require` is undecided for want of these.
    Required { rule: RuleId, missing: Vec<Unknown> },
    /// A formula gives a value that the metric cannot have.
    OutOfRange { metric: MetricId, value: Number },
}

/// How many questions that score have a value, of those that apply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    pub given: usize,
    pub of: usize,
    /// Questions that score and would have applied, and were not put to anybody.
    pub not_asked: usize,
}

/// What each name of a condition stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    /// One a question, in pack order.
    pub answers: Vec<Heard>,
    /// One a question: whether it is not asked because its `ask_if` is false. What looks at it does not apply.
    pub unasked: Vec<bool>,
    /// One a question: how far managers and the others lie apart, in steps or points.
    pub gaps: Vec<Option<Number>>,
    /// One an area, in pack order.
    pub areas: Vec<Score>,
    pub total: Score,
    /// One a metric, in pack order.
    pub metrics: Vec<MetricValue>,
    /// One a threshold, in pack order: the value that holds.
    pub thresholds: Vec<ThresholdValue>,
    /// One a derived value, in pack order: in its own unit, the lower end first, equal where it is certain.
    pub derived: Vec<Option<(Number, Number)>>,
    /// One a metric: its change since the last round, where both values are known; ends as of derived values.
    pub trends: Vec<Option<(Number, Number)>>,
}

impl Values {
    /// Nothing known but thresholds, and no answer for one reason.
    pub fn blank(pack: &Pack, thresholds: Vec<ThresholdValue>, absence: Absence) -> Values {
        Values {
            answers: vec![Heard::Absent(absence); pack.questions.len()],
            unasked: vec![false; pack.questions.len()],
            gaps: vec![None; pack.questions.len()],
            areas: vec![Score::default(); pack.areas.len()],
            total: Score::default(),
            metrics: vec![MetricValue::default(); pack.metrics.len()],
            thresholds,
            derived: vec![None; pack.derived.len()],
            trends: vec![None; pack.metrics.len()],
        }
    }
}

/// The value of a threshold that holds on the day.
#[derive(Clone, Debug, PartialEq)]
pub struct ThresholdValue {
    /// In the threshold's own unit.
    pub value: Number,
    /// A place in [`Threshold::values`](super::Threshold::values).
    pub dated: usize,
}

/// A question's answer over all voices.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// A number, with several voices the mean of their roles' means.
    Number(Number),
    /// A place in the options.
    Option(usize),
    Many(Vec<usize>),
    Text(String),
    /// Voices chose differently: the option is unknown, its points are their mean where they score.
    Mixed(Option<Number>),
    Absent(Absence),
}

/// A score, certain or between two ends; blank where the pack has no total.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score {
    /// None where too little was answered, or nothing applies.
    pub ends: Option<(Number, Number)>,
    /// Whether there is nothing to score: every question is not applicable or was not asked.
    pub empty: Option<Absence>,
    /// Which of its dated bands hold, as a place in them; none where that is not certain.
    pub dated: Option<usize>,
    /// The bands it may lie in, as places in the bands' labels; one where certain.
    pub bands: Vec<usize>,
    pub answered: Answered,
}

impl Score {
    /// The score where it is certain.
    pub fn value(&self) -> Option<&Number> {
        self.ends.as_ref().filter(|(low, high)| low == high).map(|(low, _)| low)
    }

    /// The band where it is certain.
    pub fn band(&self) -> Option<usize> {
        match self.bands.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct MetricValue {
    /// In the metric's own unit; two ends that differ only where a formula names what lies between two.
    pub ends: Option<(Number, Number)>,
    /// Whether it was worked out by the metric's formula.
    pub computed: bool,
    /// Which of the metric's dated bands hold, as a place in them; none where that is not certain.
    pub dated: Option<usize>,
    /// The bands it may lie in, as places in the bands' labels; one where certain.
    pub bands: Vec<usize>,
    /// The fewest and the most points that it may be worth; none where it has no table or no value.
    pub points: Option<(Number, Number)>,
}

impl MetricValue {
    /// The value where it is certain.
    pub fn value(&self) -> Option<&Number> {
        self.ends.as_ref().filter(|(low, high)| low == high).map(|(low, _)| low)
    }

    /// The band where it is certain.
    pub fn band(&self) -> Option<usize> {
        match self.bands.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }
}

impl Values {
    pub fn score(&self, of: ScoreOf) -> &Score {
        match of {
            ScoreOf::Area(area) => &self.areas[area.0],
            ScoreOf::Total => &self.total,
        }
    }

    pub fn metric(&self, id: MetricId) -> &MetricValue {
        &self.metrics[id.0]
    }

    pub fn derived(&self, id: DerivedId) -> Option<&(Number, Number)> {
        self.derived[id.0].as_ref()
    }

    pub fn trend(&self, id: MetricId) -> Option<&(Number, Number)> {
        self.trends[id.0].as_ref()
    }

    pub fn answer(&self, id: QuestionId) -> &Heard {
        &self.answers[id.0]
    }

    /// The bands that a metric, an area or the total may lie in; one where certain, none where there is no value.
    pub fn bands(&self, of: BandOf) -> &[usize] {
        match of {
            BandOf::Metric(id) => &self.metric(id).bands,
            BandOf::Score(of) => &self.score(of).bands,
        }
    }

    /// Which of its dated bands hold, as a place in them; none where that is not certain.
    pub fn dated(&self, of: BandOf) -> Option<usize> {
        match of {
            BandOf::Metric(id) => self.metric(id).dated,
            BandOf::Score(of) => self.score(of).dated,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleFinding {
    pub status: Status,
    /// Whether `if_missing` decided it.
    pub assumed: bool,
    /// Stronger rules, ascending: those that set it aside, or those that keep it open although it holds itself.
    pub yields_to: Vec<RuleId>,
}

/// What became of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    Fired,
    NotFired,
    Undecided,
    /// Only "not applicable" keeps it open.
    NotApplicable,
    /// A stronger rule holds: this one is set aside, whether it holds itself or is not known to.
    Superseded,
}

impl Status {
    /// As the machine contract writes it.
    pub fn word(self) -> &'static str {
        match self {
            Status::Fired => "fired",
            Status::NotFired => "not_fired",
            Status::Undecided => "undecided",
            Status::NotApplicable => "not_applicable",
            Status::Superseded => "superseded",
        }
    }
}

/// A prescription that is advised, with every reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    pub prescription: PrescriptionId,
    /// The highest of its rules' severities.
    pub severity: Severity,
    /// severity × impact ÷ effort.
    pub rank: Number,
    /// In pack order; never empty.
    pub rules: Vec<RuleId>,
    /// The ladder whose step it is.
    pub ladder: Option<LadderId>,
}

/// A prescription that gave way to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    pub prescription: PrescriptionId,
    /// The one that stays.
    pub instead: PrescriptionId,
    pub rules: Vec<RuleId>,
}

/// A ladder step whose guard is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    pub ladder: LadderId,
    pub prescription: PrescriptionId,
    /// What its guard waits for.
    pub waits_for: Vec<Unknown>,
}

/// What to do when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Prerequisites first, then by day and rank.
    pub steps: Vec<PlanStep>,
    /// What the capacity leaves out, by rank.
    pub annex: Vec<PrescriptionId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanStep {
    pub prescription: PrescriptionId,
    /// 30, 60 or 90: its own horizon, or its prerequisite's where that is later.
    pub due: u32,
}

/// Something that is not known and would settle rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindOut {
    pub what: Unknown,
    /// The undecided rules that it helps to settle, in pack order.
    pub rules: Vec<RuleId>,
    /// The areas whose band it helps to settle, in pack order.
    pub areas: Vec<AreaId>,
    /// The ladder steps that wait for it.
    pub steps: Vec<PrescriptionId>,
}

/// What a respondent can still tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unknown {
    Answer(QuestionId),
    /// The other side's answer to a question: managers', or the others'.
    Voice(QuestionId),
    /// One answer to a question to which voices gave different ones.
    Agreement(QuestionId),
    Metric(MetricId),
    /// A metric as it was in the last round.
    Before(MetricId),
}

impl Findings {
    /// The name of a metric's, area's or the total's band where that is certain.
    pub fn band_name<'p>(&self, pack: &'p super::Pack, of: BandOf) -> Option<&'p BandName> {
        Findings::band_of(pack, &self.values, of)
    }

    /// The same of values that nobody has judged yet.
    pub fn band_of<'p>(pack: &'p super::Pack, values: &Values, of: BandOf) -> Option<&'p BandName> {
        match values.bands(of) {
            [one] => {
                let lists = pack.dated_bands(of);
                lists.get(values.dated(of).unwrap_or(0))?.value.labels.get(*one)
            }
            _ => None,
        }
    }

    /// The id of that band.
    pub fn band_label<'p>(&self, pack: &'p super::Pack, of: BandOf) -> Option<&'p str> {
        self.band_name(pack, of).map(|name| name.id.as_str())
    }
}
