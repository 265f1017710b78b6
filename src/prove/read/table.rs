//! A table of cases: columns for what is given and what is expected, a row a case.
//!
//! An empty cell leaves what `given` says, or expects nothing; `-` takes an answer out, or expects no value.

use super::given::{Given, Input, cell};
use super::{DraftCase, Reader};
use crate::diag::{Code, Diagnostic};
use crate::model::{BandOf, RuleId};
use crate::prove::suite::{Expect, Layout, Wanted};
use crate::source::Span;
use crate::yaml::{Node, Scalar, Style, Value};

/// What stands above a column.
enum Column {
    Input(Input),
    Number(BandOf),
    Band(BandOf),
    Rule(RuleId),
    First,
    Refused,
    /// The fault is told.
    Unknown,
}

impl Column {
    fn expects(&self) -> bool {
        !matches!(self, Column::Input(_))
    }
}

impl Reader<'_> {
    /// The cases of a table; none where it cannot be read.
    pub fn table(&mut self, node: &Node, given: Given, shared: &[Expect]) -> Option<Vec<DraftCase>> {
        let mut lines = self.lines(node)?.into_iter();
        let Some(head) = lines.next() else {
            self.faults.push(
                Diagnostic::error(Code::TableHead, node.span, "this table is empty")
                    .label("a row of names and a row a case are wanted here"),
            );
            return None;
        };
        let columns: Vec<(Column, Span)> =
            head.iter().map(|(text, span)| (self.column(text, *span), *span)).collect();
        for (at, (text, span)) in head.iter().enumerate() {
            if let Some((_, first)) = head[..at].iter().find(|(other, _)| other == text) {
                self.faults.push(
                    Diagnostic::error(Code::TableHead, *span, format!("two columns are called `{text}`"))
                        .label("the second one")
                        .related(*first, "the first one"),
                );
            }
        }
        if shared.is_empty() && !columns.iter().any(|(column, _)| column.expects()) {
            self.faults.push(
                Diagnostic::error(Code::TableHead, node.span, "no column of this table expects anything")
                    .label("it could never fail")
                    .help("add a column with the id of a rule, or `band.…` or `score.…`"),
            );
        }
        let mut cases = Vec::new();
        for cells in lines {
            let row = cases.len() + 1;
            let at = cells[0].1.to(cells[cells.len() - 1].1);
            if cells.len() != columns.len() {
                self.faults.push(
                    Diagnostic::error(
                        Code::TableRow,
                        at,
                        format!("this row has {} cells, the table {} columns", cells.len(), columns.len()),
                    )
                    .label("cells are parted by `|`")
                    .help("write `-` where there is no value"),
                );
                continue;
            }
            let mut given = given.clone();
            let mut expect = shared.to_vec();
            for ((column, key_span), (text, span)) in columns.iter().zip(&cells) {
                if text.is_empty() {
                    continue;
                }
                match column {
                    Column::Input(input) => {
                        given.set(input, *key_span, (*text != "-").then(|| cell(text, *span)));
                    }
                    expected => {
                        let wanted = self.wanted(expected, text, *key_span, *span);
                        expect.extend(wanted.map(|wanted| Expect {
                            wanted,
                            span: *span,
                            layout: Layout::Cell,
                        }));
                    }
                }
            }
            cases.push(DraftCase { row: Some(row), at, given: Some(given.node(at)), expect });
        }
        if cases.is_empty() {
            self.faults.push(
                Diagnostic::error(Code::TableHead, node.span, "this table has no row")
                    .label("only its head stands here"),
            );
        }
        Some(cases)
    }

    fn wanted(&mut self, column: &Column, text: &str, key_span: Span, span: Span) -> Option<Wanted> {
        match column {
            Column::Number(of) => self.wanted_number(*of, &cell(text, span)),
            Column::Band(of) => self.wanted_band(*of, text, key_span, span),
            Column::Rule(rule) => self.status(text, span).map(|status| Wanted::Rule(*rule, status)),
            Column::First => self.wanted_single("first", text, span),
            Column::Refused => self.wanted_single("refused", text, span),
            Column::Input(_) | Column::Unknown => None,
        }
    }

    fn column(&mut self, name: &str, span: Span) -> Column {
        let found = match name.split_once(':') {
            Some((role, rest)) => self.voice(role.trim(), rest.trim(), span),
            None => self.plain_column(name, span),
        };
        found.unwrap_or(Column::Unknown)
    }

    fn voice(&mut self, role: &str, name: &str, span: Span) -> Option<Column> {
        let Some(id) = name.strip_prefix("answer.").filter(|_| !role.is_empty()) else {
            self.faults.push(
                Diagnostic::error(Code::TableHead, span, format!("`{role}: {name}` is no column"))
                    .label("a voice gives answers")
                    .help("write `manager: answer.…`"),
            );
            return None;
        };
        self.question(id, span)?;
        Some(Column::Input(Input::Voice { role: role.to_owned(), question: id.to_owned() }))
    }

    fn plain_column(&mut self, name: &str, span: Span) -> Option<Column> {
        let (expected, name) = match name.strip_prefix("expect ") {
            Some(rest) => (true, rest.trim()),
            None => (false, name),
        };
        Some(match (name.split_once('.'), name) {
            (Some(("answer", id)), _) if !expected => {
                self.question(id, span)?;
                Column::Input(Input::Answer(id.to_owned()))
            }
            (Some(("metric", id)), _) if !expected => {
                self.metric(id, span)?;
                Column::Input(Input::Metric(id.to_owned()))
            }
            (Some(("metric", id)), _) => Column::Number(BandOf::Metric(self.metric(id, span)?)),
            (Some(("score", id)), _) => Column::Number(BandOf::Score(self.score(id, span)?)),
            (Some(("band", id)), _) => Column::Band(self.banded(id, span)?),
            (Some((kind, _)), _) => {
                self.faults.push(
                    Diagnostic::error(Code::TableHead, span, format!("`{kind}.…` is no column"))
                        .label("unknown kind of column")
                        .help(
                            "columns are `answer.…`, `metric.…`, `manager: answer.…`, `date`, and what is \
                             expected: `score.…`, `band.…`, `expect metric.…`, a rule, `first`, `refused`",
                        ),
                );
                return None;
            }
            (None, "date") => Column::Input(Input::Date),
            (None, "first") => Column::First,
            (None, "refused") => Column::Refused,
            (None, id) => Column::Rule(self.rule(id, span)?),
        })
    }

    /// The cells of each line with their places. They are read from the file itself, since a block's own
    /// text has lost its indent.
    fn lines(&mut self, node: &Node) -> Option<Vec<Vec<(String, Span)>>> {
        let block = matches!(&node.value, Value::Scalar(Scalar { style: Style::Block, .. }));
        let text = self.sources.slice(node.span).to_owned();
        // The span begins behind the sign: `>` would have made one line of all.
        let before = &self.sources.get(node.span.source).text[..node.span.range().start];
        let sign = before.trim_end().rsplit_once(':').map_or("", |(_, sign)| sign.trim());
        if !block || sign.starts_with('>') {
            let help = "write `table: |` and under it, further in, a row of names and a row a case";
            self.wrong_shape(node, "`table`", "a block of rows", help);
            return None;
        }
        let mut out: Vec<Vec<(String, Span)>> = Vec::new();
        let mut framed = None;
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let from = start;
            start += line.len();
            let bare = line.trim();
            if bare.is_empty() || bare.starts_with('#') {
                continue;
            }
            // Whether the table has a frame is told by its head alone: a last cell may be empty.
            let framed = *framed.get_or_insert(bare.starts_with('|'));
            let (mut from, mut line) = (from + (line.len() - line.trim_start().len()), bare);
            if framed {
                let rest = line.strip_prefix('|').unwrap_or(line);
                from += line.len() - rest.len();
                line = rest.strip_suffix('|').unwrap_or(rest);
            }
            let mut cells = Vec::new();
            for part in line.split('|') {
                let before = part.len() - part.trim_start().len();
                let inner = part.trim();
                let place = from + before..from + before + inner.len();
                cells.push((inner.to_owned(), node.span.part(place)));
                from += part.len() + 1;
            }
            let ruled = cells.iter().all(|(cell, _)| {
                let dashes = cell.trim_matches(':');
                dashes.len() >= 3 && dashes.bytes().all(|byte| byte == b'-')
            });
            if !ruled {
                out.push(cells);
            }
        }
        Some(out)
    }
}
