//! Markdown seen from outside: what reading tells, what writing looks like, and that typed text stays text.

use std::time::{Duration, Instant};

use kitwright::document::{Block, Document, Form, Inline, LayoutKind, plain_text};
use kitwright::markdown::{inert, read, write};
use kitwright::yaml::in_quotes;
use proptest::prelude::*;

const NASTY: &str = "# x <script>alert(1)</script> {{ 7*7 }} [a](javascript:alert(1)) | ../../etc/passwd";

/// Every place of a template where a typed word may stand, as `@`; a chart's values are numbers, and words there are judged.
const PLACES: [&str; 30] = [
    "@\n",
    "before @ behind\n",
    "@ behind\n",
    "before @\n",
    "before\n@\nbehind\n",
    "# @\n",
    "## The plan of @ {#plan}\n",
    "- @\n",
    "- a\n- @ b\n  1. @\n",
    "- [ ] @\n",
    "> @\n",
    "> [!NOTE]\n> @\n",
    "*@* and **@** and ~~@~~\n",
    "[@](https://example.org/)\n",
    "![@](x.png)\n",
    "| a | @ |\n|---|---|\n| @ | b @ c |\n",
    "a (@), “@”; @.\n",
    "@\n===\n",
    "```chart bar\ntitle: About @\nrange: 0 to 9\nzones: low @ to 4, high\n\n| A | B | C |\n|---|---|---|\n| @ | 3 | @ |\n| x @ y | words | |\n```\n",
    "```chart line\ntitle: @\n\n| A | B | C |\n|---|---|---|\n| @ | 3 | no |\n| b | 3 | 4 |\n```\n",
    "::: columns\n@\n\n---\n\n- @\n  @\n:::\n@\n",
    "> [!TIME] @\n> @\n",
    "```lines 2\n@\n```\n",
    "```box 2\nabout @, and @\n```\n",
    "```scale\nquestion: @\npoints: a @, @, b\nends: @, @ z\n- @\n- x @ y\n```\n",
    "```signature\n@: @\nName @\nDate: @\n```\n",
    "a[^1]@ and [^1] @\n\n[^1]: @\n\n    @ b\n",
    "@\n: @\n\n    @ behind\n\nb @\n: c @ d\n: @\n",
    "a\n@ b\n\n@\n@\n",
    "<b>@</b> &amp; `code` @ \\\n@\n",
];

fn with(place: &str, word: &str) -> Document {
    let read = read(&place.replace('@', word));
    assert_eq!(read.problems, [], "{place}");
    read.document
}

/// The typed text as it must be seen.
fn seen(typed: &str) -> String {
    let words: Vec<&str> = typed.split_whitespace().collect();
    words.join(" ").replace(char::is_control, "\u{FFFD}")
}

/// The tree with each of its texts changed. Ids follow the words of their headings, so they are left out.
fn mapped(mut document: Document, change: &dyn Fn(&str) -> String) -> Document {
    document.meta.title = change(&document.meta.title);
    change_blocks(&mut document.blocks, change);
    document.notes.iter_mut().for_each(|note| change_blocks(note, change));
    document
}

fn change_blocks(blocks: &mut [Block], change: &dyn Fn(&str) -> String) {
    for block in blocks {
        match block {
            Block::Heading { id, text, .. } => {
                id.clear();
                change_inlines(text, change);
            }
            Block::Paragraph(text) => change_inlines(text, change),
            Block::List(list) => {
                list.items.iter_mut().for_each(|item| change_blocks(&mut item.blocks, change))
            }
            Block::Definitions(list) => {
                for item in &mut list.items {
                    change_inlines(&mut item.term, change);
                    item.meanings.iter_mut().for_each(|meaning| change_blocks(meaning, change));
                }
            }
            Block::Quote(inner) | Block::Callout { blocks: inner, .. } => change_blocks(inner, change),
            Block::Table(table) => {
                let rows = std::iter::once(&mut table.head).chain(&mut table.rows);
                rows.flatten().for_each(|cell| change_inlines(cell, change));
            }
            Block::Chart(chart) => {
                let labels = chart.zones.iter_mut().map(|zone| &mut zone.label);
                let texts = chart.rows.iter_mut().flat_map(|row| [&mut row.label, &mut row.note]);
                labels.chain(texts).chain([&mut chart.title]).for_each(|text| *text = change(text));
            }
            Block::Layout(layout) => {
                if let LayoutKind::Cue { note, .. } = &mut layout.kind {
                    *note = change(note);
                }
                layout.parts.iter_mut().for_each(|part| change_blocks(part, change));
            }
            Block::Form(form) => form_texts(form).into_iter().for_each(|text| *text = change(text)),
            Block::Code { .. } | Block::PageBreak | Block::Rule => {}
        }
    }
}

fn form_texts(form: &mut Form) -> Vec<&mut String> {
    match form {
        Form::Lines { prompt, .. } | Form::Space { prompt, .. } => vec![prompt],
        Form::Scale(scale) => {
            let ends = scale.ends.iter_mut().flat_map(|(left, right)| [left, right]);
            scale.points.iter_mut().chain(&mut scale.items).chain([&mut scale.question]).chain(ends).collect()
        }
        Form::Signature(fields) => {
            fields.iter_mut().flat_map(|field| [&mut field.label, &mut field.value]).collect()
        }
    }
}

fn change_inlines(inlines: &mut [Inline], change: &dyn Fn(&str) -> String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Image { alt: text, .. } => *text = change(text),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Strike(inner)
            | Inline::Link { text: inner, .. } => change_inlines(inner, change),
            Inline::Code(_) | Inline::NoteRef(_) | Inline::SoftBreak | Inline::HardBreak => {}
        }
    }
}

fn stays_text(typed: &str) -> Result<(), TestCaseError> {
    let seen = seen(typed);
    if seen.is_empty() {
        return Ok(());
    }
    for place in PLACES {
        let plain = mapped(with(place, "qqq"), &|text| text.replace("qqq", &seen));
        let document = with(place, &inert(typed));
        prop_assert_eq!(mapped(document.clone(), &str::to_owned), plain, "in {:?}", place);
        prop_assert_eq!(&read(&write(&document)).document, &document);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn typed_text_is_never_markup(typed in "(|www\\.|http://|a@b\\.c)[ -~\n\té\u{a0}\u{0}-\u{8}]{0,24}") {
        stays_text(&typed)?;
    }

    #[test]
    fn typed_text_of_any_script_is_never_markup(typed in "\\PC{0,16}") {
        stays_text(&typed)?;
    }

    #[test]
    fn quoted_text_is_a_value(typed in any::<String>()) {
        let text = format!("---\nsubject: {}\n---\n", in_quotes(&typed));
        let read = read(&text);
        prop_assert_eq!(read.problems, []);
        let seen = seen(&typed);
        prop_assert_eq!(read.document.meta.subject, (!seen.is_empty()).then_some(seen));
    }
}

#[test]
fn the_worst_name_is_shown_as_typed() {
    stays_text(NASTY).unwrap();
    for typed in [
        "1. a",
        "1) a",
        "-",
        "+ a",
        "= =",
        "---",
        "http://a.b",
        "www.a.b",
        "a@b.c",
        "&lt;",
        "\\",
        "a\\",
        "{#x}",
        "~~~",
        ":::",
        "::: keep",
        ":::columns",
        "[!SAY]",
        "[!TIME] 10 min",
        "0 to 10",
        "a, b: c",
        "```lines 3",
    ] {
        stays_text(typed).unwrap();
    }
    let document = read(&format!("# {0}\n\n{0}\n", inert(NASTY))).document;
    assert_eq!(document.meta.title, NASTY);
    let written = write(&document);
    insta::assert_snapshot!(written, @r"
    # # x \<script>alert(1)\</script> {{ 7\*7 }} \[a](javascript:alert(1)) | ../../etc/passwd

    \# x \<script>alert(1)\</script> {{ 7\*7 }} \[a](javascript:alert(1)) | ../../etc/passwd
    ");
}

#[test]
fn raw_html_is_text() {
    let document = read("a <b>c</b>\n\n<div class=\"x\">\n  <p>d\n\n<!-- e -->\n").document;
    let words: Vec<String> = document
        .blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(text) => plain_text(text),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(words, ["a <b>c</b>", "<div class=\"x\"> <p>d", "<!-- e -->"]);
}

#[test]
fn what_is_not_switched_on_stays_text() {
    let document = read("A[^1] $x$ ==y== H~2~O [[z]]\n").document;
    let words = "A[^1] $x$ ==y== H~2~O [[z]]".to_owned();
    assert_eq!(document.blocks, [Block::Paragraph(vec![Inline::Text(words)])]);
}

#[test]
fn headings_have_one_id_each() {
    let document = read("# Plan\n\n## Plan\n\n## Other {#plan}\n\n> ### Größe: 1\n\n# *!*\n").document;
    let ids: Vec<String> =
        kitwright::document::headings(&document).into_iter().map(|heading| heading.id).collect();
    assert_eq!(ids, ["plan-2", "plan-3", "plan", "größe-1", "section"]);
    insta::assert_snapshot!(write(&document), @r"
    # Plan

    ## Plan

    ## Other {#plan}

    > ### Größe: 1

    # *!*
    ");
}

#[test]
fn the_title_comes_from_front_matter_else_from_the_first_heading() {
    assert_eq!(read("---\ntitle: A\n---\n# B\n").document.meta.title, "A");
    assert_eq!(read("## C\n\n# B *b*\n").document.meta.title, "B b");
    assert_eq!(read("text\n").document.meta.title, "Untitled");
    assert_eq!(
        read("\u{FEFF}---\r\ntitle: A\r\ncover: true\r\n---\r\n\r\nx\r\ny\r\n").document.meta.title,
        "A"
    );
}

#[test]
fn a_bad_chart_stays_a_code_block_and_is_told_where_it_stands() {
    let text =
        "\u{FEFF}Hello\r\n\r\n> ```chart bar\r\n> title: A\r\n> range: 9 to 1\r\n> colour: red\r\n> ```\r\n";
    let read = read(text);
    assert!(
        matches!(&read.document.blocks[1], Block::Quote(blocks) if matches!(blocks[0], Block::Code { .. }))
    );
    let told: Vec<(&str, &str)> =
        read.problems.iter().map(|problem| (&text[problem.at.clone()], problem.message.as_str())).collect();
    assert_eq!(
        told,
        [
            ("", "the chart has no table"),
            ("9 to 1", "the range `9 to 1` is empty"),
            ("colour", "a chart has no key `colour`"),
        ]
    );
}

#[test]
fn a_page_is_written_as_a_person_would() {
    let text = include_str!("data/rich.md");
    let read = read(text);
    assert_eq!(read.problems, []);
    assert_eq!(write(&read.document), text);
}

/// Nothing here may take time in the square of its length; in a debug build each of these took well under a
/// second when written.
#[test]
fn long_and_deep_texts_end_soon() {
    let row = "| Customer retention | 42.5 | **dripping** |\n";
    let texts = [
        "word *and* [link](x) `code` <b> ".repeat(30_000),
        "_*`[<&\\~".repeat(60_000),
        format!("| a | b | c |\n|---|---|---|\n{}", row.repeat(10_000)),
        (0..100).map(|depth| format!("{}- deep\n", "  ".repeat(depth))).collect(),
        format!("{}deep\n", "> ".repeat(5_000)),
        format!("{}deep\n", "- ".repeat(5_000)),
        format!("{}deep{}\n", "*a **b ".repeat(5_000), "** *".repeat(5_000)),
        format!("{}x{}\n", "[".repeat(20_000), "](y)".repeat(20_000)),
        "# Same\n\n".repeat(10_000),
        "&".repeat(300_000),
        "\\".repeat(300_000),
        "`` ` ".repeat(60_000),
        "::: keep\n".repeat(30_000),
        ":::\n".repeat(60_000),
        "::: columns\n\n---\n\n:::\n".repeat(10_000),
        "> [!SAY]\n\n".repeat(20_000),
        "```scale\npoints: x\n```\n".repeat(10_000),
    ];
    for text in texts {
        let start = Instant::now();
        let written = write(&read(&text).document);
        assert_eq!(write(&read(&written).document), written);
        assert!(start.elapsed() < Duration::from_secs(20), "{:?} for {:.20}", start.elapsed(), text);
        if std::env::var_os("SHOW_TIMES").is_some() {
            println!("{:?} {:.20}", start.elapsed(), text);
        }
    }
}

#[test]
fn what_was_typed_is_never_doubted() {
    for typed in ["[^1]", "[!SAY hello", "[!NOTE", "[a](#nowhere)", "::: columns 1:2"] {
        let text = format!("# Words\n\n> {}\n", inert(typed));
        assert_eq!(read(&text).doubts, [], "{text}");
    }
}

#[test]
fn doubts_stand_at_their_words() {
    let text = "\u{FEFF}# Größe\r\n\r\n[a](#gr) and [b](#größe), x[^n]\r\n\r\n> [!tip\r\n";
    let read = read(text);
    let told: Vec<(&str, &str)> =
        read.doubts.iter().map(|doubt| (&text[doubt.at.clone()], doubt.message.as_str())).collect();
    assert_eq!(
        told,
        [
            ("[a](#gr)", "no heading is called `#gr`, and the link leads nowhere"),
            ("[^n]", "`[^n]` has no note"),
            ("[!tip", "`[!tip` is not closed and is read as text"),
        ]
    );
    assert_eq!(read.problems, []);
}
