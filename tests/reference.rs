//! `docs/pack-format.md` names every key that a pack, a test, an answers or a session file may have, each in the section of its
//! map, and no key that there is not.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use kitwright::schema::{Kind, Object, Shape};

/// The heading below which the keys of each map stand.
const SECTIONS: [(&str, &str); 39] = [
    ("pack-file", "Sections of a file"),
    ("head", "Head"),
    ("defaults", "Defaults"),
    ("total", "Total"),
    ("source", "Source"),
    ("scale", "Scale"),
    ("scored-option", "Option of a scale"),
    ("area", "Area"),
    ("question", "Question"),
    ("option", "Option of a question"),
    ("metric", "Metric"),
    ("dated", "Bands"),
    ("band", "Bands"),
    ("dated-of-area", "Bands"),
    ("band-of-area", "Bands"),
    ("threshold", "Threshold"),
    ("dated-value", "Threshold"),
    ("derived", "Derived"),
    ("formula", "Formulas"),
    ("rule", "Rule"),
    ("group", "Group"),
    ("pick", "Group"),
    ("prescription", "Prescription"),
    ("ladder", "Ladder"),
    ("step", "Ladder"),
    ("override", "Override"),
    ("change", "Override"),
    ("permission", "Allow"),
    ("test", "Test"),
    ("tests-file", "Sections of a file"),
    ("expect", "Test"),
    ("given", "Answers files"),
    ("respondent", "Answers files"),
    ("round", "Answers files"),
    ("voice", "Answers files"),
    ("session", "Session files"),
    ("person", "Session files"),
    ("host", "Session files"),
    ("next-event", "Session files"),
];

/// How the book writes keys that have a name of the author's in them.
const WITH_A_NAME: [&str; 3] = ["label[de]", "key+", "key-"];

fn gather<'s>(object: &'s Object, met: &mut BTreeMap<&'s str, BTreeSet<&'s str>>) {
    if met.contains_key(object.name) {
        return;
    }
    met.insert(object.name, object.keys.iter().map(|key| key.name).collect());
    for key in object.keys.iter().chain(object.patterns) {
        enter(&key.shape, met);
    }
}

fn enter<'s>(shape: &'s Shape, met: &mut BTreeMap<&'s str, BTreeSet<&'s str>>) {
    match shape {
        Shape::Object(object) => gather(object, met),
        Shape::List(inner) | Shape::Texts(inner) | Shape::Map(inner) | Shape::MapOf(_, inner) => {
            enter(inner, met);
        }
        Shape::Any(shapes) => shapes.iter().for_each(|shape| enter(shape, met)),
        _ => {}
    }
}

fn keys_of_maps() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let mut met = BTreeMap::new();
    for kind in [Kind::Pack, Kind::Tests, Kind::Answers, Kind::Session] {
        gather(kind.root(), &mut met);
    }
    met
}

/// The text below each heading, examples left out.
fn sections(book: &str) -> BTreeMap<String, String> {
    let mut out: BTreeMap<String, String> = BTreeMap::new();
    let (mut heading, mut fenced) = (String::new(), false);
    for line in book.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if fenced {
        } else if line.starts_with('#') {
            line.trim_start_matches('#').trim().clone_into(&mut heading);
        } else {
            let text = out.entry(heading.clone()).or_default();
            text.push_str(line);
            text.push('\n');
        }
    }
    out
}

/// The keys in the first column of the tables of a section.
fn keys_told(section: &str) -> BTreeSet<&str> {
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| row.split_once("` |").map(|(key, _)| key)).collect()
}

#[test]
fn every_key_is_told_in_the_section_of_its_map() {
    let book = fs::read_to_string("docs/pack-format.md").unwrap();
    let sections = sections(&book);
    let maps = keys_of_maps();
    let mut wrong = Vec::new();
    for (map, keys) in &maps {
        let Some((_, heading)) = SECTIONS.iter().find(|(known, _)| known == map) else {
            wrong.push(format!("nobody says where the keys of `{map}` stand"));
            continue;
        };
        let text = sections.get(*heading).unwrap_or_else(|| panic!("there is no section `{heading}`"));
        let missing = keys.iter().filter(|key| !text.contains(&format!("`{key}`")));
        wrong.extend(missing.map(|key| format!("`{key}` of `{map}` is not told under `{heading}`")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(maps.len() >= 30, "only {} maps were met", maps.len());
}

#[test]
fn no_key_is_told_that_there_is_not() {
    let book = fs::read_to_string("docs/pack-format.md").unwrap();
    let sections = sections(&book);
    let maps = keys_of_maps();
    let headings: BTreeSet<&str> = SECTIONS.iter().map(|(_, heading)| *heading).collect();
    let mut told = 0;
    for heading in headings {
        let known: BTreeSet<&str> = SECTIONS
            .iter()
            .filter(|(_, other)| *other == heading)
            .flat_map(|(map, _)| maps.get(map).into_iter().flatten().copied())
            .chain(WITH_A_NAME)
            .collect();
        for key in keys_told(&sections[heading]) {
            assert!(known.contains(key), "`{key}` is told under `{heading}` and does not exist");
            told += 1;
        }
    }
    assert!(told >= 150, "only {told} keys were met");
}

#[test]
fn every_link_of_the_book_leads_somewhere() {
    let book = fs::read_to_string("docs/pack-format.md").unwrap();
    let anchors: BTreeSet<String> = book
        .lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-").replace('.', ""))
        .collect();
    for link in book.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link) {
        match link.strip_prefix('#') {
            Some(anchor) => assert!(anchors.contains(anchor), "no heading answers to `#{anchor}`"),
            None => {
                let file = link.split('#').next().unwrap_or(link);
                assert!(fs::exists(format!("docs/{file}")).unwrap(), "docs/{file} is not there");
            }
        }
    }
}
