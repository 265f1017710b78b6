//! parse ∘ print = identity: conditions drawn as data, written, and read back.

use std::fmt::Write;

use kitwright::diag::show_all;
use kitwright::model::{
    Absence, AbsenceTest, AreaId, BandOf, Check, Comparison, Condition, ConditionId, DerivedId, Limit,
    MetricId, Number, Pack, QuestionId, ScoreOf, Subject, Test, ThresholdId, Unit,
};
use kitwright::pack::print;
use kitwright::source::{SourceId, Sources, Span};
use proptest::prelude::*;

use super::shape::{self, Tape};
use super::{ANYTHING, load_one, settings, tape};

/// Every kind of subject, with options whose names are words of the language.
const PACK: &str = r#"pack: { id: all, version: 1.0.0, format: 1, title: All, language: en, bands: { good: ">= 50", bad: rest } }
units: [clients, "mmol/l", "mm Hg", "parts or so"]
sources: { house: { title: House } }
scales:
  five: { from: 1, to: 5, labels: [not at all, a little, partly, mostly, fully] }
  around: { from: -3, to: 3 }
  words: { options: { and: 0, or: 20, in: 40, any: 60, some: { points: 80, label: "not any, or a few" }, all: 100 } }
areas:
  one: { title: One }
questions:
  five: { area: one, scale: five, voices: [manager, rep], question: Five? }
  around: { area: one, scale: around, not_applicable: true, question: Around? }
  words: { area: one, scale: words, question: Words? }
  who: { kind: profile, options: [small, { big: { label: "Not small" } }], question: Who? }
  which: { kind: many, options: [and, b, c], question: Which? }
  long: { kind: number, unit: hours, range: [0 hours, 100 hours], question: Long? }
  said: { kind: text, question: Said? }
metrics:
  share: { title: Share, unit: "%", range: [0%, 100%], better: higher, bands: [{ from: 2025-01-01, source: house, review_by: 2099-12-31, cuts: [[low, "< 5%"], [fit, "< 8%"], [low, rest]] }] }
  wait: { title: Wait, unit: weeks, range: [0 weeks, 100 weeks], better: lower }
  term: { title: Term, unit: years, range: [0 years, 50 years], better: lower }
  lost: { title: Lost, unit: clients, range: [0, 100000], better: lower }
  deal: { title: Deal, unit: EUR, range: [0, 100000], better: higher }
  ratio: { title: Ratio, unit: x, range: [0x, 10x], better: higher }
  calls: { title: Calls, unit: count, range: [-5, 500], better: higher }
  sugar: { title: Sugar, unit: "mmol/l", range: [0, 500], better: lower }
  press: { title: Press, unit: "mm Hg", range: [0, 500], better: lower }
  cells: { title: Cells, unit: "parts or so", range: [0, 500], better: lower }
thresholds:
  many: { unit: clients, from: 2025-01-01, source: house, review_by: 2099-12-31, value: 90 clients }
  soon: { unit: days, from: 2025-01-01, source: house, review_by: 2099-12-31, value: 9 days }
derived:
  double: { unit: clients, formula: lost + lost }
conditions:
  shared: score.one >= 1
"#;

/// Nothing of where it stands.
fn bare(condition: &Condition) -> Condition {
    let all = |parts: &[Condition]| parts.iter().map(bare).collect();
    let nowhere = Span::new(SourceId(0), 0..0);
    match condition {
        Condition::All(parts) => Condition::All(all(parts)),
        Condition::Any(parts) => Condition::Any(all(parts)),
        Condition::AtLeast(n, parts) => Condition::AtLeast(*n, all(parts)),
        Condition::Not(inner) => Condition::Not(Box::new(bare(inner))),
        Condition::Named(id, _) => Condition::Named(*id, nowhere),
        Condition::Test(test) => Condition::Test(Test { span: nowhere, ..test.clone() }),
    }
}

/// The conditions as the pack's own, written and read again.
fn round(head: &str, conditions: &[Condition], pack: &Pack) -> (Vec<Condition>, String) {
    let mut text = String::from("conditions:\n");
    for (at, condition) in conditions.iter().enumerate() {
        let written = print::under(&format!("c{at}"), condition, pack, 2).expect("it can be written");
        text.push_str(&written);
    }
    let mut sources = Sources::default();
    let files = [sources.add("a.yaml", head), sources.add("b.yaml", &text)];
    let loaded = kitwright::pack::load(&files, &sources);
    assert_eq!(show_all(&loaded.diagnostics, &sources, false), "", "{text}");
    let read = loaded.pack.expect("it is a pack").conditions;
    let begin = read.len() - conditions.len();
    (read[begin..].iter().map(|condition| bare(&condition.when)).collect(), text)
}

fn draw(tape: &mut Tape, depth: usize) -> Condition {
    let parts =
        |tape: &mut Tape| -> Vec<Condition> { (0..=tape.below(3)).map(|_| draw(tape, depth + 1)).collect() };
    match if depth > 4 { 0 } else { tape.below(9) } {
        3 => Condition::All(parts(tape)),
        4 | 5 => Condition::Any(parts(tape)),
        6 => Condition::Not(Box::new(draw(tape, depth + 1))),
        7 => {
            let parts = parts(tape);
            Condition::AtLeast(1 + tape.below(parts.len()), parts)
        }
        8 => Condition::Named(ConditionId(0), Span::new(SourceId(0), 0..0)),
        _ => Condition::Test(draw_test(tape)),
    }
}

fn draw_test(tape: &mut Tape) -> Test {
    let negated = tape.one_in(2);
    let subject = match tape.below(14) {
        0 => Subject::Score(if tape.one_in(2) { ScoreOf::Total } else { ScoreOf::Area(AreaId(0)) }),
        1 => Subject::Band(BandOf::Score([ScoreOf::Total, ScoreOf::Area(AreaId(0))][tape.below(2)])),
        2 => Subject::Band(BandOf::Metric(MetricId(0))),
        3 => Subject::Gap(QuestionId(0)),
        // Of plain counts and clients: what is said of them differs in nothing but the name.
        12 => Subject::Trend(MetricId(6)),
        13 => Subject::Derived(DerivedId(0)),
        4..=7 => Subject::Metric(MetricId(tape.below(10))),
        _ => Subject::Answer(QuestionId(tape.below(7))),
    };
    let check = if tape.one_in(6) && !matches!(subject, Subject::Gap(_)) {
        let kinds = [Absence::Skipped, Absence::DontKnow, Absence::NotApplicable, Absence::Refused];
        let kind = match subject {
            Subject::Answer(_) if tape.one_in(2) => AbsenceTest::Kind(kinds[tape.below(4)]),
            _ => AbsenceTest::Missing,
        };
        Check::Absent { kind, negated }
    } else {
        match subject {
            Subject::Answer(QuestionId(2)) => Check::OneOf { labels: tape.some_of(6), negated },
            Subject::Answer(QuestionId(3)) => Check::OneOf { labels: tape.some_of(2), negated },
            Subject::Band(_) => Check::OneOf { labels: tape.some_of(2), negated },
            Subject::Answer(QuestionId(4)) => {
                let labels = tape.some_of(3);
                Check::Includes { all: negated || labels.len() > 1 && tape.one_in(2), labels }
            }
            Subject::Answer(QuestionId(6)) => Check::Absent { kind: AbsenceTest::Missing, negated },
            Subject::Answer(QuestionId(0)) | Subject::Gap(_) => {
                draw_numbers(tape, (1, 4), &Number::one(), negated)
            }
            Subject::Answer(QuestionId(1)) => draw_numbers(tape, (-3, 3), &Number::one(), negated),
            Subject::Answer(_) => draw_numbers(tape, (0, 99), &Number::ratio(1, 60), negated),
            // Against a threshold of its own unit, and of another of its kind.
            Subject::Metric(MetricId(3)) if tape.one_in(3) => {
                Check::Compare(Comparison::Less, Limit::Threshold(ThresholdId(0), Number::one()))
            }
            Subject::Metric(MetricId(1)) if tape.one_in(3) => {
                let limit = |tape: &mut Tape| match tape.below(2) {
                    0 => Limit::Number(Number::zero()),
                    _ => Limit::Threshold(ThresholdId(1), Number::ratio(1, 7)),
                };
                Check::OneOfNumbers { numbers: vec![limit(tape), limit(tape)], negated }
            }
            Subject::Derived(_) => draw_numbers(tape, (0, 200), &Number::ratio(1, 8), negated),
            Subject::Trend(_) => draw_numbers(tape, (-3, 3), &Number::one(), negated),
            Subject::Score(_) | Subject::Points(_) => {
                draw_numbers(tape, (0, 100), &Number::ratio(1, 8), negated)
            }
            // Parts of an hour in weeks, of a quarter in years, and decimals.
            Subject::Metric(MetricId(1)) => draw_numbers(tape, (0, 90), &Number::ratio(1, 168), negated),
            Subject::Metric(MetricId(2)) => draw_numbers(tape, (0, 40), &Number::ratio(1, 12), negated),
            Subject::Metric(MetricId(5)) => draw_numbers(tape, (0, 10), &Number::ratio(1, 1000), negated),
            Subject::Metric(MetricId(6)) => draw_numbers(tape, (-5, 9), &Number::one(), negated),
            // Below 1, a percentage would look like a fraction: `0.5%` is written and read with its unit.
            Subject::Metric(_) => draw_numbers(tape, (0, 99), &Number::ratio(1, 16), negated),
        }
    };
    Test { subject, check, span: Span::new(SourceId(0), 0..0) }
}

/// Whole numbers of a range and, now and then, parts of them.
fn draw_numbers(tape: &mut Tape, (low, high): (i64, i64), part: &Number, negated: bool) -> Check {
    let one = |tape: &mut Tape| {
        let whole = tape.between(low, high);
        let inside = whole < high && tape.one_in(2);
        let parts = if inside { tape.below(8) as i64 } else { 0 };
        let parts = &Number::from(parts) * part;
        if *part < Number::one() { Number::from(whole) + parts } else { Number::from(whole) }
    };
    const SIGNS: [Comparison; 6] = [
        Comparison::Less,
        Comparison::AtMost,
        Comparison::Greater,
        Comparison::AtLeast,
        Comparison::Equal,
        Comparison::NotEqual,
    ];
    match tape.below(3) {
        0 => Check::Compare(SIGNS[tape.below(6)], Limit::Number(one(tape))),
        1 => {
            let (low, high) = kitwright::model::ordered(one(tape), one(tape));
            Check::Between { low: Limit::Number(low), high: Limit::Number(high), negated }
        }
        _ => Check::OneOfNumbers {
            numbers: (0..=tape.below(2)).map(|_| Limit::Number(one(tape))).collect(),
            negated,
        },
    }
}

fn fixed() -> Pack {
    let mut sources = Sources::default();
    let file = sources.add("a.yaml", PACK);
    let loaded = kitwright::pack::load(&[file], &sources);
    assert_eq!(show_all(&loaded.diagnostics, &sources, false), "");
    loaded.pack.expect("it is a pack")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::times::cases(500, 3000), ..settings() })]

    #[test]
    fn a_condition_that_is_written_is_read_as_it_was(tape in tape()) {
        let mut tape = Tape::new(tape);
        let pack = fixed();
        let conditions: Vec<Condition> = (0..8).map(|_| draw(&mut tape, 0)).collect();
        let (read, text) = round(PACK, &conditions, &pack);
        prop_assert_eq!(&read, &conditions, "{}", text);
        for (condition, line) in conditions.iter().filter_map(|c| Some((c, print::line(c, &pack)?))) {
            let text = format!("conditions:\n  c: {}\n", kitwright::yaml::scalar(&line));
            let mut sources = Sources::default();
            let files = [sources.add("a.yaml", PACK), sources.add("b.yaml", &text)];
            let loaded = kitwright::pack::load(&files, &sources);
            prop_assert_eq!(show_all(&loaded.diagnostics, &sources, false), "");
            let read = loaded.pack.expect("it is a pack").conditions;
            prop_assert_eq!(&bare(&read[1].when), condition, "{}", text);
        }
    }
}

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn conditions_of_drawn_packs_are_written_and_read_as_they_were(tape in tape()) {
        let mut tape = Tape::new(tape);
        let drawn = shape::draw_pack(&mut tape, ANYTHING);
        let sound = load_one(&drawn, &mut tape);
        let pack = sound.pack();
        let conditions: Vec<Condition> = pack
            .rules
            .iter()
            .flat_map(|rule| std::iter::once(&rule.when).chain(&rule.unless))
            .map(bare)
            .collect();
        // The order of sections settles nothing here: the same tape would write the same pack.
        let head = shape::file_of(&shape::write_sections(&drawn, &mut Tape::new(Vec::new())));
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", &head);
        let again = kitwright::pack::load(&[file], &sources).pack.expect("it is a pack");
        let straight: Vec<Condition> = again
            .rules
            .iter()
            .flat_map(|rule| std::iter::once(&rule.when).chain(&rule.unless))
            .map(bare)
            .collect();
        let (read, text) = round(&head, &straight, &again);
        prop_assert_eq!(&read, &straight, "{}", text);
        prop_assert_eq!(conditions.len(), straight.len());
    }
}

#[test]
fn values_stand_in_a_unit_in_which_they_end() {
    let pack = fixed();
    let mut out = String::new();
    for (number, unit) in [
        (Number::ratio(1, 3), Unit::Hours),
        (Number::ratio(3, 2), Unit::Hours),
        (Number::ratio(1, 7), Unit::Weeks),
        (Number::ratio(1, 12), Unit::Years),
        (Number::ratio(181, 10), Unit::Percent),
        (Number::one(), Unit::Declared("clients".to_owned())),
        (Number::from(5i64), Unit::Money("EUR".to_owned())),
        (Number::from(3i64), Unit::Times),
        (Number::from(60i64), Unit::Points),
        (Number::ratio(1, 7), Unit::Minutes),
    ] {
        let _ = write!(out, "{}; ", print::quantity(&number, &unit).unwrap_or_default());
    }
    assert_eq!(out, "20 minutes; 1.5 hours; 1 day; 1 month; 18.1%; 1 client; 5 EUR; 3x; 60; ; ");
    let long = Condition::All(vec![
        Condition::Any(pack.conditions[0].when.tests().into_iter().cloned().map(Condition::Test).collect()),
        Condition::AtLeast(
            1,
            vec![
                Condition::Not(Box::new(Condition::Test(Test {
                    subject: Subject::Answer(QuestionId(3)),
                    check: Check::OneOf { labels: vec![0], negated: true },
                    span: Span::new(SourceId(0), 0..0),
                }))),
                Condition::Named(ConditionId(0), Span::new(SourceId(0), 0..0)),
            ],
        ),
    ]);
    assert_eq!(
        print::under("when", &long, &pack, 4).unwrap(),
        "    when:\n\
         \x20     - any:\n\
         \x20         - score.one >= 1\n\
         \x20     - at_least: 1\n\
         \x20       of:\n\
         \x20         - not answer.who not in [small]\n\
         \x20         - condition.shared\n"
    );
}
