//! What answers say of a person beside the questions: where mails go, and whether somebody was there.

use serde_json::Value;

use super::words::fold;
use crate::document::is_mail_address;
use crate::model::Respondent;

/// Headings and keys under which mail addresses stand, in the languages of the form tools.
const ADDRESS: [&str; 12] = [
    "email",
    "e-mail",
    "mail",
    "email address",
    "e-mail address",
    "mail address",
    "your email",
    "your e-mail",
    "e-mail-adresse",
    "adresse e-mail",
    "adresse de messagerie",
    "correo electrónico",
];
const ATTENDED: &str = "attended";

/// How a list of those present ticks somebody off, and how it says that somebody stayed away.
const THERE: [&str; 9] = ["yes", "y", "true", "x", "1", "present", "attended", "✓", "✔"];
const AWAY: [&str; 8] = ["", "no", "n", "false", "0", "-", "absent", "away"];

/// Where mails to somebody go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    Given(String),
    /// What stands under the address and is none.
    Wrong(String),
    Nowhere,
}

/// Whether somebody was at the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Presence {
    There,
    Away,
    /// What was written in the place of a mark.
    Unread(String),
}

/// Whether a column or key of this name holds mail addresses.
pub fn names_address(name: &str) -> bool {
    ADDRESS.contains(&fold(name).as_str())
}

/// Whether a column or key of this name says more of a person than of the answers.
pub fn is_about(name: &str) -> bool {
    names_address(name) || fold(name) == ATTENDED
}

/// The names that a slip may have meant.
pub const fn names() -> [&'static str; 2] {
    [ADDRESS[0], ATTENDED]
}

/// The address that the answers give; else the id, where people are told apart by their addresses. Never put together.
pub fn address(respondent: &Respondent) -> Address {
    let under = respondent.extra.iter().filter(|(key, _)| names_address(key));
    let mut given = under
        .filter_map(|(_, value)| value.as_str())
        .map(str::trim)
        // Forms that ask for no address say so in its place.
        .filter(|text| !text.is_empty() && !text.eq_ignore_ascii_case("anonymous"));
    let first = given.clone().next();
    let id = Some(respondent.id.as_str()).filter(|id| is_mail_address(id));
    match (given.find(|text| is_mail_address(text)).or(id), first) {
        (Some(address), _) => Address::Given(address.to_owned()),
        (None, Some(wrong)) => Address::Wrong(wrong.to_owned()),
        (None, None) => Address::Nowhere,
    }
}

/// Whether somebody was there: where nobody was asked to say so, all were; where a mark is wanted, only who has one.
pub fn presence(respondent: &Respondent) -> Presence {
    let mark = respondent.extra.iter().find(|(key, _)| fold(key) == ATTENDED).map(|(_, value)| value);
    let written = match mark {
        None => return Presence::There,
        Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(other) => other.to_string(),
    };
    let word = fold(&written);
    match (THERE.contains(&word.as_str()), AWAY.contains(&word.as_str())) {
        (true, _) => Presence::There,
        (false, true) => Presence::Away,
        (false, false) => Presence::Unread(written),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn with(id: &str, extra: Value) -> Respondent {
        let Value::Object(extra) = extra else { panic!("an object") };
        Respondent { id: id.to_owned(), extra, ..Respondent::default() }
    }

    #[test]
    fn mails_go_to_the_address_given_or_to_the_id_that_is_one() {
        let given = |address: &str| Address::Given(address.to_owned());
        let wrong = |text: &str| Address::Wrong(text.to_owned());
        for (id, extra, expected) in [
            ("ann", json!({ "email": " ann@example.com " }), given("ann@example.com")),
            ("ann", json!({ "E-Mail Address": "ann@example.com" }), given("ann@example.com")),
            ("ann", json!({ "email": "ann(at)example.com" }), wrong("ann(at)example.com")),
            ("ann", json!({ "email": "", "mail": "ann@example.com" }), given("ann@example.com")),
            ("ann@example.com", json!({ "email": "none" }), given("ann@example.com")),
            ("ann", json!({ "emails": "ann@example.com" }), Address::Nowhere),
            ("ann", json!({ "email": null }), Address::Nowhere),
            ("ann", json!({ "email": "Anonymous" }), Address::Nowhere),
        ] {
            assert_eq!(address(&with(id, extra.clone())), expected, "{id} {extra}");
        }
    }

    #[test]
    fn a_mark_says_who_was_there_and_no_other_word_does() {
        for (extra, expected) in [
            (json!({}), Presence::There),
            (json!({ "attended": "Yes" }), Presence::There),
            (json!({ "Attended": true }), Presence::There),
            (json!({ "attended": 1 }), Presence::There),
            (json!({ "attended": "✓" }), Presence::There),
            (json!({ "attended": " " }), Presence::Away),
            (json!({ "attended": null }), Presence::Away),
            (json!({ "attended": false }), Presence::Away),
            (json!({ "attended": "No" }), Presence::Away),
            (json!({ "attended": "the first half" }), Presence::Unread("the first half".to_owned())),
            (json!({ "attended": 2 }), Presence::Unread("2".to_owned())),
        ] {
            assert_eq!(presence(&with("ann", extra.clone())), expected, "{extra}");
        }
    }
}
