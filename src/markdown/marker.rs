//! Lines that open and close containers: `::: columns` … `:::`, and `[!SAY]` at the start of a quote.
//!
//! Markdown readers take them for text, which could run into the paragraph or the list around it. So each such
//! line is handed to the reader as a thematic break of the same length, which ends whatever may be ended and is
//! seen again by its place. A line that does not come out as a break stands in code or deep in a paragraph;
//! that one, and each that opens or closes nothing, is text, and the whole is read again without it.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

use super::escape::unescape;
use super::fence::known;
use super::front::{nearest, one_line};
use crate::document::{CalloutKind, Cue, LayoutKind, is_language_tag};

pub(super) const SIGN: &str = ":::";

/// What stands behind the sign of a container.
const NAMES: [&str; 5] = ["columns", "cards", "keep", "lang", "page-break"];

/// A line that may be a marker.
pub(super) struct Marker {
    /// Where its line begins.
    pub(super) line: usize,
    /// From its sign to the end of the line.
    pub(super) at: Range<usize>,
    pub(super) says: Says,
}

/// What a marker asks for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Says {
    Open(LayoutKind),
    PageBreak,
    Close,
    Cue {
        cue: Cue,
        note: String,
    },
    /// Why it is none, and what may help.
    Nothing {
        message: String,
        help: String,
        instead_of: Kind,
    },
}

/// What a faulty marker was meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Container,
    PageBreak,
    Cue,
}

/// The lines of a text that may be markers, in order.
pub(super) fn find(text: &str) -> Vec<Marker> {
    let holds = |sign: &str| memmem::find(text.as_bytes(), sign.as_bytes()).is_some();
    if !holds(SIGN) && !holds("[!") {
        // Most papers have none, and looking at each line would take longer than reading them.
        return Vec::new();
    }
    let mut markers = Vec::new();
    let mut line = 0;
    for words in text.split_inclusive('\n') {
        let (start, quoted) = behind_marks(words);
        let content = words[start..].trim_end();
        let says = if content.starts_with(SIGN) {
            Some(container(content.trim_start_matches(':').trim()))
        } else if quoted {
            cue(content)
        } else {
            None
        };
        if let Some(says) = says {
            let at = line + start;
            let end = line + words.trim_end_matches('\n').len();
            markers.push(Marker { line, at: at..end, says });
        }
        line += words.len();
    }
    markers
}

/// The text with a break in place of each marker.
pub(super) fn applied<'a>(text: &'a str, markers: &[Marker]) -> Cow<'a, str> {
    if markers.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for marker in markers {
        out.push_str(&text[at..marker.at.start]);
        out.push_str("___");
        out.extend(std::iter::repeat_n(' ', marker.at.len() - 3));
        at = marker.at.end;
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

/// The text with another sign in place of the first colon of each line that seemed to be a marker and is none, and
/// that sign: such a line is text, and no meaning of the line above.
pub(super) fn plain_colons<'a>(
    text: Cow<'a, str>,
    all: &[usize],
    markers: &[Marker],
) -> (Cow<'a, str>, char) {
    let is_none = |at: &&usize| {
        text[**at..].starts_with(SIGN) && markers.binary_search_by_key(*at, |marker| marker.at.start).is_err()
    };
    let places: Vec<usize> = all.iter().filter(is_none).copied().collect();
    if places.is_empty() {
        return (text, ':');
    }
    // Neither the text itself nor a reference in it, such as `&#1;`, may give the sign.
    let referred = referred(&text);
    let mut signs = (1..=8_u8).chain(14..=31);
    let unused =
        signs.find(|sign| !referred.contains(&u32::from(*sign)) && !text.contains(char::from(*sign)));
    let Some(sign) = unused.map(char::from) else { return (text, ':') };
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for at in places {
        out.push_str(&text[from..at]);
        out.push(sign);
        from = at + 1;
    }
    out.push_str(&text[from..]);
    (Cow::Owned(out), sign)
}

/// The low characters that the text names by their numbers.
fn referred(text: &str) -> Vec<u32> {
    text.split("&#")
        .skip(1)
        .filter_map(|rest| {
            let number = rest.split(';').next().filter(|number| number.len() <= 9)?;
            match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => number.parse().ok(),
            }
        })
        .filter(|number| *number < 32)
        .collect()
}

/// Where a line goes on behind the marks of quotes, items and meanings, and whether the last of them is a quote's.
fn behind_marks(line: &str) -> (usize, bool) {
    let bytes = line.as_bytes();
    let mut at = 0;
    let mut quoted = false;
    loop {
        while bytes.get(at).is_some_and(|b| matches!(b, b' ' | b'\t')) {
            at += 1;
        }
        let digits = bytes[at..].iter().take(9).take_while(|b| b.is_ascii_digit()).count();
        let blank = |at: usize| bytes.get(at).is_some_and(|b| matches!(b, b' ' | b'\t'));
        match bytes.get(at + digits) {
            Some(b'>') if digits == 0 => {
                at += 1;
                quoted = true;
            }
            Some(b'-' | b'+' | b'*' | b':') if digits == 0 && blank(at + 1) => {
                at += 2;
                quoted = false;
            }
            Some(b'.' | b')') if digits > 0 && blank(at + digits + 1) => {
                at += digits + 2;
                quoted = false;
            }
            _ => return (at, quoted),
        }
    }
}

/// `[!SAY]` and the like, with a note behind it. The kinds that GitHub knows are none of ours.
fn cue(content: &str) -> Option<Says> {
    let (name, note) = content.strip_prefix("[!")?.split_once(']')?;
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphabetic());
    let github = CalloutKind::ALL.iter().any(|kind| kind.label().eq_ignore_ascii_case(name));
    if !is_name || github || note.starts_with(['(', '[', ':']) {
        return None;
    }
    let found = Cue::ALL.into_iter().find(|cue| cue.label().eq_ignore_ascii_case(name));
    Some(match found {
        Some(cue) => Says::Cue { cue, note: one_line(&unescape(note.trim())) },
        None => Says::Nothing {
            message: format!("there is no box `[!{name}]`"),
            help: known_boxes(name),
            instead_of: Kind::Cue,
        },
    })
}

fn known_boxes(name: &str) -> String {
    let labels = Cue::ALL.map(Cue::label).into_iter().chain(CalloutKind::ALL.map(CalloutKind::label));
    let labels: Vec<String> = labels.map(str::to_lowercase).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    match nearest(name, &labels) {
        Some(near) => format!("did you mean `[!{}]`?", near.to_uppercase()),
        None => format!("the names are {}", labels.join(", ").to_uppercase()),
    }
}

fn container(words: &str) -> Says {
    let mut words = words.split_whitespace();
    let Some(name) = words.next() else { return Says::Close };
    let rest: Vec<&str> = words.collect();
    let nothing = |message: String, help: &str| Says::Nothing {
        message,
        help: help.to_owned(),
        instead_of: if name == NAMES[4] { Kind::PageBreak } else { Kind::Container },
    };
    match (name, rest.as_slice()) {
        ("columns", []) => Says::Open(LayoutKind::Columns(Vec::new())),
        ("columns", [shares]) => match self::shares(shares) {
            Some(shares) => Says::Open(LayoutKind::Columns(shares)),
            None => nothing(
                format!("`{shares}` does not share out the width of columns"),
                "write whole numbers from 1 to 9 with colons between, such as `::: columns 1:2`",
            ),
        },
        ("cards", []) => Says::Open(LayoutKind::Cards(2)),
        ("cards", [count]) => match count.parse() {
            Ok(count) if (1..=LayoutKind::WIDEST).contains(&count) => Says::Open(LayoutKind::Cards(count)),
            _ => nothing(
                format!("`{count}` is no number of cards in a row"),
                "write a number from 1 to 4, such as `::: cards 3`",
            ),
        },
        ("keep", []) => Says::Open(LayoutKind::Keep),
        ("lang", [tag]) if is_language_tag(tag) => Says::Open(LayoutKind::Language((*tag).to_owned())),
        ("lang", [tag]) => nothing(format!("`{tag}` is no language"), "write its tag, such as `::: lang fr`"),
        ("lang", []) => {
            nothing("`lang` does not say which language".to_owned(), "write its tag, such as `::: lang fr`")
        }
        ("page-break", []) => Says::PageBreak,
        (known, [.., last]) if NAMES.contains(&known) => nothing(
            format!("`{last}` is too much behind `{known}`"),
            "leave it out, and begin the text on the next line",
        ),
        _ => nothing(format!("there is no container `{name}`"), &known(name, &NAMES, "the names are")),
    }
}

fn shares(words: &str) -> Option<Vec<u8>> {
    let share = |word: &str| word.parse().ok().filter(|n| (1..=LayoutKind::LARGEST_SHARE).contains(n));
    words.split(':').map(share).collect()
}

/// The line that opens a container.
pub(super) fn written(kind: &LayoutKind) -> String {
    match kind {
        LayoutKind::Columns(shares) if shares.is_empty() => format!("{SIGN} columns"),
        LayoutKind::Columns(shares) => {
            let shares: Vec<String> = shares.iter().map(u8::to_string).collect();
            format!("{SIGN} columns {}", shares.join(":"))
        }
        LayoutKind::Cards(2) => format!("{SIGN} cards"),
        LayoutKind::Cards(count) => format!("{SIGN} cards {count}"),
        LayoutKind::Keep => format!("{SIGN} keep"),
        LayoutKind::Language(tag) => format!("{SIGN} lang {tag}"),
        LayoutKind::Cue { cue, note } => {
            let note = super::fence::escape(note, "");
            format!("[!{}] {note}", cue.label().to_uppercase())
        }
    }
}

/// The line that begins a page.
pub(super) const PAGE_BREAK: &str = "::: page-break";

/// Brings a layout that was not read from text into what markers can say.
pub(super) fn normalise(layout: &mut crate::document::Layout) {
    if !layout.kind.is_parted() {
        layout.parts = vec![std::mem::take(&mut layout.parts).into_iter().flatten().collect()];
    } else if layout.parts.is_empty() {
        layout.parts.push(Vec::new());
    }
    match &mut layout.kind {
        LayoutKind::Columns(shares) => {
            let parts = layout.parts.len();
            let even = shares.is_empty() || parts > usize::from(LayoutKind::WIDEST);
            shares.resize(parts, 1);
            shares.iter_mut().for_each(|share| *share = (*share).clamp(1, LayoutKind::LARGEST_SHARE));
            if even || shares.iter().all(|share| *share == shares[0]) {
                shares.clear();
            }
        }
        LayoutKind::Cards(count) => *count = (*count).clamp(1, LayoutKind::WIDEST),
        LayoutKind::Language(tag) if !is_language_tag(tag) => *tag = "und".to_owned(),
        LayoutKind::Cue { note, .. } => *note = one_line(note),
        LayoutKind::Keep | LayoutKind::Language(_) => {}
    }
}
