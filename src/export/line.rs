//! The machine contract: one JSON object a respondent, its keys in a fixed order.

use std::fmt::Write;

use crate::model::{Findings, MetricId, Number, Pack, Pick, Respondent, ScoreOf};

/// One compact line without its line break.
///
/// Numbers are decimals of at most six places, rounded half away from zero, without trailing zeros;
/// what is unknown is `null`. A group is the id of its rule that fired, or `null`; one that lets several fire
/// is the list of those that did. Every area (then `total`), metric and rule is listed, in pack order.
pub fn line(pack: &Pack, respondent: &Respondent, findings: &Findings) -> String {
    let mut out = String::with_capacity(4096);
    let _ = write!(
        out,
        "{{\"respondent\":{},\"pack\":{},\"version\":{},\"as_of\":{},\"answered\":{{\"given\":{},\"of\":{}}}",
        text(&respondent.id),
        text(&pack.id),
        text(&pack.version),
        findings.as_of.map_or("null".to_owned(), |day| text(&day.to_string())),
        findings.answered.given,
        findings.answered.of,
    );
    out.push_str(",\"scores\":{");
    let areas = pack
        .areas
        .iter()
        .enumerate()
        .map(|(at, area)| (area.id.as_str(), ScoreOf::Area(crate::model::AreaId(at))));
    separated(&mut out, areas.chain([("total", ScoreOf::Total)]), |out, (id, of)| {
        score(out, pack, findings, id, of)
    });
    out.push_str("},\"metrics\":{");
    separated(&mut out, pack.metrics.iter().enumerate(), |out, (at, metric)| {
        let value = findings.values.metric(MetricId(at));
        let band = findings.band_label(pack, crate::model::BandOf::Metric(MetricId(at)));
        let _ = write!(
            out,
            "{}:{{\"value\":{},\"unit\":{},\"band\":{}}}",
            text(&metric.id),
            number(value.value()),
            text(metric.unit.name()),
            band.map_or("null".to_owned(), text),
        );
    });
    out.push_str("},\"rules\":{");
    separated(&mut out, pack.rules.iter().zip(&findings.rules), |out, (rule, finding)| {
        let _ = write!(out, "{}:{}", text(&rule.id), text(finding.status.word()));
    });
    out.push_str("},\"groups\":{");
    separated(&mut out, pack.groups.iter().zip(&findings.groups), |out, (group, picked)| {
        let names: Vec<String> = picked.iter().map(|id| text(&pack.rules[id.0].id)).collect();
        let picked = match (group.pick, names.as_slice()) {
            (Pick::AtMost(2..), _) => format!("[{}]", names.join(",")),
            (_, [one]) => one.clone(),
            // Nothing was picked, or more than was promised: which of them counts is nobody's to say.
            _ => "null".to_owned(),
        };
        let _ = write!(out, "{}:{picked}", text(&group.id));
    });
    out.push_str("},\"prescriptions\":[");
    separated(&mut out, findings.prescriptions.iter(), |out, advice| {
        let prescription = pack.prescription(advice.prescription);
        let _ = write!(
            out,
            "{{\"id\":{},\"rank\":{},\"rules\":[",
            text(&prescription.id),
            number(Some(&advice.rank))
        );
        separated(out, advice.rules.iter(), |out, rule| out.push_str(&text(&pack.rules[rule.0].id)));
        let _ = write!(out, "],\"horizon\":{}}}", prescription.horizon);
    });
    out.push_str("],\"set_aside\":[");
    separated(&mut out, findings.set_aside.iter(), |out, aside| {
        let _ = write!(
            out,
            "{{\"id\":{},\"for\":{}}}",
            text(&pack.prescription(aside.prescription).id),
            text(&pack.prescription(aside.instead).id),
        );
    });
    out.push_str("],\"problems\":[");
    separated(&mut out, findings.problems.iter(), |out, problem| {
        let _ = write!(
            out,
            "{{\"code\":{},\"at\":{},\"message\":{}}}",
            text(problem.code),
            text(&problem.at),
            text(&problem.message),
        );
    });
    out.push_str("]}");
    out
}

fn score(out: &mut String, pack: &Pack, findings: &Findings, id: &str, of: ScoreOf) {
    if !pack.has_score(of) {
        let _ = write!(out, "{}:null", text(id));
        return;
    }
    let score = findings.values.score(of);
    let ends = score.ends.as_ref();
    let band = findings.band_label(pack, crate::model::BandOf::Score(of));
    let _ = write!(
        out,
        "{}:{{\"value\":{},\"low\":{},\"high\":{},\"band\":{}}}",
        text(id),
        number(score.value()),
        number(ends.map(|(low, _)| low)),
        number(ends.map(|(_, high)| high)),
        band.map_or("null".to_owned(), text),
    );
}

fn separated<T>(out: &mut String, items: impl Iterator<Item = T>, mut write: impl FnMut(&mut String, T)) {
    for (at, item) in items.enumerate() {
        if at > 0 {
            out.push(',');
        }
        write(out, item);
    }
}

fn number(value: Option<&Number>) -> String {
    value.map_or("null".to_owned(), Number::to_string)
}

fn text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
