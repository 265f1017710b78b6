//! One line with its names looked up: does the subject exist, can it be compared so, does the value fit.

use super::super::load::Loader;
use super::super::text::Text;
use super::syntax::{Label, WrittenCheck, WrittenTest, WrittenValue};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::model::{
    Absence, AbsenceTest, BandOf, Check, Choice, Comparison, Limit, MetricId, Number, QuestionId,
    QuestionKind, Subject, Test, Unit,
};
use crate::quantity::{self, Wanted};
use crate::source::Span;

/// A subject that has a number.
struct Numbers {
    unit: Unit,
    range: Option<(Number, Number)>,
    /// The labels of its steps with their numbers, where it has any.
    labels: Vec<(String, Number)>,
}

impl Numbers {
    fn unlabelled(unit: Unit, range: Option<(Number, Number)>) -> Takes {
        Takes::Number(Box::new(Numbers { unit, range, labels: Vec::new() }))
    }
}

type Result<T> = std::result::Result<T, Box<Diagnostic>>;

/// What a subject can be compared with.
enum Takes {
    Number(Box<Numbers>),
    /// One of these, by id and by label.
    Labels(Vec<(Vec<String>, usize)>),
    Many(Vec<(Vec<String>, usize)>),
    /// Only whether it is there.
    Presence,
}

impl Loader<'_, '_> {
    pub fn resolve_test(&mut self, test: &WrittenTest, text: &Text<'_>) -> Result<Test> {
        let name_span = text.span(test.name.range.clone());
        let subject = self.subject(&test.name.text, name_span)?;
        let takes = self.takes(subject);
        let name = test.name.text.as_str();
        let span = text.span(test.range.clone());
        let check = match &test.check {
            WrittenCheck::Compare(comparison, value) => {
                Check::Compare(*comparison, self.value(name, &takes, value, None, text, span)?)
            }
            WrittenCheck::Between { low, high, negated } => {
                let unit = high.unit.as_ref().map(|unit| unit.text.clone());
                let from = self.value(name, &takes, low, unit.as_deref(), text, span)?;
                let to = self.value(name, &takes, high, None, text, span)?;
                if let (Limit::Number(from), Limit::Number(to)) = (&from, &to)
                    && from > to
                {
                    return Err(Box::new(
                        Diagnostic::error(
                            Code::OutOfRange,
                            text.span(low.range.start..high.range.end),
                            "the ends are the wrong way round",
                        )
                        .label("the lower end comes first")
                        .help(turned_round(low, high, text)),
                    ));
                }
                Check::Between { low: from, high: to, negated: *negated }
            }
            WrittenCheck::Is(label) => match direction_of(subject, label) {
                Some((way, negated)) => towards(name, &[(way, label)], negated, text)?,
                None => self.is(name, subject, &takes, label, text)?,
            },
            WrittenCheck::In { items, negated } => {
                let ways = items.iter().map(|label| direction_of(subject, label));
                match ways.collect::<Option<Vec<_>>>() {
                    Some(ways) if ways.iter().all(|(_, not)| !not) => {
                        let ways: Vec<_> = ways.into_iter().map(|(way, _)| way).zip(items).collect();
                        towards(name, &ways, *negated, text)?
                    }
                    _ => self.among(name, &takes, items, *negated, text)?,
                }
            }
            WrittenCheck::Includes { items, all } => {
                let Takes::Many(known) = &takes else {
                    return Err(self.wrong_kind(
                        name,
                        &takes,
                        span,
                        "`includes` asks a question that takes several options",
                    ));
                };
                let labels = self.labels(known, items, name, text)?;
                Check::Includes { labels, all: *all }
            }
        };
        Ok(Test { subject, check, span })
    }

    fn subject(&mut self, name: &str, span: Span) -> Result<Subject> {
        let (kind, id) = name.split_once('.').unwrap_or((name, ""));
        let id_span = span.part(kind.len() + 1..name.len());
        self.check_guarded(kind, name, span)?;
        match kind {
            "answer" => self.names.question(id, id_span).map(Subject::Answer),
            "gap" => {
                let question = self.names.question(id, id_span)?;
                self.can_differ(question, id_span)?;
                Ok(Subject::Gap(question))
            }
            "score" => match self.score_of(id) {
                Some(of) => Ok(Subject::Score(of)),
                None => Err(Box::new(self.unknown_score(id, id_span))),
            },
            "points" => {
                let metric = self.names.metric(id, id_span)?;
                if self.pack.metrics[metric.0].points.is_empty() {
                    return Err(Box::new(
                        Diagnostic::error(Code::WrongKind, id_span, format!("`{id}` has no points"))
                            .label("its values are worth nothing")
                            .help("give it `points:`, or compare its number"),
                    ));
                }
                Ok(Subject::Points(metric))
            }
            "metric" => self.names.metric(id, id_span).map(Subject::Metric),
            "derived" => self.names.derived(id, id_span).map(Subject::Derived),
            "trend" => self.names.metric(id, id_span).map(Subject::Trend),
            "band" => self.band(id, id_span).map(Subject::Band),
            // A shared condition stands alone and is read before; what is left is a number, not a name of one.
            _ => Err(Box::new(
                Diagnostic::error(Code::WrongKind, span, format!("`{name}` is a number to compare with"))
                    .label("nothing is asked of it")
                    .help(format!("write `metric.… > {name}`")),
            )),
        }
    }

    fn band(&mut self, id: &str, span: Span) -> Result<BandOf> {
        let of = match (self.names.metrics.find(id), self.score_of(id)) {
            (Some(place), _) => BandOf::Metric(MetricId(place)),
            (None, Some(of)) => BandOf::Score(of),
            (None, None) if id == "total" => return Err(Box::new(no_total(span))),
            (None, None) => {
                let total = self.pack.total.as_ref().map(|_| "total");
                let known = self.names.metrics.ids().chain(self.names.areas.ids()).chain(total);
                return Err(Box::new(super::super::names::unknown("metric or area", id, span, known)));
            }
        };
        if self.band_labels(of).is_empty() {
            return Err(Box::new(
                Diagnostic::error(Code::WrongKind, span, format!("`{id}` has no bands"))
                    .label("there is nothing to be in")
                    .help("give it `bands:`, or compare its number"),
            ));
        }
        Ok(of)
    }

    fn can_differ(&self, question: QuestionId, span: Span) -> Result<()> {
        let question = &self.pack.questions[question.0];
        let numbered = matches!(question.kind, QuestionKind::Numbered { .. } | QuestionKind::Options(_));
        let message = if !numbered {
            "answers to this question have no distance"
        } else if question.voices.len() < 2 || !question.voices.iter().any(|role| role == "manager") {
            "this question is not asked of a manager and of others"
        } else {
            return Ok(());
        };
        let help = if numbered {
            "add `voices: [manager, rep]` to the question"
        } else {
            "ask for the gap of a question with a `scale:`"
        };
        Err(Box::new(Diagnostic::error(Code::WrongKind, span, message).label("it has no gap").help(help)))
    }

    /// The names of bands, each with its spellings. Which dated list holds is known only later: a name's place is
    /// one for all of them.
    fn band_labels(&self, of: BandOf) -> Vec<(Vec<String>, usize)> {
        let mut out: Vec<(Vec<String>, usize)> = Vec::new();
        for (place, name) in self.pack.band_names(of).iter().enumerate() {
            let lists = self.pack.dated_bands(of).iter().filter_map(|dated| dated.value.labels.get(place));
            let mut spellings = vec![name.id.clone()];
            for label in lists.map(|name| &name.label) {
                if !spellings.contains(label) {
                    spellings.push(label.clone());
                }
            }
            out.push((spellings, place));
        }
        out
    }

    pub fn unknown_score(&self, id: &str, span: Span) -> Diagnostic {
        if id == "total" {
            return no_total(span);
        }
        let known = self.names.areas.ids().chain(self.pack.total.as_ref().map(|_| "total"));
        super::super::names::unknown("area", id, span, known)
    }

    fn takes(&self, subject: Subject) -> Takes {
        match subject {
            Subject::Answer(question) => match &self.pack.questions[question.0].kind {
                kind @ QuestionKind::Numbered { from, to, labels, .. } => Takes::Number(Box::new(Numbers {
                    unit: Unit::None,
                    range: Some((from.clone(), to.clone())),
                    labels: labels
                        .iter()
                        .enumerate()
                        .filter_map(|(place, label)| Some((label.clone(), kind.step_at(place)?)))
                        .collect(),
                })),
                QuestionKind::Options(choices) | QuestionKind::Profile(choices) => {
                    Takes::Labels(spellings(choices))
                }
                QuestionKind::Many(choices) => Takes::Many(spellings(choices)),
                QuestionKind::Number { unit, range } => Numbers::unlabelled(unit.clone(), range.clone()),
                QuestionKind::Text => Takes::Presence,
            },
            Subject::Score(of) => Numbers::unlabelled(Unit::Points, self.pack.score_range(of).cloned()),
            Subject::Points(metric) => {
                let tables = self.pack.metrics[metric.0].points.iter();
                let ends: Vec<(Number, Number)> = tables.filter_map(|dated| dated.value.ends()).collect();
                let low = ends.iter().map(|(low, _)| low).min().cloned();
                let high = ends.iter().map(|(_, high)| high).max().cloned();
                Numbers::unlabelled(Unit::Points, low.zip(high))
            }
            Subject::Metric(metric) => {
                let metric = &self.pack.metrics[metric.0];
                Numbers::unlabelled(metric.unit.clone(), metric.reach.clone())
            }
            Subject::Derived(id) => {
                let derived = &self.pack.derived[id.0];
                Numbers::unlabelled(derived.unit.clone(), derived.reach.clone())
            }
            Subject::Trend(metric) => {
                let metric = &self.pack.metrics[metric.0];
                let widest = metric.range.as_ref().map(|(low, high)| (low - high, high - low));
                Numbers::unlabelled(metric.unit.clone(), widest)
            }
            Subject::Band(of) => Takes::Labels(self.band_labels(of)),
            Subject::Gap(question) => match &self.pack.questions[question.0].kind {
                QuestionKind::Numbered { from, to, .. } => {
                    Numbers::unlabelled(Unit::None, Some((Number::zero(), to - from)))
                }
                _ => {
                    let ends = self.pack.questions[question.0].raw_ends();
                    Numbers::unlabelled(Unit::Points, ends.map(|(low, high)| (Number::zero(), &high - &low)))
                }
            },
        }
    }

    fn value(
        &mut self,
        name: &str,
        takes: &Takes,
        value: &WrittenValue,
        shared_unit: Option<&str>,
        text: &Text<'_>,
        whole: Span,
    ) -> Result<Limit> {
        let span = text.span(value.range.clone());
        let Takes::Number(numbers) = takes else {
            return Err(self.wrong_kind(name, takes, whole, "there is no more or less of it"));
        };
        let Numbers { unit, range, .. } = &**numbers;
        if value.text.starts_with("threshold.") {
            return self.named_limit(name, unit, value, span);
        }
        if !value.text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+') {
            return Err(Box::new(
                Diagnostic::error(
                    Code::WrongKind,
                    span,
                    format!("`{}` is compared with `{name}`", value.text),
                )
                .label("a number is wanted here")
                .help("compare each of the two with a number"),
            ));
        }
        let written = value.unit.as_ref().map(|unit| unit.text.as_str()).or(shared_unit);
        let id = name.split_once('.').map_or(name, |(_, id)| id);
        let wanted =
            Wanted { name: id, unit, range: range.as_ref(), declared: &self.pack.units, bare: false };
        quantity::fit(&value.text, written, wanted).map(Limit::Number).map_err(|misfit| {
            Box::new(super::super::misfit_at(misfit, &value.text, value.range.clone(), text))
        })
    }

    /// `threshold.high-churn`, in the unit of what is compared with it.
    fn named_limit(&self, name: &str, unit: &Unit, value: &WrittenValue, span: Span) -> Result<Limit> {
        if let Some(word) = &value.unit {
            return Err(Box::new(
                Diagnostic::error(Code::UnitWrong, span, format!("`{}` has a unit of its own", value.text))
                    .label(format!("`{}` stands behind it", word.text))
                    .help("take the unit out"),
            ));
        }
        let id_span = span.part("threshold.".len()..value.text.len());
        let id = self.names.threshold(&value.text["threshold.".len()..], id_span)?;
        let threshold = &self.pack.thresholds[id.0];
        let plain = |unit: &Unit| matches!(unit, Unit::None | Unit::Points | Unit::Count);
        let factor = match (&threshold.unit, unit) {
            (a, b) if plain(a) && plain(b) => Some(Number::one()),
            (a, b) => a.factor_to(b),
        };
        match factor {
            Some(factor) => Ok(Limit::Threshold(id, factor)),
            // What is broken has no unit to speak of.
            None if self.faulty(threshold.span) => Ok(Limit::Threshold(id, Number::one())),
            None => Err(Box::new(
                Diagnostic::error(Code::UnitWrong, span, format!("`{}` does not fit `{name}`", value.text))
                    .label(format!("{} against {}", in_words(&threshold.unit), in_words(unit)))
                    .related(threshold.span, "this threshold")
                    .help("compare like with like: give the threshold the same unit"),
            )),
        }
    }

    fn is(
        &mut self,
        name: &str,
        subject: Subject,
        takes: &Takes,
        label: &Label,
        text: &Text<'_>,
    ) -> Result<Check> {
        let span = text.span(label.range.clone());
        let rest = (!label.quoted).then(|| strip_not(&label.text)).flatten();
        let known: Vec<&str> = match takes {
            Takes::Number(numbers) => numbers.labels.iter().map(|(label, _)| label.as_str()).collect(),
            Takes::Labels(known) | Takes::Many(known) => {
                known.iter().flat_map(|(names, _)| names.iter().map(String::as_str)).collect()
            }
            Takes::Presence => Vec::new(),
        };
        let is_label = known.iter().any(|known| known.eq_ignore_ascii_case(&label.text));
        if let (true, Some(rest)) = (is_label, rest) {
            return Err(Box::new(
                Diagnostic::error(Code::Condition, span, "this can be read in two ways")
                    .label(format!("the label \"{}\", or anything but \"{rest}\"?", label.text))
                    .help(format!("write `{name} is \"{}\"`, or `not ({name} is \"{rest}\")`", label.text)),
            ));
        }
        if let Some(kind) = (!label.quoted).then(|| absence_test(&label.text)).flatten() {
            return self.absence(name, subject, kind, span);
        }
        if let Some(kind) = rest.and_then(absence_test) {
            return self.absence(name, subject, (kind.0, !kind.1), span);
        }
        let (label, negated) = match rest {
            Some(rest) => {
                let cut = text.text[label.range.clone()].to_lowercase().find("not").map_or(0, |at| at + 3);
                let from = label.range.start + cut;
                let spaces = text.text[from..].len() - text.text[from..].trim_start().len();
                let number = rest.trim_start_matches(['-', '+']).starts_with(|c: char| c.is_ascii_digit());
                let value = number.then(|| {
                    let (digits, unit) = quantity::split(rest);
                    let unit = unit.map(|unit| super::syntax::Word {
                        text: unit.to_owned(),
                        range: label.range.clone(),
                    });
                    WrittenValue { text: digits.to_owned(), unit, range: from + spaces..label.range.end }
                });
                (
                    Label {
                        text: rest.to_owned(),
                        quoted: false,
                        value,
                        range: from + spaces..label.range.end,
                    },
                    true,
                )
            }
            None => (label.clone(), false),
        };
        self.among(name, takes, std::slice::from_ref(&label), negated, text)
    }

    /// `is` and `in`: labels, or numbers where the scale has numbers.
    fn among(
        &mut self,
        name: &str,
        takes: &Takes,
        items: &[Label],
        negated: bool,
        text: &Text<'_>,
    ) -> Result<Check> {
        match takes {
            Takes::Labels(known) => {
                let labels = self.labels(known, items, name, text)?;
                Ok(Check::OneOf { labels, negated })
            }
            Takes::Number(numbers) => {
                let steps = &numbers.labels;
                let known: Vec<(Vec<String>, usize)> = steps
                    .iter()
                    .enumerate()
                    .map(|(place, (label, _))| (vec![label.clone()], place))
                    .collect();
                let shared = items
                    .last()
                    .and_then(|label| label.value.as_ref()?.unit.as_ref())
                    .map(|unit| unit.text.clone());
                let mut numbers = Vec::new();
                for label in items {
                    let span = text.span(label.range.clone());
                    if let Some(place) = place_of(&known, label) {
                        numbers.push(Limit::Number(steps[place].1.clone()));
                        continue;
                    }
                    numbers.push(match &label.value {
                        Some(value) => self.value(name, takes, value, shared.as_deref(), text, span)?,
                        None if !label.quoted && label.text.starts_with("threshold.") => {
                            let range = label.range.clone();
                            let value = WrittenValue { text: label.text.clone(), unit: None, range };
                            self.value(name, takes, &value, None, text, span)?
                        }
                        None if known.is_empty() => {
                            let what = if name.starts_with("score.") {
                                format!(
                                    "write `{} is {}` for its band",
                                    name.replacen("score.", "band.", 1),
                                    label.text
                                )
                            } else if name.starts_with("trend.") {
                                "write `rising`, `falling` or `flat`, or a number".to_owned()
                            } else if let Some(comparison) = spoken(&label.text) {
                                format!("write `{name} {comparison}`")
                            } else if name.starts_with("metric.") {
                                format!(
                                    "write `{} is {}` for its band",
                                    name.replacen("metric.", "band.", 1),
                                    label.text
                                )
                            } else {
                                "write a number".to_owned()
                            };
                            return Err(Box::new(
                                Diagnostic::error(Code::WrongKind, span, format!("`{name}` has no labels"))
                                    .label("a number is wanted here")
                                    .help(what),
                            ));
                        }
                        None if spoken(&label.text).is_some() => {
                            let comparison = spoken(&label.text).unwrap_or_default();
                            return Err(Box::new(
                                Diagnostic::error(
                                    Code::WrongKind,
                                    span,
                                    "a comparison is written with its sign",
                                )
                                .label("words behind `is` are a label")
                                .help(format!("write `{name} {comparison}`")),
                            ));
                        }
                        None => Limit::Number(steps[find_label(&known, label, name, text)?].1.clone()),
                    });
                }
                Ok(Check::OneOfNumbers { numbers, negated })
            }
            Takes::Many(_) => {
                let span = text.span(items.first().map_or(0..0, |label| label.range.clone()));
                Err(self.wrong_kind(name, takes, span, "this question takes several options"))
            }
            Takes::Presence => {
                let span = text.span(items.first().map_or(0..0, |label| label.range.clone()));
                Err(self.wrong_kind(name, takes, span, "what people type is not compared"))
            }
        }
    }

    /// The places of all labels; every unknown one is told, the last as the result.
    fn labels(
        &mut self,
        known: &[(Vec<String>, usize)],
        items: &[Label],
        name: &str,
        text: &Text<'_>,
    ) -> Result<Vec<usize>> {
        let mut places = Vec::new();
        let mut last = None;
        for label in items {
            match find_label(known, label, name, text) {
                Ok(place) => places.push(place),
                Err(fault) => {
                    if let Some(before) = last.replace(fault) {
                        self.tell_of(name, *before);
                    }
                }
            }
        }
        last.map_or(Ok(places), Err)
    }

    fn absence(
        &self,
        name: &str,
        subject: Subject,
        (kind, negated): (AbsenceTest, bool),
        span: Span,
    ) -> Result<Check> {
        let of_answer = matches!(subject, Subject::Answer(_));
        if let (AbsenceTest::Kind(absence), false) = (kind, of_answer) {
            return Err(Box::new(
                Diagnostic::error(Code::WrongKind, span, format!("`{name}` is no answer"))
                    .label(format!("only answers are \"{}\"", absence.phrase()))
                    .help(format!("write `{name} is missing`")),
            ));
        }
        Ok(Check::Absent { kind, negated })
    }

    fn wrong_kind(&self, name: &str, takes: &Takes, span: Span, why: &str) -> Box<Diagnostic> {
        let help = match takes {
            Takes::Labels(known) => {
                let first = known.first().map_or("…", |(names, _)| names[0].as_str());
                format!("write `{name} is {first}` or `{name} in […]`")
            }
            Takes::Many(known) => {
                let first = known.first().map_or("…", |(names, _)| names[0].as_str());
                format!("write `{name} includes {first}`")
            }
            Takes::Presence => format!("write `{name} is answered` or `{name} is missing`"),
            Takes::Number(_) => format!("write `{name} <= 2` or `{name} between 1 and 2`"),
        };
        let message = format!("`{name}` cannot be compared so");
        Box::new(Diagnostic::error(Code::WrongKind, span, message).label(why).help(help))
    }
}

/// Two ends in their order: a unit behind the last of them stays there, since it holds for both.
fn turned_round(low: &WrittenValue, high: &WrittenValue, text: &Text<'_>) -> String {
    let written = |value: &WrittenValue| text.text[value.range.clone()].to_owned();
    let (first, last) = (written(low), written(high));
    match (&low.unit, last.strip_prefix(&high.text)) {
        (None, Some(unit)) if high.unit.is_some() => {
            format!("write `between {} and {first}{unit}`", high.text)
        }
        _ => format!("write `between {last} and {first}`"),
    }
}

/// What numbers of a unit are, for the fault of two that cannot be compared.
fn in_words(unit: &Unit) -> String {
    match unit {
        Unit::None => "a plain number".to_owned(),
        Unit::Percent => "a percentage".to_owned(),
        unit => format!("a number in {}", unit.name()),
    }
}

/// Which way a number went.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Falling,
    Flat,
    Rising,
}

/// `rising`, `falling` or `flat`, asked of a trend, and whether a "not" stands before it.
fn direction_of(subject: Subject, label: &Label) -> Option<(Way, bool)> {
    let Subject::Trend(_) = subject else { return None };
    let text = label.text.to_lowercase();
    let (word, negated) = text.strip_prefix("not ").map_or((text.as_str(), false), |rest| (rest, true));
    let way = match word {
        "falling" => Way::Falling,
        "flat" => Way::Flat,
        "rising" => Way::Rising,
        _ => return None,
    };
    Some((way, negated))
}

/// The ways that a trend may go as one comparison of the change with 0.
fn towards(name: &str, ways: &[(Way, &Label)], negated: bool, text: &Text<'_>) -> Result<Check> {
    let held = |way: Way| ways.iter().any(|(other, _)| *other == way) != negated;
    let comparison = match (held(Way::Falling), held(Way::Flat), held(Way::Rising)) {
        (true, false, false) => Comparison::Less,
        (true, true, false) => Comparison::AtMost,
        (false, true, false) => Comparison::Equal,
        (false, true, true) => Comparison::AtLeast,
        (false, false, true) => Comparison::Greater,
        (true, false, true) => Comparison::NotEqual,
        (true, true, true) | (false, false, false) => {
            let first = ways.first().map_or(0, |(_, label)| label.range.start);
            let last = ways.last().map_or(0, |(_, label)| label.range.end);
            return Err(Box::new(
                Diagnostic::error(
                    Code::WrongKind,
                    text.span(first..last),
                    "these are all the ways there are",
                )
                .label("a trend is rising, falling or flat")
                .help(format!("write `{name} is answered`")),
            ));
        }
    };
    Ok(Check::Compare(comparison, Limit::Number(Number::zero())))
}

/// The fault of a total that the pack does without.
fn no_total(span: Span) -> Diagnostic {
    Diagnostic::error(Code::UnknownName, span, "there is no total")
        .label("the pack says `total: none`")
        .help("name an area, or take `total: none` out")
}

/// `less than 4 shifts` with its sign.
fn spoken(text: &str) -> Option<String> {
    const SPOKEN: [(&str, &str); 12] = [
        ("less than or equal to ", "<="),
        ("greater than or equal to ", ">="),
        ("more than or equal to ", ">="),
        ("less than ", "<"),
        ("fewer than ", "<"),
        ("below ", "<"),
        ("under ", "<"),
        ("more than ", ">"),
        ("greater than ", ">"),
        ("above ", ">"),
        ("at least ", ">="),
        ("at most ", "<="),
    ];
    let folded = text.to_lowercase();
    SPOKEN.iter().find_map(|(words, sign)| {
        folded.starts_with(words).then(|| format!("{sign} {}", &text[words.len()..]))
    })
}

/// The rest behind a leading `not`.
fn strip_not(text: &str) -> Option<&str> {
    let rest = text.get(..4).filter(|start| start.eq_ignore_ascii_case("not ")).map(|_| &text[4..])?;
    (!rest.is_empty()).then_some(rest)
}

/// A word that asks for absence, and whether it asks for the opposite.
fn absence_test(text: &str) -> Option<(AbsenceTest, bool)> {
    match text.to_lowercase().as_str() {
        "missing" => Some((AbsenceTest::Missing, false)),
        "answered" => Some((AbsenceTest::Missing, true)),
        _ => Absence::parse(text).map(|absence| (AbsenceTest::Kind(absence), false)),
    }
}

fn spellings(choices: &[Choice]) -> Vec<(Vec<String>, usize)> {
    choices
        .iter()
        .enumerate()
        .map(|(place, choice)| {
            let mut names = vec![choice.id.clone()];
            if choice.label != choice.id {
                names.push(choice.label.clone());
            }
            names.extend(choice.value.as_ref().map(|value| value.to_decimal(30)));
            (names, place)
        })
        .collect()
}

fn place_of(known: &[(Vec<String>, usize)], label: &Label) -> Option<usize> {
    let fold = |text: &str| text.chars().map(super::lex::plain).collect::<String>().to_lowercase();
    let wanted = fold(&label.text);
    known.iter().find(|(names, _)| names.iter().any(|name| fold(name) == wanted)).map(|(_, place)| *place)
}

fn find_label(known: &[(Vec<String>, usize)], label: &Label, name: &str, text: &Text<'_>) -> Result<usize> {
    if let Some(place) = place_of(known, label) {
        return Ok(place);
    }
    let all = known.iter().flat_map(|(names, _)| names.iter().map(String::as_str));
    let firsts: Vec<&str> = known.iter().map(|(names, _)| names[0].as_str()).collect();
    let truth = match label.text.to_lowercase().as_str() {
        "true" => Some("yes"),
        "false" => Some("no"),
        _ => None,
    };
    let truth = truth.filter(|word| firsts.contains(word)).map(|word| format!("write `{word}`"));
    let help = truth
        .or_else(|| did_you_mean(&label.text, all))
        .unwrap_or_else(|| format!("the labels are {}", super::super::keys::list(&firsts)));
    Err(Box::new(
        Diagnostic::error(
            Code::UnknownLabel,
            text.span(label.range.clone()),
            format!("`{name}` has no label `{}`", label.text),
        )
        .label("unknown label")
        .help(help),
    ))
}
