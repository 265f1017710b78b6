//! Cells that hold digits and are no number, and what was probably meant.

use super::number;

/// How to write what was meant; none where the cell holds no digit and so says that its value is not known.
pub(super) fn slip(text: &str, has_unit: bool) -> Option<String> {
    if !text.contains(|c: char| c.is_numeric()) {
        return None;
    }
    let (words, unit) = without_unit(text.trim());
    let number = canonical(words).or_else(|| stretch(words));
    Some(match number {
        Some(number) if unit.is_empty() || has_unit => format!("write `{number}`"),
        Some(number) => format!("write `{number}`, and `unit: {}`", quoted(unit)),
        None => "write a number such as `42.5`, two such as `40 to 65`, or a word without digits for what is not known"
            .to_owned(),
    })
}

/// The number, and what stands behind its last digit or, as a currency does, before its first.
fn without_unit(text: &str) -> (&str, &str) {
    let digit = |c: char| c.is_ascii_digit();
    let (Some(first), Some(last)) = (text.find(digit), text.rfind(digit)) else { return (text, "") };
    let first = match text[..first].chars().next_back() {
        Some(sign @ ('-' | '\u{2212}' | '.' | ',')) => first - sign.len_utf8(),
        _ => first,
    };
    let last = if matches!(&text[last + 1..], "." | ",") { text.len() } else { last + 1 };
    match (&text[..first], &text[last..]) {
        ("", after) => (&text[..last], after),
        (before, "") => (&text[first..], before.trim_end()),
        _ => (text, ""),
    }
}

/// As `unit:` takes it: in quotes where it begins with a space.
fn quoted(unit: &str) -> String {
    if unit.starts_with(' ') { format!("\"{unit}\"") } else { unit.to_owned() }
}

/// A number as charts take it, without commas and with digits on both sides of its point.
fn canonical(text: &str) -> Option<String> {
    let text = text.trim();
    if number(text).is_some() {
        return Some(text.to_owned());
    }
    let groups: Vec<&str> = text.split(',').collect();
    let plain = match groups.as_slice() {
        // Three digits behind each comma are thousands in English, as all of a paper is.
        [_, rest @ ..] if !rest.is_empty() && rest.iter().all(|group| thousand(group)) => groups.concat(),
        [whole, part] if !part.contains('.') => format!("{whole}.{part}"),
        [_] => text.to_owned(),
        _ => return None,
    };
    let plain = match plain.strip_suffix('.') {
        Some(whole) => whole.to_owned(),
        None if plain.starts_with('.') => format!("0{plain}"),
        None => plain,
    };
    number(&plain).map(|_| plain)
}

/// Whether three digits stand here, behind which a part may follow.
fn thousand(group: &str) -> bool {
    let whole = group.split('.').next().unwrap_or_default();
    whole.len() == 3 && whole.bytes().all(|byte| byte.is_ascii_digit())
}

/// Two numbers with a dash or another word than `to` between them.
fn stretch(text: &str) -> Option<String> {
    const BETWEEN: [&str; 6] = [" to ", "\u{2013}", "\u{2014}", "...", "\u{2026}", "-"];
    BETWEEN.iter().find_map(|between| {
        let (low, high) = text.split_once(between)?;
        // A unit may stand behind the first number as well, as in `15% to 20%`.
        let (low, _) = without_unit(low.trim());
        Some(format!("{} to {}", canonical(low)?, canonical(high)?))
    })
}

#[cfg(test)]
mod tests {
    use super::slip;

    #[test]
    fn what_was_probably_meant_is_told() {
        let generic = "write a number such as `42.5`, two such as `40 to 65`, or a word without digits for what is not known";
        for (text, help) in [
            ("15%", "write `15`, and `unit: %`"),
            ("15 points", "write `15`, and `unit: \" points\"`"),
            ("€15", "write `15`, and `unit: €`"),
            ("-3 %", "write `-3`, and `unit: \" %\"`"),
            ("12,5", "write `12.5`"),
            ("12,5 %", "write `12.5`, and `unit: \" %\"`"),
            ("1,250", "write `1250`"),
            ("1,250,000.5", "write `1250000.5`"),
            (".5", "write `0.5`"),
            ("5.", "write `5`"),
            ("15-20", "write `15 to 20`"),
            ("15 \u{2013} 20", "write `15 to 20`"),
            ("15% to 20%", "write `15 to 20`, and `unit: %`"),
            ("12,5-20", "write `12.5 to 20`"),
            ("1e3", generic),
            ("0x10", generic),
            ("3 of 12", generic),
            ("\u{664}\u{662}", generic),
        ] {
            assert_eq!(slip(text, false).as_deref(), Some(help), "{text}");
        }
        assert_eq!(slip("15%", true).as_deref(), Some("write `15`"));
        for word in ["unknown", "", "not yet", "\u{2013}"] {
            assert_eq!(slip(word, false), None);
        }
    }
}
