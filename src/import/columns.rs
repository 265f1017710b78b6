//! Columns of an export → questions, metrics and who answers; what the pack does not know is told, never guessed.

use std::collections::HashMap;

use super::asked::{IN_PERCENT, is_none};
use super::dialect::Dialect;
use super::heading::{code, grid, norm, unnumbered};
use super::known::is_company;
use super::layout::{Column, Known, Layout};
use crate::answers::fold;
use crate::model::{Absence, Pack, QuestionKind};

/// What a column becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    Question(usize),
    /// Whether one option of a question was chosen.
    Option(usize, usize),
    Metric(usize),
    Respondent,
    Name,
    FirstName,
    LastName,
    Date,
    Language,
    Team,
    Role,
    /// Kept for templates.
    Extra,
    Ignored,
}

/// Why a column becomes what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The mapping file or the command line says so.
    Mapping,
    /// It is headed by the id.
    Id,
    /// It is headed by the text of the question or the title of the metric.
    Text,
    /// The tool writes it with every response.
    Tool,
    /// No question has this heading.
    Unmatched,
    /// Two questions have this heading.
    Ambiguous,
    /// It is headed by the text of a question that an earlier column answers already.
    Repeated,
    /// It has neither heading nor content.
    Ghost,
}

/// A column with what it becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    pub target: Target,
    pub by: By,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    Question(usize),
    Metric(usize),
    /// Several have it.
    Several,
}

impl Found {
    fn target(self) -> Option<Target> {
        match self {
            Found::Question(at) => Some(Target::Question(at)),
            Found::Metric(at) => Some(Target::Metric(at)),
            Found::Several => None,
        }
    }
}

/// A pack's questions and metrics by id, by text, and by their ids as form tools spell them.
pub struct Lookup<'p> {
    pack: &'p Pack,
    ids: HashMap<String, Found>,
    codes: HashMap<String, Found>,
    texts: HashMap<String, Found>,
    /// For each question its options by id, label and translation.
    options: Vec<HashMap<String, Option<usize>>>,
}

impl<'p> Lookup<'p> {
    pub fn new(pack: &'p Pack) -> Lookup<'p> {
        let mut lookup = Lookup {
            pack,
            ids: HashMap::new(),
            codes: HashMap::new(),
            texts: HashMap::new(),
            options: Vec::new(),
        };
        let put = |map: &mut HashMap<String, Found>, key: String, found: Found| {
            if !key.is_empty() {
                map.entry(key)
                    .and_modify(|old| {
                        if *old != found {
                            *old = Found::Several
                        }
                    })
                    .or_insert(found);
            }
        };
        for (at, question) in pack.questions.iter().enumerate() {
            let found = Found::Question(at);
            put(&mut lookup.ids, fold(&question.id), found);
            put(&mut lookup.codes, code(&question.id), found);
            put(&mut lookup.texts, norm(&question.text.plain()), found);
            lookup.options.push(options(&question.kind));
        }
        for (at, metric) in pack.metrics.iter().enumerate() {
            let found = Found::Metric(at);
            put(&mut lookup.ids, fold(&metric.id), found);
            put(&mut lookup.codes, code(&metric.id), found);
            put(&mut lookup.texts, norm(&metric.title.plain()), found);
        }
        lookup
    }

    /// Whether a heading names something of the pack, by id or text.
    pub fn knows(&self, heading: &str) -> bool {
        self.id(heading).is_some() || self.text(heading).is_some()
    }

    /// Whether a heading is an id of the pack, as a plain table has them.
    pub fn id(&self, heading: &str) -> Option<Target> {
        self.ids.get(&fold(heading)).and_then(|found| found.target())
    }

    fn code(&self, text: &str) -> Option<Target> {
        let text = text.strip_suffix(IN_PERCENT).unwrap_or(text);
        self.codes.get(&code(text)).and_then(|found| found.target())
    }

    /// By the text of a question; the id in brackets behind or before it wins.
    fn text(&self, heading: &str) -> Option<Found> {
        let own = norm(heading);
        let bracketed = |own: &str| {
            let (_, inner) = grid(own)?;
            self.ids.get(inner).copied()
        };
        let before = || {
            heading
                .trim()
                .strip_prefix('[')?
                .split_once(']')
                .and_then(|(id, _)| self.ids.get(&fold(id)).copied())
        };
        let direct = |own: &str| self.texts.get(own).copied();
        bracketed(&own)
            .or_else(before)
            .or_else(|| direct(&own))
            .or_else(|| unnumbered(&own).and_then(direct))
            .or_else(|| without_bracket(&own).and_then(direct))
    }

    fn option(&self, question: usize, text: &str) -> Option<usize> {
        let known = &self.options[question];
        known.get(&norm(text)).or_else(|| known.get(&code(text))).copied().flatten()
    }

    /// The only question of several options that has this one.
    fn option_anywhere(&self, text: &str) -> Option<(usize, usize)> {
        let many = |at: &usize| matches!(self.pack.questions[*at].kind, QuestionKind::Many(_));
        let mut all = (0..self.pack.questions.len())
            .filter(many)
            .filter_map(|question| Some((question, self.option(question, text)?)));
        let first = all.next()?;
        all.next().is_none().then_some(first)
    }

    /// What each column becomes by itself.
    pub fn columns(&self, layout: &Layout) -> Vec<Use> {
        let mut uses: Vec<Use> =
            layout.columns.iter().map(|column| self.column(column, layout.dialect)).collect();
        // An earlier column of the same question is the one; a later one is told and its content held against it.
        for at in 0..uses.len() {
            let own = uses[at];
            if matches!(own.target, Target::Question(_) | Target::Metric(_))
                && uses[..at].iter().any(|before| before.target == own.target)
            {
                uses[at].by = By::Repeated;
            }
        }
        // Where nobody's own name is asked for, a company's stands on the papers.
        let named = |used: &Use| matches!(used.target, Target::Name | Target::FirstName | Target::LastName);
        if !uses.iter().any(named)
            && let Some(company) = layout
                .columns
                .iter()
                .find(|column| uses[column.place].by == By::Unmatched && is_company(&norm(&column.heading)))
        {
            uses[company.place] = Use { target: Target::Name, by: By::Tool };
        }
        uses
    }

    fn column(&self, column: &Column, dialect: Dialect) -> Use {
        let ungrouped;
        let column = match dialect {
            Dialect::Odk if column.known == Known::Question => {
                ungrouped = self.ungrouped(column);
                &ungrouped
            }
            _ => column,
        };
        let tool = |target| Use { target, by: By::Tool };
        match column.known {
            Known::Ghost => return Use { target: Target::Ignored, by: By::Ghost },
            // A question of that name is one all the same.
            Known::Question | Known::Timing => {}
            // Which column names the respondent is decided by all of them.
            Known::Id | Known::Email => return tool(Target::Ignored),
            Known::Name => return tool(Target::Name),
            Known::FirstName => return tool(Target::FirstName),
            Known::LastName => return tool(Target::LastName),
            Known::Submitted => return tool(Target::Date),
            Known::Language => return tool(Target::Language),
            Known::Team => return tool(Target::Team),
            Known::Role => return tool(Target::Role),
            Known::Started
            | Known::Status
            | Known::Channel
            | Known::Finished
            | Known::Progress
            | Known::Tool => {
                return tool(Target::Ignored);
            }
        }
        if let Some(used) = self.option_of(column) {
            return used;
        }
        let coded = column.code.as_deref().filter(|code| !code.is_empty());
        if let Some(target) = coded.and_then(|code| self.id(code)).or_else(|| self.id(&column.heading)) {
            return Use { target, by: By::Id };
        }
        let found = self.text(&column.heading);
        if let Some(target) = found.and_then(Found::target) {
            return Use { target, by: By::Text };
        }
        if let Some(used) = self.row_of(column) {
            return used;
        }
        // Tools that allow no dash in a name.
        let spelt = coded.or(Some(column.heading.as_str()).filter(|heading| !heading.contains(' ')));
        if let Some(target) = spelt.and_then(|spelt| self.code(spelt)) {
            return Use { target, by: By::Id };
        }
        if dialect == Dialect::Typeform
            && let Some((question, option)) = self.option_anywhere(&column.heading)
        {
            return Use { target: Target::Option(question, option), by: By::Text };
        }
        if column.known == Known::Timing {
            return tool(Target::Ignored);
        }
        let by = if found == Some(Found::Several) { By::Ambiguous } else { By::Unmatched };
        Use { target: Target::Extra, by }
    }

    /// A column of ODK by its own name: groups stand before it with dashes between, and so do the parts of an id.
    fn ungrouped(&self, column: &Column) -> Column {
        let (name, option) = match column.heading.split_once('/') {
            Some((name, option)) => (name, Some(option)),
            None => (column.heading.as_str(), None),
        };
        let known = |name: &&str| self.id(name.strip_suffix(IN_PERCENT).unwrap_or(name)).is_some();
        let behind = name.match_indices('-').map(|(at, _)| &name[at + 1..]);
        let Some(own) = std::iter::once(name).chain(behind).find(known) else { return column.clone() };
        Column {
            code: Some(option.unwrap_or(own).to_owned()),
            parts: option.map(|option| (own.to_owned(), option.to_owned())),
            ..column.clone()
        }
    }

    /// `Question [Option]` where the question takes several.
    fn option_of(&self, column: &Column) -> Option<Use> {
        both(column).into_iter().flatten().find_map(|(question, part)| {
            let Some(Target::Question(at)) = self.named(&question) else { return None };
            let QuestionKind::Many(_) = self.pack.questions[at].kind else { return None };
            let Some(option) = self.option(at, &part) else {
                // The column of the whole says it too.
                let silent = is_none(&part) || Absence::parse(&part).is_some();
                return silent.then_some(Use { target: Target::Ignored, by: By::Tool });
            };
            // The question's own id in brackets behind its text.
            if grid(&column.heading).is_some() && self.id(&part) == Some(Target::Question(at)) {
                return None;
            }
            Some(Use { target: Target::Option(at, option), by: By::Text })
        })
    }

    /// `Question [Row]` where the row is the question, or only says that this is its answer.
    fn row_of(&self, column: &Column) -> Option<Use> {
        let target = both(column).into_iter().flatten().find_map(|(question, part)| {
            let row = self.id(&part).or_else(|| self.text(&part).and_then(Found::target));
            let answer = ["selected choice", "response"].contains(&norm(&part).as_str());
            row.or_else(|| self.named(&question).filter(|_| answer))
        })?;
        Some(Use { target, by: By::Text })
    }

    /// A question by its id, its text, or its id as form tools spell it.
    fn named(&self, text: &str) -> Option<Target> {
        self.id(text).or_else(|| self.text(text).and_then(Found::target)).or_else(|| self.code(text))
    }
}

/// The parts of a column by its short name and by its text: the text may be a grid where the short name is a mere number.
fn both(column: &Column) -> [Option<(String, String)>; 2] {
    let owned = |(question, part): (&str, &str)| (question.to_owned(), part.to_owned());
    [column.parts.clone(), grid(&column.heading).map(owned)]
}

/// `lead time (hours)` without the unit in brackets.
fn without_bracket(norm: &str) -> Option<&str> {
    let inner = norm.strip_suffix(')')?;
    let at = inner.rfind(" (")?;
    Some(inner[..at].trim_end_matches(|c: char| c.is_whitespace() || ".?!:;*,".contains(c)))
        .filter(|rest| !rest.is_empty())
}

/// The options of a question by every spelling of them; those that two share are none's.
fn options(kind: &QuestionKind) -> HashMap<String, Option<usize>> {
    let mut out: HashMap<String, Option<usize>> = HashMap::new();
    let mut put = |key: String, at: usize| {
        if !key.is_empty() {
            out.entry(key)
                .and_modify(|old| {
                    if *old != Some(at) {
                        *old = None
                    }
                })
                .or_insert(Some(at));
        }
    };
    for (at, choice) in kind.choices().iter().enumerate() {
        put(norm(&choice.id), at);
        put(code(&choice.id), at);
        put(norm(&choice.label), at);
        choice.translations.iter().for_each(|(_, label)| put(norm(label), at));
    }
    out
}
