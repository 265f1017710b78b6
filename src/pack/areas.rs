//! Areas: the practices that are assessed.

use super::bands::Cut;
use super::items::Item;
use super::keys::Keys;
use super::load::Loader;
use crate::diag::{Code, Diagnostic};
use crate::model::{
    Area, Better, Dated, DatedBands, MetricId, MinAnswered, Number, ScoreMissing, Scoring, Unit,
};

const KEYS: [&str; 8] =
    ["title", "weight", "metrics", "bands", "scoring", "score_missing", "min_answered", "allow"];
const LATER: [&str; 6] = ["formula", "questions", "better", "valid_if", "round", "points"];

impl Loader<'_, '_> {
    pub fn areas(&mut self) {
        let items = self.sections.areas.clone();
        for item in &items {
            let area = self.area(item);
            self.pack.areas.push(area);
        }
    }

    fn area(&mut self, item: &Item<'_>) -> Area {
        let mut area = Area {
            id: item.id.to_owned(),
            title: super::empty_prose(item.id, item.id_span),
            weight: Number::one(),
            metrics: Vec::new(),
            better: Better::Higher,
            bands: self.bands.clone(),
            scoring: self.scoring.clone(),
            range: Some((Number::zero(), Number::from(100i64))),
            widest: Some((Number::zero(), Number::from(100i64))),
            questions: Vec::new(),
            span: item.span(),
        };
        let what = format!("area `{}`", item.id);
        let Some(keys) = self.read.open(item.node, item.id_span, &*what, &KEYS, &LATER) else { return area };
        self.allow(&keys, item.span());
        if let Some(node) = self.read.need(&keys, "title", "\"…\"")
            && let Some(title) = self.prose(node, "`title`")
        {
            area.title = title;
        }
        if let Some(weight) = self.read.weight(&keys, "weight") {
            area.weight = weight;
        }
        if let Some(node) = keys.get("metrics") {
            for text in self.read.texts(node, "`metrics`") {
                let found: Result<MetricId, _> = self.names.metric(text.text, text.whole());
                area.metrics.extend(self.read.ok(found));
            }
        }
        if keys.get("bands").is_some() {
            area.bands = self.score_bands(&keys, item.id);
        }
        self.scoring_kind(&keys);
        area.scoring = self.score_missing(&keys, area.scoring.clone());
        area
    }

    /// `bands:` of a score, from 0 to 100.
    pub fn score_bands(&mut self, keys: &Keys<'_>, name: &str) -> Vec<DatedBands> {
        let Some(node) = keys.get("bands") else { return Vec::new() };
        if node.text() == Some("none") {
            self.read.push(super::keys::not_yet(node.span, "`bands: none`"));
            return Vec::new();
        }
        let range = (Number::zero(), Number::from(100i64));
        let bands = self.bands(node, &Cut { name, unit: &Unit::Points, range: Some(&range) });
        bands.map(Dated::plain).into_iter().collect()
    }

    /// `scoring: mean` is how every score is made; the other ways come later.
    pub fn scoring_kind(&mut self, keys: &Keys<'_>) {
        let Some(node) = keys.get("scoring") else { return };
        let Some(text) = self.read.text(node, "`scoring`") else { return };
        if ["sum", "raw_mean", "formula"].contains(&text.text) {
            self.read.push(super::keys::not_yet(text.whole(), &format!("`scoring: {}`", text.text)));
        } else {
            self.read.one_of(keys, "scoring", &[("mean", ())]);
        }
    }

    /// `score_missing` and `min_answered`, over what holds where they are absent.
    pub fn score_missing(&mut self, keys: &Keys<'_>, otherwise: Scoring) -> Scoring {
        let share = self.min_answered(keys);
        let named = match keys.get("score_missing") {
            None => None,
            Some(node) => match self.read.text(node, "`score_missing`") {
                None => return otherwise,
                Some(text) if ["zero", "none", "middle"].contains(&text.text) => {
                    self.read
                        .push(super::keys::not_yet(text.whole(), &format!("`score_missing: {}`", text.text)));
                    return otherwise;
                }
                Some(_) => self.read.one_of(keys, "score_missing", &[("bounds", false), ("average", true)]),
            },
        };
        let averages = otherwise.missing == ScoreMissing::Average;
        let average = named.unwrap_or(averages);
        match (average, share, averages) {
            (true, Some(least), _) => Scoring {
                missing: ScoreMissing::Average,
                min_answered: Some(MinAnswered::Share(least)),
                ..otherwise
            },
            (true, None, true) => otherwise,
            (true, None, false) => {
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
                otherwise
            }
            (false, Some(_), _) => {
                let span = keys.key_span("min_answered").unwrap_or(keys.at());
                self.read.push(
                    Diagnostic::error(
                        Code::WrongValue,
                        span,
                        "`min_answered` has no effect under `score_missing: bounds`",
                    )
                    .label("bounds use what there is")
                    .help("add `score_missing: average`, or take it out"),
                );
                otherwise
            }
            (false, None, _) => Scoring { missing: ScoreMissing::Bounds, min_answered: None, ..otherwise },
        }
    }

    fn min_answered(&mut self, keys: &Keys<'_>) -> Option<Number> {
        let node = keys.get("min_answered")?;
        let text = self.read.text(node, "`min_answered`")?;
        let share = text.text.trim().strip_suffix('%').and_then(|digits| Number::parse(digits.trim()));
        let hundred = Number::from(100i64);
        match share.filter(|share| !share.is_negative() && *share <= hundred) {
            Some(share) => Some(&share / &hundred),
            None => {
                self.read.push(
                    Diagnostic::error(
                        Code::WrongValue,
                        text.whole(),
                        format!("`min_answered` cannot be `{}`", text.text),
                    )
                    .label("a share such as `60%` is wanted here"),
                );
                None
            }
        }
    }
}
