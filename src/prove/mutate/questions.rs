//! What must be so for somebody to be judged differently: one goal for each way in which that can come about.

use jiff::civil::Date;

use super::reach::Found;
use super::slip::Part;
use crate::cells::Truths;
use crate::model::{
    BandOf, Bands, Check, Comparison, Condition, ConditionId, Dated, IfMissing, LadderId, Limit, Number,
    Pack, PrescriptionId, Rule, RuleId, Subject, Test, ThresholdId,
};
use crate::source::Span;

/// All the ways; where nobody can go any of them, nobody is judged differently.
#[derive(Default)]
pub struct Questions {
    pub asks: Vec<Ask>,
    /// The day on which to ask; none: the newest of dated things.
    pub as_of: Option<Date>,
    /// Whether there may be other ways.
    pub partial: bool,
}

/// Claims that must all hold for one respondent.
pub struct Ask {
    pub claims: Vec<(Condition, Truths)>,
    pub rules: Vec<(RuleId, Truths)>,
}

/// None where the ways cannot be told. `part` holds what stood there before the slip.
pub fn questions(pack: &Pack, slipped: &Pack, part: &Part) -> Option<Questions> {
    let mut out = Questions::default();
    let mut expand = Expand { slipped, name: None, threshold: None, as_of: None, left: SIZE };
    match part {
        Part::When(id, _) | Part::Unless(id, _) => {
            out.rule(&pack.rules[id.0], &slipped.rules[id.0], &mut expand)?;
        }
        Part::Guard(id, step, _) => out.guard(pack, slipped, (*id, *step), &mut expand)?,
        Part::Named(id, _) => {
            expand.name = Some(*id);
            let found = Found { name: Some(*id), threshold: None, pack };
            out.everywhere(pack, slipped, &found, &mut expand)?;
        }
        Part::Threshold(id, place, _) => {
            let values = &pack.threshold(*id).values;
            out.as_of = day_of(values, *place);
            expand.threshold = Some(*id);
            expand.as_of = out.as_of;
            let found = Found { name: None, threshold: Some(*id), pack };
            out.everywhere(pack, slipped, &found, &mut expand)?;
        }
        Part::Supersedes(id, before) => {
            for weaker in before.iter().filter(|weaker| !slipped.rules[id.0].supersedes.contains(weaker)) {
                let pairs = [(Truths::NOT_FALSE, Truths::TRUE), (Truths::TRUE, Truths::UNKNOWN)];
                for (strong, weak) in pairs {
                    out.asks.push(Ask { claims: Vec::new(), rules: vec![(*id, strong), (*weaker, weak)] });
                }
            }
        }
        Part::InsteadOf(id, before) => {
            for other in before.iter().filter(|other| !slipped.prescription(*id).instead_of.contains(other)) {
                // Either of the two may say so.
                if !slipped.prescription(*other).instead_of.contains(id) {
                    out.together(pack, *id, *other);
                }
            }
        }
        Part::Bands(list) => {
            for (of, place, before) in list {
                out.as_of = day_of(pack.dated_bands(*of), *place);
                let subject = match of {
                    BandOf::Metric(id) => Subject::Metric(*id),
                    BandOf::Score(of) => Subject::Score(*of),
                };
                out.between(subject, before, &slipped.dated_bands(*of).get(*place)?.value);
            }
        }
        Part::Points(id, place, before) => {
            let points = &slipped.metric(*id).points;
            out.as_of = day_of(points, *place);
            out.between(Subject::Metric(*id), before, &points.get(*place)?.value.cuts);
        }
    }
    Some(out)
}

/// None where it is of the newest, which count without a day.
fn day_of<T>(list: &[Dated<T>], place: usize) -> Option<Date> {
    if Dated::on(list, None).contains(&place) { None } else { list.get(place)?.from }
}

impl Questions {
    /// One of the two comes to something that the other does not.
    fn pairs(&mut self, before: &Condition, after: &Condition, also: &[(RuleId, Truths)]) {
        let ways = [
            (Truths::TRUE, Truths::NOT_TRUE),
            (Truths::FALSE, Truths::NOT_FALSE),
            (Truths::UNKNOWN, Truths::DECIDED),
        ];
        for (one, other) in ways {
            let claims = vec![(before.clone(), one), (after.clone(), other)];
            self.asks.push(Ask { claims, rules: also.to_vec() });
        }
    }

    fn rule(&mut self, before: &Rule, after: &Rule, expand: &mut Expand<'_>) -> Option<()> {
        let after = expand.condition(&whole(after))?;
        self.pairs(&whole(before), &after, &[]);
        Some(())
    }

    /// A guard matters to whom a rule puts on its ladder.
    fn guard(
        &mut self,
        pack: &Pack,
        slipped: &Pack,
        (ladder, step): (LadderId, usize),
        expand: &mut Expand<'_>,
    ) -> Option<()> {
        let guard = |pack: &Pack| pack.ladder(ladder).steps.get(step)?.guard.clone();
        let (before, after) = (guard(pack)?, expand.condition(&guard(slipped)?)?);
        for (place, rule) in pack.rules.iter().enumerate() {
            if rule.prescribe.contains(&crate::model::Prescribed::Ladder(ladder)) {
                self.pairs(&before, &after, &[(RuleId(place), firing(rule))]);
            }
        }
        Some(())
    }

    fn everywhere(
        &mut self,
        pack: &Pack,
        slipped: &Pack,
        found: &Found<'_>,
        expand: &mut Expand<'_>,
    ) -> Option<()> {
        for id in found.rules() {
            self.rule(&pack.rules[id.0], &slipped.rules[id.0], expand)?;
        }
        for at in found.guards() {
            self.guard(pack, slipped, at, expand)?;
        }
        self.partial |= found.in_values();
        Some(())
    }

    /// Rules that hold together and give the one and the other.
    fn together(&mut self, pack: &Pack, one: PrescriptionId, other: PrescriptionId) {
        let giving = |id: PrescriptionId| {
            let rules = pack.rules.iter().enumerate();
            rules.filter(move |(_, rule)| pack.prescriptions_of(rule).contains(&id))
        };
        for (a, first) in giving(one) {
            for (b, second) in giving(other) {
                let rules = vec![(RuleId(a), firing(first)), (RuleId(b), firing(second))];
                self.asks.push(Ask { claims: Vec::new(), rules });
            }
        }
    }

    /// A value that lies in another band than before: at an edge, or between two.
    fn between(&mut self, subject: Subject, before: &Bands, after: &Bands) {
        let span = before.span;
        let mut edges = before.edges();
        edges.extend(after.edges());
        edges.sort();
        edges.dedup();
        let compare = |comparison, edge: &Number| line(subject, comparison, edge, span);
        for (place, edge) in edges.iter().enumerate() {
            if before.of(edge) != after.of(edge) {
                self.asks.push(sole(compare(Comparison::Equal, edge)));
            }
            if let Some(next) = edges.get(place + 1) {
                let inside = (edge + next) * Number::ratio(1, 2);
                if before.of(&inside) != after.of(&inside) {
                    let ends = [(Comparison::Greater, edge), (Comparison::Less, next)];
                    let ends = ends.map(|(comparison, edge)| compare(comparison, edge));
                    self.asks.push(sole(Condition::All(ends.to_vec())));
                }
            }
        }
    }
}

fn sole(condition: Condition) -> Ask {
    Ask { claims: vec![(condition, Truths::TRUE)], rules: Vec::new() }
}

fn line(subject: Subject, comparison: Comparison, edge: &Number, span: Span) -> Condition {
    Condition::Test(Test { subject, check: Check::Compare(comparison, Limit::Number(edge.clone())), span })
}

fn firing(rule: &Rule) -> Truths {
    if rule.if_missing == IfMissing::AssumeTrue { Truths::NOT_FALSE } else { Truths::TRUE }
}

/// A rule's conditions with its exception.
fn whole(rule: &Rule) -> Condition {
    match &rule.unless {
        None => rule.when.clone(),
        Some(unless) => Condition::All(vec![rule.when.clone(), Condition::Not(Box::new(unless.clone()))]),
    }
}

/// Parts that a condition may grow to when names in it are written out.
const SIZE: usize = 20_000;

/// Writes out what a space, which knows the pack without the slip, would take for something else.
struct Expand<'s> {
    slipped: &'s Pack,
    name: Option<ConditionId>,
    threshold: Option<ThresholdId>,
    as_of: Option<Date>,
    left: usize,
}

impl Expand<'_> {
    /// None where it grows too large.
    fn condition(&mut self, condition: &Condition) -> Option<Condition> {
        self.left = self.left.checked_sub(1)?;
        let found = Found { name: self.name, threshold: self.threshold, pack: self.slipped };
        let mut list = |parts: &[Condition]| -> Option<Vec<Condition>> {
            parts.iter().map(|part| self.condition(part)).collect()
        };
        Some(match condition {
            Condition::All(parts) => Condition::All(list(parts)?),
            Condition::Any(parts) => Condition::Any(list(parts)?),
            Condition::AtLeast(n, parts) => Condition::AtLeast(*n, list(parts)?),
            Condition::Not(inner) => Condition::Not(Box::new(self.condition(inner)?)),
            Condition::Named(id, _) if found.is_in(condition) => {
                let slipped = self.slipped;
                self.condition(&slipped.condition(*id).when)?
            }
            Condition::Named(..) => condition.clone(),
            Condition::Test(test) => Condition::Test(self.test(test)),
        })
    }

    fn test(&self, test: &Test) -> Test {
        let limit = |limit: &Limit| match limit {
            Limit::Threshold(id, _) if Some(*id) == self.threshold => {
                Limit::Number(limit.on(self.slipped, self.as_of).into_owned())
            }
            other => other.clone(),
        };
        let check = match &test.check {
            Check::Compare(comparison, of) => Check::Compare(*comparison, limit(of)),
            Check::Between { low, high, negated } => {
                Check::Between { low: limit(low), high: limit(high), negated: *negated }
            }
            Check::OneOfNumbers { numbers, negated } => {
                Check::OneOfNumbers { numbers: numbers.iter().map(limit).collect(), negated: *negated }
            }
            other => other.clone(),
        };
        Test { check, ..test.clone() }
    }
}
