//! The two ends of all answers: whoever does everything well, and whoever does nothing well.

use super::{Logic, Witness};
use crate::cells::{Goal, Outcome, Truths, answers_by_worth};
use crate::diag::{Code, Diagnostic, Example, Page};
use crate::logic::judge_rule;
use crate::model::{BandOf, Better, Check, Condition, MetricId, QuestionId, RuleId, Subject, Test};
use crate::values::work_out;

pub const PERFECT: Page = Page {
    code: Code::PerfectAdvised,
    title: "the perfect respondent is still prescribed something",
    what: "Everything is answered as well as can be and every figure lies in its best band, and the rule fires all the same, whatever is said of what cannot be good or bad.",
    why: "Nobody can ever get it off the list. Mostly a sign points the wrong way, or a question needs `reverse: true`.",
    example: Example::Beside,
    before: "\
rules:
  - id: clients-leave
    title: Clients leave
    why: Each of them was won at some cost.
    when: band.churn_rate is good
    prescribe: [account-list]
    severity: low
",
    after: "\
rules:
  - id: clients-leave
    title: Clients leave
    why: Each of them was won at some cost.
    when: band.churn_rate is watch
    prescribe: [account-list]
    severity: low
",
    fix: "Turn the sign, or say `reverse: true` of the question whose low answers are the good ones. Of what everybody shall read, say `allow:` with a reason.",
};

pub const WORST: Page = Page {
    code: Code::WorstUnadvised,
    title: "the worst respondent is prescribed nothing",
    what: "Everything is answered as badly as can be and every figure lies in its worst band, and no rule fires.",
    why: "Those who need advice most get none. Mostly a sign points the wrong way.",
    example: Example::Alone,
    before: "\
pack: { id: retention-core, version: 1.0.0, format: 1, title: Fire drill, language: en }
sources: { own: { title: Our own drills } }
metrics:
  minutes_out:
    title: Minutes until everybody is out
    unit: minutes
    range: [0, 60]
    better: lower
    bands:
      - { from: 2025-01-01, source: own, review_by: 2099-12-31, cuts: { good: \"<= 3 min\", watch: \"<= 5 min\", poor: rest } }
rules:
  - id: slow-exit
    title: It takes long to get out
    why: In smoke nobody reads a plan.
    when: band.minutes_out is watch
    prescribe: [walk]
    severity: high
prescriptions:
  walk: { area: general, title: Walk to the exits, do: [Walk there.], effort: 1, impact: 5, horizon: 30 }
",
    after: "\
pack: { id: retention-core, version: 1.0.0, format: 1, title: Fire drill, language: en }
sources: { own: { title: Our own drills } }
metrics:
  minutes_out:
    title: Minutes until everybody is out
    unit: minutes
    range: [0, 60]
    better: lower
    bands:
      - { from: 2025-01-01, source: own, review_by: 2099-12-31, cuts: { good: \"<= 3 min\", watch: \"<= 5 min\", poor: rest } }
rules:
  - id: slow-exit
    title: It takes long to get out
    why: In smoke nobody reads a plan.
    when: band.minutes_out in [watch, poor]
    prescribe: [walk]
    severity: high
prescriptions:
  walk: { area: general, title: Walk to the exits, do: [Walk there.], effort: 1, impact: 5, horizon: 30 }
",
    fix: "Turn the sign that is wrong, or add a rule for the worst case.",
};

pub fn ends(logic: &Logic<'_>, witnesses: &mut Vec<Witness>) -> Vec<Diagnostic> {
    let pack = logic.pack;
    let mut out = Vec::new();
    if pack.rules.is_empty() {
        return out;
    }
    let span = pack.title.span;
    let bests = bands(logic, true);
    let worsts = bands(logic, false);
    let perfect = || end(logic, &bests, true);
    // One such person first: what rests for them needs no search.
    let one = match logic.space.find_only(&perfect()) {
        Outcome::Witness(respondent) => Some(work_out(pack, &respondent, None).values),
        Outcome::Impossible(_) => None,
        Outcome::NotDecided(_) => {
            logic.not_decided(span, "what is prescribed where everything is as good as can be".to_owned());
            None
        }
    };
    for (id, rule) in logic.rules() {
        // Of a group everybody gets something: the best tier is no reproach.
        let tier = pack.groups.iter().any(|group| group.rules.contains(&id));
        let rests = one.as_ref().is_none_or(|values| !judge_rule(rule, pack, values).is_true());
        if tier
            || rests
            || rule.prescribe.is_empty()
            || logic.fires.borrow()[id.0] != Some(true)
            || logic.always.borrow()[id.0]
        {
            continue;
        }
        let not = perfect().rule(id, Truths::NOT_TRUE);
        if !matches!(logic.space.find_only(&not), Outcome::Impossible(_)) {
            continue;
        }
        if let Outcome::Witness(respondent) = logic.space.find_only(&perfect().rule(id, Truths::TRUE)) {
            out.push(
                Diagnostic::warning(
                    Code::PerfectAdvised,
                    rule.span,
                    format!("rule `{}` fires even where everything is as good as can be", rule.id),
                )
                .label("nobody can get it off the list")
                .help("turn the sign that is wrong, or say `reverse: true` of the question"),
            );
            witnesses.push(Witness { code: "K311", item: rule.id.clone(), respondent: *respondent });
        }
    }
    let worst = || end(logic, &worsts, false);
    let advised = (0..pack.rules.len()).map(RuleId).filter(|id| !pack.rules[id.0].prescribe.is_empty());
    let Outcome::Witness(one) = logic.space.find_only(&worst()) else { return out };
    let values = work_out(pack, &one, None).values;
    let fires = |id: RuleId| judge_rule(&pack.rules[id.0], pack, &values).is_true();
    if advised.clone().next().is_none() || advised.clone().any(fires) {
        return out;
    }
    let can = |id: RuleId| logic.can(&worst().rule(id, Truths::TRUE));
    if advised.clone().all(|id| can(id) == Some(false)) {
        let goal = advised.fold(worst(), |goal, id| goal.rule(id, Truths::NOT_TRUE));
        if let Outcome::Witness(respondent) = logic.space.find_only(&goal) {
            out.push(
                Diagnostic::warning(
                    Code::WorstUnadvised,
                    span,
                    "whoever answers everything as badly as can be is prescribed nothing",
                )
                .label("in this pack")
                .help("turn the sign that is wrong, or add a rule for the worst case"),
            );
            witnesses.push(Witness { code: "K312", item: pack.id.clone(), respondent: *respondent });
        }
    }
    out
}

/// Everybody at one end: every answer that scores is the best or the worst, and so is every figure's band.
fn end<'g>(logic: &Logic<'_>, bands: &'g [Condition], good: bool) -> Goal<'g> {
    let pack = logic.pack;
    let mut goal = Goal::default();
    for (place, question) in pack.questions.iter().enumerate() {
        let id = QuestionId(place);
        let judged =
            pack.areas.iter().any(|area| area.better != Better::Neither && area.questions.contains(&id));
        if !judged || question.ask_if.is_some() {
            continue;
        }
        let mut answers = answers_by_worth(pack, id);
        let answer = if good { answers.pop() } else { answers.into_iter().next() };
        if let Some(answer) = answer {
            goal = goal.answer(id, answer);
        }
    }
    bands.iter().fold(goal, |goal, band| goal.condition(band, Truths::TRUE))
}

/// For each metric with bands and a good end that some rule looks at: that it lies in its best band, or its worst.
fn bands(logic: &Logic<'_>, good: bool) -> Vec<Condition> {
    let pack = logic.pack;
    let looked_at: Vec<Subject> = pack
        .rules
        .iter()
        .flat_map(|rule| std::iter::once(&rule.when).chain(&rule.unless))
        .flat_map(|condition| crate::logic::subjects(condition, pack))
        .collect();
    let mut out = Vec::new();
    for (place, metric) in pack.metrics.iter().enumerate() {
        let id = MetricId(place);
        let subject = Subject::Band(BandOf::Metric(id));
        let used = looked_at.contains(&subject) || looked_at.contains(&Subject::Metric(id));
        let Some(dated) = metric.bands.last().filter(|_| used) else { continue };
        let top = match metric.better {
            Better::Higher => good,
            Better::Lower => !good,
            Better::Middle | Better::Neither => continue,
        };
        let label = if top { dated.value.labels.len().saturating_sub(1) } else { 0 };
        let check = Check::OneOf { labels: vec![label], negated: false };
        out.push(Condition::Test(Test { subject, check, span: metric.span }));
    }
    out
}
