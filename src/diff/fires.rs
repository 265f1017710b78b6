//! Whether a rule fires for somebody under one pack and not under another.
//!
//! Where one pack knows every name that the other one's rule rests on, one space decides both, exactly. Where a
//! definition behind a name changed too, people of both spaces are tried; who is not found proves nothing.

use std::cell::{OnceCell, RefCell};

use super::basis::{Bases, Basis};
use super::carry::{Way, number_behind};
use super::standing::{Part, standing};
use super::written;
use crate::cells::{Goal, Outcome, Space, Truths, answers_by_worth, case_of, value};
use crate::check::SoundPack;
use crate::engine::evaluate;
use crate::logic::subjects;
use crate::model::{
    Absence, Answer, BandOf, Check, Condition, Findings, IfMissing, Limit, Number, Pack, QuestionId,
    Respondent, RuleId, ScoreOf, Status, Subject, Test,
};
use crate::wording::list;

/// What became of one direction of the question.
#[derive(Clone, Debug)]
pub enum Case {
    /// Proved: there is nobody.
    Nobody,
    Somebody(Box<Witness>),
    /// Nobody was found; these names stand for something else, or none where the search was given up.
    NotDecided(Vec<String>),
}

/// Somebody for whom the rule fires under one pack only, evaluated under both.
#[derive(Clone, Debug)]
pub struct Witness {
    /// As the old pack is answered.
    pub old: Respondent,
    /// As the new one is.
    pub new: Respondent,
    /// Whether one file says both: nothing is answered that only one pack asks.
    pub shared: bool,
    /// In a few words.
    pub case: String,
}

/// One of the two packs.
pub struct Side<'p> {
    pub sound: &'p SoundPack,
    pub space: Space<'p>,
    pub bases: Bases<'p>,
    /// To the other pack.
    pub way: Way<'p>,
}

impl<'p> Side<'p> {
    pub fn pack(&self) -> &'p Pack {
        self.sound.pack()
    }
}

/// Two packs side by side.
pub struct Pair<'p> {
    pub old: Side<'p>,
    pub new: Side<'p>,
    people: OnceCell<Vec<Respondents>>,
    /// Witnesses of other rules: whose score came out otherwise once is where to look again.
    met: RefCell<Vec<Respondents>>,
}

/// One person as each pack is answered.
struct Respondents {
    old: Respondent,
    new: Respondent,
    shared: bool,
}

/// The pack under which a rule fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Under {
    Old,
    New,
}

/// What one space says.
enum Asked {
    Nobody,
    Somebody(Box<Witness>),
    Open,
}

/// People made up in each space where reasoning does not reach.
const PEOPLE: usize = 100;

impl<'p> Pair<'p> {
    pub fn of(old: &'p SoundPack, new: &'p SoundPack) -> Pair<'p> {
        let side = |sound: &'p SoundPack, other: &'p SoundPack| Side {
            sound,
            space: Space::of(sound.pack(), None),
            bases: Bases::of(sound.pack()),
            way: Way::new(sound.pack(), other.pack()),
        };
        Pair { old: side(old, new), new: side(new, old), people: OnceCell::new(), met: RefCell::default() }
    }

    /// Whether both packs say of the rule the same in the same words, down to everything it rests on.
    pub fn is_same(&self, old: RuleId, new: RuleId) -> bool {
        let texts = |side: &Side<'_>, id: RuleId| {
            let parts = standing(side.pack(), id);
            let text =
                |part: &Part| (written::canon(side.pack(), &part.condition), format!("{:?}", part.truths));
            let mut all: Vec<_> = parts[1..].iter().map(text).collect();
            all.sort();
            (text(&parts[0]), all)
        };
        texts(&self.old, old) == texts(&self.new, new) && basis(&self.old, old) == basis(&self.new, new)
    }

    /// Whether the rule fires for somebody under one pack and not under the other.
    pub fn case(&self, old: RuleId, new: RuleId, under: Under) -> Case {
        let (parts_old, parts_new) = (standing(self.old.pack(), old), standing(self.new.pack(), new));
        let mut blocked: Vec<String> = Vec::new();
        let (mut proved, mut asked) = (false, false);
        for host in [Under::New, Under::Old] {
            let (here, guest, own, foreign) = match host {
                Under::New => (&self.new, &self.old, &parts_new, &parts_old),
                Under::Old => (&self.old, &self.new, &parts_old, &parts_new),
            };
            let foreign = match carried(guest, here, foreign) {
                Ok(foreign) => foreign,
                Err(names) => {
                    names.into_iter().for_each(|name| {
                        if !blocked.contains(&name) {
                            blocked.push(name);
                        }
                    });
                    continue;
                }
            };
            asked = true;
            let (fires, rests) = if host == under { (own, &foreign) } else { (&foreign, own) };
            // First those of whom it is sure; that there is nobody holds only if nobody is unsure either.
            for sure in [true, false] {
                match self.ask(host, (fires, rests), sure, (old, new), under) {
                    Asked::Nobody if !sure => proved = true,
                    Asked::Nobody => {}
                    Asked::Somebody(witness) => return Case::Somebody(witness),
                    Asked::Open => break,
                }
            }
            if proved {
                break;
            }
        }
        if proved {
            return Case::Nobody;
        }
        match self.search((old, new), under) {
            Some(witness) => Case::Somebody(Box::new(witness)),
            None => Case::NotDecided(if asked { Vec::new() } else { blocked }),
        }
    }

    /// Puts the question to one space: every part of the one side holds, and some part of the other does not.
    fn ask(
        &self,
        host: Under,
        (fires, rests): (&[Part], &[Part]),
        sure: bool,
        ids: (RuleId, RuleId),
        under: Under,
    ) -> Asked {
        let here = self.side(host);
        let refusing = self.refusing(host);
        let mut impossible = true;
        for part in rests {
            let mut goal = Goal::default();
            for wanted in fires {
                goal = goal.condition(&wanted.condition, wanted.holding(sure));
            }
            goal = goal.condition(&part.condition, part.failing(sure));
            for condition in &refusing {
                goal = goal.condition(condition, Truths::DECIDED);
            }
            match here.space.find_only(&goal) {
                Outcome::Impossible(_) => {}
                Outcome::NotDecided(_) => impossible = false,
                Outcome::Witness(respondent) => {
                    if let Some(witness) = self.confirmed(host, &respondent, ids, under) {
                        return Asked::Somebody(Box::new(witness));
                    }
                    impossible = false;
                }
            }
        }
        if impossible { Asked::Nobody } else { Asked::Open }
    }

    /// Rules of the other pack that refuse whoever leaves them open, as far as they can be said here.
    fn refusing(&self, host: Under) -> Vec<Condition> {
        let (here, guest) = match host {
            Under::New => (&self.new, &self.old),
            Under::Old => (&self.old, &self.new),
        };
        let rules = guest.pack().rules.iter().enumerate();
        let required = rules.filter(|(_, rule)| rule.if_missing == IfMissing::Require);
        required
            .filter_map(|(place, _)| {
                let whole = super::standing::whole(guest.pack(), RuleId(place));
                guest.way.condition(&whole, &guest.bases, &here.bases).ok()
            })
            .collect()
    }

    fn side(&self, under: Under) -> &Side<'p> {
        match under {
            Under::Old => &self.old,
            Under::New => &self.new,
        }
    }

    /// One person as each pack is answered: first as both can be, then each as far as it goes.
    fn both(&self, host: Under, respondent: &Respondent) -> [Respondents; 2] {
        let (here, there) = match host {
            Under::Old => (&self.old, &self.new),
            Under::New => (&self.new, &self.old),
        };
        let over = here.way.respondent(respondent);
        let back = there.way.respondent(&over);
        let order = |own: Respondent, other: Respondent, shared: bool| match host {
            Under::Old => Respondents { old: own, new: other, shared },
            Under::New => Respondents { old: other, new: own, shared },
        };
        [order(back, over.clone(), true), order(respondent.clone(), over, false)]
    }

    fn confirmed(
        &self,
        host: Under,
        respondent: &Respondent,
        ids: (RuleId, RuleId),
        under: Under,
    ) -> Option<Witness> {
        for both in self.both(host, respondent) {
            if let Some(witness) = self.holds(&both, ids, under) {
                self.met.borrow_mut().push(both);
                return Some(witness);
            }
        }
        None
    }

    /// Evaluates somebody under both packs.
    fn holds(&self, both: &Respondents, (old, new): (RuleId, RuleId), under: Under) -> Option<Witness> {
        let before = evaluate(self.old.sound, &both.old, None);
        let after = evaluate(self.new.sound, &both.new, None);
        if !before.refusals.is_empty() || !after.refusals.is_empty() {
            return None;
        }
        let fired = |found: &Findings, id: RuleId| found.rules[id.0].status == Status::Fired;
        let (was, is) = (fired(&before, old), fired(&after, new));
        if (was, is) != (under == Under::Old, under == Under::New) {
            return None;
        }
        let (side, values, id) = match under {
            Under::Old => (&self.old, &before.values, old),
            Under::New => (&self.new, &after.values, new),
        };
        let (other, others, aside, verb) = match under {
            Under::Old => (&self.new, &after.values, "; now ", "is"),
            Under::New => (&self.old, &before.values, "; before, ", "was"),
        };
        let looked_at = self.looked_at(side, id);
        let mut case = case_of(&looked_at, side.pack(), values);
        // What the same answers come to under the other pack, where that is something else.
        let elsewhere = looked_at.iter().filter_map(|subject| {
            let there = side.way.subject(*subject)?;
            let (here, there) = (value(*subject, side.pack(), values), value(there, other.pack(), others));
            (here != there).then(|| format!("`{}` {verb} {there}", written::name(side.pack(), *subject)))
        });
        let elsewhere: Vec<String> = elsewhere.collect();
        if !elsewhere.is_empty() {
            case.push_str(aside);
            case.push_str(&list(&elsewhere));
        }
        Some(Witness { old: both.old.clone(), new: both.new.clone(), shared: both.shared, case })
    }

    /// What a rule looks at; beside a band that is cut elsewhere in the other pack, the number itself.
    fn looked_at(&self, side: &Side<'_>, id: RuleId) -> Vec<Subject> {
        let other = if std::ptr::eq(side, &self.old) { &self.new } else { &self.old };
        let mut out: Vec<Subject> = Vec::new();
        for part in standing(side.pack(), id) {
            for subject in subjects(&part.condition, side.pack()) {
                let moved = |of: BandOf| {
                    let there = side.way.subject(Subject::Band(of));
                    there.is_none_or(|there| side.bases.subject(subject) != other.bases.subject(there))
                };
                if let Subject::Band(of) = subject
                    && moved(of)
                    && !out.contains(&number_behind(of))
                {
                    out.push(number_behind(of));
                }
                if !out.contains(&subject) {
                    out.push(subject);
                }
            }
        }
        out
    }

    /// Tries people: who meets the rule's conditions in either space, then near every number that it looks at and with
    /// each answer behind a score at its worst and its best, then people made up.
    fn search(&self, ids: (RuleId, RuleId), under: Under) -> Option<Witness> {
        for host in [under, if under == Under::Old { Under::New } else { Under::Old }] {
            let side = self.side(host);
            let id = if host == Under::Old { ids.0 } else { ids.1 };
            let fires = host == under;
            let wanted = if fires { Truths::TRUE } else { Truths::NOT_TRUE };
            let plain = side.space.find_only(&Goal::default().rule(id, wanted)).witness();
            let found = plain.and_then(|respondent| self.confirmed(host, &respondent, ids, under));
            if found.is_some() {
                return found;
            }
            for goal in self.again(host, id) {
                let found = side.space.find_only(&goal.rule(id, wanted)).witness();
                let found = found.and_then(|respondent| self.confirmed(host, &respondent, ids, under));
                if found.is_some() {
                    return found;
                }
            }
            let near = self.near(host, ids);
            let near = near.iter().map(|near| Goal::default().condition(near, Truths::TRUE));
            let one_way = one_way(side.pack(), id).into_iter();
            let one_way = one_way.map(|(question, answer)| Goal::default().answer(question, answer));
            for goal in near.chain(one_way) {
                let goal = goal.rule(id, wanted);
                let found = side.space.find_only(&goal).witness();
                let found = found.and_then(|respondent| self.confirmed(host, &respondent, ids, under));
                if found.is_some() {
                    return found;
                }
            }
        }
        let people = self.people.get_or_init(|| {
            let of =
                |host: Under| self.side(host).space.people(PEOPLE).into_iter().map(move |one| (host, one));
            of(Under::Old).chain(of(Under::New)).flat_map(|(host, one)| self.both(host, &one)).collect()
        });
        people.iter().find_map(|both| self.holds(both, ids, under))
    }

    /// The answers of those met before to what is behind this rule's scores.
    fn again(&self, host: Under, id: RuleId) -> Vec<Goal<'static>> {
        let behind = behind_scores(self.side(host).pack(), id);
        let met = self.met.borrow();
        let goal = |both: &Respondents| {
            let one = if host == Under::Old { &both.old } else { &both.new };
            behind.iter().fold(Goal::default(), |goal, question| {
                match one.answers[question.0] {
                    // What voices said stands elsewhere.
                    Answer::Absent(Absence::NotAsked) => goal,
                    ref answer => goal.answer(*question, answer.clone()),
                }
            })
        };
        if behind.is_empty() { Vec::new() } else { met.iter().rev().take(MOST_EDGES).map(goal).collect() }
    }

    /// Narrow ranges around each number with which either pack compares what the rule looks at.
    fn near(&self, host: Under, (old, new): (RuleId, RuleId)) -> Vec<Condition> {
        let mut edges: Vec<(Subject, Number)> = Vec::new();
        for (side, id, own) in [(&self.old, old, host == Under::Old), (&self.new, new, host == Under::New)] {
            let pack = side.pack();
            let whole = super::standing::whole(pack, id);
            for test in every_test(pack, &whole) {
                let (subject, numbers) = numbers(pack, test);
                let here = if own { Some(subject) } else { side.way.subject(subject) };
                edges
                    .extend(here.into_iter().flat_map(|here| numbers.iter().map(move |n| (here, n.clone()))));
            }
        }
        edges.sort();
        edges.dedup();
        edges.truncate(MOST_EDGES);
        let pack = self.side(host).pack();
        let mut out = Vec::new();
        for (subject, edge) in edges {
            let width = match subject {
                Subject::Score(of) => pack.score_range(of),
                Subject::Metric(id) => pack.metric(id).reach.as_ref(),
                _ => None,
            };
            let width = width.map_or_else(Number::one, |(low, high)| high - low);
            let beside = |low: Number, high: Number| {
                let check =
                    Check::Between { low: Limit::Number(low), high: Limit::Number(high), negated: false };
                Condition::Test(Test { subject, check, span: pack.rules[0].span })
            };
            for share in [20, 400] {
                let width = &width * &Number::ratio(1, share);
                out.push(beside(&edge - &width, edge.clone()));
                out.push(beside(edge.clone(), &edge + &width));
            }
        }
        out
    }
}

/// The worst and the best answer to each question behind the scores that a rule looks at.
fn one_way(pack: &Pack, id: RuleId) -> Vec<(QuestionId, Answer)> {
    let mut out = Vec::new();
    for question in behind_scores(pack, id).into_iter().take(MOST_EDGES) {
        let mut answers = answers_by_worth(pack, question);
        out.extend(answers.pop().map(|best| (question, best)));
        out.extend(answers.into_iter().next().map(|worst| (question, worst)));
    }
    out
}

/// The questions behind the scores of areas that a rule looks at.
fn behind_scores(pack: &Pack, id: RuleId) -> Vec<QuestionId> {
    let mut behind: Vec<QuestionId> = Vec::new();
    for subject in subjects(&super::standing::whole(pack, id), pack) {
        match subject {
            Subject::Score(ScoreOf::Area(area)) | Subject::Band(BandOf::Score(ScoreOf::Area(area))) => {
                behind.extend(&pack.area(area).questions);
            }
            _ => {}
        }
    }
    behind
}

/// Numbers that are tried for one rule.
const MOST_EDGES: usize = 12;

fn every_test<'c>(pack: &'c Pack, condition: &'c Condition) -> Vec<&'c Test> {
    let mut out = Vec::new();
    condition.visit(&mut |part| match part {
        Condition::Test(test) => out.push(test),
        Condition::Named(id, _) => out.extend(every_test(pack, &pack.condition(*id).when)),
        _ => {}
    });
    out
}

/// The number that a line looks at, and those that it tells apart.
fn numbers(pack: &Pack, test: &Test) -> (Subject, Vec<Number>) {
    match test.subject {
        Subject::Band(of) => {
            let edges = pack.dated_bands(of).iter().flat_map(|dated| dated.value.edges()).collect();
            (number_behind(of), edges)
        }
        subject => {
            (subject, test.check.limits().iter().map(|limit| limit.on(pack, None).into_owned()).collect())
        }
    }
}

/// The parts in the other pack's places.
fn carried(from: &Side<'_>, to: &Side<'_>, parts: &[Part]) -> Result<Vec<Part>, Vec<String>> {
    let mut out = Vec::new();
    for part in parts {
        let condition = from.way.condition(&part.condition, &from.bases, &to.bases)?;
        out.push(Part { condition, truths: part.truths });
    }
    Ok(out)
}

/// Everything that a rule's status rests on.
fn basis(side: &Side<'_>, id: RuleId) -> Basis {
    let mut out = Basis::new();
    for part in standing(side.pack(), id) {
        out.extend(side.bases.condition(&part.condition));
    }
    out
}
