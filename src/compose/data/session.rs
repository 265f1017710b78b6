//! The session with its times worked out for each zone.

use jiff::tz::TimeZone;

use super::link::target;
use crate::compose::contract::{Md, Meeting, NextMeeting, SessionHead, Speaker, ZoneTime};
use crate::model::{Session, When};
use crate::wording::{count, date, list};

pub(super) fn head(session: &Session) -> SessionHead {
    let link = |address: &Option<String>| address.as_deref().and_then(target).map(Md);
    SessionHead {
        title: session.title.clone(),
        subtitle: session.subtitle.clone(),
        when: meeting(&session.when, &session.zones),
        instructor: session.instructor.as_ref().map(|person| Speaker {
            name: person.name.clone(),
            role: person.role.clone(),
            line: person.line.clone(),
        }),
        host: session.host.as_ref().map(|host| host.name.clone()),
        contact_text: session.host.as_ref().and_then(|host| host.contact.clone()),
        contact: session.host.as_ref().and_then(|host| link(&host.contact)),
        published: session.published.map(date),
        byline: session.byline.clone(),
        assessment: link(&session.assessment),
        research: link(&session.research),
        audience: session.audience.clone(),
        outcome: session.outcome.clone(),
        takeaways: session.takeaways.clone(),
        place: session.place.clone(),
        register: link(&session.links.register),
        join: link(&session.links.join),
        recording: link(&session.links.recording),
        slides: link(&session.links.slides),
        handout: link(&session.links.handout),
        feedback: link(&session.links.feedback),
        next: session.next.as_ref().map(|next| NextMeeting {
            title: next.title.clone(),
            when: meeting(&next.when, &session.zones),
            promise: next.promise.clone(),
        }),
    }
}

fn meeting(when: &When, zones: &[String]) -> Meeting {
    let mut names: Vec<&String> = zones.iter().collect();
    if !names.contains(&&when.zone) {
        names.insert(0, &when.zone);
    }
    let times: Vec<ZoneTime> = names.iter().filter_map(|zone| in_zone(when, zone)).collect();
    let said: Vec<String> = times.iter().map(|time| time.text.clone()).collect();
    Meeting {
        date: date(when.date),
        iso: when.date.to_string(),
        weekday: weekday(when.date.weekday()).to_owned(),
        duration: when.minutes.map(duration),
        times_text: list(&said),
        times,
    }
}

/// The time in another zone by the rules that are bundled; none where a zone does not exist.
fn in_zone(when: &When, zone: &str) -> Option<ZoneTime> {
    let own = TimeZone::get(&when.zone).ok()?;
    let there = TimeZone::get(zone).ok()?;
    let moment = when.date.to_datetime(when.time?).to_zoned_datetime(own).ok()?;
    let local = moment.with_time_zone(there.clone());
    let info = there.to_offset_info(local.timestamp());
    let short = info.abbreviation();
    let abbreviation =
        if short.starts_with(['+', '-']) { utc_offset(local.offset().seconds()) } else { short.to_owned() };
    let city = zone.rsplit('/').next().unwrap_or(zone).replace('_', " ");
    let time = format!("{}:{:02}", local.hour(), local.minute());
    let day = if local.date() == when.date { String::new() } else { format!(" on {}", date(local.date())) };
    let text = if city == abbreviation {
        format!("{time}{day} {abbreviation}")
    } else {
        format!("{time}{day} in {city} ({abbreviation})")
    };
    Some(ZoneTime { zone: zone.to_owned(), city, time, abbreviation, date: date(local.date()), text })
}

/// `UTC+4`, `UTC+5:30`.
fn utc_offset(seconds: i32) -> String {
    let (hours, minutes) = (seconds.abs() / 3600, seconds.abs() / 60 % 60);
    let sign = if seconds < 0 { '-' } else { '+' };
    if minutes == 0 { format!("UTC{sign}{hours}") } else { format!("UTC{sign}{hours}:{minutes:02}") }
}

fn duration(minutes: u32) -> String {
    let hours = count((minutes / 60) as usize, "hour", "hours");
    let rest = count((minutes % 60) as usize, "minute", "minutes");
    match (minutes / 60, minutes % 60) {
        (0, _) => rest,
        (_, 0) => hours,
        _ => format!("{hours} {rest}"),
    }
}

fn weekday(day: jiff::civil::Weekday) -> &'static str {
    use jiff::civil::Weekday::*;
    match day {
        Monday => "Monday",
        Tuesday => "Tuesday",
        Wednesday => "Wednesday",
        Thursday => "Thursday",
        Friday => "Friday",
        Saturday => "Saturday",
        Sunday => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Date, Time};

    #[test]
    fn times_are_worked_out_with_daylight_saving() {
        let when = When {
            date: Date::constant(2026, 8, 24),
            time: Some(Time::constant(10, 0, 0, 0)),
            zone: "America/Los_Angeles".into(),
            minutes: Some(60),
        };
        let zones =
            ["America/Los_Angeles", "America/Chicago", "America/New_York", "Asia/Dubai", "Pacific/Auckland"];
        let meeting = meeting(&when, &zones.map(str::to_owned));
        assert_eq!(
            meeting.times_text,
            "10:00 in Los Angeles (PDT), 12:00 in Chicago (CDT), 13:00 in New York (EDT), \
             21:00 in Dubai (UTC+4) and 5:00 on 25 August 2026 in Auckland (NZST)"
        );
        assert_eq!((meeting.weekday.as_str(), meeting.duration.as_deref()), ("Monday", Some("1 hour")));
        assert_eq!(utc_offset(-34_200), "UTC-9:30");
    }

    #[test]
    fn a_whole_day_has_no_times() {
        let when = When { date: Date::constant(2026, 1, 5), time: None, zone: "UTC".into(), minutes: None };
        assert_eq!(meeting(&when, &[]).times_text, "");
    }
}
