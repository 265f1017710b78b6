//! Rows of an export → respondents.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::cells::is_blank;
use super::columns::{Lookup, Target, Use};
use super::decimals::{Signs, signs};
use super::dialect::Dialect;
use super::heading::norm;
use super::known::is_company;
use super::layout::{Column, Known, Layout, layout};
use super::mapping::Mapping;
use super::shifted::{Shifted, shifted};
use super::status::{Status, tell_strange};
use super::times::{Order, Time};
use super::understood::{Again, IdFrom, LeftOut, Taken, Understood};
use super::values::Vocabulary;
use super::who::{days, id_column, tell_nothing_known, tell_roles, tells_apart};
use crate::answers::{Heard, HeardRespondent, Place, fold, heard, typed};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::document::is_mail_address;
use crate::model::Pack;
use crate::source::Span;
use crate::tables::{Grid, Row, column_name};

/// Where templates find somebody's address.
const ADDRESS: &str = "email";

/// What was asked for beside the export itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    pub mapping: Option<&'a Mapping>,
    /// The heading of the column that holds the ids.
    pub id_column: Option<&'a str>,
    /// Whether figures that nobody can read are taken as not given, and refuse nobody.
    pub skip_unreadable: bool,
}

/// Reads an export against a pack.
pub fn understand(grid: Grid, pack: &Pack, wanted: Wanted<'_>) -> Understood {
    let lookup = Lookup::new(pack);
    let known = |heading: &str| lookup.knows(heading);
    let layout = layout(&grid, &known, wanted.mapping.and_then(|mapping| mapping.dialect));
    let mut faults = Diagnostics::default();
    let mut uses = lookup.columns(&layout);
    // Where a form's pack puts nothing to roles, a role is but one more thing to know of somebody: as voices of one team, people
    // would be told that they contradict each other.
    if layout.dialect != Dialect::Generic && !pack.asks_roles() {
        let roles = uses.iter_mut().filter(|used| used.target == Target::Role);
        roles.for_each(|used| used.target = Target::Extra);
    }
    if let Some(mapping) = wanted.mapping {
        mapping.apply(pack, &layout, &mut uses, &mut faults);
    }
    let id = id_column(&grid, &layout, &mut uses, wanted.id_column, &mut faults);
    tell_nothing_known(&grid, &layout, &uses, pack, &mut faults);
    let vocabularies: Vec<Vocabulary> = pack.questions.iter().map(Vocabulary::new).collect();
    let coded = coded(&grid, &layout, &uses, pack, &vocabularies, wanted.mapping);
    let mut notes = grid.notes.clone();
    tell_roles(&grid, &layout, &uses, pack, &mut notes);
    let days = days(&grid, &layout, &uses, wanted.mapping.and_then(|mapping| mapping.dates), &mut notes);
    let signs =
        signs(&grid, &layout, &uses, pack, wanted.mapping.and_then(|mapping| mapping.decimals), &mut notes);
    tell_strange(&grid, &layout, &mut notes);
    let shifted = shifted(&grid, &layout, &uses, pack, wanted.mapping);
    let reader = Reader {
        skip: wanted.skip_unreadable || wanted.mapping.is_some_and(|mapping| mapping.skip_unreadable),
        unread_figures: false,
        signs: &signs,
        shifted: &shifted,
        grid: &grid,
        pack,
        layout: &layout,
        uses: &uses,
        addresses: Vec::new(),
        id,
        vocabularies,
        days,
        mapping: wanted.mapping,
        taken: Vec::new(),
        seen: HashMap::new(),
    };
    let addresses = reader.find_addresses();
    let voiced = reader.is_voiced();
    let reader = Reader { addresses: addresses.clone(), ..reader };
    let read = reader.all();
    if read.rows == 0 && !faults.has_errors() {
        let head = grid.rows.get(layout.first.saturating_sub(1));
        let span = head.map_or(Span::new(grid.source, 0..0), |row| grid.span(row, 0));
        faults.push(
            Diagnostic::error(Code::NoRespondent, span, "no respondent stands below this head")
                .help("export the responses again once somebody has answered"),
        );
    }
    let file = heard(grid.source, read.respondents, faults);
    Understood {
        uses,
        id,
        voiced,
        rows: read.rows,
        left_out: read.left_out,
        again: read.again,
        taken: read.taken,
        unread_figures: read.unread_figures,
        coded,
        addresses,
        notes,
        order: days.map(|(_, order)| order),
        signs,
        shifted,
        file,
        layout,
        grid,
    }
}

/// Columns of choices in which nothing but a tool's codes stands: `A1`, or bare numbers.
fn coded(
    grid: &Grid,
    layout: &Layout,
    uses: &[Use],
    pack: &Pack,
    vocabularies: &[Vocabulary],
    mapping: Option<&Mapping>,
) -> Vec<usize> {
    let is_code = |cell: &str| {
        let digits = cell.trim_start_matches("AO").trim_start_matches('A');
        !digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let places = uses.iter().enumerate().filter_map(|(place, used)| match used.target {
        Target::Question(question) if !pack.questions[question].kind.choices().is_empty() => {
            Some((place, question))
        }
        _ => None,
    });
    let only_codes = |place: usize, question: usize| {
        let mut any = false;
        let id = &pack.questions[question].id;
        let rows = grid.rows.iter().skip(layout.first);
        let mut said = rows.map(|row| grid.at(row, place).trim()).filter(|cell| !cell.is_empty());
        said.all(|cell| {
            any = true;
            is_code(cell)
                && vocabularies[question].meaning(cell).is_none()
                && mapping.is_none_or(|mapping| mapping.value(id, cell).is_none())
        }) && any
    };
    let found: Vec<usize> =
        places.filter(|(place, question)| only_codes(*place, *question)).map(|(place, _)| place).collect();
    // Typeform's yes and no are codes that are known.
    if matches!(layout.dialect, Dialect::Typeform | Dialect::TypeformJson) { Vec::new() } else { found }
}

/// Reads the rows of one export.
pub struct Reader<'a> {
    pub grid: &'a Grid,
    pub pack: &'a Pack,
    pub layout: &'a Layout,
    pub uses: &'a [Use],
    /// Columns with mail addresses that go along as what is known of a person.
    pub addresses: Vec<usize>,
    pub id: IdFrom,
    pub vocabularies: Vec<Vocabulary>,
    /// Whether figures that nobody can read are passed over.
    pub skip: bool,
    /// Whether there was one that is not.
    pub unread_figures: bool,
    pub signs: &'a Signs,
    pub shifted: &'a [Shifted],
    pub days: Option<(usize, Order)>,
    pub mapping: Option<&'a Mapping>,
    pub taken: Vec<Taken>,
    pub seen: HashMap<(String, String), usize>,
}

struct All {
    respondents: Vec<HeardRespondent>,
    rows: usize,
    left_out: Vec<LeftOut>,
    again: Vec<Again>,
    taken: Vec<Taken>,
    unread_figures: bool,
}

impl<'a> Reader<'a> {
    fn all(mut self) -> All {
        let mut all = All {
            respondents: Vec::new(),
            rows: 0,
            left_out: Vec::new(),
            again: Vec::new(),
            taken: Vec::new(),
            unread_figures: false,
        };
        // By folded id: the place among the respondents, and when that one was sent.
        let mut first: HashMap<String, (usize, Option<(jiff::civil::Date, u32)>)> = HashMap::new();
        let mut again: HashMap<usize, usize> = HashMap::new();
        let grid = self.grid;
        let voiced = self.is_voiced();
        for row in grid.rows.iter().skip(self.layout.first).filter(|row| !grid.is_empty(row)) {
            all.rows += 1;
            if let Some(why) = self.left_out(row) {
                all.left_out.push(LeftOut { row: row.number, why });
                continue;
            }
            let (id, sent) = (self.id_of(row, voiced), self.moment(row));
            let before = first.get(&fold(&id.0)).copied().filter(|_| !id.0.trim().is_empty());
            let key = fold(&id.0);
            match before {
                Some((at, _)) if voiced => self.voice(row, &mut all.respondents[at]),
                Some((at, sent_before)) => {
                    let other = all.respondents[at].place.number() as u32;
                    let names = [all.respondents[at].name.clone(), self.name_of(row)];
                    let newer = match (sent_before, sent) {
                        (Some(old), Some(new)) => new >= old,
                        _ => true,
                    };
                    let (kept, dropped) = if newer { (row.number, other) } else { (other, row.number) };
                    if newer {
                        all.respondents[at] = self.respondent(row, id);
                        first.insert(key, (at, sent));
                    }
                    let place = *again.entry(at).or_insert_with(|| {
                        all.again.push(Again {
                            id: all.respondents[at].id.clone(),
                            kept,
                            dropped: Vec::new(),
                            names: Vec::new(),
                        });
                        all.again.len() - 1
                    });
                    let entry = &mut all.again[place];
                    if let [Some(before), Some(now)] = names
                        && norm(&before) != norm(&now)
                    {
                        for name in [before, now] {
                            if entry.names.iter().all(|own| norm(own) != norm(&name)) {
                                entry.names.push(name);
                            }
                        }
                    }
                    all.again[place].kept = kept;
                    all.again[place].dropped.push(dropped);
                }
                None => {
                    first.insert(key, (all.respondents.len(), sent));
                    let mut respondent = self.respondent(row, id);
                    if voiced {
                        self.first_voice(row, &mut respondent);
                    }
                    all.respondents.push(respondent);
                }
            }
        }
        all.taken = self.taken;
        all.unread_figures = self.unread_figures;
        all
    }

    fn find(&self, target: Target) -> Option<usize> {
        self.uses.iter().position(|used| used.target == target)
    }

    /// Whether rows of one team speak for one respondent. Objects have no key for a role that nobody gave.
    fn is_voiced(&self) -> bool {
        let objects = self.layout.dialect == Dialect::SurveyJs;
        self.find(Target::Role).is_some()
            || (objects && self.find(Target::Team).is_some() && self.pack.asks_roles())
    }

    /// Of a team the column that tells its people apart holds no id of the team's, and may hold its address.
    fn find_addresses(&self) -> Vec<usize> {
        let voiced = self.is_voiced();
        let goes_along = |column: &&Column| match self.uses[column.place].target {
            Target::Ignored => true,
            Target::Respondent => voiced && self.find(Target::Team).is_some(),
            _ => false,
        };
        self.known(Known::Email).filter(goes_along).map(|column| column.place).collect()
    }

    /// What people are told apart by and is no address, in a column of addresses.
    fn wrong_id<'r>(&'r self, row: &'r Row) -> Option<&'r str> {
        let mut columns = self.known(Known::Email);
        let column = columns.find(|column| self.uses[column.place].target == Target::Respondent)?;
        let said = self.grid.at(row, column.place).trim();
        (tells_apart(said) && !is_mail_address(said)).then_some(said)
    }

    /// The first address in a row; where there is none, what was typed in its place.
    fn address<'r>(&'r self, row: &'r Row) -> Option<&'r str> {
        let said = self.addresses.iter().map(|place| self.grid.at(row, *place).trim());
        let mut said = said.filter(|said| tells_apart(said));
        let first = said.clone().next();
        said.find(|said| is_mail_address(said)).or(first)
    }

    fn known(&self, known: Known) -> impl Iterator<Item = &'a Column> {
        self.layout.columns.iter().filter(move |column| column.known == known)
    }

    /// Why a row is no respondent.
    fn left_out(&self, row: &Row) -> Option<String> {
        if self.is_head(row) {
            return Some("the head again".to_owned());
        }
        if self.mapping.is_some_and(|mapping| mapping.keep_unfinished) {
            return None;
        }
        let grid = self.grid;
        for column in self.known(Known::Status) {
            match Status::of(grid.at(row, column.place)) {
                Status::Preview => return Some("a preview, not a respondent".to_owned()),
                Status::Spam => return Some("marked as spam".to_owned()),
                Status::Answered | Status::Strange => {}
            }
        }
        for column in self.known(Known::Channel) {
            if Status::of(grid.at(row, column.place)) == Status::Preview {
                return Some("a preview, not a respondent".to_owned());
            }
        }
        for column in self.known(Known::Finished) {
            let said = norm(grid.at(row, column.place));
            let unfinished = match self.layout.dialect {
                // A day when the form was sent; none where it was not.
                Dialect::LimeSurvey => said.is_empty() || ["n/a", "null", "na"].contains(&said.as_str()),
                _ => ["false", "0", "no", "nein", "non", "falsch", "faux", "falso", "started", "partial"]
                    .contains(&said.as_str()),
            };
            if unfinished {
                let progress =
                    self.known(Known::Progress).map(|column| grid.at(row, column.place).trim()).next();
                return Some(match progress.filter(|text| !text.is_empty()) {
                    Some(progress) => format!("not finished ({progress}%)"),
                    None => "not finished".to_owned(),
                });
            }
        }
        None
    }

    /// Whether a row only repeats headings, as where two exports were put below each other.
    fn is_head(&self, row: &Row) -> bool {
        let grid = self.grid;
        let mut same = 0;
        for (place, cell) in row.cells.iter().enumerate() {
            let said = grid.said(cell).trim();
            if said.is_empty() {
                continue;
            }
            let heads = grid.rows[..self.layout.first].iter().any(|head| grid.at(head, place).trim() == said);
            if !heads {
                return false;
            }
            same += 1;
        }
        same >= 2
    }

    fn id_of(&self, row: &Row, voiced: bool) -> (String, Span) {
        let team = self.find(Target::Team).filter(|_| voiced);
        let filled = |place: &usize| tells_apart(self.grid.at(row, *place));
        let own = match self.id {
            IdFrom::Column(place) => Some(place),
            IdFrom::Where(place, other) => Some(place).filter(filled).or(other),
            IdFrom::Rows => None,
        };
        match team.filter(filled).or(own) {
            Some(place) => (self.grid.at(row, place).trim().to_owned(), self.grid.span(row, place)),
            None => (format!("{}-{}", self.grid.unit(), row.number), self.grid.span(row, 0)),
        }
    }

    fn place(&self, row: &Row) -> Place {
        let number = row.number as usize;
        match self.grid.unit() {
            "row" => Place::Row(number),
            "line" => Place::Line(number),
            _ => Place::Record(number),
        }
    }

    fn name_of(&self, row: &Row) -> Option<String> {
        let said = |target: Target| {
            let place = self.find(target)?;
            Some(self.grid.at(row, place).trim()).filter(|text| !text.is_empty())
        };
        let name = said(Target::Name).map(str::to_owned).or_else(|| {
            let parts: Vec<&str> =
                [Target::FirstName, Target::LastName].into_iter().filter_map(said).collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        });
        // Anonymous forms fill the column of names too.
        name.filter(|name| !name.eq_ignore_ascii_case("anonymous"))
    }

    fn moment(&self, row: &Row) -> Option<(jiff::civil::Date, u32)> {
        let (place, order) = self.days?;
        Time::parse(self.grid.at(row, place))?.moment(order)
    }

    fn respondent(&mut self, row: &Row, (id, id_at): (String, Span)) -> HeardRespondent {
        let grid = self.grid;
        let mut faults = self.slips(row);
        let said = |target: Target| {
            self.find(target)
                .map(|place| (grid.at(row, place).trim(), grid.span(row, place)))
                .filter(|(text, _)| !text.is_empty())
        };
        let name = self.name_of(row);
        let language = said(Target::Language).and_then(|(text, span)| Some((self.language(text)?, span)));
        let date = self.moment(row).map(|(date, _)| date);
        let extra = self.extra(row);
        let (answers, metrics) =
            if faults.has_errors() { Default::default() } else { self.answers(row, &mut faults) };
        HeardRespondent {
            id,
            id_at,
            place: self.place(row),
            name,
            date,
            language,
            answers,
            metrics,
            voices: Vec::new(),
            extra,
            faults,
        }
    }

    /// A language as a tag: Qualtrics writes `EN`, Microsoft `English (United States)`. What a tool says and is no tag
    /// is no fault of the respondent.
    fn language(&self, text: &str) -> Option<String> {
        let word = norm(text);
        Some(match word.split([' ', '(']).next().unwrap_or("") {
            "english" => "en".to_owned(),
            "german" | "deutsch" => "de".to_owned(),
            "french" | "français" => "fr".to_owned(),
            "spanish" | "español" => "es".to_owned(),
            two if two.len() == 2 && two.bytes().all(|byte| byte.is_ascii_lowercase()) => two.to_owned(),
            _ if self.layout.dialect == Dialect::Generic => text.to_owned(),
            _ => return None,
        })
    }

    /// Makes the first row of a team its first voice, where it names a role.
    fn first_voice(&mut self, row: &Row, respondent: &mut HeardRespondent) {
        let Some((role, span)) = self.role(row) else { return };
        let answers = std::mem::take(&mut respondent.answers);
        respondent.voices.push((role.clone(), span, self.put_to(answers, &role)));
        // The name of one voice is not the team's.
        respondent.name = None;
    }

    fn voice(&mut self, row: &Row, respondent: &mut HeardRespondent) {
        let mut faults = self.slips(row);
        // Nobody may choose which of a team's addresses a mail goes to: where two differ, none is the team's.
        if let Some(address) = self.address(row) {
            match respondent.extra.get(ADDRESS) {
                None => drop(respondent.extra.insert(ADDRESS.to_owned(), Value::String(address.to_owned()))),
                Some(Value::String(first)) if fold(first) != fold(address) => {
                    respondent.extra.insert(ADDRESS.to_owned(), Value::Null);
                }
                Some(_) => {}
            }
        }
        let role = self.role(row);
        let (answers, metrics) =
            if faults.has_errors() { Default::default() } else { self.answers(row, &mut faults) };
        match role {
            Some((role, span)) => respondent.voices.push((role.clone(), span, self.put_to(answers, &role))),
            None if respondent.answers.is_empty() => respondent.answers = answers,
            None => faults.push(
                Diagnostic::error(
                    Code::DuplicateRespondent,
                    self.grid.span(row, 0),
                    format!("{} stands here twice", typed(&respondent.id)),
                )
                .help("say in the column of roles who speaks in each row"),
            ),
        }
        for metric in metrics {
            match respondent.metrics.iter().find(|before| before.key == metric.key) {
                Some(before) if is_blank(&metric.said) || before.said == metric.said => {}
                Some(before) if !is_blank(&before.said) => faults.push(
                    Diagnostic::error(
                        Code::WrongMetric,
                        metric.at,
                        format!("two rows give `{}` different values", metric.key),
                    )
                    .label("the second one")
                    .related(before.at, "the first one")
                    .help("a metric belongs to the whole team: keep one of the two"),
                ),
                _ => {
                    respondent.metrics.retain(|before| before.key != metric.key);
                    respondent.metrics.push(metric);
                }
            }
        }
        respondent.faults.extend(faults);
    }

    fn role(&self, row: &Row) -> Option<(String, Span)> {
        let place = self.find(Target::Role)?;
        let role = self.grid.at(row, place).trim();
        (!role.is_empty()).then(|| (role.to_owned(), self.grid.span(row, place)))
    }

    /// An empty cell of a voice is skipped only where the question is put to that role.
    fn put_to(&self, answers: Vec<Heard>, role: &str) -> Vec<Heard> {
        let role = fold(role);
        answers
            .into_iter()
            .filter(|heard| {
                !is_blank(&heard.said)
                    || self.pack.questions.iter().any(|question| {
                        question.id == heard.key && question.voices.iter().any(|voice| fold(voice) == role)
                    })
            })
            .collect()
    }

    /// What makes a row unreadable as a whole.
    fn slips(&self, row: &Row) -> Diagnostics {
        let mut faults = Diagnostics::default();
        let (wanted, found) = (self.layout.columns.len(), row.cells.len());
        if let Some(slip) = row.slip {
            let span = self.grid.span(row, found.saturating_sub(1));
            faults.push(
                Diagnostic::error(Code::TableRow, span, slip)
                    .help("put the whole cell in quotes; a quote inside the text is written twice: `\"\"`"),
            );
        } else {
            let head =
                self.grid.rows.get(self.layout.first.saturating_sub(1)).map_or(0, |head| head.cells.len());
            let beyond = (head..found.min(wanted)).find(|place| {
                self.layout.columns[*place].heading.is_empty() && !self.grid.at(row, *place).trim().is_empty()
            });
            if let Some(place) = beyond.filter(|_| self.grid.sheet.is_none()) {
                faults.push(
                    Diagnostic::error(
                        Code::TableRow,
                        self.grid.span(row, place),
                        format!("this row has {found} cells, the head has {head}"),
                    )
                    .help("a cell that holds the sign between cells stands in quotes: `\"Smith, Jones\"`"),
                );
            }
        }
        faults
    }

    fn extra(&self, row: &Row) -> Map<String, Value> {
        let mut extra = Map::new();
        let voiced = self.is_voiced();
        if let Some(address) = self.address(row).or_else(|| self.wrong_id(row)) {
            extra.insert(ADDRESS.to_owned(), Value::String(address.to_owned()));
        }
        for (column, used) in self.layout.columns.iter().zip(self.uses) {
            let company = used.target == Target::Name && is_company(&norm(&column.heading));
            let team = used.target == Target::Team && !voiced;
            if !(used.target == Target::Extra || company || team) {
                continue;
            }
            let name = match column.heading.as_str() {
                "" => format!("column {}", column_name(column.place)),
                heading => heading.to_owned(),
            };
            let said = self.grid.at(row, column.place).trim();
            let value = if said.is_empty() { Value::Null } else { Value::String(said.replace("\r\n", "\n")) };
            match extra.get(&name) {
                Some(Value::String(_)) => {}
                _ => drop(extra.insert(name, value)),
            }
        }
        extra
    }
}
