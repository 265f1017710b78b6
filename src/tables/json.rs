//! JSON and JSON lines of responses: objects become rows, their keys columns.

use std::collections::HashMap;

use super::{Cell, Container, Grid, ITEM, MAX_CELLS, MAX_COLUMNS, Row};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceId, Sources, Span};
use crate::yaml::{self, Node, Style, Value};

/// Keys behind which a whole export stands.
const LISTS: [&str; 5] = ["items", "responses", "results", "data", "submissions"];
/// Objects inside objects that become columns of their own.
const DEEP: usize = 2;

/// Responses as a grid; none where this is no such file: one respondent's answers, or no JSON at all.
///
/// # Errors
/// A diagnostic where it is larger than is read.
pub fn read_json(source: SourceId, lines: bool, sources: &Sources) -> Result<Option<Grid>, Diagnostic> {
    let text = sources.get(source).text.clone();
    let mut table = Table {
        source,
        text: &text,
        columns: Vec::new(),
        places: HashMap::new(),
        rows: Vec::new(),
        cells: 0,
    };
    let mut container = if lines { Container::JsonLines } else { Container::Json };
    if lines {
        let mut start = 0;
        for (at, line) in text.split_inclusive('\n').enumerate() {
            if !line.trim().is_empty() {
                let Some(node) = parse(line.trim_end()) else { return Ok(None) };
                if is_answers(&node) || node.entries().is_none() {
                    return Ok(None);
                }
                table.object(&node, start, at as u32 + 1)?;
            }
            start += line.len();
        }
    } else {
        let Some(node) = parse(&text) else { return Ok(None) };
        if is_answers(&node) {
            return Ok(None);
        }
        let items = match &node.value {
            Value::List { items, .. } => items,
            _ => match LISTS.iter().find_map(|key| node.get(key)?.items()) {
                Some(items) => items,
                None => return Ok(None),
            },
        };
        if items.is_empty() {
            return Err(Diagnostic::error(
                Code::NoRespondent,
                Span::new(source, node.span.range()),
                "no response stands in this list",
            )
            .help("export the responses again once somebody has answered"));
        }
        if items.iter().any(|item| item.entries().is_none() || is_answers(item)) {
            return Ok(None);
        }
        let typeform = |item: &Node| item.get("answers").is_some_and(|answers| answers.items().is_some());
        if items.iter().any(typeform) {
            container = Container::TypeformJson;
        }
        for (at, item) in items.iter().enumerate() {
            match container {
                Container::TypeformJson => table.typeform(item, at as u32 + 1)?,
                _ => table.object(item, 0, at as u32 + 1)?,
            }
        }
    }
    if table.rows.is_empty() {
        return Ok(None);
    }
    let head = Row {
        number: 0,
        cells: table
            .columns
            .iter()
            .map(|name| Cell::new(0, 0, Some(name.clone().into_boxed_str())))
            .collect(),
        slip: None,
    };
    let rows = std::iter::once(head).chain(table.rows).collect();
    let mut grid = Grid::new(source, sources, rows);
    grid.container = container;
    Ok(Some(grid))
}

/// The tree of a text that is JSON.
fn parse(text: &str) -> Option<Node> {
    serde_json::from_str::<serde::de::IgnoredAny>(text).ok()?;
    let mut piece = Sources::default();
    let id = piece.add("", text);
    yaml::read(id, &piece, &mut Diagnostics::default())
}

/// Whether an object is written for this program.
fn is_answers(node: &Node) -> bool {
    node.get("respondent").is_some()
        || node.get("voices").is_some()
        || node.get("answers").is_some_and(|answers| answers.items().is_none())
}

struct Table<'t> {
    source: SourceId,
    text: &'t str,
    columns: Vec<String>,
    places: HashMap<String, usize>,
    rows: Vec<Row>,
    cells: usize,
}

impl Table<'_> {
    /// A flat object; `offset` is where in the text its piece begins.
    fn object(&mut self, node: &Node, offset: usize, number: u32) -> Result<(), Diagnostic> {
        let mut cells: Vec<Cell> = Vec::new();
        self.entries(node, "", offset, DEEP, &mut cells)?;
        self.row(cells, number)
    }

    fn entries(
        &mut self,
        node: &Node,
        above: &str,
        offset: usize,
        deep: usize,
        cells: &mut Vec<Cell>,
    ) -> Result<(), Diagnostic> {
        for entry in node.entries().unwrap_or_default() {
            let name = if above.is_empty() { entry.key.clone() } else { format!("{above} [{}]", entry.key) };
            if entry.value.entries().is_some() && deep > 0 {
                self.entries(&entry.value, &name, offset, deep - 1, cells)?;
            } else {
                self.put(&name, &entry.value, offset, cells)?;
            }
        }
        Ok(())
    }

    /// One response of Typeform: its answers by the reference of their field.
    fn typeform(&mut self, node: &Node, number: u32) -> Result<(), Diagnostic> {
        let mut cells: Vec<Cell> = Vec::new();
        for key in ["token", "submitted_at", "landed_at"] {
            if let Some(value) =
                node.get(key).or_else(|| (key == "token").then(|| node.get("response_id")).flatten())
            {
                self.put(key, value, 0, &mut cells)?;
            }
        }
        if let Some(hidden) = node.get("hidden") {
            self.entries(hidden, "", 0, 0, &mut cells)?;
        }
        for answer in node.get("answers").and_then(Node::items).unwrap_or_default() {
            let field = answer.get("field");
            let name = |key: &str| field.and_then(|field| field.get(key)).and_then(Node::text);
            let Some(name) = name("ref").or_else(|| name("id")) else { continue };
            let kind = answer.get("type").and_then(Node::text).unwrap_or_default();
            let Some(value) = answer.get(kind) else { continue };
            let value = match kind {
                "choice" => value.get("label").or_else(|| value.get("other")),
                "choices" => value.get("labels").or_else(|| value.get("other")),
                _ => Some(value),
            };
            if let Some(value) = value {
                let name = name.to_owned();
                self.put(&name, value, 0, &mut cells)?;
            }
        }
        self.row(cells, number)
    }

    fn put(
        &mut self,
        name: &str,
        value: &Node,
        offset: usize,
        cells: &mut Vec<Cell>,
    ) -> Result<(), Diagnostic> {
        let place = match self.places.get(name) {
            Some(place) => *place,
            None => {
                self.places.insert(name.to_owned(), self.columns.len());
                self.columns.push(name.to_owned());
                self.columns.len() - 1
            }
        };
        if self.columns.len() > MAX_COLUMNS {
            let message = format!("these objects have more than {MAX_COLUMNS} different keys");
            return Err(Diagnostic::error(Code::TooMuch, self.at(value, offset), message));
        }
        while cells.len() <= place {
            cells.push(Cell::default());
        }
        let span = self.at(value, offset);
        let said = match &value.value {
            Value::Scalar(_) => value.text().unwrap_or_default().replace(ITEM, " "),
            Value::List { items, .. } if items.iter().all(|item| item.text().is_some()) => {
                let items: Vec<String> =
                    items.iter().filter_map(Node::text).map(|item| item.replace(ITEM, " ")).collect();
                // One item alone is a list too, so that it is never split.
                items.join(&ITEM.to_string()) + if items.len() == 1 { "\u{1f}" } else { "" }
            }
            _ => self.text.get(span.range()).unwrap_or_default().to_owned(),
        };
        let exact = matches!(&value.value, Value::Scalar(scalar) if scalar.style == Style::Plain);
        cells[place] =
            Cell::new(span.start as usize, span.end as usize, Some(said.into_boxed_str())).exact(exact);
        Ok(())
    }

    fn at(&self, node: &Node, offset: usize) -> Span {
        let range = node.span.range();
        Span::new(self.source, offset + range.start..offset + range.end)
    }

    fn row(&mut self, mut cells: Vec<Cell>, number: u32) -> Result<(), Diagnostic> {
        self.cells += cells.len();
        if self.cells > MAX_CELLS {
            let message = format!("this table has more than {MAX_CELLS} cells");
            return Err(Diagnostic::error(Code::TooMuch, Span::new(self.source, 0..0), message));
        }
        // A blank cell lies where its neighbour does, so that places stay in order.
        let first = cells.iter().map(|cell| cell.start).filter(|start| *start > 0).min().unwrap_or(0);
        for cell in cells.iter_mut().filter(|cell| cell.text.is_none()) {
            (cell.start, cell.end) = (first, first);
        }
        self.rows.push(Row { number, cells, slip: None });
        Ok(())
    }
}
