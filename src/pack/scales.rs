//! Scales: numbers in steps or along a slider, or options with their points.

use std::collections::HashMap;

use super::choices::plain_choice;
use super::items::Item;
use super::keys::Keys;
use super::load::Loader;
use crate::diag::{Code, Diagnostic};
use crate::model::{Choice, Number, QuestionKind};
use crate::source::Span;

/// Labels for more steps than this are a slip in `from` or `to`.
const MAX_STEPS: i64 = 1000;

/// The scale that every pack has.
pub const YES_NO: &str = "yes_no";

fn yes_no() -> QuestionKind {
    let option = |id: &str, points: i64| Choice { points: points.into(), ..plain_choice(id) };
    QuestionKind::Options(vec![option("no", 0), option("yes", 100)])
}

impl Loader<'_, '_> {
    /// The pack's scales by id.
    pub fn scales(&mut self) {
        let items = self.sections.scales.clone();
        let mut scales: HashMap<String, QuestionKind> =
            items.iter().filter_map(|item| Some((item.id.to_owned(), self.scale(item)?))).collect();
        scales.insert(YES_NO.to_owned(), yes_no());
        self.scales = scales;
    }

    fn scale(&mut self, item: &Item<'_>) -> Option<QuestionKind> {
        let what = format!("scale `{}`", item.id);
        if item.id == YES_NO {
            self.read.push(
                Diagnostic::error(Code::ReservedName, item.id_span, "the scale `yes_no` is built in")
                    .label("its options are `no`, worth 0, and `yes`, worth 100")
                    .help("take it out, or give yours another id"),
            );
            return None;
        }
        let keys = self.read.open(
            item.node,
            item.id_span,
            &*what,
            &["from", "to", "step", "labels", "options"],
            &[],
        )?;
        if let Some(options) = keys.get("options") {
            for key in ["from", "to", "step", "labels"] {
                if let Some(span) = keys.key_span(key) {
                    self.read.push(
                        Diagnostic::error(
                            Code::WrongValue,
                            span,
                            format!("{what} has `options` and `{key}`"),
                        )
                        .label("belongs to a numbered scale")
                        .help("keep the one or the other"),
                    );
                }
            }
            return self.choices(options, &what, true).map(QuestionKind::Options);
        }
        let from = self.end(&keys, "from");
        let to = self.end(&keys, "to");
        let step = self.step(&keys);
        let (from, to, step) = (from?, to?, step?);
        if from >= to {
            let span = keys.key_span("to").unwrap_or(item.id_span);
            self.read.push(
                Diagnostic::error(Code::OutOfRange, span, format!("{what} ends where it begins or before"))
                    .label(format!("`from` is {from}, `to` is {to}"))
                    .help("turn the two round; for a scale whose best end is low say `reverse: true` in the question"),
            );
            return None;
        }
        let scale = QuestionKind::Numbered { from, to, step, labels: Vec::new() };
        let labels = self.step_labels(&keys, &scale, &what)?;
        let QuestionKind::Numbered { from, to, step, .. } = scale else { return None };
        Some(QuestionKind::Numbered { from, to, step, labels })
    }

    /// `step:`: a number above 0, or `any`, which gives the inner none; 1 where nothing is said.
    fn step(&mut self, keys: &Keys<'_>) -> Option<Option<Number>> {
        let Some(node) = keys.get("step") else { return Some(Some(Number::one())) };
        let text = self.read.text(node, "`step`")?;
        if text.text == "any" {
            return Some(None);
        }
        let step = Number::parse(text.text).filter(|step| *step > Number::zero());
        if step.is_none() {
            self.read.push(
                Diagnostic::error(
                    Code::WrongValue,
                    text.whole(),
                    format!("`step` cannot be `{}`", text.text),
                )
                .label("a number above 0, or `any` for a slider, is wanted here"),
            );
        }
        step.map(Some)
    }

    /// The labels of a numbered scale, one a step; none where its steps do not work out.
    fn step_labels(&mut self, keys: &Keys<'_>, scale: &QuestionKind, what: &str) -> Option<Vec<String>> {
        let QuestionKind::Numbered { from, to, step, .. } = scale else { return None };
        let labels: Vec<(String, Span)> = match keys.get("labels") {
            Some(node) => self
                .read
                .texts(node, "`labels`")
                .iter()
                .map(|text| (text.text.to_owned(), text.whole()))
                .collect(),
            None => Vec::new(),
        };
        for (label, span) in &labels {
            self.check_label(label, *span);
        }
        let at = |key: &str| keys.key_span(key).unwrap_or(keys.at());
        let Some(step) = step else {
            if !labels.is_empty() {
                let message = format!("{what} has labels and no steps");
                self.read.push(
                    Diagnostic::error(Code::ScaleSteps, at("labels"), message)
                        .label("nobody can tell which numbers they name")
                        .help("take the labels out, or say `step:` with a number"),
                );
            }
            return Some(Vec::new());
        };
        let whole = (to - from).checked_div(step)?;
        if !whole.is_integer() {
            let reached = from + &(step * &whole.floor());
            let help = if keys.has("step") {
                format!("write `to: {reached}`, or `step: any` if every number between is an answer")
            } else {
                "say how far its answers lie apart, such as `step: 0.5`, or `step: any` for a slider"
                    .to_owned()
            };
            self.read.push(
                Diagnostic::error(
                    Code::ScaleSteps,
                    at("to"),
                    format!("{what} does not reach its end in steps of {step}"),
                )
                .label(format!("the last step before {to} is {reached}"))
                .help(help),
            );
            return Some(Vec::new());
        }
        let steps = &whole + &Number::one();
        if !labels.is_empty() && Number::from(labels.len()) != steps {
            let count = labels.len();
            let of = if *step == Number::one() { String::new() } else { format!(" in steps of {step}") };
            self.read.push(
                Diagnostic::error(
                    Code::WrongValue,
                    at("labels"),
                    format!("{what} has {count} labels for {steps} steps"),
                )
                .label(format!("from {from} to {to}{of}"))
                .help("give each step one label, or none of them"),
            );
        } else {
            self.same_steps(scale, &labels, what);
        }
        if steps > Number::from(MAX_STEPS) {
            self.read.push(
                Diagnostic::error(Code::OutOfRange, at("to"), format!("{what} has {steps} steps"))
                    .label(format!("more than {MAX_STEPS}"))
                    .help("for a measured number use `kind: number` or a metric"),
            );
        }
        Some(labels.into_iter().map(|(label, _)| label).collect())
    }

    /// A label that another step has too, or that is another step's number, could mean either.
    fn same_steps(&mut self, scale: &QuestionKind, labels: &[(String, Span)], what: &str) {
        let mut seen: HashMap<String, (usize, Span)> = HashMap::new();
        let numbers = (0..labels.len()).filter_map(|place| scale.step_at(place));
        for (place, (number, (_, span))) in numbers.zip(labels).enumerate() {
            seen.insert(number.to_decimal(30), (place, *span));
        }
        for (place, (label, span)) in labels.iter().enumerate() {
            match seen.get(&label.to_lowercase()) {
                Some((other, first)) if *other != place => self.read.push(
                    Diagnostic::error(
                        Code::DuplicateId,
                        *span,
                        format!("two steps of {what} are called `{label}`"),
                    )
                    .label("this one")
                    .related(*first, "and this one")
                    .help("give one of them another label"),
                ),
                Some(_) => {}
                None => {
                    seen.insert(label.to_lowercase(), (place, *span));
                }
            }
        }
    }

    fn end(&mut self, keys: &Keys<'_>, key: &str) -> Option<Number> {
        let node = self.read.need(keys, key, "1")?;
        let text = self.read.text(node, &format!("`{key}`"))?;
        let value = Number::parse(text.text);
        if value.is_none() {
            self.read.push(
                Diagnostic::error(
                    Code::WrongValue,
                    text.whole(),
                    format!("`{key}` cannot be `{}`", text.text),
                )
                .label("a number is wanted here"),
            );
        }
        value
    }

    /// Under a mean, the worst option is worth 0 and the best 100: anything else could never reach the ends.
    pub fn check_points(&mut self, choices: &[Choice], span: Span, what: &str) {
        let low = choices.iter().map(|choice| &choice.points).min();
        let high = choices.iter().map(|choice| &choice.points).max();
        let (Some(low), Some(high)) = (low, high) else { return };
        if low.is_zero() && *high == Number::from(100i64) {
            return;
        }
        let mut fault = Diagnostic::error(
            Code::PointsEnds,
            span,
            format!("the options of {what} run from {low} to {high} points"),
        )
        .label("the worst must be worth 0 and the best 100");
        let width = high - low;
        let rises = |a: &Number, b: &Number| a <= b;
        let in_order = choices.is_sorted_by(|a, b| rises(&a.points, &b.points))
            || choices.is_sorted_by(|a, b| rises(&b.points, &a.points));
        if width.is_zero() || !in_order {
            // Points that go up and down hold a slip, which rescaling would carry on.
            let help = if low.is_zero() {
                "look for the slip: the best option is worth `100`"
            } else if *high == Number::from(100i64) {
                "look for the slip: the worst option is worth `0`"
            } else {
                "give the worst option `0` and the best `100`, and the others what lies between"
            };
            fault = fault.help(help);
        } else {
            let rescaled: Vec<String> = choices
                .iter()
                .map(|choice| {
                    let share = &(&choice.points - low) / &width;
                    format!("{}: {}", choice.id, (&share * &Number::from(100i64)).to_decimal(1))
                })
                .collect();
            fault = fault.help(format!("write `{{ {} }}`", rescaled.join(", ")));
        }
        self.read.push(fault);
    }
}
