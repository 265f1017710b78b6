//! Steps as Markdown tasks, for tools that take them.

use super::Action;
use crate::markdown::inert;

/// One check box a step, those of one respondent under their name.
pub fn plan_tasks(actions: &[Action]) -> String {
    let mut out = String::from("# Plan\n");
    let mut name = None;
    for action in actions {
        if name != Some(&action.respondent) {
            out.push_str(&format!("\n## {}\n\n", inert(&action.respondent)));
            name = Some(&action.respondent);
        }
        let done = if action.status == "done" { 'x' } else { ' ' };
        let parts = [
            (!action.owner.is_empty()).then(|| inert(&action.owner)),
            due(action).map(|due| format!("due {}", inert(&due))),
            (!action.evidence.is_empty()).then(|| format!("evidence: {}", inert(&action.evidence))),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let more = if parts.is_empty() { String::new() } else { format!(" ({})", parts.join("; ")) };
        out.push_str(&format!(
            "- [{done}] {}{more} `{}`\n",
            inert(&action.what),
            action.id.replace('`', "'")
        ));
    }
    out
}

fn due(action: &Action) -> Option<String> {
    let text = action.due.map_or_else(|| action.due_text.clone(), |day| day.to_string());
    (!text.is_empty()).then_some(text)
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
            ..Action::default()
        };
        assert_eq!(
            plan_tasks(&[action("a", "open"), action("a", "done"), action("[b](x)", "open")]),
            "# Plan\n\n## a\n\n- [ ] Write \\*it\\* down (Ann; due within 30 days) `a/x`\n\
             - [x] Write \\*it\\* down (Ann; due within 30 days) `a/x`\n\n## \\[b\\]\\(x\\)\n\n\
             - [ ] Write \\*it\\* down (Ann; due within 30 days) `[b](x)/x`\n"
        );
    }
}
