//! Each document holds its own respondent's name, scores and prescriptions, and nobody else's.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use kitwright::source::Sources;
use kitwright::{builtin, check, pack};
use serde_json::Value;

use crate::pdf_reader::Reader;
use crate::people::{table, token};
use crate::{good, long};

/// The title of every prescription of the shipped pack, without spaces.
fn titles() -> BTreeMap<String, String> {
    let mut sources = Sources::default();
    let files: Vec<_> =
        builtin::pack("sales-leaks").iter().map(|file| sources.add(file.path, file.text)).collect();
    let sound = check::check(pack::load(&files, &sources), None).pack.unwrap();
    let each = sound.pack().prescriptions.iter();
    each.map(|prescription| (prescription.id.clone(), bare(&prescription.title.plain()))).collect()
}

/// Without spaces and Markdown's backslashes: where lines break, and what had to be escaped, is not looked at here.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\\' && *c != '\u{ad}').collect()
}

fn html_text(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.split_once("<body").unwrap().1.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    for (entity, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
        out = out.replace(entity, sign);
    }
    out
}

fn pdf_text(bytes: &[u8]) -> String {
    let reader = Reader::new(bytes);
    (0..reader.pages.len()).map(|page| reader.page_text(page)).collect()
}

/// The names of all respondents that a text holds.
fn tokens(text: &str) -> BTreeSet<&str> {
    let found = text.match_indices("Zq").filter_map(|(at, _)| text.get(at..at + 9));
    found.filter(|token| token.ends_with('x')).collect()
}

/// The scores in the chart of the playbook: low and high of each area.
fn charted(markdown: &str) -> Vec<(f64, f64)> {
    let chart = markdown.split_once("```chart bar").unwrap().1.split_once("\n```").unwrap().0;
    let rows = chart.lines().filter(|line| line.starts_with('|')).skip(2);
    let score = |line: &str| {
        let cell = line.split('|').nth(2).unwrap().trim().to_owned();
        let (low, high) = cell.split_once(" to ").unwrap_or((&cell, &cell));
        let number = |text: &str| text.parse().unwrap_or(f64::NAN);
        (number(low), number(high))
    };
    rows.map(score).collect()
}

fn nobody_is_mixed_up(people: usize, formats: &str) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("cohort.csv"), table(people, people as u64)).unwrap();
    good(folder.path(), &["build", "cohort.csv", "--format", formats, "--jobs", "4", "-q"]);
    // What is expected comes from another command, which makes no papers and uses one thread.
    let lines = good(folder.path(), &["evaluate", "cohort.csv"]).out;
    let titles = titles();
    let mut seen = 0;
    for (number, line) in (1..).zip(lines.lines()) {
        let expected: Value = serde_json::from_str(line).unwrap();
        let id = expected["respondent"].as_str().unwrap();
        assert_eq!(id, format!("r{number:06}"));
        let own: BTreeSet<&str> = expected["prescriptions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|prescription| titles[prescription["id"].as_str().unwrap()].as_str())
            .collect();
        for format in formats.split(',') {
            let bytes = fs::read(folder.path().join(format!("output/{id}/playbook.{format}"))).unwrap();
            let text = match format {
                "pdf" => pdf_text(&bytes),
                "html" => html_text(std::str::from_utf8(&bytes).unwrap()),
                _ => String::from_utf8(bytes).unwrap(),
            };
            let name = token(number);
            assert_eq!(tokens(&text), BTreeSet::from([name.as_str()]), "{id}.{format}");
            let bare = bare(&text);
            // In quotation marks stands also advice that an open question may still bring.
            let given = |title: &&str| bare.replace(&format!("“{title}”"), "").contains(*title);
            let found: BTreeSet<&str> = titles.values().map(String::as_str).filter(given).collect();
            assert_eq!(found, own, "{id}.{format}");
            if format == "md" {
                let charted = charted(&text);
                let scores = expected["scores"].as_object().unwrap();
                assert_eq!(charted.len() + 1, scores.len());
                for ((area, score), (low, high)) in scores.iter().zip(charted) {
                    let at = |key: &str| score[key].as_f64().unwrap_or(f64::NAN);
                    let near = |one: f64, other: f64| {
                        (one - other).abs() <= 0.0501 || (one.is_nan() && other.is_nan())
                    };
                    assert!(
                        near(low, at("low")) && near(high, at("high")),
                        "{id}: {area} {low} {high} {score}"
                    );
                }
            }
        }
        seen += 1;
    }
    assert_eq!(seen, people);
}

#[test]
fn in_markdown_and_html() {
    nobody_is_mixed_up(if long() { 10_000 } else { 8 }, "md,html");
}

#[test]
fn in_pdf() {
    nobody_is_mixed_up(if long() { 200 } else { 2 }, "pdf");
}
