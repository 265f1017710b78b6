//! The webinar or workshop that a kit is made for.

use jiff::civil::{Date, Time};

use crate::source::Span;

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
    /// Whom it is for.
    pub audience: Option<String>,
    /// The one thing that whoever comes can do afterwards.
    pub outcome: Option<String>,
    /// What whoever comes takes home.
    pub takeaways: Vec<String>,
    /// Where it is held; none where only a link leads there.
    pub place: Option<String>,
    pub links: Links,
    /// The run of show by which it goes, and where that is written.
    pub run: Option<(String, Span)>,
    pub next: Option<NextEvent>,
}

/// Where papers of a session send their readers: `https:` addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// Where one registers; may be a mail address.
    pub register: Option<String>,
    /// Where one takes part online.
    pub join: Option<String>,
    pub recording: Option<String>,
    pub slides: Option<String>,
    pub handout: Option<String>,
    /// Where the evaluation is filled in.
    pub feedback: Option<String>,
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
