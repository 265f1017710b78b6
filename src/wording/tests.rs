//! Sentences over the sample pack of the language, whole.

use super::{because, missing, prose};
use crate::compose::support::{judged, pack_of};
use crate::model::{RuleId, Status, Unknown};

const PACK: &str = include_str!("../../tests/packs/good/retention-core/pack.yaml");

/// What became of a rule, with its sentence.
fn said(rule: &str, answers: &str) -> (Status, String) {
    said_of(PACK, rule, answers)
}

fn said_of(pack: &str, rule: &str, answers: &str) -> (Status, String) {
    let pack = pack_of(&[("pack.yaml", pack)]);
    let (_, findings) = judged(&pack, &format!("respondent: a\ndate: 2026-03-01\n{answers}"));
    let at = pack.pack().rules.iter().position(|known| known.id == rule).unwrap();
    let because = because(pack.pack(), &findings, RuleId(at));
    (because.status, because.sentence)
}

#[test]
fn fired_says_value_threshold_and_source() {
    assert_eq!(
        said(
            "early-warning-missing",
            "answers: { health-review: quarterly, usage-seen: 3 }\n\
             metrics: { clients_lost: 29, clients_at_start: 160 }"
        ),
        (
            Status::Fired,
            "Seeing risk early scored 56.7 of 100 (dripping or pouring is below 60) and “Clients lost per \
             year” is 18.1% (poor is above 15%; House survey 2024, n=212, grade B)."
                .to_owned()
        )
    );
}

#[test]
fn at_least_says_how_many_are_so() {
    assert_eq!(
        said(
            "renewals-start-late",
            "answers: { renewal-start: 2, price-talk: 5, segment: mid }\n\
             metrics: { clients_lost: 1, clients_at_start: 160 }"
        ),
        (
            Status::Fired,
            "“How many months before the end do renewals open?” was answered 2 on the scale from 0 to 6 (2 or \
             less applies) and “Renewals turn into price talks” was answered 5 on the scale from 1 to 5, \
             “fully” (4 or more applies) (2 of 3 are so; 2 are enough)."
                .to_owned()
        )
    );
}

#[test]
fn not_fired_says_what_stood_in_the_way() {
    assert_eq!(
        said(
            "early-warning-missing",
            "answers: { health-review: monthly, usage-seen: 5 }\n\
             metrics: { clients_lost: 29, clients_at_start: 160 }"
        ),
        (
            Status::NotFired,
            "Seeing risk early scored 100 of 100 (dripping or pouring is below 60).".to_owned()
        )
    );
    assert_eq!(
        said("renewals-start-late", "answers: { renewal-start: 1, price-talk: 5, segment: small }"),
        (
            Status::NotFired,
            "“How large is the client base?” was answered “small” (anything but “small” would apply)."
                .to_owned()
        )
    );
}

#[test]
fn undecided_says_what_to_tell() {
    assert_eq!(
        said("early-warning-missing", "answers: { health-review: quarterly, usage-seen: 1 }"),
        (
            Status::Undecided,
            "Cannot tell yet: measure “Clients lost per year”; poor is above 15%.".to_owned()
        )
    );
    assert_eq!(
        said(
            "renewals-start-late",
            "answers: { price-talk: 5, segment: mid }\nmetrics: { clients_lost: 1, clients_at_start: 160 }"
        ),
        (
            Status::Undecided,
            "Cannot tell yet: answer “How many months before the end do renewals open?”; 2 or less applies, \
             more does not."
                .to_owned()
        )
    );
}

#[test]
fn a_gap_names_both_sides() {
    let voices = |manager: i64, rep: i64| {
        format!(
            "voices:\n  - {{ role: manager, answers: {{ usage-seen: {manager} }} }}\n  \
             - {{ role: rep, answers: {{ usage-seen: {rep} }} }}"
        )
    };
    assert_eq!(
        said("views-differ", &voices(5, 2)),
        (
            Status::Fired,
            "Managers and reps differ by 3 steps on “Account managers see usage without asking anyone” (2 or \
             more applies)."
                .to_owned()
        )
    );
    assert_eq!(
        said("views-differ", "answers: { usage-seen: 3 }").1,
        "Cannot tell yet: put “Account managers see usage without asking anyone” to managers and reps and \
         compare the two in steps; 2 or more applies, less does not."
    );
}

#[test]
fn an_assumption_says_so() {
    let assumed =
        PACK.replace("    when: gap.usage-seen >= 2\n", "    when: answer.renewal-start is don't know\n");
    assert_eq!(
        said_of(&assumed, "views-differ", "answers: { renewal-start: dont_know }").1,
        "“How many months before the end do renewals open?” was answered “don't know”."
    );
    let assumed = PACK.replace(
        "    when: gap.usage-seen >= 2\n",
        "    when:\n      - not: \"answer.renewal-start > 2\"\n    if_missing: assume_true\n",
    );
    assert_eq!(
        said_of(&assumed, "views-differ", "answers: { renewal-start: dont_know }").1,
        "Assumed, because it is not known for sure: “How many months before the end do renewals open?” was \
         answered “don't know” (2 or less applies)."
    );
}

#[test]
fn prose_is_filled_with_values_and_units() {
    let text = PACK.replace(
        "why: A number that only the manager knows steers nobody.",
        "why: \"{respondent} loses {metric.churn_rate}, scores {score.health}, is {answer.segment} and {band.health}.\"",
    );
    let pack = pack_of(&[("pack.yaml", &text)]);
    let rule = pack.pack().rules.iter().find(|rule| rule.id == "views-differ").unwrap();
    let filled = |answers: &str| {
        let (respondent, findings) = judged(&pack, &format!("respondent: a\nname: '*A*'\n{answers}"));
        prose(pack.pack(), &findings, &respondent.name, &rule.why)
    };
    assert_eq!(
        filled(
            "answers: { segment: mid, health-review: never, usage-seen: 1 }\n\
             metrics: { clients_lost: 29, clients_at_start: 160 }"
        ),
        "\\*A\\* loses 18.1%, scores 0, is mid and pouring."
    );
    assert_eq!(
        filled("answers: {}"),
        "\\*A\\* loses not known, scores 0 to 100, is not known and not known."
    );
}

#[test]
fn what_is_missing_is_an_instruction() {
    let pack = pack_of(&[("pack.yaml", PACK)]);
    let ask = |unknown| missing(pack.pack(), unknown).ask;
    assert_eq!(
        ask(Unknown::Answer(crate::model::QuestionId(2))),
        "answer “How many months before the end do renewals open?”"
    );
    assert_eq!(ask(Unknown::Metric(crate::model::MetricId(0))), "measure “Clients lost”");
}
