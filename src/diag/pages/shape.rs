//! Pages on the shape of a text: YAML, keys, ids.

use crate::diag::{Code, Example, Page};

pub const PAGES: &[Page] = &[
    Page {
        code: Code::Syntax,
        title: "the text is not YAML",
        what: "A line stands where YAML cannot place it: too far in, not far enough in, without its dash or its colon. \
               In JSON a comma, quote or bracket is missing.",
        why: "From such a line on nobody can tell what belongs to what. The rest of that section is skipped, so that you \
              see the one cause and not all that follows from it.",
        example: Example::Beside,
        before: "\
questions:
  plans:
    kind: text
      question: What do you plan?
",
        after: "\
questions:
  plans:
    kind: text
    question: What do you plan?
",
        fix: "Compare the line with the one above: keys of one map begin in one column, items of one list have their \
              dashes in one column, and a key ends with a colon and a space.",
    },
    Page {
        code: Code::Quote,
        title: "put it in quotes",
        what: "YAML reads this value as something else than text: it begins with one of `> ! % @ * & | [ {`, a quote or a \
               backtick and runs on, or it holds a `: ` or a ` #`.",
        why: "YAML would change the text without a word: drop a part of it as a comment, make a key of it, or refer to \
              something else. What a client reads must be what you wrote.",
        example: Example::Beside,
        before: "\
questions:
  wishes: { kind: text, question: One thing: what would you change? }
",
        after: "\
questions:
  wishes: { kind: text, question: \"One thing: what would you change?\" }
",
        fix: "Put the whole value in double quotes; the message shows the line rewritten. Where the text holds double \
              quotes itself, use single ones around it. `check --fix` does it for you.",
    },
    Page {
        code: Code::Tab,
        title: "a tab where YAML wants spaces",
        what: "A line is set in with a tab.",
        why: "YAML knows no width for a tab, so nobody can tell how far in the line lies and to what it belongs.",
        example: Example::Beside,
        before: "questions:\n\tplans: { kind: text, question: \"What do you plan?\" }\n",
        after: "questions:\n  plans: { kind: text, question: \"What do you plan?\" }\n",
        fix: "Put as many spaces for each step inwards as the other lines have. Most editors have a setting that does it as \
              you type, and `check --fix` does it for a file.",
    },
    Page {
        code: Code::DuplicateKey,
        title: "the same key twice",
        what: "One map has the same key twice.",
        why: "Only one of the two can hold, and which one is an accident of the reader. Usually a part was copied and \
              one line of it forgotten.",
        example: Example::Beside,
        before: "\
questions:
  plans: { kind: text, question: \"What do you plan?\", question: \"And then?\" }
",
        after: "\
questions:
  plans: { kind: text, question: \"What do you plan?\" }
",
        fix: "Keep one of the two, or give one another name.",
    },
    Page {
        code: Code::DuplicateId,
        title: "the same id twice in one pack",
        what: "Two things of one kind have the same id, in one file or in several. Prescriptions and ladders share their ids.",
        why: "Rules, answers and results name things by their ids; with two of one name nobody can tell which is meant.",
        example: Example::Beside,
        before: "\
questions:
  comment: { kind: text, question: \"What else would you like to say?\" }
",
        after: "\
questions:
  last-word: { kind: text, question: \"What else would you like to say?\" }
",
        fix: "Give one of them another id, or take it out where it is a copy.",
    },
    Page {
        code: Code::UnknownKey,
        title: "a key that does not exist here",
        what: "A key is misspelt or stands where it has no meaning. The nearest known keys are offered.",
        why: "What is not read has no effect: a misspelt `reverse:` would turn a score round in silence. Notes of your \
              own may stand anywhere under keys that begin with `x-`.",
        example: Example::Beside,
        before: "\
questions:
  plans: { kind: text, qestion: \"What do you plan?\", question: \"What next?\" }
",
        after: "\
questions:
  plans: { kind: text, question: \"What next?\", x-before: \"What do you plan?\" }
",
        fix: "Write the key as the message offers it. To keep a note that the program must not read, begin its key with `x-`.",
    },
    Page {
        code: Code::WrongShape,
        title: "a list, map or text where another is wanted",
        what: "A value has another shape than its key takes: text where a list is wanted, a list where a map is wanted.",
        why: "The program does not guess: a list read as one text would be one long line in a client's paper.",
        example: Example::Beside,
        before: "\
areas:
  onboarding: Starting well
",
        after: "\
areas:
  onboarding: { title: Starting well }
questions:
  first-week: { area: onboarding, scale: agree5, question: \"The first week is planned.\" }
rules:
  - id: unplanned-start
    title: Nobody plans the first week
    why: What is not planned is left to chance.
    when: answer.first-week <= 2
    prescribe: [account-list]
    area: onboarding
    severity: low
",
        fix: "Lists stand as `[a, b]` or one item a line behind dashes, maps as `{ key: value }` or one key a line, set in.",
    },
    Page {
        code: Code::MissingKey,
        title: "a key that must be there is not",
        what: "Something lacks a key without which it means nothing, or the key is there and empty.",
        why: "A prescription without effort has no rank, a rule without its why is advice without a reason.",
        example: Example::Beside,
        before: "\
questions:
  plans: { kind: text }
",
        after: "\
questions:
  plans: { kind: text, question: \"What do you plan?\" }
",
        fix: "Add the key; the message shows the form of its value.",
    },
    Page {
        code: Code::WrongValue,
        title: "a value that this key does not take",
        what: "A key takes one of a few words, or a number, date or share in certain bounds, and has something else.",
        why: "A value that is not understood would have to be left out, and the pack would behave otherwise than it reads.",
        example: Example::Beside,
        before: "\
rules:
  - id: usage-unseen
    title: Usage is seen by nobody
    why: What nobody sees nobody mends.
    when: answer.usage-seen <= 1
    prescribe: [account-list]
    severity: urgent
",
        after: "\
rules:
  - id: usage-unseen
    title: Usage is seen by nobody
    why: What nobody sees nobody mends.
    when: answer.usage-seen <= 1
    prescribe: [account-list]
    severity: high
",
        fix: "Take one of the values that the message lists.",
    },
    Page {
        code: Code::NotYet,
        title: "not part of this release",
        what: "A key, section or kind of file that the language has, and that this release does not read yet.",
        why: "It is told, rather than passed over, so that nobody relies on what has no effect.",
        example: Example::Command,
        before: "kitwright evaluate answers.ods\n",
        after: "kitwright evaluate answers.yaml\n",
        fix: "Take it out for now, or use a later release.",
    },
    Page {
        code: Code::BadId,
        title: "an id with characters that ids do not have",
        what: "An id begins with a small letter and holds small letters, digits, `-` and `_`.",
        why: "Ids stand in conditions, where a space or a capital would begin another word, and name files and columns.",
        example: Example::Beside,
        before: "\
questions:
  Next Plans: { kind: text, question: \"What do you plan?\" }
",
        after: "\
questions:
  next-plans: { kind: text, question: \"What do you plan?\" }
",
        fix: "Write the id as the message offers it. What people read is the `title:` or the `question:`, not the id.",
    },
    Page {
        code: Code::ReservedName,
        title: "a name that the language keeps for itself",
        what: "An area called `total`, a label that is one of the words for a missing answer, a unit that is built in.",
        why: "`answer.x is skipped` could then be read in two ways.",
        example: Example::Beside,
        before: "\
units: [hours]
",
        after: "\
units: [visits]
",
        fix: "Give it another name, or take the line out where the language has it already.",
    },
    Page {
        code: Code::NotUtf8,
        title: "the file is not UTF-8",
        what: "The file holds bytes that are no text in UTF-8. Often a spreadsheet or an old editor saved it as Latin-1 or UTF-16.",
        why: "Letters such as é would come out as other signs, or not at all.",
        example: Example::Bytes,
        before: "\
questions:
  place: { kind: text, question: \"In which caf\\xE9 do you meet?\" }
",
        after: "\
questions:
  place: { kind: text, question: \"In which café do you meet?\" }
",
        fix: "Open the file in your editor and save it as UTF-8; in a spreadsheet choose \u{201c}CSV UTF-8\u{201d}.",
    },
    Page {
        code: Code::TooMuch,
        title: "more than the program reads",
        what: "A file is larger than 16 MB, nested deeper than 100 lists and maps, or holds more than a million values, \
               repeats through references counted each time; or a condition comes to more than 10,000 comparisons.",
        why: "A few lines that refer to each other can stand for more than any memory holds. The program ends early rather than late.",
        example: Example::Beside,
        before: "\
x-first: &first [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
x-next: &next [*first, *first, *first, *first, *first, *first, *first, *first, *first, *first]
x-more: &more [*next, *next, *next, *next, *next, *next, *next, *next, *next, *next]
x-much: &much [*more, *more, *more, *more, *more, *more, *more, *more, *more, *more]
x-most: &most [*much, *much, *much, *much, *much, *much, *much, *much, *much, *much]
x-all: [*most, *most, *most, *most, *most, *most, *most, *most, *most, *most]
",
        after: "\
x-first: &first [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
x-next: [*first, *first]
",
        fix: "Split the file, write fewer references, or name each part of a condition once under `conditions:`.",
    },
    Page {
        code: Code::NoPack,
        title: "no pack here",
        what: "A folder that was named holds no pack, no file in it has the key `pack:`, or several packs could be meant.",
        why: "Without a pack there are no questions and no rules.",
        example: Example::Command,
        before: "kitwright check retention-cor\n",
        after: "kitwright check retention-core\n",
        fix: "Name a pack by its folder below `rules/`, or begin one of its files with `pack:` and its `id`, `version`, \
              `format`, `title` and `language`.",
    },
    Page {
        code: Code::MissingSource,
        title: "bands without their source or dates",
        what: "The bands of a metric do not say since when they hold, where they come from, or when to look at them again.",
        why: "The first question of a client is \u{201c}who says so?\u{201d}. A benchmark without a source and a date is an opinion.",
        example: Example::Beside,
        before: "\
metrics:
  visits:
    title: Visits
    unit: count
    range: [0, 99]
    bands:
      - { from: 2025-01-01, cuts: { good: \">= 8\", poor: rest }, review_by: 2099-12-31 }
    better: higher
rules:
  - id: few-visits
    title: Clients are seldom seen
    why: Who is not seen is forgotten.
    when: band.visits is poor
    prescribe: [account-list]
    severity: low
",
        after: "\
metrics:
  visits:
    title: Visits
    unit: count
    range: [0, 99]
    bands:
      - { from: 2025-01-01, source: house-2024, cuts: { good: \">= 8\", poor: rest }, review_by: 2099-12-31 }
    better: higher
rules:
  - id: few-visits
    title: Clients are seldom seen
    why: Who is not seen is forgotten.
    when: band.visits is poor
    prescribe: [account-list]
    severity: low
",
        fix: "Add `from:`, `source:` and `review_by:` to the bands. Where it is your own judgement, say so: a source \
              `{ title: \"Our own judgement, 2026\", grade: D }` is a source.",
    },
];
