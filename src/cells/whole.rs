//! A whole respondent from the few answers that matter: everything else is answered as well as can be.

use super::choices::{Saying, best};
use crate::model::{Absence, Answer, Measured, MetricId, Number, Pack, QuestionId, Respondent, Voice};

/// What was found to be said and measured.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub answers: Vec<(QuestionId, Saying)>,
    pub metrics: Vec<(MetricId, Option<Number>)>,
    /// What was measured a round earlier.
    pub before: Vec<(MetricId, Number)>,
}

impl Plan {
    pub fn extend(&mut self, other: Plan) {
        self.answers.extend(other.answers);
        self.metrics.extend(other.metrics);
        self.before.extend(other.before);
    }

    /// The respondent of this plan. Metrics that it does not name are left out.
    pub fn respondent(self, pack: &Pack) -> Respondent {
        let mut answers: Vec<Answer> = pack.questions.iter().map(best).collect();
        let mut voices: Vec<Voice> = Vec::new();
        let silent = vec![Answer::Absent(Absence::NotAsked); pack.questions.len()];
        for (id, saying) in self.answers {
            match saying {
                Saying::Plain(answer) => answers[id.0] = answer,
                Saying::Voices(said) => {
                    answers[id.0] = Answer::Absent(Absence::NotAsked);
                    // Each to the first voice of that role that was not asked this yet.
                    for (role, answer) in said {
                        let free = |voice: &&mut Voice| {
                            voice.role == role && voice.answers[id.0] == Answer::Absent(Absence::NotAsked)
                        };
                        match voices.iter_mut().find(free) {
                            Some(voice) => voice.answers[id.0] = answer,
                            None => {
                                let mut answers = silent.clone();
                                answers[id.0] = answer;
                                voices.push(Voice { role, answers });
                            }
                        }
                    }
                }
            }
        }
        let mut metrics = vec![None; pack.metrics.len()];
        for (id, value) in self.metrics {
            metrics[id.0] = value.map(Measured::whole);
        }
        let rounds = if self.before.is_empty() {
            Vec::new()
        } else {
            let before = self.before.into_iter().map(|(id, value)| (id, Some(value))).collect();
            let mut round = Plan { metrics: before, ..Plan::default() }.respondent(pack);
            round.date = Some(jiff::civil::date(2025, 1, 1));
            vec![round]
        };
        Respondent {
            id: "witness".to_owned(),
            name: "witness".to_owned(),
            date: None,
            language: None,
            answers,
            voices,
            metrics,
            rounds,
            extra: serde_json::Map::new(),
            problems: Vec::new(),
        }
    }
}
