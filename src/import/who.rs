//! Who a row speaks for and of which day: decided once for a whole export.

use super::columns::{By, Target, Use};
use super::dialect::Dialect;
use super::heading::norm;
use super::layout::{Column, Known, Layout};
use super::times::{Order, Time, order};
use super::understood::IdFrom;
use crate::answers::{fold, listed, typed};
use crate::diag::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::model::Pack;
use crate::source::Span;
use crate::tables::Grid;

/// An export in which nothing belongs to the pack is for another pack, or its head was not found.
pub fn tell_nothing_known(grid: &Grid, layout: &Layout, uses: &[Use], pack: &Pack, faults: &mut Diagnostics) {
    let answers =
        |used: &Use| matches!(used.target, Target::Question(_) | Target::Option(..) | Target::Metric(_));
    if uses.iter().any(answers) || faults.has_errors() {
        return;
    }
    let head = grid.rows.get(layout.first.saturating_sub(1)).filter(|_| layout.first > 0);
    let span = head.map_or(Span::new(grid.source, 0..0), |row| {
        grid.span(row, 0).to(grid.span(row, row.cells.len().saturating_sub(1)))
    });
    if grid.rows.iter().all(|row| grid.is_empty(row)) {
        faults.push(
            Diagnostic::error(Code::TableHead, span, "this table is empty")
                .help("export the responses again, with their headings in the first row"),
        );
        return;
    }
    faults.push(
        Diagnostic::error(
            Code::NoColumnKnown,
            span,
            format!("no column of this export is a question of the pack `{}`", pack.id),
        )
        .help("the headings must be the questions' texts or ids; another pack is chosen with `--pack`")
        .help("`--write-mapping FILE` writes all columns down, to be given their questions by hand"),
    );
}

/// The column of ids: the one named, or what the tool tells people apart by, or none.
pub fn id_column(
    grid: &Grid,
    layout: &Layout,
    uses: &mut [Use],
    wanted: Option<&str>,
    faults: &mut Diagnostics,
) -> IdFrom {
    if let Some(name) = wanted {
        let found = layout.columns.iter().find(|column| {
            norm(&column.heading) == norm(name)
                || column.code.as_deref().is_some_and(|code| fold(code) == fold(name))
        });
        if let Some(column) = found {
            uses[column.place] = Use { target: Target::Respondent, by: By::Mapping };
            return IdFrom::Column(column.place);
        }
        let names =
            || layout.columns.iter().map(|column| column.heading.as_str()).filter(|name| !name.is_empty());
        let help = did_you_mean(name, names())
            .unwrap_or_else(|| format!("the columns are {}", listed(names().take(20))));
        faults.push(
            Diagnostic::error(
                Code::TableHead,
                Span::new(grid.source, 0..0),
                format!("no column is called {}, which was to hold the ids", typed(name)),
            )
            .help(help),
        );
        return IdFrom::Rows;
    }
    if let Some(at) = uses.iter().position(|used| used.target == Target::Respondent) {
        return IdFrom::Column(at);
    }
    let rows = || grid.rows.iter().skip(layout.first).filter(|row| !grid.is_empty(row) && row.slip.is_none());
    let tells = |column: &&Column| {
        uses[column.place].by != By::Mapping
            && rows().next().is_some()
            && rows().all(|row| {
                let said = grid.at(row, column.place).trim();
                !said.is_empty() && !said.eq_ignore_ascii_case("anonymous")
            })
    };
    let of = |known: Known| layout.columns.iter().filter(move |column| column.known == known).find(tells);
    let found = match layout.dialect {
        Dialect::Generic | Dialect::SurveyJs => of(Known::Id).or_else(|| of(Known::Email)),
        _ => of(Known::Email).or_else(|| of(Known::Id)),
    };
    // A plain table has its ids in the first column, whatever that is called.
    let plain = layout.dialect == Dialect::Generic
        && !uses.iter().any(|used| used.by == By::Text)
        && uses.iter().any(|used| used.by == By::Id);
    let first = layout.columns.first().filter(|column| {
        plain
            && uses[column.place].by != By::Id
            && matches!(uses[column.place].target, Target::Extra | Target::Ignored)
    });
    match found.or(first).map(|column| column.place) {
        Some(place) => {
            uses[place] = Use { target: Target::Respondent, by: By::Tool };
            IdFrom::Column(place)
        }
        None => IdFrom::Rows,
    }
}

/// The column of the day, with the order of day and month.
pub fn days(
    grid: &Grid,
    layout: &Layout,
    uses: &[Use],
    told: Option<Order>,
    notes: &mut Vec<String>,
) -> Option<(usize, Order)> {
    let place = uses.iter().position(|used| used.target == Target::Date)?;
    let times: Vec<Time> =
        grid.rows.iter().skip(layout.first).filter_map(|row| Time::parse(grid.at(row, place))).collect();
    match told.or_else(|| order(&times)) {
        Some(order) => Some((place, order)),
        None => {
            let sample = grid
                .rows
                .iter()
                .skip(layout.first)
                .map(|row| grid.at(row, place))
                .find(|text| Time::parse(text).is_some())
                .unwrap_or_default();
            notes.push(format!(
                "days such as {} can be read in two ways and are not used: say `dates: day-first` or `dates: month-first` in a mapping",
                typed(sample)
            ));
            None
        }
    }
}
