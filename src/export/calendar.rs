//! A session as a calendar file, so that whoever is invited need not type it.

use icalendar::{Calendar, Component, Event, EventLike, Property};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::files::Hash;
use crate::model::Session;

/// The file's name beside the papers of a session.
pub const SESSION_CALENDAR: &str = "session.ics";

/// The session as an iCalendar file (RFC 5545). Times are given in UTC, worked out by the rules of the session's own zone, so
/// that no program needs to know that zone; a session without a time takes the whole day.
pub fn session_calendar(session: &Session) -> String {
    let mut calendar = empty();
    let mut event = Event::new();
    let when = &session.when;
    event.uid(&uid(&[&session.title, &when.date.to_string()]));
    stamp(&mut event, when.date);
    event.summary(&session.title);
    match begin(session) {
        Some(begin) => {
            let minutes = i64::from(when.minutes.unwrap_or(60));
            let end = begin.checked_add(minutes.minutes()).unwrap_or(begin);
            event.add_property("DTSTART", moment(begin));
            event.add_property("DTEND", moment(end));
        }
        None => {
            let next = when.date.tomorrow().unwrap_or(when.date);
            event.append_property(day("DTSTART", when.date));
            event.append_property(day("DTEND", next));
        }
    }
    let join = session.links.join.as_deref();
    if let Some(place) = session.place.as_deref().or(join) {
        event.location(place);
    }
    if let Some(join) = join {
        event.url(join);
    }
    let lines = [
        session.outcome.clone(),
        join.map(|join| format!("Take part: {join}")),
        session.assessment.as_ref().map(|assessment| format!("Answer the questions before: {assessment}")),
    ];
    let told: Vec<String> = lines.into_iter().flatten().collect();
    if !told.is_empty() {
        event.description(&told.join("\n"));
    }
    calendar.push(event.done());
    calendar.done().to_string()
}

/// A calendar that is handed out and asks for no answer.
pub(super) fn empty() -> Calendar {
    let mut calendar = Calendar::empty();
    for (key, value) in
        [("VERSION", "2.0"), ("PRODID", "-//kitwright//EN"), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")]
    {
        calendar.append_property(Property::new(key, value));
    }
    calendar
}

/// The same name for the same thing in each run, by which programs know it again.
pub(super) fn uid(parts: &[&str]) -> String {
    let name: String = Hash::of_parts(parts.iter().map(|part| part.as_bytes())).to_string();
    format!("{}@kitwright", &name[..32])
}

/// When it was written, which every entry must say: the beginning of the day it belongs to, since the clock may not decide.
pub(super) fn stamp(event: &mut impl Component, date: Date) {
    event.add_property("DTSTAMP", format!("{}T000000Z", date.strftime("%Y%m%d")));
}

pub(super) fn day(key: &str, date: Date) -> Property {
    let mut property = Property::new(key, date.strftime("%Y%m%d").to_string());
    property.add_parameter("VALUE", "DATE");
    property
}

fn begin(session: &Session) -> Option<Timestamp> {
    let zone = TimeZone::get(&session.when.zone).ok()?;
    let local = session.when.date.to_datetime(session.when.time?);
    local.to_zoned_datetime(zone).ok().map(|zoned| zoned.timestamp())
}

fn moment(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::read_session;
    use crate::diag::Diagnostics;
    use crate::source::Sources;

    fn made(text: &str) -> String {
        let mut sources = Sources::default();
        let id = sources.add("session.yaml", text);
        let mut faults = Diagnostics::default();
        session_calendar(&read_session(id, &sources, &mut faults).unwrap())
    }

    #[test]
    fn a_session_is_an_event_at_its_own_hour() {
        let text = "title: \"Leaks; plugged, at last\"\ndate: 2026-03-29\ntime: \"10:00\"\nzone: Europe/Berlin\nminutes: 90\n\
                    outcome: Find it.\njoin: \"https://example.com/join\"\nassessment: \"https://example.com/a\"\n";
        let made_ = made(text);
        assert_eq!(made_, made(text));
        insta::assert_snapshot!(made_.replace("\r\n", "\n"));
        assert!(made_.lines().all(|line| line.len() <= 75));
    }

    #[test]
    fn a_session_without_a_time_takes_the_day() {
        let made = made("title: T\ndate: 2026-12-31\nzone: UTC\nplace: Room 1\n");
        assert!(
            made.contains("DTSTART;VALUE=DATE:20261231\r\n")
                && made.contains("DTEND;VALUE=DATE:20270101\r\n"),
            "{made}"
        );
        assert!(made.contains("LOCATION:Room 1\r\n"), "{made}");
    }
}
