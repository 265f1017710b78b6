//! Pages of the codes that files beside the templates bring about: brand and run of show.

use crate::diag::{Code, Example, Page};

pub const PAGES: &[Page] = &[
    Page {
        code: Code::Brand,
        title: "a brand file that says something impossible",
        what: "A look, a colour, a paper size or a cover is unknown, or a font or logo is missing, outside the brand's folder, or cannot be put into a document.",
        why: "The papers would go out with another face than the client's.",
        example: Example::Brand,
        before: "\
look: clam
",
        after: "\
look: calm
",
        fix: "Take the word that the message offers. Colours stand in quotes; fonts are `.ttf` files that may be embedded; every file lies beside the brand file or below it.",
    },
    Page {
        code: Code::BrandContrast,
        title: "a colour that cannot be read",
        what: "The brand's accent, or its ink, has a contrast below 4.5 to 1 on white (WCAG 2.2, level AA, 1.4.3).",
        why: "Headings or text in it are lost to many readers, and to everybody on a bad printer.",
        example: Example::Brand,
        before: "\
colors: { accent: \"#f2a900\" }
",
        after: "\
colors: { accent: \"#8e6200\", second: \"#f2a900\" }
",
        fix: "Take the nearest colour that can be read, which the message names, and give the pale one as `second`: it only decorates.",
    },
    Page {
        code: Code::RunOfShow,
        title: "a run of show that does not add up",
        what: "The segments of a run of show come to more or fewer minutes than it takes, a topic is unknown, or a session names a run that is not there or has another length.",
        why: "The session would end late, or stand idle, and the trainer would find out in front of the group.",
        example: Example::RunOfShow,
        before: "\
runs:
  hour:
    minutes: 60
    segments:
      - { title: Welcome, minutes: 10 }
      - { leak: 1, minutes: 40 }
",
        after: "\
runs:
  hour:
    minutes: 60
    segments:
      - { title: Welcome, minutes: 10 }
      - { leak: 1, minutes: 40 }
      - { title: Questions, topic: questions, minutes: 10 }
",
        fix: "Add or take away the minutes that the message names, in a segment or in the run itself.",
    },
];
