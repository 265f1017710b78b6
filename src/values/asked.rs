//! `ask_if`: who was not to be asked has said nothing, whatever stands in the answers.

use super::hear::{Hearing, alone, one};
use crate::diag::Code;
use crate::logic::{Truth, judge};
use crate::model::{
    Absence, Answer, AskIf, Heard, MetricValue, Pack, Problem, QuestionId, Respondent, Score, Values,
};
use crate::pack::print;

const NOT_ASKED: Answer = Answer::Absent(Absence::NotAsked);

/// Takes out of what was heard all answers to questions that are not asked, and puts `else` in their place.
///
/// Each voice is held to its own answers, and to the common one where it was not asked itself.
pub(super) fn leave_out(pack: &Pack, respondent: &Respondent, hearing: &mut Hearing) {
    let mut own = Speaker::new(pack, &respondent.answers, None, hearing);
    let mut voices: Vec<Speaker> = respondent
        .voices
        .iter()
        .map(|voice| Speaker::new(pack, &voice.answers, Some(&voice.role), hearing))
        .collect();
    for &id in &pack.gated {
        let Some(ask_if) = &pack.question(id).ask_if else { continue };
        let spoken = voices.iter().any(|voice| *voice.said(id) != NOT_ASKED);
        let mut told = Told::default();
        for speaker in voices.iter_mut().chain(std::iter::once(&mut own)) {
            // To whom a question is put at all, others decide.
            if *speaker.said(id) != NOT_ASKED || (speaker.role.is_none() && !spoken) {
                speaker.hold(id, ask_if, pack, &mut told);
            }
        }
        let heard = voices.iter().filter_map(|voice| Some((voice.role?, voice.said(id))));
        let (answer, gap) = one(pack.question(id), own.said(id), heard);
        let unasked = told.left_out && answer == Heard::Absent(Absence::NotAsked);
        hearing.problems.extend(told.problem(id, ask_if, pack));
        for speaker in voices.iter_mut().chain(std::iter::once(&mut own)) {
            let silent = speaker.role.is_none() || *speaker.said(id) == NOT_ASKED;
            if silent && !speaker.view.unasked[id.0] {
                speaker.view.answers[id.0] = answer.clone();
                speaker.view.unasked[id.0] = unasked;
            }
        }
        hearing.answers[id.0] = answer;
        hearing.gaps[id.0] = gap;
        hearing.unasked[id.0] = unasked;
    }
}

/// One who answers: the respondent, or a voice.
struct Speaker<'r> {
    role: Option<&'r str>,
    said: Vec<Answer>,
    /// What is known where conditions are judged for this speaker.
    view: Values,
}

impl<'r> Speaker<'r> {
    fn new(pack: &Pack, said: &[Answer], role: Option<&'r String>, hearing: &Hearing) -> Speaker<'r> {
        let mut said = said.to_vec();
        said.resize(pack.questions.len(), NOT_ASKED);
        let mut answers = hearing.answers.clone();
        if role.is_some() {
            for (known, said) in answers.iter_mut().zip(&said).filter(|(_, said)| **said != NOT_ASKED) {
                *known = alone(said);
            }
        }
        let view = Values {
            answers,
            unasked: hearing.unasked.clone(),
            gaps: vec![None; pack.questions.len()],
            areas: vec![Score::default(); pack.areas.len()],
            total: Score::default(),
            metrics: vec![MetricValue::default(); pack.metrics.len()],
            thresholds: hearing.thresholds.clone(),
            derived: vec![None; pack.derived.len()],
            trends: vec![None; pack.metrics.len()],
        };
        Speaker { role: role.map(String::as_str), said, view }
    }

    fn said(&self, id: QuestionId) -> &Answer {
        &self.said[id.0]
    }

    fn hold(&mut self, id: QuestionId, ask_if: &AskIf, pack: &Pack, told: &mut Told) {
        let given = !matches!(self.said(id), Answer::Absent(_));
        match judge(&ask_if.when, pack, &self.view) {
            Truth::True => return,
            Truth::False | Truth::Unknown { not_applicable: true } => {
                told.left_out = true;
                told.unused |= given && *self.said(id) != ask_if.otherwise;
                self.said[id.0] = ask_if.otherwise.clone();
                self.view.unasked[id.0] = ask_if.otherwise == NOT_ASKED;
            }
            // Nobody knows which of the two answers counts, unless they are one.
            Truth::Unknown { not_applicable: false } if given && *self.said(id) != ask_if.otherwise => {
                told.perhaps = true;
                self.said[id.0] = Answer::Absent(Absence::Skipped);
            }
            Truth::Unknown { .. } => return,
        }
        self.view.answers[id.0] = alone(&self.said[id.0]);
    }
}

/// What became of the answers to one question.
#[derive(Default)]
struct Told {
    left_out: bool,
    unused: bool,
    perhaps: bool,
}

impl Told {
    fn problem(&self, id: QuestionId, ask_if: &AskIf, pack: &Pack) -> Option<Problem> {
        let (code, rest) = match (self.unused, self.perhaps) {
            (true, _) => (Code::NotToBeAsked, ""),
            (false, true) => (Code::PerhapsNotAsked, ", and that is not known"),
            _ => return None,
        };
        let id = &pack.question(id).id;
        let when = match print::line(&ask_if.when, pack) {
            Some(line) => format!("only where `{line}`"),
            None => "only of some".to_owned(),
        };
        Some(Problem {
            code: code.name(),
            at: format!("answers.{id}"),
            message: format!("the answer to `{id}` is not used: it is asked {when}{rest}"),
        })
    }
}
