//! A difference as people read it: what rules do first, then what is written, then whom it touches.

use std::fmt::Write;

use super::{Case, Change, Cohort, Difference, Field, Item, Moved, Person, RuleChange, Section};
use crate::markdown::plain;
use crate::model::Pack;
use crate::wording::{count, list};

/// How much of a value is shown.
const SHOWN: usize = 100;
/// Characters before a difference that are shown for orientation.
const CONTEXT: usize = 24;

/// The whole of it.
pub fn tell(old: &Pack, new: &Pack, difference: &Difference, cohort: Option<&Cohort>) -> String {
    let mut out = match old.id == new.id {
        true => format!("{} {} → {}\n", new.id, old.version, new.version),
        false => format!("{} {} → {} {}\n", old.id, old.version, new.id, new.version),
    };
    rules(&mut out, old, new, difference);
    items(&mut out, &difference.items);
    if let Some(cohort) = cohort {
        people(&mut out, cohort);
    }
    out
}

fn head(out: &mut String, title: &str) {
    let _ = writeln!(out, "\n{title}");
}

fn rules(out: &mut String, old: &Pack, new: &Pack, difference: &Difference) {
    let all = &difference.rules;
    if difference.rules_do_the_same() {
        out.push_str("\nNo change in what rules do.\n");
    }
    let moved: Vec<&RuleChange> = all.iter().filter(|rule| rule.fires_elsewhere()).collect();
    if !moved.is_empty() {
        head(out, "Rules that fire for other people");
        moved.into_iter().for_each(|rule| changed_rule(out, new, rule));
    }
    let open: Vec<&RuleChange> =
        all.iter().filter(|rule| rule.not_decided() && !rule.fires_elsewhere()).collect();
    if !open.is_empty() {
        head(out, "Not decided");
        open.into_iter().for_each(|rule| changed_rule(out, new, rule));
    }
    let said: Vec<&RuleChange> = all
        .iter()
        .filter(|rule| rule.old.is_some() && rule.new.is_some())
        .filter(|rule| !rule.fires_elsewhere() && !rule.not_decided() && !rule.only_texts())
        .collect();
    if !said.is_empty() {
        head(out, "Rules that fire for the same people, and say something else");
        said.into_iter().for_each(|rule| changed_rule(out, new, rule));
    }
    for (title, pack, keep) in [("Rules added", new, (false, true)), ("Rules removed", old, (true, false))] {
        let list = all.iter().filter(|rule| (rule.old.is_some(), rule.new.is_some()) == keep);
        let places = list.filter_map(|rule| rule.new.or(rule.old)).collect::<Vec<_>>();
        if !places.is_empty() {
            head(out, title);
        }
        for id in places {
            let rule = &pack.rules[id.0];
            let _ = writeln!(out, "  {}: {}", rule.id, plain(&rule.title.plain()));
        }
    }
    let texts: Vec<&RuleChange> = all.iter().filter(|rule| rule.only_texts()).collect();
    if !texts.is_empty() {
        head(out, "Rules of which only the words changed");
        for rule in texts {
            let _ = writeln!(out, "  {}: {}", rule.id, names(&rule.fields));
        }
    }
}

fn changed_rule(out: &mut String, new: &Pack, rule: &RuleChange) {
    let title = rule.new.map(|id| plain(&new.rules[id.0].title.plain())).unwrap_or_default();
    let _ = writeln!(out, "  {}: {title}", rule.id);
    let cases = [
        (&rule.new_cases, "now fires", "whether it now fires for others"),
        (&rule.lost_cases, "no longer fires", "whether it no longer fires for some"),
    ];
    for (case, says, _) in cases {
        if let Some(Case::Somebody(witness)) = case {
            let _ = writeln!(out, "    {says}, {}", witness.case);
        }
    }
    match (&rule.new_cases, &rule.lost_cases) {
        (Some(Case::NotDecided(names)), Some(Case::NotDecided(others))) if names == others => {
            let _ = writeln!(out, "    not decided whether it fires for other people: {}", why(names));
        }
        _ => {
            for (case, _, whether) in cases {
                if let Some(Case::NotDecided(names)) = case {
                    let _ = writeln!(out, "    not decided {whether}: {}", why(names));
                }
            }
        }
    }
    fields(out, &rule.fields);
}

/// Why something stays open.
fn why(names: &[String]) -> String {
    if names.is_empty() {
        return "the search was given up".to_owned();
    }
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let stand = if names.len() == 1 { "stands" } else { "stand" };
    format!("{} {stand} for something else now, and nobody was found by trying", list(&names))
}

/// Values that judge, each on a line; words only by the names of their keys.
fn fields(out: &mut String, fields: &[Field]) {
    let value = |text: &str| if text.is_empty() { "(none)".to_owned() } else { shortened(text) };
    for field in fields.iter().filter(|field| !field.text) {
        let (old, new) = from_difference(&field.old, &field.new);
        let (old, new) = (value(&old), value(&new));
        if old.chars().count() + new.chars().count() > SHOWN / 2 {
            let _ = writeln!(out, "    {}: {old}", field.name);
            let _ = writeln!(out, "    {:>width$}  {new}", "→", width = field.name.len());
        } else {
            let _ = writeln!(out, "    {}: {old} → {new}", field.name);
        }
    }
    let words: Vec<Field> = fields.iter().filter(|field| field.text).cloned().collect();
    if !words.is_empty() {
        let _ = writeln!(out, "    words: {}", names(&words));
    }
}

fn names(fields: &[Field]) -> String {
    fields.iter().map(|field| field.name).collect::<Vec<_>>().join(", ")
}

/// Two long texts from a little before the place where they part, so that what is shown of them differs.
fn from_difference(old: &str, new: &str) -> (String, String) {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (old, new) = (line(old), line(new));
    let same = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).count();
    if same + CONTEXT <= SHOWN || old.chars().count().max(new.chars().count()) <= SHOWN {
        return (old, new);
    }
    // Back to the beginning of a word.
    let begun: Vec<char> = old.chars().take(same.saturating_sub(CONTEXT)).collect();
    let start = begun.iter().rposition(|c| *c == ' ').map_or(0, |space| space + 1);
    let cut = |text: &str| format!("… {}", text.chars().skip(start).collect::<String>());
    (cut(&old), cut(&new))
}

fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{} …", line[..at].trim_end()),
        None => line,
    }
}

fn items(out: &mut String, items: &[Item]) {
    let mut section: Option<Section> = None;
    for item in items {
        if section != Some(item.section) {
            let title = match item.section {
                Section::Pack => "The pack itself",
                Section::Area => "Areas",
                Section::Question => "Questions",
                Section::Metric => "Metrics",
                Section::Threshold => "Thresholds",
                Section::Derived => "Derived values",
                Section::Condition => "Named conditions",
                Section::Group => "Groups",
                Section::Prescription => "Prescriptions",
                Section::Ladder => "Ladders",
                Section::Source => "Sources",
            };
            head(out, title);
            section = Some(item.section);
        }
        match item.change {
            Change::Added => {
                let _ = writeln!(out, "  + {}", item.id);
            }
            Change::Removed => {
                let _ = writeln!(out, "  - {}", item.id);
            }
            Change::Changed => {
                let _ = writeln!(out, "  {}", item.id);
                fields(out, &item.fields);
            }
        }
    }
}

fn people(out: &mut String, cohort: &Cohort) {
    head(out, "The cohort");
    let all = count(cohort.judged, "respondent", "respondents");
    let gets = if cohort.other_advice() == 1 { "gets" } else { "get" };
    let _ = writeln!(out, "  {} of {all} {gets} other advice", cohort.other_advice());
    for person in &cohort.people {
        let _ = writeln!(out, "\n  {}", person.id);
        one(out, person);
    }
    for (ids, word) in [(&cohort.only_old, "new"), (&cohort.only_new, "old")] {
        if !ids.is_empty() {
            let _ = writeln!(out, "\n  refused under the {word} pack: {}", ids.join(", "));
        }
    }
}

fn one(out: &mut String, person: &Person) {
    let each = |out: &mut String, all: &[Moved]| {
        for Moved { what, old, new } in all {
            let _ = writeln!(out, "    {what}: {old} → {new}");
        }
    };
    each(out, &person.scores);
    each(out, &person.bands);
    each(out, &person.rules);
    for id in &person.gained {
        let _ = writeln!(out, "    + {id}");
    }
    for id in &person.lost {
        let _ = writeln!(out, "    - {id}");
    }
    if person.reordered {
        let _ = writeln!(out, "    what stays stands in another order");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_shown() {
        let bands =
            |cut: &str| format!("{}{cut}, poor: rest", "good: \"<= 8%\" (House survey 2024), ".repeat(9));
        let (old, new) = from_difference(&bands("slow: 7"), &bands("slow: 8"));
        assert_eq!(old, "… (House survey 2024), slow: 7, poor: rest");
        assert_eq!(new, "… (House survey 2024), slow: 8, poor: rest");
        assert_eq!(from_difference("a  b", "a c"), ("a b".to_owned(), "a c".to_owned()));
    }
}
