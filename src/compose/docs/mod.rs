//! The page that lists every value of a template, made from the types that are serialised.

use std::collections::{BTreeMap, BTreeSet};

use schemars::schema_for;
use serde_json::Value;

use super::contract::{ForCohort, ForRespondent, ForSession};

/// What comes before the tables.
const INTRO: &str = include_str!("intro.md");

/// What each value is for a small pack: `path = text` a line. A test makes it.
const EXAMPLES: &str = include_str!("examples.txt");

/// How each type is called in a sentence and in a loop.
const NAMES: [(&str, &str, &str); 53] = [
    ("Almost", "A near miss", "item"),
    ("Answered", "How much was answered", "answered"),
    ("Area", "An area", "area"),
    ("AreaTogether", "An area together", "area"),
    ("AskedChoice", "A choice", "choice"),
    ("AskedItem", "A question asked", "item"),
    ("AskedPart", "A part of the assessment", "part"),
    ("AskedTogether", "Questions with the same answers", "table"),
    ("AskedScale", "A set of answers", "scale"),
    ("Assessment", "The assessment", "assessment"),
    ("RunQuestion", "A question of the trainer", "asked"),
    ("Asked", "A question together", "asked"),
    ("Benchmark", "A benchmark", "benchmark"),
    ("Breakout", "A breakout group", "group"),
    ("Cohort", "The cohort", "cohort"),
    ("Count", "A count", "count"),
    ("Cut", "A cut", "cut"),
    ("CutRow", "A row of a cut", "row"),
    ("Evidence", "A line of evidence", "line"),
    ("FindOut", "Something to find out", "item"),
    ("Finding", "A finding", "finding"),
    ("Gap", "A gap", "gap"),
    ("Guide", "An area of the guide", "part"),
    ("KitFile", "A file of the kit", "file"),
    ("KitList", "What was made", "kit"),
    ("KitPaper", "A document of the kit", "paper"),
    ("KitPerson", "Somebody with papers", "person"),
    ("Leak", "A leak", "leak"),
    ("Measure", "A measure", "measure"),
    ("Meeting", "A day and time", "when"),
    ("Metric", "A metric", "metric"),
    ("RunMishap", "A mishap", "mishap"),
    ("MetricTogether", "A metric together", "metric"),
    ("NextMeeting", "The next event", "next"),
    ("Often", "Something found for several", "item"),
    ("PackHead", "The pack", "pack"),
    ("Plan", "The plan", "plan"),
    ("Prescription", "A prescription", "prescription"),
    ("Reason", "A reason", "reason"),
    ("Remark", "A remark", "remark"),
    ("RespondentHead", "The respondent", "respondent"),
    ("RunSegment", "A segment", "segment"),
    ("Segment", "A group of a cut", "group"),
    ("SessionHead", "The session", "session"),
    ("SetAside", "Something set aside", "item"),
    ("SharedLeak", "A shared leak", "leak"),
    ("Show", "The run of show", "run"),
    ("SourceRef", "A source", "source"),
    ("Speaker", "A speaker", "instructor"),
    ("Standing", "A standing", "standing"),
    ("Withheld", "A step that waits", "step"),
    ("Words", "The words", "words"),
    ("ZoneTime", "A time in one zone", "time"),
];

/// `docs/templates.md`, whole.
pub fn contract_markdown() -> String {
    let examples: BTreeMap<&str, &str> = EXAMPLES.lines().filter_map(|line| line.split_once(" = ")).collect();
    let respondent = schema_for!(ForRespondent);
    let cohort = schema_for!(ForCohort);
    let session = schema_for!(ForSession);
    let mut page = Page { out: INTRO.trim_end().to_owned(), examples };
    page.heading("What a document for a respondent sees", 2);
    page.table(respondent.as_value(), "", "");
    page.heading("What a document for a cohort sees", 2);
    page.table(cohort.as_value(), "", "");
    page.heading("What a document of a session sees", 2);
    page.table(session.as_value(), "", "");
    page.heading("What is in them", 2);
    let mut told = BTreeSet::new();
    for schema in [&respondent, &cohort, &session] {
        for (name, path) in types(schema.as_value()) {
            let definition = schema.as_value().pointer(&format!("/$defs/{name}"));
            let (_, title, variable) = named(&name);
            if let Some(definition) = definition.filter(|_| told.insert(name)) {
                page.heading(title, 3);
                page.paragraph(definition);
                page.table(definition, variable, &path);
            }
        }
    }
    page.out
}

fn named(name: &str) -> (&'static str, &'static str, &'static str) {
    NAMES.into_iter().find(|(known, ..)| *known == name).unwrap_or(("", "", ""))
}

/// Every type with the first path that leads to one, in the order met.
fn types(root: &Value) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut open: Vec<(String, &Value)> = vec![(String::new(), root)];
    let mut next = 0;
    while let Some((path, schema)) = open.get(next).cloned() {
        next += 1;
        for (field, schema) in fields(schema) {
            let (name, is_list) = type_name(schema);
            let Some(name) = name.filter(|name| seen.insert((*name).to_owned())) else { continue };
            let here = join(&path, field) + if is_list { "[0]" } else { "" };
            out.push((name.to_owned(), here.clone()));
            if let Some(definition) = root.pointer(&format!("/$defs/{name}")) {
                open.push((here, definition));
            }
        }
    }
    out
}

fn fields(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema.get("properties").and_then(Value::as_object).into_iter().flatten()
}

fn join(path: &str, field: &str) -> String {
    if path.is_empty() { field.to_owned() } else { format!("{path}.{field}") }
}

/// The type that a field holds or lists.
fn type_name(schema: &Value) -> (Option<&str>, bool) {
    fn of(schema: &Value) -> Option<&str> {
        let choices = schema.get("anyOf").and_then(Value::as_array).into_iter().flatten();
        let mut all = std::iter::once(schema).chain(choices);
        all.find_map(|schema| schema.get("$ref")?.as_str()?.rsplit('/').next())
    }
    match schema.get("items") {
        Some(items) => (of(items), true),
        None => (of(schema), false),
    }
}

struct Page<'e> {
    out: String,
    examples: BTreeMap<&'e str, &'e str>,
}

impl Page<'_> {
    fn heading(&mut self, title: &str, level: usize) {
        self.out.truncate(self.out.trim_end().len());
        self.out.push_str(&format!("\n\n{} {title}\n", "#".repeat(level)));
    }

    fn paragraph(&mut self, schema: &Value) {
        if let Some(text) = schema.get("description").and_then(Value::as_str) {
            self.out.push_str(&format!("\n{}\n", one_line(text)));
        }
    }

    /// `variable` is what a field is asked of in a loop, `path` leads to the example.
    fn table(&mut self, schema: &Value, variable: &str, path: &str) {
        self.out.push_str("\n| Value | Kind | Meaning | Example |\n|---|---|---|---|\n");
        for (field, schema) in fields(schema) {
            let meaning = schema.get("description").and_then(Value::as_str).map(one_line).unwrap_or_default();
            let example = self.examples.get(join(path, field).as_str()).copied().unwrap_or_default();
            let name = join(variable, field);
            let row =
                format!("| `{name}` | {} | {} | {example} |\n", kind(schema), meaning.replace('|', "\\|"));
            self.out.push_str(&row);
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a value is, in words.
fn kind(schema: &Value) -> String {
    let maybe = match (schema.get("type"), schema.get("anyOf")) {
        (Some(Value::Array(kinds)), _) => kinds.iter().any(|kind| kind == "null"),
        (_, Some(Value::Array(kinds))) => {
            kinds.iter().any(|kind| kind.get("type").is_some_and(|kind| kind == "null"))
        }
        _ => false,
    };
    let of = match type_name(schema) {
        (Some(name), list) => {
            let (_, title, _) = named(name);
            let anchor = title.to_lowercase().replace(' ', "-");
            let link = format!("[{}](#{anchor})", title.to_lowercase());
            if list { format!("list: {link}") } else { link }
        }
        (None, true) => format!("list of {}", schema.get("items").map(simple).unwrap_or_default()),
        (None, false) => simple(schema).to_owned(),
    };
    if maybe { format!("{of} or nothing") } else { of }
}

fn simple(schema: &Value) -> &'static str {
    if schema.to_string().contains("\"markdown\"") {
        return "prose";
    }
    let kind = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null"),
        Some(kind) => kind.as_str(),
        None => None,
    };
    match kind {
        Some("string") => "text",
        Some("integer" | "number") => "number",
        Some("boolean") => "true or false",
        Some("object") => "map",
        _ => "anything",
    }
}

/// Every value with the expression that asks for it, and the audience whose documents see it.
#[cfg(test)]
fn expressions() -> Vec<(&'static str, String)> {
    let mut out: Vec<(&str, String)> = Vec::new();
    for (audience, schema) in [("respondent", schema_for!(ForRespondent)), ("cohort", schema_for!(ForCohort))]
    {
        let root = schema.as_value();
        let mut all: Vec<String> = fields(root).map(|(field, _)| field.clone()).collect();
        for (name, path) in types(root) {
            if let Some(schema) = root.pointer(&format!("/$defs/{name}")) {
                all.extend(fields(schema).map(|(field, _)| join(&path, field)));
            }
        }
        all.retain(|expression| out.iter().all(|(_, known)| known != expression));
        out.extend(all.into_iter().map(|expression| (audience, expression)));
    }
    out
}

/// A cell that shows a text as it is read, cut where it is long.
#[cfg(test)]
fn cell(text: &str) -> String {
    let mut short: String = text.chars().take(90).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    let short = short.replace('`', "'").replace('|', "\\|");
    if short.is_empty() || short == "nothing" || short.ends_with(" of them") {
        short
    } else {
        format!("`{short}`")
    }
}

#[cfg(test)]
mod tests;
