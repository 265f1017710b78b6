//! A table of steps brought up to date: what people wrote stays, what the rules say is renewed.

use std::collections::HashMap;

use super::{Action, NOT_ADVISED, OPEN};

/// What became of an earlier table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outdated {
    /// Steps that were there before and are still advised.
    pub kept: usize,
    pub added: usize,
    /// Steps that are advised no more.
    pub gone: usize,
}

/// The steps of now with what people wrote into those of before. Owner, day, status and note are theirs, wherever they differ from
/// what the earlier run can have written; steps that are advised no more stay at the end, since somebody may be at work on
/// them.
pub fn bring_up_to_date(now: Vec<Action>, before: Vec<Action>) -> (Vec<Action>, Outdated) {
    let mut told = Outdated::default();
    let mut earlier: HashMap<String, Action> = HashMap::new();
    let mut order: Vec<String> = Vec::new();
    for action in before {
        if !earlier.contains_key(&action.id) {
            order.push(action.id.clone());
        }
        // Of two rows with one id the first one counts.
        earlier.entry(action.id.clone()).or_insert(action);
    }
    let mut out: Vec<Action> = Vec::new();
    for mut action in now {
        match earlier.remove(&action.id) {
            Some(theirs) => {
                told.kept += 1;
                take(&mut action.owner, theirs.owner);
                take(&mut action.note, theirs.note);
                if theirs.due.is_some() || !theirs.due_text.is_empty() {
                    (action.due, action.due_text) = (theirs.due, theirs.due_text);
                }
                if theirs.status != NOT_ADVISED {
                    take(&mut action.status, theirs.status);
                }
            }
            None => told.added += 1,
        }
        out.push(action);
    }
    for mut action in order.iter().filter_map(|id| earlier.remove(id)) {
        told.gone += 1;
        if action.status.is_empty() || action.status == OPEN {
            action.status = NOT_ADVISED.to_owned();
        }
        out.push(action);
    }
    (out, told)
}

fn take(own: &mut String, theirs: String) {
    if !theirs.is_empty() {
        *own = theirs;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::handover::{actions_csv, actions_xlsx, read_actions};
    use crate::source::Sources;
    use crate::tables::open;

    fn action(id: &str, what: &str) -> Action {
        Action {
            id: id.to_owned(),
            what: what.to_owned(),
            respondent: "=cmd|' /C calc'!A0".to_owned(),
            owner: "Head of sales".to_owned(),
            due: crate::model::date("2026-03-31"),
            due_text: "2026-03-31".to_owned(),
            status: OPEN.to_owned(),
            why: "a, \"b\"\nc".to_owned(),
            ..Action::default()
        }
    }

    fn read(name: &str, bytes: &[u8]) -> Vec<Action> {
        let mut sources = Sources::default();
        read_actions(&open(name, bytes, None, &mut sources).map_err(|_| ()).unwrap().grid)
    }

    #[test]
    fn what_is_written_is_read_again_in_both_formats() {
        let actions = [action("a/x", "Do it"), action("a/y", "-1 thing")];
        assert_eq!(read("plan.csv", actions_csv(&actions).as_bytes()), actions);
        assert_eq!(read("plan.xlsx", &actions_xlsx(&actions)), actions);
        assert_eq!(actions_xlsx(&actions), actions_xlsx(&actions));
        assert!(actions_csv(&actions).contains(",'-1 thing,") && actions_csv(&actions).contains("'=cmd"));
    }

    #[test]
    fn a_second_run_updates_and_loses_nothing() {
        let theirs = Action {
            owner: "Ann".to_owned(),
            status: "done".to_owned(),
            note: "in May".to_owned(),
            due: crate::model::date("2026-05-02"),
            due_text: "2026-05-02".to_owned(),
            ..action("a/x", "An old title")
        };
        let begun = Action { status: "begun".to_owned(), ..action("a/z", "Gone") };
        let (made, told) = bring_up_to_date(
            vec![action("a/x", "Do it"), action("a/y", "New")],
            vec![theirs.clone(), begun.clone(), action("a/w", "Gone too"), action("a/x", "Twice")],
        );
        assert_eq!(told, Outdated { kept: 1, added: 1, gone: 2 });
        assert_eq!(made[0], Action { what: "Do it".to_owned(), ..theirs });
        assert_eq!(made[1], action("a/y", "New"));
        assert_eq!(made[2], begun);
        assert_eq!(made[3].status, NOT_ADVISED);
        // A third run with nothing new changes nothing.
        let (again, told) =
            bring_up_to_date(vec![action("a/x", "Do it"), action("a/y", "New")], made.clone());
        assert_eq!((again, told), (made, Outdated { kept: 2, added: 0, gone: 2 }));
    }

    #[test]
    fn what_is_advised_again_is_open_again() {
        let gone = Action { status: NOT_ADVISED.to_owned(), ..action("a/x", "Do it") };
        let (made, _) = bring_up_to_date(vec![action("a/x", "Do it")], vec![gone]);
        assert_eq!(made[0].status, OPEN);
    }
}
