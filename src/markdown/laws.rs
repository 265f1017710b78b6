//! The laws of reading and writing: whatever the text, whatever the tree, nothing is lost between them.

use proptest::prelude::*;

use super::{ids, normal, read, settled, write};
use crate::document::*;

/// Reads, writes, reads again, and demands that nothing changed.
fn holds(text: &str) -> Result<(), TestCaseError> {
    let read_first = read(text);
    let first = &read_first.document;
    let written = write(first);
    prop_assert_eq!(read_first.canonical(), written.as_str());
    let second = read(&written).document;
    prop_assert_eq!(&second, first, "\ntext:\n{}\nwritten:\n{}", text, written);
    prop_assert_eq!(write(&second), written);
    Ok(())
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(vec![
            "a", "b", "Zwei", "x1", "é", "…", "“", "日本", "\u{a0}", "\u{301}", "€", "\u{200b}",
        ]).prop_map(str::to_owned),
        8 => prop::sample::select(vec![
            " ", " ", "  ", "\n", "\n", "\n\n", "\n\n", "\t", "    ", "\r\n", "\r", "\\\n", "  \n", "\u{b}", "\u{c}",
        ]).prop_map(str::to_owned),
        8 => prop::sample::select(vec![
            "*", "**", "***", "_", "__", "~", "~~", "`", "``", "```", "~~~", "[", "]", "(", ")", "<", ">", "!", "|",
            "\\", "&", "#", "-", "+", "=", ":", ".", "{", "}", "\"", "'", ";", "/",
        ]).prop_map(str::to_owned),
        8 => prop::sample::select(vec![
            "\n# ", "\n## ", " #", " {#id}", "{#a}", "\n- ", "\n* ", "\n+ ", "\n1. ", "\n1) ", "\n2. ", "\n- [x] ", "\n- [ ] ",
            "\n  - ", "\n  ", "\n   ", "\n> ", "\n>> ", "> [!NOTE]\n", "\n> [!TIP]\n> ", "\n---\n", "\n***\n", "\n===\n", "\n```chart bar\n", "\n```chart line\n", "\n```chart gauge\n",
            "\n```rust\n", "\n```\n", "\n~~~\n", "\n| a | b |\n|---|:-:|\n| c | d |\n", "| ", " |", "|-|\n", "\n|---|\n", "\n-",
            "[x](y)", "[a](<b c> \"t\")", "![i](j)", "[r]", "\n[r]: /u 'v'\n", "<http://e.org>", "<m@e.org>", "<b>", "</b>",
            "<!-- c -->", "\n<div>\n", "<a\nb>", "&amp;", "&#32;", "&#10;", "&#0;", "&nbsp;", "http://e.org", "www.e.org", "`c`", "``c`d``",
            "** **", "\\|", "\\*", "\\`", "*a*", "**b**", "_c_", "~~d~~", "~e~", "title: A\nrange: 0 to 9\n", "\n| L | 3 |\n", "[^1]",
            "\n    code", "\n\tcode", "- - ", "> - ", "1. > ",
            "\n:::\n", "\n:::", ":::", "::: ", "\n::: columns\n", "\n::: columns 1:2\n", "\n::: cards 3\n", "\n::: keep\n",
            "\n::: lang fr\n", "\n::: page-break\n", "\n::: kep\n", "\n> ::: keep\n", "\n- ::: keep\n", "\n  :::\n", "\n> :::\n",
            "\n> [!SAY]\n", "\n> [!TIME] 10 min\n> ", "> [!ASK]\n", "\n> [!SAYY]\n", "[!DO]", "\u{e000}", "&#1;", "\u{1}", "term\n::: x\n",
            "\n```lines 3\n", "\n```box 2\n", "\n```scale\npoints: 1 to 3\n", "\n```signature\n", "points: a, b\n", "ends: x, y\n",
            "\n    code", "\n\tcode", "- - ", "> - ", "1. > ", "[^1]: n\n", "\n\n[^A b]: ", "[^a B]", "![^1]", "[^1](x)", "[^1][r]",
            "http://a.b/c", "www.a.b", "m@e.org", "mailto:", "@", "www.", "http://", ".c", "&hl;", "\n: d", "\n\n: ", ":", "t\n: d\n", "[a [^1]](x)", "\n    ",
        ]).prop_map(str::to_owned),
    ]
}

fn nasty() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat())
}

fn with_front() -> impl Strategy<Value = String> {
    let keys = vec![
        "title: A\n",
        "cover: true\n",
        "footer: \"a \\\" b\"\n",
        "date: 2026\n",
        "x: y\n",
        "subject: 'q'\n",
        "\n",
        "- a\n",
    ];
    (prop::collection::vec(prop::sample::select(keys), 0..5), nasty())
        .prop_map(|(keys, body)| format!("---\n{}---\n{body}", keys.concat()))
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "plain",
            "a b",
            "#",
            "# a",
            "-",
            "- a",
            "+ a",
            "1. a",
            "1) a",
            "12.",
            "> a",
            "|",
            "a | b",
            "=",
            "===",
            "---",
            "--",
            "    a",
            "\ta",
            " a",
            "a ",
            "[x] a",
            "[x]",
            "*a*",
            "_",
            "a_b",
            "_a_",
            "`",
            "``",
            "<b>",
            "<",
            "<!-- a -->",
            "&amp;",
            "&",
            "&#",
            "!",
            "![",
            "](x)",
            "]: x",
            "{#x}",
            "}",
            "\\",
            "a\\",
            "\\*",
            "~~",
            "~",
            "http://a.b",
            "a@b.c",
            "***",
            "* * *",
            ":-:",
            ":",
            "/",
            "a #",
            "#a",
            "C:\\dir",
            "3 * 4",
            "snake_case_word",
            "é",
            "日",
            "€",
            "\u{301}",
            "\u{a0}",
            "\u{1}",
            "\u{b}x",
            ".",
            "(",
            ")",
            "\"",
            "+",
            "^1",
            "see www.a.b.",
            "http://www.a.b/c@d.e)",
            "mailto:a@b.c",
            "www.",
            ".a.b",
            "[^1]",
            "[^1]: a",
            ": a",
            ":a",
        ])
        .prop_map(str::to_owned),
        "[ -~]{1,6}",
    ]
}

fn inline() -> impl Strategy<Value = Inline> {
    let leaf = prop_oneof![
        8 => words().prop_map(Inline::Text),
        2 => words().prop_map(Inline::Code),
        1 => Just(Inline::SoftBreak),
        1 => Just(Inline::HardBreak),
        1 => (0usize..4).prop_map(Inline::NoteRef),
        1 => (words(), words(), words()).prop_map(|(from, title, alt)| Inline::Image { from, title, alt }),
    ];
    leaf.prop_recursive(4, 16, 4, |inner| {
        let inner = prop::collection::vec(inner, 0..4);
        prop_oneof![
            inner.clone().prop_map(Inline::Emphasis),
            inner.clone().prop_map(Inline::Strong),
            inner.clone().prop_map(Inline::Strike),
            (prop_oneof![words(), Just(String::new())], words(), inner)
                .prop_map(|(to, title, text)| Inline::Link { to, title, text }),
        ]
    })
}

fn line() -> impl Strategy<Value = Vec<Inline>> {
    prop::collection::vec(inline(), 0..5)
}

fn chart() -> impl Strategy<Value = Chart> {
    let value = prop_oneof![
        (-1000i32..1000).prop_map(|n| ChartValue::Known {
            at: f64::from(n) / 8.0,
            text: (f64::from(n) / 8.0).to_string()
        }),
        (0i32..50, 50i32..99).prop_map(|(a, b)| ChartValue::Between {
            low: f64::from(a),
            high: f64::from(b),
            text: format!("{a} to {b}")
        }),
        words().prop_map(|text| ChartValue::Unknown { text }),
    ];
    let row = (words(), prop::collection::vec(value, 0..6), words());
    let row = row.prop_map(|(label, values, note)| ChartRow { label, values, note });
    let kind = prop::sample::select(ChartKind::ALL.to_vec());
    let range = prop_oneof![Just(None), Just(Some((-1.5, 100.0)))];
    let heads = prop::collection::vec(words(), 0..6);
    let words = (words(), words(), words(), words());
    (kind, range, words, heads, prop::collection::vec(row, 0..4)).prop_map(
        |(kind, range, (title, unit, zone, last), columns, rows)| {
            let zones = match range {
                Some(_) => vec![
                    Zone { label: format!("z{zone}"), to: 40.0 },
                    Zone { label: format!("y{last}"), to: 100.0 },
                ],
                None => Vec::new(),
            };
            Chart { kind, title: format!("T{title}"), range, unit, zones, columns, rows }
        },
    )
}

fn form() -> impl Strategy<Value = Form> {
    let texts = || prop::collection::vec(words(), 0..4);
    let points = prop_oneof![
        texts(),
        (-3i64..3, 2i64..12).prop_map(|(from, count)| (from..from + count).map(|n| n.to_string()).collect()),
    ];
    let scale = (words(), points, prop::option::of((words(), words())), texts())
        .prop_map(|(question, points, ends, items)| Form::Scale(Scale { question, points, ends, items }));
    let field = (words(), words()).prop_map(|(label, value)| Field { label, value });
    prop_oneof![
        (any::<u8>(), words()).prop_map(|(count, prompt)| Form::Lines { count, prompt }),
        (any::<u8>(), words()).prop_map(|(lines, prompt)| Form::Space { lines, prompt }),
        scale,
        prop::collection::vec(field, 0..4).prop_map(Form::Signature),
    ]
}

fn layout_kind() -> impl Strategy<Value = LayoutKind> {
    let cue = (prop::sample::select(Cue::ALL.to_vec()), prop_oneof![Just(String::new()), words()]);
    prop_oneof![
        prop::collection::vec(0u8..12, 0..4).prop_map(LayoutKind::Columns),
        any::<u8>().prop_map(LayoutKind::Cards),
        Just(LayoutKind::Keep),
        prop::sample::select(vec!["fr", "de-CH", "no tag"]).prop_map(|tag| LayoutKind::Language(tag.into())),
        cue.prop_map(|(cue, note)| LayoutKind::Cue { cue, note }),
    ]
}

fn table() -> impl Strategy<Value = Table> {
    let align = prop::sample::select(vec![Align::None, Align::Left, Align::Center, Align::Right]);
    (
        prop::collection::vec((align, line()), 1..4),
        prop::collection::vec(prop::collection::vec(line(), 0..4), 0..3),
    )
        .prop_map(|(head, rows)| {
            let (align, head) = head.into_iter().unzip();
            Table { align, head, rows }
        })
}

fn block() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![
        2 => (1u8..7, prop_oneof![Just(String::new()), words()], line())
            .prop_map(|(level, id, text)| Block::Heading { level, id, text }),
        6 => line().prop_map(Block::Paragraph),
        1 => (words(), "[ a`~\n\t|>-]{0,12}").prop_map(|(info, text)| Block::Code { info, text }),
        1 => chart().prop_map(Block::Chart),
        1 => table().prop_map(Block::Table),
        1 => form().prop_map(Block::Form),
        1 => Just(Block::PageBreak),
        1 => Just(Block::Rule),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let blocks = prop::collection::vec(inner, 0..4);
        let item = (prop::option::of(any::<bool>()), blocks.clone())
            .prop_map(|(task, blocks)| ListItem { task, blocks });
        let definition = (line(), prop::collection::vec(blocks.clone(), 0..3))
            .prop_map(|(term, meanings)| Definition { term, meanings });
        prop_oneof![
            (any::<bool>(), prop::collection::vec(definition, 0..3))
                .prop_map(|(tight, items)| Block::Definitions(Definitions { tight, items })),
            blocks.clone().prop_map(Block::Quote),
            (layout_kind(), prop::collection::vec(blocks.clone(), 0..4))
                .prop_map(|(kind, parts)| Block::Layout(Layout { kind, parts })),
            (prop::sample::select(CalloutKind::ALL.to_vec()), blocks)
                .prop_map(|(kind, blocks)| Block::Callout { kind, blocks }),
            (
                prop_oneof![Just(None), Just(Some(1)), Just(Some(7)), Just(Some(u64::MAX))],
                any::<bool>(),
                prop::collection::vec(item, 0..4)
            )
                .prop_map(|(start, tight, items)| Block::List(List { start, tight, items })),
        ]
    })
}

fn tree() -> impl Strategy<Value = Document> {
    let blocks = || prop::collection::vec(block(), 0..4);
    let notes = prop::collection::vec(blocks(), 0..4);
    let page = prop::sample::select(Page::ALL.to_vec());
    (words(), prop::option::of(words()), any::<bool>(), page, blocks(), notes).prop_map(
        |(title, subject, cover, page, blocks, notes)| Document {
            meta: Meta { title, subject, cover, page, ..Meta::default() },
            blocks,
            notes,
        },
    )
}

fn cases() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(512);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_text_is_kept(text in nasty()) {
        holds(&text)?;
    }

    #[test]
    fn any_front_matter_is_kept(text in with_front()) {
        holds(&text)?;
    }

    #[test]
    fn any_tree_is_kept(document in tree()) {
        let text = write(&document);
        let first = read(&text);
        let mut normal = document.clone();
        normal::document(&mut normal, ids::Given::Always, true);
        prop_assert_eq!(&first.document, &normal, "\nwritten:\n{}\nfrom {:#?}", text, document);
        prop_assert_eq!(write(&first.document), text.as_str());
        prop_assert!(first.problems.is_empty(), "{:?}", first.problems);
    }

    #[test]
    fn what_is_settled_is_in_normal_form(text in line(), cut in line()) {
        // What was brought into normal form is settled unless it is rare, and what is settled stays as it is.
        for text in [text.clone(), normal::paragraph(text.clone()), normal::paragraph([text, cut].concat())] {
            let (mut on_one_line, of_lines) = (text.clone(), normal::paragraph(text.clone()));
            normal::put_on_one_line(&mut on_one_line);
            prop_assert!(!settled::paragraph(&text) || of_lines == text, "{:?}", text);
            prop_assert!(!settled::line(&text) || normal::on_one_line(text.clone()) == text, "{:?}", text);
            prop_assert_eq!(on_one_line, normal::on_one_line(text));
        }
    }

    #[test]
    fn no_line_ends_with_a_space(document in tree()) {
        let text = write(&document);
        prop_assert!(text.ends_with('\n'));
        let plain = !text.contains("```") && !text.contains("~~~");
        prop_assert!(!plain || !text.lines().any(|line| line.ends_with(' ')), "{:?}", text);
    }
}

#[test]
fn what_once_broke_a_reader_is_kept() {
    for text in [
        "- [x] \\\n\t=",
        "> 1. [ ]  \\\n>    ---",
        "[`]: x`](y)",
        "- [x] \\\n  ===\n",
        "[`]`*`:`*](y)",
        "\\<0@0>",
        "\\<=@0>",
    ] {
        holds(text).unwrap();
    }
}

#[test]
fn a_sign_that_a_reference_names_is_not_taken_for_a_colon() {
    let text = "words\n::: x\n&#1; &#x02; \u{3}\n";
    holds(text).expect("it holds");
    let words = read(text).document.blocks;
    assert_eq!(
        words,
        [Block::Paragraph(vec![
            Inline::Text("words".to_owned()),
            Inline::SoftBreak,
            Inline::Text("::: x".to_owned()),
            Inline::SoftBreak,
            Inline::Text("\u{1} \u{2} \u{3}".to_owned()),
        ])]
    );
}
