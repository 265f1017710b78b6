//! Bands: one-sided as a map of ends with a rest, two-sided as a list of pairs.

use super::condition::syntax_order;
use super::load::Loader;
use super::text::Text;
use crate::diag::{Code, Diagnostic};
use crate::model::{BandName, BandStep, Bands, Number, Order, Unit};
use crate::quantity::{self, Wanted};
use crate::source::Span;
use crate::yaml::{Node, Value};

/// A band as written: its name, its end where it has one, and the place of the end.
type Step = (String, Option<(Order, Number)>, Span);

/// What the bands cut: its name in messages, unit and range.
pub struct Cut<'a> {
    pub name: &'a str,
    pub unit: &'a Unit,
    pub range: Option<&'a (Number, Number)>,
}

impl Loader<'_, '_> {
    /// Reads bands; none where a fault was told.
    pub fn bands(&mut self, node: &Node, cut: &Cut<'_>) -> Option<Bands> {
        let pairs: Vec<(Text<'_>, &Node)> = match &node.value {
            Value::Map { entries, .. } => {
                let mut pairs = Vec::new();
                for entry in entries {
                    super::items::check_id(&entry.key, entry.key_span, self.read.diagnostics);
                    if matches!(entry.value.value, Value::Map { .. }) {
                        self.read.push(super::keys::not_yet(entry.value.span, "a band with keys of its own"));
                        continue;
                    }
                    pairs.push((entry.key.as_str(), entry.key_span, &entry.value));
                }
                return self.steps(pairs, node.span, cut);
            }
            Value::List { items, .. } => {
                let mut pairs = Vec::new();
                for item in items {
                    match item.items() {
                        Some([label, edge]) => {
                            if let Some(text) = self.read.text(label, "a band's name") {
                                super::items::check_id(text.text, text.whole(), self.read.diagnostics);
                                pairs.push((text, edge));
                            }
                        }
                        _ => self.read.push(
                            Diagnostic::error(
                                Code::WrongShape,
                                item.span,
                                format!("a band is {} here", item.what()),
                            )
                            .label("a pair is wanted")
                            .help("write `[watch, \"< 6\"]`"),
                        ),
                    }
                }
                pairs
            }
            Value::Broken => return None,
            Value::Scalar(_) => {
                self.read.push(
                    Diagnostic::error(
                        Code::WrongShape,
                        node.span,
                        format!("the bands of `{}` are {}", cut.name, node.what()),
                    )
                    .label("a map of ends is wanted here")
                    .help("write `{ good: \"<= 8%\", watch: \"<= 15%\", poor: rest }`"),
                );
                return None;
            }
        };
        let pairs = pairs.iter().map(|(text, edge)| (text.text, text.whole(), *edge)).collect();
        self.steps(pairs, node.span, cut)
    }

    fn steps(&mut self, pairs: Vec<(&str, Span, &Node)>, span: Span, cut: &Cut<'_>) -> Option<Bands> {
        let before = self.read.diagnostics.len();
        let mut steps: Vec<Step> = Vec::new();
        if pairs.iter().any(|(_, _, node)| matches!(node.value, Value::Broken)) {
            return None;
        }
        for (label, label_span, node) in pairs {
            let Some(text) = self.read.text(node, "a band's end") else { continue };
            if text.text.trim() == "rest" {
                steps.push((label.to_owned(), None, label_span));
            } else if let Some(edge) = self.edge(&text, cut) {
                steps.push((label.to_owned(), Some(edge), text.whole()));
            }
        }
        if self.read.diagnostics.len() > before {
            return None;
        }
        self.order(&steps, span)?;
        let upward = matches!(steps.first(), Some((_, Some((Order::Less | Order::AtMost, _)), _)));
        let mut labels: Vec<String> = Vec::new();
        let names = steps.iter().map(|(label, ..)| label.clone());
        let low_first: Vec<String> = if upward { names.collect() } else { names.rev().collect() };
        for label in low_first {
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        let steps = steps
            .into_iter()
            .map(|(label, edge, span)| {
                let label = labels.iter().position(|known| *known == label).unwrap_or(0);
                BandStep { label, edge, span }
            })
            .collect();
        let labels = labels
            .into_iter()
            .map(|id| BandName { label: id.clone(), id, translations: Vec::new() })
            .collect();
        Some(Bands { steps, labels, span })
    }

    /// `<= 8%` and its like.
    fn edge(&mut self, text: &Text<'_>, cut: &Cut<'_>) -> Option<(Order, Number)> {
        let trimmed = text.text.trim();
        let start = text.text.len() - text.text.trim_start().len();
        let Some((order, width)) = syntax_order(trimmed) else {
            self.read.push(
                Diagnostic::error(Code::BandsWrong, text.whole(), format!("`{trimmed}` ends no band"))
                    .label("`<`, `<=`, `>` or `>=` with a number, or `rest`")
                    .help(format!("write `\"<= {}\"` or `rest`", cut.unit.after("8"))),
            );
            return None;
        };
        let (digits, unit) = quantity::split(&trimmed[width..]);
        let wanted = Wanted {
            name: cut.name,
            unit: cut.unit,
            range: cut.range,
            declared: &self.pack.units,
            bare: false,
        };
        match quantity::fit(digits, unit, wanted) {
            Ok(value) => Some((order, value)),
            Err(misfit) => {
                let range = start + width..start + trimmed.len();
                let begin = range.end - trimmed[width..].trim_start().len();
                self.read.push(super::misfit_at(misfit, digits, begin..range.end, text));
                None
            }
        }
    }

    /// Bands follow one direction and end with the rest; anything else leaves a band that nothing reaches.
    fn order(&mut self, steps: &[Step], span: Span) -> Option<()> {
        let wrong = |span: Span, message: &str, label: &str, help: &str| {
            Diagnostic::error(Code::BandsWrong, span, message).label(label).help(help)
        };
        let Some((last, rest)) = steps.split_last() else {
            self.read.push(wrong(
                span,
                "there are no bands",
                "empty",
                "write `{ good: \"<= 8\", poor: rest }`",
            ));
            return None;
        };
        if last.1.is_some() {
            self.read.push(wrong(
                last.2,
                "the bands leave a gap",
                "beyond this nothing is said",
                "end the last band with `rest`",
            ));
        }
        if let Some((_, _, span)) = rest.iter().find(|(_, edge, _)| edge.is_none()) {
            self.read.push(wrong(
                *span,
                "`rest` stands before the last band",
                "nothing behind it is reached",
                "put it last",
            ));
            return None;
        }
        for pair in steps.windows(2) {
            let (Some((first, low)), Some((second, high))) = (&pair[0].1, &pair[1].1) else { continue };
            let rising = |order: &Order| matches!(order, Order::Less | Order::AtMost);
            if rising(first) != rising(second) {
                // Where no `rest` ends the bands, the last may only want to be it.
                if last.1.is_some() && pair[1].2 == last.2 {
                    return None;
                }
                self.read.push(
                    wrong(
                        pair[1].2,
                        "the bands change direction",
                        "this one",
                        "use only `<` and `<=`, or only `>` and `>=`",
                    )
                    .related(pair[0].2, "the one before"),
                );
                return None;
            }
            let further = if rising(first) { high > low } else { high < low };
            let touching = high == low
                && matches!((first, second), (Order::Less, Order::AtMost) | (Order::Greater, Order::AtLeast));
            if !further && !touching {
                self.read.push(
                    wrong(
                        pair[1].2,
                        &format!("the band `{}` is never reached", pair[1].0),
                        "lies inside the one before",
                        "put the bands in order",
                    )
                    .related(pair[0].2, "this one comes first"),
                );
                return None;
            }
        }
        last.1.is_none().then_some(())
    }
}
