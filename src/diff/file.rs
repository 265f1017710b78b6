//! A witness as answers files.

use super::carry::Way;
use super::{Under, Witness};
use crate::export::answers_file;
use crate::model::{Answer, Pack, Respondent};

/// Answers files with their names.
pub type Files = Vec<(String, String)>;

/// One file that both packs read, or where it must answer what only one of them asks, one for each.
pub fn files(old: &Pack, new: &Pack, rule: &str, under: Under, witness: &Witness) -> Files {
    let (stem, says) = match under {
        Under::New => ("now-fires", "fires under the new pack and not under the old one"),
        Under::Old => ("no-longer", "fires under the old pack and not under the new one"),
    };
    let name = |ending: &str| format!("{rule}-{stem}{ending}.yaml");
    if witness.shared {
        let about = format!("For whom the rule {rule} {says}. Both packs read it: evaluate it with --pack.");
        let (pack, respondent) = shared(&Way::new(new, old), &witness.new);
        return vec![(name(""), answers_file(&pack, &respondent, &about))];
    }
    let about =
        |which: &str| format!("For whom the rule {rule} {says}: the same person as the {which} pack asks.");
    vec![
        (name(".old"), answers_file(old, &witness.old, &about("old"))),
        (name(".new"), answers_file(new, &witness.new, &about("new"))),
    ]
}

/// A pack that asks only what the other one asks too, and the respondent as it is answered.
fn shared(way: &Way<'_>, respondent: &Respondent) -> (Pack, Respondent) {
    let mut pack = way.from.clone();
    pack.questions = kept(&pack.questions, |place| way.shares(place));
    pack.metrics = kept(&pack.metrics, |place| way.shares_metric(place));
    (pack, narrowed(way, respondent))
}

fn narrowed(way: &Way<'_>, respondent: &Respondent) -> Respondent {
    let mut out = respondent.clone();
    let answers = |answers: &[Answer]| kept(answers, |place| way.shares(place));
    out.answers = answers(&out.answers);
    out.metrics = kept(&out.metrics, |place| way.shares_metric(place));
    for voice in &mut out.voices {
        voice.answers = answers(&voice.answers);
    }
    out.rounds = out.rounds.iter().map(|round| narrowed(way, round)).collect();
    out
}

fn kept<T: Clone>(list: &[T], keep: impl Fn(usize) -> bool) -> Vec<T> {
    list.iter().enumerate().filter(|(place, _)| keep(*place)).map(|(_, one)| one.clone()).collect()
}
