//! A witness in a few words: what the lines in question look at, and what it is there.

use super::Logic;
use crate::cells;
use crate::model::{QuestionId, Respondent, RuleId, Subject};
use crate::values::work_out;

/// What the lines of these rules look at, as the witness has it: "as where `price-talk` is 3".
pub fn case(logic: &Logic<'_>, rules: &[RuleId], respondent: &Respondent) -> String {
    let pack = logic.pack;
    let values = work_out(pack, respondent, None).values;
    let rules = rules.iter().map(|id| &pack.rules[id.0]);
    let conditions = rules.flat_map(|rule| std::iter::once(&rule.when).chain(&rule.unless));
    cells::case(conditions, pack, &values)
}

/// What a respondent said to a question.
pub fn said(logic: &Logic<'_>, id: QuestionId, respondent: &Respondent) -> String {
    cells::value(Subject::Answer(id), logic.pack, &work_out(logic.pack, respondent, None).values)
}
