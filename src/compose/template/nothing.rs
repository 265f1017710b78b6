//! A value that is nothing for somebody, and of which a template wants more: which one it is, and the way out.

use tera::Context;

/// What a template wanted of a value that is not there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Nothing {
    pub(super) message: String,
    pub(super) help: String,
}

/// What is nothing, for what the engine says of a field at this byte of a text; without one, of the first such field in the
/// text. None for what it says of something else.
pub(super) fn asked(said: &str, text: &str, at: Option<usize>, data: &Context) -> Option<Nothing> {
    let field = said.strip_prefix("field `")?.split_once("` is not defined")?.0;
    let end = match at {
        Some(at) => {
            let start = start_of_chain(text, at);
            let token = text[start..].split(|c: char| !is_of_chain(c)).next()?;
            start + field_in(token, field)?
        }
        None => field_in(text, field)?,
    };
    let chain = &text[start_of_chain(text, end)..end];
    Some(match first_nothing(chain, data) {
        Some(nothing) => {
            let more = chain[nothing.len()..].trim_start_matches('.').split(['.', '[']).next();
            let wanted = more.filter(|more| !more.is_empty()).unwrap_or(field);
            let ask = format!("ask with `{{% if {nothing} %}}` first");
            let help = match nothing {
                "session" => format!("{ask}, or give `--session FILE`"),
                item if item.ends_with(']') => {
                    format!("a list may be shorter: {ask}, or go through it with `for`")
                }
                _ => ask,
            };
            Nothing {
                message: format!("`{nothing}` is nothing here, and this asks for its `{wanted}`"),
                help,
            }
        }
        None => {
            let whole = format!("{chain}.{field}");
            Nothing {
                message: format!("`{whole}` is nothing here"),
                help: format!("ask with `{{% if {whole} %}}` first"),
            }
        }
    })
}

fn is_of_chain(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_.[]".contains(c)
}

/// Where the chain begins that goes on at a byte.
fn start_of_chain(text: &str, at: usize) -> usize {
    text[..at]
        .rfind(|c: char| !is_of_chain(c))
        .map_or(0, |before| before + text[before..].chars().next().map_or(1, char::len_utf8))
}

/// Where a field is asked for in a text: the byte of its dot.
fn field_in(text: &str, field: &str) -> Option<usize> {
    let dotted = format!(".{field}");
    let whole =
        |at: &usize| !text[at + dotted.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    text.match_indices(&dotted).map(|(at, _)| at).find(whole)
}

/// The shortest beginning of a chain such as `plan.steps[3].area` that is nothing; none where the data does not tell.
fn first_nothing<'c>(chain: &'c str, data: &Context) -> Option<&'c str> {
    let root = chain.split(['.', '[']).next().unwrap_or_default();
    let value = data.get(root)?;
    let ends = chain.match_indices(['.', '[']).map(|(at, _)| at).chain([chain.len()]);
    for end in ends.filter(|end| *end >= root.len()) {
        let path = chain[root.len()..end].replace(']', "").replace('[', ".");
        let path = path.trim_start_matches('.');
        if chain[..end].split('[').skip(1).any(|index| !index.starts_with(|c: char| c.is_ascii_digit())) {
            return None;
        }
        let found = if path.is_empty() { Some(value) } else { value.get_from_path(path) };
        if found.is_none_or(|found| found.is_none() || found.is_undefined()) {
            return Some(&chain[..end]);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(field: &str, text: &str) -> Option<(String, String)> {
        let at = text.find(|c: char| c.is_ascii_alphabetic());
        let mut data = Context::new();
        data.insert("session", &None::<String>);
        data.insert("leaks", &[serde_json::json!({ "area": { "title": "A" }, "cause": null })]);
        let said = format!("field `{field}` is not defined");
        asked(&said, text, at, &data).map(|nothing| (nothing.message, nothing.help))
    }

    #[test]
    fn the_first_value_that_is_nothing_is_named() {
        let cases = [
            (
                told("title", "{{ session.title }}"),
                "`session` is nothing here, and this asks for its `title`",
                "ask with `{% if session %}` first, or give `--session FILE`",
            ),
            (
                told("area", "leaks[9].area }}"),
                "`leaks[9]` is nothing here, and this asks for its `area`",
                "a list may be shorter: ask with `{% if leaks[9] %}` first, or go through it with `for`",
            ),
            (
                told("title", "leaks[9].area.title }}"),
                "`leaks[9]` is nothing here, and this asks for its `area`",
                "a list may be shorter: ask with `{% if leaks[9] %}` first, or go through it with `for`",
            ),
            (
                told("text", "leaks[0].cause.text }}"),
                "`leaks[0].cause` is nothing here, and this asks for its `text`",
                "ask with `{% if leaks[0].cause %}` first",
            ),
            // What a loop names is no value of the data.
            (
                told("text", "{{ step.cost.text }}"),
                "`step.cost.text` is nothing here",
                "ask with `{% if step.cost.text %}` first",
            ),
            (
                told("text", "{{ leaks[at].cause.text }}"),
                "`leaks[at].cause.text` is nothing here",
                "ask with `{% if leaks[at].cause.text %}` first",
            ),
        ];
        for (told, message, help) in cases {
            assert_eq!(told, Some((message.to_owned(), help.to_owned())));
        }
        assert_eq!(told("title", "{{ name }} and session.title"), None);
    }
}
