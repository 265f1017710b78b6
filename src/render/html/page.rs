//! The frame of a page: HTML with places such as `{{ body }}`, each filled once and never looked at again.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// The frame cannot be filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageError {
    /// Bytes of the frame.
    pub at: Range<usize>,
    pub message: String,
}

impl std::fmt::Display for PageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for PageError {}

const BODY: &str = "body";

/// The frame with each place replaced by what `content` gives for its name.
pub(super) fn fill<'a>(
    frame: &str,
    content: impl Fn(&str) -> Option<Cow<'a, str>>,
) -> Result<String, PageError> {
    let mut out = String::with_capacity(frame.len());
    let mut made: HashMap<&str, Cow<'a, str>> = HashMap::new();
    let mut at = 0;
    while let Some(open) = frame[at..].find("{{").map(|open| at + open) {
        let Some(close) = frame[open..].find("}}").map(|close| open + close + 2) else {
            let message = "this `{{` is not closed by `}}`".to_owned();
            return Err(PageError { at: open..open + 2, message });
        };
        let name = frame[open + 2..close - 2].trim();
        if !made.contains_key(name) {
            let Some(content) = content(name) else {
                let message = format!(
                    "`{name}` is no place of a page: there are title, language, direction, style, cover, contents, body and footer"
                );
                return Err(PageError { at: open..close, message });
            };
            made.insert(name, content);
        }
        out.push_str(&frame[at..open]);
        out.push_str(made.get(name).map_or("", AsRef::as_ref));
        at = close;
    }
    if !made.contains_key(BODY) {
        let message = "the page has no `{{ body }}`, so the document would be lost".to_owned();
        return Err(PageError { at: 0..0, message });
    }
    out.push_str(&frame[at..]);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(name: &str) -> Option<Cow<'static, str>> {
        ["body", "title"].contains(&name).then(|| format!("<{{{{ {name} }}}}>").into())
    }

    #[test]
    fn what_is_filled_in_is_not_read_again() {
        assert_eq!(fill("a{{body}}b{{ title }}", content).unwrap(), "a<{{ body }}>b<{{ title }}>");
    }

    #[test]
    fn a_frame_that_cannot_be_filled_is_told() {
        let at = |frame: &str| fill(frame, content).unwrap_err();
        assert_eq!(at("{{ body }} {{ bodi }}").at, 11..21);
        assert_eq!(at("{{ body").at, 0..2);
        assert_eq!(at("plain").message, "the page has no `{{ body }}`, so the document would be lost");
    }
}
