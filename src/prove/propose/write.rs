//! Cases as the text of a test: what all have in common under `given`, the rest as a table.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::model::{
    Absence, Answer, BandOf, Findings, Number, Pack, Respondent, RuleId, ScoreOf, Subject, Unit,
};
use crate::yaml::{Within, plain, quoted, scalar};

/// Somebody with what was found of them.
pub struct Judged {
    pub respondent: Respondent,
    pub findings: Findings,
}

/// What a test tells of those given.
#[derive(Default)]
pub struct Told {
    pub rule: Option<RuleId>,
    pub subjects: Vec<Subject>,
}

/// Where something given stands: its section, then its place there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Answer(usize),
    Voice(String, usize),
    Metric(usize),
}

/// The text of one test, to stand in a list; none where one of the cases has no place in a table.
pub fn test(pack: &Pack, name: &str, cases: &[Judged], told: &Told) -> Option<String> {
    let given: Vec<BTreeMap<Column, String>> =
        cases.iter().map(|case| cells(pack, &case.respondent)).collect::<Option<_>>()?;
    let mut columns: Vec<&Column> = given.iter().flat_map(BTreeMap::keys).collect();
    columns.sort();
    columns.dedup();
    let common = |column: &&&Column| {
        cases.len() > 1 && given.iter().all(|cells| cells.get(**column) == given[0].get(**column))
    };
    let (shared, apart): (Vec<&Column>, Vec<&Column>) =
        columns.iter().partition(|column| common(column) && !matches!(column, Column::Voice(..)));
    let mut out = String::new();
    let _ = writeln!(out, "  - name: {}", scalar(name));
    let _ = writeln!(out, "    generated: true");
    if !shared.is_empty() {
        let _ = writeln!(out, "    given: {{ {} }}", sections(pack, &shared, &given[0]));
    }
    let mut rows: Vec<Vec<String>> = vec![apart.iter().map(|column| head(pack, column)).collect()];
    let expected = expected(pack, told);
    rows[0].extend(expected.iter().map(|(head, _)| head.clone()));
    for (cells, case) in given.iter().zip(cases) {
        let mut row: Vec<String> =
            apart.iter().map(|column| cells.get(*column).cloned().unwrap_or("-".to_owned())).collect();
        row.extend(expected.iter().map(|(_, of)| of.cell(pack, &case.findings)));
        rows.push(row);
    }
    out.push_str("    table: |\n");
    let widths: Vec<usize> = (0..rows[0].len())
        .map(|at| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0))
        .collect();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        let _ = writeln!(out, "      {}", cells.collect::<Vec<_>>().join(" | ").trim_end());
    }
    Some(out)
}

/// A column of what is expected.
enum Expected {
    Band(BandOf),
    Score(ScoreOf),
    Metric(crate::model::MetricId),
    Rule(RuleId),
    Refused,
}

fn expected(pack: &Pack, told: &Told) -> Vec<(String, Expected)> {
    let id = |of: &BandOf| match of {
        BandOf::Metric(id) => pack.metric(*id).id.clone(),
        BandOf::Score(ScoreOf::Area(id)) => pack.area(*id).id.clone(),
        BandOf::Score(ScoreOf::Total) => "total".to_owned(),
    };
    let mut out: Vec<(String, Expected)> = Vec::new();
    for subject in &told.subjects {
        let score = |of: ScoreOf| (format!("score.{}", id(&BandOf::Score(of))), Expected::Score(of));
        let metric = |of| (format!("expect metric.{}", pack.metric(of).id), Expected::Metric(of));
        let band = |of: &BandOf| (format!("band.{}", id(of)), Expected::Band(*of));
        match subject {
            Subject::Score(of) => out.push(score(*of)),
            Subject::Metric(of) if pack.metric(*of).formula.is_some() => out.push(metric(*of)),
            Subject::Band(of @ BandOf::Score(score_of)) => out.extend([score(*score_of), band(of)]),
            Subject::Band(of @ BandOf::Metric(metric_of)) => {
                if pack.metric(*metric_of).formula.is_some() {
                    out.push(metric(*metric_of));
                }
                out.push(band(of));
            }
            _ => {}
        }
    }
    let mut names: Vec<String> = Vec::new();
    out.retain(|(name, _)| {
        let new = !names.contains(name);
        names.push(name.clone());
        new
    });
    out.extend(told.rule.map(|rule| (pack.rules[rule.0].id.clone(), Expected::Rule(rule))));
    if pack.rules.iter().any(|rule| rule.if_missing == crate::model::IfMissing::Require) {
        out.push(("refused".to_owned(), Expected::Refused));
    }
    out
}

impl Expected {
    fn cell(&self, pack: &Pack, findings: &Findings) -> String {
        let values = &findings.values;
        match self {
            Expected::Rule(rule) => findings.rules[rule.0].status.word().to_owned(),
            Expected::Refused => (!findings.refusals.is_empty()).to_string(),
            Expected::Band(of) => findings.band_name(pack, *of).map_or("missing", |name| &name.id).to_owned(),
            Expected::Score(of) => {
                let edges = edges(pack, BandOf::Score(*of));
                ends(values.score(*of).ends.as_ref(), &edges, "")
            }
            Expected::Metric(id) => {
                let edges = edges(pack, BandOf::Metric(*id));
                let sign = if pack.metric(*id).unit == Unit::Percent { "%" } else { "" };
                ends(values.metric(*id).ends.as_ref(), &edges, sign)
            }
        }
    }
}

fn edges(pack: &Pack, of: BandOf) -> Vec<Number> {
    pack.dated_bands(of).iter().flat_map(|dated| dated.value.edges()).collect()
}

fn ends(ends: Option<&(Number, Number)>, edges: &[Number], sign: &str) -> String {
    let shown = |number: &Number| format!("{}{sign}", number.shown(1, edges));
    match ends {
        None => "missing".to_owned(),
        Some((low, high)) if low == high => shown(low),
        Some((low, high)) => format!("[{}, {}]", shown(low), shown(high)),
    }
}

/// Everything that is known of a respondent by the column it stands in; none where something has no column.
fn cells(pack: &Pack, respondent: &Respondent) -> Option<BTreeMap<Column, String>> {
    let mut out = BTreeMap::new();
    if !respondent.rounds.is_empty() || respondent.date.is_some() {
        return None;
    }
    for (at, voice) in respondent.voices.iter().enumerate() {
        if respondent.voices[..at].iter().any(|other| other.role == voice.role) {
            return None;
        }
        for (place, answer) in voice.answers.iter().enumerate() {
            if *answer != Answer::Absent(Absence::NotAsked) {
                out.insert(Column::Voice(voice.role.clone(), place), answered(pack, place, answer)?);
            }
        }
    }
    for (place, answer) in respondent.answers.iter().enumerate() {
        let voiced = out.keys().any(|column| matches!(column, Column::Voice(_, at) if *at == place));
        if *answer != Answer::Absent(Absence::Skipped) && !voiced {
            out.insert(Column::Answer(place), answered(pack, place, answer)?);
        }
    }
    for (place, given) in respondent.metrics.iter().enumerate() {
        let Some(given) = given else { continue };
        let sign = if pack.metrics[place].unit == Unit::Percent { "%" } else { "" };
        out.insert(Column::Metric(place), format!("{}{sign}", given.value.exact()?));
    }
    Some(out)
}

/// An answer as a cell; none where a table could not hold it.
fn answered(pack: &Pack, place: usize, answer: &Answer) -> Option<String> {
    let choices = pack.questions[place].kind.choices();
    let word = |text: &str| {
        let held = !text.contains(['|', '"', ',', '[', ']', '#', '\n']) && !text.is_empty();
        held.then(|| if plain(text, Within::Flow) { text.to_owned() } else { format!("\"{text}\"") })
    };
    match answer {
        Answer::Number(value) => value.exact(),
        Answer::Option(at) => word(&choices.get(*at)?.id),
        Answer::Many(list) => {
            let ids: Option<Vec<String>> = list.iter().map(|at| word(&choices.get(*at)?.id)).collect();
            Some(format!("[{}]", ids?.join(", ")))
        }
        Answer::Text(text) => word(text),
        Answer::Absent(absence) => Some(absence.key().to_owned()),
    }
}

fn head(pack: &Pack, column: &Column) -> String {
    match column {
        Column::Answer(place) => format!("answer.{}", pack.questions[*place].id),
        Column::Voice(role, place) => format!("{role}: answer.{}", pack.questions[*place].id),
        Column::Metric(place) => format!("metric.{}", pack.metrics[*place].id),
    }
}

/// What all cases have in common as the sections of an answers file.
fn sections(pack: &Pack, shared: &[&Column], cells: &BTreeMap<Column, String>) -> String {
    let of = |answers: bool| {
        let here = shared.iter().filter(|column| matches!(column, Column::Answer(_)) == answers);
        let entries = here.filter_map(|column| {
            let id = match column {
                Column::Answer(place) | Column::Voice(_, place) => &pack.questions[*place].id,
                Column::Metric(place) => &pack.metrics[*place].id,
            };
            let value = cells.get(*column)?;
            let bare = plain(value, Within::Flow) || value.starts_with(['"', '[']);
            Some(format!("{id}: {}", if bare { value.clone() } else { quoted(value) }))
        });
        entries.collect::<Vec<_>>().join(", ")
    };
    let (answers, metrics) = (of(true), of(false));
    let named = [("answers", answers), ("metrics", metrics)];
    let named = named.iter().filter(|(_, entries)| !entries.is_empty());
    named.map(|(section, entries)| format!("{section}: {{ {entries} }}")).collect::<Vec<_>>().join(", ")
}
