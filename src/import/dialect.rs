//! Which tool wrote an export, told by its head: never by the name of the file.

use super::heading::norm;
use super::layout::is_google_time;
use crate::tables::{Container, Grid, Row};

/// A tool's way of writing its answers down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Responses downloaded from the form itself.
    GoogleForms,
    /// The sheet that is linked to the form, saved as a file.
    GoogleSheet,
    MicrosoftForms,
    Typeform,
    /// One object a response, from the tool's interface for programs.
    TypeformJson,
    Qualtrics,
    /// Before 2017: columns `V1`, `V2` and a last column without a name.
    QualtricsLegacy,
    SurveyMonkey,
    /// One row of headings.
    SurveyMonkeyCondensed,
    LimeSurvey,
    Kobo,
    Odk,
    SurveyJs,
    Generic,
}

impl Dialect {
    pub const ALL: [Dialect; 14] = [
        Dialect::GoogleForms,
        Dialect::GoogleSheet,
        Dialect::MicrosoftForms,
        Dialect::Typeform,
        Dialect::TypeformJson,
        Dialect::Qualtrics,
        Dialect::QualtricsLegacy,
        Dialect::SurveyMonkey,
        Dialect::SurveyMonkeyCondensed,
        Dialect::LimeSurvey,
        Dialect::Kobo,
        Dialect::Odk,
        Dialect::SurveyJs,
        Dialect::Generic,
    ];

    /// As mapping files say it.
    pub fn key(self) -> &'static str {
        match self {
            Dialect::GoogleForms => "google-forms",
            Dialect::GoogleSheet => "google-sheet",
            Dialect::MicrosoftForms => "microsoft-forms",
            Dialect::Typeform => "typeform",
            Dialect::TypeformJson => "typeform-json",
            Dialect::Qualtrics => "qualtrics",
            Dialect::QualtricsLegacy => "qualtrics-legacy",
            Dialect::SurveyMonkey => "surveymonkey",
            Dialect::SurveyMonkeyCondensed => "surveymonkey-condensed",
            Dialect::LimeSurvey => "limesurvey",
            Dialect::Kobo => "kobo",
            Dialect::Odk => "odk",
            Dialect::SurveyJs => "surveyjs",
            Dialect::Generic => "generic",
        }
    }

    /// As a person calls it.
    pub fn title(self) -> &'static str {
        match self {
            Dialect::GoogleForms => "Google Forms, responses downloaded from the form",
            Dialect::GoogleSheet => "Google Forms, the linked sheet",
            Dialect::MicrosoftForms => "Microsoft Forms",
            Dialect::Typeform => "Typeform",
            Dialect::TypeformJson => "Typeform, responses as JSON",
            Dialect::Qualtrics => "Qualtrics",
            Dialect::QualtricsLegacy => "Qualtrics, legacy format",
            Dialect::SurveyMonkey => "SurveyMonkey",
            Dialect::SurveyMonkeyCondensed => "SurveyMonkey, condensed",
            Dialect::LimeSurvey => "LimeSurvey",
            Dialect::Kobo => "KoboToolbox",
            Dialect::Odk => "ODK",
            Dialect::SurveyJs => "objects in JSON, as SurveyJS keeps them",
            Dialect::Generic => "a table of no known tool",
        }
    }
}

/// What a head of Google Forms calls its first column, in the languages of form owners.
const TIMESTAMP: [&str; 12] = [
    "timestamp",
    "zeitstempel",
    "horodateur",
    "marca temporal",
    "carimbo de data/hora",
    "informazioni cronologiche",
    "tijdstempel",
    "sygnatura czasowa",
    "tidstämpel",
    "časová značka",
    "отметка времени",
    "タイムスタンプ",
];
const STARTED: [&str; 6] =
    ["start time", "startzeit", "heure de début", "hora de inicio", "hora de início", "ora di inizio"];
const COMPLETED: [&str; 7] = [
    "completion time",
    "fertigstellungszeit",
    "heure de fin",
    "hora de finalización",
    "hora de conclusão",
    "ora di completamento",
    "completed time",
];

/// SurveyMonkey and LimeSurvey head their columns in the language of the form's owner.
const RESPONDENT_ID: [&str; 7] = [
    "respondent id",
    "teilnehmer-id",
    "befragten-id",
    "id du répondant",
    "id répondant",
    "id del encuestado",
    "id de encuestado",
];
const COLLECTOR_ID: [&str; 7] = [
    "collector id",
    "collector-id",
    "kollektor-id",
    "id du collecteur",
    "id collecteur",
    "id del recopilador",
    "id de recopilador",
];
const LIME_ID: [&str; 4] = ["response id", "antwort id", "id de la réponse", "id de respuesta"];
const LIME_SENT: [&str; 4] = ["date submitted", "datum abgeschickt", "date de soumission", "fecha de envío"];
const LIME_LANGUAGE: [&str; 6] = [
    "start language",
    "start-sprache",
    "startsprache",
    "langue de départ",
    "lenguaje inicial",
    "idioma inicial",
];
const LIME_PAGE: [&str; 4] = ["last page", "letzte seite", "dernière page", "última página"];
/// What stands in a second row of headings below a question that is answered in words.
const ANSWER: [&str; 13] = [
    "response",
    "open-ended response",
    "antwort",
    "offene antwort",
    "offene beantwortung",
    "réponse",
    "réponse ouverte",
    "réponse libre",
    "respuesta",
    "respuesta abierta",
    "risposta",
    "resposta",
    "antwoord",
];

/// Whether a second heading only says that here stands the answer.
pub fn says_answer(norm: &str) -> bool {
    ANSWER.contains(&norm)
}

/// Whether the row below a head is a second row of headings: it leaves the first column blank, and says in others that
/// there the answers stand.
pub fn is_second_head(grid: &Grid, row: &Row) -> bool {
    let said = |place: usize| grid.at(row, place).trim();
    said(0).is_empty() && (1..row.cells.len()).any(|place| says_answer(&norm(said(place))))
}

/// The tool, and by what it was recognised; `head` is the place of the row of headings.
pub fn recognise(grid: &Grid, head: usize) -> (Dialect, String) {
    match grid.container {
        Container::TypeformJson => {
            return (Dialect::TypeformJson, "its objects hold a list of `answers`".to_owned());
        }
        Container::Json | Container::JsonLines => {
            return (Dialect::SurveyJs, "it holds one object a response".to_owned());
        }
        Container::Delimited | Container::Workbook => {}
    }
    let Some(row) = grid.rows.get(head) else { return (Dialect::Generic, "it is empty".to_owned()) };
    let names: Vec<String> = row.cells.iter().map(|cell| norm(grid.said(cell))).collect();
    let at = |place: usize| names.get(place).map_or("", String::as_str);
    let has = |name: &str| names.iter().any(|own| own == name);
    let any = |list: &[&str]| list.iter().any(|name| has(name));
    let said = |dialect, why: &str| (dialect, why.to_owned());

    if has("startdate") && has("enddate") && (has("responseid") || has("recordeddate")) {
        return said(Dialect::Qualtrics, "its head has `StartDate`, `EndDate` and `ResponseId`");
    }
    if at(0) == "v1" && at(1) == "v2" {
        return said(Dialect::QualtricsLegacy, "its first columns are `V1` and `V2`");
    }
    if any(&RESPONDENT_ID) && any(&COLLECTOR_ID) {
        let below = grid.rows.get(head + 1);
        // The second row of headings leaves the columns about the respondent blank.
        let two = below.is_some_and(|row| grid.at(row, 0).trim().is_empty() && !grid.is_empty(row));
        return if two {
            said(
                Dialect::SurveyMonkey,
                "its head has the ids of respondent and collector, over a second row of headings",
            )
        } else {
            said(
                Dialect::SurveyMonkeyCondensed,
                "its head has the ids of respondent and collector, in one row",
            )
        };
    }
    if at(0) == "#" && (has("network id") || has("submit date (utc)")) {
        return said(
            Dialect::Typeform,
            "its first column is `#`, and it has `Submit Date (UTC)` or `Network ID`",
        );
    }
    let coded = |name: &str| names.iter().any(|own| own == name || own.starts_with(&format!("{name}. ")));
    if (coded("id") && coded("submitdate") && coded("startlanguage"))
        || (any(&LIME_ID) && any(&LIME_SENT) && (any(&LIME_LANGUAGE) || any(&LIME_PAGE)))
    {
        return said(Dialect::LimeSurvey, "its head has the date submitted and the start language");
    }
    if has("_uuid") || (has("_id") && has("_submission_time")) {
        return said(Dialect::Kobo, "its head has `_uuid` or `_submission_time`");
    }
    if (has("key") && (has("submissiondate") || has("meta-instanceid"))) || has("meta-instanceid") {
        return said(Dialect::Odk, "its head has `KEY` or `meta-instanceID`");
    }
    if at(0) == "id" && any(&STARTED) && any(&COMPLETED) {
        return said(
            Dialect::MicrosoftForms,
            "its head begins with `ID`, a start time and a completion time",
        );
    }
    if TIMESTAMP.contains(&at(0)) {
        let first = grid.rows[head + 1..].iter().find(|row| !grid.is_empty(row));
        return if first.is_some_and(|row| is_google_time(grid.at(row, 0))) {
            said(Dialect::GoogleForms, "its first column is a timestamp with a zone (`GMT`)")
        } else {
            said(Dialect::GoogleSheet, "its first column is a timestamp without a zone")
        };
    }
    said(Dialect::Generic, "its head is that of no tool known here")
}

/// Whether a heading is the time at which a response was sent.
pub fn is_submitted(name: &str, dialect: Dialect) -> bool {
    match dialect {
        Dialect::GoogleForms | Dialect::GoogleSheet => TIMESTAMP.contains(&name),
        Dialect::MicrosoftForms => COMPLETED.contains(&name),
        _ => false,
    }
}

/// Whether a heading is the time at which somebody began.
pub fn is_started(name: &str) -> bool {
    STARTED.contains(&name)
}
