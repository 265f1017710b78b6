//! Rules and what they prescribe.

use super::pack::{ALLOW, IF_MISSING};
use super::shape::{Object, Shape, key, needed};

pub const SEVERITY: Shape = Shape::Words(&["low", "medium", "high"]);

pub static RULE: Object = Object {
    name: "rule",
    about: "When these conditions hold, prescribe these.",
    keys: &[
        needed("id", Shape::Id, "The rule's name, as results print it."),
        needed("title", Shape::Text, "What is found, as a heading."),
        needed("why", Shape::Text, "Why it matters, in a sentence or two."),
        needed("when", Shape::Condition, "When the rule fires."),
        key("unless", Shape::Condition, "When it does not fire all the same."),
        key("prescribe", Shape::Texts(&Shape::Id), "The prescriptions and ladders that it gives."),
        needed("severity", SEVERITY, "How grave it is: `high` counts 3, `medium` 2, `low` 1."),
        key(
            "area",
            Shape::Id,
            "The area that it belongs to, or `general`; that of its prescriptions where nothing is said.",
        ),
        key("if_missing", IF_MISSING, "What it is taken for where it cannot be decided."),
        key("supersedes", Shape::Texts(&Shape::Id), "Weaker rules that it sets aside where it fires."),
        ALLOW,
    ],
    patterns: &[],
};

pub static GROUP: Object = Object {
    name: "group",
    about: "Rules of which only some may fire together.",
    keys: &[
        key("title", Shape::Text, "What documents call it."),
        needed(
            "pick",
            Shape::Any(&[Shape::Words(&["first", "highest"]), Shape::Object(&PICK)]),
            "Which of them counts: the first in order, the one of the highest severity, or `{ at_most: 1 }`.",
        ),
        key("complete", Shape::Truth, "Whether one of them must fire for everybody; `check` proves it."),
        needed("rules", Shape::Texts(&Shape::Id), "The rules in order."),
        ALLOW,
    ],
    patterns: &[],
};

static PICK: Object = Object {
    name: "pick",
    about: "A promise that no more than so many of them fire together.",
    keys: &[needed("at_most", Shape::Whole(1, 1000), "How many may fire together.")],
    patterns: &[],
};

pub static PRESCRIPTION: Object = Object {
    name: "prescription",
    about: "One piece of advice.",
    keys: &[
        needed("area", Shape::Id, "The area that it belongs to, or `general`."),
        needed("title", Shape::Text, "What to do, as a heading."),
        needed("do", Shape::Texts(&Shape::Text), "The steps to take."),
        key("coach", Shape::Texts(&Shape::Text), "The coach's questions."),
        needed("effort", Shape::Whole(1, 5), "1 is little, 5 is much."),
        needed("impact", Shape::Whole(1, 5), "1 is little, 5 is much."),
        key("owner", Shape::Text, "Who does it."),
        needed("horizon", Shape::Words(&["30", "60", "90"]), "Days within which it should be done."),
        key("level", Shape::Words(&["rep", "team", "organisation"]), "Whom it changes."),
        key("first_step", Shape::Text, "What can be done this week."),
        key("measure", Shape::Id, "The metric by which its success is known."),
        key("after", Shape::Texts(&Shape::Id), "Prescriptions that must be done before."),
        key(
            "instead_of",
            Shape::Texts(&Shape::Id),
            "Prescriptions never advised together with it: the higher rank stays.",
        ),
        key("sources", Shape::Texts(&Shape::Id), "Where the advice comes from."),
        ALLOW,
    ],
    patterns: &[],
};

pub static LADDER: Object = Object {
    name: "ladder",
    about: "Prescriptions in order; each is shown where its guard is false.",
    keys: &[
        needed("steps", Shape::List(&Shape::Object(&STEP)), "The steps from the first to the last."),
        ALLOW,
    ],
    patterns: &[],
};

static STEP: Object = Object {
    name: "step",
    about: "One step of a ladder.",
    keys: &[
        needed("prescription", Shape::Id, "What is advised."),
        key("guard", Shape::Condition, "The step is shown where this is false."),
        key("after_all", Shape::Truth, "Shown only where every guard before it is true."),
    ],
    patterns: &[],
};
