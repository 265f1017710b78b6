//! Whether anybody would be judged differently with a slip in the pack, and who.

use std::cell::OnceCell;

use jiff::civil::Date;

use super::questions::{Ask, questions};
use super::slip::Part;
use crate::cells::{Goal, Outcome, Space};
use crate::engine::conclude;
use crate::logic::subjects;
use crate::model::{BandOf, Condition, Dated, Findings, MetricId, Pack, Respondent, ScoreOf, Subject};
use crate::values::work_out;

/// Somebody for whom a slip makes a difference.
#[derive(Clone, Debug)]
pub struct Difference {
    pub respondent: Box<Respondent>,
    /// "rule `x` is fired, and with the change not_fired"
    pub words: String,
    /// What the slip makes the judgement look at.
    pub subjects: Vec<Subject>,
}

/// What becomes of a slip that no test noticed.
pub enum Fate {
    /// Nobody is judged differently, and that is proved.
    Equivalent,
    Differs(Difference),
    NotDecided,
}

/// People who are tried where reasoning does not reach.
const PEOPLE: usize = 200;

/// Everything that can be answered, on the days on which dated things begin.
pub struct World<'p> {
    pack: &'p Pack,
    newest: Space<'p>,
    people: OnceCell<Vec<Respondent>>,
}

impl<'p> World<'p> {
    pub fn of(pack: &'p Pack) -> World<'p> {
        World { pack, newest: Space::of(pack, None), people: OnceCell::new() }
    }

    /// `slipped` is the pack with the slip, `part` what stood there before.
    pub fn fate(&self, slipped: &Pack, part: &Part) -> Fate {
        let Some(questions) = questions(self.pack, slipped, part) else {
            return self.tried(slipped, &[]).map_or(Fate::NotDecided, Fate::Differs);
        };
        let earlier = questions.as_of.map(|day| Space::of(self.pack, Some(day)));
        let space = earlier.as_ref().unwrap_or(&self.newest);
        let looked_at = self.looked_at(&questions.asks);
        let named = |subjects: Vec<Subject>| self.with_choosers(subjects, part, questions.as_of);
        let mut proved = !questions.partial;
        for ask in &questions.asks {
            let mut goal = Goal::default();
            for (condition, truths) in &ask.claims {
                goal = goal.condition(condition, *truths);
            }
            for (rule, truths) in &ask.rules {
                goal = goal.rule(*rule, *truths);
            }
            match space.find_only(&goal) {
                Outcome::Impossible(_) => {}
                Outcome::NotDecided(_) => proved = false,
                Outcome::Witness(mut respondent) => {
                    respondent.date = questions.as_of;
                    match self.difference(slipped, &respondent) {
                        Some(words) => {
                            let subjects = named(self.looked_at(std::slice::from_ref(ask)));
                            return Fate::Differs(Difference { respondent, words, subjects });
                        }
                        None => proved = false,
                    }
                }
            }
        }
        // Where "not applicable" keeps a rule open is told apart from other ways of being unknown by trying alone.
        if proved && !self.may_not_apply(&looked_at) {
            return Fate::Equivalent;
        }
        self.tried(slipped, &named(looked_at)).map_or(Fate::NotDecided, Fate::Differs)
    }

    fn looked_at(&self, asks: &[Ask]) -> Vec<Subject> {
        let mut out: Vec<Subject> = Vec::new();
        let mut add = |condition| {
            for subject in subjects(condition, self.pack) {
                if !out.contains(&subject) {
                    out.push(subject);
                }
            }
        };
        for ask in asks {
            ask.claims.iter().for_each(|(condition, _)| add(condition));
            for (rule, _) in &ask.rules {
                add(&self.pack.rules[rule.0].when);
                self.pack.rules[rule.0].unless.iter().for_each(&mut add);
            }
        }
        out
    }

    /// What must be said of somebody: what chooses among tables that depend on an answer, then what is looked at.
    fn with_choosers(&self, looked_at: Vec<Subject>, part: &Part, day: Option<Date>) -> Vec<Subject> {
        let mut out: Vec<Subject> = Vec::new();
        let mut choose = |only: Option<&Condition>| {
            for subject in only.iter().flat_map(|only| subjects(only, self.pack)) {
                if !out.contains(&subject) && !looked_at.contains(&subject) {
                    out.push(subject);
                }
            }
        };
        let mut bands = |of: BandOf| {
            let lists = self.pack.dated_bands(of);
            lists[Dated::on(lists, day)].iter().for_each(|dated| choose(dated.only.as_ref()));
        };
        match part {
            Part::Bands(list) => list.iter().for_each(|(of, ..)| bands(*of)),
            _ => looked_at.iter().for_each(|subject| {
                if let Subject::Band(of) = subject {
                    bands(*of);
                }
            }),
        }
        let mut points = |id: MetricId| {
            let tables = &self.pack.metric(id).points;
            tables[Dated::on(tables, day)].iter().for_each(|dated| choose(dated.only.as_ref()));
        };
        match part {
            Part::Points(id, ..) => points(*id),
            _ => looked_at.iter().for_each(|subject| {
                if let Subject::Points(id) = subject {
                    points(*id);
                }
            }),
        }
        out.extend(looked_at);
        out
    }

    /// Whether several things are looked at of which one may not apply to somebody.
    fn may_not_apply(&self, subjects: &[Subject]) -> bool {
        let question = |place: usize| {
            let question = &self.pack.questions[place];
            question.not_applicable || question.ask_if.is_some()
        };
        let one = |subject: &Subject| match subject {
            Subject::Answer(id) => question(id.0),
            Subject::Score(ScoreOf::Area(area)) | Subject::Band(BandOf::Score(ScoreOf::Area(area))) => {
                self.pack.area(*area).questions.iter().any(|id| question(id.0))
            }
            Subject::Score(ScoreOf::Total) | Subject::Band(BandOf::Score(ScoreOf::Total)) => {
                (0..self.pack.questions.len()).any(question)
            }
            _ => false,
        };
        subjects.len() > 1 && subjects.iter().any(one)
    }

    /// One of the people made up for whom it makes a difference.
    fn tried(&self, slipped: &Pack, looked_at: &[Subject]) -> Option<Difference> {
        let people = self.people.get_or_init(|| self.newest.people(PEOPLE));
        people.iter().find_map(|respondent| {
            let words = self.difference(slipped, respondent)?;
            let respondent = Box::new(respondent.clone());
            Some(Difference { respondent, words, subjects: looked_at.to_vec() })
        })
    }

    /// What a test could see that is different with the slip; none where there is nothing.
    fn difference(&self, slipped: &Pack, respondent: &Respondent) -> Option<String> {
        let judge = |pack: &Pack| {
            let day: Option<Date> = respondent.date;
            conclude(pack, respondent, day, work_out(pack, respondent, day))
        };
        let (before, after) = (judge(self.pack), judge(slipped));
        let with_slip = |what: String, before: &str, after: &str| {
            Some(format!("{what} is {before}, and with the change {after}"))
        };
        match (before.refusals.is_empty(), after.refusals.is_empty()) {
            (true, true) => {}
            (false, false) => return None,
            (accepted, _) => {
                let word = |accepted| if accepted { "judged" } else { "refused" };
                return with_slip("the respondent".to_owned(), word(accepted), word(!accepted));
            }
        }
        for (rule, (one, other)) in self.pack.rules.iter().zip(before.rules.iter().zip(&after.rules)) {
            if one.status != other.status {
                return with_slip(format!("rule `{}`", rule.id), one.status.word(), other.status.word());
            }
        }
        for prescription in 0..self.pack.prescriptions.len() {
            let advised = |findings: &Findings| {
                findings.prescriptions.iter().any(|advice| advice.prescription.0 == prescription)
            };
            let word = |advised| if advised { "advised" } else { "not advised" };
            let (one, other) = (advised(&before), advised(&after));
            if one != other {
                let id = &self.pack.prescriptions[prescription].id;
                return with_slip(format!("`{id}`"), word(one), word(other));
            }
        }
        let metrics = (0..self.pack.metrics.len()).map(|place| BandOf::Metric(MetricId(place)));
        let areas = (0..self.pack.areas.len()).map(|place| ScoreOf::Area(crate::model::AreaId(place)));
        let scores = areas.chain(self.pack.total.as_ref().map(|_| ScoreOf::Total)).map(BandOf::Score);
        for of in metrics.chain(scores) {
            let band =
                |findings: &Findings| crate::cells::value(Subject::Band(of), self.pack, &findings.values);
            let (one, other) = (band(&before), band(&after));
            if one != other {
                let name = crate::pack::print::subject(Subject::Band(of), self.pack).unwrap_or_default();
                return with_slip(format!("`{name}`"), &one, &other);
            }
        }
        let order = |findings: &Findings| {
            findings.prescriptions.iter().map(|advice| advice.prescription).collect::<Vec<_>>()
        };
        let other = |what: &str| Some(format!("{what} is another with the change"));
        if order(&before) != order(&after) {
            return other("the order of what is advised");
        }
        if before.plan.steps != after.plan.steps {
            return other("the plan");
        }
        if before.leaks != after.leaks {
            return other("the list of leaks");
        }
        let ends = |findings: &Findings| {
            let scores = findings.values.areas.iter().chain([&findings.values.total]);
            let scores: Vec<_> = scores.map(|score| score.ends.clone()).collect();
            let metrics: Vec<_> = findings.values.metrics.iter().map(|value| value.ends.clone()).collect();
            (scores, metrics)
        };
        if ends(&before) != ends(&after) {
            return other("a score or a metric");
        }
        None
    }
}
