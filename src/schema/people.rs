//! Answers files and session files.

use super::shape::{Key, Object, Shape, key, needed};

const SAID: Shape =
    Shape::Any(&[Shape::Empty, Shape::Text, Shape::List(&Shape::Any(&[Shape::Empty, Shape::Text]))]);
const MEASURED: Shape = Shape::Any(&[Shape::Empty, Shape::Text]);
const MAYBE_TEXT: Shape = Shape::Any(&[Shape::Empty, Shape::Text]);
const MAYBE_DATE: Shape = Shape::Any(&[Shape::Empty, Shape::Date]);

const NAME: Key = key("name", MAYBE_TEXT, "As documents print it; the id where nothing is said.");
const PACK: Key =
    key("pack", MAYBE_TEXT, "The pack that was answered; may be left out where there is but one.");
const DATE: Key = key("date", MAYBE_DATE, "The day of the answers, by which dated bands are chosen.");
const LANGUAGE: Key = key("language", MAYBE_TEXT, "The language of the answers, such as `en`.");
const ANSWERS: Key = key(
    "answers",
    Shape::Any(&[Shape::Empty, Shape::Map(&SAID)]),
    "Answers by question: a number, an option's id or label, a list where several may be chosen; or `skipped`, \
     `dont_know`, `not_applicable`, `refused`, `not_asked`.",
);
const METRICS: Key = key(
    "metrics",
    Shape::Any(&[Shape::Empty, Shape::Map(&MEASURED)]),
    "Measured numbers by metric; a bare number is in the metric's own unit.",
);
const VOICES: Key = key(
    "voices",
    Shape::Any(&SPOKEN),
    "Several people who answer for one respondent; a question stands here or under `answers`, not in both.",
);
const EXTRA: Key = key("extra", Shape::Anything, "Anything else that templates want.");

static SPOKEN: [Shape; 2] = [Shape::Empty, Shape::List(&Shape::Object(&VOICE))];

pub static RESPONDENT: Object = Object {
    name: "respondent",
    about: "The person, team or company that a playbook is for, with what was said and measured.",
    keys: &[
        needed("respondent", Shape::Text, "The id: names files and rows."),
        NAME,
        PACK,
        DATE,
        LANGUAGE,
        ANSWERS,
        METRICS,
        VOICES,
        key(
            "rounds",
            Shape::Any(&[Shape::Empty, Shape::List(&Shape::Object(&ROUND))]),
            "Earlier answers of the same respondent, each with its date.",
        ),
        EXTRA,
    ],
    patterns: &[],
};

/// What a pack's test gives: a respondent who needs no id.
pub static GIVEN: Object = Object {
    name: "given",
    about: "What was answered and measured, as in an answers file.",
    keys: &[
        key("respondent", Shape::Text, "The id, where a text prints it."),
        NAME,
        PACK,
        DATE,
        LANGUAGE,
        ANSWERS,
        METRICS,
        VOICES,
        key(
            "rounds",
            Shape::Any(&[Shape::Empty, Shape::List(&Shape::Object(&ROUND))]),
            "Earlier answers of the same respondent, each with its date.",
        ),
        EXTRA,
    ],
    patterns: &[],
};

static ROUND: Object = Object {
    name: "round",
    about: "Earlier answers.",
    keys: &[
        key("respondent", Shape::Text, "The id; that of the respondent where nothing is said."),
        NAME,
        PACK,
        DATE,
        LANGUAGE,
        ANSWERS,
        METRICS,
        VOICES,
        EXTRA,
    ],
    patterns: &[],
};

static VOICE: Object = Object {
    name: "voice",
    about: "One person who answers for the respondent.",
    keys: &[needed("role", Shape::Text, "The role, such as `manager`."), ANSWERS],
    patterns: &[],
};

const TIME: Shape = Shape::Like("^[0-9]{1,2}:[0-9]{2}$");
const WHEN: [Key; 2] = [
    key("zone", Shape::Text, "The time zone, such as `America/Chicago`."),
    key("minutes", Shape::Whole(1, 10_080), "How long it takes."),
];

pub static SESSION: Object = Object {
    name: "session",
    about: "The webinar or workshop: when it is, who leads it, what comes next.",
    keys: &[
        needed("title", Shape::Text, "What the event is called."),
        key("subtitle", MAYBE_TEXT, "The line below the title."),
        needed("date", Shape::Date, "The day of the event."),
        key("time", TIME, "When it begins, in quotes: `\"11:00\"`."),
        WHEN[0],
        WHEN[1],
        key("zones", Shape::List(&Shape::Text), "Further time zones in which the time is printed."),
        key("instructor", Shape::Object(&PERSON), "Who leads it."),
        key("host", Shape::Object(&HOST), "Who invites."),
        key("published", MAYBE_DATE, "The day on which papers are published."),
        key("byline", MAYBE_TEXT, "The line under the papers' titles."),
        key("assessment", MAYBE_TEXT, "Where the assessment can be taken: an address."),
        key("research", MAYBE_TEXT, "Where questions about the research go: an address."),
        key("audience", MAYBE_TEXT, "Whom it is for."),
        key("outcome", MAYBE_TEXT, "The one thing that whoever comes can do afterwards, as a sentence."),
        key("takeaways", Shape::Texts(&Shape::Text), "What whoever comes takes home, three things or so."),
        key("place", MAYBE_TEXT, "Where it is held; leave it out where it is online only."),
        key("register", MAYBE_TEXT, "Where one registers: an address."),
        key("join", MAYBE_TEXT, "Where one takes part online: an address."),
        key("recording", MAYBE_TEXT, "Where the recording is: an address."),
        key("slides", MAYBE_TEXT, "Where the slides are: an address."),
        key("handout", MAYBE_TEXT, "Where the handout is: an address."),
        key("feedback", MAYBE_TEXT, "Where the evaluation is filled in: an address."),
        key(
            "run",
            MAYBE_TEXT,
            "The run of show by which it goes: a name in `run-of-show.yaml`. The one of the same length where absent.",
        ),
        key("next", Shape::Object(&NEXT), "The event that follows."),
    ],
    patterns: &[],
};

static PERSON: Object = Object {
    name: "person",
    about: "Who leads the event.",
    keys: &[
        needed("name", Shape::Text, "The name as printed."),
        key("role", MAYBE_TEXT, "The role or firm."),
        key("line", MAYBE_TEXT, "A sentence about the person."),
    ],
    patterns: &[],
};

static HOST: Object = Object {
    name: "host",
    about: "Who invites to the event.",
    keys: &[
        needed("name", Shape::Text, "The name as printed."),
        key("contact", MAYBE_TEXT, "Where to ask: a mail or web address, or a telephone number."),
    ],
    patterns: &[],
};

static NEXT: Object = Object {
    name: "next-event",
    about: "The event that follows.",
    keys: &[
        needed("title", Shape::Text, "What it is called."),
        needed("date", Shape::Date, "Its day."),
        key("time", TIME, "When it begins, in quotes: `\"11:00\"`."),
        WHEN[0],
        WHEN[1],
        key("promise", MAYBE_TEXT, "What whoever comes will take home."),
    ],
    patterns: &[],
};
