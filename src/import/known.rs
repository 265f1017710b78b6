//! The columns that tools write with every response, by their names in lower case.

use super::layout::Known;
use crate::answers::names_address;

type Names = &'static [(&'static str, Known)];

/// Columns about the respondent that any form may have.
pub fn about(name: &str) -> Option<Known> {
    Some(match name {
        "respondent" | "respondent id" | "participant" | "participant id" | "response id" | "id" => Known::Id,
        "username"
        | "adresse mail"
        | "your e-mail address"
        | "dirección de correo electrónico"
        | "your email address" => Known::Email,
        name if names_address(name) => Known::Email,
        "name"
        | "full name"
        | "your name"
        | "your full name"
        | "what is your name"
        | "what's your name"
        | "what is your full name"
        | "what's your full name"
        | "vor- und nachname"
        | "ihr name"
        | "ihr vollständiger name"
        | "votre nom"
        | "su nombre"
        | "nom" => Known::Name,
        "first name" | "vorname" | "prénom" => Known::FirstName,
        "last name" | "surname" | "nachname" => Known::LastName,
        "date" => Known::Submitted,
        "language" => Known::Language,
        "team" | "your team" => Known::Team,
        "role" | "your role" => Known::Role,
        _ => return None,
    })
}

/// Whether a heading asks for the company of the respondent: its name where nobody's own is asked for.
pub fn is_company(name: &str) -> bool {
    matches!(
        name,
        "company"
            | "company name"
            | "your company"
            | "organisation"
            | "organization"
            | "your organisation"
            | "your organization"
            | "firma"
            | "ihre firma"
            | "unternehmen"
            | "ihr unternehmen"
            | "entreprise"
            | "votre entreprise"
            | "empresa"
            | "su empresa"
    )
}

pub const QUALTRICS: Names = &[
    ("startdate", Known::Started),
    ("enddate", Known::Tool),
    ("status", Known::Status),
    ("ipaddress", Known::Tool),
    ("progress", Known::Progress),
    ("duration (in seconds)", Known::Tool),
    ("finished", Known::Finished),
    ("recordeddate", Known::Submitted),
    ("responseid", Known::Id),
    ("recipientlastname", Known::LastName),
    ("recipientfirstname", Known::FirstName),
    ("recipientemail", Known::Email),
    ("externalreference", Known::Tool),
    ("externaldatareference", Known::Tool),
    ("locationlatitude", Known::Tool),
    ("locationlongitude", Known::Tool),
    ("locationaccuracy", Known::Tool),
    ("distributionchannel", Known::Channel),
    ("userlanguage", Known::Language),
    ("responseset", Known::Tool),
    ("emailaddress", Known::Email),
    ("name", Known::Name),
];
pub const SURVEYMONKEY: Names = &[
    ("respondent id", Known::Id),
    ("collector id", Known::Tool),
    ("start date", Known::Started),
    ("date created", Known::Started),
    ("end date", Known::Submitted),
    ("date modified", Known::Submitted),
    ("ip address", Known::Tool),
    ("email address", Known::Email),
    ("first name", Known::FirstName),
    ("last name", Known::LastName),
    ("custom data 1", Known::Tool),
    ("custom_1", Known::Tool),
    ("teilnehmer-id", Known::Id),
    ("befragten-id", Known::Id),
    ("id du répondant", Known::Id),
    ("id répondant", Known::Id),
    ("id del encuestado", Known::Id),
    ("id de encuestado", Known::Id),
    ("collector-id", Known::Tool),
    ("kollektor-id", Known::Tool),
    ("id du collecteur", Known::Tool),
    ("id collecteur", Known::Tool),
    ("id del recopilador", Known::Tool),
    ("id de recopilador", Known::Tool),
    ("startdatum", Known::Started),
    ("date de début", Known::Started),
    ("fecha de inicio", Known::Started),
    ("enddatum", Known::Submitted),
    ("date de fin", Known::Submitted),
    ("fecha de finalización", Known::Submitted),
    ("ip-adresse", Known::Tool),
    ("adresse ip", Known::Tool),
    ("dirección ip", Known::Tool),
    ("e-mail-adresse", Known::Email),
    ("adresse e-mail", Known::Email),
    ("dirección de correo electrónico", Known::Email),
    ("vorname", Known::FirstName),
    ("nachname", Known::LastName),
    ("prénom", Known::FirstName),
    ("nombre", Known::FirstName),
    ("apellido", Known::LastName),
    ("apellidos", Known::LastName),
    ("benutzerdefinierte daten 1", Known::Tool),
    ("données personnalisées 1", Known::Tool),
    ("datos personalizados 1", Known::Tool),
];
pub const LIMESURVEY: Names = &[
    ("id", Known::Id),
    ("response id", Known::Id),
    ("submitdate", Known::Finished),
    ("date submitted", Known::Finished),
    ("lastpage", Known::Tool),
    ("last page", Known::Tool),
    ("startlanguage", Known::Language),
    ("start language", Known::Language),
    ("seed", Known::Tool),
    ("startdate", Known::Started),
    ("date started", Known::Started),
    ("datestamp", Known::Submitted),
    ("date last action", Known::Submitted),
    ("ipaddr", Known::Tool),
    ("ip address", Known::Tool),
    ("refurl", Known::Tool),
    ("referrer url", Known::Tool),
    ("token", Known::Tool),
    ("access code", Known::Tool),
    ("firstname", Known::FirstName),
    ("lastname", Known::LastName),
    ("email", Known::Email),
    ("antwort id", Known::Id),
    ("id de la réponse", Known::Id),
    ("id de respuesta", Known::Id),
    ("datum abgeschickt", Known::Finished),
    ("date de soumission", Known::Finished),
    ("fecha de envío", Known::Finished),
    ("letzte seite", Known::Tool),
    ("dernière page", Known::Tool),
    ("última página", Known::Tool),
    ("start-sprache", Known::Language),
    ("startsprache", Known::Language),
    ("langue de départ", Known::Language),
    ("lenguaje inicial", Known::Language),
    ("idioma inicial", Known::Language),
    ("zufallsstartwert", Known::Tool),
    ("datum gestartet", Known::Started),
    ("date de lancement", Known::Started),
    ("fecha de inicio", Known::Started),
    ("datum letzte aktivität", Known::Submitted),
    ("date de la dernière action", Known::Submitted),
    ("fecha de la última acción", Known::Submitted),
    ("ip-adresse", Known::Tool),
    ("adresse ip", Known::Tool),
    ("dirección ip", Known::Tool),
    ("zugangscode", Known::Tool),
    ("code d'accès", Known::Tool),
    ("gesamtzeit", Known::Timing),
    ("interviewtime", Known::Timing),
    ("total time", Known::Timing),
];
pub const TYPEFORM: Names = &[
    ("#", Known::Id),
    ("token", Known::Id),
    ("response type", Known::Finished),
    ("start date (utc)", Known::Started),
    ("stage date (utc)", Known::Tool),
    ("submit date (utc)", Known::Submitted),
    ("submitted_at", Known::Submitted),
    ("landed_at", Known::Started),
    ("network id", Known::Tool),
    ("tags", Known::Tool),
    ("ending", Known::Tool),
    ("score", Known::Tool),
];
pub const MICROSOFT: Names = &[
    ("id", Known::Id),
    ("email", Known::Email),
    ("e-mail", Known::Email),
    ("name", Known::Name),
    ("last modified time", Known::Tool),
    ("total points", Known::Tool),
    ("quiz feedback", Known::Tool),
    ("grade posted time", Known::Tool),
    ("language", Known::Language),
];
pub const KOBO: Names = &[
    ("_uuid", Known::Id),
    ("_submission_time", Known::Submitted),
    ("start", Known::Started),
    ("end", Known::Tool),
    ("today", Known::Tool),
    ("deviceid", Known::Tool),
    ("username", Known::Tool),
];
pub const ODK: Names = &[
    ("key", Known::Id),
    ("submissiondate", Known::Submitted),
    ("start", Known::Started),
    ("end", Known::Tool),
    ("instanceid", Known::Tool),
    ("submitterid", Known::Tool),
    ("submittername", Known::Tool),
    ("attachmentspresent", Known::Tool),
    ("attachmentsexpected", Known::Tool),
    ("status", Known::Tool),
    ("reviewstate", Known::Tool),
    ("deviceid", Known::Tool),
    ("edits", Known::Tool),
    ("formversion", Known::Tool),
];
