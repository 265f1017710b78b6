//! Lists of bands and of points: by the day of adoption, and by a condition where a table depends on an answer.

use super::bands::Cut;
use super::load::Loader;
use super::thresholds::Provenance;
use crate::diag::{Code, Diagnostic};
use crate::model::{Bands, Dated, DatedBands, DatedPoints, PointsTable};
use crate::source::Span;
use crate::yaml::{Node, Value};

/// What a list belongs to.
pub struct Listed<'a> {
    pub cut: Cut<'a>,
    /// `bands` or `points`.
    pub what: &'static str,
    /// Whether each entry must say its day, its source and its review: what is measured against a study does.
    pub sourced: bool,
}

impl Loader<'_, '_> {
    pub fn dated_bands(&mut self, node: &Node, listed: &Listed<'_>) -> Vec<DatedBands> {
        let dated: Vec<(DatedBands, Span)> =
            self.dated(node, listed, |loader, cuts| loader.bands(cuts, &listed.cut));
        if let Some((first, rest)) = dated.split_first()
            && let Some((_, span)) = rest.iter().find(|(other, _)| ids(other) != ids(&first.0))
        {
            // A rule names one band whatever the day: its name must mean the same in each list.
            let id = listed.cut.name;
            self.read.push(
                Diagnostic::error(Code::BandsWrong, *span, format!("the bands of `{id}` change their names"))
                    .label(format!("the first list has {}", ids(&first.0).join(", ")))
                    .related(first.1, "the first list")
                    .help("keep the names and their order; move only the edges"),
            );
        }
        dated.into_iter().map(|(bands, _)| bands).collect()
    }

    pub fn dated_points(&mut self, node: &Node, listed: &Listed<'_>) -> Vec<DatedPoints> {
        let dated: Vec<(Dated<PointsTable>, Span)> =
            self.dated(node, listed, |loader, cuts| loader.points_table(cuts, &listed.cut));
        dated.into_iter().map(|(points, _)| points).collect()
    }

    /// The entries by their day, those of one day in the order written.
    fn dated<T>(
        &mut self,
        node: &Node,
        listed: &Listed<'_>,
        mut read: impl FnMut(&mut Self, &Node) -> Option<T>,
    ) -> Vec<(Dated<T>, Span)> {
        let (id, what) = (listed.cut.name, listed.what);
        let Some(items) = node.items() else {
            if !matches!(node.value, Value::Broken) {
                let cuts = if what == "points" {
                    "[[1, \"<= 8\"], [0, rest]]"
                } else {
                    "{ good: \"<= 8%\", poor: rest }"
                };
                self.read.push(
                    Diagnostic::error(
                        Code::WrongShape,
                        node.span,
                        format!("the {what} of `{id}` are {}", node.what()),
                    )
                    .label(format!("a list of dated {what} is wanted here"))
                    .help(format!(
                        "write `- {{ from: 2025-01-01, source: …, review_by: 2027-12-31, cuts: {cuts} }}`"
                    )),
                );
            }
            return Vec::new();
        };
        let mut dated: Vec<(Dated<T>, Span)> = Vec::new();
        for item in items {
            dated.extend(self.one_dated(item, listed, &mut read).map(|one| (one, item.span)));
        }
        dated.sort_by_key(|(one, _)| one.from);
        let general = |day| dated.iter().any(|(one, _)| one.from == day && one.only.is_none());
        for (at, (one, span)) in dated.iter().enumerate() {
            let next = dated.get(at + 1).filter(|(next, _)| next.from == one.from);
            match (&one.only, next) {
                (None, Some((_, next))) => {
                    let lists = if what == "points" { "tables of points" } else { what };
                    let of_day = if one.from.is_some() { " begin on one day" } else { " hold always" };
                    self.read.push(
                        Diagnostic::error(Code::DuplicateId, *next, format!("two {lists} of `{id}`{of_day}"))
                            .label("the second one")
                            .related(*span, "the first one")
                            .help("give each a day of its own, or say `where:` the first one holds"),
                    );
                }
                (Some(_), None) if !general(one.from) => self.read.push(
                    Diagnostic::error(
                        Code::BandsWrong,
                        *span,
                        format!("the {what} of `{id}` leave somebody without any"),
                    )
                    .label("the last holds for all others")
                    .help("take its `where` out, or add one without"),
                ),
                _ => {}
            }
        }
        dated
    }

    fn one_dated<T>(
        &mut self,
        node: &Node,
        listed: &Listed<'_>,
        read: &mut impl FnMut(&mut Self, &Node) -> Option<T>,
    ) -> Option<Dated<T>> {
        let (id, what) = (listed.cut.name, listed.what);
        let known = ["from", "source", "review_by", "where", "cuts", "note"];
        let keys = self.read.open(node, node.span, format!("a list of {what} of `{id}`"), &known, &[])?;
        let whose = listed.sourced.then(|| format!("{what} of `{id}` have"));
        let Provenance { from, sources, review_by, note } =
            self.provenance(&keys, node.span, whose.as_deref());
        // Without the day that was written it would seem to hold always.
        if keys.has("from") && from.is_none() {
            return None;
        }
        let only = match keys.get("where") {
            Some(node) => Some(self.guard(node, true)?),
            None => None,
        };
        let hint =
            if what == "points" { "[[1, \"<= 8\"], [0, rest]]" } else { "{ good: \"<= 8%\", poor: rest }" };
        let cuts = self.read.need(&keys, "cuts", hint)?;
        let value = read(self, cuts)?;
        Some(Dated { from, only, sources, review_by, note, value })
    }
}

fn ids(dated: &Dated<Bands>) -> Vec<&str> {
    dated.value.labels.iter().map(|name| name.id.as_str()).collect()
}
