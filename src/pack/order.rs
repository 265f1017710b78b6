//! In which order values are worked out, and circles among those that need each other.

use super::load::Loader;
use crate::diag::{Code, Diagnostic};
use crate::model::{AreaId, DerivedId, Formula, FormulaName, Method, MetricId, Pack, ScoreOf, Worked};
use crate::source::Span;

/// What a value needs to be worked out before it. What it needs of the respondent alone is no matter here.
fn needs(pack: &Pack, of: Worked) -> Vec<Worked> {
    let by_method = |method: &Method| match method {
        Method::Formula(formula) => named(formula),
        _ => Vec::new(),
    };
    match of {
        Worked::Metric(id) => pack.metric(id).formula.as_ref().map(named).unwrap_or_default(),
        Worked::Derived(id) => pack.derived(id).formula.as_ref().map(named).unwrap_or_default(),
        Worked::Area(id) => by_method(&pack.area(id).scoring.method),
        Worked::Total => match pack.total.as_ref().map(|total| &total.scoring.method) {
            Some(method @ Method::Formula(_)) => by_method(method),
            _ => (0..pack.areas.len()).map(|at| Worked::Area(AreaId(at))).collect(),
        },
    }
}

fn named(formula: &Formula) -> Vec<Worked> {
    let names = formula.names().into_iter();
    names
        .filter_map(|name| match name {
            FormulaName::Metric(id) | FormulaName::Points(id) => Some(Worked::Metric(id)),
            FormulaName::Derived(id) => Some(Worked::Derived(id)),
            FormulaName::Score(ScoreOf::Area(id)) => Some(Worked::Area(id)),
            FormulaName::Score(ScoreOf::Total) => Some(Worked::Total),
            FormulaName::Answer(_) => None,
        })
        .collect()
}

/// Everything that is worked out: areas, the total, metrics, derived values.
fn all(pack: &Pack) -> Vec<Worked> {
    let areas = (0..pack.areas.len()).map(|at| Worked::Area(AreaId(at)));
    let metrics = (0..pack.metrics.len()).map(|at| Worked::Metric(MetricId(at)));
    let derived = (0..pack.derived.len()).map(|at| Worked::Derived(DerivedId(at)));
    areas.chain([Worked::Total]).chain(metrics).chain(derived).collect()
}

impl Loader<'_, '_> {
    /// Tells circles and takes their formulas out; then puts everything behind what it needs.
    pub fn work_order(&mut self) {
        let all = all(&self.pack);
        let places: std::collections::BTreeMap<Worked, usize> =
            all.iter().enumerate().map(|(at, worked)| (*worked, at)).collect();
        let edges = |pack: &Pack| -> Vec<Vec<usize>> {
            let of = |worked: &Worked| needs(pack, *worked).iter().map(|need| places[need]).collect();
            all.iter().map(of).collect()
        };
        for cycle in super::load::cycles(&edges(&self.pack)) {
            let names: Vec<String> =
                cycle.iter().map(|&at| format!("`{}`", self.worked_name(all[at]))).collect();
            self.read.push(
                Diagnostic::error(
                    Code::Cycle,
                    self.worked_span(all[cycle[0]]),
                    format!("the formula of {} needs itself", names[0]),
                )
                .label(format!("{} → {}", names.join(" → "), names[0]))
                .help("let one of them be measured"),
            );
            for at in cycle {
                match all[at] {
                    Worked::Metric(id) => self.pack.metrics[id.0].formula = None,
                    Worked::Derived(id) => self.pack.derived[id.0].formula = None,
                    Worked::Area(id) => self.pack.areas[id.0].scoring.method = Method::Mean,
                    Worked::Total => self.pack.total = None,
                }
            }
        }
        let needs = edges(&self.pack);
        let mut done = vec![false; all.len()];
        let mut order = Vec::new();
        // A stack of its own: a chain of formulas may be long.
        let mut stack: Vec<(usize, bool)> = (0..all.len()).rev().map(|at| (at, false)).collect();
        while let Some((at, entered)) = stack.pop() {
            if done[at] {
                continue;
            }
            if entered {
                done[at] = true;
                order.push(all[at]);
                continue;
            }
            stack.push((at, true));
            stack.extend(needs[at].iter().filter(|need| !done[**need]).map(|need| (*need, false)));
        }
        self.pack.order = order;
    }

    /// As formulas name it.
    fn worked_name(&self, worked: Worked) -> String {
        match worked {
            Worked::Metric(id) => self.pack.metric(id).id.clone(),
            Worked::Derived(id) => format!("derived.{}", self.pack.derived(id).id),
            Worked::Area(id) => format!("score.{}", self.pack.area(id).id),
            Worked::Total => "score.total".to_owned(),
        }
    }

    /// Where its id stands.
    fn worked_span(&self, worked: Worked) -> Span {
        match worked {
            Worked::Metric(id) => self.sections.metrics[id.0].id_span,
            Worked::Derived(id) => self.sections.derived[id.0].id_span,
            Worked::Area(id) => self.sections.areas[id.0].id_span,
            Worked::Total => self.sections.head.map_or(self.pack.title.span, |(span, _)| span),
        }
    }
}
