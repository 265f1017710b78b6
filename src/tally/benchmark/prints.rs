//! By what it is known whether two packs ask the same: nothing that only changes how it is judged.

use crate::files::Hash;
use crate::model::{AreaId, Pack, Question, QuestionKind, ScoreOf};

/// Of a question: its words and its answers.
pub fn question(question: &Question) -> String {
    let kind = match &question.kind {
        QuestionKind::Numbered { from, to, step, labels } => {
            let step = step.as_ref().map(ToString::to_string).unwrap_or_default();
            format!("scale {from} {to} {step} {labels:?}")
        }
        QuestionKind::Number { unit, .. } => format!("number {}", unit.name()),
        kind => {
            let choices =
                kind.choices().iter().map(|choice| (&choice.id, &choice.label, choice.points.to_string()));
            format!("choices {:?}", choices.collect::<Vec<_>>())
        }
    };
    short(&[&question.text.plain(), &kind])
}

/// Of an area's score, or the total: how it is made, and of what.
pub fn score(pack: &Pack, of: ScoreOf) -> String {
    match of {
        ScoreOf::Area(id) => area(pack, id),
        ScoreOf::Total => {
            let areas = (0..pack.areas.len()).map(AreaId);
            let parts = areas.map(|id| format!("{} {}", area(pack, id), pack.area(id).weight));
            short(&[&made(pack, of), &parts.collect::<Vec<_>>().join(" ")])
        }
    }
}

fn area(pack: &Pack, id: AreaId) -> String {
    let area = pack.area(id);
    let questions = area.questions.iter().map(|id| {
        let asked = pack.question(*id);
        format!("{} {} {}", question(asked), asked.weight, asked.reverse)
    });
    let metrics = area.metrics.iter().map(|id| pack.metric(*id).id.clone());
    short(&[&made(pack, ScoreOf::Area(id)), &questions.chain(metrics).collect::<Vec<_>>().join(" ")])
}

fn made(pack: &Pack, of: ScoreOf) -> String {
    let scoring = pack.scoring(of).map(|one| format!("{:?} {:?} {:?}", one.method, one.missing, one.round));
    let range = pack.score_range(of).map(|(low, high)| format!("{low} to {high}"));
    format!("{} {}", scoring.unwrap_or_default(), range.unwrap_or_default())
}

fn short(parts: &[&str]) -> String {
    Hash::of_parts(parts.iter().map(|part| part.as_bytes())).to_string().chars().take(12).collect()
}
