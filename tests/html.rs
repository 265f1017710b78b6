//! The HTML page seen from outside: what it looks like, that nothing in it is markup but its own, and that its
//! frame is checked.

use kitwright::document::{Block, Document, Inline, Meta};
use kitwright::markdown::{inert, read};
use kitwright::render::html::write;
use kitwright::render::picture::NO_PICTURES;
use kitwright::render::{Format, Look, render};
use kitwright::theme::Theme;
use proptest::prelude::*;

const PAGE: &str = include_str!("../templates/page.html");
const STYLE: &str = include_str!("../templates/theme.css");
const NASTY: &str = "# x <script>alert(1)</script> {{ 7*7 }} [a](javascript:alert(1)) | ../../etc/passwd";

fn page(text: &str) -> String {
    write(&read(text).document, &Look::new(PAGE, STYLE, &Theme::default(), &NO_PICTURES)).unwrap()
}

/// Only what stands for the document itself.
fn body(text: &str) -> String {
    let frame = "{{ cover }}|{{ contents }}|{{ body }}|{{ footer }}";
    write(&read(text).document, &Look::new(frame, "", &Theme::default(), &NO_PICTURES)).unwrap()
}

/// Demands that each tag is closed in order and each attribute quoted, and gives the names of all elements.
fn elements(html: &str) -> Vec<String> {
    const EMPTY: [&str; 8] = ["meta", "br", "hr", "input", "rect", "line", "path", "!doctype"];
    let mut open: Vec<String> = Vec::new();
    let mut names = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let mut quoted = false;
        let end = rest
            .find(|c| {
                quoted ^= c == '"';
                c == '>' && !quoted
            })
            .expect("a tag that ends");
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        assert_eq!(tag.matches('"').count() % 2, 0, "<{tag}>");
        let name: String = tag.chars().take_while(|c| !c.is_whitespace() && *c != '>').collect();
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "before {:.80}", rest);
        } else {
            let name = name.trim_end_matches('/').to_lowercase();
            assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '!'), "<{tag}>");
            for attribute in
                tag.split('"').step_by(2).skip(1).filter(|part| !part.trim_matches('/').is_empty())
            {
                assert!(!attribute.trim().starts_with("on"), "<{tag}>");
            }
            if name == "style" {
                rest = &rest[rest.find("</style>").expect("a style that ends")..];
            }
            if !EMPTY.contains(&name.as_str()) {
                open.push(name.clone());
            }
            names.push(name);
        }
    }
    assert_eq!(open, Vec::<String>::new());
    names
}

#[test]
fn a_small_rich_document() {
    insta::assert_snapshot!(body(include_str!("data/rich.md")));
}

#[test]
fn the_whole_page_asks_for_nothing() {
    let page = page(include_str!("data/rich.md"));
    let names = elements(&page);
    for barred in ["script", "link", "img", "iframe", "object", "embed", "form", "base"] {
        assert!(!names.iter().any(|name| name == barred), "{barred}");
    }
    assert!(!page.contains("@import") && !page.contains("url("));
    assert!(page.contains("<html lang=\"en\" dir=\"ltr\">"));
    assert!(page.contains("<title>Coaching playbook</title>"));
    assert_eq!(page.matches("<h1").count(), 1);
    assert_eq!(page.matches("<main").count(), 1);
}

#[test]
fn nothing_typed_is_markup_wherever_it_stands() {
    let id = "a\"><script>alert(1)</script>".to_owned();
    let bad = || NASTY.to_owned();
    let text = || vec![Inline::Text(bad())];
    let document = Document {
        meta: Meta {
            title: format!("{NASTY}</title>"),
            subtitle: Some(bad()),
            subject: Some(bad()),
            language: "en\" onload=\"x".to_owned(),
            footer: Some(bad()),
            cover: true,
            contents: true,
            ..Meta::default()
        },
        blocks: vec![
            Block::Heading { level: 2, id, text: text() },
            Block::Paragraph(vec![
                Inline::Code(bad()),
                Inline::Link {
                    to: "https://e.org/\"><script>".to_owned(),
                    title: "\"><script>".to_owned(),
                    text: text(),
                },
                Inline::Image { from: bad(), title: bad(), alt: "\"><script>".to_owned() },
            ]),
            Block::Code { info: bad(), text: bad() },
        ],
        notes: Vec::new(),
    };
    let page = write(&document, &Look::new(PAGE, STYLE, &Theme::default(), &NO_PICTURES)).unwrap();
    assert!(!elements(&page).iter().any(|name| name == "script"));
    assert!(!page.contains("onload=\"x\""));
    assert_eq!(page.matches("{{ 7*7 }}").count(), 10);
}

#[test]
fn the_worst_name_comes_through_markdown() {
    let name = inert(NASTY);
    let html = body(&format!("# For {name}\n\n- {name}\n\n| a |\n|---|\n| {name} |\n"));
    elements(&html);
    let seen =
        "# x &lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} [a](javascript:alert(1)) | ../../etc/passwd";
    assert_eq!(html.matches(seen).count(), 3);
    assert!(!html.contains("<a "));
}

#[test]
fn other_schemes_are_text_only() {
    let html = body(
        "[a](javascript:alert(1)) [b](data:text/html,x) [c](//e.org) [d](../x.html) [e](https://e.org) [f](#x) [g](mailto:a@e.org)\n",
    );
    insta::assert_snapshot!(html, @r##"||<p>a b c d <a href="https://e.org">e</a> <a href="#x">f</a> <a href="mailto:a@e.org">g</a></p>|"##);
}

#[test]
fn a_style_cannot_end_its_element() {
    let theme = Theme::default();
    let look = Look::new(
        "<style>{{ style }}</style>{{ body }}",
        "a::after { content: \"</style><script>\" }",
        &theme,
        &NO_PICTURES,
    );
    let page = write(&read("x\n").document, &look).unwrap();
    assert_eq!(elements(&page), ["style", "p"]);
}

#[test]
fn a_frame_with_an_unknown_place_is_told_with_its_line() {
    let theme = Theme::default();
    let look = Look::new("<body>\n{{ boddy }}\n", "", &theme, &NO_PICTURES);
    let error = render(&read("x\n").document, Format::Html, &look).unwrap_err();
    insta::assert_snapshot!(error, @"page.html:2: `boddy` is no place of a page: there are title, language, direction, style, cover, contents, body and footer");
}

#[test]
fn a_cover_with_another_title_keeps_the_first_heading() {
    let html = body("---\ntitle: Cover\ncover: true\n---\n# Text\n");
    assert!(
        html.contains("<p class=\"cover-title\">Cover</p>") && html.contains("<h1 id=\"text\">Text</h1>")
    );
    assert!(!body("text\n").contains("<header"));
}

fn anything() -> impl Strategy<Value = String> {
    let pieces = vec![
        "a",
        "\"",
        "'",
        "<",
        ">",
        "&",
        "&amp;",
        "<b>",
        "</p>",
        "<!--",
        "\n",
        "\n\n",
        "*",
        "**",
        "_",
        "`",
        "~~",
        "[",
        "](x)",
        "](#a)",
        "](javascript:x)",
        "![",
        "\n# ",
        "\n### ",
        " {#\"x}",
        "\n- ",
        "\n1. ",
        "\n- [x] ",
        "\n> ",
        "\n> [!NOTE]\n> ",
        "\n---\n",
        "\n```\n",
        "\n| a | b |\n|---|--:|\n| c ",
        "| ",
        "\n```chart bar\ntitle: <x>\nrange: -5 to 9.5\nzones: a\" to 3, b\n| <A> | B | C |\n|---|---|---|\n| r | 3 | n |\n| s | -4 to 9 | |\n| t | \"?\" | |\n```\n",
        "---\ntitle: \"<t>\"\ncover: true\ncontents: true\nfooter: \"&\"\n---\n",
        "\u{1}",
        "é",
        "{{ body }}",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_document_makes_a_whole_page(text in anything()) {
        let page = page(&text);
        elements(&page);
        prop_assert_eq!(self::page(&text), page);
    }
}
