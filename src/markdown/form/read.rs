//! The text of a form's fence → the form, or every fault that keeps it from being one.

use super::NAMES;
use crate::document::{Field, Form, Scale};
use crate::markdown::escape::unescape;
use crate::markdown::fence::{Fault, Piece, fault, fault_behind_name, known, lines};
use crate::markdown::front::one_line;

const KEYS: [&str; 3] = ["question", "points", "ends"];

/// The form of a fence, or each fault that keeps it from being one.
pub(in crate::markdown) fn read(info: &str, text: &str) -> Result<Form, Vec<Fault>> {
    let mut words = info.split_whitespace();
    let name = words.next().unwrap_or_default();
    let rest: Vec<&str> = words.collect();
    let mut faults = Vec::new();
    let form = match name {
        "lines" => height(info, &rest, &mut faults).map(|count| Form::Lines { count, prompt: prompt(text) }),
        "box" => height(info, &rest, &mut faults).map(|lines| Form::Space { lines, prompt: prompt(text) }),
        _ => {
            if let [first, ..] = rest.as_slice() {
                let message = format!("nothing may stand behind `{name}`, but `{first}` does");
                let help = format!("write `{name}` alone behind the fence");
                faults.push(fault_behind_name(info, message, help));
            }
            if name == NAMES[2] {
                scale(text, &mut faults).map(Form::Scale)
            } else {
                signature(text, &mut faults).map(Form::Signature)
            }
        }
    };
    form.filter(|_| faults.is_empty()).ok_or(faults)
}

fn height(info: &str, rest: &[&str], faults: &mut Vec<Fault>) -> Option<u8> {
    let name = info.split_whitespace().next().unwrap_or_default();
    let number = match rest {
        [number] => number.parse().ok().filter(|number| (1..=Form::MOST_LINES).contains(number)),
        _ => None,
    };
    if number.is_none() {
        let message = match rest {
            [] => format!("`{name}` does not say how many lines high it is"),
            _ => format!("`{}` is no number of lines from 1 to {}", rest.join(" "), Form::MOST_LINES),
        };
        faults.push(fault_behind_name(info, message, format!("write `{name} 4` behind the fence")));
    }
    number
}

fn prompt(text: &str) -> String {
    one_line(&unescape(text))
}

fn scale(text: &str, faults: &mut Vec<Fault>) -> Option<Scale> {
    let mut given: Vec<(&str, Piece<'_>)> = Vec::new();
    let mut items = Vec::new();
    for line in lines(text) {
        if let Some(item) = line.words.strip_prefix('-') {
            items.push(one_line(&unescape(item.trim())));
            continue;
        }
        match key(&line) {
            Ok((key, _)) if given.iter().any(|(other, _)| *other == key) => {
                let message = format!("the scale has the key `{key}` twice");
                faults.push(fault(line.range(), message, "keep one of the two lines"));
            }
            Ok(pair) => given.push(pair),
            Err(found) => faults.push(found),
        }
    }
    let get = |key: &str| given.iter().find(|(other, _)| *other == key).map(|(_, value)| *value);
    let words = |piece: Piece<'_>| one_line(&unescape(piece.words));
    let points = match get("points") {
        Some(piece) => points(&piece, faults),
        None => {
            let help = "add a line such as `points: 1 to 5` or `points: never, seldom, often`";
            faults.push(fault(text.len()..text.len(), "the scale has no `points`", help));
            None
        }
    };
    let ends = get("ends").map(|piece| match piece.split(',').as_slice() {
        [left, right] => Some((words(*left), words(*right))),
        _ => {
            let message = format!("`{}` does not name two ends", piece.words);
            let help = "write the words at the left and the right, such as `ends: not at all, fully`";
            faults.push(fault(piece.range(), message, help));
            None
        }
    });
    Some(Scale {
        question: get("question").map(words).unwrap_or_default(),
        points: points?,
        ends: ends.flatten(),
        items,
    })
}

fn key<'a>(line: &Piece<'a>) -> Result<(&'a str, Piece<'a>), Fault> {
    let Some(colon) = line.words.find(':') else {
        let message = "the scale holds a line that is neither `key: value` nor something to judge";
        return Err(fault(line.range(), message, "begin what is to be judged with `- `"));
    };
    let key = line.part(0..colon);
    if !KEYS.contains(&key.words) {
        let help = known(key.words, &KEYS, "the keys are");
        return Err(fault(key.range(), format!("a scale has no key `{}`", key.words), help));
    }
    Ok((key.words, line.part(colon + 1..line.words.len())))
}

fn points(piece: &Piece<'_>, faults: &mut Vec<Fault>) -> Option<Vec<String>> {
    let (fewest, most) = (*Scale::POINTS.start(), *Scale::POINTS.end());
    let parts = piece.split(',');
    let stretch = piece.words.split_once(" to ").and_then(|(first, last)| {
        let number = |text: &str| text.trim().parse::<i64>().ok().filter(|n| n.abs() < 1_000_000);
        Some((number(first)?, number(last)?)).filter(|_| parts.len() == 1)
    });
    let (count, points): (usize, Vec<String>) = match stretch {
        Some((first, last)) => {
            let count = usize::try_from(last - first + 1).unwrap_or(0);
            (count, (first..=last).take(most).map(|point| point.to_string()).collect())
        }
        None => (parts.len(), parts.iter().map(|part| one_line(&unescape(part.words))).collect()),
    };
    if !Scale::POINTS.contains(&count) {
        let message = format!("the scale has {count} point{}", if count == 1 { "" } else { "s" });
        let help = format!("a scale has {fewest} to {most}, such as `1 to 5` or `never, seldom, often`");
        faults.push(fault(piece.range(), message, help));
        return None;
    }
    if points.iter().any(String::is_empty) {
        let help = "write a word between each two commas";
        faults.push(fault(piece.range(), "a point of the scale has no name", help));
        return None;
    }
    Some(points)
}

fn signature(text: &str, faults: &mut Vec<Fault>) -> Option<Vec<Field>> {
    let mut fields = Vec::new();
    for line in lines(text) {
        let parts = line.split(':');
        let label = one_line(&unescape(parts[0].words));
        let value = parts.get(1).map_or("", |value| &line.words[value.at - line.at..]);
        if label.is_empty() {
            let help = "write what it is for before the colon, such as `Date: 1 March 2026`";
            faults.push(fault(line.range(), "this line to sign on has no label", help));
        }
        fields.push(Field { label, value: one_line(&unescape(value)) });
    }
    if fields.is_empty() {
        let help = "write what each line is for, such as `Date` or `Name: Ada Lovelace`, one a line";
        faults.push(fault(text.len()..text.len(), "the signature has no line to sign on", help));
    }
    Some(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_read_from_its_words() {
        assert_eq!(
            read("lines 4", "What\n  now?\n").unwrap(),
            Form::Lines { count: 4, prompt: "What now?".to_owned() }
        );
        let text = "question: How far?\npoints: 0 to 10\nends: not\\, really, fully\n- a\n- b: c\n";
        let Form::Scale(scale) = read("scale", text).unwrap() else { panic!() };
        assert_eq!(scale.points.len(), 11);
        assert_eq!(scale.ends, Some(("not, really".to_owned(), "fully".to_owned())));
        assert_eq!(scale.items, ["a", "b: c"]);
        let field = |label: &str, value: &str| Field { label: label.to_owned(), value: value.to_owned() };
        assert_eq!(
            read("signature", "Place, date: Bonn: 1 March\nName \\: given\n").unwrap(),
            Form::Signature(vec![field("Place, date", "Bonn: 1 March"), field("Name : given", "")])
        );
    }

    #[test]
    fn every_fault_is_told_with_its_help() {
        let cases: [(&str, &str, &str, &str, &str); 13] = [
            (
                "lines",
                "",
                "lines",
                "`lines` does not say how many lines high it is",
                "write `lines 4` behind the fence",
            ),
            ("box 0", "", "0", "`0` is no number of lines from 1 to 60", "write `box 4` behind the fence"),
            (
                "lines 3 wide",
                "",
                "3 wide",
                "`3 wide` is no number of lines from 1 to 60",
                "write `lines 4` behind the fence",
            ),
            (
                "scale 5",
                "points: 1 to 5",
                "5",
                "nothing may stand behind `scale`, but `5` does",
                "write `scale` alone behind the fence",
            ),
            (
                "scale",
                "- a",
                "",
                "the scale has no `points`",
                "add a line such as `points: 1 to 5` or `points: never, seldom, often`",
            ),
            (
                "scale",
                "points: 1 to 5\nends: low",
                "low",
                "`low` does not name two ends",
                "write the words at the left and the right, such as `ends: not at all, fully`",
            ),
            (
                "scale",
                "points: 0 to 100",
                "0 to 100",
                "the scale has 101 points",
                "a scale has 2 to 11, such as `1 to 5` or `never, seldom, often`",
            ),
            (
                "scale",
                "points: a,, b",
                "a,, b",
                "a point of the scale has no name",
                "write a word between each two commas",
            ),
            (
                "scale",
                "points: 1 to 5\npoints: 1 to 5",
                "points: 1 to 5",
                "the scale has the key `points` twice",
                "keep one of the two lines",
            ),
            (
                "scale",
                "point: 1\npoints: 1 to 5",
                "point",
                "a scale has no key `point`",
                "did you mean `points`?",
            ),
            (
                "scale",
                "points: 1 to 5\nloose",
                "loose",
                "the scale holds a line that is neither `key: value` nor something to judge",
                "begin what is to be judged with `- `",
            ),
            (
                "signature",
                "\n",
                "",
                "the signature has no line to sign on",
                "write what each line is for, such as `Date` or `Name: Ada Lovelace`, one a line",
            ),
            (
                "signature",
                ": x",
                ": x",
                "this line to sign on has no label",
                "write what it is for before the colon, such as `Date: 1 March 2026`",
            ),
        ];
        for (info, text, at, message, help) in cases {
            let faults = read(info, text).unwrap_err();
            let [fault] = faults.as_slice() else { panic!("{faults:?}") };
            assert_eq!((fault.words(info, text), fault.message.as_str()), (at, message));
            assert_eq!(fault.help.as_deref(), Some(help));
        }
    }
}
