//! Steps as Markdown tasks, for tools that take them.

use jiff::civil::Date;

use super::{Action, DONE, NO_LONGER};
use crate::markdown::inert;

/// One check box a step, those of one respondent under their name. What was dropped, or is advised no more and was never begun, is
/// nobody's task.
pub fn plan_tasks(actions: &[Action]) -> String {
    let mut out = String::from("# Plan\n");
    let mut name = None;
    for action in actions.iter().filter(|action| action.is_on()) {
        if name != Some(&action.respondent) {
            let whose = if action.respondent.is_empty() { "Other steps" } else { &action.respondent };
            out.push_str(&format!("\n## {}\n\n", inert(whose)));
            name = Some(&action.respondent);
        }
        let done = if action.status == DONE { 'x' } else { ' ' };
        let shown_by = action.shown_by(inert);
        let status = (!action.is_untouched() && action.status != DONE).then(|| inert(&action.status));
        let parts = [
            status,
            (action.advised == NO_LONGER).then(|| "no longer advised".to_owned()),
            (!action.owner.is_empty()).then(|| inert(&action.owner)),
            day(action.due, &action.due_text).map(|due| format!("due {due}")),
            day(action.review, &action.review_text).map(|review| format!("review {review}")),
            (!shown_by.is_empty()).then(|| format!("shown by {shown_by}")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let more = if parts.is_empty() { String::new() } else { format!(" ({})", parts.join("; ")) };
        let id = match action.id.replace('`', "'") {
            id if id.is_empty() => id,
            id => format!(" `{id}`"),
        };
        out.push_str(&format!("- [{done}] {}{more}{id}\n", inert(&action.what)));
    }
    out
}

fn day(day: Option<Date>, written: &str) -> Option<String> {
    let text = day.map_or_else(|| written.to_owned(), |day| day.to_string());
    (!text.is_empty()).then(|| inert(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_stand_under_their_people_and_are_no_markup() {
        let action = |who: &str, status: &str| Action {
            id: format!("{who}/x"),
            respondent: who.to_owned(),
            what: "Write *it* down".to_owned(),
            owner: "Ann".to_owned(),
            status: status.to_owned(),
            due_text: "within 30 days".to_owned(),
            review_text: "day 37".to_owned(),
            evidence: "Leave taken".to_owned(),
            target: "all".to_owned(),
            ..Action::default()
        };
        let no_longer = |status: &str| Action { advised: NO_LONGER.to_owned(), ..action("c", status) };
        assert_eq!(
            plan_tasks(&[action("c", "dropped"), no_longer("open"), no_longer("begun")]),
            "# Plan\n\n## c\n\n- [ ] Write \\*it\\* down (begun; no longer advised; Ann; due within 30 days; review day 37; \
             shown by Leave taken, aim all) `c/x`\n"
        );
        assert_eq!(
            plan_tasks(&[action("a", "open"), action("a", "done"), action("[b](x)", "open")]),
            "# Plan\n\n## a\n\n- [ ] Write \\*it\\* down (Ann; due within 30 days; review day 37; shown by Leave taken, aim all) `a/x`\n\
             - [x] Write \\*it\\* down (Ann; due within 30 days; review day 37; shown by Leave taken, aim all) `a/x`\n\n## \\[b\\]\\(x\\)\n\n\
             - [ ] Write \\*it\\* down (Ann; due within 30 days; review day 37; shown by Leave taken, aim all) `[b](x)/x`\n"
        );
    }
}
