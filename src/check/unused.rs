//! What stands in a pack and is used by nothing: usually a misspelt or forgotten line elsewhere.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Example, Page};
use crate::logic::subjects;
use crate::model::{
    AreaId, BandOf, Condition, Dated, Formula, FormulaName, Limit, Method, Pack, Prose, ProsePart,
    QuestionId, QuestionKind, ScoreOf, Scoring, Subject, ValueName,
};
use crate::source::Span;

pub const PAGE: Page = Page {
    code: Code::Unused,
    title: "nothing uses it",
    what: "A question that does not score, a metric, a named condition, a prescription, a ladder or a source that no rule, \
           formula, area or text names; or a name under `words:` that is nearly one of those that shared templates know (`leak`, \
           `leaks`, `area`, `areas`). Text questions are for the reader, and unused scales do no harm.",
    why: "It is usually the other end of a slip: a rule that was forgotten, or a name that was changed in one place only. \
          Each needless question costs every participant time.",
    example: Example::Beside,
    before: "\
prescriptions:
  account-call: { area: health, title: Call each account, do: [Call.], effort: 2, impact: 3, horizon: 30 }
",
    after: "\
prescriptions:
  account-call: { area: health, title: Call each account, do: [Call.], effort: 2, impact: 3, horizon: 30 }
rules:
  - id: usage-unseen
    title: Usage is seen by nobody
    why: What nobody sees nobody mends.
    when: answer.usage-seen <= 1
    prescribe: [account-call]
    severity: low
",
    fix: "Use it where the message says, or take it out.",
};

pub const AREA_PAGE: Page = Page {
    code: Code::AreaWithoutRule,
    title: "an area that no rule looks at",
    what: "An area has bands that make a leak, and no rule names its score, its band or one of its questions, or prescribes something for it.",
    why: "A client with a leak there is told so, and gets no advice.",
    example: Example::Beside,
    before: "\
areas:
  onboarding: { title: Starting well }
questions:
  first-week: { area: onboarding, scale: agree5, question: \"The first week is planned.\" }
",
    after: "\
areas:
  onboarding: { title: Starting well }
questions:
  first-week: { area: onboarding, scale: agree5, question: \"The first week is planned.\" }
rules:
  - id: unplanned-start
    title: Nobody plans the first week
    why: What is not planned is left to chance.
    when: band.onboarding in [dripping, pouring]
    prescribe: [account-list]
    severity: low
",
    fix: "Add a rule on its band or its answers, or take the area out.",
};

/// Everything that the pack's rules, formulas and texts name.
#[derive(Default)]
struct Used {
    questions: BTreeSet<usize>,
    metrics: BTreeSet<usize>,
    /// Whose score or band something looks at.
    areas: BTreeSet<usize>,
    total: bool,
    thresholds: BTreeSet<usize>,
    derived: BTreeSet<usize>,
    conditions: BTreeSet<usize>,
    prescriptions: BTreeSet<usize>,
    ladders: BTreeSet<usize>,
    citations: BTreeSet<usize>,
}

impl Used {
    fn of(pack: &Pack) -> Used {
        let mut used = Used::default();
        for rule in &pack.rules {
            used.condition(&rule.when, pack);
            rule.unless.iter().for_each(|unless| used.condition(unless, pack));
            used.prescriptions.extend(pack.prescriptions_of(rule).iter().map(|id| id.0));
            for prescribed in &rule.prescribe {
                if let crate::model::Prescribed::Ladder(id) = prescribed {
                    used.ladders.insert(id.0);
                }
            }
            used.prose(&rule.title);
            used.prose(&rule.why);
        }
        for ladder in &pack.ladders {
            ladder
                .steps
                .iter()
                .filter_map(|step| step.guard.as_ref())
                .for_each(|guard| used.condition(guard, pack));
        }
        for ask_if in pack.questions.iter().filter_map(|question| question.ask_if.as_ref()) {
            used.condition(&ask_if.when, pack);
        }
        for condition in &pack.conditions {
            used.limits(&condition.when);
            condition.when.visit(&mut |part| {
                if let Condition::Named(id, _) = part {
                    used.conditions.insert(id.0);
                }
            });
        }
        for metric in &pack.metrics {
            metric.formula.iter().for_each(|formula| used.formula(formula));
            metric.valid_if.iter().for_each(|valid| used.condition(valid, pack));
            used.dated(&metric.bands, pack);
            used.dated(&metric.points, pack);
        }
        for derived in &pack.derived {
            derived.formula.iter().for_each(|formula| used.formula(formula));
            derived.title.iter().for_each(|title| used.prose(title));
        }
        for threshold in &pack.thresholds {
            used.citations.extend(threshold.values.iter().flat_map(|value| &value.sources).map(|id| id.0));
            let notes = threshold.values.iter().filter_map(|value| value.note.as_ref());
            notes.chain(&threshold.title).for_each(|prose| used.prose(prose));
        }
        pack.groups.iter().filter_map(|group| group.title.as_ref()).for_each(|title| used.prose(title));
        let titles = pack.areas.iter().map(|area| &area.title).chain([&pack.title]);
        let questions = pack.questions.iter().map(|question| &question.text);
        let metrics = pack.metrics.iter().map(|metric| &metric.title);
        let cited =
            pack.citations.iter().flat_map(|citation| std::iter::once(&citation.title).chain(&citation.note));
        titles.chain(questions).chain(metrics).chain(cited).for_each(|prose| used.prose(prose));
        for area in &pack.areas {
            used.metrics.extend(area.metrics.iter().map(|id| id.0));
            used.scoring(&area.scoring, pack);
            used.dated(&area.bands, pack);
        }
        if let Some(total) = &pack.total {
            total.title.iter().for_each(|title| used.prose(title));
            used.scoring(&total.scoring, pack);
            used.dated(&total.bands, pack);
        }
        for prescription in &pack.prescriptions {
            used.metrics.extend(prescription.measure.iter().map(|id| id.0));
            used.citations.extend(prescription.sources.iter().map(|id| id.0));
            let texts = prescription.steps.iter().chain(&prescription.coach);
            let single = [&prescription.owner, &prescription.first_step].into_iter().flatten();
            texts.chain(single).chain([&prescription.title]).for_each(|prose| used.prose(prose));
        }
        used
    }

    fn condition(&mut self, condition: &Condition, pack: &Pack) {
        condition.visit(&mut |part| {
            if let Condition::Named(id, _) = part {
                self.conditions.insert(id.0);
            }
        });
        self.limits(condition);
        for subject in subjects(condition, pack) {
            match subject {
                Subject::Answer(id) | Subject::Gap(id) => {
                    self.questions.insert(id.0);
                }
                Subject::Metric(id)
                | Subject::Points(id)
                | Subject::Trend(id)
                | Subject::Band(BandOf::Metric(id)) => {
                    self.metrics.insert(id.0);
                }
                Subject::Derived(id) => {
                    self.derived.insert(id.0);
                }
                Subject::Score(of) | Subject::Band(BandOf::Score(of)) => self.score(of),
            }
        }
    }

    /// The thresholds that a condition compares with; those of named conditions are noted with the names.
    fn limits(&mut self, condition: &Condition) {
        for test in condition.tests() {
            for limit in test.check.limits() {
                if let Limit::Threshold(id, _) = limit {
                    self.thresholds.insert(id.0);
                }
            }
        }
    }

    /// What dated bands or points hang on: sources, notes, and conditions under `where:`.
    fn dated<T>(&mut self, list: &[Dated<T>], pack: &Pack) {
        for dated in list {
            self.citations.extend(dated.sources.iter().map(|id| id.0));
            dated.note.iter().for_each(|note| self.prose(note));
            dated.only.iter().for_each(|only| self.condition(only, pack));
        }
    }

    fn scoring(&mut self, scoring: &Scoring, pack: &Pack) {
        scoring.valid_if.iter().for_each(|valid| self.condition(valid, pack));
        if let Method::Formula(formula) = &scoring.method {
            self.formula(formula);
        }
    }

    fn score(&mut self, of: ScoreOf) {
        match of {
            ScoreOf::Area(AreaId(place)) => {
                self.areas.insert(place);
            }
            ScoreOf::Total => self.total = true,
        }
    }

    fn formula(&mut self, formula: &Formula) {
        for name in formula.names() {
            match name {
                FormulaName::Metric(id) | FormulaName::Points(id) => {
                    self.metrics.insert(id.0);
                }
                FormulaName::Answer(id) => {
                    self.questions.insert(id.0);
                }
                FormulaName::Derived(id) => {
                    self.derived.insert(id.0);
                }
                FormulaName::Score(of) => self.score(of),
            }
        }
    }

    fn prose(&mut self, prose: &Prose) {
        for part in &prose.parts {
            match part {
                ProsePart::Value(ValueName::Answer(id)) => {
                    self.questions.insert(id.0);
                }
                ProsePart::Value(
                    ValueName::Metric(id) | ValueName::Band(BandOf::Metric(id)) | ValueName::Trend(id),
                ) => {
                    self.metrics.insert(id.0);
                }
                ProsePart::Value(ValueName::Derived(id)) => {
                    self.derived.insert(id.0);
                }
                ProsePart::Value(ValueName::Threshold(id)) => {
                    self.thresholds.insert(id.0);
                }
                ProsePart::Value(ValueName::Score(of) | ValueName::Band(BandOf::Score(of))) => {
                    self.score(*of)
                }
                ProsePart::Value(ValueName::Respondent) | ProsePart::Text(_) => {}
            }
        }
    }
}

/// Questions, metrics, conditions, prescriptions, ladders and sources that nothing uses.
///
/// A question that scores is used by the areas that score it; text questions are for the reader, and unused scales do no harm.
pub fn unused(pack: &Pack) -> Vec<Diagnostic> {
    let used = Used::of(pack);
    let mut out = Vec::new();
    let mut tell = |what: &str, id: &str, span: Span, help: &str| {
        let at = super::id_span(id, span);
        out.push(
            super::warning(Code::Unused, at, format!("nothing uses {what} `{id}`"))
                .label("unused")
                .help(help),
        );
    };
    for (place, question) in pack.questions.iter().enumerate() {
        let scores = pack.areas.iter().any(|area| area.questions.contains(&QuestionId(place)));
        if !scores && question.kind != QuestionKind::Text && !used.questions.contains(&place) {
            tell("question", &question.id, question.span, "name it in a rule or a text, or take it out");
        }
    }
    for (place, metric) in pack.metrics.iter().enumerate() {
        if !used.metrics.contains(&place) {
            tell(
                "metric",
                &metric.id,
                metric.span,
                "name it in a rule, a formula or an area's `metrics:`, or take it out",
            );
        }
    }
    for (place, threshold) in pack.thresholds.iter().enumerate() {
        if !used.thresholds.contains(&place) {
            tell(
                "threshold",
                &threshold.id,
                threshold.span,
                "compare something with it as `threshold.…`, or take it out",
            );
        }
    }
    for (place, derived) in pack.derived.iter().enumerate() {
        if !used.derived.contains(&place) {
            tell("derived value", &derived.id, derived.span, "name it as `derived.…`, or take it out");
        }
    }
    for (place, condition) in pack.conditions.iter().enumerate() {
        if !used.conditions.contains(&place) {
            tell(
                "condition",
                &condition.id,
                condition.span,
                "name it in a rule as `condition.…`, or take it out",
            );
        }
    }
    for (place, prescription) in pack.prescriptions.iter().enumerate() {
        let in_ladder = pack.ladders.iter().enumerate().any(|(at, ladder)| {
            used.ladders.contains(&at) && ladder.steps.iter().any(|step| step.prescription.0 == place)
        });
        if !used.prescriptions.contains(&place) && !in_ladder {
            tell(
                "prescription",
                &prescription.id,
                prescription.span,
                "let a rule prescribe it, or take it out",
            );
        }
    }
    for (place, ladder) in pack.ladders.iter().enumerate() {
        if !used.ladders.contains(&place) {
            tell("ladder", &ladder.id, ladder.span, "let a rule prescribe it, or take it out");
        }
    }
    for (place, citation) in pack.citations.iter().enumerate() {
        if !used.citations.contains(&place) {
            tell("source", &citation.id, citation.span, "name it where its numbers stand, or take it out");
        }
    }
    out
}

/// Areas that can have a leak and about which no rule has anything to say.
pub fn areas_without_rules(pack: &Pack) -> Vec<Diagnostic> {
    let used = Used::of(pack);
    let mut out = Vec::new();
    for (place, area) in pack.areas.iter().enumerate() {
        let looked_at =
            used.areas.contains(&place) || area.questions.iter().any(|id| used.questions.contains(&id.0));
        let advised = pack.rules.iter().any(|rule| rule.area == Some(AreaId(place)));
        let leaks = area.bands.iter().any(|dated| {
            let bands = 0..dated.value.labels.len();
            bands.into_iter().any(|band| dated.value.leaks(band, area.better))
        });
        if looked_at || advised || !leaks {
            continue;
        }
        let at = super::id_span(&area.id, area.span);
        out.push(
            super::warning(Code::AreaWithoutRule, at, format!("no rule looks at area `{}`", area.id))
                .label("a leak here would have no advice")
                .help("add a rule on its band or its answers"),
        );
    }
    out
}
