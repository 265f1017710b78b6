//! A value that is nothing for somebody, and of which a template wants more: which one it is, and the way out.

use tera::Context;

/// What a template wanted of a value that is not there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Nothing {
    pub(super) message: String,
    pub(super) help: String,
}

/// What is nothing, for what the engine says and the text from its place on; none for what it says of something else.
pub(super) fn asked(said: &str, text: &str, data: &Context) -> Option<Nothing> {
    let field = said.strip_prefix("field `")?.split_once("` is not defined")?.0;
    let end = text.match_indices(&format!(".{field}")).map(|(at, _)| at).next()?;
    let start = text[..end].rfind(|c: char| !is_of_chain(c)).map_or(0, |at| at + 1);
    let chain = &text[start..end];
    let nothing = first_nothing(chain, data);
    let more = chain[nothing.len()..].trim_start_matches('.').split(['.', '[']).next().unwrap_or_default();
    let wanted = if more.is_empty() { field } else { more };
    let message = format!("`{nothing}` is nothing here, and this asks for its `{wanted}`");
    let ask = format!("ask with `{{% if {nothing} %}}` first");
    let help = match nothing {
        "session" => format!("{ask}, or give `--session FILE`"),
        item if item.ends_with(']') => format!("a list may be shorter: {ask}, or go through it with `for`"),
        _ => ask,
    };
    Some(Nothing { message, help })
}

fn is_of_chain(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_.[]".contains(c)
}

/// The shortest beginning of a chain such as `plan.steps[3].area` that is nothing, as far as the data tells; else all of it.
fn first_nothing<'c>(chain: &'c str, data: &Context) -> &'c str {
    let root = chain.split(['.', '[']).next().unwrap_or_default();
    let Some(value) = data.get(root) else { return chain };
    let ends = chain.match_indices(['.', '[']).map(|(at, _)| at).chain([chain.len()]);
    for end in ends {
        let path = chain[root.len()..end].replace(']', "").replace('[', ".");
        let path = path.trim_start_matches('.');
        let found = if path.is_empty() { Some(value) } else { value.get_from_path(path) };
        if found.is_none_or(|found| found.is_none() || found.is_undefined()) {
            return &chain[..end];
        }
    }
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(field: &str, text: &str) -> Option<(String, String)> {
        let mut data = Context::new();
        data.insert("session", &None::<String>);
        data.insert("leaks", &[serde_json::json!({ "area": { "title": "A" }, "cause": null })]);
        let said = format!("field `{field}` is not defined");
        asked(&said, text, &data).map(|nothing| (nothing.message, nothing.help))
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
                "`step.cost` is nothing here, and this asks for its `text`",
                "ask with `{% if step.cost %}` first",
            ),
        ];
        for (told, message, help) in cases {
            assert_eq!(told, Some((message.to_owned(), help.to_owned())));
        }
        assert_eq!(told("title", "nothing of the kind"), None);
    }
}
