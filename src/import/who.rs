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

/// Whether a cell says who somebody is; anonymous forms fill such columns too.
pub fn tells_apart(text: &str) -> bool {
    let said = text.trim();
    !said.is_empty() && !said.eq_ignore_ascii_case("anonymous")
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
    let rows = || grid.rows.iter().skip(layout.first).filter(|row| !grid.is_empty(row) && row.slip.is_none());
    let filled = |column: &&Column| rows().all(|row| tells_apart(grid.at(row, column.place)));
    let known = |known: Known| layout.columns.iter().filter(move |column| column.known == known);
    // Addresses that only some gave, and by what the others are told apart.
    let mail = |may: &dyn Fn(usize) -> bool| {
        let mut some = known(Known::Email).filter(|column| may(column.place));
        some.find(|column| !filled(column) && rows().any(|row| tells_apart(grid.at(row, column.place))))
            .map(|column| column.place)
    };
    let other = known(Known::Id).find(filled).map(|column| column.place);
    if let Some(at) = uses.iter().position(|used| used.target == Target::Respondent) {
        return match mail(&|place| place == at) {
            Some(mail) => IdFrom::Where(mail, other),
            None => IdFrom::Column(at),
        };
    }
    let tells =
        |column: &&Column| uses[column.place].by != By::Mapping && rows().next().is_some() && filled(column);
    let of = |wanted: Known| known(wanted).find(tells);
    // An address tells who sent a form twice wherever there is one.
    let by_id = matches!(layout.dialect, Dialect::Generic | Dialect::SurveyJs) && of(Known::Id).is_some();
    if let Some(mail) = mail(&|place| uses[place].by != By::Mapping).filter(|_| !by_id) {
        uses[mail] = Use { target: Target::Respondent, by: By::Tool };
        return IdFrom::Where(mail, other);
    }
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
                "days such as {} can be read in two ways and are not used: nobody's answers have a date",
                typed(sample)
            ));
            None
        }
    }
}

/// Roles that no question of the pack is put to: said while nothing is made yet.
pub fn tell_roles(grid: &Grid, layout: &Layout, uses: &[Use], pack: &Pack, notes: &mut Vec<String>) {
    let Some(place) = uses.iter().position(|used| used.target == Target::Role) else { return };
    let mut known: Vec<&str> = Vec::new();
    for voice in pack.questions.iter().flat_map(|question| &question.voices) {
        if known.iter().all(|own| fold(own) != fold(voice)) {
            known.push(voice);
        }
    }
    let mut strange: Vec<&str> = Vec::new();
    for row in grid.rows.iter().skip(layout.first).filter(|_| !known.is_empty()) {
        let said = grid.at(row, place).trim();
        let own = |other: &&str| fold(other) == fold(said);
        if !said.is_empty() && !known.iter().any(own) && !strange.iter().any(own) {
            strange.push(said);
        }
    }
    for role in strange.into_iter().take(8) {
        let near = did_you_mean(role, known.iter().copied())
            .unwrap_or_else(|| format!("the pack's roles are {}", listed(known.iter().copied())));
        notes.push(format!("no question is put to the role {}: {near}", typed(role)));
    }
}
