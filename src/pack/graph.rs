//! What is worked out from what: the order in which formulas are read, and the one in which values are worked out.

use super::formula::{Target, names_in};
use super::keys::Keys;
use super::load::{Loader, cycles};
use super::text::Text;
use crate::diag::{Code, Diagnostic};
use crate::model::{
    AreaId, Condition, DerivedId, Formula, FormulaName, Method, MetricId, ScoreOf, Subject, Worked, subjects,
};
use crate::source::Span;
use crate::yaml::Node;

/// Values that a formula may come to, those of what it names counted each time: each makes its numbers longer.
const MAX_VALUES: usize = 1000;

/// Places of metrics, areas and the total in one list.
struct Places {
    metrics: usize,
    derived: usize,
    areas: usize,
}

impl Places {
    fn place(&self, of: Worked) -> usize {
        match of {
            Worked::Metric(id) => id.0,
            Worked::Derived(id) => self.metrics + id.0,
            Worked::Area(id) => self.metrics + self.derived + id.0,
            Worked::Total => self.metrics + self.derived + self.areas,
        }
    }

    fn at(&self, place: usize) -> Worked {
        if place < self.metrics {
            Worked::Metric(MetricId(place))
        } else if place < self.metrics + self.derived {
            Worked::Derived(DerivedId(place - self.metrics))
        } else if place < self.metrics + self.derived + self.areas {
            Worked::Area(AreaId(place - self.metrics - self.derived))
        } else {
            Worked::Total
        }
    }

    fn count(&self) -> usize {
        self.metrics + self.derived + self.areas + 1
    }

    fn score(&self, of: ScoreOf) -> usize {
        match of {
            ScoreOf::Area(id) => self.place(Worked::Area(id)),
            ScoreOf::Total => self.place(Worked::Total),
        }
    }
}

impl<'n> Loader<'_, 'n> {
    fn places(&self) -> Places {
        Places {
            metrics: self.pack.metrics.len(),
            derived: self.pack.derived.len(),
            areas: self.pack.areas.len(),
        }
    }

    /// Reads every formula, each behind those that it names, and works out the ends of scores on the way.
    pub fn formulas(&mut self) {
        let places = self.places();
        let needs: Vec<Vec<usize>> =
            (0..places.count()).map(|place| self.named_in(&places, places.at(place))).collect();
        let found = cycles(&needs);
        for cycle in &found {
            self.tell_cycle(&places, cycle);
        }
        let circular: Vec<usize> = found.concat();
        let mut sizes = vec![1usize; places.count()];
        for place in in_order(&needs) {
            let of = places.at(place);
            if !circular.contains(&place) {
                sizes[place] = self.work_out(&places, of, &sizes);
            }
        }
        self.check_total();
    }

    fn formula_node(&self, of: Worked) -> Option<&'n Node> {
        let node = match of {
            Worked::Metric(id) => self.sections.metrics.get(id.0)?.node,
            Worked::Derived(id) => self.sections.derived.get(id.0)?.node,
            Worked::Area(id) => self.sections.areas.get(id.0)?.node,
            Worked::Total => self.sections.head?.1.get("total")?,
        };
        node.get("formula")
    }

    /// What a formula names, and of a total without one the areas that it takes, before either is read.
    fn named_in(&self, places: &Places, of: Worked) -> Vec<usize> {
        let mut out = Vec::new();
        let mut add = |place: usize| {
            if !out.contains(&place) {
                out.push(place);
            }
        };
        let node = self.formula_node(of);
        let text = node.and_then(|node| node.get("formula").unwrap_or(node).text());
        for name in text.map(names_in).unwrap_or_default() {
            if let Some(area) = name.strip_prefix("score.") {
                self.score_of(area).iter().for_each(|of| add(places.score(*of)));
            } else if let Some(derived) = name.strip_prefix("derived.") {
                let found = self.names.derived.find(derived);
                found.iter().for_each(|at| add(places.place(Worked::Derived(DerivedId(*at)))));
            } else if let Some(metric) =
                self.names.metrics.find(name.strip_prefix("metric.").unwrap_or(&name))
            {
                add(metric);
            }
        }
        if of == Worked::Total && node.is_none() {
            let counted = self.pack.areas.iter().enumerate().filter(|(_, area)| !area.weight.is_zero());
            counted.for_each(|(at, _)| add(places.place(Worked::Area(AreaId(at)))));
        }
        out
    }

    fn name_of(&self, of: Worked) -> String {
        match of {
            Worked::Metric(id) => format!("`{}`", self.pack.metric(id).id),
            Worked::Derived(id) => format!("`derived.{}`", self.pack.derived(id).id),
            Worked::Area(id) => format!("`score.{}`", self.pack.area(id).id),
            Worked::Total => "`score.total`".to_owned(),
        }
    }

    fn place_of(&self, of: Worked) -> Option<Span> {
        match of {
            Worked::Metric(id) => self.sections.metrics.get(id.0).map(|item| item.id_span),
            Worked::Derived(id) => self.sections.derived.get(id.0).map(|item| item.id_span),
            Worked::Area(id) => self.sections.areas.get(id.0).map(|item| item.id_span),
            Worked::Total => self.sections.head.map(|(span, _)| span),
        }
    }

    fn tell_cycle(&mut self, places: &Places, cycle: &[usize]) {
        let names: Vec<String> = cycle.iter().map(|&place| self.name_of(places.at(place))).collect();
        let Some(span) = cycle.first().and_then(|&place| self.place_of(places.at(place))) else { return };
        let metrics =
            cycle.iter().all(|&place| matches!(places.at(place), Worked::Metric(_) | Worked::Derived(_)));
        let help =
            if metrics { "let one of them be measured" } else { "work one of them out from something else" };
        self.read.push(
            Diagnostic::error(Code::Cycle, span, format!("the formula of {} needs itself", names[0]))
                .label(format!("{} → {}", names.join(" → "), names[0]))
                .help(help),
        );
    }

    /// Reads one formula, or works out the ends of one score; gives the number of values that it comes to.
    fn work_out(&mut self, places: &Places, of: Worked, sizes: &[usize]) -> usize {
        let score = match of {
            Worked::Metric(_) | Worked::Derived(_) => None,
            Worked::Area(id) => Some(ScoreOf::Area(id)),
            Worked::Total => Some(ScoreOf::Total),
        };
        let Some((formula, ends)) = self.read_formula(of) else {
            let by_formula = score.and_then(|of| self.pack.scoring(of)).is_some_and(|s| s.is_formula());
            if let (Some(of), false) = (score, by_formula) {
                self.reach_of(of);
            }
            return 1;
        };
        let size = formula.size(&|name| match name {
            FormulaName::Metric(id) => sizes[places.place(Worked::Metric(id))],
            FormulaName::Derived(id) => sizes[places.place(Worked::Derived(id))],
            FormulaName::Score(of) => sizes[places.score(of)],
            FormulaName::Points(_) | FormulaName::Answer(_) => 1,
        });
        if size > MAX_VALUES {
            let name = self.name_of(of);
            if let Some(span) = self.place_of(of) {
                self.read.push(
                    Diagnostic::error(
                        Code::TooMuch,
                        span,
                        format!("the formula of {name} comes to more than {MAX_VALUES} values"),
                    )
                    .label("those of what it names counted each time")
                    .help("name each part once"),
                );
            }
            return 1;
        }
        match of {
            Worked::Metric(id) => {
                let metric = &mut self.pack.metrics[id.0];
                let round = |value: crate::model::Number| match metric.round {
                    Some(places) => value.rounded(places),
                    None => value,
                };
                if metric.reach.is_none() {
                    metric.reach = ends.map(|(low, high)| (round(low), round(high)));
                }
                metric.formula = Some(formula);
            }
            Worked::Derived(id) => {
                self.pack.derived[id.0].reach = ends;
                self.pack.derived[id.0].formula = Some(formula);
            }
            Worked::Area(_) | Worked::Total => {
                let Some(of) = score else { return size };
                let round = self.pack.scoring(of).and_then(|scoring| scoring.round);
                let round = |value: crate::model::Number| match round {
                    Some(places) => value.rounded(places),
                    None => value,
                };
                let ends = ends.map(|(low, high)| (round(low), round(high)));
                self.set_reach(of, ends.clone(), ends);
                match of {
                    ScoreOf::Area(id) => self.pack.areas[id.0].scoring.method = Method::Formula(formula),
                    ScoreOf::Total => {
                        if let Some(total) = &mut self.pack.total {
                            total.scoring.method = Method::Formula(formula);
                        }
                    }
                }
            }
        }
        size
    }

    /// `formula: a / b` with `if_zero: missing` beside it, or both in a map.
    fn read_formula(&mut self, of: Worked) -> Option<super::formula::Read> {
        let (items, at) = (&self.sections, of);
        let (owner, span) = match at {
            Worked::Metric(id) => (items.metrics.get(id.0)?.node, items.metrics.get(id.0)?.id_span),
            Worked::Derived(id) => (items.derived.get(id.0)?.node, items.derived.get(id.0)?.id_span),
            Worked::Area(id) => (items.areas.get(id.0)?.node, items.areas.get(id.0)?.id_span),
            Worked::Total => {
                let node = items.head?.1.get("total")?;
                (node, node.span)
            }
        };
        let keys = Keys::reopen(owner, span, "a formula")?;
        let node = keys.get("formula")?;
        let mut if_zero = self.if_zero(&keys);
        let node = if node.entries().is_some() {
            let inner = self.read.open(node, node.span, "`formula`", &["formula", "if_zero"], &[])?;
            if_zero |= self.if_zero(&inner);
            self.read.need(&inner, "formula", "a / b")?
        } else {
            node
        };
        let text: Text<'_> = self.read.text(node, "`formula`")?;
        match of {
            Worked::Metric(id) => {
                let metric = &self.pack.metrics[id.0];
                let (id, unit) = (metric.id.clone(), metric.unit.clone());
                self.formula(&text, &Target::Metric(&id, &unit), if_zero)
            }
            Worked::Derived(id) => {
                let derived = &self.pack.derived[id.0];
                let (id, unit) = (derived.id.clone(), derived.unit.clone());
                self.formula(&text, &Target::Metric(&id, &unit), if_zero)
            }
            Worked::Area(_) | Worked::Total => self.formula(&text, &Target::Score, if_zero),
        }
    }

    fn if_zero(&mut self, keys: &Keys<'_>) -> bool {
        self.read.one_of(keys, "if_zero", &[("missing", true)]).unwrap_or(false)
    }

    /// The order in which values are worked out, what decides on their validity and their tables included.
    pub fn work_order(&mut self) {
        let places = self.places();
        let needs: Vec<Vec<usize>> =
            (0..places.count()).map(|place| self.needs(&places, places.at(place))).collect();
        // A circle of formulas is told already.
        if !self.read.diagnostics.has_errors() {
            for cycle in cycles(&needs) {
                let of = places.at(cycle[0]);
                let names: Vec<String> = cycle.iter().map(|&place| self.name_of(places.at(place))).collect();
                let Some(span) = self.place_of(of) else { continue };
                self.read.push(
                    Diagnostic::error(
                        Code::Cycle,
                        span,
                        format!("whether {} is valid needs itself", names[0]),
                    )
                    .label(format!("{} → {}", names.join(" → "), names[0]))
                    .help("ask of something else under `valid_if`"),
                );
            }
        }
        self.pack.order = in_order(&needs).into_iter().map(|place| places.at(place)).collect();
    }

    fn needs(&self, places: &Places, of: Worked) -> Vec<usize> {
        let pack = &self.pack;
        let mut out = Vec::new();
        let mut formula = |formula: &Formula| {
            for name in formula.names() {
                match name {
                    FormulaName::Metric(id) | FormulaName::Points(id) => {
                        out.push(places.place(Worked::Metric(id)))
                    }
                    FormulaName::Derived(id) => out.push(places.place(Worked::Derived(id))),
                    FormulaName::Score(of) => out.push(places.score(of)),
                    FormulaName::Answer(_) => {}
                }
            }
        };
        let mut guards: Vec<&Condition> = Vec::new();
        match of {
            Worked::Metric(id) => {
                let metric = pack.metric(id);
                metric.formula.iter().for_each(&mut formula);
                guards.extend(&metric.valid_if);
                guards.extend(metric.bands.iter().filter_map(|dated| dated.only.as_ref()));
                guards.extend(metric.points.iter().filter_map(|dated| dated.only.as_ref()));
            }
            Worked::Derived(id) => pack.derived(id).formula.iter().for_each(formula),
            Worked::Area(id) => {
                let area = pack.area(id);
                match &area.scoring.method {
                    Method::Formula(own) => formula(own),
                    _ => out.extend(area.metrics.iter().map(|id| id.0)),
                }
                guards.extend(&area.scoring.valid_if);
                guards.extend(area.bands.iter().filter_map(|dated| dated.only.as_ref()));
            }
            Worked::Total => {
                let Some(total) = &pack.total else { return out };
                match &total.scoring.method {
                    Method::Formula(own) => formula(own),
                    _ => {
                        let counted =
                            pack.areas.iter().enumerate().filter(|(_, area)| !area.weight.is_zero());
                        out.extend(counted.map(|(at, _)| places.place(Worked::Area(AreaId(at)))));
                    }
                }
                guards.extend(&total.scoring.valid_if);
                guards.extend(total.bands.iter().filter_map(|dated| dated.only.as_ref()));
            }
        }
        for subject in guards.into_iter().flat_map(|guard| subjects(guard, pack)) {
            match subject {
                Subject::Metric(id) => out.push(id.0),
                Subject::Derived(id) => out.push(places.place(Worked::Derived(id))),
                _ => {}
            }
        }
        out
    }
}

/// Every place behind those that it needs; what needs itself in a circle comes somewhere.
fn in_order(needs: &[Vec<usize>]) -> Vec<usize> {
    let mut entered = vec![false; needs.len()];
    let mut done = vec![false; needs.len()];
    let mut out = Vec::with_capacity(needs.len());
    // A stack of its own, so that a long chain cannot overflow the program's.
    let mut stack: Vec<usize> = (0..needs.len()).rev().collect();
    while let Some(&place) = stack.last() {
        if done[place] {
            stack.pop();
        } else if entered[place] {
            done[place] = true;
            out.push(place);
            stack.pop();
        } else {
            entered[place] = true;
            stack.extend(needs[place].iter().filter(|need| !entered[**need]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn everything_comes_behind_what_it_needs() {
        assert_eq!(in_order(&[vec![2], vec![], vec![1]]), [1, 2, 0]);
        assert_eq!(in_order(&[vec![1, 2], vec![2], vec![]]), [2, 1, 0]);
        assert_eq!(in_order(&[vec![1], vec![0]]).len(), 2);
    }
}
