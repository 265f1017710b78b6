//! Conditions → text: what a reader of packs would read back as the same condition.
//!
//! Values stand in their subject's own unit where they have finitely many digits there, else in the largest unit
//! of its kind in which they have: a third of an hour is `20 minutes`.

use crate::model::{
    Absence, AbsenceTest, BandOf, Check, Comparison, Condition, Limit, Number, Pack, QuestionKind, ScoreOf,
    Subject, Test, Unit,
};

use crate::yaml::scalar;

/// A longer line is written as a list, where it can be.
const WIDTH: usize = 90;

/// A condition on one line; none where one line cannot say it: `at_least`, a list of one under `all:`.
pub fn line(condition: &Condition, pack: &Pack) -> Option<String> {
    within(condition, pack, 0)
}

/// Brackets and negations inside each other that one line may hold.
const MAX_DEPTH: usize = 32;

fn within(condition: &Condition, pack: &Pack, depth: usize) -> Option<String> {
    if depth > MAX_DEPTH {
        return None;
    }
    match condition {
        Condition::Test(written) => test(written, pack),
        Condition::Named(id, _) => Some(format!("condition.{}", pack.conditions.get(id.0)?.id)),
        Condition::Not(inner) => Some(format!("not {}", bracketed(inner, pack, depth + 1)?)),
        Condition::All(parts) => joined(parts, " and ", pack, depth),
        Condition::Any(parts) => joined(parts, " or ", pack, depth),
        Condition::AtLeast(..) => None,
    }
}

fn joined(parts: &[Condition], join: &str, pack: &Pack, depth: usize) -> Option<String> {
    if parts.len() < 2 {
        return None;
    }
    let parts: Option<Vec<String>> = parts.iter().map(|part| bracketed(part, pack, depth)).collect();
    Some(parts?.join(join))
}

fn bracketed(condition: &Condition, pack: &Pack, depth: usize) -> Option<String> {
    match condition {
        Condition::All(_) | Condition::Any(_) => Some(format!("({})", within(condition, pack, depth + 1)?)),
        _ => within(condition, pack, depth),
    }
}

/// A condition as the value of a key, in lines that begin with the key, each indented by `indent` spaces and
/// ended with a line break: `when: answer.x <= 2`, or `when:` with a list below.
///
/// None where a value or a name cannot be written, which no condition read from a pack comes to.
pub fn under(key: &str, condition: &Condition, pack: &Pack, indent: usize) -> Option<String> {
    let written = Written::of(condition, pack, true)?;
    let mut out = format!("{:indent$}{key}:", "");
    written.write(&mut out, indent + 2, false);
    Some(out)
}

/// How a condition stands in YAML.
enum Written {
    Line(String),
    List(Vec<Written>),
    /// `all`, `any`, `not`, or `of` beside its number.
    Map(&'static str, Option<usize>, Box<Written>),
}

impl Written {
    fn of(condition: &Condition, pack: &Pack, top: bool) -> Option<Written> {
        let list = |parts: &[Condition]| {
            let parts: Option<Vec<Written>> =
                parts.iter().map(|part| Written::of(part, pack, false)).collect();
            parts.map(Written::List)
        };
        if let (Condition::All(parts), true) = (condition, top)
            && parts.len() > 1
        {
            return list(parts);
        }
        let on_one = line(condition, pack);
        let (key, parts) = match condition {
            Condition::All(parts) => ("all", parts),
            Condition::Any(parts) => ("any", parts),
            Condition::AtLeast(n, parts) => {
                return Some(Written::Map("of", Some(*n), Box::new(list(parts)?)));
            }
            Condition::Not(inner) => {
                return match on_one {
                    Some(on_one) => Some(Written::Line(on_one)),
                    None => Some(Written::Map("not", None, Box::new(Written::of(inner, pack, false)?))),
                };
            }
            _ => return on_one.map(Written::Line),
        };
        match on_one {
            Some(on_one) if on_one.chars().count() <= WIDTH => Some(Written::Line(on_one)),
            _ => Some(Written::Map(key, None, Box::new(list(parts)?))),
        }
    }

    /// Goes on behind a key or, `item`, behind a dash; lines of its own are indented by `indent`.
    fn write(&self, out: &mut String, indent: usize, item: bool) {
        match self {
            Written::Line(text) => {
                out.push(' ');
                out.push_str(&scalar(text));
                out.push('\n');
            }
            Written::List(parts) => {
                out.push('\n');
                for part in parts {
                    out.push_str(&format!("{:indent$}-", ""));
                    part.write(out, indent + 2, true);
                }
            }
            Written::Map(key, count, inner) => {
                // The first key stands behind the dash of its item.
                let mut lead = if item { " ".to_owned() } else { format!("\n{:indent$}", "") };
                if let Some(count) = count {
                    out.push_str(&format!("{lead}at_least: {count}\n"));
                    lead = format!("{:indent$}", "");
                }
                out.push_str(&format!("{lead}{key}:"));
                inner.write(out, indent + 2, false);
            }
        }
    }
}

/// One comparison.
pub fn test(test: &Test, pack: &Pack) -> Option<String> {
    let name = subject(test.subject, pack)?;
    let unit = unit_of(test.subject, pack);
    let value = |limit: &Limit| match limit {
        Limit::Number(number) => quantity(number, unit),
        Limit::Threshold(id, _) => {
            pack.thresholds.get(id.0).map(|threshold| format!("threshold.{}", threshold.id))
        }
    };
    if let (Subject::Trend(_), Check::Compare(comparison, Limit::Number(number))) =
        (test.subject, &test.check)
        && number.is_zero()
    {
        let way = match comparison {
            Comparison::Less => "is falling",
            Comparison::AtMost => "is not rising",
            Comparison::Greater => "is rising",
            Comparison::AtLeast => "is not falling",
            Comparison::Equal => "is flat",
            Comparison::NotEqual => "is not flat",
        };
        return Some(format!("{name} {way}"));
    }
    let not = |negated: bool| if negated { "not " } else { "" };
    let rest = match &test.check {
        Check::Compare(comparison, number) => format!("{} {}", comparison.sign(), value(number)?),
        Check::Between { low, high, negated } => {
            format!("{}between {} and {}", not(*negated), value(low)?, value(high)?)
        }
        Check::OneOfNumbers { numbers, negated } => {
            let written: Option<Vec<String>> = numbers.iter().map(value).collect();
            one_or_list(test.subject, &written?, *negated, pack)
        }
        Check::OneOf { labels, negated } => {
            one_or_list(test.subject, &label_names(test.subject, labels, pack)?, *negated, pack)
        }
        Check::Absent { kind: AbsenceTest::Missing, negated: true } => "is answered".to_owned(),
        Check::Absent { kind, negated } => {
            let phrase = match kind {
                AbsenceTest::Missing => "missing",
                AbsenceTest::Kind(absence) => absence.phrase(),
            };
            format!("is {}{phrase}", not(*negated))
        }
        Check::Includes { labels, all } => {
            let names = label_names(test.subject, labels, pack)?;
            match (names.as_slice(), all) {
                ([one], true) => format!("includes {one}"),
                (many, true) => format!("includes all of [{}]", many.join(", ")),
                (many, false) => format!("includes any of [{}]", many.join(", ")),
            }
        }
    };
    Some(format!("{name} {rest}"))
}

/// `is a`, `is not a`, `in [a, b]`. Behind "not" a label may be taken for another, and quotes for a label's own: a
/// list keeps them apart.
fn one_or_list(subject: Subject, written: &[String], negated: bool, pack: &Pack) -> String {
    let not = if negated { "not " } else { "" };
    match written {
        [one] if !negated || !(one.contains('"') || knows_not(subject, one, pack)) => {
            format!("is {not}{one}")
        }
        many => format!("{not}in [{}]", many.join(", ")),
    }
}

/// The name of what a line asks about.
pub fn subject(subject: Subject, pack: &Pack) -> Option<String> {
    let score = |of: ScoreOf| match of {
        ScoreOf::Total => Some("total"),
        ScoreOf::Area(area) => pack.areas.get(area.0).map(|area| area.id.as_str()),
    };
    let question = |place: usize| pack.questions.get(place).map(|question| question.id.as_str());
    let metric = |place: usize| pack.metrics.get(place).map(|metric| metric.id.as_str());
    let (kind, id) = match subject {
        Subject::Answer(id) => ("answer", question(id.0)?),
        Subject::Gap(id) => ("gap", question(id.0)?),
        Subject::Score(of) => ("score", score(of)?),
        Subject::Metric(id) => ("metric", metric(id.0)?),
        Subject::Points(id) => ("points", metric(id.0)?),
        Subject::Trend(id) => ("trend", metric(id.0)?),
        Subject::Derived(id) => ("derived", pack.derived.get(id.0)?.id.as_str()),
        Subject::Band(BandOf::Metric(id)) => ("band", metric(id.0)?),
        Subject::Band(BandOf::Score(of)) => ("band", score(of)?),
    };
    Some(format!("{kind}.{id}"))
}

/// A number with its unit as conditions and bands write it: `15%`, `90 minutes`, `40` for scores.
///
/// None where it has no finite digits in any unit of its kind, or more than a written number may have.
pub fn quantity(number: &Number, unit: &Unit) -> Option<String> {
    if matches!(unit, Unit::None | Unit::Points | Unit::Count) {
        return number.exact();
    }
    let others = Unit::BUILT_IN.iter().rev().map(|(_, other)| other).filter(|other| *other != unit);
    std::iter::once(unit).chain(others).find_map(|shown| {
        let factor = unit.factor_to(shown)?;
        let digits = (number * &factor).exact()?;
        match shown {
            // A name that would be read as something else stands in quotes.
            Unit::Declared(name) if !super::syntax::is_unit(name) => Some(format!("{digits} \"{name}\"")),
            _ => Some(shown.after(&digits)),
        }
    })
}

fn unit_of(subject: Subject, pack: &Pack) -> &Unit {
    match subject {
        Subject::Derived(id) => pack.derived.get(id.0).map_or(&Unit::None, |derived| &derived.unit),
        Subject::Metric(id) | Subject::Trend(id) => {
            pack.metrics.get(id.0).map_or(&Unit::None, |metric| &metric.unit)
        }
        Subject::Answer(id) => match pack.questions.get(id.0).map(|question| &question.kind) {
            Some(QuestionKind::Number { unit, .. }) => unit,
            _ => &Unit::None,
        },
        Subject::Score(_) | Subject::Points(_) | Subject::Band(_) | Subject::Gap(_) => &Unit::None,
    }
}

/// The labels of a subject, in the order of their places; ids for options.
fn labels_of(subject: Subject, pack: &Pack) -> Vec<&str> {
    match subject {
        Subject::Answer(id) => pack
            .questions
            .get(id.0)
            .map(|question| question.kind.choices().iter().map(|choice| choice.id.as_str()).collect())
            .unwrap_or_default(),
        Subject::Band(of) => pack.band_names(of).iter().map(|name| name.id.as_str()).collect(),
        _ => Vec::new(),
    }
}

fn label_names(subject: Subject, places: &[usize], pack: &Pack) -> Option<Vec<String>> {
    let known = labels_of(subject, pack);
    places.iter().map(|place| known.get(*place).map(|name| label(name))).collect()
}

/// A label, in quotes where its word would mean something else.
fn label(name: &str) -> String {
    let word = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let taken = ["and", "or", "not", "in", "any", "all", "missing", "answered"];
    let taken = taken.iter().any(|taken| taken.eq_ignore_ascii_case(name)) || Absence::parse(name).is_some();
    if word && !taken { name.to_owned() } else { format!("\"{name}\"") }
}

/// Whether the subject also knows the label "not …".
fn knows_not(subject: Subject, name: &str, pack: &Pack) -> bool {
    let Subject::Answer(id) = subject else { return false };
    let spelt = format!("not {name}");
    let same = |label: &String| label.eq_ignore_ascii_case(&spelt);
    match pack.questions.get(id.0).map(|question| &question.kind) {
        Some(QuestionKind::Numbered { labels, .. }) => labels.iter().any(same),
        Some(kind) => kind.choices().iter().any(|choice| same(&choice.label)),
        None => false,
    }
}
