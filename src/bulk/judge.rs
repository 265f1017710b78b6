//! Rules and prescriptions of a pack as a list of steps over the truths of its comparisons.

use std::collections::HashMap;

use super::layout::Layout;
use super::planes::{Truths, all, any, at_least};
use crate::model::{
    Check, Condition, ConditionId, IfMissing, Number, Pack, Prescribed, PrescriptionId, Severity, Subject,
    Test,
};

/// One step; it names steps before it.
#[derive(Clone, Debug)]
enum Step {
    Test(usize),
    All(Vec<usize>),
    Any(Vec<usize>),
    Not(usize),
    AtLeast(usize, Vec<usize>),
}

#[derive(Clone, Debug)]
struct RuleSteps {
    when: usize,
    /// It holds, and the exception does not.
    unless: Option<usize>,
    if_missing: IfMissing,
    /// Places of weaker rules.
    supersedes: Vec<usize>,
    gives: Vec<Gives>,
    severity: Severity,
}

#[derive(Clone, Debug)]
enum Gives {
    One(usize),
    /// Each step's prescription and the place of its guard.
    Ladder(Vec<(usize, Option<usize>)>),
}

/// A prescription at one severity, in the order of rank.
#[derive(Clone, Debug)]
struct Ranked {
    prescription: usize,
    severity: Severity,
    /// Places before it in this order that are never advised together with it.
    gives_way: Vec<usize>,
}

/// The rules of a pack, ready to be judged for 64 respondents at once.
#[derive(Clone, Debug)]
pub struct Judge {
    steps: Vec<Step>,
    rules: Vec<RuleSteps>,
    /// The rules of each group that lets only the strongest stand, the strongest first.
    groups: Vec<Vec<usize>>,
    prescriptions: usize,
    ranked: Vec<Ranked>,
}

/// What became of the rules, one a rule: a bit a respondent.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    pub fired: Vec<u64>,
    pub undecided: Vec<u64>,
    pub not_applicable: Vec<u64>,
    pub superseded: Vec<u64>,
    /// Who must be refused for want of an answer.
    pub refused: u64,
    /// In the order of rank.
    pub advised: Vec<u64>,
    pub set_aside: Vec<u64>,
}

/// Every different comparison that rules or ladders hold, in the order met.
#[derive(Default)]
pub struct Tests<'p> {
    list: Vec<&'p Test>,
    by_subject: HashMap<Subject, Vec<usize>>,
}

impl<'p> Tests<'p> {
    fn place(&mut self, test: &'p Test) -> usize {
        let same: &mut Vec<usize> = self.by_subject.entry(test.subject).or_default();
        let known = |at: &&usize| -> bool { check(self.list[**at]) == check(test) };
        match same.iter().find(known) {
            Some(at) => *at,
            None => {
                same.push(self.list.len());
                self.list.push(test);
                self.list.len() - 1
            }
        }
    }

    pub fn list(&self) -> &[&'p Test] {
        &self.list
    }
}

fn check(test: &Test) -> &Check {
    &test.check
}

/// Makes steps of conditions; a shared condition is judged once.
struct Builder<'p, 't> {
    pack: &'p Pack,
    tests: &'t mut Tests<'p>,
    steps: Vec<Step>,
    by_test: HashMap<usize, usize>,
    named: HashMap<ConditionId, usize>,
}

impl<'p> Builder<'p, '_> {
    fn add(&mut self, step: Step) -> usize {
        self.steps.push(step);
        self.steps.len() - 1
    }

    fn condition(&mut self, condition: &'p Condition) -> usize {
        match condition {
            Condition::Test(test) => {
                let place = self.tests.place(test);
                match self.by_test.get(&place) {
                    Some(step) => *step,
                    None => {
                        let step = self.add(Step::Test(place));
                        self.by_test.insert(place, step);
                        step
                    }
                }
            }
            Condition::All(parts) => {
                let parts = self.parts(parts);
                self.add(Step::All(parts))
            }
            Condition::Any(parts) => {
                let parts = self.parts(parts);
                self.add(Step::Any(parts))
            }
            Condition::AtLeast(n, parts) => {
                let parts = self.parts(parts);
                self.add(Step::AtLeast(*n, parts))
            }
            Condition::Not(inner) => {
                let inner = self.condition(inner);
                self.add(Step::Not(inner))
            }
            Condition::Named(id, _) => {
                if let Some(step) = self.named.get(id) {
                    return *step;
                }
                let step = self.condition(&self.pack.condition(*id).when);
                self.named.insert(*id, step);
                step
            }
        }
    }

    fn parts(&mut self, parts: &'p [Condition]) -> Vec<usize> {
        parts.iter().map(|part| self.condition(part)).collect()
    }
}

impl Judge {
    /// The steps of a pack's rules; their comparisons are gathered in `tests`.
    pub fn new<'p>(pack: &'p Pack, tests: &mut Tests<'p>) -> Judge {
        let mut builder =
            Builder { pack, tests, steps: Vec::new(), by_test: HashMap::new(), named: HashMap::new() };
        let mut rules = Vec::new();
        for rule in &pack.rules {
            let when = builder.condition(&rule.when);
            let unless = rule.unless.as_ref().map(|unless| builder.condition(unless));
            let gives = rule.prescribe.iter().map(|prescribed| match prescribed {
                Prescribed::One(id) => Gives::One(id.0),
                Prescribed::Ladder(id) => {
                    let steps = pack.ladder(*id).steps.iter().map(|step| {
                        let guard = step.guard.as_ref().map(|guard| builder.condition(guard));
                        (step.prescription.0, guard)
                    });
                    Gives::Ladder(steps.collect())
                }
            });
            let gives = gives.collect();
            let supersedes = rule.supersedes.iter().map(|weaker| weaker.0).collect();
            let (severity, if_missing) = (rule.severity, rule.if_missing);
            rules.push(RuleSteps { when, unless, if_missing, supersedes, gives, severity });
        }
        let strongest = |id: crate::model::RuleId| pack.rules[id.0].severity;
        let groups = pack.groups.iter().filter_map(|group| group.by_strength(strongest));
        let groups = groups.map(|group| group.into_iter().map(|id| id.0).collect()).collect();
        let steps = builder.steps;
        Judge { steps, rules, groups, prescriptions: pack.prescriptions.len(), ranked: ranked(pack) }
    }

    /// From now on tests are called by the bits in which their truths lie.
    pub fn place(&mut self, layout: &Layout) {
        for step in &mut self.steps {
            if let Step::Test(at) = step {
                *at = layout.bit(*at);
            }
        }
    }

    /// The prescriptions in the order in which `advised` and `set_aside` list them.
    pub fn order(&self) -> Vec<usize> {
        self.ranked.iter().map(|ranked| ranked.prescription).collect()
    }

    /// Judges everything over the truths of the comparisons.
    pub fn judge(&self, tests: &[Truths], advice: bool) -> Judged {
        let mut known: Vec<Truths> = Vec::with_capacity(self.steps.len());
        for step in &self.steps {
            let truths = match step {
                Step::Test(at) => tests[*at],
                Step::All(parts) => all(parts.iter().map(|part| known[*part])),
                Step::Any(parts) => any(parts.iter().map(|part| known[*part])),
                Step::Not(inner) => known[*inner].not(),
                Step::AtLeast(n, parts) => {
                    let parts: Vec<Truths> = parts.iter().map(|part| known[*part]).collect();
                    at_least(*n, &parts)
                }
            };
            known.push(truths);
        }
        let mut out = self.rules(&known);
        if advice {
            self.advise(&known, &mut out);
        }
        out
    }

    /// Each rule by itself, then the weaker ones set aside.
    fn rules(&self, known: &[Truths]) -> Judged {
        let mut out = Judged::default();
        for rule in &self.rules {
            let when = known[rule.when];
            let own = match rule.unless {
                None => when,
                Some(unless) => all([when, known[unless].not()].into_iter()),
            };
            let open = own.open();
            let (fired, undecided) = match rule.if_missing {
                IfMissing::Undecided => (own.yes, open),
                IfMissing::Require => {
                    out.refused |= open;
                    (own.yes, open)
                }
                IfMissing::AssumeFalse => (own.yes, 0),
                IfMissing::AssumeTrue => (own.yes | open, 0),
            };
            out.fired.push(fired);
            out.undecided.push(undecided);
            out.not_applicable.push(own.void);
        }
        let mut above = vec![(0u64, 0u64); self.rules.len()];
        for group in &self.groups {
            let (mut fired, mut open) = (0, 0);
            for &rule in group {
                above[rule].0 |= fired;
                above[rule].1 |= open;
                fired |= out.fired[rule];
                open |= out.undecided[rule];
            }
        }
        for (place, rule) in self.rules.iter().enumerate() {
            for &weaker in &rule.supersedes {
                above[weaker].0 |= out.fired[place];
                above[weaker].1 |= out.undecided[place];
            }
        }
        for (place, (stronger, open)) in above.into_iter().enumerate() {
            let (fired, undecided) = (out.fired[place], out.undecided[place]);
            out.superseded.push((fired | undecided) & stronger);
            out.fired[place] = fired & !stronger & !open;
            out.undecided[place] = (undecided | fired & open) & !stronger;
        }
        out
    }

    fn advise(&self, known: &[Truths], out: &mut Judged) {
        // For each prescription, to whom it is given with which severity.
        let mut given = vec![[0u64; 3]; self.prescriptions];
        for (rule, fired) in self.rules.iter().zip(&out.fired) {
            for gives in &rule.gives {
                match gives {
                    Gives::One(id) => given[*id][rule.severity as usize] |= fired,
                    Gives::Ladder(steps) => {
                        let mut before = !0;
                        for (id, guard) in steps {
                            let shown = match guard {
                                None => before,
                                Some(guard) => {
                                    let guard = known[*guard];
                                    before &= guard.yes;
                                    guard.no
                                }
                            };
                            given[*id][rule.severity as usize] |= fired & shown;
                        }
                    }
                }
            }
        }
        for ranked in &self.ranked {
            let levels = given[ranked.prescription];
            let stronger = match ranked.severity {
                Severity::High => 0,
                Severity::Medium => levels[2],
                Severity::Low => levels[2] | levels[1],
            };
            let wanted = levels[ranked.severity as usize] & !stronger;
            let kept_before = ranked.gives_way.iter().fold(0, |kept, at| kept | out.advised[*at]);
            out.advised.push(wanted & !kept_before);
            out.set_aside.push(wanted & kept_before);
        }
    }
}

/// Every prescription at every severity at which a rule may give it, best rank first.
fn ranked(pack: &Pack) -> Vec<Ranked> {
    let mut possible: Vec<(PrescriptionId, Severity)> = Vec::new();
    for rule in &pack.rules {
        for prescribed in &rule.prescribe {
            match prescribed {
                Prescribed::One(id) => possible.push((*id, rule.severity)),
                Prescribed::Ladder(id) => {
                    let steps = pack.ladder(*id).steps.iter();
                    possible.extend(steps.map(|step| (step.prescription, rule.severity)));
                }
            }
        }
    }
    possible.sort_unstable();
    possible.dedup();
    let rank = |(id, severity): (PrescriptionId, Severity)| {
        let prescription = pack.prescription(id);
        Number::ratio(severity.weight() * prescription.impact, prescription.effort.max(1))
    };
    possible.sort_by(|a, b| {
        let (first, second) = (pack.prescription(a.0), pack.prescription(b.0));
        rank(*b)
            .cmp(&rank(*a))
            .then(first.effort.cmp(&second.effort))
            .then(second.impact.cmp(&first.impact))
            .then(first.id.cmp(&second.id))
    });
    let excluded = |a: PrescriptionId, b: PrescriptionId| {
        pack.prescription(a).instead_of.contains(&b) || pack.prescription(b).instead_of.contains(&a)
    };
    let each = possible.iter().enumerate().map(|(place, (id, severity))| Ranked {
        prescription: id.0,
        severity: *severity,
        gives_way: (0..place).filter(|before| excluded(possible[*before].0, *id)).collect(),
    });
    each.collect()
}
