//! A table of steps brought up to date: what people wrote stays, what the rules say is renewed.

use std::collections::HashMap;

use super::{Action, NO_LONGER, Plan};
use crate::wording::{is_review_after, review_day};

/// What became of an earlier table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outdated {
    /// Steps that were there before and are still advised.
    pub kept: usize,
    pub added: usize,
    /// Steps that are advised no more.
    pub gone: usize,
}

/// The steps of now with what people wrote into the table of before. Owner, status, note and the columns that they added are
/// theirs, and so are days that they moved; days that nobody moved follow the plan. Steps that are advised no more are marked and
/// stay at the end, since somebody may be at work on them, and so do rows that people added.
pub fn bring_up_to_date(now: Vec<Action>, before: Plan) -> (Plan, Outdated) {
    let mut told = Outdated::default();
    let mut earlier: HashMap<String, Action> = HashMap::new();
    let mut order: Vec<String> = Vec::new();
    let Plan { own, steps } = before;
    // Each of our ids has a stroke in it, and so may theirs; what a run wrote says that it is advised, where the table says it at all.
    let said = |step: &Action| !step.advised.is_empty() || !step.planned.is_empty();
    let all_said = steps.iter().any(said);
    let (before, theirs): (Vec<Action>, Vec<Action>) =
        steps.into_iter().partition(|step| step.id.contains('/') && (said(step) || !all_said));
    let mut twice: Vec<Action> = Vec::new();
    for action in before {
        match earlier.get(&action.id) {
            None => {
                order.push(action.id.clone());
                earlier.insert(action.id.clone(), action);
            }
            // Of two rows with one id the first one counts; the other is somebody's all the same.
            Some(first) if *first != action => twice.push(Action { id: String::new(), ..action }),
            Some(_) => {}
        }
    }
    let mut out: Vec<Action> = Vec::new();
    for mut action in now {
        action.own = vec![String::new(); own.len()];
        match earlier.remove(&action.id) {
            Some(theirs) => {
                told.kept += 1;
                take_days(&mut action, &theirs);
                take(&mut action.owner, theirs.owner);
                take(&mut action.note, theirs.note);
                take(&mut action.status, theirs.status);
                action.own = theirs.own;
            }
            None => told.added += 1,
        }
        out.push(action);
    }
    for mut action in order.iter().filter_map(|id| earlier.remove(id)) {
        told.gone += 1;
        action.advised = NO_LONGER.to_owned();
        out.push(action);
    }
    out.extend(theirs.into_iter().chain(twice));
    (Plan { own, steps: out }, told)
}

fn take(own: &mut String, theirs: String) {
    if !theirs.is_empty() {
        *own = theirs;
    }
}

/// A day is theirs where it is not what a run wrote: `planned` is the due day that it gave, and the review follows from it.
fn take_days(action: &mut Action, theirs: &Action) {
    let moved = !theirs.due_text.is_empty() && theirs.due_text != theirs.planned;
    if moved {
        (action.due, action.due_text) = (theirs.due, theirs.due_text.clone());
    }
    let follows = |due: &str| {
        crate::model::date(due).is_some_and(|due| review_day(due).to_string() == theirs.review_text)
    };
    let written = theirs.review_text.is_empty()
        || theirs.review_text == action.review_text
        || is_review_after(&theirs.review_text)
        || follows(&theirs.planned)
        || follows(&theirs.due_text);
    if !written {
        (action.review, action.review_text) = (theirs.review, theirs.review_text.clone());
    } else if let Some(due) = action.due.filter(|_| moved) {
        let review = review_day(due);
        (action.review, action.review_text) = (Some(review), review.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::handover::{ADVISED, OPEN, plan_csv, plan_xlsx, read_plan};
    use crate::source::Sources;
    use crate::tables::open;

    fn action(id: &str, what: &str) -> Action {
        Action {
            id: id.to_owned(),
            what: what.to_owned(),
            respondent: "=cmd|' /C calc'!A0".to_owned(),
            owner: "Head of sales".to_owned(),
            due: crate::model::date("2026-03-31"),
            planned: "2026-03-31".to_owned(),
            due_text: "2026-03-31".to_owned(),
            advised: ADVISED.to_owned(),
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
        assert_eq!(made.steps[2], Action { advised: NO_LONGER.to_owned(), ..begun });
        assert_eq!((made.steps[3].status.as_str(), made.steps[3].advised.as_str()), (OPEN, NO_LONGER));
        assert_eq!((made.steps[4].id.as_str(), made.steps[4].what.as_str()), ("", "Twice"));
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
    fn days_are_read_as_spreadsheets_of_any_country_save_them() {
        let table = |days: [&str; 3]| {
            format!("id;what;planned;due;review\na/x;X;{}\na/y;Y;;next week;\n", days.join(";"))
        };
        for (days, due) in [
            (["31.03.2027", "02.05.2027", "07.04.2027"], "2027-05-02"),
            (["3/31/2027", "5/2/2027", "4/7/2027"], "2027-05-02"),
            (["31/03/2027", "02/05/2027", "07/04/2027"], "2027-05-02"),
            (["2027-03-31", "2027-05-02", "2027-04-07"], "2027-05-02"),
            // Nothing says which of the two is the month.
            (["3/1/2027", "5/2/2027", "4/7/2027"], "5/2/2027"),
        ] {
            let plan = read("plan.csv", table(days).as_bytes());
            assert_eq!((plan.steps[0].due_text.as_str(), plan.steps[0].due), (due, crate::model::date(due)));
            assert_eq!(plan.steps[1].due_text, "next week");
        }
    }

    #[test]
    fn rows_of_theirs_keep_ids_with_a_stroke() {
        let own = |id: &str| Action { id: id.to_owned(), what: "Ours".to_owned(), ..Action::default() };
        let steps = [action("a/x", "Do it"), own("n/a"), own("n/a"), own("2026/1")];
        let (made, told) = bring_up_to_date(vec![action("a/x", "Do it")], plan(&steps));
        assert_eq!((made, told), (plan(&steps), Outdated { kept: 1, added: 0, gone: 0 }));
    }

    #[test]
    fn a_status_is_read_however_it_is_spelled_and_own_words_stay() {
        let table = "id,what,status\na/x,X,Done\na/y,Y, DROPPED! \na/z,Z,with Kim\n";
        let plan = read("plan.csv", table.as_bytes());
        let statuses: Vec<&str> = plan.steps.iter().map(|step| step.status.as_str()).collect();
        assert_eq!(statuses, ["done", "dropped", "with Kim"]);
        assert_eq!(plan.own_statuses(), ["with Kim"]);
    }

    #[test]
    fn what_is_advised_again_says_so() {
        let gone = Action { advised: NO_LONGER.to_owned(), ..action("a/x", "Do it") };
        let (made, _) = bring_up_to_date(vec![action("a/x", "Do it")], plan(&[gone]));
        assert_eq!((made.steps[0].status.as_str(), made.steps[0].advised.as_str()), (OPEN, ADVISED));
    }

    /// What stood in the columns planned, due and review, and what stands in due and review after a run that plans for 2026-04-30.
    #[test]
    fn days_that_nobody_moved_follow_the_plan() {
        let now = Action {
            due: crate::model::date("2026-04-30"),
            due_text: "2026-04-30".to_owned(),
            planned: "2026-04-30".to_owned(),
            review: crate::model::date("2026-05-07"),
            review_text: "2026-05-07".to_owned(),
            ..action("a/x", "Do it")
        };
        for (before, after) in [
            (["2026-03-31", "2026-03-31", "2026-04-07"], ["2026-04-30", "2026-05-07"]),
            (["2026-03-31", "2026-06-10", "2026-04-07"], ["2026-06-10", "2026-06-17"]),
            (["2026-03-31", "2026-06-10", "2026-06-17"], ["2026-06-10", "2026-06-17"]),
            (["2026-03-31", "2026-03-31", "2026-04-20"], ["2026-04-30", "2026-04-20"]),
            (["2026-03-31", "in summer", "in autumn"], ["in summer", "in autumn"]),
            (["within 30 days", "within 30 days", "day 37"], ["2026-04-30", "2026-05-07"]),
            (["", "2026-03-31", "2026-04-07"], ["2026-03-31", "2026-04-07"]),
            (["2026-03-31", "", ""], ["2026-04-30", "2026-05-07"]),
        ] {
            let [planned, due, review] = before;
            let theirs = Action {
                planned: planned.to_owned(),
                due: crate::model::date(due),
                due_text: due.to_owned(),
                review: crate::model::date(review),
                review_text: review.to_owned(),
                ..action("a/x", "Do it")
            };
            let (made, _) = bring_up_to_date(vec![now.clone()], plan(&[theirs]));
            let step = &made.steps[0];
            assert_eq!([step.due_text.as_str(), step.review_text.as_str()], after, "{before:?}");
            assert_eq!((step.due, step.review), (crate::model::date(after[0]), crate::model::date(after[1])));
        }
    }
}
