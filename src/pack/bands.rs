//! Bands: one-sided as a map of ends with a rest, two-sided as a list of pairs.

use super::band_rules::RULE_KEYS;
use super::choices::language_of;
use super::condition::syntax_order;
use super::load::Loader;
use super::poisoned::FOLLOWING;
use super::text::Text;
use crate::diag::{Code, Diagnostic};
use crate::model::{BandName, BandStep, Bands, Number, Order, PointsTable, Unit};
use crate::quantity::{self, Wanted};
use crate::source::Span;
use crate::yaml::{Node, Value};

/// A band as written: its name, its end where it has one, and the place of the end.
type Step = (BandName, Option<(Order, Number)>, Span);

/// What the bands cut: its name in messages, unit and range.
pub struct Cut<'a> {
    pub name: &'a str,
    pub unit: &'a Unit,
    pub range: Option<&'a (Number, Number)>,
    /// Whether its unit could not be read, which was told.
    pub unit_unread: bool,
}

impl Loader<'_, '_> {
    /// Reads bands; none where a fault was told.
    pub fn bands(&mut self, node: &Node, cut: &Cut<'_>) -> Option<Bands> {
        let pairs = match &node.value {
            Value::Map { entries, .. } => {
                let mut pairs = Vec::new();
                for entry in entries {
                    super::items::check_id(&entry.key, entry.key_span, self.read.diagnostics);
                    pairs.extend(self.one_band(&entry.key, entry.key_span, &entry.value));
                }
                self.labelled_bands(cut.name, pairs.iter().map(|(name, span, _)| (name, *span)));
                return self.steps(pairs, node.span, cut);
            }
            Value::List { items, .. } => {
                let mut pairs = Vec::new();
                for item in items {
                    match item.items() {
                        Some([label, edge]) => {
                            if let Some(text) = self.read.text(label, "a band's name") {
                                super::items::check_id(text.text, text.whole(), self.read.diagnostics);
                                pairs.extend(self.one_band(text.text, text.whole(), edge));
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
        self.labelled_bands(cut.name, pairs.iter().map(|(name, span, _)| (name, *span)));
        self.steps(pairs, node.span, cut)
    }

    /// A band's name with its end, which may stand in a map beside what the band is called.
    fn one_band<'n>(
        &mut self,
        id: &str,
        id_span: Span,
        node: &'n Node,
    ) -> Option<(BandName, Span, &'n Node)> {
        let mut name = plain_name(id);
        let Some(entries) = node.entries() else { return Some((name, id_span, node)) };
        let labels = entries.iter().map(|entry| entry.key.as_str()).filter(|key| language_of(key).is_some());
        let mut known: Vec<&str> = ["cut", "label"].into_iter().chain(labels).collect();
        if self.prescribing {
            known.extend(RULE_KEYS);
        }
        let keys = self.read.open(node, id_span, format!("band `{id}`"), &known, &[])?;
        if let Some(node) = keys.get("label") {
            name.label = self.band_label(node)?;
        }
        for entry in entries {
            if let Some(language) = language_of(&entry.key) {
                name.translations.push(self.translation(language, entry.key_span, &entry.value)?);
            }
        }
        let cut = self.read.need(&keys, "cut", "\"<= 8\"")?;
        Some((name, id_span, cut))
    }

    fn band_label(&mut self, node: &Node) -> Option<String> {
        let text = self.read.text(node, "a label")?;
        self.check_label(text.text, text.whole());
        Some(text.text.trim().to_owned())
    }

    /// What a value is worth by the range it lies in: a list of pairs such as `[2, "<= 8"]`.
    pub fn points_table(&mut self, node: &Node, cut: &Cut<'_>) -> Option<PointsTable> {
        let Some(items) = node.items() else {
            if !matches!(node.value, Value::Broken) {
                self.read.push(
                    Diagnostic::error(
                        Code::WrongShape,
                        node.span,
                        format!("the points of `{}` are {}", cut.name, node.what()),
                    )
                    .label("a list of pairs is wanted here")
                    .help("write `[[1, \"<= 8\"], [0, rest]]`"),
                );
            }
            return None;
        };
        let mut pairs = Vec::new();
        let mut whole = true;
        for item in items {
            let Some([points, edge]) = item.items() else {
                self.read.push(
                    Diagnostic::error(Code::WrongShape, item.span, format!("a step is {} here", item.what()))
                        .label("a pair is wanted")
                        .help("write `[2, \"< 6\"]`"),
                );
                whole = false;
                continue;
            };
            match self.option_number(points, "a step's points") {
                Some(number) => {
                    let id = number.exact().unwrap_or_else(|| number.to_string());
                    pairs.push((plain_name(&id), points.span, edge));
                }
                None => whole = false,
            }
        }
        let cuts = self.steps(pairs, node.span, cut).filter(|_| whole)?;
        let worth = cuts.labels.iter().filter_map(|name| Number::parse(&name.id)).collect();
        Some(PointsTable { cuts, worth })
    }

    fn steps(&mut self, pairs: Vec<(BandName, Span, &Node)>, span: Span, cut: &Cut<'_>) -> Option<Bands> {
        let before = self.read.diagnostics.len();
        let mut steps: Vec<Step> = Vec::new();
        if pairs.iter().any(|(_, _, node)| matches!(node.value, Value::Broken)) {
            return None;
        }
        for (label, label_span, node) in pairs {
            let Some(text) = self.read.text(node, "a band's end") else { continue };
            if text.text.trim() == "rest" {
                steps.push((label, None, label_span));
            } else if let Some(edge) = self.edge(&text, cut) {
                steps.push((label, Some(edge), text.whole()));
            }
        }
        if self.read.diagnostics.len() > before {
            return None;
        }
        self.order(&steps, span)?;
        let upward = matches!(steps.first(), Some((_, Some((Order::Less | Order::AtMost, _)), _)));
        let mut labels: Vec<BandName> = Vec::new();
        let names = steps.iter().map(|(label, ..)| label.clone());
        let low_first: Vec<BandName> = if upward { names.collect() } else { names.rev().collect() };
        for label in low_first {
            // A band that stands twice may say only once what it is called.
            match labels.iter_mut().find(|known| known.id == label.id) {
                Some(known) if known.label == known.id => *known = label,
                Some(_) => {}
                None => labels.push(label),
            }
        }
        let steps = steps
            .into_iter()
            .map(|(label, edge, span)| {
                let label = labels.iter().position(|known| known.id == label.id).unwrap_or(0);
                BandStep { label, edge, span }
            })
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
                    .help(one_end(trimmed, cut)),
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
            Err(misfit) if cut.unit_unread && FOLLOWING.contains(&misfit.code) => None,
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
                        &format!("the band `{}` is never reached", pair[1].0.id),
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

/// How the end of a band is written, from what was written instead: both ends, one without its sign, or none.
fn one_end(written: &str, cut: &Cut<'_>) -> String {
    let plain: String = written.chars().map(super::condition::plain_sign).collect();
    // A dash at the very beginning is a sign.
    let dash = plain.char_indices().skip(1).find(|(_, c)| *c == '-');
    let joined = dash.map(|(at, _)| (plain[..at].trim(), plain[at + 1..].trim()));
    let pair = [" to ", " bis ", ".."].iter().find_map(|join| plain.split_once(join)).or(joined);
    let end = |text: &str| {
        let (digits, word) = quantity::split(text);
        Number::parse(digits)?;
        let unit = word.map_or(Some(cut.unit.clone()), |word| quantity::unit(word, &[]));
        Some(unit.filter(|unit| unit.factor_to(cut.unit).is_some()).unwrap_or(cut.unit.clone()).after(digits))
    };
    if let Some((low, high)) = pair.and_then(|(low, high)| Some((end(low.trim())?, end(high.trim())?))) {
        return format!(
            "a band has one end, the next begins there: write `\"<= {high}\"`, or `\">= {low}\"` where the highest comes first, \
             and `rest` for the last"
        );
    }
    match end(&plain) {
        Some(end) => format!("write `\"<= {end}\"` or `\">= {end}\"`"),
        None => format!("write `\"<= {}\"` or `rest`", cut.unit.after("8")),
    }
}

fn plain_name(id: &str) -> BandName {
    BandName { id: id.to_owned(), label: id.to_owned(), translations: Vec::new() }
}
