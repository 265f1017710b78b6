//! A difference for machines: keys in a fixed order, stable from version to version.

use super::{Case, Change, Cohort, Difference, Field, Item, Moved, Person, RuleChange};
use crate::export::Json;
use crate::model::Pack;

/// One object on one line.
pub fn json(old: &Pack, new: &Pack, difference: &Difference, cohort: Option<&Cohort>) -> String {
    let head =
        |pack: &Pack| Json::Map(vec![("pack", Json::text(&pack.id)), ("version", Json::text(&pack.version))]);
    Json::Map(vec![
        ("old", head(old)),
        ("new", head(new)),
        ("rules_do_the_same", Json::Bool(difference.rules_do_the_same())),
        ("rules", Json::list(&difference.rules, rule)),
        ("items", Json::list(&difference.items, item)),
        ("cohort", Json::or_null(cohort, whole_cohort)),
    ])
    .to_string()
}

fn rule(rule: &RuleChange) -> Json {
    let change = match (rule.old, rule.new) {
        (None, _) => "added",
        (_, None) => "removed",
        _ if rule.fires_elsewhere() => "fires_elsewhere",
        _ if rule.not_decided() => "not_decided",
        _ if rule.only_texts() => "texts",
        _ => "changed",
    };
    Json::Map(vec![
        ("id", Json::text(&rule.id)),
        ("change", Json::text(change)),
        ("new_cases", Json::or_null(rule.new_cases.as_ref(), case)),
        ("lost_cases", Json::or_null(rule.lost_cases.as_ref(), case)),
        ("fields", Json::list(&rule.fields, field)),
    ])
}

fn case(case: &Case) -> Json {
    let (result, words, names): (&str, Option<&str>, &[String]) = match case {
        Case::Nobody => ("none", None, &[]),
        Case::Somebody(witness) => ("witness", Some(&witness.case), &[]),
        Case::NotDecided(names) => ("not_decided", None, names),
    };
    Json::Map(vec![
        ("result", Json::text(result)),
        ("case", Json::or_null(words, Json::text)),
        ("changed_names", Json::list(names, Json::text)),
    ])
}

fn field(field: &Field) -> Json {
    Json::Map(vec![
        ("name", Json::text(field.name)),
        ("old", Json::text(&field.old)),
        ("new", Json::text(&field.new)),
        ("text", Json::Bool(field.text)),
    ])
}

fn item(item: &Item) -> Json {
    let change = match item.change {
        Change::Added => "added",
        Change::Removed => "removed",
        Change::Changed => "changed",
    };
    Json::Map(vec![
        ("section", Json::text(item.section.word())),
        ("id", Json::text(&item.id)),
        ("change", Json::text(change)),
        ("fields", Json::list(&item.fields, field)),
    ])
}

fn whole_cohort(cohort: &Cohort) -> Json {
    Json::Map(vec![
        ("respondents", Json::Whole(cohort.judged)),
        ("other_advice", Json::Whole(cohort.other_advice())),
        ("changed", Json::list(&cohort.people, person)),
        ("only_old", Json::list(&cohort.only_old, Json::text)),
        ("only_new", Json::list(&cohort.only_new, Json::text)),
    ])
}

fn person(person: &Person) -> Json {
    Json::Map(vec![
        ("respondent", Json::text(&person.id)),
        ("scores", Json::list(&person.scores, moved)),
        ("bands", Json::list(&person.bands, moved)),
        ("rules", Json::list(&person.rules, moved)),
        ("gained", Json::list(&person.gained, Json::text)),
        ("lost", Json::list(&person.lost, Json::text)),
        ("reordered", Json::Bool(person.reordered)),
    ])
}

fn moved(moved: &Moved) -> Json {
    Json::Map(vec![
        ("name", Json::text(&moved.what)),
        ("old", Json::text(&moved.old)),
        ("new", Json::text(&moved.new)),
    ])
}
