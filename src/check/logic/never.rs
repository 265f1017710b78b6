//! Rules that cannot fire, whatever is answered: advice that nobody will ever read.

use super::Logic;
use crate::cells::{Goal, Outcome};
use crate::diag::{Code, Diagnostic, Example, Page};
use crate::model::{Pack, QuestionKind, Subject, Unit};
use crate::pack::print;

pub const PAGE: Page = Page {
    code: Code::NeverFires,
    title: "a rule that never fires",
    what: "No answers and no figures make the rule fire. The lines that contradict each other are shown: the fewest that already do.",
    why: "Its advice is in the pack and in no paper, and nobody misses it. Mostly a sign points the wrong way, or `and` is written where `or` is meant.",
    example: Example::Beside,
    before: "\
rules:
  - id: price-fear
    title: Price decides
    why: Whoever fears the price talks of nothing else.
    when:
      - answer.price-talk >= 4
      - answer.price-talk <= 2
    prescribe: [renewal-calendar]
    severity: low
",
    after: "\
rules:
  - id: price-fear
    title: Price decides
    why: Whoever fears the price talks of nothing else.
    when:
      any:
        - answer.price-talk >= 5
        - answer.renewal-start <= 1
    prescribe: [renewal-calendar]
    severity: low
",
    fix: "Turn the sign that is wrong, or write `any:` where one line is enough. Where a score and an answer contradict each other, the answer already decides the score.",
};

/// "`answer.estimate` runs from 1 to 5", for what has a range of its own.
fn attainable(subject: Subject, pack: &Pack) -> Option<String> {
    let (unit, (low, high)) = match subject {
        Subject::Answer(id) => match &pack.question(id).kind {
            QuestionKind::Numbered { from, to, .. } => (&Unit::None, (from, to)),
            QuestionKind::Number { unit, range: Some((low, high)) } => (unit, (low, high)),
            _ => return None,
        },
        Subject::Metric(id) => {
            let metric = pack.metric(id);
            let (low, high) = metric.reach.as_ref()?;
            (&metric.unit, (low, high))
        }
        Subject::Score(of) => {
            let (low, high) = pack.score_range(of)?;
            (&Unit::None, (low, high))
        }
        _ => return None,
    };
    let name = print::subject(subject, pack)?;
    Some(format!("`{name}` runs from {}", unit.from_to(&low.to_string(), &high.to_string())))
}

pub fn never(logic: &Logic<'_>) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    for (id, rule) in logic.rules() {
        let wanted = super::firing(rule);
        if logic.known(id, wanted) {
            continue;
        }
        match logic.space.find(&Goal::default().rule(id, wanted)) {
            Outcome::Witness(respondent) => logic.meet(&respondent),
            Outcome::NotDecided(_) => {
                logic.fires.borrow_mut()[id.0] = None;
                logic.not_decided(rule.span, format!("whether rule `{}` can fire", rule.id));
            }
            Outcome::Impossible(core) => {
                logic.fires.borrow_mut()[id.0] = Some(false);
                let message = format!("rule `{}` never fires", rule.id);
                let mut lines = core.lines.clone();
                let last = lines.pop().unwrap_or(rule.span);
                let label = match lines.len() {
                    0 => "this line never holds".to_owned(),
                    1 => "contradicts the other line".to_owned(),
                    n => format!("contradicts the other {n} lines together"),
                };
                let mut told = Diagnostic::error(Code::NeverFires, last, message).label(label);
                for line in lines {
                    told = told.related(line, "");
                }
                let alone = core.lines.len() == 1;
                out.push(match rule.when.tests().iter().find(|test| alone && test.span == last) {
                    Some(test) => told.help(match attainable(test.subject, logic.pack) {
                        Some(range) => format!("turn the sign or change the number: {range}"),
                        None => "change this line: no answers make it hold".to_owned(),
                    }),
                    None => told.help("change one of these lines: no answers make all of them hold"),
                });
            }
        }
    }
    out
}
