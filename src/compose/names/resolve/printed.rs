//! Can what is printed be printed? A list or a map would come out as its bare data, in somebody's paper.

use super::super::ast::{Expr, What};
use super::super::shape::{Fields, Shape};
use super::Walk;
use crate::diag::Code;

/// Fields that say what a value is about, the best first.
const SAYING: [&str; 4] = ["text", "title", "name", "sentence"];

impl<'w> Walk<'w> {
    /// Tells of a list or a map that is to be text.
    pub(super) fn printed(&mut self, shape: &Shape, printed: &Expr) {
        let name = self.chain(printed);
        let whose = name.as_ref().map_or_else(|| "this".to_owned(), |name| format!("`{name}`"));
        let (message, help) = match shape {
            Shape::List(item) => {
                let message = format!("{whose} is a list and cannot be printed");
                (message, list_help(item, name.as_deref()))
            }
            Shape::Map(fields) => {
                let message = format!("{whose} holds several values and cannot be printed");
                (message, map_help(fields, name.as_deref()))
            }
            Shape::Text | Shape::Number | Shape::Truth | Shape::Any => return,
        };
        let fault = self.fault(Code::UnknownValue, &printed.at, message);
        self.diagnostics.push(fault.help(help));
    }

    /// A value as its template calls it, where that is a name with what hangs on it.
    fn chain(&self, expr: &Expr) -> Option<String> {
        match &expr.what {
            What::Name(name) => Some(name.clone()),
            What::Field { of, name } => Some(format!("{}.{name}", self.chain(of)?)),
            What::Index { of, by } => {
                let place = self.text()?.get(by.at.clone())?;
                Some(format!("{}[{place}]", self.chain(of)?))
            }
            _ => None,
        }
    }
}

fn list_help(item: &Shape, name: Option<&str>) -> String {
    let list = name.unwrap_or("…");
    match item {
        Shape::Map(fields) => {
            let field = telling(fields).map(|field| format!(".{field}")).unwrap_or_default();
            format!("go through it, such as `{{% for one in {list} %}}{{{{ one{field} }}}} {{% endfor %}}`")
        }
        _ => format!("join what it holds, such as `{{{{ {list} | join(sep=\", \") }}}}`"),
    }
}

fn map_help(fields: &Fields, name: Option<&str>) -> String {
    match (telling(fields), name) {
        (Some(field), Some(name)) => format!("print one of them, such as `{name}.{field}`"),
        (Some(field), None) => format!("print one of them, such as its `{field}`"),
        (None, _) => "go through it with `for`, and print what you need of each".to_owned(),
    }
}

/// The field that says most of what its map is about, of those that can be printed; else one of a field's own.
fn telling(fields: &Fields) -> Option<String> {
    let plain = |name: &&str| {
        matches!(fields.named.get(*name), Some(Shape::Text | Shape::Number | Shape::Truth | Shape::Any))
    };
    let saying = SAYING.into_iter().find(plain);
    let any = || fields.named.keys().map(String::as_str).find(plain);
    let inside = || {
        fields.named.iter().find_map(|(name, shape)| match shape {
            Shape::Map(inner) => Some(format!("{name}.{}", telling(inner)?)),
            _ => None,
        })
    };
    saying.map(str::to_owned).or_else(inside).or_else(|| any().map(str::to_owned))
}
