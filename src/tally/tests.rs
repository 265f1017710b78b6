//! Small cohorts, summed up.

use proptest::prelude::*;

use super::*;
use crate::check::SoundPack;
use crate::compose::support::{judged, pack_of};
use crate::model::Number;

/// Two areas of one question each; one more question is put to managers and reps.
const PACK: &str = "
pack:
  id: p
  version: 1.0.0
  format: 1
  title: P
  language: en
  bands: { good: \">= 60\", middling: \">= 30\", bad: rest }
scales:
  s: { from: 0, to: 4 }
areas:
  a: { title: A }
  b: { title: B }
questions:
  kind: { kind: profile, question: Kind?, options: [x, y, z] }
  a1: { area: a, scale: s, question: A? }
  b1: { area: b, scale: s, question: B? }
  v1: { area: b, scale: s, voices: [manager, rep], weight: 0, question: V? }
rules:
  - { id: low, title: Low, why: W., when: answer.a1 <= 1, area: a, prescribe: [do-it], severity: high }
prescriptions:
  do-it: { area: a, title: Do it, do: [it.], effort: 1, impact: 1, horizon: 30 }
";

/// Somebody by the answers to `a1` and `b1`, of a kind, in a team.
fn person(at: usize, (a, b, kind, team): (usize, usize, usize, usize)) -> String {
    // What is no step of the scale is no answer: it leaves the score open, or none at all.
    let said = |step: usize| match step {
        5 => "dont_know".to_owned(),
        6 => "not_asked".to_owned(),
        step => step.to_string(),
    };
    let (a, b) = (said(a), said(b));
    format!(
        "respondent: r{at}\nname: R {at}\nanswers: {{ a1: {a}, b1: {b}, kind: {} }}\nextra: {{ team: T{team} }}\n",
        ["x", "y", "z"][kind]
    )
}

fn tally<'p>(pack: &'p SoundPack, people: &[(usize, usize, usize, usize)], by: &[&str]) -> Tally<'p> {
    let cuts = by.iter().map(|name| By::named(name, pack.pack()).unwrap()).collect();
    let mut tally = Tally::new(pack.pack(), cuts, true);
    for (at, one) in people.iter().enumerate() {
        let (respondent, findings) = judged(pack, &person(at, *one));
        tally.add(&respondent, &findings);
    }
    tally
}

#[test]
fn the_leak_of_most_comes_first_and_of_as_many_the_deeper_one() {
    let pack = pack_of(&[("pack.yaml", PACK)]);
    let leaks = |people: &[(usize, usize, usize, usize)]| {
        tally(&pack, people, &[]).finish(&Options::default()).unwrap().leaks
    };
    let (a, b) = (AreaId(0), AreaId(1));
    assert_eq!(leaks(&[(0, 0, 0, 0), (0, 0, 0, 0), (0, 4, 0, 0), (4, 4, 0, 0), (4, 4, 0, 0)]), [a, b]);
    // As many, and the second is deeper.
    assert_eq!(leaks(&[(1, 0, 0, 0), (1, 0, 0, 0), (4, 4, 0, 0), (4, 4, 0, 0), (4, 4, 0, 0)]), [b, a]);
    // As deep: the pack's order. One alone is not shared.
    assert_eq!(leaks(&[(1, 1, 0, 0), (1, 1, 0, 0), (4, 4, 0, 0), (4, 4, 0, 0), (4, 4, 0, 0)]), [a, b]);
    assert_eq!(leaks(&[(1, 1, 0, 0), (1, 4, 0, 0), (4, 4, 0, 0), (4, 4, 0, 0), (4, 4, 0, 0)]), [a]);
}

#[test]
fn two_camps_are_talked_about_and_agreement_is_not() {
    let pack = pack_of(&[("pack.yaml", PACK)]);
    let people = [(0, 3, 0, 0), (0, 3, 0, 0), (0, 3, 1, 0), (4, 3, 1, 0), (4, 3, 2, 0), (4, 2, 2, 0)];
    let together = tally(&pack, &people, &[]).finish(&Options::default()).unwrap();
    assert_eq!(together.talk, [QuestionId(1)]);
    let told = &together.questions[1];
    assert_eq!(told.disagreement, Some(Number::one()));
    assert_eq!((told.camps, told.places.as_slice()), (Some((0, 4)), &[3, 0, 0, 0, 3][..]));
    assert_eq!(together.questions[2].camps, None);
    assert_eq!(together.prescriptions, [Often { what: PrescriptionId(0), people: 3 }]);
    assert_eq!(together.alike[0].names, ["R 0", "R 1", "R 2"]);
}

#[test]
fn a_cohort_that_is_too_small_is_not_told_of() {
    let pack = pack_of(&[("pack.yaml", PACK)]);
    let few = tally(&pack, &[(0, 0, 0, 0); 4], &[]).finish(&Options::default()).unwrap_err();
    assert_eq!(few.to_string(), "4 respondents, where figures of fewer than 5 are not told");
    // A pack may ask for another number, and whoever runs it for a third.
    let modest = pack_of(&[("pack.yaml", &PACK.replace("language: en\n", "language: en\n  min_group: 4\n"))]);
    let least = |asked| Options::of(modest.pack(), asked).least;
    assert_eq!((least(None), least(Some(3)), Options::of(pack.pack(), None).least), (4, 3, 5));
    assert!(tally(&modest, &[(0, 0, 0, 0); 4], &[]).finish(&Options::of(modest.pack(), None)).is_ok());
    let none = Tally::new(pack.pack(), Vec::new(), false).finish(&Options { least: 0, group_size: 4 });
    assert_eq!(none.unwrap_err(), TooFew { people: 0, least: 1 });
}

#[test]
fn a_question_of_few_answers_is_held_back() {
    let pack = pack_of(&[("pack.yaml", PACK)]);
    let mut tally = tally(&pack, &[(0, 0, 0, 0), (1, 1, 1, 0)], &[]);
    for at in 2..6 {
        let (respondent, findings) = judged(&pack, &format!("respondent: r{at}\nanswers: {{ a1: 2 }}\n"));
        tally.add(&respondent, &findings);
    }
    let together = tally.finish(&Options::default()).unwrap();
    let told = &together.questions[2];
    assert_eq!((told.counted, told.places.len(), &told.quarters, &told.disagreement), (0, 0, &None, &None));
    assert_eq!((together.areas[1].counted, together.areas[1].leaks), (0, 0));
    assert_eq!(together.areas[0].counted, 6);
}

#[test]
fn managers_and_reps_are_held_against_each_other_within_a_respondent() {
    let pack = pack_of(&[("pack.yaml", PACK)]);
    let mut tally = Tally::new(pack.pack(), Vec::new(), false);
    for (manager, rep) in [(4, 1), (3, 2), (4, 4), (0, 1), (4, 2)] {
        let text = format!(
            "respondent: r{manager}{rep}\nanswers: {{ a1: 2 }}\nvoices:\n  \
             - {{ role: manager, answers: {{ v1: {manager} }} }}\n  - {{ role: rep, answers: {{ v1: {rep} }} }}\n"
        );
        let (respondent, findings) = judged(&pack, &text);
        tally.add(&respondent, &findings);
    }
    let together = tally.finish(&Options::default()).unwrap();
    let [gap] = together.gaps.as_slice() else { panic!("{:?}", together.gaps) };
    assert_eq!((gap.managers.to_decimal(2), gap.others.to_decimal(2)), ("3".into(), "2".into()));
    assert_eq!((gap.apart.to_decimal(2), gap.share.to_decimal(2)), ("1.4".into(), "0.35".into()));
    assert_eq!((gap.more, gap.same, gap.less), (3, 1, 1));
}

#[test]
fn what_makes_no_groups_is_told_with_what_would() {
    let pack = pack_of(&[("pack.yaml", PACK)]);
    let told = |by: &str| tally(&pack, &[(0, 0, 0, 0); 5], &[by]).faults();
    assert_eq!(
        told("teem"),
        [("nobody has anything under `teem`".to_owned(), "did you mean `team`?".to_owned())]
    );
    assert_eq!(
        told("weather"),
        [("nobody has anything under `weather`".to_owned(), "a cohort can be cut by team, kind".to_owned())]
    );
    assert!(told("TEAM").is_empty());
    assert_eq!(
        By::named("a1", pack.pack()).unwrap_err().0,
        "`a1` is no question of which one option is chosen, so it makes no groups"
    );
    let many: Vec<_> = (0..70).map(|team| (0, 0, 0, team)).collect();
    assert_eq!(
        tally(&pack, &many, &["team"]).faults()[0].0,
        "`team` has more than 60 different values, which are no segments"
    );
}

#[test]
fn a_pack_without_scores_or_with_the_low_end_good_is_summed_up_too() {
    let rules = "
pack: { id: p, version: 1.0.0, format: 1, title: P, language: en, total: none }
questions:
  q: { kind: number, unit: \"%\", range: [0%, 100%], question: Q? }
rules:
  - { id: low, title: Low, why: W., when: answer.q <= 10%, prescribe: [do-it], severity: high }
prescriptions:
  do-it: { area: general, title: Do it, do: [it.], effort: 1, impact: 1, horizon: 30 }
";
    let pack = pack_of(&[("pack.yaml", rules)]);
    let mut tally = Tally::new(pack.pack(), Vec::new(), false);
    for at in 0..6 {
        let (respondent, findings) = judged(&pack, &format!("respondent: r{at}\nanswers: {{ q: {at}% }}\n"));
        tally.add(&respondent, &findings);
    }
    let together = tally.finish(&Options::default()).unwrap();
    assert!(together.total.is_none() && together.areas.is_empty() && together.leaks.is_empty());
    assert_eq!(together.rules, [Often { what: RuleId(0), people: 6 }]);
    assert_eq!(together.questions[0].quarters.as_ref().unwrap()[1].to_decimal(1), "2.5");

    let lower = PACK
        .replace("a: { title: A }", "a: { title: A, better: lower }")
        .replace("language: en\n", "language: en\n  total: none\n");
    let lower = pack_of(&[("pack.yaml", &lower)]);
    let people = [(4, 4, 0, 0), (3, 4, 0, 0), (3, 0, 0, 0), (0, 0, 0, 0), (0, 4, 0, 0)];
    let together = super::tests::tally(&lower, &people, &[]).finish(&Options::default()).unwrap();
    assert_eq!(together.areas[0].leaks, 3);
    assert!(together.total.is_none());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// The order in which people come changes nothing but who sits in which breakout group, and no figure of a group, or of
    /// all of them less the groups that are told, is one of too few.
    #[test]
    fn figures_do_not_depend_on_the_order_and_none_is_of_too_few(
        people in prop::collection::vec((0usize..7, 0usize..7, 0usize..3, 0usize..4), 5..24),
        least in 2usize..6,
    ) {
        let pack = pack_of(&[("pack.yaml", PACK)]);
        let options = Options { least, ..Options::default() };
        let of = |people: &[(usize, usize, usize, usize)]| {
            let mut together = tally(&pack, people, &["team", "kind"]).finish(&options).unwrap();
            together.alike.clear();
            together.mixed.clear();
            together
        };
        let together = of(&people);
        let backwards: Vec<_> = people.iter().rev().copied().collect();
        prop_assert_eq!(&together, &of(&backwards));
        for cut in &together.cuts {
            for (at, whole) in together.areas.iter().enumerate() {
                let told: usize = cut.groups.iter().map(|group| group.areas[at].counted).sum();
                prop_assert!(whole.counted > 0 || told == 0);
                let rest = whole.counted - told;
                prop_assert!(rest == 0 || rest >= least, "{} of {}", rest, cut.by);
                for group in &cut.groups {
                    let one = &group.areas[at];
                    prop_assert!(group.people >= least && (one.counted == 0 || one.counted >= least));
                    prop_assert!(one.counted > 0 || (one.bands.is_empty() && one.values.count() == 0 && one.quarters.is_none()));
                }
            }
            let members: usize = cut.groups.iter().map(|group| group.people).sum();
            prop_assert!(members == people.len() || people.len() - members >= least);
        }
    }
}
