//! What stands in the files of a pack.

use super::advice::{GROUP, LADDER, PRESCRIPTION, RULE};
use super::cases::TEST;
use super::scoring::{
    AREA, BANDS_OF_SCORES, DERIVED, METHOD, METRIC, MIN_ANSWERED, MISSING, THRESHOLD, TOTAL,
};
use super::shape::{Key, Object, Shape, key, needed};

pub const IF_MISSING: Shape = Shape::Words(&["undecided", "assume_false", "assume_true", "require"]);

/// Warnings allowed beside an item.
pub const SHORT: Key =
    key("short", Shape::Text, "What papers call it in passing; the words of its id where nothing is said.");
pub const ALLOW: Key = key(
    "allow",
    Shape::List(&PERMITTED),
    "Warnings of this item that the author has looked at and allows, each with its reason.",
);

static PERMITTED: Shape = Shape::Object(&PERMISSION);

static PERMISSION: Object = Object {
    name: "permission",
    about: "A warning that is allowed here.",
    keys: &[
        needed("code", Shape::Like("^K[0-9]{3}$"), "The code of the warning, such as `K401`."),
        needed("reason", Shape::Text, "Why it is allowed, for whoever reads the pack next."),
    ],
    patterns: &[],
};

pub static PACK: Object = Object {
    name: "pack-file",
    about: "One file of a pack. The sections may stand in any of its files; one of them holds `pack:`.",
    keys: &[
        key("pack", Shape::Object(&HEAD), "The head of the pack: its id, version, language and defaults."),
        key(
            "units",
            Shape::Texts(&Shape::Text),
            "Units of the pack's own, beside those built in: `[clients, \"mmol/l\"]`.",
        ),
        key("sources", Shape::Map(&Shape::Object(&SOURCE)), "Where numbers come from, by id."),
        key(
            "scales",
            Shape::Map(&Shape::Object(&SCALE)),
            "The answers that questions take, by id. `yes_no` is built in.",
        ),
        key("areas", Shape::Map(&Shape::Object(&AREA)), "The practices that are assessed, by id."),
        key("questions", Shape::Map(&Shape::Object(&QUESTION)), "What is asked, by id."),
        key("metrics", Shape::Map(&Shape::Object(&METRIC)), "What is measured or worked out, by id."),
        key(
            "thresholds",
            Shape::Map(&Shape::Object(&THRESHOLD)),
            "Named, dated numbers, which conditions name as `threshold.<id>`.",
        ),
        key(
            "derived",
            Shape::Map(&Shape::Object(&DERIVED)),
            "Values that are worked out and never given, which conditions name as `derived.<id>`.",
        ),
        key(
            "conditions",
            Shape::Map(&Shape::Condition),
            "Conditions that several rules share, which they name as `condition.<id>`.",
        ),
        key("rules", Shape::List(&Shape::Object(&RULE)), "When these conditions hold, prescribe these."),
        key(
            "groups",
            Shape::Map(&Shape::Object(&GROUP)),
            "Rules of which only some may fire together, by id.",
        ),
        key("prescriptions", Shape::Map(&Shape::Object(&PRESCRIPTION)), "Pieces of advice, by id."),
        key(
            "ladders",
            Shape::Map(&Shape::Object(&LADDER)),
            "Prescriptions in order, by id; rules prescribe them by it.",
        ),
        key("tests", Shape::List(&Shape::Object(&TEST)), "The pack's own tests."),
        key(
            "override",
            Shape::Object(&OVERRIDE),
            "What of the pack that this one builds on is to be different.",
        ),
    ],
    patterns: &[],
};

/// The sections of whose items something may be different.
static OVERRIDE: Object = Object {
    name: "override",
    about: "What of the pack that this one builds on is to be different, by section and id.",
    keys: &[
        key("sources", CHANGES, "Changes of sources, by id."),
        key("scales", CHANGES, "Changes of scales, by id."),
        key("areas", CHANGES, "Changes of areas, by id."),
        key("questions", CHANGES, "Changes of questions, by id."),
        key("metrics", CHANGES, "Changes of metrics, by id."),
        key("thresholds", CHANGES, "Changes of thresholds, by id."),
        key("derived", CHANGES, "Changes of derived values, by id."),
        key("conditions", CHANGES, "Changes of conditions, by id."),
        key("rules", CHANGES, "Changes of rules, by id."),
        key("groups", CHANGES, "Changes of groups, by id."),
        key("prescriptions", CHANGES, "Changes of prescriptions, by id."),
        key("ladders", CHANGES, "Changes of ladders, by id."),
    ],
    patterns: &[],
};

const CHANGES: Shape = Shape::Map(&CHANGED);
static CHANGED: Shape = Shape::Object(&CHANGE);

static CHANGE: Object = Object {
    name: "change",
    about: "What is different of one item, and why.",
    keys: &[
        needed("reason", Shape::Text, "Why it is different: somebody will ask."),
        key("was", Shape::Anything, "What the base must still say; loading fails where it has moved."),
        key(
            "set",
            Shape::Anything,
            "Keys with their new values, `~` to take one out; of a condition the new condition.",
        ),
        key("disable", Shape::Truth, "Takes the whole item out."),
    ],
    patterns: &[key(
        "^[a-z_]+[+-]$",
        Shape::Anything,
        "Entries to put into a list or map (`+`), or to take out (`-`).",
    )],
};

static HEAD: Object = Object {
    name: "head",
    about: "The head of a pack.",
    keys: &[
        needed("id", Shape::Id, "The name by which answers and commands call the pack."),
        needed("version", Shape::Text, "The pack's version, such as `1.2.0`."),
        needed("format", Shape::Words(&["1"]), "The version of the rule language: 1."),
        needed("title", Shape::Text, "What documents call the pack."),
        key(
            "language",
            Shape::Text,
            "The language of the texts, such as `en` or `de-CH`; needed unless the pack builds on another.",
        ),
        key(
            "extends",
            Shape::Like("^[a-z][a-z0-9_-]*@[0-9]"),
            "The pack that this one builds on, such as `retention-core@1.2`.",
        ),
        key("defaults", Shape::Object(&DEFAULTS), "What holds where an area or rule says nothing else."),
        key(
            "words",
            Shape::Map(&Shape::Text),
            "What shared templates call things: `{ leak: gap, leaks: gaps }`.",
        ),
        key("bands", BANDS_OF_SCORES, "The bands of every area and of the total, unless one has its own."),
        key(
            "total",
            Shape::Any(&[Shape::Words(&["none"]), Shape::Object(&TOTAL)]),
            "How all areas come together; `none` for a pack without a total.",
        ),
        key(
            "capacity",
            Shape::MapOf("^(30|60|90)$", &Shape::Whole(1, 1_000_000)),
            "At most so many prescriptions due within that many days: `{ 90: 5 }`.",
        ),
        key(
            "min_group",
            Shape::Whole(1, 1_000_000),
            "Documents on a whole cohort tell no figure of fewer respondents; 5 where absent.",
        ),
        ALLOW,
    ],
    patterns: &[],
};

static DEFAULTS: Object = Object {
    name: "defaults",
    about: "What holds where an area or rule says nothing else.",
    keys: &[
        key("if_missing", IF_MISSING, "What a rule that cannot be decided is taken for."),
        key("scoring", METHOD, "How scores are made: `mean` (0 to 100), `sum` or `raw_mean`."),
        key("score_missing", MISSING, "How answers that are missing enter a score."),
        key(
            "min_answered",
            MIN_ANSWERED,
            "Fewer answers than this give no score: `60%`, or a whole number of questions.",
        ),
    ],
    patterns: &[],
};

static SOURCE: Object = Object {
    name: "source",
    about: "Where numbers come from.",
    keys: &[
        needed("title", Shape::Text, "What documents print: the study, with its sample and year."),
        key(
            "grade",
            Shape::Words(&["A", "B", "C", "D"]),
            "`A` a named study with its sample, `B` one seen second-hand, `C` a rule of thumb, `D` our own starting value.",
        ),
        key("url", Shape::Like("^https?://"), "Where it can be read."),
        key("note", Shape::Text, "What it says, where the title does not tell."),
        ALLOW,
    ],
    patterns: &[],
};

static SCALE: Object = Object {
    name: "scale",
    about: "The answers that a question takes: numbers from `from` to `to`, or `options` with their points.",
    keys: &[
        key("from", Shape::Number, "The number of the first answer."),
        key("to", Shape::Number, "The number of the last answer."),
        key(
            "step",
            Shape::Any(&[Shape::Words(&["any"]), Shape::Number]),
            "How far answers lie apart; 1 where nothing is said. `any` for a slider.",
        ),
        key("labels", Shape::Texts(&Shape::Text), "What the answers are called, one a step."),
        key(
            "options",
            Shape::Map(&Shape::Any(&[Shape::Number, Shape::Object(&SCORED_OPTION)])),
            "Options with their points, from 0 to 100 under `mean`: `{ never: 0, monthly: 100 }`.",
        ),
    ],
    patterns: &[],
};

const LABEL: Key = key("label", Shape::Text, "What respondents read instead of the id.");
const VALUE: Key = key("value", Shape::Number, "The number that answers may give for this option.");
/// A label in another language.
pub const LABELS: &[Key] =
    &[key("^label\\[.+\\]$", Shape::Text, "The label in another language, such as `label[de]`.")];

static SCORED_OPTION: Object = Object {
    name: "scored-option",
    about: "An option of a scale.",
    keys: &[needed("points", Shape::Number, "What the option is worth in the score."), LABEL, VALUE],
    patterns: LABELS,
};

static OPTION: Object = Object {
    name: "option",
    about: "An option of a question that does not score.",
    keys: &[LABEL, VALUE],
    patterns: LABELS,
};

const NAMED_OPTION: Shape = Shape::Any(&[Shape::Empty, Shape::Text, Shape::Object(&OPTION)]);

static QUESTION: Object = Object {
    name: "question",
    about: "One question. With a `scale` it scores in its `area`; of another `kind` it does not.",
    keys: &[
        needed(
            "question",
            Shape::Text,
            "What is asked. Markdown; `{metric.churn_rate}` and its like put in a value.",
        ),
        SHORT,
        key("area", Shape::Id, "The area that it scores in."),
        key("scale", Shape::Id, "The answers that it takes: an id of `scales`, or `yes_no`."),
        key(
            "kind",
            Shape::Words(&["scale", "profile", "many", "number", "text"]),
            "`scale` (the default), `profile` (one option), `many` (several), `number` or `text`.",
        ),
        key(
            "options",
            Shape::Any(&[
                Shape::List(&Shape::Any(&[Shape::Text, Shape::Map(&NAMED_OPTION)])),
                Shape::Map(&NAMED_OPTION),
            ]),
            "The options of a question of kind `profile` or `many`.",
        ),
        key("weight", Shape::Number, "Its share in the area's score; 1 where nothing is said."),
        key("reverse", Shape::Truth, "Whether the best answer is the low one; turns only the score."),
        key("voices", Shape::Texts(&Shape::Text), "The roles that are asked, such as `[manager, rep]`."),
        key("not_applicable", Shape::Truth, "Whether \"not applicable\" may be answered."),
        key(
            "changeable",
            Shape::Truth,
            "Whether the respondent could change it; advice never suggests what nobody can.",
        ),
        key("unit", Shape::Text, "The unit of a question of kind `number`."),
        key(
            "range",
            Shape::List(&Shape::Quantity),
            "The lowest and the highest number of a question of kind `number`.",
        ),
        key("ask_if", Shape::Condition, "Asked only where this condition over other answers holds."),
        key(
            "else",
            Shape::Texts(&Shape::Text),
            "What counts as the answer where `ask_if` is false; without it the question was not asked.",
        ),
        ALLOW,
    ],
    patterns: &[],
};
