//! Explanations for machines: for each rule its conditions as a tree with what they found, and what would change it.

use super::json::Json;
use crate::explain::{Explainer, facts};
use crate::logic::{Truth, judge, judge_test};
use crate::markdown::plain;
use crate::model::{
    Answer, AskFirst, BandOf, Cells, Change, Condition, Counterfactual, Findings, Heard, NearMiss, Number,
    Pack, QuestionId, Respondent, RuleId, Stretch, Subject, Test, Unit, Unknown, Who,
};
use crate::pack::print;
use crate::wording::{self, Because, Line, because};

/// One compact line of JSON without its line break: for each rule asked for its status, the sentence, the tree of its
/// conditions, what would change it, what nearly did, and what to find out. Numbers are as in [`line`](super::line()).
pub fn explanation(
    explainer: &Explainer<'_>,
    pack: &Pack,
    respondent: &Respondent,
    findings: &Findings,
    rules: &[RuleId],
) -> String {
    let teller = Teller { explainer, pack, findings };
    Json::Map(vec![
        ("respondent", Json::text(&respondent.id)),
        ("pack", Json::text(&pack.id)),
        ("version", Json::text(&pack.version)),
        ("as_of", Json::or_null(findings.as_of, |day| Json::text(day.to_string()))),
        ("rules", Json::list(rules, |rule| teller.rule(*rule))),
    ])
    .to_string()
}

struct Teller<'a> {
    explainer: &'a Explainer<'a>,
    pack: &'a Pack,
    findings: &'a Findings,
}

impl Teller<'_> {
    fn rule(&self, id: RuleId) -> Json {
        let rule = &self.pack.rules[id.0];
        let Because { status, assumed, lines, sentence } = because(self.pack, self.findings, id);
        let near = self.explainer.near_miss(id);
        let asks = self.explainer.ask_first(id);
        let sentence = match wording::ask_first(self.pack, &asks) {
            Some(sentence) if !assumed => sentence,
            _ => sentence,
        };
        let mut lines = lines.iter();
        let near_to = near.as_ref().map(|near| near.subject);
        Json::Map(vec![
            ("rule", Json::text(&rule.id)),
            ("status", Json::text(status.word())),
            ("assumed", Json::Bool(assumed)),
            ("because", Json::text(plain(&sentence))),
            ("when", self.node(&rule.when, near_to, &mut lines)),
            ("unless", Json::or_null(rule.unless.as_ref(), |unless| self.node(unless, near_to, &mut lines))),
            ("would_change", Json::list(self.explainer.would_change(id), |way| self.way(&way))),
            ("near_miss", Json::or_null(near, |near| self.near(&near))),
            ("find_out", self.find_out(id, &asks)),
        ])
    }

    /// The lines of the evidence stand in the order of the tests.
    fn node<'l>(
        &self,
        condition: &Condition,
        near: Option<Subject>,
        lines: &mut impl Iterator<Item = &'l Line>,
    ) -> Json {
        let own = truth(judge(condition, self.pack, &self.findings.values));
        let mut each = |parts: &[Condition]| Json::list(parts, |part| self.node(part, near, lines));
        match condition {
            Condition::All(parts) => Json::Map(vec![("all", each(parts)), ("truth", own)]),
            Condition::Any(parts) => Json::Map(vec![("any", each(parts)), ("truth", own)]),
            Condition::AtLeast(n, parts) => {
                Json::Map(vec![("at_least", Json::Whole(*n)), ("of", each(parts)), ("truth", own)])
            }
            Condition::Not(inner) => Json::Map(vec![("not", self.node(inner, near, lines)), ("truth", own)]),
            Condition::Named(id, _) => {
                let named = self.pack.condition(*id);
                Json::Map(vec![
                    ("condition", Json::text(&named.id)),
                    ("when", self.node(&named.when, near, lines)),
                    ("truth", own),
                ])
            }
            Condition::Test(test) => self.test(test, near, lines.next()),
        }
    }

    fn test(&self, test: &Test, near: Option<Subject>, line: Option<&Line>) -> Json {
        let facts = facts(self.pack, self.findings, test);
        let certain = facts.ends.as_ref().filter(|(low, high)| low == high).map(|(low, _)| low);
        let own = judge_test(test, &self.findings.values);
        let stands =
            near.is_some_and(|near| crate::explain::number_of(test.subject) == near) && own.is_false();
        Json::Map(vec![
            ("test", Json::or_null(print::test(test, self.pack), Json::Text)),
            ("name", self.name(test.subject)),
            ("text", Json::or_null(line, |line| Json::text(plain(&line.text)))),
            ("value", Json::or_null(certain, Json::number)),
            ("low", Json::or_null(facts.ends.as_ref(), |(low, _)| Json::number(low))),
            ("high", Json::or_null(facts.ends.as_ref(), |(_, high)| Json::number(high))),
            ("label", Json::or_null(self.label(test.subject), Json::Text)),
            ("unit", Json::text(self.unit(test.subject).name())),
            ("threshold", Json::list(&facts.edges, Json::number)),
            ("margin", Json::or_null(facts.margin.as_ref(), Json::number)),
            ("truth", truth(own)),
            ("decisive", Json::Bool(line.is_some_and(|line| line.decisive))),
            ("near_miss", Json::Bool(stands)),
            (
                "sources",
                Json::list(line.map_or(&[][..], |line| &line.sources), |id| {
                    Json::text(&self.pack.citation(*id).id)
                }),
            ),
            ("answers", Json::list(&facts.questions, |id| self.answer(*id))),
            (
                "metrics",
                Json::list(&facts.metrics, |id| {
                    Json::Map(vec![
                        ("metric", Json::text(&self.pack.metric(*id).id)),
                        ("value", Json::or_null(self.findings.values.metric(*id).value(), Json::number)),
                    ])
                }),
            ),
        ])
    }

    fn name(&self, subject: Subject) -> Json {
        Json::or_null(print::subject(subject, self.pack), Json::Text)
    }

    /// The band or the option chosen, where it is certain.
    fn label(&self, subject: Subject) -> Option<String> {
        match subject {
            Subject::Band(of) => self.findings.band_name(self.pack, of).map(|name| name.id.clone()),
            Subject::Answer(id) => match self.findings.values.answer(id) {
                Heard::Option(at) => self.option(id, *at),
                _ => None,
            },
            _ => None,
        }
    }

    fn option(&self, id: QuestionId, at: usize) -> Option<String> {
        self.pack.question(id).kind.choices().get(at).map(|choice| choice.id.clone())
    }

    fn unit(&self, subject: Subject) -> &Unit {
        match subject {
            Subject::Metric(id) | Subject::Band(BandOf::Metric(id)) => &self.pack.metric(id).unit,
            Subject::Answer(id) => match &self.pack.question(id).kind {
                crate::model::QuestionKind::Number { unit, .. } => unit,
                _ => &Unit::None,
            },
            _ => &Unit::None,
        }
    }

    /// What was heard: a number, an option's id or several; with why, where there is none.
    fn answer(&self, id: QuestionId) -> Json {
        let option = |at: &usize| Json::or_null(self.option(id, *at), Json::Text);
        let (answer, absence) = match self.findings.values.answer(id) {
            Heard::Number(value) => (Json::number(value), None),
            Heard::Option(at) => (option(at), None),
            Heard::Many(chosen) => (Json::list(chosen, option), None),
            Heard::Text(text) => (Json::text(text), None),
            Heard::Mixed(_) => (Json::Null, Some("mixed")),
            Heard::Absent(absence) => (Json::Null, Some(absence.key())),
        };
        Json::Map(vec![
            ("question", Json::text(&self.pack.question(id).id)),
            ("answer", answer),
            ("absence", Json::or_null(absence, Json::text)),
        ])
    }

    fn way(&self, way: &Counterfactual) -> Json {
        Json::Map(vec![
            ("text", Json::text(plain(&wording::way(self.pack, way)))),
            ("changes", Json::list(&way.changes, |change| self.change(change))),
            ("moved", Json::number(&way.moved)),
            (
                "reached",
                Json::list(&way.reached, |reached| {
                    Json::Map(vec![
                        ("name", self.name(reached.subject)),
                        ("value", Json::number(&reached.value)),
                    ])
                }),
            ),
        ])
    }

    fn change(&self, change: &Change) -> Json {
        match change {
            Change::Metric { metric, from, to } => Json::Map(vec![
                ("metric", Json::text(&self.pack.metric(*metric).id)),
                ("from", Json::number(from)),
                ("to", Json::number(to)),
            ]),
            Change::Answer { question, who, from, to } => Json::Map(vec![
                ("question", Json::text(&self.pack.question(*question).id)),
                (
                    "who",
                    match who {
                        Who::Own => Json::Null,
                        Who::Everybody => Json::text("everybody"),
                        Who::Role(role) => Json::text(role),
                    },
                ),
                ("from", Json::or_null(from.as_ref(), |from| self.given(*question, from))),
                ("to", self.given(*question, to)),
            ]),
        }
    }

    fn given(&self, id: QuestionId, answer: &Answer) -> Json {
        let option = |at: &usize| Json::or_null(self.option(id, *at), Json::Text);
        match answer {
            Answer::Number(value) => Json::number(value),
            Answer::Option(at) => option(at),
            Answer::Many(chosen) => Json::list(chosen, option),
            Answer::Text(text) => Json::text(text),
            Answer::Absent(absence) => Json::text(absence.key()),
        }
    }

    fn near(&self, near: &NearMiss) -> Json {
        Json::Map(vec![
            ("text", Json::text(plain(&wording::almost(self.pack, self.findings, near)))),
            ("name", self.name(near.subject)),
            ("value", Json::number(&near.value)),
            ("edge", Json::number(&near.edge)),
            ("at_edge", Json::Bool(near.at_edge)),
            ("rises", Json::Bool(near.rises)),
            ("share", Json::number(&near.share)),
            ("by", Json::or_null(near.by.as_ref(), |way| self.way(way))),
        ])
    }

    /// First what was tried in all its values, then whatever else is missing.
    fn find_out(&self, id: RuleId, asks: &[AskFirst]) -> Json {
        let open = self.findings.find_out.iter().filter(|found| found.rules.contains(&id));
        let more = open.map(|found| found.what).filter(|what| asks.iter().all(|ask| ask.what != *what));
        let mut all: Vec<Json> = asks.iter().map(|ask| self.ask(ask.what, Some(ask))).collect();
        all.extend(more.map(|what| self.ask(what, None)));
        Json::List(all)
    }

    fn ask(&self, what: Unknown, ask: Option<&AskFirst>) -> Json {
        let (kind, id) = match what {
            Unknown::Answer(id) => ("question", &self.pack.question(id).id),
            Unknown::Voice(id) => ("voice", &self.pack.question(id).id),
            Unknown::Agreement(id) => ("agreement", &self.pack.question(id).id),
            Unknown::Metric(id) => ("metric", &self.pack.metric(id).id),
            Unknown::Before(id) => ("before", &self.pack.metric(id).id),
        };
        let cells = |of: fn(&AskFirst) -> &Cells| Json::or_null(ask, |ask| self.cells(what, of(ask)));
        Json::Map(vec![
            ("kind", Json::text(kind)),
            ("id", Json::text(id)),
            ("text", Json::or_null(ask, |ask| Json::text(plain(&wording::decides(self.pack, ask))))),
            ("applies", cells(|ask| &ask.applies)),
            ("does_not", cells(|ask| &ask.does_not)),
            ("open", cells(|ask| &ask.open)),
        ])
    }

    fn cells(&self, what: Unknown, cells: &Cells) -> Json {
        match (cells, what) {
            (Cells::Options(options), Unknown::Answer(id) | Unknown::Voice(id) | Unknown::Agreement(id)) => {
                Json::list(options, |at| Json::or_null(self.option(id, *at), Json::Text))
            }
            (Cells::Options(_), _) => Json::List(Vec::new()),
            (Cells::Numbers(stretches), _) => Json::list(stretches, stretch),
        }
    }
}

fn stretch(stretch: &Stretch) -> Json {
    let end = |end: &Option<(Number, bool)>| Json::or_null(end.as_ref(), |(number, _)| Json::number(number));
    let included =
        |end: &Option<(Number, bool)>| Json::Bool(end.as_ref().is_some_and(|(_, included)| *included));
    Json::Map(vec![
        ("from", end(&stretch.low)),
        ("from_included", included(&stretch.low)),
        ("to", end(&stretch.high)),
        ("to_included", included(&stretch.high)),
    ])
}

/// `null` where it is not known.
fn truth(truth: Truth) -> Json {
    match truth {
        Truth::True => Json::Bool(true),
        Truth::False => Json::Bool(false),
        Truth::Unknown { .. } => Json::Null,
    }
}
