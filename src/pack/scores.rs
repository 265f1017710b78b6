//! How areas and the total score: the keys of an area, of `total:` and of `defaults:`.

use std::collections::{BTreeMap, BTreeSet};

use super::keys::Keys;
use super::load::Loader;
use super::scales::YES_NO;
use crate::diag::{Code, Diagnostic};
use crate::model::{
    Area, Better, Choice, Formula, Method, MinAnswered, Number, QuestionId, QuestionKind, ScoreMissing,
    Scoring, Total,
};
use crate::source::Span;
use crate::yaml::{Node, Value};

const TOTAL_KEYS: [&str; 10] = [
    "title",
    "better",
    "bands",
    "scoring",
    "formula",
    "if_zero",
    "score_missing",
    "min_answered",
    "valid_if",
    "round",
];

/// Decimals beyond these are never printed.
const MOST_DECIMALS: i64 = 6;

const MISSING: [(&str, ScoreMissing); 5] = [
    ("bounds", ScoreMissing::Bounds),
    ("average", ScoreMissing::Average),
    ("zero", ScoreMissing::Zero),
    ("middle", ScoreMissing::Middle),
    ("none", ScoreMissing::None),
];

impl<'n> Loader<'_, 'n> {
    /// `better:` of a score.
    pub fn direction(&mut self, keys: &Keys<'_>) -> Option<Better> {
        let directions = [("higher", Better::Higher), ("lower", Better::Lower), ("neither", Better::Neither)];
        self.read.one_of(keys, "better", &directions)
    }

    /// What `pack: total:` says without anything else being known: whether there is one, its title and direction.
    pub fn total_head(&mut self) {
        let Some(node) = self.total_node() else { return };
        if node.text() == Some("none") {
            self.pack.total = None;
            return;
        }
        if let Value::Scalar(_) = node.value {
            self.read.push(
                Diagnostic::error(Code::WrongShape, node.span, format!("`total` is {}", node.what()))
                    .label("a map with keys is wanted here, or `none`")
                    .help("write `{ title: \"…\", bands: { … } }`, or `none`"),
            );
            return;
        }
        let Some(keys) = self.read.open(node, node.span, "`total`", &TOTAL_KEYS, &[]) else { return };
        let title = keys.get("title").and_then(|node| self.prose(node, "`title`"));
        let better = self.direction(&keys);
        if let Some(total) = &mut self.pack.total {
            total.title = title;
            total.better = better.unwrap_or(total.better);
        }
    }

    fn total_node(&self) -> Option<&'n Node> {
        self.sections.head?.1.get("total").filter(|node| !matches!(node.value, Value::Broken))
    }

    /// Reads how each area and the total score; questions and metrics are known by then.
    pub fn scorings(&mut self) {
        let items = self.sections.areas.clone();
        for (place, item) in items.iter().enumerate() {
            let Some(keys) = Keys::reopen(item.node, item.id_span, format!("area `{}`", item.id)) else {
                self.pack.areas[place].scoring = self.scoring.clone();
                continue;
            };
            let scoring = self.own_scoring(&keys);
            self.enough_questions(&keys, &scoring, &self.pack.areas[place].questions.clone());
            self.pack.areas[place].scoring = scoring;
        }
        let Some(node) = self.sections.head.map(|(_, node)| node) else { return };
        let keys = node
            .get("total")
            .filter(|node| node.entries().is_some())
            .and_then(|node| Keys::reopen(node, node.span, "`total`"));
        let scoring = keys.as_ref().map_or(self.scoring.clone(), |keys| self.own_scoring(keys));
        let says = keys.is_some_and(|keys| keys.has("better"));
        let better = common_direction(&self.pack.areas);
        if let Some(total) = &mut self.pack.total {
            *total = Total { better: if says { total.better } else { better }, scoring, ..total.clone() };
        }
    }

    /// `scoring` with all that belongs to it, over the pack's defaults. A formula is read later.
    fn own_scoring(&mut self, keys: &Keys<'_>) -> Scoring {
        let mut scoring = self.scoring.clone();
        let by_formula = keys.has("formula");
        match self.method(keys, true) {
            Some(Method::Formula(_)) if !by_formula => {
                self.read.need(keys, "formula", "score.… * 2.5");
            }
            Some(method) if by_formula && !matches!(method, Method::Formula(_)) => {
                let span = keys.key_span("formula").unwrap_or(keys.at());
                self.read.push(
                    Diagnostic::error(
                        Code::WrongValue,
                        span,
                        format!("{} has a `formula` and another `scoring`", keys.what()),
                    )
                    .label("one of the two is wanted")
                    .help("take `scoring` out, or write `scoring: formula`"),
                );
            }
            Some(method) => scoring.method = method,
            None => {}
        }
        if by_formula {
            scoring = self.formula_scoring(keys, scoring);
        } else {
            scoring = self.score_missing(keys, scoring);
        }
        scoring.round = self.round(keys);
        scoring.valid_if = self.valid_if(keys);
        scoring
    }

    /// A formula knows no missing answers of its own: only enough answers may be asked for.
    fn formula_scoring(&mut self, keys: &Keys<'_>, scoring: Scoring) -> Scoring {
        if let Some(span) = keys.key_span("score_missing") {
            self.read.push(
                Diagnostic::error(Code::WrongValue, span, "`score_missing` has no effect beside a formula")
                    .label("a formula is missing where a part is")
                    .help("say it where the formula's parts are scored, or take it out"),
            );
        }
        let min_answered = self.min_answered(keys);
        let method = Method::Formula(Formula::Number(Number::zero()));
        Scoring { method, missing: ScoreMissing::None, min_answered, ..scoring }
    }

    /// `scoring:`; the number in a formula's place stands until it is read.
    pub fn method(&mut self, keys: &Keys<'_>, own: bool) -> Option<Method> {
        let formula = Method::Formula(Formula::Number(Number::zero()));
        let mut known = vec![("mean", 0usize), ("sum", 1), ("raw_mean", 2)];
        if own {
            known.push(("formula", 3));
        }
        let at = self.read.one_of(keys, "scoring", &known)?;
        [Method::Mean, Method::Sum, Method::RawMean, formula].into_iter().nth(at)
    }

    /// `score_missing` and `min_answered`, over what holds where they are absent.
    pub fn score_missing(&mut self, keys: &Keys<'_>, otherwise: Scoring) -> Scoring {
        let least = self.min_answered(keys);
        let Ok(named) = self.named_missing(keys) else { return otherwise };
        let missing = named.unwrap_or(otherwise.missing);
        let kept = if missing == otherwise.missing { otherwise.min_answered.clone() } else { None };
        let min_answered = least.or(kept);
        if missing == ScoreMissing::Average && min_answered.is_none() {
            if !keys.has("min_answered") {
                let span = keys.key_span("score_missing").unwrap_or(keys.at());
                self.read.push(
                    Diagnostic::error(
                        Code::MissingKey,
                        span,
                        "`score_missing: average` has no `min_answered`",
                    )
                    .label("a mean of too few answers says nothing")
                    .help("add `min_answered: 60%`"),
                );
            }
            return otherwise;
        }
        let words = match missing {
            ScoreMissing::Bounds => Some(("bounds", "bounds use what there is")),
            ScoreMissing::None => Some(("none", "one that is missing leaves no score")),
            _ => None,
        };
        if let (Some((word, why)), Some(_)) = (words, &min_answered) {
            let span = keys.key_span("min_answered").unwrap_or(keys.at());
            self.read.push(
                Diagnostic::error(
                    Code::WrongValue,
                    span,
                    format!("`min_answered` has no effect under `score_missing: {word}`"),
                )
                .label(why)
                .help("add `score_missing: average`, or take it out"),
            );
            return otherwise;
        }
        Scoring { missing, min_answered, ..otherwise }
    }

    fn named_missing(&mut self, keys: &Keys<'_>) -> Result<Option<ScoreMissing>, ()> {
        if keys.get("score_missing").is_none() {
            return Ok(None);
        }
        self.read.one_of(keys, "score_missing", &MISSING).map(Some).ok_or(())
    }

    /// A share such as `60%`, or a whole number of questions.
    fn min_answered(&mut self, keys: &Keys<'_>) -> Option<MinAnswered> {
        let node = keys.get("min_answered")?;
        let text = self.read.text(node, "`min_answered`")?;
        let hundred = Number::from(100i64);
        let read = match text.text.trim().strip_suffix('%') {
            Some(digits) => Number::parse(digits.trim())
                .filter(|share| !share.is_negative() && *share <= hundred)
                .map(|share| MinAnswered::Share(&share / &hundred)),
            None => text.text.trim().parse().ok().filter(|count| *count > 0).map(MinAnswered::Count),
        };
        if read.is_none() {
            self.read.push(
                Diagnostic::error(
                    Code::WrongValue,
                    text.whole(),
                    format!("`min_answered` cannot be `{}`", text.text),
                )
                .label("a share such as `60%` or a number of questions is wanted here"),
            );
        }
        read
    }

    /// More answers than an area has questions could never be given.
    fn enough_questions(&mut self, keys: &Keys<'_>, scoring: &Scoring, questions: &[QuestionId]) {
        let (Some(MinAnswered::Count(count)), Some(node)) = (&scoring.min_answered, keys.get("min_answered"))
        else {
            return;
        };
        let scores = |id: &&QuestionId| self.pack.question(**id).raw_ends().is_some();
        let there = questions.iter().filter(scores).count();
        if *count > there && there > 0 {
            self.read.push(
                Diagnostic::error(
                    Code::OutOfRange,
                    node.span,
                    format!("`min_answered` asks for {count} of {there} questions"),
                )
                .label("so many can never be answered"),
            );
        }
    }

    /// `round:`, a number of decimals.
    pub fn round(&mut self, keys: &Keys<'_>) -> Option<u32> {
        self.read.whole(keys, "round", 0, MOST_DECIMALS).and_then(|places| u32::try_from(places).ok())
    }

    /// `valid_if:`; what it may name is looked at when the named conditions are read.
    pub fn valid_if(&mut self, keys: &Keys<'_>) -> Option<crate::model::Condition> {
        let node = keys.get("valid_if")?;
        self.guard(node, false)
    }

    /// What options are worth where it depends on how their areas score: under a mean, the worst must be worth 0
    /// and the best 100, told once a scale; `yes` is worth 1 where a sum takes it.
    pub fn points_of_scales(&mut self) {
        let mut used: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, item) in self.sections.questions.iter().enumerate() {
            if let Some(scale) = item.node.get("scale").and_then(Node::text) {
                used.entry(scale).or_default().push(place);
            }
        }
        let (mut averaged, mut raw) = (BTreeSet::new(), BTreeSet::new());
        for area in &self.pack.areas {
            match area.scoring.method {
                Method::Mean => averaged.extend(area.questions.iter().map(|id| id.0)),
                Method::Sum | Method::RawMean => raw.extend(area.questions.iter().map(|id| id.0)),
                Method::Formula(_) => {}
            }
        }
        let mut wrong: Vec<(Vec<Choice>, Span, String)> = Vec::new();
        for item in &self.sections.scales {
            let Some(options) = item.node.get("options") else { continue };
            let Some(QuestionKind::Options(choices)) = self.scales.get(item.id) else { continue };
            let places = used.get(item.id).map_or(&[][..], Vec::as_slice);
            let judged = if places.is_empty() {
                self.scoring.method == Method::Mean
            } else {
                places.iter().any(|place| averaged.contains(place))
            };
            // Of options that could not be read nobody knows the ends.
            let whole = options.entries().is_some_and(|entries| entries.len() == choices.len());
            if judged && whole {
                wrong.push((choices.clone(), options.span, format!("scale `{}`", item.id)));
            }
        }
        for (choices, span, what) in wrong {
            self.check_points(&choices, span, &what);
        }
        for place in used.get(YES_NO).into_iter().flatten().filter(|place| raw.contains(*place)) {
            if let QuestionKind::Options(choices) = &mut self.pack.questions[*place].kind {
                for choice in choices.iter_mut().filter(|choice| !choice.points.is_zero()) {
                    choice.points = Number::one();
                }
            }
        }
    }
}

/// The direction that all areas of the total share; higher where they share none.
fn common_direction(areas: &[Area]) -> Better {
    let mut counted = areas.iter().filter(|area| !area.weight.is_zero()).map(|area| area.better);
    match counted.next() {
        Some(first) if counted.all(|other| other == first) => first,
        _ => Better::Higher,
    }
}
