//! Charts seen from outside: what is read, what is told, what page and paper say of them.

#[path = "support/pdf_reader.rs"]
#[allow(dead_code)]
mod pdf_reader;

use kitwright::document::{Block, Chart, ChartKind, ChartRow, ChartValue, Document, Zone};
use kitwright::markdown::{read, write};
use kitwright::render::picture::NO_PICTURES;
use kitwright::render::{Look, html, pdf};
use kitwright::theme::Theme;
use pdf_reader::Reader;

fn sound(text: &str) -> Document {
    let read = read(text);
    assert_eq!(read.problems, [], "{text}");
    read.document
}

fn body(document: &Document) -> String {
    let theme = Theme::default();
    html::write(document, &Look::new("{{ body }}", "", &theme, &NO_PICTURES)).unwrap()
}

fn paper(document: &Document) -> Reader {
    Reader::new(&pdf::write(document, &Theme::default()).expect("a PDF"))
}

fn examples() -> Vec<&'static str> {
    let page = include_str!("../docs/charts.md");
    page.split("````markdown\n").skip(1).map(|rest| rest.split("````").next().unwrap_or_default()).collect()
}

fn charts(document: &Document) -> Vec<&Chart> {
    fn chart(block: &Block) -> Option<&Chart> {
        match block {
            Block::Chart(chart) => Some(chart),
            _ => None,
        }
    }
    document.blocks.iter().filter_map(chart).collect()
}

#[test]
fn the_docs_show_each_kind_and_what_they_show_is_kept() {
    let all = examples().join("\n");
    let document = sound(&all);
    let charts = charts(&document);
    assert!(ChartKind::ALL.iter().all(|kind| charts.iter().any(|chart| chart.kind == *kind)));
    let written = write(&document);
    assert_eq!(sound(&written), document);
    for example in examples().iter().take(6) {
        assert_eq!(write(&sound(example)), *example);
    }
}

#[test]
fn each_chart_says_all_its_data_on_page_and_paper() {
    for example in examples() {
        let document = sound(example);
        let page = body(&document);
        let structure = paper(&document).structure();
        let figures = structure.all("Figure");
        for (chart, figure) in charts(&document).into_iter().zip(&figures) {
            let told = chart.alternative_text();
            assert!(page.contains(&format!("role=\"img\" aria-label=\"{told}\"")), "{told}");
            assert_eq!(figure.alternative.as_deref(), Some(told.as_str()));
            assert!(figure.attributes.contains_key("BBox"));
            for row in &chart.rows {
                let label = format!("<th scope=\"row\">{}</th>", row.label);
                assert!(page.contains(&label) && told.contains(&row.label), "{label}");
                for value in &row.values {
                    let said = format!("{}{}", value.text(), chart.unit_after(value));
                    assert!(page.contains(&format!("<td class=\"right\">{said}</td>")), "{said}");
                    assert!(told.contains(&said) && structure.text.contains(&said), "{said}");
                }
            }
        }
        assert_eq!(figures.len(), charts(&document).len());
    }
}

#[test]
fn a_drawing_takes_its_colours_from_the_style_sheet() {
    let style = include_str!("../templates/theme.css");
    let page = body(&sound(&examples().join("\n")));
    let drawings: Vec<&str> =
        page.split("<svg viewBox").skip(1).map(|rest| rest.split("</svg>").next().unwrap()).collect();
    assert_eq!(drawings.len(), 16, "each is drawn for a page and for a telephone");
    assert_eq!(page.matches("<div class=\"narrow\" hidden>").count(), 8);
    assert!(style.contains("  .drawing .narrow {\n    display: block;"));
    for drawing in drawings {
        let classes = drawing.split("class=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
        for class in classes.flat_map(str::split_whitespace) {
            assert!(style.contains(&format!(".drawing .{class} {{")), "{class}");
        }
        assert!(!drawing.contains("NaN") && !drawing.contains("inf") && !drawing.contains("fill=\""));
    }
}

#[test]
fn a_line_and_a_radar_of_several_have_their_data_in_a_table_on_paper() {
    let tables = |name: &str| {
        let example = examples().into_iter().find(|text| text.contains(&format!("chart {name}"))).unwrap();
        let structure = paper(&sound(example)).structure();
        structure.all("Table").iter().map(|table| table.all("TR").len()).collect::<Vec<_>>()
    };
    assert_eq!(tables("line"), [3], "points in time are columns");
    assert_eq!(tables("radar"), [5]);
    assert!(tables("slope").is_empty() && tables("heat").is_empty());
}

#[test]
fn many_rows_go_on_over_pages_and_none_leaves_one() {
    for kind in ["grouped", "heat", "distribution"] {
        let rows: String = (0..120).map(|row| format!("| Row {row} | {row} | 7 |\n")).collect();
        let text =
            format!("```chart {kind}\ntitle: Many\n\n| A | B | C |\n|---|--:|--:|\n{rows}```\n\nEnd\n");
        let reader = paper(&sound(&text));
        assert!(reader.pages.len() > 2, "{kind}");
        let text = reader.structure().text;
        assert!((0..120).all(|row| text.contains(&format!("Row {row}"))), "{kind}");
        for shown in reader.pages.iter().flatten().filter(|shown| shown.mark.is_some()) {
            assert!(shown.y > 70.0 && shown.y < 770.0 && shown.x > 70.0, "{kind} {shown:?}");
        }
    }
}

#[test]
fn every_fault_of_a_chart_is_told_with_its_help() {
    let table = "| A | B |\n|---|--:|\n| x | 3 |\n";
    let wide = "| A | B | C | D | E | F |\n|---|---|---|---|---|---|\n";
    let kinds =
        "write one of these behind `chart`: bar, grouped, line, radar, heat, gauge, slope, distribution";
    let judged = "title: T\nrange: 0 to 9\n";
    let cases = [
        ("", format!("{judged}{table}"), "the fence does not say which kind of chart it is", kinds),
        ("pie", format!("{judged}{table}"), "there is no chart of the kind `pie`", kinds),
        (
            "lines",
            format!("{judged}{table}"),
            "there is no chart of the kind `lines`",
            "did you mean `chart line`?",
        ),
        (
            "gauge",
            format!("title: T\n{table}"),
            "the chart has no `range`",
            "add a line such as `range: 0 to 100`",
        ),
        (
            "gauge",
            format!("{judged}{table}| y | 4 |\n"),
            "the chart has 2 rows, which `gauge` cannot show",
            "give it 1",
        ),
        (
            "radar",
            format!("title: T\n{table}"),
            "the chart has 1 row, which `radar` cannot show",
            "give it 3 to 12",
        ),
        (
            "slope",
            format!("title: T\n{table}"),
            "the chart's table has 2 columns, but needs three",
            "give a label, the value before and the value after",
        ),
        (
            "grouped",
            format!("title: T\n{wide}"),
            "the chart's table has 6 columns, but needs 3 to 5",
            "give a label and 2 values to 4",
        ),
        (
            "heat",
            "title: T\n| A |\n|---|\n".to_owned(),
            "the chart's table has 1 columns, but needs 2 to 13",
            "give a label and one value to 12",
        ),
        (
            "bar",
            format!("{judged}{wide}"),
            "the chart's table has 6 columns, but needs two or three",
            "give a label, a value and, where wanted, a note",
        ),
        (
            "heat",
            format!("title: T\nzones: a\n{table}"),
            "only a chart of the kind `bar` or `gauge` has zones",
            "leave the line out",
        ),
        (
            "line",
            "title: T\n| A | B |\n|---|---|\n| x | 15% |\n| y | 1,250 |\n".to_owned(),
            "`15%` is no number",
            "write `15`, and `unit: %`",
        ),
        (
            "gauge",
            format!("{judged}| A | B |\n|---|---|\n| x | 8 to 12 |\n"),
            "the value `8 to 12` lies outside of the range 0 to 9",
            "mend the value, or widen `range:`",
        ),
        (
            "heat",
            format!("{judged}| A | B |\n|---|---|\n| x | -3 |\n"),
            "the value `-3` lies outside of the range 0 to 9",
            "mend the value, or widen `range:`",
        ),
        (
            "distribution",
            "title: T\n| A | B |\n|---|---|\n| x | -3 |\n".to_owned(),
            "`-3` people is less than nobody",
            "write how many people gave the answer",
        ),
    ];
    for (kind, text, message, help) in cases {
        let told = read(&format!("```chart {kind}\n{text}```\n"));
        let told: Vec<(&str, Option<&str>)> =
            told.problems.iter().map(|problem| (problem.message.as_str(), problem.help.as_deref())).collect();
        assert!(told.contains(&(message, Some(help))), "{kind}: {told:?}");
    }
}

/// Where each fault of a document stands, and its message.
fn told(text: &str) -> Vec<(String, String)> {
    let problems = read(text).problems;
    problems.into_iter().map(|problem| (text[problem.at].to_owned(), problem.message)).collect()
}

#[test]
fn a_fault_stands_at_its_word() {
    let one = |at: &str, message: &str| vec![(at.to_owned(), message.to_owned())];
    let table = "title: T\n\n| A | B |\n|---|---|\n| x | 3 |\n";
    for (fence, at, message) in [
        ("chart pie", "pie", "there is no chart of the kind `pie`"),
        ("chart   bar  chart", "bar  chart", "there is no chart of the kind `bar chart`"),
        ("chart", "chart", "the fence does not say which kind of chart it is"),
    ] {
        assert_eq!(told(&format!("Text.\n\n```{fence}\n{table}```\n")), one(at, message));
        assert_eq!(
            told(&format!(
                "- a\n\n  ~~~~ {fence}\n  title: T\n  zones: z\n  | A | B |\n  |---|---|\n  ~~~~\n"
            )),
            one(at, message)
        );
    }
    let cells = "```chart heat\ntitle: T\nrange: 0 to 10\n| A | B | C |\n|---|---|---|\n| Q3 | 15-20 | soon |\n| 2 | | 11 |\n```\n";
    let expected =
        [("15-20", "`15-20` is no number"), ("11", "the value `11` lies outside of the range 0 to 10")];
    assert_eq!(told(cells), expected.map(|(at, message)| (at.to_owned(), message.to_owned())));
    assert_eq!(told("```lines many\nWhat?\n```\n"), one("many", "`many` is no number of lines from 1 to 60"));
    // What was typed otherwise than it is read is told at the fence.
    assert_eq!(
        told("```chart&#32;pie\n```\n")[0],
        (String::new(), "there is no chart of the kind `pie`".to_owned())
    );
}

#[test]
fn values_that_a_fence_could_not_hold_are_mended_before_they_are_written() {
    let values = [
        ChartValue::Known { at: 150.0, text: "150".to_owned() },
        ChartValue::Unknown { text: "15%".to_owned() },
    ];
    let row = |value| ChartRow { label: "x".to_owned(), values: vec![value], note: String::new() };
    let chart = Chart {
        kind: ChartKind::Bar,
        title: "T".to_owned(),
        range: Some((0.0, 100.0)),
        unit: String::new(),
        zones: vec![Zone { label: "z".to_owned(), to: 100.0 }],
        columns: vec!["A".to_owned(), "B".to_owned()],
        rows: values.map(row).into(),
    };
    let document = Document { blocks: vec![Block::Chart(chart)], ..Document::default() };
    let read = sound(&write(&document));
    let chart = charts(&read)[0];
    assert_eq!((chart.range, chart.rows[1].value().text()), (Some((0.0, 150.0)), ""));
}

#[test]
fn no_word_of_a_wide_heat_map_is_broken_or_cut() {
    let heads = [
        "North",
        "South",
        "East",
        "West",
        "Northeast",
        "Southwest",
        "Central",
        "Export",
        "Online",
        "Partner",
        "Service",
        "Retail",
    ];
    let cells = ["28", "64", "81", "1", "100", "33.5", "unknown", "40 to 65", "10", "20", "30", "40"];
    let line = |cells: &[&str]| format!("| {} |\n", cells.join(" | "));
    let table = line(&[&["Practice"], &heads[..]].concat())
        + &format!("|{}\n", "---|".repeat(13))
        + &line(&[&["Customer retention"], &cells[..]].concat());
    let document = sound(&format!("```chart heat\ntitle: T\nrange: 0 to 100\n{table}```\n"));
    let page = body(&document);
    let drawing = page.split("<svg ").nth(1).and_then(|rest| rest.split("</svg>").next()).unwrap();
    let paper = paper(&document);
    let paper: Vec<&str> = paper.pages[0].iter().map(|shown| shown.text.trim()).collect();
    for head in heads {
        assert!(drawing.contains(&format!(">{head}</text>")), "{head}");
        assert!(paper.contains(&head), "{head}: {paper:?}");
    }
    assert!(drawing.contains(">unknown</text>") && paper.contains(&"unknown"), "{paper:?}");
    assert!(
        !drawing.contains('\u{2026}') && !paper.iter().any(|text| text.contains('\u{2026}')),
        "{paper:?}"
    );
}
