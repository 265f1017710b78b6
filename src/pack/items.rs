//! The sections of all files put together: what a pack holds, by kind, in pack order.

use std::collections::HashMap;

use super::keys::list;
use crate::diag::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::source::Span;
use crate::yaml::{Node, Value};

/// One thing of a pack before it is read: its id and its keys.
#[derive(Clone, Copy, Debug)]
pub struct Item<'n> {
    pub id: &'n str,
    pub id_span: Span,
    pub node: &'n Node,
}

impl Item<'_> {
    /// From the id to the end of its keys.
    pub fn span(&self) -> Span {
        if self.id_span.source == self.node.span.source {
            self.id_span.to(self.node.span)
        } else {
            self.id_span
        }
    }
}

/// Everything that the files hold.
#[derive(Debug, Default)]
pub struct Sections<'n> {
    /// The `pack:` key and what stands behind it.
    pub head: Option<(Span, &'n Node)>,
    pub units: Vec<&'n Node>,
    /// A section that is no section: what it holds is not known.
    pub unread: bool,
    pub sources: Vec<Item<'n>>,
    pub scales: Vec<Item<'n>>,
    pub areas: Vec<Item<'n>>,
    pub questions: Vec<Item<'n>>,
    pub metrics: Vec<Item<'n>>,
    pub thresholds: Vec<Item<'n>>,
    pub derived: Vec<Item<'n>>,
    pub conditions: Vec<Item<'n>>,
    pub rules: Vec<Item<'n>>,
    pub groups: Vec<Item<'n>>,
    pub prescriptions: Vec<Item<'n>>,
    pub ladders: Vec<Item<'n>>,
    /// The pack's own tests as written: only `test` and `check` read them.
    pub tests: Vec<&'n Node>,
}

const KNOWN: [&str; 16] = [
    "pack",
    "units",
    "sources",
    "scales",
    "areas",
    "questions",
    "metrics",
    "thresholds",
    "derived",
    "conditions",
    "rules",
    "groups",
    "prescriptions",
    "ladders",
    "tests",
    "override",
];
/// Keys of `pack:` that look as if they were sections.
const OF_PACK: [&str; 3] = ["extends", "total", "min_group"];

/// Puts the sections of the files together; ids that stand twice are told.
///
/// `of_base` tells what stands in the files of a pack that this one builds on. Its overrides are carried out by now.
pub fn gather<'n>(
    files: &'n [Node],
    of_base: &dyn Fn(Span) -> bool,
    diagnostics: &mut Diagnostics,
) -> Sections<'n> {
    let mut sections = Sections::default();
    for file in files {
        let Some(entries) = file.entries() else {
            if !matches!(file.value, Value::Broken) {
                diagnostics.push(
                    Diagnostic::error(Code::WrongShape, file.span, format!("this file is {}", file.what()))
                        .label("sections are wanted here")
                        .help(format!("the sections are {}", list(&KNOWN))),
                );
            }
            continue;
        };
        for entry in entries {
            let (key, value) = (entry.key.as_str(), &entry.value);
            if matches!(value.value, Value::Broken) || key.starts_with("x-") || key.is_empty() {
                continue;
            }
            let section = match key {
                key if OF_PACK.contains(&key) => {
                    diagnostics.push(
                        Diagnostic::error(Code::UnknownKey, entry.key_span, format!("`{key}` is no section"))
                            .label("it stands here by itself")
                            .help("put it under `pack:`"),
                    );
                    continue;
                }
                "pack" => {
                    if let Some((first, _)) = sections.head {
                        diagnostics.push(
                            Diagnostic::error(Code::DuplicateKey, entry.key_span, "a second `pack:`")
                                .label("the second one")
                                .related(first, "the first one")
                                .help("one file of a pack holds `pack:`"),
                        );
                    } else {
                        sections.head = Some((entry.key_span, value));
                    }
                    continue;
                }
                "units" => {
                    sections.units.push(value);
                    continue;
                }
                "tests" => {
                    gather_tests(value, &mut sections.tests, diagnostics);
                    continue;
                }
                "rules" => {
                    gather_rules(value, &mut sections.rules, diagnostics);
                    continue;
                }
                "sources" => &mut sections.sources,
                "scales" => &mut sections.scales,
                "areas" => &mut sections.areas,
                "questions" => &mut sections.questions,
                "metrics" => &mut sections.metrics,
                "thresholds" => &mut sections.thresholds,
                "derived" => &mut sections.derived,
                "groups" => &mut sections.groups,
                "conditions" => &mut sections.conditions,
                "prescriptions" => &mut sections.prescriptions,
                "ladders" => &mut sections.ladders,
                unknown => {
                    let near = did_you_mean(unknown, KNOWN);
                    diagnostics.push(
                        Diagnostic::error(
                            Code::UnknownKey,
                            entry.key_span,
                            format!("there is no section `{unknown}`"),
                        )
                        .label("unknown section")
                        .help(near.unwrap_or_else(|| format!("the sections are {}", list(&KNOWN)))),
                    );
                    continue;
                }
            };
            let Some(items) = value.entries() else {
                if !value.is_null() {
                    diagnostics.push(
                        Diagnostic::error(
                            Code::WrongShape,
                            value.span,
                            format!("`{key}` is {}", value.what()),
                        )
                        .label("a map of ids is wanted here"),
                    );
                    sections.unread = true;
                }
                continue;
            };
            section.extend(
                items
                    .iter()
                    .filter(|item| !item.key.starts_with("x-") && !item.key.is_empty())
                    .map(|item| Item { id: &item.key, id_span: item.key_span, node: &item.value }),
            );
        }
    }
    for (what, items) in [
        ("sources", &sections.sources),
        ("scales", &sections.scales),
        ("areas", &sections.areas),
        ("questions", &sections.questions),
        ("metrics", &sections.metrics),
        ("thresholds", &sections.thresholds),
        ("derived", &sections.derived),
        ("conditions", &sections.conditions),
        ("rules", &sections.rules),
        ("groups", &sections.groups),
    ] {
        check_ids(what, items.iter(), of_base, diagnostics);
    }
    // Rules name ladders and prescriptions alike.
    check_ids(
        "prescriptions and ladders",
        sections.prescriptions.iter().chain(&sections.ladders),
        of_base,
        diagnostics,
    );
    for area in &sections.areas {
        if area.id == "total" {
            diagnostics.push(
                Diagnostic::error(Code::ReservedName, area.id_span, "an area cannot be called `total`")
                    .label("this name stands for all areas together")
                    .help("give it another id"),
            );
        }
    }
    areas_named_as_metrics(&sections, diagnostics);
    sections
}

/// `band.x` and a test's `bands:` name areas and metrics alike.
fn areas_named_as_metrics(sections: &Sections<'_>, diagnostics: &mut Diagnostics) {
    let metrics: HashMap<&str, Span> = sections.metrics.iter().map(|item| (item.id, item.id_span)).collect();
    for area in &sections.areas {
        if let Some(metric) = metrics.get(area.id) {
            let message = format!("`{}` is the id of an area and of a metric", area.id);
            diagnostics.push(
                Diagnostic::error(Code::DuplicateId, area.id_span, message)
                    .label("the area")
                    .related(*metric, "the metric")
                    .help(format!("give one of them another id: `band.{}` could mean either", area.id)),
            );
        }
    }
}

fn gather_rules<'n>(node: &'n Node, rules: &mut Vec<Item<'n>>, diagnostics: &mut Diagnostics) {
    let Some(items) = node.items() else {
        if !node.is_null() {
            diagnostics.push(
                Diagnostic::error(Code::WrongShape, node.span, format!("`rules` is {}", node.what()))
                    .label("a list is wanted here")
                    .help("begin each rule with `- id: …`"),
            );
        }
        return;
    };
    for item in items {
        match item.get("id") {
            Some(id) if id.text().is_some() => {
                rules.push(Item { id: id.text().unwrap_or(""), id_span: id.span, node: item });
            }
            _ => {
                let broken = matches!(item.value, Value::Broken)
                    || item.get("id").is_some_and(|id| matches!(id.value, Value::Broken));
                if !broken {
                    diagnostics.push(
                        Diagnostic::error(Code::MissingKey, first_line(item), "a rule has no `id`")
                            .label("here")
                            .help("add `id: a-name-in-lower-case`"),
                    );
                }
            }
        }
    }
}

fn gather_tests<'n>(node: &'n Node, tests: &mut Vec<&'n Node>, diagnostics: &mut Diagnostics) {
    match node.items() {
        Some(items) => tests.extend(items.iter().filter(|item| !matches!(item.value, Value::Broken))),
        None if node.is_null() => {}
        None => diagnostics.push(
            Diagnostic::error(Code::WrongShape, node.span, format!("`tests` is {}", node.what()))
                .label("a list is wanted here")
                .help("begin each test with `- name: …`"),
        ),
    }
}

fn first_line(node: &Node) -> Span {
    match node.entries().and_then(|entries| entries.first()) {
        Some(entry) => entry.key_span,
        None => node.span,
    }
}

fn check_ids<'i, 'n: 'i>(
    what: &str,
    items: impl Iterator<Item = &'i Item<'n>>,
    of_base: &dyn Fn(Span) -> bool,
    diagnostics: &mut Diagnostics,
) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for item in items {
        check_id(item.id, item.id_span, diagnostics);
        match seen.get(item.id) {
            Some(first) => diagnostics.push(
                Diagnostic::error(
                    Code::DuplicateId,
                    item.id_span,
                    format!("`{}` stands twice among the {what}", item.id),
                )
                .label("the second one")
                .related(*first, "the first one")
                .help(if of_base(*first) && !of_base(item.id_span) {
                    "give it another id, or change the base's under `override:`"
                } else {
                    "give one of them another id"
                }),
            ),
            None => {
                seen.insert(item.id, item.id_span);
            }
        }
    }
}

/// Ids are lower-case letters, digits, `-` and `_`, a letter first.
pub fn check_id(id: &str, span: Span, diagnostics: &mut Diagnostics) {
    let tail = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if id.starts_with(|c: char| c.is_ascii_lowercase()) && id.chars().all(tail) {
        return;
    }
    let mended = mended_id(id);
    let help =
        if mended.is_empty() { "begin it with a letter".to_owned() } else { format!("write `{mended}`") };
    diagnostics.push(
        Diagnostic::error(Code::BadId, span, format!("`{id}` cannot be an id"))
            .label("lower-case letters, digits, `-` and `_`, a letter first")
            .help(help),
    );
}

/// A letter with a mark as it is written where there are none.
fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'ä' | 'æ' => "ae",
        'ö' | 'ø' | 'œ' => "oe",
        'ü' => "ue",
        'ß' => "ss",
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ě' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ő' => "o",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ť' | 'ţ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ű' | 'ů' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

/// The id that a text was meant to be.
pub fn mended_id(id: &str) -> String {
    let tail = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    let mut mended: String = id
        .to_lowercase()
        .chars()
        .map(|c| match latin(c) {
            Some(plain) => plain.to_owned(),
            None if tail(c) => c.to_string(),
            None => "-".to_owned(),
        })
        .collect::<String>()
        .trim_matches(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit())
        .to_owned();
    if mended.starts_with(|c: char| c.is_ascii_digit()) {
        mended.insert(0, 'n');
    }
    mended
}
