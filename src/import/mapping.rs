//! What was understood of an export, as a file: written down, corrected by hand, and read again for the next export.

use std::collections::HashMap;
use std::fmt::Write;

use super::columns::{By, Target, Use};
use super::dialect::Dialect;
use super::heading::{code, norm};
use super::layout::{Column, Layout};
use super::numerals::Decimals;
use super::times::Order;
use super::understood::Understood;
use crate::answers::{fold, listed, typed};
use crate::diag::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::model::{Pack, QuestionKind};
use crate::source::{SourceId, Sources, Span};
use crate::yaml::{self, Node, Value, in_quotes, unprintable};

const KEYS: &[&str] =
    &["mapping", "dialect", "sheet", "dates", "decimals", "unreadable", "unfinished", "columns", "values"];
const COLUMN_KEYS: &[&str] = &["column", "nth", "to", "option"];
const VALUE_KEYS: &[&str] = &["for", "typed", "means"];
/// What a column may become besides a question or metric.
const ABOUT: [(&str, Target); 10] = [
    ("respondent", Target::Respondent),
    ("name", Target::Name),
    ("first-name", Target::FirstName),
    ("last-name", Target::LastName),
    ("date", Target::Date),
    ("language", Target::Language),
    ("team", Target::Team),
    ("role", Target::Role),
    ("extra", Target::Extra),
    ("ignore", Target::Ignored),
];

/// A mapping file, read.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    pub dialect: Option<Dialect>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    pub dates: Option<Order>,
    /// The sign in front of decimals.
    pub decimals: Option<Decimals>,
    /// Whether previews and unfinished responses are respondents too.
    pub keep_unfinished: bool,
    /// Whether figures that nobody can read are taken as not given.
    pub skip_unreadable: bool,
    columns: Vec<Rule>,
    /// Question or metric, what was typed by [`norm`], and what it means.
    values: Vec<(String, String, String, Span)>,
}

/// What one column is to become.
#[derive(Clone, Debug)]
struct Rule {
    column: String,
    /// Which of several columns of that name, from 1.
    nth: usize,
    to: String,
    option: Option<(String, Span)>,
    at: Span,
    to_at: Span,
}

/// Reads a mapping file; faults are told.
pub fn read_mapping(source: SourceId, sources: &Sources, faults: &mut Diagnostics) -> Mapping {
    let mut mapping = Mapping::default();
    let Some(node) = yaml::read(source, sources, faults) else { return mapping };
    let Some(entries) = node.entries() else {
        if node.value != Value::Broken {
            faults.push(
                Diagnostic::error(
                    Code::Mapping,
                    node.span,
                    format!("a mapping is a map of keys, not {}", node.what()),
                )
                .help("`--write-mapping FILE` writes one to begin with"),
            );
        }
        return mapping;
    };
    for entry in entries {
        let (key, value) = (entry.key.as_str(), &entry.value);
        let one = |known: &[&str]| word(key, value, known);
        match key {
            "mapping" => told(one(&["1"]), faults, |_| {}),
            "dialect" => {
                let keys: Vec<&str> = Dialect::ALL.iter().map(|dialect| dialect.key()).collect();
                told(one(&keys), faults, |said| {
                    mapping.dialect = Dialect::ALL.into_iter().find(|dialect| dialect.key() == said);
                });
            }
            "sheet" => mapping.sheet = value.text().map(str::to_owned),
            "dates" => told(one(&["day-first", "month-first"]), faults, |said| {
                mapping.dates = Some(if said == "day-first" { Order::DayFirst } else { Order::MonthFirst });
            }),
            "decimals" => told(one(&["comma", "point"]), faults, |said| {
                mapping.decimals = Some(if said == "comma" { Decimals::Comma } else { Decimals::Point });
            }),
            "unreadable" => {
                told(one(&["refuse", "skip"]), faults, |said| mapping.skip_unreadable = said == "skip")
            }
            "unfinished" => {
                told(one(&["keep", "leave-out"]), faults, |said| mapping.keep_unfinished = said == "keep")
            }
            "columns" => {
                items(key, value, faults).iter().for_each(|item| mapping.columns.extend(rule(item, faults)))
            }
            "values" => {
                items(key, value, faults).iter().for_each(|item| mapping.values.extend(meaning(item, faults)))
            }
            _ if key.starts_with("x-") => {}
            _ => faults.push(unknown_key(key, entry.key_span, KEYS)),
        }
    }
    mapping
}

fn told<'n>(said: Result<&'n str, Box<Diagnostic>>, faults: &mut Diagnostics, then: impl FnOnce(&'n str)) {
    match said {
        Ok(said) => then(said),
        Err(fault) => faults.push(*fault),
    }
}

/// One of a few words.
fn word<'n>(key: &str, node: &'n Node, known: &[&str]) -> Result<&'n str, Box<Diagnostic>> {
    match node.text().map(str::trim) {
        Some(said) if known.contains(&said) => Ok(said),
        said => {
            let said = said.map_or_else(|| node.what().to_owned(), typed);
            let fault = Diagnostic::error(Code::Mapping, node.span, format!("`{key}` does not take {said}"));
            Err(Box::new(fault.help(format!("it takes {}", listed(known.iter().copied())))))
        }
    }
}

fn items<'n>(key: &str, node: &'n Node, faults: &mut Diagnostics) -> &'n [Node] {
    if node.items().is_none() && !node.is_null() && node.value != Value::Broken {
        let message = format!("`{key}` is a list, not {}", node.what());
        faults
            .push(Diagnostic::error(Code::Mapping, node.span, message).help("write each item behind a dash"));
    }
    node.items().unwrap_or_default()
}

fn unknown_key(key: &str, span: Span, known: &[&str]) -> Diagnostic {
    let help = did_you_mean(key, known.iter().copied())
        .unwrap_or_else(|| format!("the keys are {}", listed(known.iter().copied())));
    Diagnostic::error(Code::Mapping, span, format!("a mapping has no key {}", typed(key))).help(help)
}

/// The texts of an item's keys; none where it is no map or lacks one that it needs.
fn texts<'n>(
    item: &'n Node,
    known: &[&str],
    needed: &[&str],
    faults: &mut Diagnostics,
) -> Option<Vec<Option<&'n Node>>> {
    let Some(entries) = item.entries() else {
        let message = format!("an item of a mapping is a map, not {}", item.what());
        faults.push(Diagnostic::error(Code::Mapping, item.span, message).help(format!(
            "write `{{ {} }}`",
            needed.iter().map(|key| format!("{key}: …")).collect::<Vec<_>>().join(", ")
        )));
        return None;
    };
    for entry in
        entries.iter().filter(|entry| !known.contains(&entry.key.as_str()) && !entry.key.starts_with("x-"))
    {
        faults.push(unknown_key(&entry.key, entry.key_span, known));
    }
    for key in needed {
        if item.get(key).is_none() {
            faults.push(
                Diagnostic::error(Code::Mapping, item.span, format!("this item has no `{key}`"))
                    .help(format!("an item needs {}", listed(needed.iter().copied()))),
            );
            return None;
        }
    }
    Some(known.iter().map(|key| item.get(key)).collect())
}

/// Whether an item has what belongs under another key, which is told.
fn misplaced(item: &Node, key: &str, under: &str, what: &str, faults: &mut Diagnostics) -> bool {
    if item.get(key).is_none() {
        return false;
    }
    faults.push(
        Diagnostic::error(Code::Mapping, item.span, format!("this item says what {what}"))
            .help(format!("put it under `{under}:`, which stands at the left edge of a line")),
    );
    true
}

fn rule(item: &Node, faults: &mut Diagnostics) -> Option<Rule> {
    if item.get("column").is_none() && misplaced(item, "typed", "values", "a value means", faults) {
        return None;
    }
    let found = texts(item, COLUMN_KEYS, &["column", "to"], faults)?;
    let [column, nth, to, option] = found.as_slice() else { return None };
    let (column, to) = ((*column)?, (*to)?);
    Some(Rule {
        column: column.text().unwrap_or_default().to_owned(),
        nth: nth.and_then(|node| node.text()?.trim().parse().ok()).unwrap_or(1),
        to: to.text().unwrap_or_default().trim().to_owned(),
        option: option.and_then(|node| Some((node.text()?.trim().to_owned(), node.span))),
        at: column.span,
        to_at: to.span,
    })
}

fn meaning(item: &Node, faults: &mut Diagnostics) -> Option<(String, String, String, Span)> {
    if item.get("typed").is_none() && misplaced(item, "column", "columns", "a column becomes", faults) {
        return None;
    }
    let found = texts(item, VALUE_KEYS, VALUE_KEYS, faults)?;
    let [key, said, means] = found.as_slice() else { return None };
    let text = |node: &Option<&Node>| node.and_then(|node| node.text()).unwrap_or_default().trim().to_owned();
    Some((text(key), norm(&text(said)), text(means), key.map_or(item.span, |node| node.span)))
}

/// How a mapping calls a column: by its short name, where the tool gives one.
fn name(column: &Column) -> &str {
    column.code.as_deref().filter(|code| !code.is_empty()).unwrap_or(&column.heading)
}

impl Mapping {
    /// What a cell of a question or metric means; empty for nothing.
    pub fn value(&self, key: &str, cell: &str) -> Option<&str> {
        if self.values.is_empty() || cell.len() > 10_000 {
            return None;
        }
        let said = norm(cell);
        self.values
            .iter()
            .find(|(own, typed, ..)| own == key && *typed == said)
            .map(|(_, _, means, _)| means.as_str())
    }

    /// Puts what the file says over what was found.
    pub fn apply(&self, pack: &Pack, layout: &Layout, uses: &mut [Use], faults: &mut Diagnostics) {
        let mut names: HashMap<String, Vec<usize>> = HashMap::new();
        let mut headings: HashMap<String, Vec<usize>> = HashMap::new();
        for column in &layout.columns {
            names.entry(norm(name(column))).or_default().push(column.place);
            headings.entry(norm(&column.heading)).or_default().push(column.place);
        }
        for rule in &self.columns {
            let Some(target) = target(rule, pack, faults) else { continue };
            let own = norm(&rule.column);
            let same = names.get(&own).or_else(|| headings.get(&own));
            match same.and_then(|same| same.get(rule.nth.max(1) - 1)) {
                Some(&place) => uses[place] = Use { target, by: By::Mapping },
                None => {
                    let known = layout.columns.iter().map(name);
                    faults.push(
                        Diagnostic::warning(
                            Code::Mapping,
                            rule.at,
                            format!("the export has no column {}", typed(&rule.column)),
                        )
                        .label("this line is passed over")
                        .help_if(did_you_mean(&rule.column, known)),
                    );
                }
            }
        }
        for (key, _, _, at) in &self.values {
            let known = pack.questions.iter().any(|question| question.id == *key)
                || pack.metrics.iter().any(|metric| metric.id == *key);
            if !known {
                faults.push(no_item(key, *at, pack, &[]));
            }
        }
    }
}

fn target(rule: &Rule, pack: &Pack, faults: &mut Diagnostics) -> Option<Target> {
    let about = ABOUT.iter().find(|(word, _)| *word == rule.to).map(|(_, target)| *target);
    let question = pack.questions.iter().position(|question| question.id == rule.to);
    if let (Some((option, at)), Some(question)) = (&rule.option, question) {
        let kind = &pack.questions[question].kind;
        let known = || kind.choices().iter().map(|choice| choice.id.as_str());
        let found = kind
            .choices()
            .iter()
            .position(|choice| fold(&choice.id) == fold(option) || code(&choice.id) == code(option));
        return match found.filter(|_| matches!(kind, QuestionKind::Many(_))) {
            Some(option) => Some(Target::Option(question, option)),
            None => {
                let message =
                    format!("{} is no option of a question that takes several, `{}`", typed(option), rule.to);
                faults.push(
                    Diagnostic::error(Code::Mapping, *at, message).help_if(did_you_mean(option, known())),
                );
                None
            }
        };
    }
    let metric = || pack.metrics.iter().position(|metric| metric.id == rule.to).map(Target::Metric);
    let found = about.or(question.map(Target::Question)).or_else(metric);
    if found.is_none() {
        faults.push(no_item(&rule.to, rule.to_at, pack, &ABOUT.map(|(word, _)| word)));
    }
    found
}

fn no_item(said: &str, at: Span, pack: &Pack, more: &[&str]) -> Diagnostic {
    let known = pack
        .questions
        .iter()
        .map(|question| question.id.as_str())
        .chain(pack.metrics.iter().map(|metric| metric.id.as_str()));
    let fault = Diagnostic::error(
        Code::Mapping,
        at,
        format!("{} is neither a question nor a metric of the pack `{}`", typed(said), pack.id),
    );
    let fault = fault.help_if(did_you_mean(said, known.chain(more.iter().copied())));
    if more.is_empty() {
        fault
    } else {
        fault.help(format!("a column may also become {}", listed(more.iter().copied())))
    }
}

/// What was understood, as a mapping file. `unread` are places of cells that no question takes.
pub fn write_mapping(understood: &Understood, pack: &Pack, unread: &[Span]) -> String {
    let layout = &understood.layout;
    let mut out = String::from(
        "# How the columns and values of an export become answers. Correct what is wrong and run again with\n\
         # `--mapping` and the name of this file. `to:` is the id of a question or metric, or one of respondent, name,\n\
         # first-name, last-name, date, language, team, role, extra, ignore.\n",
    );
    let _ = writeln!(out, "mapping: 1\ndialect: {}", layout.dialect.key());
    if let Some(sheet) = &understood.grid.sheet {
        let _ = writeln!(out, "sheet: {}", in_quotes(sheet));
    }
    let dated = understood.uses.iter().any(|used| used.target == Target::Date);
    match understood.order {
        Some(Order::DayFirst) if dated => out.push_str("dates: day-first\n"),
        Some(Order::MonthFirst) if dated => out.push_str("dates: month-first\n"),
        None if dated => out.push_str("# dates: day-first   # or month-first: what `8/4/2025` is\n"),
        _ => {}
    }
    match (understood.signs.open, understood.signs.settled) {
        (false, Some(Decimals::Comma)) => out.push_str("decimals: comma\n"),
        (false, Some(Decimals::Point)) => out.push_str("decimals: point\n"),
        (true, _) => out.push_str("# decimals: comma   # or point: what `1.234` and `1,234` are\n"),
        (false, None) => {}
    }
    let _ = writeln!(out, "columns:");
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (column, used) in layout.columns.iter().zip(&understood.uses) {
        let name_of = name(column);
        let count = seen.entry(norm(name_of)).or_insert(0usize);
        *count += 1;
        let nth = *count;
        if used.by == By::Ghost {
            continue;
        }
        let _ = write!(out, "  - {{ column: {}", in_quotes(name_of));
        if nth > 1 {
            let _ = write!(out, ", nth: {nth}");
        }
        let _ = write!(out, ", to: {}", to(used.target, pack));
        if let Target::Option(question, option) = used.target {
            let _ =
                write!(out, ", option: {}", in_quotes(&pack.questions[question].kind.choices()[option].id));
        }
        out.push_str(" }");
        match used.by {
            By::Unmatched => out.push_str("   # no question has this heading"),
            By::Ambiguous => out.push_str("   # two questions have this heading"),
            By::Repeated => out.push_str("   # an earlier column answers it too"),
            _ if column.code.is_some() && column.heading != name_of => {
                let line: String = column
                    .heading
                    .chars()
                    .map(|c| if unprintable(c) { '\u{fffd}' } else { c })
                    .take(60)
                    .collect();
                let _ = write!(out, "   # {line}");
            }
            _ => {}
        }
        out.push('\n');
    }
    let mut values: Vec<String> = Vec::new();
    for taken in &understood.taken {
        let read = taken.read.as_deref().unwrap_or("");
        values.push(format!(
            "  - {{ for: {}, typed: {}, means: {} }}\n",
            taken.key,
            in_quotes(&taken.typed),
            in_quotes(read)
        ));
    }
    for span in unread {
        let Some((key, cell)) = understood.cell(*span, pack) else { continue };
        let shifted = understood.shifted_at(*span).and_then(|shifted| shifted.meant(cell));
        let (means, why) = match &shifted {
            Some(meant) => (meant.as_str(), "if its column is numbered otherwise"),
            None => ("", "no answer to it: say what it means, or leave it empty for none"),
        };
        let line = format!(
            "  # - {{ for: {key}, typed: {}, means: {} }}   # {why}\n",
            in_quotes(cell.trim()),
            in_quotes(means)
        );
        if !values.contains(&line) {
            values.push(line);
        }
    }
    if !values.is_empty() {
        let _ = writeln!(out, "values:");
    }
    out.push_str(&values.concat());
    out
}

/// How a mapping says what a column becomes.
pub fn to(target: Target, pack: &Pack) -> String {
    match target {
        Target::Question(at) | Target::Option(at, _) => pack.questions[at].id.clone(),
        Target::Metric(at) => pack.metrics[at].id.clone(),
        other => {
            ABOUT.iter().find(|(_, target)| *target == other).map_or("ignore", |(word, _)| *word).to_owned()
        }
    }
}
