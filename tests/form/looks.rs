//! What forms ask and how it is written: nothing that an author typed is more than text, and what a pack says of a question
//! stands in each form that can say it.

use kitwright::form::{Kind, Wanted, form, write};
use serde_json::Value;

use crate::simulate::sheet;
use crate::{made, sound, text};

fn hard() -> kitwright::check::SoundPack {
    sound(&[("hard.yaml", include_str!("hard.yaml"))])
}

#[test]
fn the_same_pack_gives_the_same_bytes() {
    let pack = hard();
    for kind in Kind::ALL {
        assert_eq!(made(pack.pack(), kind).0, made(hard().pack(), kind).0, "{kind:?}");
    }
}

#[test]
fn nothing_that_an_author_typed_is_markup_of_a_page() {
    let pack = hard();
    let page = text(pack.pack(), Kind::Page);
    assert!(page.contains("<h1>Hard &quot;to&quot; &lt;b&gt;ask&lt;/b&gt; ${name} {tools} */ 100%</h1>"));
    assert!(page.contains("@bottom-left { content: \"Hard \\22 to\\22  \\3c b\\3e ask"));
    assert!(!page.contains("<b>ask") && !page.contains("<b>more"));
    assert!(page.contains("<h2 id=\"s2\">=Second &quot;area&quot;</h2>"));
}

#[test]
fn a_page_can_be_read_by_ear_and_needs_nothing_but_itself() {
    let pack = hard();
    let page = text(pack.pack(), Kind::Page);
    let count = |what: &str| page.matches(what).count();
    assert_eq!(count("<fieldset>"), count("<legend>"));
    // Each field has its label: around it, or by its id.
    assert_eq!(count("<label for=\"q-"), count(" id=\"q-"));
    assert_eq!(
        count("<input type=\"radio\"") + count("<input type=\"checkbox\""),
        count("<label><input") + count("<label class=\"apart\"><input")
    );
    assert_eq!((count("<h1>"), count("<main>"), count("<html lang=\"en\" dir=\"ltr\">")), (1, 1, 1));
    for outside in ["http:", "https:", "src=", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
    let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len());
}

#[test]
fn conditions_ranges_and_languages_stand_in_an_xlsform() {
    let pack = hard();
    let bytes = made(pack.pack(), Kind::Xlsform).0;
    let survey = sheet(&bytes, "survey");
    let row = |name: &str| survey.iter().find(|row| row["name"] == name).unwrap();
    assert_eq!(row("gated")["relevant"], "${start_} = 'more'");
    assert_eq!(row("share__percent")["constraint"], ". >= 0 and . <= 100");
    assert_eq!(row("share__percent")["constraint_message::English (en)"], "A number from 0% to 100%.");
    assert_eq!(row("level")["label::English (en)"], "Which level? (mmol/l)");
    assert_eq!(
        row("tools")["constraint"],
        "count-selected(.) <= 1 or not(selected(., 'none') or selected(., 'dont_know') or selected(., 'not_applicable'))"
    );
    assert_eq!(row("name")["label::Deutsch (de)"], "Ihr Name, Ihr Team oder Ihre Firma");
    assert_eq!(row("numbers")["label::English (en)"], "Numbers as labels $\u{200b}{start} {start}");
    let choices = sheet(&bytes, "choices");
    let choice = choices.iter().find(|row| row["list_name"] == "start_" && row["name"] == "more").unwrap();
    assert_eq!(choice["label::Deutsch (de)"], "öfter");
    // Lists that are the same stand once: `gated` and `gated-more` use that of `status`.
    assert_eq!(row("gated")["type"], "select_one status_");
    let settings = sheet(&bytes, "settings");
    assert_eq!((&*settings[0]["form_id"], &*settings[0]["version"]), ("hard", "1.0.0"));
    // No name of a choice that may be chosen beside others has a space: tools join them by spaces.
    assert!(choices.iter().all(|row| !row["name"].contains(' ')));
}

#[test]
fn conditions_ranges_and_languages_stand_in_surveyjs() {
    let pack = hard();
    let survey: Value = serde_json::from_str(&text(pack.pack(), Kind::Surveyjs)).unwrap();
    let elements: Vec<&Value> = survey["pages"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|page| page["elements"].as_array().unwrap())
        .collect();
    let element = |name: &str| *elements.iter().find(|element| element["name"] == name).unwrap();
    assert_eq!(element("gated")["visibleIf"], "{start_} = 'more'");
    assert_eq!(
        (&element("plain")["min"], &element("plain")["max"]),
        (&Value::from(-5), &Value::from(1000.5))
    );
    assert_eq!(element("start_")["choices"][2]["text"]["de"], "öfter");
    assert_eq!(element("review")["choices"][0]["value"], -2);
    assert_eq!(element("name")["title"]["de"], "Ihr Name, Ihr Team oder Ihre Firma");
}

#[test]
fn required_and_one_language_are_as_asked_for() {
    let pack = hard();
    let wanted = Wanted { language: Some("de"), required: true };
    let script = String::from_utf8(write(&form(pack.pack(), wanted), Kind::Google).bytes).unwrap();
    assert!(script.contains("\"öfter\"") && !script.contains("*often*"));
    assert!(script.contains("\"Weiß nicht\""));
    let start = script.find("How did you start?").unwrap();
    let end = start + script[start..].find('}').unwrap();
    assert!(script[start..end].contains("\"required\": true"));
    // What stands in brackets is found again in any language, and what is chosen too.
    assert!(script.contains("How did you start? [start]"));
}

#[test]
fn a_question_that_only_some_roles_are_asked_is_put_to_them_where_a_tool_can() {
    let pack = sound(&[(
        "pack.yaml",
        "\
pack: { id: two, version: 1.0.0, format: 1, title: Two, language: en }
areas: { work: { title: Work } }
questions:
  both: { area: work, scale: yes_no, question: \"Both?\", voices: [manager, rep] }
  one:  { area: work, scale: yes_no, question: \"One?\", voices: [rep] }
rules:
  - { id: r, title: R, why: W., when: answer.one is no, prescribe: [p], severity: high }
prescriptions:
  p: { area: work, title: P, do: [P.], effort: 1, impact: 5, horizon: 30 }
",
    )]);
    let survey = sheet(&made(pack.pack(), Kind::Xlsform).0, "survey");
    let row = |name: &str| survey.iter().find(|row| row["name"] == name).unwrap();
    assert_eq!(row("one")["relevant"], "${role} = '' or ${role} = 'rep'");
    assert_eq!(row("both")["relevant"], "");
    assert!(text(pack.pack(), Kind::Surveyjs).contains("\"visibleIf\": \"{role} empty or {role} = 'rep'\""));
    let (_, notes) = made(pack.pack(), Kind::Google);
    assert_eq!(
        notes,
        ["`one` is put to rep only; Google Forms shows it to everybody, and its help text says so"]
    );
    assert!(text(pack.pack(), Kind::Google).contains("Asked of: rep."));
    assert!(text(pack.pack(), Kind::Page).contains("Asked of: rep."));
}
