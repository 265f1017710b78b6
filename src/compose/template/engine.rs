//! Tera as templates may use it: everything put in is inert, nothing is read from outside.

use std::io::Write;

use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

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
