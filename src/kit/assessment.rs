//! The pack's form as papers print it.

use crate::compose::contract::{AskedChoice, AskedItem, AskedPart, AskedScale, AskedTogether, Assessment};
use crate::form::{Entry, Form, Item, Offer, Says, Section, Wanted, form, only_if};
use crate::model::{Absence, Pack};

/// What is asked, in the pack's own language.
pub(super) fn assessment(pack: &Pack) -> Assessment {
    let form = form(pack, Wanted { language: Some(&pack.language), required: false });
    let mut scales: Vec<AskedScale> = Vec::new();
    let parts = form.sections.iter().map(|section| part(&form, section, &mut scales)).collect();
    Assessment { scales, parts }
}

fn part(form: &Form<'_>, section: &Section, scales: &mut Vec<AskedScale>) -> AskedPart {
    let first = |local: &Vec<String>| local.first().cloned();
    let items: Vec<AskedItem> = section.items.iter().map(|item| asked(form, item, scales)).collect();
    let (shared, alone) = together(&items);
    AskedPart {
        title: first(&section.title).unwrap_or_default(),
        help: section.help.as_ref().and_then(first),
        numbers: items.iter().all(|item| item.entry == "number"),
        items,
        shared,
        alone,
    }
}

/// Columns beyond which a table of answers has no room for its questions.
const MOST_COLUMNS: usize = 8;

/// Questions with the same answers under each other, in the order in which their answers come up first; and those with answers
/// of their own.
fn together(items: &[AskedItem]) -> (Vec<AskedTogether>, Vec<AskedItem>) {
    let fits = |item: &&AskedItem| item.entry == "one" && item.choices.len() <= MOST_COLUMNS;
    let mut groups: Vec<AskedTogether> = Vec::new();
    for item in items.iter().filter(fits) {
        match groups.iter_mut().find(|group| group.choices == item.choices) {
            Some(group) => group.items.push(item.clone()),
            None => groups.push(AskedTogether { choices: item.choices.clone(), items: vec![item.clone()] }),
        }
    }
    groups.retain(|group| group.items.len() > 1);
    let grouped =
        |item: &AskedItem| groups.iter().any(|group| group.items.iter().any(|own| own.id == item.id));
    let alone = items.iter().filter(|item| !grouped(item)).cloned().collect();
    (groups, alone)
}

fn asked(form: &Form<'_>, item: &Item, scales: &mut Vec<AskedScale>) -> AskedItem {
    let (entry, scale) = match &item.entry {
        Entry::Choices { choices, several } => {
            (if *several { "several" } else { "one" }, Some(scale(choices, *several, scales)))
        }
        Entry::Number { .. } => ("number", None),
        Entry::Line => ("line", None),
        Entry::Lines => ("lines", None),
    };
    AskedItem {
        id: item.id.clone(),
        text: item.title.first().cloned().unwrap_or_default(),
        note: only_if(form, item),
        entry: entry.to_owned(),
        choices: scale.as_ref().map(|(known, _)| known.choices.clone()).unwrap_or_default(),
        scale: scale.as_ref().map(|(known, _)| known.letter.clone()),
        signs: scale.map(|(_, signs)| signs),
        worked_out: item.worked_out,
    }
}

/// The scale that has these answers, and its signs; a new one where there is none yet.
fn scale(offers: &[Offer], several: bool, scales: &mut Vec<AskedScale>) -> (AskedScale, String) {
    let mut place = 0;
    let choices: Vec<AskedChoice> = offers
        .iter()
        .map(|offer| {
            let sign = match offer.kind {
                Says::Step => offer.value.clone(),
                Says::Absent(Absence::NotApplicable) => "n/a".to_owned(),
                Says::Absent(_) => "?".to_owned(),
                Says::Option | Says::None => {
                    place += 1;
                    place.to_string()
                }
            };
            AskedChoice { sign, label: offer.label.first().cloned().unwrap_or_default() }
        })
        .collect();
    let signs: Vec<&str> = choices.iter().map(|choice| choice.sign.as_str()).collect();
    let signs = signs.join("\u{2003}");
    let known = scales.iter().find(|scale| scale.several == several && scale.choices == choices);
    let scale = match known {
        Some(scale) => scale.clone(),
        None => {
            let scale = AskedScale { letter: letter(scales.len()), several, choices };
            scales.push(scale.clone());
            scale
        }
    };
    (scale, signs)
}

/// `A` to `Z`, then `AA`.
fn letter(place: usize) -> String {
    let last = char::from(b'A' + (place % 26) as u8);
    match place / 26 {
        0 => last.to_string(),
        before => letter(before - 1) + &last.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_with_the_same_answers_stand_together_and_none_is_lost() {
        let item = |id: &str, entry: &str, signs: usize| AskedItem {
            id: id.to_owned(),
            text: id.to_owned(),
            note: None,
            entry: entry.to_owned(),
            choices: (0..signs)
                .map(|at| AskedChoice { sign: at.to_string(), label: String::new() })
                .collect(),
            scale: None,
            signs: None,
            worked_out: false,
        };
        let items = [
            item("a", "one", 5),
            item("b", "one", 3),
            item("c", "several", 5),
            item("d", "one", 5),
            item("e", "number", 0),
            item("f", "one", 9),
            item("g", "one", 9),
            item("h", "number", 0),
        ];
        let (shared, alone) = together(&items);
        let ids =
            |items: &[AskedItem]| items.iter().map(|item| item.id.clone()).collect::<Vec<_>>().join(" ");
        // Too many answers for columns, several answers, and figures stand by themselves.
        assert_eq!(shared.iter().map(|group| ids(&group.items)).collect::<Vec<_>>(), ["a d"]);
        assert_eq!(ids(&alone), "b c e f g h");
    }

    #[test]
    fn letters_go_on_behind_the_last_one() {
        assert_eq!([0, 25, 26, 51, 52, 702].map(letter), ["A", "Z", "AA", "AZ", "BA", "AAA"]);
    }
}
