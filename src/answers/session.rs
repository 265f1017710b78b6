//! The session file: what is on, when, and who gives it.

use jiff::civil::{Date, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};

use super::fields;
use super::words::typed;
use crate::diag::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::model::{Host, Links, NextEvent, Person, Session, When};
use crate::source::{SourceId, Sources, Span};
use crate::yaml::{self, Entry, Node, Value};

const KEYS: &[&str] = &[
    "title",
    "subtitle",
    "date",
    "time",
    "zone",
    "minutes",
    "zones",
    "instructor",
    "host",
    "published",
    "byline",
    "assessment",
    "research",
    "audience",
    "outcome",
    "takeaways",
    "place",
    "register",
    "join",
    "recording",
    "slides",
    "handout",
    "feedback",
    "run",
    "next",
];
const NEXT_KEYS: &[&str] = &["title", "date", "time", "zone", "minutes", "promise"];
/// A week; longer is a slip.
const MAX_MINUTES: u32 = 7 * 24 * 60;

/// The session of a YAML file; none where any error is told.
pub fn read_session(source: SourceId, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Session> {
    let mut faults = Diagnostics::default();
    let node = yaml::read(source, sources, &mut faults);
    let text = &sources.get(source).text;
    let session = match node {
        Some(node) if node.entries().is_some() => {
            fields::tell_cut(&node, text, &mut faults);
            session(&node, &mut faults)
        }
        Some(node) if node.value == Value::Broken => None,
        node => {
            if !faults.has_errors() {
                let what = node.as_ref().map_or("nothing", Node::what);
                let span = node.map_or(Span::new(source, 0..text.len()), |node| node.span);
                let message = format!("a session file holds keys such as `title` and `date`, not {what}");
                faults.push(
                    Diagnostic::error(Code::Session, span, message)
                        .help("write `title:`, `date:` and `zone:`, one a line"),
                );
            }
            None
        }
    };
    let good = !faults.has_errors();
    diagnostics.extend(faults);
    session.filter(|_| good)
}

fn session(node: &Node, faults: &mut Diagnostics) -> Option<Session> {
    let mut map = Map::new(node, KEYS, faults)?;
    let title = map.required("title", "name the event, such as `title: Plugging the leaks`");
    let when = map.when(None);
    let zones = map.node("zones").map_or_else(Vec::new, |node| zones(node, map.faults));
    let instructor = map.node("instructor").and_then(|node| person(node, map.faults));
    let host = map.node("host").and_then(|node| host(node, map.faults));
    let published = map.date("published");
    let assessment = map.address("assessment", false);
    let research = map.address("research", true);
    let zone = when.as_ref().map(|when| when.zone.clone());
    let next = map.node("next").and_then(|node| next(node, zone.as_deref(), map.faults));
    let (subtitle, byline) = (map.text("subtitle"), map.text("byline"));
    let (audience, outcome, place) = (map.text("audience"), map.text("outcome"), map.text("place"));
    let takeaways = map.texts("takeaways");
    let links = Links {
        register: map.address("register", true),
        join: map.address("join", false),
        recording: map.address("recording", false),
        slides: map.address("slides", false),
        handout: map.address("handout", false),
        feedback: map.address("feedback", false),
    };
    let run = map.node("run").map(|node| node.span).and_then(|span| Some((map.text("run")?, span)));
    let when = when?;
    if let (Some(next), Some(node)) = (&next, map.node("next"))
        && next.when.date < when.date
    {
        let span = node.entries().and_then(|entries| entries.iter().find(|entry| entry.key == "date"));
        let message = format!("the next event is on {}, before this one", next.when.date);
        map.faults.push(
            Diagnostic::error(Code::Session, span.map_or(node.span, |entry| entry.value.span), message)
                .help(format!("give it a day after {}, or leave `next` out", when.date)),
        );
    }
    let mut all = if zones.contains(&when.zone) { Vec::new() } else { vec![when.zone.clone()] };
    for zone in zones {
        if !all.contains(&zone) {
            all.push(zone);
        }
    }
    Some(Session {
        title: title?,
        subtitle,
        when,
        zones: all,
        instructor,
        host,
        published,
        byline,
        assessment,
        research,
        audience,
        outcome,
        takeaways,
        place,
        links,
        run,
        next,
    })
}

fn person(node: &Node, faults: &mut Diagnostics) -> Option<Person> {
    let mut map = Map::new(node, &["name", "role", "line"], faults)?;
    let name = map.required("name", "say who it is, such as `name: Robin Placeholder`");
    Some(Person { role: map.text("role"), line: map.text("line"), name: name? })
}

fn host(node: &Node, faults: &mut Diagnostics) -> Option<Host> {
    let mut map = Map::new(node, &["name", "contact"], faults)?;
    let name = map.required("name", "say who it is, such as `name: Example Academy`");
    Some(Host { contact: map.contact(), name: name? })
}

fn next(node: &Node, zone: Option<&str>, faults: &mut Diagnostics) -> Option<NextEvent> {
    let mut map = Map::new(node, NEXT_KEYS, faults)?;
    let title = map.required("title", "name the event, such as `title: Pipeline and forecast`");
    let when = map.when(Some(zone));
    let promise = map.text("promise");
    Some(NextEvent { title: title?, when: when?, promise })
}

fn zones(node: &Node, faults: &mut Diagnostics) -> Vec<String> {
    let items = fields::list("zones", node, faults).unwrap_or_default();
    items
        .iter()
        .filter_map(|item| {
            let name = fields::text("zones", item, faults)?;
            zone(&name, item.span).map_err(|fault| faults.push(fault)).ok().map(|(name, _)| name)
        })
        .collect()
}

/// A time zone under the name that IANA writes it with.
fn zone(name: &str, span: Span) -> Result<(String, TimeZone), Diagnostic> {
    match TimeZone::get(name) {
        Ok(zone) => Ok((zone.iana_name().unwrap_or(name).to_owned(), zone)),
        Err(_) => {
            let names: Vec<String> =
                jiff::tz::db().available().map(|name| name.as_str().to_owned()).collect();
            let spaceless = name.replace(' ', "_");
            let near = did_you_mean(&spaceless, names.iter().map(String::as_str));
            Err(Diagnostic::error(Code::Session, span, format!("{} is no time zone", typed(name))).help(
                near.unwrap_or_else(|| "write a region and a city, such as `America/Chicago`".to_owned()),
            ))
        }
    }
}

/// Hours and minutes of a day: `11:00`, `9:30`.
fn time(text: &str, span: Span) -> Result<Time, Diagnostic> {
    let parts: Option<Vec<i8>> = text
        .split(':')
        .map(|part| {
            let digits = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            if digits { part.parse().ok() } else { None }
        })
        .collect();
    match parts.as_deref() {
        Some([hour, minute]) => Time::new(*hour, *minute, 0, 0).ok(),
        _ => None,
    }
    .ok_or_else(|| {
        Diagnostic::error(Code::WrongValue, span, format!("{} is no time of day", typed(text)))
            .label("hours and minutes are wanted here")
            .help(
                "write eleven in the morning as `\"11:00\"`, half past three in the afternoon as `\"15:30\"`",
            )
    })
}

/// A map of known keys, with the faults found so far.
struct Map<'n, 'f> {
    entries: &'n [Entry],
    known: &'static [&'static str],
    /// Where to point when a key is missing.
    begin: Span,
    faults: &'f mut Diagnostics,
}

impl<'n, 'f> Map<'n, 'f> {
    /// None where the node is no map; that is told, unless nothing stands there.
    fn new(
        node: &'n Node,
        known: &'static [&'static str],
        faults: &'f mut Diagnostics,
    ) -> Option<Map<'n, 'f>> {
        let Some(entries) = node.entries() else {
            if !node.is_null() && node.value != Value::Broken {
                faults.push(
                    Diagnostic::error(
                        Code::WrongShape,
                        node.span,
                        format!("{} where keys are wanted", node.what()),
                    )
                    .help(format!("the keys here are {}", super::words::listed(known.iter().copied()))),
                );
            }
            return None;
        };
        fields::tell_unknown(entries, known, faults);
        Some(Map { entries, known, begin: Span { end: node.span.start, ..node.span }, faults })
    }

    fn node(&self, key: &str) -> Option<&'n Node> {
        self.entries
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.value)
            .filter(|node| !node.is_null())
    }

    fn text(&mut self, key: &str) -> Option<String> {
        fields::text(key, self.node(key)?, self.faults)
    }

    /// A list of texts; one text alone is a list of one.
    fn texts(&mut self, key: &str) -> Vec<String> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let items = node.items().unwrap_or(std::slice::from_ref(node));
        items.iter().filter_map(|item| fields::text(key, item, self.faults)).collect()
    }

    fn required(&mut self, key: &str, help: &str) -> Option<String> {
        let node = self.node(key);
        let text = self.text(key);
        let empty = node.is_none_or(|node| node.text().is_some_and(|text| text.trim().is_empty()));
        // A misspelt key is told as such.
        if empty && !fields::is_misspelt(key, self.entries, self.known) {
            let span = node.map_or(self.begin, |node| node.span);
            self.faults.push(
                Diagnostic::error(Code::MissingKey, span, format!("`{key}` is missing here")).help(help),
            );
        }
        text
    }

    fn read<T>(&mut self, key: &str, read: impl Fn(&str, Span) -> Result<T, Diagnostic>) -> Option<T> {
        let span = self.node(key)?.span;
        let text = self.text(key)?;
        read(&text, span).map_err(|fault| self.faults.push(fault)).ok()
    }

    fn date(&mut self, key: &str) -> Option<Date> {
        self.read(key, fields::date)
    }

    /// Date, time, zone and minutes. The zone may be left out where another stands for it; inside that,
    /// none says that the other is faulty itself, which is told already.
    fn when(&mut self, inherited: Option<Option<&str>>) -> Option<When> {
        self.required("date", "write the day as `date: 2026-03-12`");
        let date = self.date("date");
        let time = self.read("time", time);
        let minutes = self.read("minutes", minutes);
        let zone = match (self.node("zone"), inherited) {
            (None, Some(zone)) => zone.and_then(zone_known),
            _ => {
                self.required("zone", "write the time zone as `zone: America/Chicago`");
                self.read("zone", zone)
            }
        };
        let (date, (name, zone)) = (date?, zone?);
        if let (Some(time), Some(node)) = (time, self.node("time"))
            && let AmbiguousOffset::Gap { .. } = zone.to_ambiguous_timestamp(date.to_datetime(time)).offset()
        {
            self.faults.push(
                Diagnostic::error(
                    Code::Session,
                    node.span,
                    format!("this time does not exist on {date} in `{name}`"),
                )
                .label("the clocks are put forward over it"),
            );
        }
        Some(When { date, time, zone: name, minutes })
    }

    /// Where to ask: an address, or a telephone number.
    fn contact(&mut self) -> Option<String> {
        self.read("contact", |text, span| {
            if is_web(text) || is_letter(text) || is_call(text) {
                return Ok(text.to_owned());
            }
            Err(Diagnostic::error(
                Code::Session,
                span,
                format!("{} is neither an address nor a number to call", typed(text)),
            )
            .label("a mail or https address or a telephone number is wanted here")
            .help("write it as `hello@example.com` or as `+1 555 0100`"))
        })
    }

    /// An `https:` address; where mail is allowed, a mail address too.
    fn address(&mut self, key: &str, mail: bool) -> Option<String> {
        self.read(key, |text, span| {
            if is_web(text) || (mail && is_letter(text)) {
                return Ok(text.to_owned());
            }
            let wanted = if mail { "an https or mail address" } else { "an https address" };
            let fault = Diagnostic::error(Code::Session, span, format!("{} is no address", typed(text)))
                .label(format!("{wanted} is wanted here"));
            let bare = text.strip_prefix("http://").unwrap_or(text);
            Err(if is_one_word(text) && bare.contains('.') && !bare.contains("://") && !bare.contains('@') {
                fault.help(format!("write `https://{bare}`"))
            } else {
                fault.help("write it as `https://example.com/assessment`")
            })
        })
    }
}

fn is_one_word(text: &str) -> bool {
    !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// An `https:` address.
fn is_web(text: &str) -> bool {
    let host = text.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
    is_one_word(text) && host.is_some_and(|host| !host.is_empty() && !host.starts_with('.'))
}

/// A mail address, of whatever script its host is.
fn is_letter(text: &str) -> bool {
    let letter = text.strip_prefix("mailto:").unwrap_or(text);
    let parts = letter.split_once('@').filter(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.contains(['@', '/']) && !name.contains([':', '/'])
    });
    is_one_word(text) && parts.is_some()
}

/// A telephone number: digits and the signs between them.
fn is_call(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() >= 3
        && text.bytes().all(|b| b.is_ascii_digit() || b" +-./()".contains(&b))
}

/// A zone that has been found good before.
fn zone_known(name: &str) -> Option<(String, TimeZone)> {
    TimeZone::get(name).ok().map(|zone| (name.to_owned(), zone))
}

pub(super) fn minutes(text: &str, span: Span) -> Result<u32, Diagnostic> {
    text.parse().ok().filter(|minutes| (1..=MAX_MINUTES).contains(minutes)).ok_or_else(|| {
        Diagnostic::error(Code::WrongValue, span, format!("{} is no length in minutes", typed(text)))
            .label("a whole number of minutes is wanted here")
            .help("write an hour as `60`")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::show_all;

    fn read(text: &str) -> Result<Session, String> {
        let mut sources = Sources::default();
        let id = sources.add("session.yaml", text);
        let mut diagnostics = Diagnostics::default();
        read_session(id, &sources, &mut diagnostics).ok_or_else(|| show_all(&diagnostics, &sources, false))
    }

    #[test]
    fn a_session_is_read() {
        let session = read(
            "title: Plugging leaks\ndate: 2026-03-12\ntime: \"11:00\"   # local\nzone: america/chicago\n\
             minutes: 60\nzones: [America/Los_Angeles, America/New_York]\n\
             instructor: { name: Robin, line: master plumber }\nhost: { name: Academy, contact: a@example.com }\n\
             published: 2026-03-13\nassessment: \"https://example.com/a\"\nresearch: a@example.com\n\
             next: { title: Pipeline, date: 2026-04-16, time: 9:30, promise: More. }\nx-note: mine\n",
        )
        .unwrap();
        assert_eq!(session.zones, ["America/Chicago", "America/Los_Angeles", "America/New_York"]);
        assert_eq!(session.when.time, Some(Time::constant(11, 0, 0, 0)));
        assert_eq!(session.when.minutes, Some(60));
        assert_eq!(session.instructor.unwrap().line.as_deref(), Some("master plumber"));
        let next = session.next.unwrap();
        assert_eq!(next.when.zone, "America/Chicago");
        assert_eq!(next.when.time, Some(Time::constant(9, 30, 0, 0)));
    }

    #[test]
    fn the_own_zone_keeps_its_place_among_the_zones() {
        let zones = |list: &str| {
            read(&format!("title: T\ndate: 2026-03-12\nzone: Europe/Berlin\nzones: {list}\n")).unwrap().zones
        };
        assert_eq!(zones("[UTC, Europe/Berlin, UTC]"), ["UTC", "Europe/Berlin"]);
        assert_eq!(zones("[]"), ["Europe/Berlin"]);
    }

    #[test]
    fn the_host_is_reached_by_mail_on_a_page_or_by_telephone() {
        for contact in ["a@example.com", "https://example.com/ask", "+1 (555) 0100"] {
            let text = format!(
                "title: T\ndate: 2026-03-12\nzone: UTC\nhost: {{ name: H, contact: \"{contact}\" }}\n"
            );
            assert_eq!(read(&text).unwrap().host.unwrap().contact.as_deref(), Some(contact));
        }
    }

    #[test]
    fn every_fault_of_a_session_is_told_at_once() {
        let told = read(
            "titel: T\ndate: 12.3.2026\ntime: 25:00\nzone: Chicago\nminutes: an hour\nhost: { contact: +1 555 0100 }\n\
             assessment: example.com/a\nresearch: [a]\nnext: { title: N, date: 2026-04-31 }\nbyline: Tip #1\n",
        )
        .unwrap_err();
        let expected = r#"error[K106]: `titel` is no key here
 --> session.yaml:1:1
  |
1 | titel: T
  | ^^^^^
  |
  = help: did you mean `title` or `time`?

error[K109]: `12.3.2026` is no date
 --> session.yaml:2:7
  |
2 | date: 12.3.2026
  |       ^^^^^^^^^ year-month-day is wanted here
  |
  = help: write `2026-03-12`

error[K109]: `25:00` is no time of day
 --> session.yaml:3:7
  |
3 | time: 25:00
  |       ^^^^^ hours and minutes are wanted here
  |
  = help: write eleven in the morning as `"11:00"`, half past three in the afternoon as `"15:30"`

error[K716]: `Chicago` is no time zone
 --> session.yaml:4:7
  |
4 | zone: Chicago
  |       ^^^^^^^
  |
  = help: did you mean `America/Chicago`?

error[K109]: `an hour` is no length in minutes
 --> session.yaml:5:10
  |
5 | minutes: an hour
  |          ^^^^^^^ a whole number of minutes is wanted here
  |
  = help: write an hour as `60`

error[K108]: `name` is missing here
 --> session.yaml:6:7
  |
6 | host: { contact: +1 555 0100 }
  |       ^
  |
  = help: say who it is, such as `name: Example Academy`

error[K716]: `example.com/a` is no address
 --> session.yaml:7:13
  |
7 | assessment: example.com/a
  |             ^^^^^^^^^^^^^ an https address is wanted here
  |
  = help: write `https://example.com/a`

error[K107]: `research` is a list
 --> session.yaml:8:11
  |
8 | research: [a]
  |           ^^^ text is wanted here

error[K109]: `2026-04-31` is no date
 --> session.yaml:9:25
  |
9 | next: { title: N, date: 2026-04-31 }
  |                         ^^^^^^^^^^ there is no such day

error[K102]: in YAML the text ends before ` #`
  --> session.yaml:10:9
   |
10 | byline: Tip #1
   |         ^^^^^^ put it in quotes
   |
   = help: write `"Tip #1"`
   = help: if a comment is meant, put a space behind the `#`
"#;
        assert_eq!(told, expected);
    }

    #[test]
    fn what_is_no_session_is_told() {
        for (text, expected) in [
            (
                "- a\n",
                "error[K716]: a session file holds keys such as `title` and `date`, not a list\n --> session.yaml:1:1\n  |\n1 | - a\n  | ^^^\n  |\n  = help: write `title:`, `date:` and `zone:`, one a line\n",
            ),
            (
                "title: T\ndate: 2026-03-29\ntime: 02:30\nzone: Europe/Berlin\n",
                "error[K716]: this time does not exist on 2026-03-29 in `Europe/Berlin`\n --> session.yaml:3:7\n  |\n3 | time: 02:30\n  |       ^^^^^ the clocks are put forward over it\n",
            ),
            (
                "title: T\ndate: 2026-03-29\nzone: UTC\nresearch: javascript:alert(1)\n",
                "error[K716]: `javascript:alert(1)` is no address\n --> session.yaml:4:11\n  |\n4 | research: javascript:alert(1)\n  |           ^^^^^^^^^^^^^^^^^^^ an https or mail address is wanted here\n  |\n  = help: write it as `https://example.com/assessment`\n",
            ),
            (
                "title: T\ndate: 2026-03-29\nzone: UTC\nnext: { title: N, date: 2026-02-10 }\n",
                "error[K716]: the next event is on 2026-02-10, before this one\n --> session.yaml:4:25\n  |\n4 | next: { title: N, date: 2026-02-10 }\n  |                         ^^^^^^^^^^\n  |\n  = help: give it a day after 2026-03-29, or leave `next` out\n",
            ),
            (
                "title: T\ndate: 2026-03-29\nzone: UTC\nhost: { name: H, contact: robin@example }\n",
                "error[K716]: `robin@example` is neither an address nor a number to call\n --> session.yaml:4:27\n  |\n4 | host: { name: H, contact: robin@example }\n  |                           ^^^^^^^^^^^^^ a mail or https address or a telephone number is wanted here\n  |\n  = help: write it as `hello@example.com` or as `+1 555 0100`\n",
            ),
        ] {
            assert_eq!(read(text).unwrap_err(), expected);
        }
    }
}
