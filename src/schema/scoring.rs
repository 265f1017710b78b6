//! Areas, metrics and named numbers: what has a score, bands or points.

use super::pack::{ALLOW, LABELS, SHORT};
use super::shape::{Key, Object, Shape, key, needed};

pub const METHOD: Shape = Shape::Words(&["mean", "sum", "raw_mean"]);
const AREA_METHOD: Shape = Shape::Words(&["mean", "sum", "raw_mean", "formula"]);
pub const MISSING: Shape = Shape::Words(&["bounds", "average", "zero", "middle", "none"]);
pub const MIN_ANSWERED: Shape = Shape::Quantity;
const DIRECTION: Shape = Shape::Words(&["higher", "lower", "neither"]);

/// The end of a band: a comparison, or the rest.
const EDGE: Shape = Shape::Like("^\\s*((<|>|≤|≥)=?\\s*[+-]?[.0-9].*|[A-Za-z]+)\\s*$");
const CUT: Shape = Shape::Any(&[EDGE, Shape::Object(&BAND)]);
const PAIRS: Shape = Shape::List(&Shape::List(&Shape::Any(&[Shape::Text, Shape::Object(&BAND)])));
const CUTS: Shape = Shape::Any(&[Shape::Map(&CUT), PAIRS]);

/// Bands of a score: by name, in pairs, dated, or none at all.
pub const BANDS_OF_SCORES: Shape =
    Shape::Any(&[Shape::Words(&["none"]), Shape::List(&Shape::Object(&DATED)), Shape::Map(&CUT), PAIRS]);
const CUT_OF_AREA: Shape = Shape::Any(&[EDGE, Shape::Object(&BAND_OF_AREA)]);
const PAIRS_OF_AREA: Shape =
    Shape::List(&Shape::List(&Shape::Any(&[Shape::Text, Shape::Object(&BAND_OF_AREA)])));
const CUTS_OF_AREA: Shape = Shape::Any(&[Shape::Map(&CUT_OF_AREA), PAIRS_OF_AREA]);

/// The same of an area, whose bands may say what is prescribed in them.
const BANDS_OF_AREA: Shape = Shape::Any(&[
    Shape::Words(&["none"]),
    Shape::List(&Shape::Object(&DATED_OF_AREA)),
    Shape::Map(&CUT_OF_AREA),
    PAIRS_OF_AREA,
]);
const DATED_LISTS: Shape = Shape::List(&Shape::Object(&DATED));

static WORKED_OUT: [Shape; 2] = [Shape::Text, Shape::Object(&DIVISION)];
const FORMULA: Key = key(
    "formula",
    Shape::Any(&WORKED_OUT),
    "How it is worked out: names, numbers, `+ - * / ( )`, abs, min, max.",
);
const IF_ZERO: Key = key(
    "if_zero",
    Shape::Words(&["missing"]),
    "What the formula gives where a divisor is 0: `missing`. Without it a divisor that can be 0 is an error.",
);
const BETTER: Key =
    key("better", DIRECTION, "Which end of the score is the good one; `higher` where nothing is said.");
const SCORE_MISSING: Key = key(
    "score_missing",
    MISSING,
    "How answers that are missing enter the score: `bounds` (an interval), `average`, `zero`, `middle` or `none`.",
);
const MIN: Key = key(
    "min_answered",
    MIN_ANSWERED,
    "Fewer answers than this give no score: `60%`, or a whole number of questions.",
);
const VALID_IF: Key = key("valid_if", Shape::Condition, "The value counts only where this holds.");
const ROUND: Key = key(
    "round",
    Shape::Whole(0, 6),
    "Decimals to which it is rounded, half away from zero, before bands and rules.",
);

static DIVISION: Object = Object {
    name: "formula",
    about: "A formula with what it gives where a divisor is 0.",
    keys: &[needed("formula", Shape::Text, "The formula itself, such as `lost / won`."), IF_ZERO],
    patterns: &[],
};

const CUT_KEY: Key = needed("cut", EDGE, "Where it ends, such as `\"<= 8%\"`, or `rest`.");
const LABEL_KEY: Key = key("label", Shape::Text, "What documents call it instead of its id.");

static BAND: Object = Object {
    name: "band",
    about: "A band with what it is called.",
    keys: &[CUT_KEY, LABEL_KEY],
    patterns: LABELS,
};

static BAND_OF_AREA: Object = Object {
    name: "band-of-area",
    about: "A band with what it is called, and the rule that it may stand for.",
    keys: &[
        CUT_KEY,
        LABEL_KEY,
        key("prescribe", Shape::Texts(&Shape::Id), "What is prescribed to whoever lies in this band."),
        key("severity", super::advice::SEVERITY, "How grave that is; needed beside `prescribe`."),
        key("why", Shape::Text, "Why that is advised; needed beside `prescribe`."),
    ],
    patterns: LABELS,
};

const FROM: Key = key(
    "from",
    Shape::Date,
    "The day on which it was adopted; answers of that day and later are held to it.",
);
const SOURCE: Key =
    key("source", Shape::Texts(&Shape::Id), "Where the numbers come from: an id of `sources`.");
const REVIEW_BY: Key =
    key("review_by", Shape::Date, "The day by which somebody should look at the numbers again.");
const NOTE: Key = key("note", Shape::Text, "What a reader should know of the numbers.");

const WHERE: Key = key(
    "where",
    Shape::Condition,
    "Holds only for those of whom this is true; the last entry of a day is without.",
);
const ABOUT_CUTS: &str =
    "The bands by name (`{ good: \"<= 8%\", poor: rest }`), or pairs in order (`[[poor, \"< 5\"], …]`).";

static DATED: Object = Object {
    name: "dated",
    about: "Bands or points with the day they were adopted and where they come from.",
    keys: &[FROM, SOURCE, REVIEW_BY, WHERE, needed("cuts", CUTS, ABOUT_CUTS), NOTE],
    patterns: &[],
};

static DATED_OF_AREA: Object = Object {
    name: "dated-of-area",
    about: "Bands of an area with the day they were adopted and where they come from.",
    keys: &[FROM, SOURCE, REVIEW_BY, WHERE, needed("cuts", CUTS_OF_AREA, ABOUT_CUTS), NOTE],
    patterns: &[],
};

pub static AREA: Object = Object {
    name: "area",
    about: "One practice that is assessed.",
    keys: &[
        needed("title", Shape::Text, "What documents call it."),
        key("weight", Shape::Number, "Its share in the total; 1 where nothing is said."),
        key("metrics", Shape::Texts(&Shape::Id), "Its linked metrics; under `sum` their points count too."),
        key(
            "questions",
            Shape::Texts(&Shape::Id),
            "Questions of other areas that it scores as well as its own.",
        ),
        BETTER,
        key("bands", BANDS_OF_AREA, "Its own bands, or `none`."),
        key("scoring", AREA_METHOD, "How its score is made."),
        FORMULA,
        IF_ZERO,
        SCORE_MISSING,
        MIN,
        VALID_IF,
        ROUND,
        ALLOW,
    ],
    patterns: &[],
};

pub static TOTAL: Object = Object {
    name: "total",
    about: "How all areas come together.",
    keys: &[
        key("title", Shape::Text, "What documents call it."),
        BETTER,
        key("bands", BANDS_OF_SCORES, "Its own bands, or `none`."),
        key("scoring", AREA_METHOD, "How it is made of the areas' scores."),
        FORMULA,
        IF_ZERO,
        SCORE_MISSING,
        MIN,
        VALID_IF,
        ROUND,
    ],
    patterns: &[],
};

pub static METRIC: Object = Object {
    name: "metric",
    about: "A number that is measured, or worked out by a formula.",
    keys: &[
        needed("title", Shape::Text, "What documents call it."),
        SHORT,
        key(
            "unit",
            Shape::Text,
            "Its unit, such as `\"%\"`, `days`, `EUR` or one of `units`; a plain number without.",
        ),
        key("period", Shape::Text, "The span of time it is measured over, such as `year`."),
        key("range", Shape::List(&Shape::Quantity), "The lowest and the highest value that it can have."),
        key(
            "better",
            Shape::Words(&["higher", "lower", "middle"]),
            "Which end is the good one; needed beside `bands`.",
        ),
        key(
            "changeable",
            Shape::Truth,
            "Whether somebody could change it; what nobody can change is never suggested.",
        ),
        FORMULA,
        IF_ZERO,
        VALID_IF,
        ROUND,
        key("bands", DATED_LISTS, "Its bands, each list with its day, source and day of review."),
        key("points", DATED_LISTS, "What its value is worth: lists cut like bands, with numbers for names."),
        ALLOW,
    ],
    patterns: &[],
};

pub static THRESHOLD: Object = Object {
    name: "threshold",
    about: "A named number with its day and source; several of them under `values`.",
    keys: &[
        key("title", Shape::Text, "What documents call it."),
        key("unit", Shape::Text, "Its unit; a plain number without."),
        key(
            "values",
            Shape::List(&Shape::Object(&DATED_VALUE)),
            "The numbers by the days on which they were adopted.",
        ),
        key("value", Shape::Quantity, "The number, where there is but one."),
        FROM,
        SOURCE,
        REVIEW_BY,
        NOTE,
        ALLOW,
    ],
    patterns: &[],
};

static DATED_VALUE: Object = Object {
    name: "dated-value",
    about: "A number with the day on which it was adopted.",
    keys: &[needed("value", Shape::Quantity, "The number."), FROM, SOURCE, REVIEW_BY, NOTE],
    patterns: &[],
};

pub static DERIVED: Object = Object {
    name: "derived",
    about: "A value that is worked out and never given.",
    keys: &[
        key("title", Shape::Text, "What documents call it."),
        key("unit", Shape::Text, "Its unit; a plain number without."),
        needed(
            "formula",
            Shape::Any(&WORKED_OUT),
            "How it is worked out: names, numbers, `+ - * / ( )`, abs, min, max.",
        ),
        IF_ZERO,
        ALLOW,
    ],
    patterns: &[],
};
