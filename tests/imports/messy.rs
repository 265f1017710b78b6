//! Exports of a whole pack that nobody prepared for, as every tool would write them: reworded questions, figures typed
//! freely, previews, people who share an address, columns that nobody asked for.

use std::fmt::Write;

use kitwright::model::Pack;

/// How an export is laid out.
pub struct Layout {
    pub name: &'static str,
    sign: char,
    utf16: bool,
    /// Columns of the tool's own, each with its content.
    own: &'static [(&'static str, Own)],
    /// How a question is headed.
    heading: fn(&str, usize, &str) -> String,
    /// Rows below the first one, with what stands over the tool's columns and over a question.
    below: &'static [(&'static str, Below)],
    /// What a choice is in a cell.
    codes: bool,
}

/// What stands in a row of headings over a question, of its text and id.
type Below = fn(&str, &str) -> String;

#[derive(Clone, Copy)]
enum Own {
    Text(&'static str),
    Mail,
    Name,
    Number,
    Day,
    Role,
    /// What most rows say, and what every sixth one does.
    Rarely(&'static str, &'static str),
}

fn text(question: &str, _: usize, _: &str) -> String {
    question.to_owned()
}

fn empty(_: &str, _: &str) -> String {
    String::new()
}

use Own::{Day, Mail, Name, Number, Rarely, Role, Text};

pub const LAYOUTS: [Layout; 9] = [
    Layout {
        name: "google.csv",
        sign: ',',
        utf16: false,
        own: &[
            ("Timestamp", Text("2026/10/04 10:15:00 AM GMT+5:30")),
            ("Email Address", Mail),
            ("What is your full name?", Name),
        ],
        heading: text,
        below: &[],
        codes: false,
    },
    Layout {
        name: "microsoft.csv",
        sign: ';',
        utf16: false,
        own: &[
            ("ID", Number),
            ("Start time", Day),
            ("Completion time", Day),
            ("Email", Mail),
            ("Name", Name),
        ],
        heading: text,
        below: &[],
        codes: false,
    },
    Layout {
        name: "typeform.csv",
        sign: ',',
        utf16: false,
        own: &[
            ("#", Number),
            ("Email", Mail),
            ("Start Date (UTC)", Day),
            ("Submit Date (UTC)", Day),
            ("Network ID", Text("a1b2")),
        ],
        heading: text,
        below: &[],
        codes: false,
    },
    Layout {
        name: "qualtrics.tsv",
        sign: '\t',
        utf16: true,
        own: &[
            ("StartDate", Day),
            ("EndDate", Day),
            ("Status", Rarely("IP Address", "Survey Preview")),
            ("IPAddress", Text("10.0.0.1")),
            ("Progress", Rarely("100", "55")),
            ("Duration (in seconds)", Number),
            ("Finished", Rarely("True", "False")),
            ("RecordedDate", Day),
            ("ResponseId", Number),
            ("RecipientLastName", Name),
            ("RecipientFirstName", Name),
            ("RecipientEmail", Mail),
            ("ExternalReference", Text("")),
            ("LocationLatitude", Text("50.1")),
            ("LocationLongitude", Text("8.7")),
            ("DistributionChannel", Text("anonymous")),
            ("UserLanguage", Text("EN")),
        ],
        heading: |_, at, _| format!("Q{at}"),
        below: &[
            ("label", |question, _| format!("Please rate - {question}")),
            ("ids", |_, id| format!("{{\"ImportId\":\"QID_{id}\"}}")),
        ],
        codes: false,
    },
    Layout {
        name: "surveymonkey.csv",
        sign: ',',
        utf16: false,
        own: &[
            ("Respondent ID", Number),
            ("Collector ID", Text("77")),
            ("Start Date", Day),
            ("End Date", Day),
            ("IP Address", Text("10.0.0.1")),
            ("Email Address", Mail),
            ("First Name", Name),
            ("Last Name", Name),
            ("Custom Data 1", Text("x")),
        ],
        heading: text,
        below: &[("", |_, _| "Response".to_owned())],
        codes: false,
    },
    Layout {
        name: "limesurvey.csv",
        sign: ';',
        utf16: false,
        own: &[
            ("Response ID", Number),
            ("Date submitted", Rarely("2026-03-01 10:00:00", "")),
            ("Last page", Text("4")),
            ("Start language", Text("en")),
            ("Seed", Text("12345")),
            ("Date started", Text("2026-03-01 09:00:00")),
            ("Access code", Text("")),
            ("Group time: Practices", Number),
        ],
        heading: text,
        below: &[],
        codes: false,
    },
    Layout {
        name: "limesurvey-codes.csv",
        sign: ',',
        utf16: false,
        own: &[
            ("id", Number),
            ("submitdate", Text("2026-03-01 10:00:00")),
            ("lastpage", Text("4")),
            ("startlanguage", Text("en")),
        ],
        heading: |_, _, id| id.replace(['-', '_'], ""),
        below: &[],
        codes: true,
    },
    Layout {
        name: "kobo.csv",
        sign: ';',
        utf16: false,
        own: &[
            ("start", Day),
            ("end", Day),
            ("_id", Number),
            ("_uuid", Number),
            ("_submission_time", Day),
            ("_validation_status", Text("")),
            ("_status", Rarely("submitted_via_web", "odd word")),
        ],
        heading: |_, _, id| format!("practices/{}", id.replace('-', "_")),
        below: &[],
        codes: false,
    },
    Layout {
        name: "table.csv",
        sign: ',',
        utf16: false,
        own: &[("When", Day), ("Team", Text("North")), ("Role", Role)],
        heading: text,
        below: &[],
        codes: false,
    },
];

/// Forty responses to all questions and some metrics of a pack.
pub fn export(layout: &Layout, pack: &Pack) -> Vec<u8> {
    let questions = pack.questions.iter().map(|question| (question.id.as_str(), question.text.plain()));
    let metrics = pack.metrics.iter().take(8).map(|metric| (metric.id.as_str(), metric.title.plain()));
    let asked: Vec<(&str, String)> = questions.chain(metrics).collect();
    let strange: Vec<String> =
        (1..=12).map(|at| format!("Something that nobody asked for, number {at}")).collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let own = || layout.own.iter().map(|(name, _)| (*name).to_owned());
    let reworded = |at: usize, text: &str| match at % 6 {
        5 => format!("{text} (please be frank)"),
        4 => text.replacen(' ', "  ", 2).to_uppercase(),
        _ => text.to_owned(),
    };
    let heads = asked.iter().enumerate();
    rows.push(
        own()
            .chain(heads.map(|(at, (id, text))| (layout.heading)(&reworded(at, text), at + 1, id)))
            .chain(strange.iter().cloned())
            .collect(),
    );
    for (over, below) in layout.below {
        let heads = asked.iter().enumerate();
        rows.push(
            own()
                .map(|name| if over.is_empty() { String::new() } else { name })
                .chain(heads.map(|(at, (id, text))| below(&reworded(at, text), id)))
                .chain(
                    strange.iter().map(|text| if over.is_empty() { empty(text, text) } else { text.clone() }),
                )
                .collect(),
        );
    }
    for row in 0..40 {
        let mut cells: Vec<String> = layout.own.iter().map(|(_, own)| own.said(row)).collect();
        for (at, (_, _)) in asked.iter().enumerate() {
            cells.push(match pack.questions.get(at) {
                Some(question) => answer(question, row, at, layout.codes),
                None => FIGURES[(row * 7 + at) % FIGURES.len()].to_owned(),
            });
        }
        cells.extend(strange.iter().map(|_| "so, so".to_owned()));
        rows.push(cells);
    }
    let mut out = String::new();
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell, layout.sign)).collect();
        let _ = write!(out, "{}\r\n", cells.join(&layout.sign.to_string()));
    }
    match layout.utf16 {
        true => [0xfeff].into_iter().chain(out.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
        false => out.into_bytes(),
    }
}

/// Figures as people type them.
const FIGURES: [&str; 16] = [
    "18",
    "about 9",
    "16,1 %",
    "n/a",
    "5-10",
    "1/2",
    "700,000",
    "1,200,000",
    "2 days",
    "0.18",
    "none",
    "lots",
    "",
    "12.5",
    "$650k",
    "1e400",
];

fn answer(question: &kitwright::model::Question, row: usize, at: usize, codes: bool) -> String {
    let choices = question.kind.choices();
    if codes {
        return format!("A{}", (row + at) % 4 + 1);
    }
    match (row * 3 + at) % 37 {
        0 => "sometimes, perhaps".to_owned(),
        1 => "9".to_owned(),
        2 => "n/a".to_owned(),
        3 => String::new(),
        _ if choices.is_empty() => (row % 3 + 1).to_string(),
        _ => choices[(row + at) % choices.len()].label.clone(),
    }
}

impl Own {
    fn said(self, row: usize) -> String {
        match self {
            Text(text) => text.to_owned(),
            // Three people share each address, and some leave it out.
            Mail if row % 11 == 7 => String::new(),
            Mail => format!("Team{}@Example.com", row / 3),
            Name => format!("Ann Number {row}"),
            Number => (1000 + row).to_string(),
            Day => format!("0{}/04/2026 10:15", row % 9 + 1),
            Role => ["manager", "rep", "resp", "boss", ""][row % 5].to_owned(),
            Rarely(mostly, rarely) => if row % 6 == 5 { rarely } else { mostly }.to_owned(),
        }
    }
}

fn quoted(cell: &str, sign: char) -> String {
    if cell.contains([sign, '"', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
