//! Layout blocks seen from outside: what is read, what is told, what the page and the paper say of them.

#[path = "support/pdf_reader.rs"]
#[allow(dead_code)]
mod pdf_reader;

use kitwright::document::{Block, Document, Form, LayoutKind};
use kitwright::markdown::{read, write};
use kitwright::render::html;
use kitwright::render::picture::NO_PICTURES;
use kitwright::render::{Look, pdf};
use kitwright::theme::Theme;
use pdf_reader::Reader;

fn sound(text: &str) -> Document {
    let read = read(text);
    assert_eq!(read.problems, [], "{text}");
    read.document
}

fn body(text: &str) -> String {
    page(&sound(text))
}

fn page(document: &Document) -> String {
    let theme = Theme::default();
    html::write(document, &Look::new("{{ body }}", "", &theme, &NO_PICTURES)).unwrap()
}

fn paper(text: &str) -> Reader {
    Reader::new(&pdf::write(&sound(text), &Theme::default()).expect("a PDF"))
}

/// The examples of a page of the docs.
fn examples(page: &str) -> Vec<&str> {
    page.split("````markdown\n").skip(1).map(|rest| rest.split("````").next().unwrap_or_default()).collect()
}

#[test]
fn the_examples_of_the_docs_are_written_as_they_are_read() {
    let examples = examples(include_str!("../docs/layout.md"));
    assert_eq!(examples.len(), 8);
    for example in &examples {
        assert_eq!(write(&sound(example)), *example);
    }
    let all = examples.join("\n");
    insta::assert_snapshot!(body(&all));
    let text = paper(&all).structure().text;
    for words in ["35 min", "Your own test", "extremely", "Berlin, 1 March 2026", "This begins a page."] {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn a_column_without_words_is_wide_and_its_rows_are_high_enough_for_a_hand() {
    let step =
        "Write down the target that each of you wants to be held to by the end of this year, and sign it";
    let at = |cell: &str| {
        let text = format!(
            "| Step | Shown by | Date |\n|---|---|---|\n| {step} | {cell} | |\n| Two | {cell} | |\n| Three | {cell} | |\n"
        );
        let reader = paper(&text);
        let find = |word: &str| {
            let shown = reader.pages[0].iter().find(|shown| shown.text.starts_with(word));
            shown.map(|shown| (shown.x, shown.y)).unwrap()
        };
        (find("Shown"), find("Date"), find("Two"), find("Three"))
    };
    let (by, date, two, three) = at("");
    assert!(date.0 - by.0 > 110.0, "{}", date.0 - by.0);
    assert!((two.1 - three.1).abs() >= 24.0, "{}", two.1 - three.1);
    let (by, date, ..) = at("xx");
    assert!(date.0 - by.0 < 80.0, "{}", date.0 - by.0);
}

#[test]
fn where_sentences_are_to_be_written_rows_are_higher_and_a_dense_paper_is_shorter() {
    let rows = |kind: &str, head: &str| {
        let rows = "| Where would you look? | |\n".repeat(40);
        paper(&format!("---\ntitle: a\npage: {kind}\n---\n\n| Ask | {head} |\n|---|---|\n{rows}")).pages.len()
    };
    let [sentence, number] = ["What was said, and when", "Yours"].map(|head| rows("dense", head));
    assert!(sentence > number, "{sentence} {number}");
    assert!(rows("paper", "Yours") > number);
}

#[test]
fn every_fault_of_a_marker_is_told_and_the_line_stays_text() {
    let names = "the names are columns, cards, keep, lang, page-break";
    let cases = [
        (
            "::: colums\n\na\n\n:::\n",
            "::: colums",
            "there is no container `colums`",
            "did you mean `columns`?",
        ),
        ("::: sidebar\n", "::: sidebar", "there is no container `sidebar`", names),
        (
            "> ::: keep\n>\n> a\n\n:::\n",
            "::: keep",
            "`::: keep` is not closed",
            "write `:::` on a line of its own where it ends",
        ),
        (
            "a\n\n:::\n",
            ":::",
            "this `:::` closes nothing",
            "leave it out, or open a container such as `::: columns` before it",
        ),
        (
            "::: columns 0:1\na\n:::\n",
            "::: columns 0:1",
            "`0:1` does not share out the width of columns",
            "write whole numbers from 1 to 9 with colons between, such as `::: columns 1:2`",
        ),
        (
            "::: cards many\n:::\n",
            "::: cards many",
            "`many` is no number of cards in a row",
            "write a number from 1 to 4, such as `::: cards 3`",
        ),
        ("::: lang x!\n:::\n", "::: lang x!", "`x!` is no language", "write its tag, such as `::: lang fr`"),
        (
            "::: lang\n:::\n",
            "::: lang",
            "`lang` does not say which language",
            "write its tag, such as `::: lang fr`",
        ),
        (
            "::: keep it\n:::\n",
            "::: keep it",
            "`it` is too much behind `keep`",
            "leave it out, and begin the text on the next line",
        ),
        (
            "::: page-break 2\n",
            "::: page-break 2",
            "`2` is too much behind `page-break`",
            "leave it out, and begin the text on the next line",
        ),
        ("> [!SAYY] b\n> a\n", "[!SAYY] b", "there is no box `[!SAYY]`", "did you mean `[!SAY]`?"),
        (
            "> [!HANDOUT]\n",
            "[!HANDOUT]",
            "there is no box `[!HANDOUT]`",
            "the names are SAY, DO, ASK, TIME, NOTE, TIP, IMPORTANT, WARNING, CAUTION",
        ),
    ];
    for (text, at, message, help) in cases {
        let read = read(text);
        let told: Vec<(&str, &str, Option<&str>)> = read
            .problems
            .iter()
            .map(|problem| (&text[problem.at.clone()], problem.message.as_str(), problem.help.as_deref()))
            .collect();
        assert_eq!(told[0], (at, message, Some(help)));
        assert!(!format!("{:?}", read.document.blocks).contains("Layout("), "{text}");
        let words = page(&read.document);
        assert!(words.contains(at), "{words}");
        assert_eq!(problems(&write(&read.document)), []);
    }
}

fn problems(text: &str) -> Vec<kitwright::markdown::Problem> {
    read(text).problems
}

fn read_of(text: &str) -> Vec<Block> {
    sound(text).blocks
}

#[test]
fn containers_that_are_too_deep_are_told() {
    let text = format!("{}a\n{}", "::: keep\n".repeat(70), ":::\n".repeat(70));
    let read = read(&text);
    assert!(read.problems.iter().any(|problem| problem.message == "this container is nested too deep"
        && problem.help.as_deref() == Some("lay it out without this container")));
}

#[test]
fn a_marker_needs_no_empty_lines_and_ends_what_is_around_it() {
    for text in
        ["a\n::: keep\n- b\n:::\nc\n", "a\n\n::: keep\n\n- b\n\n:::\n\nc\n", "a\n:::keep\n* b\n::::\nc"]
    {
        assert_eq!(write(&sound(text)), "a\n\n::: keep\n\n- b\n\n:::\n\nc\n");
    }
}

#[test]
fn code_keeps_its_colons() {
    for text in ["```text\n::: keep\n:::\n```\n", "- a\n\n  ```text\n  ::: columns\n  ```\n", "`:::`\n"] {
        assert_eq!(write(&sound(text)), text);
    }
    let [Block::Layout(layout)] = &read_of("::: keep\n\n```text\n:::\n```\n\n:::\n")[..] else { panic!() };
    assert!(matches!(&layout.parts[0][..], [Block::Code { text, .. }] if text == ":::"));
    // A line that only goes on the one before it is text.
    assert!(matches!(&read_of("a\n        ::: keep\n")[..], [Block::Paragraph(_)]));
}

#[test]
fn a_box_begins_its_quote_or_is_text() {
    let [Block::Layout(layout)] = &read_of("> [!time] about *ten* min\n")[..] else { panic!() };
    assert!(matches!(&layout.kind, LayoutKind::Cue { note, .. } if note == "about *ten* min"));
    assert!(matches!(&read_of("> a\n> [!SAY]\n")[..], [Block::Quote(_)]));
    assert!(matches!(&read_of("[!SAY]\n")[..], [Block::Paragraph(_)]));
}

#[test]
fn forms_say_in_words_what_is_left_free() {
    let page = body("```lines 1\n```\n\n```box 3\nDraw\n```\n\n```scale\npoints: a, b\nends: x, y\n```\n");
    for told in [
        "Space to write: 1 line\"",
        "Box to write in: 3 lines high",
        "Scale of 2 points from x to y, tick one",
    ] {
        assert!(page.contains(told), "{told}");
    }
    let structure =
        paper("```lines 4\nWhat now?\n```\n\n```box 2\n```\n\n```signature\nName: Ada\nDate\n```\n")
            .structure();
    let told: Vec<_> = structure.all("Figure").iter().map(|figure| figure.alternative.clone()).collect();
    let expected = ["Space to write: 4 lines", "Box to write in: 2 lines high", "Line to write on"];
    assert_eq!(told, expected.map(|words| Some(words.to_owned())));
    assert!(structure.text.contains("Name Ada Date "), "{}", structure.text);
    let Block::Form(Form::Lines { count: 4, .. }) = &read_of("```lines 4\n```\n")[0] else { panic!() };
}

#[test]
fn a_scale_is_a_list_or_a_table_on_paper() {
    let list = paper("```scale\nquestion: Useful?\npoints: 1 to 3\nends: no, yes\n```\n").structure();
    assert_eq!(list.all("LI").len(), 3);
    assert_eq!(list.text, "Useful?1 2 3 no yes ");
    let table = paper("```scale\npoints: no, yes\n- First\n- Second\n```\n").structure();
    let heads: Vec<_> = table.all("TH").iter().map(|head| head.attributes["Scope"].clone()).collect();
    assert_eq!(heads, ["Column", "Column", "Row", "Row"]);
    assert_eq!(table.all("TR").iter().map(|row| row.kids.len()).collect::<Vec<_>>(), [3, 3, 3]);
}

#[test]
fn columns_are_read_one_after_the_other_also_over_pages() {
    let words = |side: &str| (0..90).map(|n| format!("{side}{n} words of it\n\n")).collect::<String>();
    let reader = paper(&format!("# T\n\n::: columns\n{}\n---\n{}:::\n\nEnd\n", words("l"), words("r")));
    assert!(reader.pages.len() > 2);
    let text = reader.structure().text;
    let order: Vec<usize> =
        ["l0 ", "l89 ", "r0 ", "r89 ", "End"].iter().map(|w| text.find(w).unwrap()).collect();
    assert!(order.is_sorted(), "{order:?}");
    let first = reader.page_text(0);
    assert!(first.contains("l0 words") && first.contains("r0 words") && !first.contains("l89"));
    for shown in reader.pages.iter().flatten().filter(|shown| shown.mark.is_some()) {
        assert!(shown.y > 70.0 && shown.y < 770.0, "{shown:?}");
    }
}

#[test]
fn a_card_higher_than_a_page_goes_on() {
    let items: String = (0..120).map(|n| format!("- item {n}\n")).collect();
    let reader = paper(&format!("::: cards\n\n{items}\n---\n\nShort\n\n:::\n\nEnd\n"));
    assert!(reader.pages.len() > 2);
    let text = reader.structure().text;
    assert!((0..120).all(|n| text.contains(&format!("item {n}"))) && text.ends_with("End"));
}

#[test]
fn headings_in_columns_are_in_the_outline_where_they_stand() {
    let filler = "words\n\n".repeat(40);
    let text = format!(
        "---\ncontents: true\n---\n# T\n\n{filler}::: columns\n\n## Left\n\na\n\n---\n\n## Right\n\nb\n\n:::\n\n## After\n"
    );
    let reader = paper(&text);
    let titles: Vec<String> = reader.outline()[0].under.iter().map(|mark| mark.title.clone()).collect();
    assert_eq!(titles, ["Left", "Right", "After"]);
    let structure = reader.structure();
    let lines: Vec<&str> = structure.all("Link").iter().map(|link| link.text.trim()).collect();
    assert_eq!(lines, ["After 3"]);
    assert!(reader.page_text(2).contains("Right"));
}

#[test]
fn a_page_break_begins_a_page_and_keep_keeps_one() {
    let reader = paper("a\n\n::: page-break\n\nb\n\n::: page-break\n");
    assert_eq!(
        (reader.page_text(0).as_str(), reader.page_text(1).as_str(), reader.pages.len()),
        ("a", "b", 2)
    );
    let filler = "words\n\n".repeat(24);
    let kept = format!("{filler}::: keep\n\nfirst\n\n{}last\n\n:::\n", "b\n\n".repeat(8));
    let reader = paper(&kept);
    assert!(reader.page_text(1).contains("first") && reader.page_text(1).contains("last"));
}

#[test]
fn a_passage_says_its_language() {
    assert!(body("::: lang he\na\n:::\n").starts_with("<div lang=\"he\" dir=\"rtl\">"));
    let bytes = pdf::write(&sound("::: lang fr\nMerci\n:::\n"), &Theme::default()).unwrap();
    let pdf = Reader::new(&bytes).pdf;
    let tagged = pdf.objects.values().filter_map(|object| object.as_dict().ok());
    let languages: Vec<_> =
        tagged.filter(|d| d.has(b"S")).filter_map(|d| d.get(b"Lang").ok()?.as_str().ok()).collect();
    assert_eq!(languages, [b"fr"]);
}

#[test]
fn four_short_cards_stand_in_a_row_and_none_breaks_a_word_for_it() {
    let row = |words: [&str; 4]| {
        let cards: Vec<String> = words.iter().map(|word| format!("### {word}\n\nCall.\n")).collect();
        let reader = paper(&format!("::: cards 4\n\n{}\n:::\n", cards.join("\n---\n\n")));
        let y =
            |word: &str| reader.pages[0].iter().find(|shown| shown.text.trim() == word).map(|shown| shown.y);
        let first = y(words[0]);
        words.iter().filter(|word| y(word) == first).count()
    };
    assert_eq!(row(["Churn", "Answer", "Qualify", "Close"]), 4);
    assert_eq!(row(["Churn", "Wiedervorlagen", "Qualify", "Close"]), 3);
}

#[test]
fn cells_with_long_words_and_texts_are_known_to_the_style_sheet() {
    let text = "Call each client who left within the last twelve months and ask why";
    let page = body(&format!(
        "| A | B | C |\n|---|--:|---|\n| short | `customer_retention.lost_clients` | {text} |\n"
    ));
    assert!(page.contains("<td>short</td>"), "{page}");
    assert!(page.contains("<td class=\"right long\"><code>"), "{page}");
    assert!(page.contains("<td class=\"text\">Call"), "{page}");
}
