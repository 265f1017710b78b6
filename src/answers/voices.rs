//! Several people who speak for one respondent.

use super::answer::Sheet;
use super::words::{fold, listed, typed};
use crate::diag::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::model::{Absence, Answer, Problem, Voice};
use crate::source::{Sources, Span};

/// The answers of one speaker, or those given outside of voices.
pub struct Spoken {
    /// One a question.
    pub answers: Vec<Answer>,
    /// Where each was given; none where nothing was.
    pub places: Vec<Option<Span>>,
}

impl Spoken {
    pub fn silent(absence: Absence, questions: usize) -> Spoken {
        Spoken { answers: vec![Answer::Absent(absence); questions], places: vec![None; questions] }
    }
}

/// A voice before it is held against the others.
pub struct Speaker {
    /// In the pack's own spelling where the pack knows it, else in lower case.
    pub role: String,
    pub role_span: Span,
    pub spoken: Spoken,
}

/// The role as the pack spells it.
pub fn role(text: &str, sheet: &Sheet) -> String {
    let folded = fold(text);
    sheet.roles.iter().find(|role| fold(role) == folded).map_or(folded, |role| (*role).to_owned())
}

/// Makes one of what was given outside of voices and in them: no question stands in both.
pub fn settle(own: &mut Spoken, speakers: &mut [Speaker], sheet: &Sheet, faults: &mut Diagnostics) {
    for (at, question) in sheet.pack.questions.iter().enumerate() {
        let in_voice = speakers.iter().find_map(|speaker| speaker.spoken.places[at]);
        match (own.places[at], in_voice) {
            (Some(outside), Some(inside)) => faults.push(
                Diagnostic::error(
                    Code::AnsweredTwice,
                    inside,
                    format!("`{}` is answered both by the respondent and by a voice", question.id),
                )
                .label("the answer of a voice")
                .related(outside, "the respondent's")
                .help("keep one of the two"),
            ),
            (Some(_), None) => {
                for speaker in &mut *speakers {
                    speaker.spoken.answers[at] = Answer::Absent(Absence::NotAsked);
                }
            }
            (None, Some(_)) => own.answers[at] = Answer::Absent(Absence::NotAsked),
            (None, None) => {}
        }
    }
}

/// Voices as the engine knows them, and what is odd about their roles.
pub fn finish(speakers: Vec<Speaker>, sheet: &Sheet, sources: &Sources) -> (Vec<Voice>, Vec<Problem>) {
    let mut problems: Vec<Problem> = Vec::new();
    let mut voices = Vec::new();
    for speaker in speakers {
        if let Some(message) = odd_role(&speaker, sheet)
            && problems.iter().all(|problem| problem.message != message)
        {
            let at = sources.place(speaker.role_span);
            problems.push(Problem { code: Code::WrongAnswer.name(), at, message });
        }
        voices.push(Voice { role: speaker.role, answers: speaker.spoken.answers });
    }
    (voices, problems)
}

fn odd_role(speaker: &Speaker, sheet: &Sheet) -> Option<String> {
    let role = typed(&speaker.role);
    if !sheet.roles.is_empty() && !sheet.roles.contains(&speaker.role.as_str()) {
        let near = did_you_mean(&speaker.role, sheet.roles.iter().copied());
        let near = near.map_or_else(String::new, |near| format!(" ({near})"));
        return Some(format!(
            "{role} is none of the roles that the pack asks, which are {}{near}; its answers count all the same",
            listed(sheet.roles.iter().copied())
        ));
    }
    let strange: Vec<&str> = sheet
        .pack
        .questions
        .iter()
        .zip(&speaker.spoken.places)
        .filter(|(question, place)| {
            place.is_some() && !question.voices.is_empty() && !question.voices.contains(&speaker.role)
        })
        .map(|(question, _)| question.id.as_str())
        .collect();
    match strange.as_slice() {
        [] => None,
        [one] => Some(format!("`{one}` is not put to {role}; the answer counts all the same")),
        many => Some(format!(
            "{} questions are not put to {role}, such as `{}`; the answers count all the same",
            many.len(),
            many[0]
        )),
    }
}
