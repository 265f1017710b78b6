//! The page on templates is fresh, and every example in it is what a template gives.
//!
//! `UPDATE_DOCS=1 cargo test` writes the examples and the page anew (twice, since one is part of the other).

use super::{cell, contract_markdown, expressions};
use crate::compose::fill::filled;
use crate::compose::support::{judged, pack_of, read_templates, session};
use crate::compose::{Data, Summed, for_cohort, for_respondent};
use crate::diag::show_all;
use crate::markdown::plain;
use crate::tally::{About, Benchmark, By, Options, Tally};

fn data() -> (crate::check::SoundPack, Data) {
    let pack = pack_of(&[("pack.yaml", include_str!("fixture.yaml"))]);
    let (respondent, findings) = judged(&pack, include_str!("answers.yaml"));
    let data = for_respondent(&pack, &respondent, &findings, Some(&session()));
    (pack, Data::Respondent(Box::new(data)))
}

/// Twelve teams under the same pack, of two regions, beside a benchmark in which one question read otherwise.
fn cohort() -> Data {
    let pack = pack_of(&[("pack.yaml", include_str!("fixture.yaml"))]);
    let by = ["region", "size"].map(|name| By::named(name, pack.pack()).unwrap());
    let mut tally = Tally::new(pack.pack(), by.to_vec(), true);
    for answers in include_str!("cohort.jsonl").lines() {
        let (respondent, findings) = judged(&pack, answers);
        tally.add(&respondent, &findings);
    }
    let together = tally.finish(&Options::default()).unwrap();
    let about = About {
        title: "Spring 2025".into(),
        source: "Example Academy, twelve teams".into(),
        grade: "D".into(),
        date: jiff::civil::Date::constant(2025, 4, 1),
    };
    let mut benchmark = Benchmark::of(pack.pack(), &together, about);
    benchmark.questions[0].print = "otherwise".into();
    let compared = benchmark.compare(pack.pack(), &together).unwrap();
    let summed = Summed { together: &together, compared: Some(&compared) };
    Data::Cohort(Box::new(for_cohort(
        pack.pack(),
        &summed,
        together.dates.map(|(_, last)| last),
        Some(&session()),
    )))
}

/// What each value is for the small pack; lists and maps say only how many they hold.
fn examples() -> String {
    let ((pack, respondent), cohort) = (data(), cohort());
    let mut out = String::new();
    for (audience, expression) in expressions() {
        let data = if audience == "cohort" { &cohort } else { &respondent };
        // What may also be text is not judged by what it can print.
        let body = format!(
            "---\nfor: {audience}\ntitle: T\n---\n\
             {{% set value = {expression} if true else '' %}}\
             {{% if value is array %}}{{{{ value | length }}}} of them\
             {{% elif value is map %}}\
             {{% elif value is none %}}nothing\
             {{% else %}}{{{{ value }}}}{{% endif %}}"
        );
        let (templates, sources, diagnostics) = read_templates(pack.pack(), &[("a.md", &body)]);
        assert_eq!(show_all(&diagnostics, &sources, false), "", "{expression}");
        let text = filled(&templates, "a", data, &sources)
            .unwrap_or_else(|message| panic!("{expression}: {message}"));
        assert_ne!(text, "0 of them", "{expression}: the fixture has none of these");
        out.push_str(&format!("{expression} = {}\n", cell(&plain(&text))));
    }
    out
}

fn fresh(path: &str, wanted: &str) {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, wanted).unwrap();
        return;
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(found == wanted, "{path} is stale: run `UPDATE_DOCS=1 cargo test` twice");
}

#[test]
fn every_example_is_what_a_template_gives() {
    fresh("src/compose/docs/examples.txt", &examples());
}

#[test]
fn the_page_is_fresh() {
    fresh("docs/templates.md", &contract_markdown());
}

#[test]
fn the_first_template_of_the_page_works() {
    let intro = include_str!("intro.md").replace("\r\n", "\n");
    let template = intro.split("```markdown\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let (pack, data) = data();
    let (templates, sources, diagnostics) = read_templates(pack.pack(), &[("letter.md", template)]);
    assert_eq!(show_all(&diagnostics, &sources, false), "");
    assert_eq!(
        filled(&templates, "letter", &data, &sources).unwrap().trim(),
        "Dear Northwind Studio,\n\n- Seeing risk early scored 0 of 100.\n- Running renewals scored 0 of 100.\n\
         - Staying in touch scored 25 of 100."
    );
}
