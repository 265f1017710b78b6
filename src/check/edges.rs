//! Numbers in conditions that repeat a band's edge: they drift apart when the band moves.

use crate::diag::{Code, Diagnostic, Example, Page};
use crate::model::{
    BandOf, Bands, Check, Comparison, Condition, Dated, DatedBands, Limit, Number, Order, Pack, Rule, Subject,
};
use crate::pack::print;

pub const PAGE: Page = Page {
    code: Code::RepeatsBand,
    title: "a number that repeats a band's edge",
    what: "A condition compares a metric or score with the very number at which one of its bands begins or ends.",
    why: "When the band moves, with a new study or in another pack, the number stays behind: the paper then calls a value \
          good and advises against it.",
    example: Example::Beside,
    before: "\
rules:
  - id: many-lost
    title: Many clients leave
    why: Each of them was won at some cost.
    when: metric.churn_rate > 15%
    prescribe: [account-list]
    severity: low
",
    after: "\
rules:
  - id: many-lost
    title: Many clients leave
    why: Each of them was won at some cost.
    when: band.churn_rate is poor
    prescribe: [account-list]
    severity: low
",
    fix: "Ask for the band, as the message writes it. Where the number only happens to be the same, say so beside the rule: \
          `allow: [{ code: K404, reason: … }]`.",
};

/// Comparisons of a metric or score with the very edge of one of its bands.
pub fn repeated_edges(pack: &Pack) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let mut look = |condition: &Condition| {
        for test in condition.tests() {
            let Check::Compare(comparison, Limit::Number(number)) = &test.check else { continue };
            let of = match test.subject {
                Subject::Metric(id) => BandOf::Metric(id),
                Subject::Score(of) => BandOf::Score(of),
                _ => continue,
            };
            let Some(name) = print::subject(Subject::Band(of), pack) else { continue };
            let Some(held) = held_in_all(pack.dated_bands(of), *comparison, number) else { continue };
            let label = held.join(", ");
            let mended =
                if held.len() == 1 { format!("{name} is {label}") } else { format!("{name} in [{label}]") };
            out.push(
                super::warning(Code::RepeatsBand, test.span, "this number repeats a band's edge")
                    .label(format!("the same as `{label}` today"))
                    .help(format!("write `{mended}`, so that both move together")),
            );
        }
    };
    for Rule { when, unless, .. } in &pack.rules {
        look(when);
        unless.iter().for_each(&mut look);
    }
    pack.conditions.iter().for_each(|condition| look(&condition.when));
    out
}

/// The bands that a comparison holds for today: where a table depends on an answer, only what each of them says.
fn held_in_all(lists: &[DatedBands], comparison: Comparison, number: &Number) -> Option<Vec<String>> {
    let mut today = lists[Dated::on(lists, None)].iter().map(|dated| held(&dated.value, comparison, number));
    let first = today.next()??;
    today.all(|other| other.as_ref() == Some(&first)).then_some(first)
}

/// The bands that a comparison holds for, where it cuts exactly at one of their edges.
fn held(bands: &Bands, comparison: Comparison, number: &Number) -> Option<Vec<String>> {
    let wanted = match comparison {
        Comparison::Less => Order::Less,
        Comparison::AtMost => Order::AtMost,
        Comparison::Greater => Order::Greater,
        Comparison::AtLeast => Order::AtLeast,
        Comparison::Equal | Comparison::NotEqual => return None,
    };
    let opposite = |order: Order| match order {
        Order::Less => Order::AtLeast,
        Order::AtMost => Order::Greater,
        Order::Greater => Order::AtMost,
        Order::AtLeast => Order::Less,
    };
    let at = bands.steps.iter().position(|step| {
        step.edge
            .as_ref()
            .is_some_and(|(order, edge)| edge == number && (*order == wanted || opposite(*order) == wanted))
    })?;
    let same_side = bands.steps[at].edge.as_ref().is_some_and(|(order, _)| *order == wanted);
    let steps = if same_side { &bands.steps[..=at] } else { &bands.steps[at + 1..] };
    let mut labels: Vec<String> = Vec::new();
    for step in steps {
        let label = &bands.labels[step.label].id;
        if !labels.contains(label) {
            labels.push(label.clone());
        }
    }
    // A band that lies on both sides of the edge says something else.
    let others = if same_side { &bands.steps[at + 1..] } else { &bands.steps[..=at] };
    let both = others.iter().any(|step| labels.contains(&bands.labels[step.label].id));
    (!both).then_some(labels)
}
