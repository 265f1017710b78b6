//! What is expected of somebody given: the keys under `expect:`.

use super::Reader;
use super::find;
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::model::{BandOf, Status, Unit};
use crate::prove::suite::{Expect, Layout, Wanted, Written};
use crate::quantity::{self, Misfit};
use crate::source::Span;
use crate::yaml::{Node, Value};

const KEYS: [&str; 21] = [
    "scores",
    "bands",
    "metrics",
    "rules",
    "fired",
    "fired_includes",
    "not_fired",
    "undecided",
    "undecided_includes",
    "not_applicable",
    "not_applicable_includes",
    "prescribed",
    "prescribed_includes",
    "not_prescribed",
    "set_aside",
    "first",
    "plan",
    "leaks",
    "contains",
    "problems",
    "refused",
];

impl Reader<'_> {
    /// Every expectation that could be read.
    pub fn expectations(&mut self, node: &Node) -> Vec<Expect> {
        let Some(entries) = self.map(node, "`expect`", &KEYS) else { return Vec::new() };
        let mut out = Vec::new();
        for key in &KEYS {
            let Some(node) = find(entries, key) else { continue };
            match *key {
                "scores" | "bands" | "metrics" | "rules" => self.each(key, node, &mut out),
                "plan" => out.extend(self.plan(node)),
                "first" | "refused" => out.extend(self.single(key, node)),
                "contains" => {
                    for (text, span) in self.texts(key, node) {
                        let wanted = Wanted::Contains(text);
                        out.push(Expect { wanted, span, layout: Layout::Scalar });
                    }
                }
                _ => out.extend(self.list(key, node)),
            }
        }
        out
    }

    /// A map of ids, each with what is expected of it.
    fn each(&mut self, key: &str, node: &Node, out: &mut Vec<Expect>) {
        let Some(entries) = node.entries() else {
            self.wrong_shape(node, &format!("`{key}`"), "a map of ids", "write `{ id: value }`");
            return;
        };
        for entry in entries.iter().filter(|entry| !entry.key.is_empty() && !entry.key.starts_with("x-")) {
            let (id, at, value) = (entry.key.as_str(), entry.key_span, &entry.value);
            let wanted = match key {
                "scores" => self.score(id, at).and_then(|of| self.wanted_number(BandOf::Score(of), value)),
                "metrics" => self.metric(id, at).and_then(|of| self.wanted_number(BandOf::Metric(of), value)),
                "bands" => self.banded(id, at).and_then(|of| {
                    let (text, span) = self.text(id, value)?;
                    self.wanted_band(of, &text, at, span)
                }),
                _ => self.rule(id, at).and_then(|rule| {
                    let (text, span) = self.text(id, value)?;
                    self.status(&text, span).map(|status| Wanted::Rule(rule, status))
                }),
            };
            out.extend(wanted.map(|wanted| Expect { wanted, span: value.span, layout: self.layout(value) }));
        }
    }

    pub fn wanted_number(&mut self, of: BandOf, node: &Node) -> Option<Wanted> {
        if let Some([low, high]) = node.items() {
            let ends = [low, high].map(|end| {
                let (text, span) = self.text("an end of a score", end)?;
                self.number(of, &text, span)
            });
            let [low, high] = ends;
            return Some(Wanted::Ends(of, low?, high?));
        }
        if node.items().is_some() {
            let help = "write one number, or `[40, 60]` for a score that lies between two";
            self.wrong_shape(node, "a score", "a number", help);
            return None;
        }
        let (text, span) = self.text("a score", node)?;
        if is_missing(&text) {
            return Some(Wanted::Number(of, None));
        }
        self.number(of, &text, span).map(|value| Wanted::Number(of, Some(value)))
    }

    pub fn wanted_band(&mut self, of: BandOf, text: &str, at: Span, span: Span) -> Option<Wanted> {
        if is_missing(text) {
            return Some(Wanted::Band(of, None));
        }
        let labels = self.pack.band_names(of);
        if labels.is_empty() {
            self.faults.push(
                Diagnostic::error(Code::WrongKind, at, "this has no bands")
                    .label("there is nothing to be in")
                    .help("expect its number instead"),
            );
            return None;
        }
        let found = labels.iter().find(|name| {
            name.id.eq_ignore_ascii_case(text) || name.label.to_lowercase() == text.to_lowercase()
        });
        if found.is_none() {
            let known = labels.iter().map(|name| name.id.as_str());
            let all: Vec<String> = labels.iter().map(|name| format!("`{}`", name.id)).collect();
            self.faults.push(
                Diagnostic::error(Code::UnknownLabel, span, format!("there is no band `{text}` here"))
                    .label("unknown band")
                    .help(
                        did_you_mean(text, known)
                            .unwrap_or_else(|| format!("the bands are {}, and `missing`", all.join(", "))),
                    ),
            );
        }
        found.map(|name| Wanted::Band(of, Some(name.id.clone())))
    }

    /// A number in the unit that is wanted, with the digits as written.
    fn number(&mut self, of: BandOf, text: &str, span: Span) -> Option<Written> {
        let (name, unit) = match of {
            BandOf::Score(_) => ("a score", &Unit::Points),
            BandOf::Metric(id) => (self.pack.metric(id).id.as_str(), &self.pack.metric(id).unit),
        };
        let (digits, word) = quantity::split(text);
        if digits.is_empty() {
            self.faults.push(
                Diagnostic::error(Code::Number, span, format!("`{text}` is no number"))
                    .label("a number is wanted here")
                    .help("write `missing` where there is no value"),
            );
            return None;
        }
        let declared = &self.pack.units;
        let wanted = quantity::Wanted { name, unit, range: None, declared, bare: true };
        match quantity::fit(digits, word, wanted) {
            Ok(value) => {
                let own = word.is_none_or(|word| quantity::unit(word, declared).as_ref() == Some(unit));
                let written = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len() as u32);
                Some(Written {
                    value,
                    decimals: if own { written } else { 6 },
                    suffix: own.then(|| text.trim()[digits.len()..].to_owned()),
                })
            }
            Err(Misfit { code, message, label, help, .. }) => {
                self.faults.push(Diagnostic::error(code, span, message).label(label).help_if(help));
                None
            }
        }
    }

    fn list(&mut self, key: &str, node: &Node) -> Option<Expect> {
        let texts = self.texts(key, node);
        let before = self.faults.len();
        let wanted = match key {
            "prescribed" | "prescribed_includes" | "not_prescribed" | "set_aside" => {
                let list = texts.iter().filter_map(|(id, span)| self.prescription(id, *span)).collect();
                match key {
                    "set_aside" => Wanted::SetAside(list),
                    "not_prescribed" => Wanted::NotPrescribed(list),
                    _ => Wanted::Prescribed { list, some: key != "prescribed" },
                }
            }
            "leaks" => Wanted::Leaks(texts.iter().filter_map(|(id, span)| self.area(id, *span)).collect()),
            "problems" => Wanted::Problems(texts.iter().filter_map(|text| self.code(text)).collect()),
            _ => {
                let rules = texts.iter().filter_map(|(id, span)| self.rule(id, *span)).collect();
                let some = key.ends_with("_includes");
                match key {
                    "not_fired" => Wanted::NotFired(rules),
                    "fired" | "fired_includes" => Wanted::Rules { status: Status::Fired, rules, some },
                    "undecided" | "undecided_includes" => {
                        Wanted::Rules { status: Status::Undecided, rules, some }
                    }
                    _ => Wanted::Rules { status: Status::NotApplicable, rules, some },
                }
            }
        };
        let partly = key.ends_with("_includes") || key.starts_with("not_fired") || key == "not_prescribed";
        if partly && texts.is_empty() && self.faults.len() == before {
            self.faults.push(
                Diagnostic::error(Code::MissingKey, node.span, format!("`{key}` names nothing"))
                    .label("this could never fail")
                    .help("name at least one"),
            );
            return None;
        }
        (self.faults.len() == before).then(|| Expect { wanted, span: node.span, layout: self.layout(node) })
    }

    fn code(&mut self, (text, span): &(String, Span)) -> Option<String> {
        let known = Code::ALL.iter().map(|code| code.name());
        if known.clone().any(|name| name == text) {
            return Some(text.clone());
        }
        self.faults.push(
            Diagnostic::error(Code::WrongValue, *span, format!("`{text}` is no code of a message"))
                .label("a code such as K710 is wanted here")
                .help_if(did_you_mean(text, known)),
        );
        None
    }

    /// A list in order, or a map from days to lists.
    fn plan(&mut self, node: &Node) -> Option<Expect> {
        let mut steps = Vec::new();
        if let Some(entries) = node.entries() {
            for entry in entries {
                let Some(day) = ["30", "60", "90"].iter().position(|day| entry.key == *day) else {
                    self.faults.push(
                        Diagnostic::error(
                            Code::WrongValue,
                            entry.key_span,
                            format!("`{}` is no day of a plan", entry.key),
                        )
                        .label("30, 60 or 90 is wanted here"),
                    );
                    continue;
                };
                for (id, span) in self.texts("plan", &entry.value) {
                    let step = self.prescription(&id, span);
                    steps.extend(step.map(|step| (Some(30 * (day as u32 + 1)), step)));
                }
            }
        } else {
            for (id, span) in self.texts("plan", node) {
                steps.extend(self.prescription(&id, span).map(|step| (None, step)));
            }
        }
        Some(Expect { wanted: Wanted::Plan(steps), span: node.span, layout: self.layout(node) })
    }

    fn single(&mut self, key: &str, node: &Node) -> Option<Expect> {
        let wanted = if key == "first" && node.is_null() {
            Wanted::First(None)
        } else {
            let (text, span) = self.text(key, node)?;
            self.wanted_single(key, &text, span)?
        };
        Some(Expect { wanted, span: node.span, layout: Layout::Scalar })
    }

    pub fn wanted_single(&mut self, key: &str, text: &str, span: Span) -> Option<Wanted> {
        match (key, text) {
            ("first", "-" | "none") => Some(Wanted::First(None)),
            ("first", id) => self.prescription(id, span).map(|id| Wanted::First(Some(id))),
            (_, "true") => Some(Wanted::Refused(true)),
            (_, "false") => Some(Wanted::Refused(false)),
            _ => {
                self.faults.push(
                    Diagnostic::error(Code::WrongValue, span, format!("`{key}` cannot be `{text}`"))
                        .label("true or false is wanted here"),
                );
                None
            }
        }
    }

    /// The text of a value, or the fault told.
    fn text(&mut self, what: &str, node: &Node) -> Option<(String, Span)> {
        match node.text() {
            Some(text) => Some((text.trim().to_owned(), node.span)),
            None => {
                let help = "write `missing` where there is no value";
                self.wrong_shape(node, &format!("`{what}`"), "one value", help);
                None
            }
        }
    }

    /// The texts of a list; a single text is a list of one.
    fn texts(&mut self, key: &str, node: &Node) -> Vec<(String, Span)> {
        match &node.value {
            Value::List { items, .. } => items
                .iter()
                .filter_map(|item| match item.text() {
                    Some(text) => Some((text.to_owned(), item.span)),
                    None => {
                        self.wrong_shape(item, &format!("an entry of `{key}`"), "text", "take it out");
                        None
                    }
                })
                .collect(),
            Value::Scalar(_) if !node.is_null() => {
                node.text().map(|text| (text.to_owned(), node.span)).into_iter().collect()
            }
            _ => {
                self.wrong_shape(node, &format!("`{key}`"), "a list", "write `[a, b]`, or `[]` for none");
                Vec::new()
            }
        }
    }

    fn layout(&self, node: &Node) -> Layout {
        match &node.value {
            Value::List { flow: true, .. } => Layout::Flow,
            Value::List { flow: false, .. } => {
                Layout::Block { column: self.sources.position(node.span).1 - 1 }
            }
            _ => Layout::Scalar,
        }
    }
}

/// Whether a text says that there is no value.
pub fn is_missing(text: &str) -> bool {
    text == "-" || text.eq_ignore_ascii_case("missing")
}
