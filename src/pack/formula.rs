//! Formulas of metrics: arithmetic whose units work out and whose divisors cannot be 0.

use super::load::Loader;
use super::text::Text;
use crate::diag::{Code, Diagnostic};
use crate::model::{Formula, Number, QuestionKind, Unit};
use crate::source::Span;

/// A part of a formula with what is known of it before any value is.
struct Part {
    formula: Formula,
    unit: Unit,
    /// The ends it lies between; none where nothing bounds it.
    ends: Option<(Number, Number)>,
    /// Whether it is made of numbers alone: beside a value with a unit it is read in that unit.
    bare: bool,
    range: std::ops::Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Name(String),
    Number(Number),
    Sign(char),
}

/// A longer formula is a slip of a spreadsheet, and each sign nests what is worked out by one.
const MAX_TOKENS: usize = 400;

/// Brackets and signs inside each other.
const MAX_DEPTH: usize = 32;

/// What a formula is for.
pub enum Target<'a> {
    /// A metric by its id, in its unit.
    Metric(&'a str, &'a Unit),
    /// A score takes the number in whatever unit it comes.
    Score,
}

/// A formula with the ends between which it lies.
pub type Read = (Formula, Option<(Number, Number)>);

/// The names in a formula, as far as it can be cut into words; what is wrong with it is told when it is read.
pub fn names_in(text: &str) -> Vec<String> {
    let tokens = lex(text).unwrap_or_default();
    let names = tokens.into_iter().take(MAX_TOKENS).filter_map(|(token, _)| match token {
        Token::Name(name) => Some(name),
        _ => None,
    });
    names.collect()
}

impl Loader<'_, '_> {
    /// Reads a formula; everything that it names has its unit and its ends by then. `if_zero` says that a divisor
    /// may be 0, and the value missing then.
    pub fn formula(&mut self, text: &Text<'_>, target: &Target<'_>, if_zero: bool) -> Option<Read> {
        let tokens = match lex(text.text) {
            Ok(tokens) => tokens,
            Err((range, message)) => {
                self.read.push(formula_fault(text.span(range), message, "here"));
                return None;
            }
        };
        if tokens.len() > MAX_TOKENS {
            let message = format!("this formula has more than {MAX_TOKENS} names, numbers and signs");
            self.read.push(formula_fault(text.whole(), message, "too long"));
            return None;
        }
        let mut parser = Parser { loader: self, text, tokens, at: 0, depth: 0, if_zero };
        let part = parser.sum()?;
        if parser.at < parser.tokens.len() {
            let range = parser.range();
            let found = text.text[range.clone()].to_owned();
            self.read.push(formula_fault(
                text.span(range),
                format!("`{found}` is not expected here"),
                "an operator is wanted here",
            ));
            return None;
        }
        let part = match target {
            Target::Metric(id, unit) => self.fit_result(part, id, unit, text)?,
            Target::Score => part,
        };
        Some((part.formula, part.ends))
    }

    /// The formula in the metric's own unit.
    fn fit_result(&mut self, part: Part, id: &str, unit: &Unit, text: &Text<'_>) -> Option<Part> {
        let factor = match (&part.unit, unit) {
            (found, wanted) if found == wanted => Some(Number::one()),
            (Unit::None, Unit::Percent) => Some(Number::from(100i64)),
            (Unit::Percent, Unit::Times | Unit::Count | Unit::None | Unit::Points) => {
                Some(Number::ratio(1, 100))
            }
            (Unit::None, Unit::Times | Unit::Count | Unit::Points) => Some(Number::one()),
            // A number alone is read in the unit that is wanted.
            (Unit::None, _) if part.bare => Some(Number::one()),
            (found, wanted) => found.factor_to(wanted),
        };
        match factor {
            Some(factor) => Some(scaled(part, factor)),
            None => {
                let fault = formula_fault(
                    text.whole(),
                    format!(
                        "this formula gives {}, and `{id}` is {}",
                        unit_words(&part.unit),
                        unit_words(unit)
                    ),
                    "the units do not work out",
                )
                .help("a quotient of like units is a plain number, which a % metric shows times 100");
                self.read.push(fault);
                None
            }
        }
    }
}

fn formula_fault(span: Span, message: impl Into<String>, label: &str) -> Diagnostic {
    Diagnostic::error(Code::Formula, span, message).label(label)
}

fn unit_words(unit: &Unit) -> String {
    match unit {
        Unit::None => "a plain number".to_owned(),
        Unit::Percent => "a percentage".to_owned(),
        unit => format!("a value in {}", unit.name()),
    }
}

type Placed = (Token, std::ops::Range<usize>);

fn lex(text: &str) -> Result<Vec<Placed>, (std::ops::Range<usize>, String)> {
    let mut out = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        let end = start + c.len_utf8();
        let mut run = |held: &dyn Fn(char) -> bool| {
            let mut end = end;
            while let Some((at, c)) = rest.peek() {
                if !held(*c) {
                    break;
                }
                end = at + c.len_utf8();
                rest.next();
            }
            end
        };
        match c {
            c if c.is_whitespace() => {}
            '+' | '*' | '/' | '(' | ')' | ',' | '-' | '\u{2212}' | '×' | '÷' => {
                let sign = match c {
                    '\u{2212}' => '-',
                    '×' => '*',
                    '÷' => '/',
                    c => c,
                };
                out.push((Token::Sign(sign), start..end));
            }
            c if c.is_ascii_digit() => {
                let end = run(&|c| c.is_ascii_digit() || c == '.');
                match Number::parse(&text[start..end]) {
                    Some(number) => out.push((Token::Number(number), start..end)),
                    None => {
                        return Err((
                            start..end,
                            format!("`{}` is not written as a number", &text[start..end]),
                        ));
                    }
                }
            }
            c if c.is_ascii_alphabetic() => {
                let end = run(&|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
                out.push((Token::Name(text[start..end].to_owned()), start..end));
            }
            c => return Err((start..end, format!("`{c}` has no meaning in a formula"))),
        }
    }
    if out.is_empty() {
        return Err((0..text.len(), "the formula is empty".to_owned()));
    }
    Ok(out)
}

struct Parser<'p, 'a, 'n> {
    loader: &'p mut Loader<'a, 'n>,
    text: &'p Text<'p>,
    tokens: Vec<Placed>,
    at: usize,
    depth: usize,
    /// Whether a divisor may be 0.
    if_zero: bool,
}

impl Parser<'_, '_, '_> {
    fn range(&self) -> std::ops::Range<usize> {
        match self.tokens.get(self.at).or(self.tokens.last()) {
            Some((_, range)) => range.clone(),
            None => 0..self.text.text.len(),
        }
    }

    fn fail(
        &mut self,
        range: std::ops::Range<usize>,
        message: impl Into<String>,
        label: &str,
    ) -> Option<Part> {
        let fault = formula_fault(self.text.span(range), message, label);
        self.loader.read.push(fault);
        None
    }

    fn sign(&mut self, signs: &[char]) -> Option<char> {
        match self.tokens.get(self.at) {
            Some((Token::Sign(sign), _)) if signs.contains(sign) => {
                self.at += 1;
                Some(*sign)
            }
            _ => None,
        }
    }

    fn sum(&mut self) -> Option<Part> {
        let mut left = self.product()?;
        while let Some(sign) = self.sign(&['+', '-']) {
            let right = self.product()?;
            left = self.add(left, right, sign)?;
        }
        Some(left)
    }

    fn add(&mut self, left: Part, right: Part, sign: char) -> Option<Part> {
        let range = left.range.start..right.range.end;
        for (number, other) in [(&left, &right), (&right, &left)] {
            if number.bare && !other.bare && other.unit == Unit::Percent && is_share(number) {
                let span = self.text.span(number.range.clone());
                let written = self.text.text[number.range.clone()].to_owned();
                let message = format!("`{written}` beside a percentage is read as {written}%");
                let whole = number.ends.as_ref().map(|(low, _)| low * &Number::from(100i64));
                let help = whole.map(|whole| format!("write `{whole}` for {whole}%"));
                self.loader.read.push(formula_fault(span, message, "a share?").help_if(help));
                return None;
            }
        }
        let (left, right) = alike(left, right);
        let Some(factor) = right.unit.factor_to(&left.unit) else {
            let message = format!(
                "{} and {} cannot be {}",
                unit_words(&left.unit),
                unit_words(&right.unit),
                if sign == '+' { "added" } else { "subtracted" }
            );
            return self.fail(range, message, "the units differ");
        };
        let right = scaled(right, factor);
        let ends = match (&left.ends, &right.ends) {
            (Some((a, b)), Some((c, d))) if sign == '+' => Some((a + c, b + d)),
            (Some((a, b)), Some((c, d))) => Some((a - d, b - c)),
            _ => None,
        };
        let (a, b) = (Box::new(left.formula), Box::new(right.formula));
        let formula = if sign == '+' { Formula::Add(a, b) } else { Formula::Subtract(a, b) };
        Some(Part { formula, unit: left.unit, ends, bare: left.bare && right.bare, range })
    }

    fn product(&mut self) -> Option<Part> {
        let mut left = self.atom()?;
        while let Some(sign) = self.sign(&['*', '/']) {
            let right = self.atom()?;
            left = if sign == '*' { self.multiply(left, right)? } else { self.divide(left, right)? };
        }
        Some(left)
    }

    fn multiply(&mut self, left: Part, right: Part) -> Option<Part> {
        let range = left.range.start..right.range.end;
        // A share of something is that something: only beside a plain number does a percentage stay one.
        let (left, right) = match (&left.unit, &right.unit) {
            (Unit::Percent, Unit::None) | (Unit::None, Unit::Percent) => (left, right),
            _ => (plain(left), plain(right)),
        };
        let unit = match (&left.unit, &right.unit) {
            (Unit::None, unit) | (unit, Unit::None) => unit.clone(),
            (a, b) => {
                let message = format!("{} times {} has no unit", unit_words(a), unit_words(b));
                return self.fail(range, message, "one of the two must be a plain number");
            }
        };
        let ends = match (&left.ends, &right.ends) {
            (Some((a, b)), Some((c, d))) => Some(extremes([a * c, a * d, b * c, b * d])),
            _ => None,
        };
        let formula = Formula::Multiply(Box::new(left.formula), Box::new(right.formula));
        Some(Part { formula, unit, ends, bare: left.bare && right.bare, range })
    }

    fn divide(&mut self, left: Part, right: Part) -> Option<Part> {
        let range = left.range.start..right.range.end;
        let (left, right) = match (&left.unit, &right.unit) {
            (Unit::Percent, Unit::None | Unit::Percent) => (left, right),
            _ => (plain(left), plain(right)),
        };
        let unit = match (&left.unit, &right.unit) {
            (unit, Unit::None) => unit.clone(),
            (a, b) if b.factor_to(a).is_some() => Unit::None,
            (a, b) => {
                let message = format!("{} divided by {} has no unit", unit_words(a), unit_words(b));
                return self.fail(range, message, "the units differ");
            }
        };
        let holds_zero = match &right.ends {
            Some((low, high)) => *low <= Number::zero() && *high >= Number::zero(),
            None => true,
        };
        if holds_zero && !self.if_zero {
            let divisor = self.text.text[right.range.clone()].to_owned();
            let fault = Diagnostic::error(
                Code::DivisionByZero,
                self.text.span(right.range),
                format!("`{divisor}` can be 0"),
            )
            .label("a divisor")
            .help("give it a range that begins above 0, such as `range: [1, 100000]`, or add `if_zero: missing`");
            self.loader.read.push(fault);
            return None;
        }
        let right = if unit == Unit::None && right.unit != left.unit {
            let factor = right.unit.factor_to(&left.unit).unwrap_or_else(Number::one);
            scaled(right, factor)
        } else {
            right
        };
        let ends = match (&left.ends, &right.ends) {
            (Some((a, b)), Some((c, d))) if !holds_zero => Some(extremes([a / c, a / d, b / c, b / d])),
            _ => None,
        };
        let formula = Formula::Divide(Box::new(left.formula), Box::new(right.formula));
        Some(Part { formula, unit, ends, bare: left.bare && right.bare, range })
    }

    fn atom(&mut self) -> Option<Part> {
        let range = self.range();
        let Some((token, _)) = self.tokens.get(self.at).cloned() else {
            return self.fail(range, "the formula ends too early", "something is wanted behind this");
        };
        self.at += 1;
        match token {
            Token::Number(number) => {
                let ends = Some((number.clone(), number.clone()));
                Some(Part { formula: Formula::Number(number), unit: Unit::None, ends, bare: true, range })
            }
            Token::Name(name) if ["abs", "min", "max"].contains(&name.as_str()) => self.call(&name, range),
            Token::Name(name) => self.name(&name, range),
            Token::Sign('(') => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return self.fail(range, format!("brackets are nested deeper than {MAX_DEPTH}"), "here");
                }
                let inner = self.sum()?;
                self.depth -= 1;
                if self.sign(&[')']).is_none() {
                    return self.fail(range, "the bracket is not closed", "opened here");
                }
                Some(inner)
            }
            Token::Sign(sign) => self.fail(
                range,
                format!("`{sign}` is not expected here"),
                "a metric or number is wanted here",
            ),
        }
    }

    fn name(&mut self, name: &str, range: std::ops::Range<usize>) -> Option<Part> {
        let span = self.text.span(range.clone());
        let part = |formula, unit, ends| Part { formula, unit, ends, bare: false, range: range.clone() };
        if let Some(area) = name.strip_prefix("score.") {
            return match self.loader.score_of(area) {
                Some(of) => {
                    let ends = self.loader.pack.score_range(of).cloned();
                    Some(part(Formula::Score(of), Unit::None, ends))
                }
                None => {
                    let fault = self.loader.unknown_score(area, span);
                    self.loader.read.push(fault);
                    None
                }
            };
        }
        if let Some(id) = name.strip_prefix("derived.") {
            let found = self.loader.names.derived(id, span);
            let id = self.loader.read.ok(found)?;
            let known = &self.loader.pack.derived[id.0];
            return Some(part(Formula::Derived(id), unitless(&known.unit), known.reach.clone()));
        }
        if let Some(question) = name.strip_prefix("answer.") {
            let found = self.loader.names.question(question, span);
            let id = self.loader.read.ok(found)?;
            let known = &self.loader.pack.questions[id.0];
            return match &known.kind {
                QuestionKind::Numbered { from, to, .. } => {
                    Some(part(Formula::Answer(id), Unit::None, Some((from.clone(), to.clone()))))
                }
                QuestionKind::Number { unit, range } => {
                    Some(part(Formula::Answer(id), unit.clone(), range.clone()))
                }
                _ => {
                    if !self.loader.faulty(known.span) {
                        let message = format!("`{question}` is not answered with a number");
                        let fault = formula_fault(span, message, "there is nothing to work with")
                            .help("a formula names questions on numbered scales or of `kind: number`");
                        self.loader.read.push(fault);
                    }
                    None
                }
            };
        }
        if let Some(metric) = name.strip_prefix("points.") {
            let found = self.loader.names.metric(metric, span);
            let id = self.loader.read.ok(found)?;
            let Some(ends) = self.loader.points_ends(id) else {
                if !self.loader.faulty(self.loader.pack.metrics[id.0].span) {
                    let fault = formula_fault(
                        span,
                        format!("`{metric}` has no points"),
                        "its values are worth nothing",
                    )
                    .help("give it `points:`, or work with its number");
                    self.loader.read.push(fault);
                }
                return None;
            };
            return Some(part(Formula::Points(id), Unit::None, Some(ends)));
        }
        let id = name.strip_prefix("metric.").unwrap_or(name);
        // A hyphen may be a minus that lost its spaces.
        if self.loader.names.metrics.find(id).is_none() && id.contains('-') {
            let parts: Vec<&str> = id.split('-').collect();
            if parts.iter().all(|part| self.loader.names.metrics.find(part).is_some()) {
                let fault = formula_fault(span, format!("`{id}` is one name"), "ids may hold hyphens")
                    .help(format!("put spaces around the minus: `{}`", parts.join(" - ")));
                self.loader.read.push(fault);
                return None;
            }
        }
        let found = self.loader.names.metric(id, span);
        let metric = self.loader.read.ok(found)?;
        let known = &self.loader.pack.metrics[metric.0];
        Some(part(Formula::Metric(metric), unitless(&known.unit), known.reach.clone()))
    }

    fn call(&mut self, name: &str, range: std::ops::Range<usize>) -> Option<Part> {
        if self.sign(&['(']).is_none() {
            return self.fail(range, format!("`{name}` wants brackets"), "write them behind it");
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return self.fail(range, format!("brackets are nested deeper than {MAX_DEPTH}"), "here");
        }
        let mut parts = vec![self.sum()?];
        while self.sign(&[',']).is_some() {
            parts.push(self.sum()?);
        }
        self.depth -= 1;
        if self.sign(&[')']).is_none() {
            return self.fail(range, "the bracket is not closed", "opened here");
        }
        let whole = range.start..self.tokens[self.at - 1].1.end;
        if name == "abs" {
            if parts.len() != 1 {
                return self.fail(whole, "`abs` takes one value", "this one has more");
            }
            let part = parts.remove(0);
            let ends = part.ends.as_ref().map(|(low, high)| {
                let (a, b) = crate::model::ordered(low.abs(), high.abs());
                let crosses = *low <= Number::zero() && *high >= Number::zero();
                (if crosses { Number::zero() } else { a }, b)
            });
            return Some(Part {
                formula: Formula::Absolute(Box::new(part.formula)),
                unit: part.unit,
                ends,
                bare: part.bare,
                range: whole,
            });
        }
        let bare = parts.iter().all(|part| part.bare);
        let unit = parts.iter().find(|part| !part.bare).unwrap_or(&parts[0]).unit.clone();
        let mut inner = Vec::new();
        let mut ends: Option<Vec<(Number, Number)>> = Some(Vec::new());
        for part in parts {
            let part =
                if part.bare && unit != Unit::None { Part { unit: unit.clone(), ..part } } else { part };
            let Some(factor) = part.unit.factor_to(&unit) else {
                return self.fail(
                    whole,
                    format!("`{name}` compares {} with {}", unit_words(&unit), unit_words(&part.unit)),
                    "the units differ",
                );
            };
            let part = scaled(part, factor);
            ends = match (ends, &part.ends) {
                (Some(mut list), Some(end)) => {
                    list.push(end.clone());
                    Some(list)
                }
                _ => None,
            };
            inner.push(part.formula);
        }
        let least = name == "min";
        let ends = ends.and_then(|list| {
            let lows = list.iter().map(|(low, _)| low.clone());
            let highs = list.iter().map(|(_, high)| high.clone());
            if least { Some((lows.min()?, highs.min()?)) } else { Some((lows.max()?, highs.max()?)) }
        });
        let formula = if least { Formula::Least(inner) } else { Formula::Greatest(inner) };
        Some(Part { formula, unit, ends, bare, range: whole })
    }
}

/// Whether a number is above 0 and at most 1: beside a percentage it was meant as a share.
fn is_share(part: &Part) -> bool {
    part.ends.as_ref().is_some_and(|(low, high)| *low > Number::zero() && *high <= Number::one())
}

/// Two values that are added: a bare number is read in the other's unit, and a percentage beside what has no unit
/// is a plain number.
fn alike(left: Part, right: Part) -> (Part, Part) {
    if left.bare && !right.bare {
        let unit = right.unit.clone();
        return (Part { unit, ..left }, right);
    }
    if right.bare && !left.bare {
        let unit = left.unit.clone();
        return (left, Part { unit, ..right });
    }
    if left.unit == right.unit { (left, right) } else { (plain(left), plain(right)) }
}

/// Multiples and counts enter arithmetic as plain numbers.
fn unitless(unit: &Unit) -> Unit {
    match unit {
        Unit::Times | Unit::Count => Unit::None,
        unit => unit.clone(),
    }
}

/// A percentage as the share that it is; everything else as it stands.
fn plain(part: Part) -> Part {
    if part.unit != Unit::Percent {
        return part;
    }
    let part = scaled(part, Number::ratio(1, 100));
    Part { unit: Unit::None, ..part }
}

fn scaled(part: Part, factor: Number) -> Part {
    if factor == Number::one() {
        return part;
    }
    let ends = part.ends.map(|(low, high)| (&low * &factor, &high * &factor));
    Part { formula: Formula::Scale(Box::new(part.formula), factor), ends, ..part }
}

fn extremes(values: [Number; 4]) -> (Number, Number) {
    let low = values.iter().min().cloned().unwrap_or_else(Number::zero);
    let high = values.iter().max().cloned().unwrap_or_else(Number::zero);
    (low, high)
}
