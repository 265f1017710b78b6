//! The interview: questions out, lines in, answers kept. Pure: who calls it reads the lines and keeps the file.
//!
//! One item is asked at a time, a question or a metric ([`Item`]). [`Interview::question`] says it, [`Interview::hear`]
//! takes a line and says what came of it. Whatever was typed, the answers so far are a whole answers file.

mod order;
mod show;
mod typed;

pub use typed::id_of;

use crate::answers::Listener;
use crate::check::SoundPack;
use crate::engine::evaluate;
use crate::export::answers_so_far;
use crate::model::{Absence, Answer, Findings, Respondent, Status};
use typed::{Command, command};

/// What is asked about, by its place in the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    Question(usize),
    Metric(usize),
}

/// What came of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// What to say before anything is asked again; often nothing.
    pub say: String,
    /// Whether the answers are others now, so that they must be written.
    pub changed: bool,
    /// Whether the person wants to go.
    pub leave: bool,
}

/// What stands at the head of the file.
const ABOUT: &str = "Answers as typed in the interview; `kitwright ask` goes on where they stop.";

/// Why a rule may be open where nothing is left to ask.
const WANTING: &str = "something was skipped, is not known, or is for other people to say";

/// An interview under way.
pub struct Interview<'p> {
    sound: &'p SoundPack,
    listener: Listener<'p>,
    respondent: Respondent,
    /// One a question and one a metric: whether it was asked and something was said, be it "skipped".
    questions: Vec<bool>,
    metrics: Vec<bool>,
    /// Only what still decides an open rule.
    quick: bool,
    /// What was asked before, the last one last.
    past: Vec<Item>,
    at: Option<Item>,
    findings: Findings,
}

impl<'p> Interview<'p> {
    /// Begins, or goes on: `asked` are the ids of questions and metrics that stand in the answers already.
    pub fn new(sound: &'p SoundPack, respondent: Respondent, asked: &[&str], quick: bool) -> Interview<'p> {
        let pack = sound.pack();
        let known = |id: &String| asked.contains(&id.as_str());
        let voiced = |place: usize| {
            let silent = Answer::Absent(Absence::NotAsked);
            respondent.voices.iter().any(|voice| voice.answers.get(place).is_some_and(|said| *said != silent))
        };
        let questions = pack.questions.iter().enumerate();
        let mut interview = Interview {
            sound,
            listener: Listener::new(pack),
            questions: questions.map(|(place, question)| known(&question.id) || voiced(place)).collect(),
            metrics: pack.metrics.iter().map(|metric| known(&metric.id)).collect(),
            findings: evaluate(sound, &respondent, None),
            respondent,
            quick,
            past: Vec::new(),
            at: None,
        };
        interview.past = interview.all().into_iter().filter(|item| interview.is_asked(*item)).collect();
        interview.at = interview.next();
        interview
    }

    /// Whether nothing is left to ask.
    pub fn is_done(&self) -> bool {
        self.at.is_none()
    }

    /// Whether anything was asked already.
    pub fn has_begun(&self) -> bool {
        self.questions.iter().chain(&self.metrics).any(|asked| *asked)
    }

    pub fn respondent(&self) -> &Respondent {
        &self.respondent
    }

    /// The answers so far as a file.
    pub fn file(&self) -> String {
        answers_so_far(self.sound.pack(), &self.respondent, ABOUT, &self.questions, &self.metrics)
    }

    /// Whether a text is such a file and nothing that this room would lose stands in it: comments of others.
    pub fn keeps(text: &str) -> bool {
        text.lines().enumerate().all(|(at, line)| {
            let own = at == 0 && line.trim_end() == format!("# {ABOUT}");
            own || !(line.trim_start().starts_with('#') || line.contains(" #"))
        })
    }

    /// What is asked now, with its progress and the answers that it takes; empty where nothing is left.
    pub fn question(&self) -> String {
        let Some(item) = self.at else { return String::new() };
        let progress = if self.quick {
            let open = self.open_rules();
            let rules = crate::wording::count(open, "rule", "rules");
            format!("{} asked, {rules} open", self.past.len())
        } else {
            let all = self.all();
            let place = all.iter().position(|other| *other == item).map_or(1, |place| place + 1);
            format!("{place} of {}", all.len())
        };
        show::question(self.sound.pack(), item, &progress, &self.present(item))
    }

    /// What is said where nothing is left to ask.
    pub fn ending(&self) -> String {
        let open = self.open_rules();
        let rules = crate::wording::count(open, "rule", "rules");
        match (open, self.quick) {
            (0, true) => "Nothing is open any more: every rule is decided.".to_owned(),
            (0, false) => "That was all, and every rule is decided.".to_owned(),
            (1, _) => format!("That was all. {rules} stays open: {WANTING}."),
            _ => format!("That was all. {rules} stay open: {WANTING}."),
        }
    }

    /// Takes a line.
    pub fn hear(&mut self, line: &str) -> Heard {
        let Some(item) = self.at else { return say("") };
        let pack = self.sound.pack();
        match command(pack, item, line) {
            Command::Leave => Heard { say: String::new(), changed: false, leave: true },
            Command::Help => say(&show::help(pack, item)),
            Command::Back => {
                let here = self.past.iter().position(|past| *past == item).unwrap_or(self.past.len());
                match here.checked_sub(1) {
                    Some(before) => {
                        self.at = Some(self.past[before]);
                        say("")
                    }
                    None => say("This is the first one that is asked."),
                }
            }
            Command::Keep if self.is_asked(item) => {
                self.go_on(item);
                say("")
            }
            Command::Keep => match item {
                Item::Metric(_) => self.take(item, Said::Nothing),
                Item::Question(_) => say("An answer is wanted, or s to skip it; ? tells what can be typed."),
            },
            Command::Absent(absence) => self.absent(item, absence),
            Command::Text(text) => match item {
                Item::Question(place) => match typed::answer(pack, &self.listener, place, &text) {
                    Ok(answer) => self.take(item, Said::Answer(answer)),
                    Err(wrong) => say(&wrong),
                },
                Item::Metric(place) => match self.listener.measured(place, &text) {
                    Ok(value) => self.take(item, value.map_or(Said::Nothing, Said::Measured)),
                    Err(fault) => say(&typed::wrong(&fault)),
                },
            },
        }
    }

    fn absent(&mut self, item: Item, absence: Absence) -> Heard {
        match item {
            Item::Metric(_) => self.take(item, Said::Nothing),
            Item::Question(place) => {
                let question = &self.sound.pack().questions[place];
                if absence == Absence::NotApplicable && !question.not_applicable {
                    return say(
                        "This question applies to everybody: d says that it is not known, s skips it.",
                    );
                }
                self.take(item, Said::Answer(Answer::Absent(absence)))
            }
        }
    }

    fn take(&mut self, item: Item, said: Said) -> Heard {
        match (item, said) {
            (Item::Question(place), Said::Answer(answer)) => {
                self.respondent.answers[place] = answer;
                self.questions[place] = true;
            }
            (Item::Metric(place), said) => {
                self.respondent.metrics[place] = match said {
                    Said::Measured(value) => Some(value),
                    _ => None,
                };
                self.metrics[place] = true;
            }
            (Item::Question(_), _) => {}
        }
        self.judge();
        self.forget_what_is_not_asked();
        self.go_on(item);
        Heard { say: String::new(), changed: true, leave: false }
    }

    fn judge(&mut self) {
        self.findings = evaluate(self.sound, &self.respondent, None);
    }

    /// An answer that another answer takes back was never asked for.
    fn forget_what_is_not_asked(&mut self) {
        let pack = self.sound.pack();
        for _ in 0..pack.gated.len() {
            let gone = pack.gated.iter().find(|id| {
                self.questions[id.0]
                    && !self.is_voiced(id.0)
                    && !order::is_put(pack, &self.findings.values, id.0)
            });
            let Some(gone) = gone else { return };
            self.questions[gone.0] = false;
            self.respondent.answers[gone.0] = Answer::Absent(Absence::Skipped);
            self.past.retain(|item| *item != Item::Question(gone.0));
            self.judge();
        }
    }

    fn go_on(&mut self, from: Item) {
        if !self.past.contains(&from) {
            self.past.push(from);
        }
        // On the way forward again, what was answered already is passed.
        self.at = self.next();
    }

    /// Everything that is asked in the order of asking, what was asked already included.
    fn all(&self) -> Vec<Item> {
        let asked = |item: Item| self.is_asked(item);
        order::all(self.sound.pack(), &self.findings.values, &asked)
    }

    fn next(&self) -> Option<Item> {
        if self.quick {
            let open = order::deciding(&self.findings);
            return open.into_iter().find(|item| !self.is_asked(*item));
        }
        self.all().into_iter().find(|item| !self.is_asked(*item))
    }

    fn is_asked(&self, item: Item) -> bool {
        match item {
            Item::Question(place) => self.questions[place],
            Item::Metric(place) => self.metrics[place],
        }
    }

    fn is_voiced(&self, place: usize) -> bool {
        let silent = Answer::Absent(Absence::NotAsked);
        self.respondent
            .voices
            .iter()
            .any(|voice| voice.answers.get(place).is_some_and(|said| *said != silent))
    }

    fn open_rules(&self) -> usize {
        self.findings.rules.iter().filter(|rule| rule.status == Status::Undecided).count()
    }

    /// What was said already, to be kept with an empty line.
    fn present(&self, item: Item) -> Option<String> {
        let pack = self.sound.pack();
        self.is_asked(item).then(|| match item {
            Item::Question(place) => {
                typed::said(&pack.questions[place].kind, &self.respondent.answers[place])
            }
            Item::Metric(place) => match &self.respondent.metrics[place] {
                Some(given) => typed::measured(&pack.metrics[place].unit, &given.value),
                None => "skipped".to_owned(),
            },
        })
    }
}

enum Said {
    Answer(Answer),
    Measured(crate::model::Measured),
    Nothing,
}

fn say(text: &str) -> Heard {
    Heard { say: text.to_owned(), changed: false, leave: false }
}
