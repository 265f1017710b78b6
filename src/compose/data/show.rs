//! The run of show with its clock, and its leaks given to areas.

use jiff::ToSpan;
use jiff::tz::TimeZone;

use crate::compose::contract::{Guide, Md, RunMishap, RunQuestion, RunSegment, Show};
use crate::markdown::inert;
use crate::model::{self, Piece, RunOfShow, RunsOfShow, Topic, When, pieces};

/// A run of show and the file in which it stands.
#[derive(Clone, Copy, Debug)]
pub struct Running<'a> {
    pub run: &'a RunOfShow,
    pub file: &'a RunsOfShow,
}

/// A leak that the session takes up: its area, and how much of the time it should have of what all of them get.
pub(super) struct Shared<'a> {
    pub(super) area: &'a Guide,
    /// How many people have it; the same for all where that is not known.
    pub(super) people: usize,
}

/// `shared` are the leaks to take up, in order; `words` are the pack's own, which texts name in braces.
pub(super) fn show(
    running: Running<'_>,
    when: &When,
    shared: &[Shared<'_>],
    words: &[(String, String)],
) -> Show {
    let Running { run, file } = running;
    let one = |text: &String| Md(worded(text, words));
    let md = |text: &Option<String>| text.as_ref().map(one);
    let all = |texts: &[String]| -> Vec<Md> { texts.iter().map(one).collect() };
    let asked = |paired: &model::Paired| RunQuestion { text: one(&paired.text), answer: md(&paired.answer) };
    let mishap = |paired: &model::Paired| RunMishap { text: one(&paired.text), answer: md(&paired.answer) };
    let minutes = by_need(run, shared);
    let mut at = 0;
    let segments = run.segments.iter().zip(minutes).enumerate().map(|(place, (segment, minutes))| {
        let start = at;
        at += minutes;
        let leak = match segment.topic {
            Topic::Leak(number) => Some(number),
            _ => None,
        };
        let area = leak.and_then(|number| shared.get(number - 1)).map(|shared| shared.area);
        RunSegment {
            number: place + 1,
            title: segment
                .title
                .as_ref()
                .map(one)
                .or_else(|| area.map(|area| area.title.clone()))
                .unwrap_or_default(),
            topic: segment.topic.word().to_owned(),
            minutes,
            start: clock(when, start),
            end: clock(when, at),
            owner: md(&segment.owner),
            screen: md(&segment.screen),
            cue: md(&segment.cue),
            goal: md(&segment.goal),
            say: all(&segment.say),
            act: all(&segment.act),
            ask: segment.ask.iter().map(asked).collect(),
            debrief: md(&segment.debrief),
            transition: md(&segment.transition),
            leak,
            area: area.cloned(),
        }
    });
    let segments: Vec<RunSegment> = segments.collect();
    Show {
        title: md(&run.title),
        minutes: run.minutes,
        segments,
        materials: all(&file.materials),
        before: all(&file.before),
        hard_questions: file.hard_questions.iter().map(asked).collect(),
        contingency: file.contingency.iter().map(mishap).collect(),
    }
}

/// The minutes of each segment. Those that are about leaks share what they have together by how many people have each
/// leak, half of it being theirs in any case; the sum stays what it was.
fn by_need(run: &RunOfShow, shared: &[Shared<'_>]) -> Vec<u32> {
    let people = |segment: &model::Segment| match segment.topic {
        Topic::Leak(number) => shared.get(number - 1).map(|shared| shared.people),
        _ => None,
    };
    let known: Vec<Option<usize>> = run.segments.iter().map(people).collect();
    let all: usize = known.iter().flatten().sum();
    let sure = |segment: &model::Segment| segment.minutes.div_ceil(2);
    let told = run.segments.iter().zip(&known).filter(|(_, people)| people.is_some());
    let pool: u32 = told.map(|(segment, _)| segment.minutes - sure(segment)).sum();
    if all == 0 {
        return run.segments.iter().map(|segment| segment.minutes).collect();
    }
    // Whole minutes by the largest remainder; of equal ones the earlier segment gets it.
    let share = |people: usize| (u64::from(pool) * people as u64) / all as u64;
    let rest = |people: usize| (u64::from(pool) * people as u64) % all as u64;
    let mut minutes: Vec<u32> = run
        .segments
        .iter()
        .zip(&known)
        .map(|(segment, people)| match people {
            Some(people) => sure(segment) + share(*people) as u32,
            None => segment.minutes,
        })
        .collect();
    let mut left = run.minutes.saturating_sub(minutes.iter().sum());
    let mut order: Vec<usize> = (0..known.len()).filter(|at| known[*at].is_some()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(rest(known[*at].unwrap_or(0))));
    for at in order {
        if left > 0 {
            minutes[at] += 1;
            left -= 1;
        }
    }
    minutes
}

/// A time of the session's day so many minutes after it begins; the minutes alone where nothing says when that is.
fn clock(when: &When, minutes: u32) -> String {
    let begin = when.time.and_then(|time| {
        let zone = TimeZone::get(&when.zone).ok()?;
        when.date.to_datetime(time).to_zoned_datetime(zone).ok()
    });
    match begin.and_then(|begin| begin.checked_add(i64::from(minutes).minutes()).ok()) {
        Some(then) => format!("{}:{:02}", then.hour(), then.minute()),
        None => format!("{}:{:02}", minutes / 60, minutes % 60),
    }
}

/// A text with the pack's words in the place of their names; what names none stays as it is.
fn worded(text: &str, words: &[(String, String)]) -> String {
    let piece = |piece: Piece<'_>| match piece {
        Piece::Text(text) => text.to_owned(),
        Piece::Word(name) => match words.iter().find(|(key, _)| key == name) {
            Some((_, word)) => inert(word),
            None => format!("{{{name}}}"),
        },
    };
    pieces(text).map(piece).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, Time};

    use super::*;
    use crate::source::{SourceId, Span};

    fn run(segments: &[(Topic, u32)]) -> RunOfShow {
        let segment = |(topic, minutes): &(Topic, u32)| model::Segment {
            title: Some("T".to_owned()),
            topic: *topic,
            minutes: *minutes,
            owner: None,
            screen: None,
            cue: None,
            goal: None,
            say: Vec::new(),
            act: Vec::new(),
            ask: Vec::new(),
            debrief: None,
            transition: None,
            span: Span::new(SourceId(0), 0..0),
        };
        let segments: Vec<model::Segment> = segments.iter().map(segment).collect();
        let minutes = segments.iter().map(|segment| segment.minutes).sum();
        RunOfShow { id: "r".to_owned(), title: None, minutes, segments }
    }

    fn area() -> Guide {
        Guide { id: "a".to_owned(), title: Md("A".to_owned()), ..Guide::default() }
    }

    #[test]
    fn what_more_people_share_gets_more_time_and_the_sum_stays() {
        let run = run(&[(Topic::Talk, 4), (Topic::Leak(1), 9), (Topic::Leak(2), 9), (Topic::Leak(3), 9)]);
        let area = area();
        let by = |people: &[usize]| {
            let shared: Vec<Shared<'_>> =
                people.iter().map(|people| Shared { area: &area, people: *people }).collect();
            by_need(&run, &shared)
        };
        assert_eq!(by(&[20, 10, 10]), [4, 11, 8, 8]);
        assert_eq!(by(&[5, 5, 5]), [4, 9, 9, 9]);
        assert_eq!(by(&[5]), [4, 9, 9, 9]);
        assert_eq!(by(&[]), [4, 9, 9, 9]);
        assert_eq!(by(&[0, 0, 0]), [4, 9, 9, 9]);
        for people in [[7, 1, 0], [1, 2, 4], [100, 99, 1]] {
            assert_eq!(by(&people).iter().sum::<u32>(), 31);
        }
    }

    #[test]
    fn the_clock_goes_over_the_hour_that_is_left_out() {
        let when = When {
            date: Date::constant(2026, 3, 29),
            time: Some(Time::constant(1, 50, 0, 0)),
            zone: "Europe/Berlin".to_owned(),
            minutes: None,
        };
        assert_eq!([0, 9, 10, 70].map(|minutes| clock(&when, minutes)), ["1:50", "1:59", "3:00", "4:00"]);
        assert_eq!(clock(&When { time: None, ..when }, 75), "1:15");
    }

    #[test]
    fn a_text_speaks_the_words_of_the_pack() {
        let words =
            [("leak", "gap*"), ("leaks", "gaps")].map(|(key, word)| (key.to_owned(), word.to_owned()));
        assert_eq!(
            worded("Your {leak}: **one** of {leaks}, {other}.", &words),
            "Your gap\\*: **one** of gaps, {other}."
        );
    }
}
