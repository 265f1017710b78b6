//! A pack's own tests.

use super::people::GIVEN;
use super::shape::{Object, Shape, key, needed};

/// A file that holds nothing but tests.
pub static FILE: Object = Object {
    name: "tests-file",
    about: "Tests of a pack: what is given, and what must be found.",
    keys: &[needed("tests", Shape::List(&Shape::Object(&TEST)), "The tests, each with a name of its own.")],
    patterns: &[],
};

pub static TEST: Object = Object {
    name: "test",
    about: "One test: what is given, and what must be found.",
    keys: &[
        needed("name", Shape::Text, "What the test shows, in a sentence."),
        key("given", Shape::Any(&[Shape::Empty, Shape::Object(&GIVEN)]), "What was answered and measured."),
        key("expect", Shape::Any(&[Shape::Empty, Shape::Object(&EXPECT)]), "What must be found."),
        key(
            "table",
            Shape::Text,
            "Cases in rows below a head of names, columns parted by `|`: inputs first, then what must be found; `-` is missing.",
        ),
        key(
            "generated",
            Shape::Truth,
            "Proposed by the program and not yet accepted: take the key out to accept it.",
        ),
    ],
    patterns: &[],
};

const IDS: Shape = Shape::Texts(&Shape::Text);
const VALUES: Shape = Shape::Map(&Shape::Any(&[Shape::Empty, Shape::Text]));

static EXPECT: Object = Object {
    name: "expect",
    about: "What must be found. Lists are exact, unless the key ends in `_includes`.",
    keys: &[
        key(
            "scores",
            VALUES,
            "Scores by area or `total`, compared at the digits written; `missing` for none.",
        ),
        key("bands", VALUES, "Bands by area, metric or `total`; `missing` for none."),
        key("metrics", VALUES, "Metrics, compared at the digits written; `missing` for none."),
        key(
            "rules",
            VALUES,
            "Rules with their state: `fired`, `not_fired`, `undecided`, `not_applicable`, `superseded`.",
        ),
        key("fired", IDS, "All rules that fire."),
        key("fired_includes", IDS, "Rules that fire, among others."),
        key("not_fired", IDS, "Rules that do not fire, among others."),
        key("undecided", IDS, "All rules that cannot be decided."),
        key("undecided_includes", IDS, "Rules that cannot be decided, among others."),
        key("not_applicable", IDS, "All rules that do not apply."),
        key("not_applicable_includes", IDS, "Rules that do not apply, among others."),
        key("prescribed", IDS, "All prescriptions that are advised."),
        key("prescribed_includes", IDS, "Prescriptions that are advised, among others."),
        key("not_prescribed", IDS, "Prescriptions that are not advised, among others."),
        key("set_aside", IDS, "All prescriptions that are set aside for others."),
        key("first", Shape::Any(&[Shape::Empty, Shape::Text]), "The first prescription by rank, or `none`."),
        key(
            "plan",
            Shape::Any(&[IDS, Shape::MapOf("^(30|60|90)$", &IDS)]),
            "The plan's prescriptions in order, or by their days.",
        ),
        key("leaks", IDS, "All areas that leak."),
        key("contains", IDS, "Texts that the playbook holds."),
        key("problems", IDS, "The codes of all problems, such as `K710`."),
        key("refused", Shape::Truth, "Whether the respondent is refused."),
    ],
    patterns: &[],
};
