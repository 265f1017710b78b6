//! The days on which steps are due, for a calendar.

use chrono::TimeDelta;
use icalendar::{Alarm, Component, Event, EventLike};

use super::{Action, DONE};
use crate::export::calendar::{day, empty, stamp, uid};

/// How long before the day begins the reminder comes: at nine on the day before.
const REMINDED: TimeDelta = TimeDelta::hours(15);

/// A day in the calendar for each step that is on, due on a day and not done: it takes the whole day, keeps it free, and reminds the
/// day before at nine. None where no step has a day.
pub fn plan_calendar(actions: &[Action]) -> Option<String> {
    let mut calendar = empty();
    let mut any = false;
    for action in actions.iter().filter(|action| action.is_on() && action.status != DONE) {
        let Some(due) = action.due else { continue };
        any = true;
        let mut event = Event::new();
        // A step that people added has no id of its own.
        let own = if action.id.is_empty() { &action.what } else { &action.id };
        event.uid(&uid(&[own]));
        stamp(&mut event, due);
        event.summary(&format!("Due: {}", action.what));
        event.append_property(day("DTSTART", due));
        event.append_property(day("DTEND", due.tomorrow().unwrap_or(due)));
        event.add_property("TRANSP", "TRANSPARENT");
        let shown_by = action.shown_by(str::to_owned);
        let review = action.review.map_or_else(|| action.review_text.clone(), |day| day.to_string());
        let lines = [
            ("For", &action.respondent),
            ("Owner", &action.owner),
            ("Shown by", &shown_by),
            ("First step", &action.first_step),
            ("Review", &review),
        ];
        let told =
            lines.iter().filter(|(_, text)| !text.is_empty()).map(|(label, text)| format!("{label}: {text}"));
        event.description(&told.collect::<Vec<_>>().join("\n"));
        let mut reminder = Alarm::display(&action.what, -REMINDED);
        // Both would otherwise come from the clock and from chance.
        reminder.uid(&uid(&[own, "reminder"]));
        stamp(&mut reminder, due);
        event.alarm(reminder);
        calendar.push(event.done());
    }
    any.then(|| calendar.done().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_day_is_an_entry_with_a_reminder() {
        let action = Action {
            id: "a/x".to_owned(),
            respondent: "A, B".to_owned(),
            what: "Write it down".to_owned(),
            due: crate::model::date("2026-03-31"),
            review: crate::model::date("2026-04-07"),
            evidence: "Clients lost".to_owned(),
            now: "21%".to_owned(),
            target: "10% or less".to_owned(),
            status: "open".to_owned(),
            ..Action::default()
        };
        let done = Action { status: "done".to_owned(), ..action.clone() };
        let gone = Action { advised: crate::export::handover::NO_LONGER.to_owned(), ..action.clone() };
        let calendar = plan_calendar(&[action.clone(), done, gone]).unwrap();
        assert_eq!(calendar, plan_calendar(std::slice::from_ref(&action)).unwrap());
        insta::assert_snapshot!(calendar.replace("\r\n", "\n"));
        assert_eq!(plan_calendar(&[Action { due: None, ..action }]), None);
    }
}
