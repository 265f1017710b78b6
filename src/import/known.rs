//! The columns that tools write with every response, by their names in lower case.

use super::layout::Known;

type Names = &'static [(&'static str, Known)];

/// Columns about the respondent that any form may have.
pub fn about(name: &str) -> Option<Known> {
    Some(match name {
        "respondent" | "respondent id" | "participant" | "participant id" | "response id" | "id" => Known::Id,
        "email"
        | "e-mail"
        | "email address"
        | "e-mail address"
        | "mail"
        | "username"
        | "e-mail-adresse"
        | "adresse e-mail"
        | "dirección de correo electrónico"
        | "your email"
        | "your email address" => Known::Email,
        "name"
        | "full name"
        | "your name"
        | "your full name"
        | "what is your name"
        | "what's your name"
        | "what is your full name"
        | "what's your full name"
        | "vor- und nachname"
        | "nom" => Known::Name,
        "first name" | "vorname" | "prénom" => Known::FirstName,
        "last name" | "surname" | "nachname" => Known::LastName,
        "date" => Known::Submitted,
        "language" => Known::Language,
        "team" => Known::Team,
        "role" => Known::Role,
        _ => return None,
    })
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
    ("distributionchannel", Known::Tool),
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
    ("interviewtime", Known::Tool),
    ("total time", Known::Tool),
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
