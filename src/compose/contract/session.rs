//! The webinar or workshop as templates see it.

use schemars::JsonSchema;
use serde::Serialize;

use super::Md;

/// The webinar or workshop.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SessionHead {
    /// Its title.
    pub title: String,
    /// A line under the title.
    pub subtitle: Option<String>,
    /// When it takes place.
    pub when: Meeting,
    /// Who gives it.
    pub instructor: Option<Speaker>,
    /// Who is behind it.
    pub host: Option<String>,
    /// Where the host is reached: the target of a link.
    pub contact: Option<Md>,
    /// The same as it was written, for paper.
    pub contact_text: Option<String>,
    /// The date of the byline.
    pub published: Option<String>,
    /// Who signs the recap.
    pub byline: Option<String>,
    /// Where the assessment is taken: the target of a link, as in `[take it]({{ session.assessment }})`.
    pub assessment: Option<Md>,
    /// Whom to ask for the research results: the target of a link.
    pub research: Option<Md>,
    /// Whom it is for.
    pub audience: Option<String>,
    /// The one thing that whoever comes can do afterwards.
    pub outcome: Option<String>,
    /// What whoever comes takes home.
    pub takeaways: Vec<String>,
    /// Where it is held; nothing where it is online only.
    pub place: Option<String>,
    /// Where one registers: the target of a link.
    pub register: Option<Md>,
    /// Where one takes part online: the target of a link.
    pub join: Option<Md>,
    /// Where the recording is: the target of a link.
    pub recording: Option<Md>,
    /// Where the slides are: the target of a link.
    pub slides: Option<Md>,
    /// Where the handout is: the target of a link.
    pub handout: Option<Md>,
    /// Where the evaluation is filled in: the target of a link.
    pub feedback: Option<Md>,
    /// The event that it invites to.
    pub next: Option<NextMeeting>,
}

/// Who gives a session.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Speaker {
    /// The name.
    pub name: String,
    /// What they do.
    pub role: Option<String>,
    /// A line of credit.
    pub line: Option<String>,
}

/// A day and, in several zones, a time.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Meeting {
    /// The day at the session's own place.
    pub date: String,
    /// The same as year, month and day.
    pub iso: String,
    /// The day of the week.
    pub weekday: String,
    /// How long it lasts.
    pub duration: Option<String>,
    /// The time in each zone that was asked for; empty where it lasts all day.
    pub times: Vec<ZoneTime>,
    /// All times in one line; empty where there is none.
    pub times_text: String,
}

/// A time in one zone.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ZoneTime {
    /// The zone's IANA name.
    pub zone: String,
    /// The zone's city.
    pub city: String,
    /// The time of day there.
    pub time: String,
    /// The zone's short name on that day, with daylight saving where it holds.
    pub abbreviation: String,
    /// The day there.
    pub date: String,
    /// All of it, with the day only where it is another than at the session's own place.
    pub text: String,
}

/// The event that a session invites to.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct NextMeeting {
    /// Its title.
    pub title: String,
    /// When it takes place.
    pub when: Meeting,
    /// What it promises, in one sentence.
    pub promise: Option<String>,
}
