//! How a dialect lays its export out: which rows are headings, and which columns are the tool's own.

use super::asked::{self, WHOLE};
use super::dialect::{Dialect, is_second_head, is_started, is_submitted, recognise, says_answer};
use super::heading::{grid as grid_parts, norm, plain};
use super::known::{KOBO, LIMESURVEY, MICROSOFT, ODK, QUALTRICS, SURVEYMONKEY, TYPEFORM, about};
use super::times::Time;
use crate::tables::{Grid, Row};

/// Rows in which the head is looked for: titles and notes may stand above it.
const LOOKED_AT: usize = 10;

/// An export's head, understood.
#[derive(Clone, Debug)]
pub struct Layout {
    pub dialect: Dialect,
    /// By what the dialect was recognised.
    pub why: String,
    pub columns: Vec<Column>,
    /// The place of the first row below the head.
    pub first: usize,
}

impl Layout {
    /// Whether the form asked for everything in the pack: what has no column was left open by all.
    pub fn is_whole(&self) -> bool {
        self.columns.iter().any(|column| column.known == Known::Tool && column.heading == WHOLE)
    }
}

/// One column of an export.
#[derive(Clone, Debug)]
pub struct Column {
    /// From 0.
    pub place: usize,
    /// The text of its question, without markup.
    pub heading: String,
    /// The tool's short name of the question, where it has one.
    pub code: Option<String>,
    /// Question and row of a grid, or question and option.
    pub parts: Option<(String, String)>,
    pub known: Known,
}

/// What a column is by its tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// A question, as far as the tool says.
    Question,
    Id,
    Email,
    Name,
    FirstName,
    LastName,
    Submitted,
    Started,
    Status,
    /// By which way the form was reached: a preview is one too.
    Channel,
    Finished,
    Progress,
    Language,
    Team,
    Role,
    /// Of no use for answers, such as an address on the net.
    Tool,
    /// How long something took, where no question is called so.
    Timing,
    /// Without heading or content.
    Ghost,
}

/// Finds the head and the columns. `known` tells whether a heading names something of the pack; `wanted` is a dialect
/// that was named.
pub fn layout(grid: &Grid, known: &dyn Fn(&str) -> bool, wanted: Option<Dialect>) -> Layout {
    let head = head_row(grid, known);
    let (mut dialect, mut why) = recognise(grid, head);
    if let Some(wanted) = wanted.filter(|wanted| *wanted != dialect) {
        dialect = wanted;
        why = "the mapping says so".to_owned();
    } else if dialect == Dialect::Generic
        && head > 0
        && grid.rows[..head].iter().any(|row| !grid.is_empty(row))
    {
        why.push_str(&format!("; the first row with known questions is row {}", grid.rows[head].number));
    }
    let rows = head_rows(grid, head, dialect);
    let first = head + rows;
    if dialect == Dialect::Generic && grid.rows.get(head + 1).is_some_and(|row| is_second_head(grid, row)) {
        why.push_str("; the row below it is a second row of headings");
    }
    let names = Names { grid, head, rows, dialect };
    let width = grid.rows.iter().skip(head).map(|row| row.cells.len()).max().unwrap_or(0);
    // One pass finds the columns in which anything stands at all.
    let mut filled = vec![false; width];
    for row in grid.rows.iter().skip(first) {
        for (cell, filled) in row.cells.iter().zip(&mut filled) {
            *filled = *filled || !grid.said(cell).trim().is_empty();
        }
    }
    let mut above: Option<String> = None;
    let columns = (0..width).map(|place| names.column(place, filled[place], &mut above)).collect();
    Layout { dialect, why, columns, first }
}

/// The first row that is no title: of a known tool, or with at least two headings that the pack knows.
fn head_row(grid: &Grid, known: &dyn Fn(&str) -> bool) -> usize {
    let filled: Vec<usize> =
        (0..grid.rows.len()).filter(|at| !grid.is_empty(&grid.rows[*at])).take(LOOKED_AT).collect();
    let Some(first) = filled.first().copied() else { return 0 };
    let tool = filled.iter().copied().find(|at| recognise(grid, *at).0 != Dialect::Generic);
    let count = |at: usize| grid.rows[at].cells.iter().filter(|cell| known(grid.said(cell))).take(2).count();
    let of_pack = || filled.iter().copied().find(|at| count(*at) >= 2);
    // Merged headings above are the first of two rows.
    let merged = |at: usize| at > 0 && grid.merged.iter().any(|(row, ..)| *row as usize + 1 == at);
    let of_pack = || of_pack().map(|at| if merged(at) { at - 1 } else { at });
    tool.or_else(of_pack).unwrap_or(first)
}

/// How many rows of headings there are.
fn head_rows(grid: &Grid, head: usize, dialect: Dialect) -> usize {
    let row = |at: usize| grid.rows.get(head + at);
    match dialect {
        Dialect::Qualtrics => {
            let ids = (1..=3).find(|at| row(*at).is_some_and(|row| grid.at(row, 0).contains("\"ImportId\"")));
            match ids {
                Some(at) => at + 1,
                // Where the third row was taken out, the texts are told by not being times.
                None => 1 + usize::from(row(1).is_some_and(|row| Time::parse(grid.at(row, 0)).is_none())),
            }
        }
        Dialect::QualtricsLegacy | Dialect::SurveyMonkey => 2,
        Dialect::SurveyMonkeyCondensed => 1 + usize::from(row(1).is_some_and(|row| grid.is_empty(row))),
        Dialect::Kobo => 1 + (1..=3).take_while(|at| row(*at).is_some_and(|row| is_tags(grid, row))).count(),
        _ => {
            let merged = grid.merged.iter().any(|(row, first, last)| *row as usize == head && last > first);
            let second = row(1).is_some_and(|row| is_second_head(grid, row));
            1 + usize::from(second || (merged && grid.rows.len() > head + 2))
        }
    }
}

/// A row of tags such as `#date`, which may stand below the head.
fn is_tags(grid: &Grid, row: &Row) -> bool {
    let mut said = row.cells.iter().map(|cell| grid.said(cell).trim()).filter(|text| !text.is_empty());
    let mut any = false;
    said.all(|text| {
        any = true;
        text.starts_with('#')
    }) && any
}

/// `2026/10/04 10:15:00 AM GMT+5:30`
pub fn is_google_time(text: &str) -> bool {
    text.contains("GMT") && Time::parse(text).is_some()
}

struct Names<'g> {
    grid: &'g Grid,
    head: usize,
    rows: usize,
    dialect: Dialect,
}

impl Names<'_> {
    fn at(&self, row: usize, place: usize) -> &str {
        if row >= self.rows {
            return "";
        }
        self.grid.rows.get(self.head + row).map_or("", |row| self.grid.at(row, place))
    }

    /// A column by its headings; `above` is the last heading of the first row that was not blank.
    fn column(&self, place: usize, filled: bool, above: &mut Option<String>) -> Column {
        let (first, second) = (plain(self.at(0, place)), plain(self.at(1, place)));
        let mut column =
            Column { place, heading: first.clone(), code: None, parts: None, known: Known::Question };
        match self.dialect {
            Dialect::Qualtrics | Dialect::QualtricsLegacy => {
                column.code = Some(first.clone()).filter(|code| !code.is_empty());
                if !second.is_empty() {
                    column.heading = second;
                }
                column.parts = dashed(&column.heading);
            }
            Dialect::SurveyMonkey => self.under(&mut column, first, second, above),
            Dialect::LimeSurvey => self.lime(&mut column),
            Dialect::Kobo | Dialect::Odk => {
                let raw = self.at(0, place).trim();
                let sign = if self.dialect == Dialect::Kobo { '/' } else { '-' };
                let last = raw.rsplit(sign).next().unwrap_or(raw);
                column.code = Some(last.to_owned()).filter(|code| !code.is_empty());
                column.parts = raw.rsplit_once('/').map(|(before, option)| {
                    (before.rsplit('/').next().unwrap_or(before).to_owned(), option.to_owned())
                });
            }
            _ if self.rows == 2 => self.under(&mut column, first, second, above),
            _ => column.parts = grid_parts(&column.heading).map(owned),
        }
        if column.parts.is_none() && self.dialect != Dialect::Kobo {
            column.parts = grid_parts(&column.heading).map(owned);
        }
        column.known = self.known(&column, filled);
        column
    }

    /// Two rows of headings: the first stands over the first column of its question only.
    fn under(&self, column: &mut Column, first: String, second: String, above: &mut Option<String>) {
        let merged = self.dialect == Dialect::SurveyMonkey
            || self.grid.rows.get(self.head + 1).is_some_and(|row| is_second_head(self.grid, row))
            || self.grid.merged.iter().any(|(row, from, to)| {
                *row as usize == self.head && (*from..=*to).contains(&(column.place as u32))
            });
        if !first.is_empty() {
            *above = Some(first.clone());
        } else if !merged {
            *above = None;
        }
        let question = above.clone().unwrap_or_default();
        if second.is_empty() || says_answer(&norm(&second)) || question.is_empty() {
            column.heading = match (question.is_empty(), first.is_empty() && second.is_empty()) {
                (true, _) => second,
                // A column without any heading of its own is no further part of its neighbour's question.
                (false, true) => String::new(),
                _ => question,
            };
        } else {
            column.heading = format!("{question} [{second}]");
            column.parts = Some((question, second));
        }
    }

    /// `Q01[SQ001]`, `Q01[SQ001]. Your age: []`, or the text alone; without brackets `Q01_SQ001`.
    fn lime(&self, column: &mut Column) {
        let heading = column.heading.clone();
        let (code, text) = match heading.split_once(". ") {
            Some((code, text)) if is_code(code) => (Some(code.to_owned()), text.to_owned()),
            _ if is_code(&heading) => (Some(heading.clone()), heading.clone()),
            _ => (None, heading.clone()),
        };
        let text = text.strip_suffix("[]").map_or(text.clone(), |text| text.trim_end().to_owned());
        column.parts = match &code {
            Some(code) => grid_parts(code).map(owned),
            None => grid_parts(&text).map(owned),
        };
        column.code = code;
        column.heading = text;
    }

    fn known(&self, column: &Column, filled: bool) -> Known {
        let name = norm(&column.heading);
        let code = column.code.as_deref().map(norm).unwrap_or_default();
        if name.is_empty() && code.is_empty() {
            return if filled { Known::Question } else { Known::Ghost };
        }
        let of = |list: &[(&str, Known)]| {
            let own = if code.is_empty() { &name } else { &code };
            list.iter().find(|(word, _)| own == word || name == *word).map(|(_, known)| *known)
        };
        let tool = match self.dialect {
            Dialect::Qualtrics | Dialect::QualtricsLegacy => of(QUALTRICS),
            Dialect::SurveyMonkey | Dialect::SurveyMonkeyCondensed => of(SURVEYMONKEY),
            Dialect::LimeSurvey => of(LIMESURVEY).or_else(|| {
                let timed = ["group time:", "question time:", "grouptime", "questiontime"]
                    .iter()
                    .any(|begin| name.starts_with(begin) || code.starts_with(begin));
                // A code alone, without the text of any question.
                let own = code.ends_with("time") && (name == code || name.is_empty());
                (timed || own).then_some(Known::Timing)
            }),
            Dialect::Typeform | Dialect::TypeformJson => of(TYPEFORM),
            Dialect::MicrosoftForms
                if column.place < 8 || name.starts_with("points - ") || name.starts_with("feedback - ") =>
            {
                of(MICROSOFT).or(if is_submitted(&name, self.dialect) {
                    Some(Known::Submitted)
                } else if is_started(&name) {
                    Some(Known::Started)
                } else if name.starts_with("points - ") || name.starts_with("feedback - ") {
                    Some(Known::Tool)
                } else {
                    None
                })
            }
            Dialect::GoogleForms | Dialect::GoogleSheet => {
                if column.place == 0 && is_submitted(&name, self.dialect) {
                    Some(Known::Submitted)
                } else if name == "score"
                    || column
                        .parts
                        .as_ref()
                        .is_some_and(|(_, row)| ["score", "feedback"].contains(&norm(row).as_str()))
                {
                    Some(Known::Tool)
                } else {
                    None
                }
            }
            // Behind a `/` stands an option, whatever it is called.
            Dialect::Kobo if column.heading.contains('/') => None,
            Dialect::Kobo => of(KOBO).or_else(|| name.starts_with('_').then_some(Known::Tool)),
            Dialect::Odk => of(ODK),
            Dialect::SurveyJs if column.heading == WHOLE => Some(Known::Tool),
            _ => None,
        };
        tool.or_else(|| about(&name)).or_else(|| asked::field(&name)).unwrap_or(Known::Question)
    }
}

fn owned((question, row): (&str, &str)) -> (String, String) {
    (question.to_owned(), row.to_owned())
}

/// `Question - Selected Choice - Option`, as Qualtrics joins them.
fn dashed(heading: &str) -> Option<(String, String)> {
    let (question, option) = heading.rsplit_once(" - ")?;
    let question = question.strip_suffix(" - Selected Choice").unwrap_or(question);
    Some((question.trim().to_owned(), option.trim().to_owned()))
}

/// A short name as LimeSurvey has them: letters, digits, `_`, and a part in brackets.
fn is_code(text: &str) -> bool {
    let bare = text.replace(['[', ']', '_'], "");
    !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !text.contains(' ')
}
