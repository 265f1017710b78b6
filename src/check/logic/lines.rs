//! Lines of a rule that never change what becomes of it: whoever reads them believes that they do.

use super::Logic;
use crate::cells::{Goal, Truths};
use crate::diag::{Code, Diagnostic, Example, Page};
use crate::logic::{Truth, judge};
use crate::model::{Check, Condition, ConditionId, Pack, Rule};
use crate::source::Span;

pub const PAGE: Page = Page {
    code: Code::LineNeverMatters,
    title: "a line that never matters",
    what: "With the line and without it the rule comes to the same, whatever is answered: another line says as much already, or answers and scores leave no other choice.",
    why: "The line is printed as a reason and is none. Often it holds the wrong name or the wrong number, and the rule is wider or narrower than meant.",
    example: Example::Beside,
    before: "\
rules:
  - id: price-fear
    title: Price decides
    why: Whoever fears the price talks of nothing else.
    when:
      - answer.price-talk >= 5
      - answer.price-talk >= 3
    prescribe: [renewal-calendar]
    severity: low
",
    after: "\
rules:
  - id: price-fear
    title: Price decides
    why: Whoever fears the price talks of nothing else.
    when:
      - answer.price-talk >= 5
      - answer.renewal-start <= 3
    prescribe: [renewal-calendar]
    severity: low
",
    fix: "Take the line out, or name in it what you meant.",
};

/// Lines of one condition that are looked at; more would take longer than anybody reads.
const LINES: usize = 60;

pub fn lines(logic: &Logic<'_>) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    for (id, rule) in logic.rules() {
        if logic.fires.borrow()[id.0] != Some(true) || logic.always.borrow()[id.0] {
            continue;
        }
        idle(logic, Whole::of(rule), &format!("rule `{}`", rule.id), rule.span, &mut out);
    }
    for named in &logic.pack.conditions {
        let whole = Whole { when: named.when.clone(), unless: None };
        idle(logic, whole, &format!("condition `{}`", named.id), named.span, &mut out);
    }
    out
}

/// A rule's conditions, from which lines are taken out.
#[derive(Clone)]
struct Whole {
    when: Condition,
    unless: Option<Condition>,
}

impl Whole {
    fn of(rule: &Rule) -> Whole {
        Whole { when: rule.when.clone(), unless: rule.unless.clone() }
    }

    fn condition(&self) -> Condition {
        match &self.unless {
            None => self.when.clone(),
            Some(unless) => Condition::All(vec![self.when.clone(), Condition::Not(Box::new(unless.clone()))]),
        }
    }

    /// Every line, with whether it adds to what must hold: without it more is true.
    fn lines(&self) -> Vec<Line> {
        let mut out = Vec::new();
        gather(&self.when, true, &mut vec![0], false, &mut out);
        if let Some(unless) = &self.unless {
            gather(unless, false, &mut vec![1], false, &mut out);
        }
        out
    }

    fn without(&self, line: &Line) -> Whole {
        let mut out = self.clone();
        let (first, rest) = (line.path[0], &line.path[1..]);
        let part = if first == 0 { Some(&mut out.when) } else { out.unless.as_mut() };
        if let Some(part) = part {
            replace(part, rest, line.neutral);
        }
        out
    }
}

struct Line {
    /// 0 for `when`, 1 for `unless`, then the place in each list.
    path: Vec<usize>,
    span: Span,
    /// What it is taken for when it is left out.
    neutral: bool,
    /// Whether the whole is true for more people without it.
    widens: bool,
}

/// `positive`: whether the whole is true for more people where this part is. `in_any`: whether others may hold in its place.
fn gather(condition: &Condition, positive: bool, path: &mut Vec<usize>, in_any: bool, out: &mut Vec<Line>) {
    let mut each = |list: &[Condition], in_any: bool, out: &mut Vec<Line>| {
        for (at, part) in list.iter().enumerate() {
            path.push(at);
            gather(part, positive, path, in_any, out);
            path.pop();
        }
    };
    match condition {
        Condition::All(list) => each(list, in_any && list.len() < 2, out),
        Condition::Any(list) => each(list, in_any || list.len() > 1, out),
        Condition::AtLeast(_, list) => each(list, true, out),
        Condition::Not(inner) => {
            path.push(0);
            gather(inner, !positive, path, !in_any, out);
            path.pop();
        }
        Condition::Named(_, span) => out.push(line(path, *span, in_any, positive)),
        Condition::Test(test) => out.push(line(path, test.span, in_any, positive)),
    }
}

/// In a list of which one must hold a line that is not there is false, in one of which all must hold it is true.
fn line(path: &[usize], span: Span, in_any: bool, positive: bool) -> Line {
    Line { path: path.to_vec(), span, neutral: !in_any, widens: positive != in_any }
}

fn replace(condition: &mut Condition, path: &[usize], neutral: bool) {
    match (condition, path.split_first()) {
        (Condition::All(list) | Condition::Any(list) | Condition::AtLeast(_, list), Some((at, rest))) => {
            if let Some(part) = list.get_mut(*at) {
                replace(part, rest, neutral);
            }
        }
        (Condition::Not(inner), Some((_, rest))) => replace(inner, rest, neutral),
        (condition, _) => {
            *condition = if neutral { Condition::All(Vec::new()) } else { Condition::Any(Vec::new()) };
        }
    }
}

/// The lines without which a condition comes to the same, those taken out before left out.
fn idle(logic: &Logic<'_>, whole: Whole, what: &str, head: Span, out: &mut Vec<Diagnostic>) {
    let lines = whole.lines();
    let absence = asks_absence(&whole, logic.pack);
    if lines.len() < 2 || lines.len() > LINES {
        return;
    }
    let mut kept = whole;
    // From the last one up: of two that say the same the second is the one too many.
    for line in lines.iter().rev() {
        let shorter = kept.without(line);
        match differ(logic, &kept.condition(), &shorter.condition(), line, absence) {
            Some(true) => {}
            None => logic.not_decided(head, format!("whether each line of {what} matters")),
            Some(false) => {
                kept = shorter;
                out.push(
                    Diagnostic::warning(
                        Code::LineNeverMatters,
                        line.span,
                        format!("this line of {what} never matters"),
                    )
                    .label("with it and without it the same people are advised")
                    .help("take it out, or name what you meant"),
                );
            }
        }
    }
}

/// Whether some line asks for an absence, in named conditions too.
fn asks_absence(whole: &Whole, pack: &Pack) -> bool {
    let mut parts: Vec<&Condition> = std::iter::once(&whole.when).chain(&whole.unless).collect();
    let mut names: Vec<ConditionId> = Vec::new();
    let mut found = false;
    while let Some(part) = parts.pop() {
        part.visit(&mut |part| match part {
            Condition::Test(test) => found |= matches!(test.check, Check::Absent { .. }),
            Condition::Named(id, _) if !names.contains(id) => {
                names.push(*id);
                parts.push(&pack.condition(*id).when);
            }
            _ => {}
        });
    }
    found
}

/// Whether somebody is judged differently with the line and without it; none where that is not decided.
///
/// Where lines ask whether something is missing, one matters that decides what else would stay open; where none does,
/// only one that turns the whole round.
fn differ(
    logic: &Logic<'_>,
    with: &Condition,
    without: &Condition,
    line: &Line,
    absence: bool,
) -> Option<bool> {
    let (less, more) = if line.widens { (with, without) } else { (without, with) };
    let pairs: &[(Truths, Truths)] = if absence {
        &[(Truths::FALSE, Truths::NOT_FALSE), (Truths::UNKNOWN, Truths::TRUE)]
    } else {
        &[(Truths::FALSE, Truths::TRUE)]
    };
    let seen = |a: Truth, b: Truth| pairs.iter().any(|(less, more)| less.holds(a) && more.holds(b));
    let pack = logic.pack;
    if logic.met(|values, _| seen(judge(less, pack, values), judge(more, pack, values))) {
        return Some(true);
    }
    let mut decided = true;
    for (low, high) in pairs {
        match logic.can(&Goal::default().condition(less, *low).condition(more, *high)) {
            Some(true) => return Some(true),
            Some(false) => {}
            None => decided = false,
        }
    }
    decided.then_some(false)
}
