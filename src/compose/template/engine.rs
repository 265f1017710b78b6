//! Tera as templates may use it: everything put in is inert, nothing is read from outside.

use std::io::Write;

use tera::value::Key;
use tera::{Error, Kwargs, Map, State, StringInput, Tera, TeraResult, Value};

use crate::markdown::inert;

/// An engine in which every interpolated value but the pack's own prose is inert Markdown.
pub(super) fn engine() -> Tera {
    let mut tera = Tera::new();
    // The empty ending is that of every name.
    tera.autoescape_on([""]);
    tera.set_escape_fn(escape);
    tera.register_filter("safe", |_: Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        Err(Error::message("there is no filter `safe`: what goes into a document is always plain text"))
    });
    tera.register_filter("default", default);
    tera.register_filter("replace", replace);
    tera.register_filter("group_by", group_by);
    tera.register_filter("trim", |text: StringInput, kwargs: Kwargs, _: &State| {
        trim(text, &kwargs, true, true)
    });
    tera.register_filter("trim_start", |text: StringInput, kwargs: Kwargs, _: &State| {
        trim(text, &kwargs, true, false)
    });
    tera.register_filter("trim_end", |text: StringInput, kwargs: Kwargs, _: &State| {
        trim(text, &kwargs, false, true)
    });
    tera
}

/// Inert, with a space kept at each end where there was one: separators such as `", "` need it.
fn escape(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    let edge = |at_edge: Option<char>| at_edge.is_some_and(char::is_whitespace);
    let within = inert(text);
    if edge(text.chars().next()) {
        out.write_all(b" ")?;
    }
    out.write_all(within.as_bytes())?;
    if edge(text.chars().next_back()) && !within.is_empty() {
        out.write_all(b" ")?;
    }
    Ok(())
}

/// The other value also where there is nothing, not only where the name is unknown.
fn default(value: Value, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let other = kwargs.must_get::<Value>("value")?;
    let empty = value.is_undefined() || value.is_none();
    let blank = kwargs.get::<bool>("boolean")?.unwrap_or_default() && !value.is_truthy();
    Ok(if empty || blank { other } else { value })
}

/// Taking characters out of prose could take out those that keep a name inert.
fn replace(text: StringInput, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let from = kwargs.must_get::<&str>("from")?;
    let to = kwargs.must_get::<&str>("to")?;
    if text.is_safe() {
        return Err(Error::message("`replace` works on plain text, not on the pack's prose"));
    }
    Ok(Value::from(text.as_str().replace(from, to)))
}

/// Groups in the order of their first items. Tera's own filter puts them in another order each time, and a paper would be another one.
fn group_by(list: Vec<Value>, kwargs: Kwargs, _: &State) -> TeraResult<Map> {
    let attribute = kwargs.must_get::<&str>("attribute")?;
    let mut groups: Vec<(Key<'static>, Vec<Value>)> = Vec::new();
    for item in list {
        let Some(value) = item.get_from_path(attribute).filter(|value| !value.is_none()) else { continue };
        let key = match (value.as_str(), value.as_bool(), value.as_i128()) {
            (Some(text), ..) => Key::from(text.to_owned()),
            (_, Some(truth), _) => Key::Bool(truth),
            (.., Some(number)) => Key::from(number),
            _ => return Err(Error::message(format!("`group_by` cannot group by a {}", value.name()))),
        };
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, group)) => group.push(item),
            None => groups.push((key, vec![item])),
        }
    }
    Ok(groups.into_iter().map(|(key, group)| (key, group.into())).collect())
}

fn trim(text: StringInput, kwargs: &Kwargs, start: bool, end: bool) -> TeraResult<Value> {
    let pattern = kwargs.get::<&str>("pat")?;
    if pattern.is_some() && text.is_safe() {
        return Err(Error::message("`pat` works on plain text, not on the pack's prose"));
    }
    let mut rest = text.as_str();
    match pattern {
        Some(pattern) => {
            rest = if start { rest.trim_start_matches(pattern) } else { rest };
            rest = if end { rest.trim_end_matches(pattern) } else { rest };
        }
        None => {
            rest = if start { rest.trim_start() } else { rest };
            rest = if end { rest.trim_end() } else { rest };
        }
    }
    Ok(text.inherit_safety(rest.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_stand_in_the_order_of_their_first_items() {
        let names = ["wren", "alder", "birch", "yew", "cedar", "elm", "oak", "ash"];
        let items: Vec<_> =
            (0..24).map(|at| serde_json::json!({ "name": names[at % 8], "at": at })).collect();
        let mut context = tera::Context::new();
        context.insert("items", &items);
        let text = "{% set groups = items | group_by(attribute=\"name\") %}{% for name, group in groups %}{{ name }}{{ group | length }}{% endfor %}";
        let mut tera = engine();
        tera.add_raw_template("t", text).unwrap();
        assert_eq!(tera.render("t", &context).unwrap(), names.map(|name| format!("{name}3")).concat());
    }
}
