//! What the answers say of a person beside the questions: where mails go, and whether somebody was there.

use serde_json::Value;

use crate::document::is_mail_address;
use crate::model::Respondent;

/// How a list of those present ticks somebody off.
const YES: [&str; 5] = ["yes", "y", "true", "x", "1"];

/// What stands under a name among the answers' own values, in whatever case; none where nothing is called so.
fn extra<'r>(respondent: &'r Respondent, name: &str) -> Option<&'r Value> {
    respondent.extra.iter().find(|(key, _)| key.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// The address that the answers give; else the id, where people are told apart by their addresses. Never put together.
pub(super) fn email(respondent: &Respondent) -> Option<String> {
    let given = extra(respondent, "email").and_then(Value::as_str).map(str::trim);
    let all = [given, Some(respondent.id.as_str())];
    all.into_iter().flatten().find(|text| is_mail_address(text)).map(str::to_owned)
}

/// Whether somebody counts as present: where nobody was asked to say so, all do; where a mark is wanted, only who has one.
pub(super) fn present(respondent: &Respondent) -> bool {
    let Some(mark) = extra(respondent, "attended") else { return true };
    match mark {
        Value::Bool(was) => *was,
        Value::Number(number) => number.as_i64() == Some(1),
        Value::String(text) => YES.iter().any(|yes| text.trim().eq_ignore_ascii_case(yes)),
        _ => false,
    }
}
