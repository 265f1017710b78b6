//! Every id of a pack with its place, so that references resolve before what they name is read.

use std::collections::HashMap;

use super::items::{Item, Sections};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::model::{
    AreaId, CitationId, ConditionId, DerivedId, LadderId, MetricId, Prescribed, PrescriptionId, QuestionId,
    ThresholdId,
};
use crate::source::Span;

/// Ids → places.
#[derive(Debug, Default)]
pub struct Names {
    pub areas: Table,
    pub questions: Table,
    pub metrics: Table,
    pub thresholds: Table,
    pub derived: Table,
    pub conditions: Table,
    pub rules: Table,
    pub prescriptions: Table,
    pub ladders: Table,
    pub citations: Table,
}

/// The ids of one kind.
#[derive(Debug, Default)]
pub struct Table {
    /// The kind in words, such as "metric".
    what: &'static str,
    /// How many items have an id that another one has: each lacks the name that others may mean.
    doubles: usize,
    places: HashMap<String, usize>,
    order: Vec<String>,
}

impl Table {
    fn of(what: &'static str, items: &[Item<'_>]) -> Table {
        let mut table = Table { what, ..Table::default() };
        for item in items {
            let next = table.order.len();
            table.doubles += usize::from(table.places.contains_key(item.id));
            table.places.entry(item.id.to_owned()).or_insert_with(|| {
                table.order.push(item.id.to_owned());
                next
            });
        }
        table
    }

    pub fn find(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    pub fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.order.iter().map(String::as_str)
    }

    /// The place of an id, or the message that it is unknown.
    pub fn need(&self, id: &str, span: Span) -> Result<usize, Box<Diagnostic>> {
        self.find(id).ok_or_else(|| Box::new(unknown(self.what, id, span, self.ids())))
    }
}

/// "there is no metric `chrun`", with the nearest.
pub fn unknown<'a>(
    what: &str,
    id: &str,
    span: Span,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let first: Vec<&str> = known.clone().take(9).collect();
    let all = match first.as_slice() {
        [] => format!("the pack has no {what}s").replace("ys", "ies"),
        few if few.len() <= 8 => {
            format!("there {} {}", if few.len() == 1 { "is" } else { "are" }, super::keys::list(few))
        }
        _ => format!("check the spelling, or add the {what}"),
    };
    Diagnostic::error(Code::UnknownName, span, format!("there is no {what} `{id}`"))
        .label(format!("unknown {what}"))
        .help(did_you_mean(id, known).unwrap_or(all))
}

impl Names {
    pub fn of(sections: &Sections<'_>) -> Names {
        Names {
            areas: Table::of("area", &sections.areas),
            questions: Table::of("question", &sections.questions),
            metrics: Table::of("metric", &sections.metrics),
            thresholds: Table::of("threshold", &sections.thresholds),
            derived: Table::of("derived value", &sections.derived),
            rules: Table::of("rule", &sections.rules),
            conditions: Table::of("condition", &sections.conditions),
            prescriptions: Table::of("prescription", &sections.prescriptions),
            ladders: Table::of("ladder", &sections.ladders),
            citations: Table::of("source", &sections.sources),
        }
    }

    /// The kinds of which items have an id twice, as [`unknown`] begins its message, with how many.
    pub fn doubled(&self) -> Vec<(String, usize)> {
        let tables = [
            &self.areas,
            &self.questions,
            &self.metrics,
            &self.thresholds,
            &self.derived,
            &self.conditions,
            &self.rules,
            &self.prescriptions,
            &self.ladders,
            &self.citations,
        ];
        let doubled = tables.iter().filter(|table| table.doubles > 0);
        doubled.map(|table| (format!("there is no {} `", table.what), table.doubles)).collect()
    }

    pub fn area(&self, id: &str, span: Span) -> Result<AreaId, Box<Diagnostic>> {
        self.areas.need(id, span).map(AreaId)
    }

    pub fn question(&self, id: &str, span: Span) -> Result<QuestionId, Box<Diagnostic>> {
        self.questions.need(id, span).map(QuestionId)
    }

    pub fn metric(&self, id: &str, span: Span) -> Result<MetricId, Box<Diagnostic>> {
        self.metrics.need(id, span).map(MetricId)
    }

    pub fn threshold(&self, id: &str, span: Span) -> Result<ThresholdId, Box<Diagnostic>> {
        self.thresholds.need(id, span).map(ThresholdId)
    }

    pub fn derived(&self, id: &str, span: Span) -> Result<DerivedId, Box<Diagnostic>> {
        self.derived.need(id, span).map(DerivedId)
    }

    pub fn condition(&self, id: &str, span: Span) -> Result<ConditionId, Box<Diagnostic>> {
        self.conditions.need(id, span).map(ConditionId)
    }

    pub fn prescription(&self, id: &str, span: Span) -> Result<PrescriptionId, Box<Diagnostic>> {
        self.prescriptions.need(id, span).map(PrescriptionId)
    }

    pub fn citation(&self, id: &str, span: Span) -> Result<CitationId, Box<Diagnostic>> {
        self.citations.need(id, span).map(CitationId)
    }

    /// What a rule prescribes: a prescription, or a ladder by its id.
    pub fn prescribed(&self, id: &str, span: Span) -> Result<Prescribed, Box<Diagnostic>> {
        match (self.prescriptions.find(id), self.ladders.find(id)) {
            (Some(place), _) => Ok(Prescribed::One(PrescriptionId(place))),
            (None, Some(place)) => Ok(Prescribed::Ladder(LadderId(place))),
            (None, None) => {
                let known = self.prescriptions.ids().chain(self.ladders.ids());
                Err(Box::new(unknown("prescription", id, span, known)))
            }
        }
    }
}
