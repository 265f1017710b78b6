//! Bands of areas and of the total: the pack's, or their own, held against the ends of the score.

use super::bands::Cut;
use super::dated::Listed;
use super::load::Loader;
use crate::diag::{Code, Diagnostic};
use crate::model::{AreaId, BandStep, Bands, Dated, DatedBands, Number, ScoreOf, Unit};
use crate::yaml::{Node, Value};

type Ends = (Number, Number);

impl Loader<'_, '_> {
    /// Reads the bands of every score; the ends of each are known by then.
    pub fn all_score_bands(&mut self) {
        let head = self.sections.head.map(|(_, node)| node);
        if let Some(node) = head.and_then(|node| node.get("bands")) {
            self.bands = self.score_bands(node, "the scores", None);
        }
        let mut inherits: Vec<(ScoreOf, String)> = Vec::new();
        let items = self.sections.areas.clone();
        for (place, item) in items.iter().enumerate() {
            let of = ScoreOf::Area(AreaId(place));
            match item.node.get("bands") {
                Some(node) => {
                    let range = self.pack.score_range(of).cloned();
                    self.prescribing = true;
                    self.pack.areas[place].bands = self.own_bands(node, item.id, range);
                    self.prescribing = false;
                }
                None => inherits.push((of, item.id.to_owned())),
            }
        }
        if self.pack.total.is_some() {
            match head.and_then(|node| node.get("total")?.get("bands")) {
                Some(node) => {
                    let range = self.pack.score_range(ScoreOf::Total).cloned();
                    let bands = self.own_bands(node, "total", range);
                    self.set_bands(ScoreOf::Total, bands);
                }
                None => inherits.push((ScoreOf::Total, "total".to_owned())),
            }
        }
        self.inherit_bands(inherits);
    }

    fn set_bands(&mut self, of: ScoreOf, bands: Vec<DatedBands>) {
        match of {
            ScoreOf::Area(id) => self.pack.areas[id.0].bands = bands,
            ScoreOf::Total => self.pack.total.iter_mut().for_each(|total| total.bands = bands.clone()),
        }
    }

    fn own_bands(&mut self, node: &Node, id: &str, range: Option<Ends>) -> Vec<DatedBands> {
        let bands = self.score_bands(node, id, range.as_ref());
        if let Some(range) = &range
            && let Some(step) = bands.iter().find_map(|dated| unreached(&dated.value, range))
        {
            self.push_unreached(&bands, &step, id, range, None);
        }
        bands
    }

    /// `none`, one set of bands, or a list of sets with their days and conditions.
    fn score_bands(&mut self, node: &Node, name: &str, range: Option<&Ends>) -> Vec<DatedBands> {
        if node.text() == Some("none") {
            return Vec::new();
        }
        let cut = Cut { name, unit: &Unit::Points, range, unit_unread: false };
        let listed = node
            .items()
            .is_some_and(|items| items.iter().any(|item| matches!(item.value, Value::Map { .. })));
        if listed {
            return self.dated_bands(node, &Listed { cut, what: "bands", sourced: false });
        }
        self.bands(node, &cut).map(Dated::plain).into_iter().collect()
    }

    /// Gives the pack's bands to the scores without any; where they do not fit one, that is told once.
    fn inherit_bands(&mut self, scores: Vec<(ScoreOf, String)>) {
        let usual = (Number::zero(), Number::from(100i64));
        let mut told = false;
        for (of, id) in scores {
            self.set_bands(of, self.bands.clone());
            let Some(range) = self.pack.score_range(of).cloned() else { continue };
            if told {
                continue;
            }
            let bands = self.bands.clone();
            let help = format!("give `{id}` bands of its own, or `bands: none`");
            let (name, help) = if range == usual { ("the scores", None) } else { (id.as_str(), Some(help)) };
            let outside = |step: &&BandStep| {
                step.edge.as_ref().is_some_and(|(_, edge)| *edge < range.0 || *edge > range.1)
            };
            if let Some(step) = bands.iter().find_map(|dated| dated.value.steps.iter().find(outside)) {
                let edge = step.edge.as_ref().map(|(_, edge)| Unit::Points.after(&edge.to_string()));
                let (low, high) = (&range.0, Unit::Points.after(&range.1.to_string()));
                let message = format!("{} is outside the range of `{name}`", edge.unwrap_or_default());
                self.read.push(
                    Diagnostic::error(Code::OutOfRange, step.span, message)
                        .label(format!("{low} to {high}"))
                        .help_if(help),
                );
                told = true;
            } else if let Some(step) = bands.iter().find_map(|dated| unreached(&dated.value, &range)) {
                self.push_unreached(&bands, &step, name, &range, help);
                told = true;
            }
        }
    }

    fn push_unreached(
        &mut self,
        bands: &[DatedBands],
        step: &BandStep,
        id: &str,
        range: &Ends,
        help: Option<String>,
    ) {
        let names = bands.first().map(|dated| &dated.value.labels);
        let name = names.and_then(|names| names.get(step.label)).map_or("", |name| name.id.as_str());
        self.read.push(
            Diagnostic::error(Code::BandsWrong, step.span, format!("the band `{name}` is never reached"))
                .label(format!("`{id}` runs from {} to {}", range.0, range.1))
                .help_if(help.or_else(|| Some("move its end, or take the band out".to_owned()))),
        );
    }
}

/// A step whose band no score reaches.
fn unreached(bands: &Bands, (low, high): &Ends) -> Option<BandStep> {
    let reached = bands.between(low, high);
    bands.steps.iter().find(|step| !reached.contains(&step.label)).cloned()
}
