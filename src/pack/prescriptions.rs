//! Prescriptions and ladders.

use super::items::Item;
use super::keys::Keys;
use super::load::Loader;
use crate::diag::{Code, Diagnostic};
use crate::model::{AreaId, Ladder, LadderStep, Level, Prescription, PrescriptionId, Prose};
use crate::yaml::Value;

const KEYS: [&str; 15] = [
    "area",
    "title",
    "do",
    "coach",
    "effort",
    "impact",
    "owner",
    "horizon",
    "level",
    "first_step",
    "measure",
    "after",
    "instead_of",
    "sources",
    "allow",
];

impl Loader<'_, '_> {
    pub fn prescriptions(&mut self) {
        let items = self.sections.prescriptions.clone();
        for item in &items {
            let prescription = self.prescription(item);
            self.pack.prescriptions.push(prescription);
        }
        self.after_cycles();
    }

    fn prescription(&mut self, item: &Item<'_>) -> Prescription {
        let mut out = Prescription {
            id: item.id.to_owned(),
            area: None,
            title: super::empty_prose(item.id, item.id_span),
            steps: Vec::new(),
            coach: Vec::new(),
            effort: 3,
            impact: 3,
            owner: None,
            horizon: 90,
            level: None,
            first_step: None,
            measure: None,
            after: Vec::new(),
            instead_of: Vec::new(),
            sources: Vec::new(),
            span: item.span(),
        };
        let what = format!("prescription `{}`", item.id);
        let Some(keys) = self.read.open(item.node, item.id_span, &*what, &KEYS, &[]) else { return out };
        self.allow(&keys, item.span());
        self.read.need(&keys, "area", "an-area");
        out.area = self.area_or_general(&keys);
        if let Some(node) = self.read.need(&keys, "title", "\"…\"")
            && let Some(title) = self.prose(node, "`title`")
        {
            out.title = title;
        }
        if let Some(node) = self.read.need(&keys, "do", "[\"…\"]") {
            out.steps = self.sentences(node, "`do`");
        }
        if let Some(node) = keys.get("coach") {
            out.coach = self.sentences(node, "`coach`");
        }
        for (key, field) in [("effort", &mut out.effort), ("impact", &mut out.impact)] {
            self.read.need(&keys, key, "3");
            if let Some(value) = self.read.whole(&keys, key, 1, 5) {
                *field = value;
            }
        }
        out.owner = self.optional_prose(&keys, "owner");
        out.first_step = self.optional_prose(&keys, "first_step");
        self.read.need(&keys, "horizon", "30");
        if let Some(days) = self.read.one_of(&keys, "horizon", &[("30", 30), ("60", 60), ("90", 90)]) {
            out.horizon = days;
        }
        let levels = [("rep", Level::Rep), ("team", Level::Team), ("organisation", Level::Organisation)];
        out.level = self.read.one_of(&keys, "level", &levels);
        if let Some(node) = keys.get("measure")
            && let Some(text) = self.read.text(node, "`measure`")
        {
            let found = self.names.metric(text.text, text.whole());
            out.measure = self.read.ok(found);
        }
        out.after = self.prescription_list(&keys, "after", item.id);
        out.instead_of = self.prescription_list(&keys, "instead_of", item.id);
        if let Some(node) = keys.get("sources") {
            for text in self.read.texts(node, "`sources`") {
                let found = self.names.citation(text.text, text.whole());
                out.sources.extend(self.read.ok(found));
            }
        }
        out
    }

    /// `area:` with an area's id, or `general` for none.
    pub fn area_or_general(&mut self, keys: &Keys<'_>) -> Option<AreaId> {
        let node = keys.get("area")?;
        let text = self.read.text(node, "`area`")?;
        if text.text == "general" {
            return None;
        }
        let found = self.names.area(text.text, text.whole());
        self.read.ok(found)
    }

    fn optional_prose(&mut self, keys: &Keys<'_>, key: &str) -> Option<Prose> {
        let node = keys.get(key)?;
        self.prose(node, &format!("`{key}`"))
    }

    fn sentences(&mut self, node: &crate::yaml::Node, what: &str) -> Vec<Prose> {
        match &node.value {
            Value::List { items, .. } => {
                items.iter().filter_map(|item| self.prose(item, &format!("an entry of {what}"))).collect()
            }
            _ => self.prose(node, what).into_iter().collect(),
        }
    }

    fn prescription_list(&mut self, keys: &Keys<'_>, key: &str, own: &str) -> Vec<PrescriptionId> {
        let Some(node) = keys.get(key) else { return Vec::new() };
        let mut out = Vec::new();
        for text in self.read.texts(node, &format!("`{key}`")) {
            if text.text == own {
                self.read.push(
                    Diagnostic::error(
                        Code::Cycle,
                        text.whole(),
                        format!("`{own}` stands in its own `{key}`"),
                    )
                    .label("itself")
                    .help("take it out"),
                );
                continue;
            }
            let found = self.names.prescription(text.text, text.whole());
            if let Some(id) = self.read.ok(found)
                && !out.contains(&id)
            {
                out.push(id);
            }
        }
        out
    }

    fn after_cycles(&mut self) {
        let needs: Vec<Vec<usize>> =
            self.pack.prescriptions.iter().map(|p| p.after.iter().map(|id| id.0).collect()).collect();
        for cycle in super::load::cycles(&needs) {
            let names: Vec<String> =
                cycle.iter().map(|&place| format!("`{}`", self.pack.prescriptions[place].id)).collect();
            let span = self.sections.prescriptions[cycle[0]].id_span;
            self.read.push(
                Diagnostic::error(Code::Cycle, span, format!("{} comes after itself", names[0]))
                    .label(format!("{} → {}", names.join(" → "), names[0]))
                    .help("take one `after:` out"),
            );
            for place in cycle {
                self.pack.prescriptions[place].after.clear();
            }
        }
    }

    pub fn ladders(&mut self) {
        let items = self.sections.ladders.clone();
        for item in &items {
            let ladder = self.ladder(item);
            self.pack.ladders.push(ladder);
        }
    }

    fn ladder(&mut self, item: &Item<'_>) -> Ladder {
        let mut out = Ladder { id: item.id.to_owned(), steps: Vec::new(), span: item.span() };
        let what = format!("ladder `{}`", item.id);
        let Some(keys) = self.read.open(item.node, item.id_span, &*what, &["steps", "allow"], &[]) else {
            return out;
        };
        self.allow(&keys, item.span());
        let Some(node) = self.read.need(&keys, "steps", "a list of steps") else { return out };
        let Some(items) = node.items() else {
            self.read.push(
                Diagnostic::error(
                    Code::WrongShape,
                    node.span,
                    format!("the steps of {what} are {}", node.what()),
                )
                .label("a list is wanted here")
                .help("write `- { prescription: …, guard: answer.… >= 3 }`"),
            );
            return out;
        };
        for node in items {
            let Some(keys) = self.read.open(
                node,
                node.span,
                format!("a step of {what}"),
                &["prescription", "guard", "after_all"],
                &[],
            ) else {
                continue;
            };
            let prescription = self.read.need(&keys, "prescription", "an-id").and_then(|node| {
                let text = self.read.text(node, "`prescription`")?;
                let found = self.names.prescription(text.text, text.whole());
                self.read.ok(found)
            });
            let after_all = self.read.bool(&keys, "after_all").unwrap_or(false);
            let guard = match (keys.get("guard"), after_all) {
                (Some(_), true) => {
                    let span = keys.key_span("guard").unwrap_or(node.span);
                    self.read.push(
                        Diagnostic::error(Code::WrongValue, span, "a step has `guard` and `after_all`")
                            .label("a last step has no guard of its own")
                            .help("keep the one or the other"),
                    );
                    None
                }
                (Some(guard), false) => match self.condition(guard) {
                    Some(guard) => Some(guard),
                    None => continue,
                },
                (None, true) => None,
                (None, false) => {
                    if !keys.has("guard") {
                        let last = items.len() > 1 && items.last() == Some(node);
                        let or = if last { "`, or `after_all: true" } else { "" };
                        self.read.need(&keys, "guard", &format!("answer.… >= 3{or}"));
                    }
                    continue;
                }
            };
            if guard.is_none() && (out.steps.is_empty() || items.last() != Some(node)) {
                self.read.push(
                    Diagnostic::error(Code::WrongValue, node.span, "`after_all` stands before the last step")
                        .label("nothing, or not everything, comes before it")
                        .help("put this step last, behind steps with a `guard:`"),
                );
            }
            if let Some(prescription) = prescription {
                out.steps.push(LadderStep { prescription, guard });
            }
        }
        if items.is_empty() {
            self.read.push(
                Diagnostic::error(Code::MissingKey, node.span, format!("{what} has no steps"))
                    .label("empty")
                    .help("write `- { prescription: …, guard: answer.… >= 3 }`"),
            );
        }
        out
    }
}
