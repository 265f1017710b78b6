//! Where a cohort stands in a benchmark.

use super::{About, Benchmark, Kept, PLACES, prints, score_id};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Number, Pack, QuestionId, ScoreOf};
use crate::tally::Together;
use crate::tally::spread::Spread;

/// A cohort beside a benchmark.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    pub about: About,
    pub version: String,
    pub people: usize,
    /// Scores that are asked and made as in the benchmark.
    pub scores: Vec<(ScoreOf, Standing)>,
    pub questions: Vec<(QuestionId, Standing)>,
    /// Scores, and questions that score, which the benchmark has differently, or not at all.
    pub other_scores: Vec<ScoreOf>,
    pub other_questions: Vec<QuestionId>,
}

/// Where a median stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The cohort's median, and the benchmark's.
    pub own: Number,
    pub median: Number,
    /// How many of the benchmark lie below the cohort's median, how many are equal to it, and how many there are.
    pub below: usize,
    pub equal: usize,
    pub people: usize,
}

impl Standing {
    fn new(own: Number, values: &Spread) -> Option<Standing> {
        let own = own.rounded(PLACES);
        let (below, equal) = values.below(&own);
        Some(Standing { own, median: values.median()?, below, equal, people: values.count() })
    }

    /// From 0 to 100, where those who are equal count half.
    pub fn percentile(&self) -> Number {
        let half = &Number::from(self.equal) * &Number::ratio(1, 2);
        let share = (&Number::from(self.below) + &half).checked_div(&Number::from(self.people));
        &share.unwrap_or_default() * &Number::from(100i64)
    }
}

impl Compared {
    pub fn score(&self, of: ScoreOf) -> Option<&Standing> {
        self.scores.iter().find(|(known, _)| *known == of).map(|(_, standing)| standing)
    }

    pub fn question(&self, id: QuestionId) -> Option<&Standing> {
        self.questions.iter().find(|(known, _)| *known == id).map(|(_, standing)| standing)
    }
}

impl Benchmark {
    /// The cohort beside it. Whatever was asked differently is left out, and named.
    ///
    /// # Errors
    /// Where nothing can be compared: another pack, or none of it the same.
    pub fn compare(&self, pack: &Pack, together: &Together) -> Result<Compared, Diagnostics> {
        let mut faults = Diagnostics::default();
        let mut refuse = |message: String, help: &str| {
            let mut fault = Diagnostic::placeless(Code::Benchmark, message).help(help);
            fault.span = self.pack_span;
            faults.push(fault);
        };
        if self.pack != pack.id {
            refuse(
                format!(
                    "this benchmark is of the pack `{}`, and the answers are to `{}`",
                    self.pack, pack.id
                ),
                "compare with a benchmark that was saved from answers to the same pack",
            );
            return Err(faults);
        }
        let mut out = Compared {
            about: self.about.clone(),
            version: self.version.clone(),
            people: self.people,
            scores: Vec::new(),
            questions: Vec::new(),
            other_scores: Vec::new(),
            other_questions: Vec::new(),
        };
        let find = |list: &[Kept], id: &str, print: String| {
            list.iter().find(|kept| kept.id == id && kept.print == print).map(|kept| kept.values.clone())
        };
        for told in together.areas.iter().chain(&together.total) {
            let Some([_, median, _]) = &told.quarters else { continue };
            let kept = find(&self.scores, score_id(pack, told.of), prints::score(pack, told.of));
            match kept.and_then(|values| Standing::new(median.clone(), &values)) {
                Some(standing) => out.scores.push((told.of, standing)),
                None => out.other_scores.push(told.of),
            }
        }
        for told in together.questions.iter().filter(|told| pack.question(told.question).area.is_some()) {
            let Some([_, median, _]) = &told.quarters else { continue };
            let question = pack.question(told.question);
            let kept = find(&self.questions, &question.id, prints::question(question));
            match kept.and_then(|values| Standing::new(median.clone(), &values)) {
                Some(standing) => out.questions.push((told.question, standing)),
                None => out.other_questions.push(told.question),
            }
        }
        if out.scores.is_empty() && out.questions.is_empty() {
            refuse(
                format!(
                    "nothing in this benchmark was asked as in version {} of the pack (it was saved with version {})",
                    pack.version, self.version
                ),
                "compare with a benchmark of a version whose questions read the same",
            );
            return Err(faults);
        }
        Ok(out)
    }
}
