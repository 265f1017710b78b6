//! The webinar or workshop that a kit is made for.

use jiff::civil::{Date, Time};

/// A webinar or workshop: what is on, when, and who gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub title: String,
    pub subtitle: Option<String>,
    pub when: When,
    /// IANA names of the zones in which times are printed, the session's own included.
    pub zones: Vec<String>,
    pub instructor: Option<Person>,
    pub host: Option<Host>,
    /// The date of the recap's byline.
    pub published: Option<Date>,
    /// Who signs the recap.
    pub byline: Option<String>,
    /// Where the assessment is taken: an `https:` address.
    pub assessment: Option<String>,
    /// Whom to ask for the research results: an `https:` or mail address.
    pub research: Option<String>,
    pub next: Option<NextEvent>,
}

/// A stretch of time at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    pub date: Date,
    /// Local time in `zone`; none for a whole day.
    pub time: Option<Time>,
    /// An IANA name such as `America/Chicago`.
    pub zone: String,
    pub minutes: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    pub role: Option<String>,
    /// A line of credit.
    pub line: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    pub name: String,
    pub contact: Option<String>,
}

/// The event that a recap invites to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextEvent {
    pub title: String,
    pub when: When,
    /// What it promises, in one sentence.
    pub promise: Option<String>,
}
