//! Grammar helpers: counts, lists, dates, quotation marks, the end of a sentence.

use jiff::civil::Date;

/// `1 answer`, `3 answers`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// `a`, `a and b`, `a, b and c`; with semicolons where an item holds a comma of its own.
pub fn list(items: &[String]) -> String {
    join(items, "and")
}

/// As [`list`], with another last word.
pub(super) fn join(items: &[String], last_word: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => {
            let long = items.iter().any(|item| item.contains(", ") || item.contains("; "));
            let between = if long { "; " } else { ", " };
            let comma = if long && items.len() > 2 { ";" } else { "" };
            format!("{}{comma} {last_word} {last}", first.join(between))
        }
    }
}

/// `1 March 2026`.
pub fn date(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = MONTHS.get(date.month() as usize - 1).copied().unwrap_or_default();
    format!("{} {month} {}", date.day(), date.year())
}

/// In quotation marks, without the full stop of a sentence that goes on outside them.
pub fn quoted(text: &str) -> String {
    let text = text.trim_end();
    let bare = text.strip_suffix('.').filter(|rest| !rest.ends_with('.')).unwrap_or(text);
    format!("“{bare}”")
}

/// With a capital at its start and a full stop at its end, unless it ends in a mark of its own.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let mut out: String = match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => return String::new(),
    };
    // A mark inside emphasis or quotation ends the sentence too.
    if !out.trim_end_matches(['*', '_', '”', ')']).ends_with(['.', '!', '?', '…']) || out.ends_with(')') {
        out.push('.');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_counts_are_grammatical() {
        let of = |items: &[&str]| list(&items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&[]), "");
        assert_eq!(of(&["a"]), "a");
        assert_eq!(of(&["a", "b", "c"]), "a, b and c");
        assert_eq!(of(&["a, one", "b", "c"]), "a, one; b; and c");
        assert_eq!(of(&["a, one", "b"]), "a, one and b");
        assert_eq!(count(1, "answer", "answers"), "1 answer");
        assert_eq!(count(0, "answer", "answers"), "0 answers");
    }

    #[test]
    fn dates_and_sentences_are_as_printed() {
        assert_eq!(date(Date::constant(2026, 3, 1)), "1 March 2026");
        assert_eq!(sentence("churn is 18%"), "Churn is 18%.");
        assert_eq!(sentence("Who?"), "Who?");
        assert_eq!(sentence("answer “All is well”"), "Answer “All is well”.");
        assert_eq!(quoted("All is well."), "“All is well”");
        assert_eq!(quoted("Is it?"), "“Is it?”");
        assert_eq!(sentence("it is 5% (good.)"), "It is 5% (good.).");
        assert_eq!(sentence(""), "");
    }
}
