//! An answer that improves and makes the advice worse: whoever follows the advice is punished for it.

use std::collections::BTreeMap;

use super::case::said;
use super::{Logic, Witness};
use crate::cells::{Goal, Outcome, Truths, answers_by_worth};
use crate::diag::{Code, Diagnostic, Example, Page};
use crate::logic::judge_rule;
use crate::model::{
    Answer, BandOf, Bands, Better, Check, Comparison, Condition, Limit, Number, Pack, Prescribed, QuestionId,
    Respondent, Rule, RuleId, ScoreOf, Severity, Subject, Test, Values,
};
use crate::values::work_out;

pub const PAGE: Page = Page {
    code: Code::NotMonotone,
    title: "an answer that improves and makes the advice worse",
    what: "Two respondents differ in one answer, the second one's is better, and the second is prescribed all that the first is and more, or the same more gravely.",
    why: "Whoever follows the advice gets more of it. Mostly a sign points the wrong way, or a band is named that is too good.",
    example: Example::Beside,
    before: "\
rules:
  - id: early
    title: Renewals begin early
    why: Whoever begins early has to wait.
    when: answer.renewal-start in [3, 4]
    prescribe: [renewal-calendar]
    severity: low
",
    after: "\
rules:
  - id: early
    title: Renewals begin late
    why: Whoever begins late has no choice left.
    when: answer.renewal-start <= 4
    prescribe: [renewal-calendar]
    severity: low
",
    fix: "Turn the sign, or widen the rule to what is worse. Where it is meant, as where good answers contradict bad figures, say `allow:` with a reason.",
};

/// People who are evaluated for a whole pack: this check looks for examples, and a pack without one is not proved.
const TRIED: usize = 4000;
/// At least so many of them for one rule.
const TRIED_FOR_ONE: usize = 16;

pub fn monotone(logic: &Logic<'_>, witnesses: &mut Vec<Witness>) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let mut tries = TRIED;
    // The first rules do not use up what the later ones need.
    let share = (TRIED / logic.pack.rules.len().max(1)).max(TRIED_FOR_ONE);
    for (id, rule) in logic.rules() {
        let fires = logic.fires.borrow()[id.0] == Some(true);
        if !fires || rule.prescribe.is_empty() || is_ranked(logic.pack, id) {
            continue;
        }
        let Some(lines) = Lines::of(rule, logic.pack).filter(|lines| lines.worsen) else { continue };
        let mut own = tries.min(share);
        tries -= own;
        let found = example(logic, id, &lines, &mut own);
        tries += own;
        let Some((question, before, after)) = found else { continue };
        let name = &logic.pack.question(question).id;
        let message =
            format!("a better answer to `{name}` makes rule `{}` fire and takes no advice away", rule.id);
        let label = format!(
            "rests where it is {}, fires where it is {}",
            said(logic, question, &before),
            said(logic, question, &after)
        );
        let told = Diagnostic::warning(Code::NotMonotone, rule.span, message).label(label).help(
            "turn the sign or widen the rule to what is worse; where it is meant, say `allow:` with a reason",
        );
        let asked = logic.pack.question(question);
        out.push(if asked.reverse {
            told.help(format!(
                "or take `reverse: true` out of question `{}`, if much of it is good",
                asked.id
            ))
        } else {
            told.help(format!("or add `reverse: true` to question `{}`, if much of it is bad", asked.id))
        });
        witnesses.push(Witness { code: "K310", item: format!("{}-before", rule.id), respondent: before });
        witnesses.push(Witness { code: "K310", item: format!("{}-after", rule.id), respondent: after });
    }
    out
}

/// Whether other rules decide what becomes of it, or it of them.
fn is_ranked(pack: &Pack, id: RuleId) -> bool {
    !pack.rules[id.0].supersedes.is_empty()
        || pack.rules.iter().any(|rule| rule.supersedes.contains(&id))
        || pack.groups.iter().any(|group| group.rules.contains(&id))
}

/// What the lines of a rule look at.
#[derive(Default)]
struct Lines {
    /// Questions whose answers they depend on, through scores too.
    questions: Vec<QuestionId>,
    /// Scores and the numbers at which lines change their mind about them.
    cuts: Vec<(ScoreOf, Number)>,
    /// Whether a better answer may bring the rule to fire.
    worsen: bool,
}

impl Lines {
    /// None where a gap or a test of absence is among them.
    fn of(rule: &Rule, pack: &Pack) -> Option<Lines> {
        let mut lines = Lines::default();
        let mut names = Vec::new();
        lines.look(&rule.when, false, pack, &mut names)?;
        rule.unless.iter().try_for_each(|unless| lines.look(unless, true, pack, &mut names))?;
        lines.questions.sort();
        lines.questions.dedup();
        Some(lines)
    }

    fn look(
        &mut self,
        condition: &Condition,
        turned: bool,
        pack: &Pack,
        names: &mut Vec<(crate::model::ConditionId, bool)>,
    ) -> Option<()> {
        match condition {
            Condition::All(list) | Condition::Any(list) | Condition::AtLeast(_, list) => {
                list.iter().try_for_each(|part| self.look(part, turned, pack, names))
            }
            Condition::Not(inner) => self.look(inner, !turned, pack, names),
            Condition::Named(id, _) => {
                if names.contains(&(*id, turned)) {
                    return Some(());
                }
                names.push((*id, turned));
                self.look(&pack.condition(*id).when, turned, pack, names)
            }
            Condition::Test(test) => self.test(test, turned, pack),
        }
    }

    fn test(&mut self, test: &Test, turned: bool, pack: &Pack) -> Option<()> {
        if matches!(test.check, Check::Absent { .. }) || matches!(test.subject, Subject::Gap(_)) {
            return None;
        }
        let (better, rises) = match test.subject {
            Subject::Answer(id) => {
                let areas = || pack.areas.iter().filter(|area| area.questions.contains(&id));
                let Some(area) = areas().find(|area| area.better != Better::Neither) else { return Some(()) };
                if !pack.question(id).changeable {
                    return Some(());
                }
                self.questions.push(id);
                let options = !pack.question(id).kind.choices().is_empty();
                let reverse = pack.question(id).reverse != (area.better == Better::Lower);
                (Better::Higher, if options { None } else { rises(&test.check).map(|up| up != reverse) })
            }
            Subject::Score(of) | Subject::Band(BandOf::Score(of)) => {
                self.score(of, pack);
                self.cuts.extend(test.check.limits().iter().map(|at| (of, at.on(pack, None).into_owned())));
                if let (Subject::Band(band), Some(dated)) =
                    (test.subject, pack.dated_bands(BandOf::Score(of)).last())
                {
                    self.cuts.extend(turning(&dated.value, &test.check).into_iter().map(|at| (of, at)));
                    let count = pack.band_names(band).len();
                    (pack.better(BandOf::Score(of)), band_rises(&test.check, count))
                } else {
                    (pack.better(BandOf::Score(of)), rises(&test.check))
                }
            }
            // Figures stay as they are while an answer improves.
            _ => return Some(()),
        };
        // A line that holds where things are better, or in the middle, can come true as they improve.
        self.worsen |= match (better, rises) {
            (Better::Neither | Better::Middle, _) => false,
            (_, None) => true,
            (Better::Higher, Some(up)) => up != turned,
            (Better::Lower, Some(up)) => up == turned,
        };
        Some(())
    }

    fn score(&mut self, of: ScoreOf, pack: &Pack) {
        match of {
            ScoreOf::Area(area) => self.questions.extend(pack.area(area).questions.iter().copied()),
            ScoreOf::Total => {
                self.questions.extend(pack.areas.iter().flat_map(|area| area.questions.iter().copied()))
            }
        }
    }
}

/// The edges of bands at which a test of labels changes its mind; all of them for any other test.
fn turning(bands: &Bands, check: &Check) -> Vec<Number> {
    let edges = bands.edges();
    let Check::OneOf { labels, .. } = check else { return edges };
    let turns = |edge: &Number| {
        let below =
            edges.iter().filter(|other| *other < edge).max().map_or(edge - &Number::one(), Number::clone);
        let above =
            edges.iter().filter(|other| *other > edge).min().map_or(edge + &Number::one(), Number::clone);
        let half = Number::ratio(1, 2);
        let around = bands.between(&(&(&below + edge) * &half), &(&(edge + &above) * &half));
        let held = around.iter().filter(|label| labels.contains(label)).count();
        0 < held && held < around.len()
    };
    edges.iter().filter(|edge| turns(edge)).cloned().collect()
}

/// Whether a comparison holds for the higher numbers, or for the lower ones; none where it is for some in between.
fn rises(check: &Check) -> Option<bool> {
    match check {
        Check::Compare(Comparison::Greater | Comparison::AtLeast, _) => Some(true),
        Check::Compare(Comparison::Less | Comparison::AtMost, _) => Some(false),
        _ => None,
    }
}

/// The same of bands, of which so many are.
fn band_rises(check: &Check, count: usize) -> Option<bool> {
    let Check::OneOf { labels, negated } = check else { return None };
    let held: Vec<bool> = (0..count).map(|at| labels.contains(&at) != *negated).collect();
    let turns = held.windows(2).filter(|pair| pair[0] != pair[1]).count();
    if turns > 1 { None } else { held.last().copied() }
}

/// Somebody, and the same with one better answer, for whom the rule rests first and fires then, and everything
/// advised before is advised still.
fn example(
    logic: &Logic<'_>,
    id: RuleId,
    lines: &Lines,
    tries: &mut usize,
) -> Option<(QuestionId, Respondent, Respondent)> {
    let pack = logic.pack;
    let rule = &pack.rules[id.0];
    let plain = Goal::default().rule(id, Truths::TRUE);
    if let Outcome::Witness(after) = logic.space.find_only(&plain)
        && let Some(found) = nearby(logic, rule, lines, &after, tries)
    {
        return Some(found);
    }
    // Just behind the edge of a band a single answer is enough to have come there.
    for (of, cut) in &lines.cuts {
        if *tries == 0 {
            return None;
        }
        let Some((low, high)) = pack.score_range(*of) else { continue };
        let width = (high - low) * Number::ratio(1, 8);
        for (from, to) in [(cut - &width, cut.clone()), (cut.clone(), cut + &width)] {
            let check = Check::Between { low: Limit::Number(from), high: Limit::Number(to), negated: false };
            let near = Condition::Test(Test { subject: Subject::Score(*of), check, span: rule.span });
            if let Outcome::Witness(after) =
                logic.space.find_only(&plain.clone().condition(&near, Truths::TRUE))
                && let Some(found) = nearby(logic, rule, lines, &after, tries)
            {
                return Some(found);
            }
        }
    }
    None
}

/// The same with somebody for whom the rule fires: one worse answer is looked for.
fn nearby(
    logic: &Logic<'_>,
    rule: &Rule,
    lines: &Lines,
    after: &Respondent,
    tries: &mut usize,
) -> Option<(QuestionId, Respondent, Respondent)> {
    let pack = logic.pack;
    let mut advised_after = None;
    for question in &lines.questions {
        if !pack.question(*question).changeable {
            continue;
        }
        let answers = answers_by_worth(pack, *question);
        let Some(now) = answers.iter().position(|answer| *answer == after.answers[question.0]) else {
            continue;
        };
        for worse in answers[..now].iter().rev() {
            *tries = tries.checked_sub(1)?;
            let before = with(after, *question, worse);
            let values = work_out(pack, &before, None).values;
            if !judge_rule(rule, pack, &values).is_false() {
                continue;
            }
            let advised_before = advice(pack, &values);
            let advised_after =
                advised_after.get_or_insert_with(|| advice(pack, &work_out(pack, after, None).values));
            let kept = advised_before
                .iter()
                .all(|(given, severity)| advised_after.get(given).is_some_and(|after| after >= severity));
            if kept && advised_before != *advised_after {
                return Some((*question, before, after.clone()));
            }
        }
    }
    None
}

fn with(respondent: &Respondent, id: QuestionId, answer: &Answer) -> Respondent {
    let mut out = respondent.clone();
    out.answers[id.0] = answer.clone();
    out
}

/// Everything that fired rules prescribe, each with the highest of their severities.
fn advice(pack: &Pack, values: &Values) -> BTreeMap<Prescribed, Severity> {
    let mut out = BTreeMap::new();
    for rule in pack.rules.iter().filter(|rule| judge_rule(rule, pack, values).is_true()) {
        for prescribed in &rule.prescribe {
            let severity = out.entry(*prescribed).or_insert(rule.severity);
            *severity = (*severity).max(rule.severity);
        }
    }
    out
}
