//! A table of steps brought up to date: what people wrote stays, what the rules say is renewed.

use std::collections::HashMap;

use super::{Action, NOT_ADVISED, OPEN, Plan};

/// What became of an earlier table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outdated {
    /// Steps that were there before and are still advised.
    pub kept: usize,
    pub added: usize,
    /// Steps that are advised no more.
    pub gone: usize,
}

/// The steps of now with what people wrote into the table of before. Owner, days, status, note and the columns that they added are
/// theirs, wherever they differ from what the earlier run can have written; steps that are advised no more stay at the end,
/// since somebody may be at work on them, and so do rows that people added.
pub fn bring_up_to_date(now: Vec<Action>, before: Plan) -> (Plan, Outdated) {
    let mut told = Outdated::default();
    let mut earlier: HashMap<String, Action> = HashMap::new();
    let mut order: Vec<String> = Vec::new();
    let Plan { own, steps } = before;
    // Each of our ids has a stroke in it.
    let (before, theirs): (Vec<Action>, Vec<Action>) =
        steps.into_iter().partition(|step| step.id.contains('/'));
    for action in before {
        if !earlier.contains_key(&action.id) {
            order.push(action.id.clone());
        }
        // Of two rows with one id the first one counts.
        earlier.entry(action.id.clone()).or_insert(action);
    }
    let mut out: Vec<Action> = Vec::new();
    for mut action in now {
        action.own = vec![String::new(); own.len()];
        match earlier.remove(&action.id) {
            Some(theirs) => {
                told.kept += 1;
                take(&mut action.owner, theirs.owner);
                take(&mut action.note, theirs.note);
                if theirs.due.is_some() || !theirs.due_text.is_empty() {
                    (action.due, action.due_text) = (theirs.due, theirs.due_text);
                }
                if theirs.review.is_some() || !theirs.review_text.is_empty() {
                    (action.review, action.review_text) = (theirs.review, theirs.review_text);
                }
                if theirs.status != NOT_ADVISED {
                    take(&mut action.status, theirs.status);
                }
                action.own = theirs.own;
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
    out.extend(theirs);
    (Plan { own, steps: out }, told)
}

fn take(own: &mut String, theirs: String) {
    if !theirs.is_empty() {
        *own = theirs;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::handover::{plan_csv, plan_xlsx, read_plan};
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

    fn read(name: &str, bytes: &[u8]) -> Plan {
        let mut sources = Sources::default();
        read_plan(&open(name, bytes, None, &mut sources).map_err(|_| ()).unwrap().grid).unwrap()
    }

    fn plan(steps: &[Action]) -> Plan {
        Plan { own: Vec::new(), steps: steps.to_vec() }
    }

    #[test]
    fn what_is_written_is_read_again_in_both_formats() {
        let plan = plan(&[action("a/x", "Do it"), action("a/y", "-1 thing")]);
        assert_eq!(read("plan.csv", plan_csv(&plan).as_bytes()), plan);
        assert_eq!(read("plan.xlsx", &plan_xlsx(&plan)), plan);
        assert_eq!(plan_xlsx(&plan), plan_xlsx(&plan));
        let csv = plan_csv(&plan);
        assert!(csv.contains(",'-1 thing,") && csv.contains("'=cmd"));
    }

    #[test]
    fn a_second_run_updates_and_loses_nothing() {
        let theirs = Action {
            owner: "Ann".to_owned(),
            status: "done".to_owned(),
            note: "in May".to_owned(),
            due: crate::model::date("2026-05-02"),
            due_text: "2026-05-02".to_owned(),
            review_text: "in June".to_owned(),
            ..action("a/x", "An old title")
        };
        let begun = Action { status: "begun".to_owned(), ..action("a/z", "Gone") };
        let (made, told) = bring_up_to_date(
            vec![action("a/x", "Do it"), action("a/y", "New")],
            plan(&[theirs.clone(), begun.clone(), action("a/w", "Gone too"), action("a/x", "Twice")]),
        );
        assert_eq!(told, Outdated { kept: 1, added: 1, gone: 2 });
        assert_eq!(made.steps[0], Action { what: "Do it".to_owned(), ..theirs });
        assert_eq!(made.steps[1], action("a/y", "New"));
        assert_eq!(made.steps[2], begun);
        assert_eq!(made.steps[3].status, NOT_ADVISED);
        // A third run with nothing new changes nothing.
        let (again, told) =
            bring_up_to_date(vec![action("a/x", "Do it"), action("a/y", "New")], made.clone());
        assert_eq!((again, told), (made, Outdated { kept: 2, added: 0, gone: 2 }));
    }

    #[test]
    fn columns_and_rows_that_people_added_stay() {
        let worked =
            "budget,id,what,status,,Mood\r\n=1+1,a/x,Old,done,,good\r\n,,My own step,open,2026-05-02,\r\n";
        let before = read("plan.csv", worked.as_bytes());
        assert_eq!(before.own, ["budget", "", "Mood"]);
        let (made, told) = bring_up_to_date(vec![action("a/y", "New"), action("a/x", "Do it")], before);
        assert_eq!(told, Outdated { kept: 1, added: 1, gone: 0 });
        assert_eq!(made.steps[0].own, ["", "", ""]);
        assert_eq!(made.steps[1].own, ["=1+1", "", "good"]);
        assert_eq!(made.steps[2].what, "My own step");
        let csv = plan_csv(&made);
        assert!(csv.contains(",note,budget,,Mood\r\n") && csv.contains(",'=1+1,,good\r\n"), "{csv}");
        for (name, bytes) in [("plan.csv", csv.clone().into_bytes()), ("plan.xlsx", plan_xlsx(&made))] {
            assert_eq!(read(name, &bytes), made, "{name}");
        }
    }

    #[test]
    fn what_is_advised_again_is_open_again() {
        let gone = Action { status: NOT_ADVISED.to_owned(), ..action("a/x", "Do it") };
        let (made, _) = bring_up_to_date(vec![action("a/x", "Do it")], plan(&[gone]));
        assert_eq!(made.steps[0].status, OPEN);
    }
}
