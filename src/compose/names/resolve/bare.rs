//! Is a measured value printed with its unit? A bare 18 may be percent, clients or days.

use super::super::ast::{Expr, Place, What};
use super::super::shape::Shape;
use super::Walk;
use crate::diag::{Code, Diagnostic};

/// Filters that leave a number what it is.
const NUMBER_FILTERS: [&str; 5] = ["abs", "default", "float", "int", "round"];

impl<'w> Walk<'w> {
    /// Tells where what is printed is the value of something that has a unit.
    pub(super) fn bare_value(&mut self, printed: &'w Expr) {
        let Some((of, at)) = value_of(printed) else { return };
        let Shape::Map(fields) = self.quiet(of) else { return };
        if !["unit", "text"].iter().all(|field| fields.named.contains_key(*field)) || self.has_unit(at) {
            return;
        }
        let span = self.site.span(at);
        let written = match &of.what {
            What::Name(name) => format!("`{name}.text`"),
            _ => "`text` in place of `value`".to_owned(),
        };
        self.diagnostics.push(
            Diagnostic::warning(Code::BareValue, span, "this prints a number without its unit")
                .label("the bare number")
                .help(format!("write {written}, which has the unit and says where nothing is known")),
        );
    }

    /// Whether the unit stands on the same line, or the number in a chart, whose head tells it.
    fn has_unit(&self, at: &Place) -> bool {
        let Some(text) = self.text() else { return false };
        let (before, behind) = text.split_at(at.start.min(text.len()));
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let line_end = behind.find('\n').map_or(text.len(), |end| before.len() + end);
        let in_fence = before.lines().filter(|line| line.trim_start().starts_with("```")).count() % 2 == 1;
        in_fence || text[line_start..line_end].contains(".unit")
    }
}

/// Whose `value` an expression is, and the place of that word.
fn value_of(expr: &Expr) -> Option<(&Expr, &Place)> {
    match &expr.what {
        What::Field { of, name } if name == "value" => Some((of, &expr.at)),
        What::Filter { of, filter } if NUMBER_FILTERS.contains(&filter.name.as_str()) => value_of(of),
        What::Either(left, _) => value_of(left),
        _ => None,
    }
}
