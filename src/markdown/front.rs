//! Front matter: the properties of a document, one `key: value` a line between two `---`.
//!
//! It is YAML, kept so simple that each line is read for itself: one bad line costs that line,
//! and every fault is told at once.

use std::ops::Range;

use super::Problem;
use crate::document::{Meta, Page, mail_addresses, yes_or_no};
use crate::yaml::{Within, in_quotes, plain};

const FENCE: &str = "---";
const KEYS: [&str; 11] = [
    "title", "subtitle", "subject", "author", "date", "language", "footer", "cover", "contents", "page", "to",
];

/// How a property is said that is on or off.
const SWITCH: [&str; 2] = ["true", "false"];

/// The properties, and whether the title was among them.
#[derive(Default)]
pub(super) struct Front {
    pub(super) meta: Meta,
    pub(super) has_title: bool,
}

/// Reads the front matter at the start of the text; gives also the byte at which the body begins.
pub(super) fn read(text: &str, problems: &mut Vec<Problem>) -> (Front, usize) {
    let mut front = Front::default();
    let Some((lines, body_at)) = fenced(text) else { return (front, 0) };
    let mut seen: Vec<&str> = Vec::new();
    for line in lines {
        let words = &text[line.clone()];
        if words.trim().is_empty() || words.trim_start().starts_with('#') {
            continue;
        }
        if let Err(problem) = read_line(words, line.start, &mut seen, &mut front) {
            problems.push(problem);
        }
    }
    (front, body_at)
}

/// What was probably meant as front matter in a text that has none.
pub(super) fn doubt(text: &str, body_at: usize) -> Option<Problem> {
    if body_at > 0 {
        return None;
    }
    let start = text.len() - text.trim_start().len();
    let first = text[start..].lines().next()?.trim_end();
    let at = start..start + first.len();
    let problem = |message: String, help: &str| Some(Problem { at, message, help: Some(help.to_owned()) });
    if first != FENCE {
        let key = known_key(first)?;
        let message = format!("`{key}` has no `---` before it and is read as text");
        return problem(message, "put a line `---` before the first property and one behind the last");
    }
    let mut lines = text[start + first.len()..].lines().skip(1).map(str::trim_end);
    if !lines
        .by_ref()
        .take_while(|line| !line.is_empty() && *line != FENCE)
        .any(|line| known_key(line).is_some())
    {
        return None;
    }
    if start > 0 {
        let message = "the front matter is not at the beginning and is read as text";
        return problem(message.to_owned(), "let its `---` be the first line");
    }
    problem(
        "the front matter has no end and is read as text".to_owned(),
        "close it with a line `---` behind the last property",
    )
}

/// The key of a line that says a property.
fn known_key(line: &str) -> Option<&str> {
    let (key, value) = line.split_once(':')?;
    (KEYS.contains(&key) && (value.is_empty() || value.starts_with(' '))).then_some(key)
}

/// The lines between the fences and where the text goes on, if the text begins with a fence that is closed.
fn fenced(text: &str) -> Option<(Vec<Range<usize>>, usize)> {
    let mut at = 0;
    let mut lines = Vec::new();
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let content = line.trim_end();
        let range = at..at + content.len();
        at += line.len();
        match (number, content == FENCE) {
            (0, true) => {}
            (0, false) => return None,
            (_, true) => return Some((lines, at)),
            (_, false) => lines.push(range),
        }
    }
    None
}

fn read_line<'a>(
    line: &'a str,
    at: usize,
    seen: &mut Vec<&'a str>,
    front: &mut Front,
) -> Result<(), Problem> {
    let whole = at..at + line.len();
    let Some((key, rest)) = line.split_once(':').filter(|(key, _)| !key.starts_with([' ', '\t'])) else {
        return Err(Problem {
            at: whole,
            message: "the front matter holds a line that is not `key: value`".to_owned(),
            help: Some("write one key a line, its value behind the colon".to_owned()),
        });
    };
    let key = key.trim_end();
    let key_at = at..at + key.len();
    if !KEYS.contains(&key) {
        return Err(Problem {
            at: key_at,
            message: format!("the front matter has no key `{key}`"),
            help: Some(match nearest(key, &KEYS) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys are {}", KEYS.join(", ")),
            }),
        });
    }
    if seen.contains(&key) {
        return Err(Problem {
            at: key_at,
            message: format!("the front matter has the key `{key}` twice"),
            help: Some("keep one of the two lines".to_owned()),
        });
    }
    seen.push(key);
    let value_at = at + (line.len() - rest.trim_start().len())..at + line.len();
    let Ok(value) = value(rest.trim()) else {
        return Err(Problem {
            at: value_at,
            message: format!("the value of `{key}` cannot be read as text"),
            help: Some("put it in double quotes, with `\\\"` for a quote inside".to_owned()),
        });
    };
    let value = value.map(|text| one_line(&text)).filter(|text| !text.is_empty());
    set(&mut front.meta, key, value.clone()).map_err(|found| {
        let (can_be, such_as) = match key {
            "page" => ("paper, dense, slides or mail", "slides"),
            "to" => ("mail addresses with commas between them", "ann@example.com"),
            _ => ("true or false, yes or no", "true"),
        };
        Problem {
            at: value_at,
            message: format!("`{key}` is `{found}`, but can only be {can_be}"),
            help: Some(format!("write `{key}: {such_as}`, or leave the line out")),
        }
    })?;
    front.has_title |= key == "title" && value.is_some();
    Ok(())
}

/// What a value says; nothing where it is blank. YAML is asked only where it might say something else than what stands there.
fn value(text: &str) -> Result<Option<String>, serde_saphyr::Error> {
    if text.starts_with(char::is_alphanumeric) && plain(text, Within::Block) || SWITCH.contains(&text) {
        return Ok(Some(text.to_owned()));
    }
    serde_saphyr::from_str(text)
}

fn set(meta: &mut Meta, key: &str, value: Option<String>) -> Result<(), String> {
    let switch = |value: Option<String>| match value.as_deref() {
        None => Ok(false),
        Some(word) => yes_or_no(word).ok_or_else(|| word.to_owned()),
    };
    match key {
        "title" => meta.title = value.unwrap_or_default(),
        "subtitle" => meta.subtitle = value,
        "subject" => meta.subject = value,
        "author" => meta.author = value,
        "date" => meta.date = value,
        "language" => meta.language = value.unwrap_or_else(|| Meta::default().language),
        "footer" => meta.footer = value,
        "cover" => meta.cover = switch(value)?,
        "contents" => meta.contents = switch(value)?,
        "to" => {
            meta.to = match value {
                Some(text) => {
                    let all = mail_addresses(&text).map(|all| all.join(", "));
                    Some(all.ok_or(text)?)
                }
                None => None,
            }
        }
        _ => {
            let word = value.unwrap_or_else(|| Page::Paper.word().to_owned());
            meta.page = Page::ALL.into_iter().find(|page| page.word() == word).ok_or(word)?;
        }
    }
    Ok(())
}

/// The front matter with both fences and an empty line behind; nothing where reading the body alone
/// would give the same properties.
pub(super) fn write(meta: &Meta, title_without: &str) -> String {
    let plain = Meta { title: title_without.to_owned(), ..Meta::default() };
    if *meta == plain {
        return String::new();
    }
    let mut out = format!("{FENCE}\n");
    let mut line = |key: &str, value: &str| out.push_str(&format!("{key}: {value}\n"));
    line("title", &scalar(&meta.title));
    let texts = [
        ("subtitle", &meta.subtitle),
        ("subject", &meta.subject),
        ("author", &meta.author),
        ("date", &meta.date),
    ];
    for (key, value) in texts {
        if let Some(value) = value {
            line(key, &scalar(value));
        }
    }
    if meta.language != plain.language {
        line("language", &scalar(&meta.language));
    }
    if let Some(footer) = &meta.footer {
        line("footer", &scalar(footer));
    }
    if meta.cover {
        line("cover", "true");
    }
    if meta.contents {
        line("contents", "true");
    }
    if meta.page != Page::Paper {
        line("page", meta.page.word());
    }
    if let Some(to) = &meta.to {
        line("to", &scalar(to));
    }
    out.push_str(FENCE);
    out.push_str("\n\n");
    out
}

/// The text as a YAML value: as it is where that can be, else quoted.
fn scalar(text: &str) -> String {
    if is_bare(text) { text.to_owned() } else { in_quotes(text) }
}

/// Whether every YAML reader takes the text for this very text.
fn is_bare(text: &str) -> bool {
    let bare_start = text.starts_with(|c: char| c.is_alphabetic() || c.is_ascii_digit());
    let bare_inside = text.chars().all(|c| c.is_alphanumeric() || " -–—,;.()/+&'’!?%".contains(c));
    let a_word_of_yaml = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
        .iter()
        .any(|word| word.eq_ignore_ascii_case(text));
    let like_a_number = text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_hexdigit() || "xXoO_.+".contains(c));
    bare_start && bare_inside && !text.ends_with(' ') && !a_word_of_yaml && !like_a_number
}

/// A value as a property holds it: control characters shown as such, white space as single spaces.
pub(super) fn one_line(text: &str) -> String {
    if is_one_line(text) {
        return text.to_owned();
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace(char::is_control, "\u{FFFD}")
}

/// As [`one_line`], in place: nearly every text is so already.
pub(super) fn put_on_one_line(text: &mut String) {
    if !is_one_line(text) {
        *text = one_line(text);
    }
}

fn is_one_line(text: &str) -> bool {
    let mut at_word = false;
    let sound = text.chars().all(|c| {
        let parts = c == ' ' && at_word;
        at_word = c != ' ';
        parts || at_word && !c.is_whitespace() && !c.is_control()
    });
    sound && (at_word || text.is_empty())
}

/// The known name that was probably meant.
pub(super) fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let name = name.to_lowercase();
    known
        .iter()
        .map(|candidate| (strsim::damerau_levenshtein(&name, candidate), *candidate))
        .filter(|(distance, candidate)| *distance <= candidate.len().max(3) / 3)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_value_reads_back() {
        for text in
            ["no", "1.10", "a: b", "# x", "\"", "back\\slash", "Größe (neu)", "2026-03-01", "-", "{{ 7 }}"]
        {
            let read: Option<String> = serde_saphyr::from_str(&scalar(text)).unwrap();
            assert_eq!(read.as_deref(), Some(text));
        }
        assert_eq!(scalar("1 March 2026"), "1 March 2026");
        assert_eq!(scalar("1.10"), "\"1.10\"");
    }

    #[test]
    fn a_line_is_one_when_nothing_of_it_changes() {
        for text in ["", "a", "a b", "é – b c"] {
            assert!(is_one_line(text), "{text:?}");
        }
        for text in [" ", "a  b", " a", "a ", "a\tb", "é\u{a0}b", "a\u{7}", "a\u{85}b", "a\nb"] {
            assert!(!is_one_line(text), "{text:?}");
        }
        assert_eq!(one_line(" a \u{a0}b\u{7}\n"), "a b\u{FFFD}");
    }

    #[test]
    fn every_bad_line_is_told() {
        let text = "---\ntitel: A\ncover: maybe\npage: screen\n  x\nauthor: [a]\n---\nBody\n";
        let mut problems = Vec::new();
        let (_, body_at) = read(text, &mut problems);
        let told: Vec<(&str, &str)> =
            problems.iter().map(|p| (&text[p.at.clone()], p.message.as_str())).collect();
        assert_eq!(
            told,
            [
                ("titel", "the front matter has no key `titel`"),
                ("maybe", "`cover` is `maybe`, but can only be true or false, yes or no"),
                ("screen", "`page` is `screen`, but can only be paper, dense, slides or mail"),
                ("  x", "the front matter holds a line that is not `key: value`"),
                ("[a]", "the value of `author` cannot be read as text"),
            ]
        );
        assert_eq!(problems[0].help.as_deref(), Some("did you mean `title`?"));
        assert_eq!(&text[body_at..], "Body\n");
    }

    proptest::proptest! {
        #[test]
        fn what_is_read_without_yaml_says_the_same_to_it(text in "[-a-yA-F0-9é·'\"{}!?%&*()/–_.,;:#+ ]{0,8}") {
            let text = text.trim();
            let read = serde_saphyr::from_str::<Option<String>>(text);
            if let (Ok(own), Ok(read)) = (value(text), &read) {
                proptest::prop_assert_eq!(&own, read);
            }
            proptest::prop_assert_eq!(value(text).is_ok(), read.is_ok());
            let said = read.ok().flatten();
            if is_bare(text) {
                proptest::prop_assert_eq!(said.as_deref(), Some(text));
            }
        }
    }
}
