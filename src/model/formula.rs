//! Arithmetic over what is known of a respondent.

use super::{DerivedId, MetricId, Number, QuestionId, ScoreOf};

/// Arithmetic over metrics, their points, numbered answers and scores.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    Number(Number),
    Metric(MetricId),
    /// What a metric's value is worth by its table.
    Points(MetricId),
    /// The number given; of scales and questions of kind `number`.
    Answer(QuestionId),
    Score(ScoreOf),
    Derived(DerivedId),
    Add(Box<Formula>, Box<Formula>),
    Subtract(Box<Formula>, Box<Formula>),
    Multiply(Box<Formula>, Box<Formula>),
    /// No value where the divisor is 0; where it can be, the author wrote `if_zero: missing`.
    Divide(Box<Formula>, Box<Formula>),
    Absolute(Box<Formula>),
    Least(Vec<Formula>),
    Greatest(Vec<Formula>),
    /// The inner value in another unit of the same kind: hours in minutes.
    Scale(Box<Formula>, Number),
}

/// What a formula names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormulaName {
    Metric(MetricId),
    Points(MetricId),
    Answer(QuestionId),
    Score(ScoreOf),
    Derived(DerivedId),
}

impl Formula {
    /// Everything it names, each once, in the order met.
    pub fn names(&self) -> Vec<FormulaName> {
        let mut out = Vec::new();
        self.gather(&mut out);
        out
    }

    /// How many numbers and values it comes to, each name counted as many times as it stands there.
    pub fn size(&self, of: &impl Fn(FormulaName) -> usize) -> usize {
        let sum =
            |parts: &[&Formula]| parts.iter().fold(0usize, |sum, part| sum.saturating_add(part.size(of)));
        match self {
            Formula::Number(_) => 1,
            Formula::Metric(id) => of(FormulaName::Metric(*id)),
            Formula::Points(id) => of(FormulaName::Points(*id)),
            Formula::Answer(id) => of(FormulaName::Answer(*id)),
            Formula::Derived(id) => of(FormulaName::Derived(*id)),
            Formula::Score(score) => of(FormulaName::Score(*score)),
            Formula::Add(a, b)
            | Formula::Subtract(a, b)
            | Formula::Multiply(a, b)
            | Formula::Divide(a, b) => sum(&[a, b]),
            Formula::Absolute(inner) | Formula::Scale(inner, _) => inner.size(of),
            Formula::Least(parts) | Formula::Greatest(parts) => sum(&parts.iter().collect::<Vec<_>>()),
        }
    }

    fn gather(&self, out: &mut Vec<FormulaName>) {
        let name = match self {
            Formula::Number(_) => return,
            Formula::Metric(id) => FormulaName::Metric(*id),
            Formula::Points(id) => FormulaName::Points(*id),
            Formula::Answer(id) => FormulaName::Answer(*id),
            Formula::Score(of) => FormulaName::Score(*of),
            Formula::Derived(id) => FormulaName::Derived(*id),
            Formula::Add(a, b)
            | Formula::Subtract(a, b)
            | Formula::Multiply(a, b)
            | Formula::Divide(a, b) => {
                a.gather(out);
                return b.gather(out);
            }
            Formula::Absolute(inner) | Formula::Scale(inner, _) => return inner.gather(out),
            Formula::Least(parts) | Formula::Greatest(parts) => {
                return parts.iter().for_each(|part| part.gather(out));
            }
        };
        if !out.contains(&name) {
            out.push(name);
        }
    }
}
