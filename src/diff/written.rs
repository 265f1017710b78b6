//! Parts of a pack as texts with names in place of places in lists, so that two packs can be held side by side.

use crate::model::{
    Answer, Bands, Choice, Condition, Dated, Formula, FormulaName, Number, Pack, Prose, ProsePart,
    QuestionKind, ScoreOf, Subject, Test, ValueName,
};
use crate::pack::print;

/// A condition as its author wrote it, lists in brackets.
pub fn condition(pack: &Pack, condition: &Condition) -> String {
    let list = |word: &str, parts: &[Condition]| {
        let parts: Vec<String> = parts.iter().map(|part| self::condition(pack, part)).collect();
        if parts.len() == 1 { parts.concat() } else { format!("({})", parts.join(word)) }
    };
    match condition {
        Condition::All(parts) => list(" and ", parts),
        Condition::Any(parts) => list(" or ", parts),
        Condition::AtLeast(n, parts) => format!("at least {n} of {}", list("; ", parts)),
        Condition::Not(inner) => format!("not {}", self::condition(pack, inner)),
        Condition::Named(id, _) => format!("condition.{}", pack.condition(*id).id),
        Condition::Test(test) => self::test(pack, test),
    }
}

/// A condition with its lists in one order, each part once where that says the same: what means the same by its form
/// alone is the same text.
pub fn canon(pack: &Pack, condition: &Condition) -> String {
    let list = |word: &str, parts: &[Condition], once: bool| {
        let mut parts: Vec<String> = parts.iter().map(|part| canon(pack, part)).collect();
        parts.sort();
        if once {
            parts.dedup();
        }
        if parts.len() == 1 && once { parts.concat() } else { format!("({})", parts.join(word)) }
    };
    match condition {
        Condition::All(parts) => list(" and ", parts, true),
        Condition::Any(parts) => list(" or ", parts, true),
        Condition::AtLeast(n, parts) => format!("at least {n} of {}", list("; ", parts, false)),
        Condition::Not(inner) => format!("not {}", canon(pack, inner)),
        Condition::Named(..) | Condition::Test(_) => self::condition(pack, condition),
    }
}

/// One line. What cannot be written in finitely many digits is shown as a fraction.
pub fn test(pack: &Pack, test: &Test) -> String {
    print::test(test, pack).unwrap_or_else(|| format!("{} {:?}", name(pack, test.subject), test.check))
}

/// As conditions name it.
pub fn name(pack: &Pack, subject: Subject) -> String {
    print::subject(subject, pack).unwrap_or_default()
}

pub fn score(pack: &Pack, of: ScoreOf) -> String {
    name(pack, Subject::Score(of))
}

/// A number with all its digits, or as a fraction: different numbers are different texts.
pub fn number(number: &Number) -> String {
    number.exact().unwrap_or_else(|| format!("{number:?}"))
}

pub fn formula(pack: &Pack, formula: &Formula) -> String {
    let two = |a: &Formula, sign: &str, b: &Formula| {
        format!("({} {sign} {})", self::formula(pack, a), self::formula(pack, b))
    };
    let list = |word: &str, parts: &[Formula]| {
        let parts: Vec<String> = parts.iter().map(|part| self::formula(pack, part)).collect();
        format!("{word}({})", parts.join(", "))
    };
    match formula {
        Formula::Number(number) => self::number(number),
        Formula::Metric(id) => name(pack, Subject::Metric(*id)),
        Formula::Points(id) => name(pack, Subject::Points(*id)),
        Formula::Answer(id) => name(pack, Subject::Answer(*id)),
        Formula::Score(of) => score(pack, *of),
        Formula::Derived(id) => name(pack, Subject::Derived(*id)),
        Formula::Add(a, b) => two(a, "+", b),
        Formula::Subtract(a, b) => two(a, "-", b),
        Formula::Multiply(a, b) => two(a, "*", b),
        Formula::Divide(a, b) => two(a, "/", b),
        Formula::Absolute(inner) => list("abs", std::slice::from_ref(inner)),
        Formula::Least(parts) => list("min", parts),
        Formula::Greatest(parts) => list("max", parts),
        Formula::Scale(inner, factor) => {
            format!("{} in another unit ({})", self::formula(pack, inner), number(factor))
        }
    }
}

/// The subject that a name in a formula stands for.
pub fn subject_of(name: FormulaName) -> Subject {
    match name {
        FormulaName::Metric(id) => Subject::Metric(id),
        FormulaName::Points(id) => Subject::Points(id),
        FormulaName::Answer(id) => Subject::Answer(id),
        FormulaName::Score(of) => Subject::Score(of),
        FormulaName::Derived(id) => Subject::Derived(id),
    }
}

pub fn prose(pack: &Pack, prose: &Prose) -> String {
    let place = |value: &ValueName| match value {
        ValueName::Respondent => "respondent".to_owned(),
        ValueName::Answer(id) => name(pack, Subject::Answer(*id)),
        ValueName::Score(of) => score(pack, *of),
        ValueName::Metric(id) => name(pack, Subject::Metric(*id)),
        ValueName::Band(of) => name(pack, Subject::Band(*of)),
        ValueName::Derived(id) => name(pack, Subject::Derived(*id)),
        ValueName::Trend(id) => name(pack, Subject::Trend(*id)),
        ValueName::Threshold(id) => format!("threshold.{}", pack.threshold(*id).id),
    };
    let part = |part: &ProsePart| match part {
        ProsePart::Text(text) => text.clone(),
        ProsePart::Value(value) => format!("{{{}}}", place(value)),
    };
    prose.parts.iter().map(part).collect()
}

pub fn proses(pack: &Pack, list: &[Prose]) -> String {
    list.iter().map(|one| prose(pack, one)).collect::<Vec<_>>().join(" · ")
}

/// What a question takes as an answer: the same text where the same answers are read in the same way.
pub fn taken(kind: &QuestionKind) -> String {
    let ids = |word: &str, choices: &[Choice]| {
        let value = |choice: &Choice| match &choice.value {
            Some(value) => format!("{} ({})", choice.id, number(value)),
            None => choice.id.clone(),
        };
        let mut ids: Vec<String> = choices.iter().map(value).collect();
        ids.sort();
        format!("{word} {}", ids.join(", "))
    };
    match kind {
        QuestionKind::Numbered { from, to, step, .. } => {
            let step = step.as_ref().map_or_else(|| "any".to_owned(), number);
            format!("{} to {}, step {step}", number(from), number(to))
        }
        QuestionKind::Options(choices) => ids("one of", choices),
        QuestionKind::Profile(choices) => ids("profile:", choices),
        QuestionKind::Many(choices) => ids("any of", choices),
        QuestionKind::Number { unit, range } => {
            let range = range
                .as_ref()
                .map_or_else(String::new, |(low, high)| format!(", {} to {}", number(low), number(high)));
            format!("a number {}{range}", unit.name())
        }
        QuestionKind::Text => "a text".to_owned(),
    }
}

/// What its options or steps are called.
pub fn labels(kind: &QuestionKind) -> String {
    match kind {
        QuestionKind::Numbered { labels, .. } => labels.join(" · "),
        kind => {
            let mut labels: Vec<String> = kind
                .choices()
                .iter()
                .map(|choice| format!("{}: {} {:?}", choice.id, choice.label, choice.translations))
                .collect();
            labels.sort();
            labels.join(" · ")
        }
    }
}

/// What its options are worth.
pub fn worth(kind: &QuestionKind) -> String {
    let QuestionKind::Options(choices) = kind else { return String::new() };
    let mut worth: Vec<String> =
        choices.iter().map(|choice| format!("{} {}", choice.id, number(&choice.points))).collect();
    worth.sort();
    worth.join(", ")
}

/// An answer as answers files write it.
pub fn answer(kind: &QuestionKind, answer: &Answer) -> String {
    let id = |at: &usize| kind.choices().get(*at).map_or_else(String::new, |choice| choice.id.clone());
    match answer {
        Answer::Number(value) => number(value),
        Answer::Option(at) => id(at),
        // A set: in which order a file lists the options is not what is said.
        Answer::Many(list) => {
            let mut ids: Vec<String> = list.iter().map(id).collect();
            ids.sort_unstable();
            ids.join(", ")
        }
        Answer::Text(text) => text.clone(),
        Answer::Absent(absence) => absence.key().to_owned(),
    }
}

/// Labelled ranges, from the first to the rest.
pub fn cuts(bands: &Bands) -> String {
    let step = |step: &crate::model::BandStep| {
        let id = bands.labels.get(step.label).map_or("", |name| name.id.as_str());
        match &step.edge {
            Some((order, edge)) => format!("{id} {} {}", order.sign(), number(edge)),
            None => format!("{id} rest"),
        }
    };
    bands.steps.iter().map(step).collect::<Vec<_>>().join(", ")
}

/// Dated things, each with the day and the condition on which it holds.
pub fn dated<T>(pack: &Pack, list: &[Dated<T>], value: impl Fn(&T) -> String) -> String {
    dated_with(list, value, |only| condition(pack, only))
}

/// The same with conditions written in a way of one's own.
pub fn dated_with<T>(
    list: &[Dated<T>],
    value: impl Fn(&T) -> String,
    where_text: impl Fn(&Condition) -> String,
) -> String {
    let one = |dated: &Dated<T>| {
        let from = dated.from.map_or_else(String::new, |day| format!("from {day}: "));
        let only = dated.only.as_ref();
        let only = only.map_or_else(String::new, |only| format!("where {}: ", where_text(only)));
        format!("{from}{only}{}", value(&dated.value))
    };
    list.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Where dated things come from, and until when they are good.
pub fn sources<T>(pack: &Pack, list: &[Dated<T>]) -> String {
    let one = |dated: &Dated<T>| {
        let mut ids: Vec<&str> = dated.sources.iter().map(|id| pack.citation(*id).id.as_str()).collect();
        ids.sort_unstable();
        let review = dated.review_by.map_or_else(String::new, |day| format!(" until {day}"));
        format!("{}{review}", ids.join(", "))
    };
    list.iter().map(one).collect::<Vec<_>>().join("; ")
}
