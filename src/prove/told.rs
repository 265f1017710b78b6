//! What is to be said about coverage and mutants, as warnings at their places and as the two lines at the end.

use super::cover::{Coverage, Line, OUTCOMES, Untested};
use super::mutate::{Mutation, Survivor};
use crate::cells::case_of;
use crate::diag::{Code, Diagnostic};
use crate::model::Pack;
use crate::values::work_out;

/// A warning for each rule and each line of which the tests leave something open.
pub fn gaps(coverage: &Coverage, pack: &Pack) -> Vec<Diagnostic> {
    let mut out: Vec<Diagnostic> = coverage.rules.iter().map(|untested| rule(*untested, pack)).collect();
    let open = coverage.lines.iter().filter(|line| !line.missing.is_empty());
    out.extend(open.map(|one| line(one, pack)));
    out
}

/// "coverage: 412 of 420 attainable condition outcomes (98.1%); 37 cannot be attained"
pub fn coverage_line(coverage: &Coverage) -> String {
    let (seen, all) = (coverage.seen(), coverage.attainable());
    let mut out = format!("coverage: {seen} of {all} attainable condition outcomes ({})", percent(seen, all));
    match coverage.unattainable() {
        0 => {}
        count => out.push_str(&format!("; {count} cannot be attained")),
    }
    match coverage.not_decided() {
        0 => {}
        count => out.push_str(&format!("; {count} of those not seen were not decided")),
    }
    out
}

/// "mutation: 212 of 230 killed (92.1%), 14 equivalent left out"
pub fn mutation_line(mutation: &Mutation) -> String {
    let (killed, all) = (mutation.killed, mutation.counted());
    let mut out = format!("mutation: {killed} of {all} killed ({})", percent(killed, all));
    match mutation.equivalent {
        0 => {}
        count => out.push_str(&format!(", {count} equivalent left out")),
    }
    match mutation.not_decided() {
        0 => {}
        count => out.push_str(&format!("; {count} of those that survived were not decided")),
    }
    out
}

/// A warning for each slip that no test noticed.
pub fn survivors(mutation: &Mutation, pack: &Pack) -> Vec<Diagnostic> {
    mutation.survivors.iter().map(|survivor| unnoticed(survivor, pack)).collect()
}

fn unnoticed(survivor: &Survivor, pack: &Pack) -> Diagnostic {
    let message = format!("no test notices {}", survivor.slip.in_words());
    let told = Diagnostic::warning(Code::SlipUnnoticed, survivor.slip.span, message)
        .label("every test passes all the same");
    match &survivor.difference {
        Some(difference) => {
            let values = work_out(pack, &difference.respondent, difference.respondent.date).values;
            let case = case_of(&difference.subjects, pack, &values);
            let day =
                difference.respondent.date.map_or_else(String::new, |day| format!(" with `date: {day}`"));
            told.help(format!("{case}{day}, {}", difference.words))
        }
        None => told.help("whether anybody would be judged differently was not decided"),
    }
}

fn rule(untested: Untested, pack: &Pack) -> Diagnostic {
    let rule = &pack.rules[untested.rule.0];
    let id = &rule.id;
    let (message, help) = match (untested.fires, untested.rests) {
        (true, true) => (
            format!("no test says whether rule `{id}` fires"),
            "name it under `fired:` of one test, and leave it out in another",
        ),
        (true, false) => (format!("no test expects rule `{id}` to fire"), "name it under `fired:` of a test"),
        (false, _) => (
            format!("no test expects that rule `{id}` does not fire"),
            "add a test in which it is not among `fired:`",
        ),
    };
    Diagnostic::warning(Code::RuleUntested, rule.span, message)
        .label("a slip in it would go unnoticed")
        .help(help)
}

fn line(line: &Line, pack: &Pack) -> Diagnostic {
    let word = |truths| OUTCOMES.iter().find(|(outcome, _)| *outcome == truths).map_or("", |(_, word)| *word);
    let words: Vec<&str> = line.missing.iter().map(|missing| word(missing.outcome)).collect();
    let message = format!("no test has seen this line {}", either(&words));
    let mut told =
        Diagnostic::warning(Code::OutcomeUnseen, line.span, message).label("an outcome never seen");
    for missing in &line.missing {
        let word = word(missing.outcome);
        told = told.help(match &missing.witness {
            Some(witness) => {
                let values = work_out(pack, witness, None).values;
                format!("it is {word}, {}", case_of(&[line.subject], pack, &values))
            }
            None => format!("whether it can be {word} was not decided"),
        });
    }
    told
}

/// "true, false or unknown"
fn either(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// A share with one decimal, rounded down so that only a whole is called 100%.
pub fn percent(part: usize, whole: usize) -> String {
    if part == whole {
        return "100%".to_owned();
    }
    let tenths = part * 1000 / whole.max(1);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn only_a_whole_is_a_hundred_percent() {
        assert_eq!(percent(1999, 2000), "99.9%");
        assert_eq!(percent(0, 3), "0.0%");
        assert_eq!(percent(412, 420), "98.0%");
        assert_eq!(percent(3, 3), "100%");
        assert_eq!(percent(0, 0), "100%");
    }
}
