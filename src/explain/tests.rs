//! What is offered, in the sentences that print it, over the sample pack of the language.

use super::Explainer;
use crate::compose::support::{judged, pack_of};
use crate::model::RuleId;
use crate::wording::{almost, ask_first, would_change};

const PACK: &str = include_str!("../../tests/packs/good/retention-core/pack.yaml");

enum About {
    WouldChange,
    Almost,
    AskFirst,
}

fn said(pack: &str, about: About, rule: &str, answers: &str) -> String {
    let pack = pack_of(&[("pack.yaml", pack)]);
    let (respondent, findings) = judged(&pack, &format!("respondent: a\ndate: 2026-03-01\n{answers}"));
    let at = RuleId(pack.pack().rules.iter().position(|known| known.id == rule).unwrap());
    let explainer = Explainer::new(&pack, &respondent, &findings);
    let said = match about {
        About::WouldChange => would_change(pack.pack(), &explainer.would_change(at)),
        About::Almost => explainer.near_miss(at).map(|near| almost(pack.pack(), &findings, &near)),
        About::AskFirst => ask_first(pack.pack(), &explainer.ask_first(at)),
    };
    said.unwrap_or_default()
}

#[test]
fn the_smallest_changes_are_offered_with_what_they_lead_to() {
    assert_eq!(
        said(
            PACK,
            About::WouldChange,
            "early-warning-missing",
            "answers: { health-review: quarterly, usage-seen: 3 }\n\
             metrics: { clients_lost: 29, clients_at_start: 160 }"
        ),
        "Would take it off the list: *usage seen* 3 → 4 (score 65), or *health review* quarterly → monthly (83.3), \
         or five fewer lost clients (15%)."
    );
}

#[test]
fn pairs_are_offered_where_one_change_is_not_enough() {
    assert_eq!(
        said(
            PACK,
            About::WouldChange,
            "renewals-start-late",
            "answers: { renewal-start: 2, price-talk: 5, segment: mid }\n\
             metrics: { clients_lost: 29, clients_at_start: 160 }"
        ),
        "Would take it off the list: *renewal start* 2 → 3 with *price talk* 5 → 3, or *renewal start* 2 → 3 with \
         five fewer lost clients (15%), or *renewal start* 2 → 3 with 34 more clients at start (14.9%)."
    );
}

#[test]
fn a_gap_closes_from_the_side_that_does_not_get_worse() {
    assert_eq!(
        said(
            PACK,
            About::WouldChange,
            "views-differ",
            "voices:\n  - { role: manager, answers: { usage-seen: 5 } }\n  \
             - { role: rep, answers: { usage-seen: 2 } }"
        ),
        "Would take it off the list: *usage seen* 2 → 4 from reps (1 step apart)."
    );
}

#[test]
fn a_near_miss_says_what_would_make_it_apply() {
    assert_eq!(
        said(
            PACK,
            About::Almost,
            "early-warning-missing",
            "answers: { health-review: quarterly, usage-seen: 3 }\n\
             metrics: { clients_lost: 22, clients_at_start: 160 }"
        ),
        "“Clients lost per year” is 13.8%; above 15% it applies: three more lost clients."
    );
}

#[test]
fn what_is_far_away_or_kept_by_two_is_no_near_miss() {
    for answers in [
        "answers: { health-review: quarterly, usage-seen: 3 }\nmetrics: { clients_lost: 8, clients_at_start: 160 }",
        "answers: { health-review: monthly, usage-seen: 5 }\nmetrics: { clients_lost: 22, clients_at_start: 160 }",
    ] {
        assert_eq!(said(PACK, About::Almost, "early-warning-missing", answers), "");
    }
}

#[test]
fn a_whole_step_is_not_nearly_taken() {
    let pack = PACK.replace("when: gap.usage-seen >= 2", "when: answer.renewal-start < 3");
    assert_eq!(said(&pack, About::Almost, "views-differ", "answers: { renewal-start: 3 }"), "");
    let long = pack.replace("months6:   { from: 0, to: 6 }", "months6:   { from: 0, to: 10 }");
    assert_eq!(
        said(&long, About::Almost, "views-differ", "answers: { renewal-start: 3 }"),
        "“How many months before the end do renewals open?” was answered 3 on the scale from 0 to 10; below 3 it \
         applies."
    );
}

#[test]
fn what_to_ask_first_says_which_values_decide_which_way() {
    assert_eq!(
        said(
            PACK,
            About::AskFirst,
            "renewals-start-late",
            "answers: { price-talk: 5, segment: mid }\nmetrics: { clients_lost: 1, clients_at_start: 160 }"
        ),
        "Cannot tell yet: answer “How many months before the end do renewals open?”; 2 or less applies, more does \
         not."
    );
    assert_eq!(
        said(
            PACK,
            About::AskFirst,
            "early-warning-missing",
            "answers: { health-review: quarterly, usage-seen: 1 }"
        ),
        "Cannot tell yet: measure “Clients lost per year”; above 15% applies, 15% or less does not."
    );
}
