//! What the fuzz targets do with the bytes they are given. `tests/fuzz.rs` does the same with the stored corpus.
#![allow(dead_code)]

use std::sync::OnceLock;

use kitwright::answers::{FitOptions, Kind, Outcome, ReadOptions, fit, read, read_session};
use kitwright::check::{Checked, SoundPack, check, mend};
use kitwright::diag::{Diagnostics, show_all};
use kitwright::engine::evaluate;
use kitwright::explain::Explainer;
use kitwright::export::{explanation, line};
use kitwright::import::{SCREEN, Told, Wanted, read_mapping, screen, understand, write_mapping};
use kitwright::model::RuleId;
use kitwright::pack::load;
use kitwright::source::Sources;
use kitwright::tables::{open, read_json};

const PACK: &str = include_str!("../tests/packs/good/retention-core/pack.yaml");

/// Texts beyond this are the robustness tests' business: here many short ones find more.
const LONGEST: usize = 4_000;

fn text(data: &[u8]) -> Option<String> {
    (data.len() <= LONGEST).then(|| String::from_utf8_lossy(data).into_owned())
}

/// The texts as a pack beside the good one.
fn checked(more: &str) -> Checked {
    let mut sources = Sources::default();
    let files = [sources.add("more.yaml", more), sources.add("pack.yaml", PACK)];
    let checked = check(load(&files, &sources), None);
    show_all(&checked.diagnostics, &sources, false);
    checked
}

fn good() -> &'static SoundPack {
    static GOOD: OnceLock<SoundPack> = OnceLock::new();
    GOOD.get_or_init(|| checked("x-note: none\n").pack.expect("the good pack is sound"))
}

/// The YAML reader, the loader behind it, and the mends of what they tell.
pub fn yaml(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let mut sources = Sources::default();
    let id = sources.add("more.yaml", &text);
    kitwright::yaml::read(id, &sources, &mut Diagnostics::default());
    checked(&text);
    let files = [id, sources.add("pack.yaml", PACK)];
    let mended = mend(&files, &[], &sources, None);
    if let Some(mended) = mended.texts.get(&id) {
        assert!(mended.len() <= 2 * text.len() + 10_000, "a mend is no growth");
        checked(mended);
    }
}

/// The condition parser: the bytes are one line.
pub fn condition(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let line = serde_json::to_string(&text).expect("a string is JSON");
    checked(&format!(
        "rules: [{{ id: extra, title: Extra, why: So., when: {line}, prescribe: [account-list], severity: low }}]\n"
    ));
}

/// The evaluator: before the first NUL a further file of the pack, behind it an answers file.
pub fn evaluator(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let (more, answers) = text.split_once('\0').unwrap_or(("x-note: none\n", &text));
    let Some(pack) = checked(more).pack else { return };
    let mut sources = Sources::default();
    let file = sources.add("answers.yaml", answers);
    let raw = read(file, Kind::Yaml, &ReadOptions::default(), &sources);
    for outcome in fit(&raw, pack.pack(), FitOptions::default(), &sources).outcomes() {
        let Outcome::Fits(respondent) = outcome else { continue };
        let findings = evaluate(&pack, &respondent, None);
        line(pack.pack(), &respondent, &findings);
        let rules: Vec<RuleId> = (0..pack.pack().rules.len()).map(RuleId).collect();
        let explainer = Explainer::new(&pack, &respondent, &findings);
        explanation(&explainer, pack.pack(), &respondent, &findings, &rules);
    }
}

/// The reader of form exports: the first byte says what the file's name ends in and whether the rest begins with a
/// mapping, which ends at the first NUL.
pub fn import(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    if rest.len() > LONGEST {
        return;
    }
    let mut sources = Sources::default();
    let mut faults = Diagnostics::default();
    let (mapping, bytes) = match rest.iter().position(|byte| *byte == 0) {
        Some(at) if first & 4 != 0 => (Some(&rest[..at]), &rest[at + 1..]),
        _ => (None, rest),
    };
    let mapping = mapping.map(|text| {
        let id = sources.add("mapping.yaml", String::from_utf8_lossy(text));
        read_mapping(id, &sources, &mut faults)
    });
    let grid = match first & 3 {
        0 => open("a.csv", bytes, None, &mut sources).map(|table| Some(table.grid)),
        1 => open("a.xlsx", bytes, None, &mut sources).map(|table| Some(table.grid)),
        kind => {
            let id = sources.add("a.json", String::from_utf8_lossy(bytes));
            read_json(id, kind == 3, &sources)
        }
    };
    let Ok(Some(grid)) = grid else { return };
    let pack = good().pack();
    let understood =
        understand(grid, pack, Wanted { mapping: mapping.as_ref(), id_column: None, skip_unreadable: false });
    let (name, command) = ("a.csv", "kitwright build a.csv");
    let told =
        Told { name, command, mapping: None, fitting: 0, refused: &[], beside: 2, all: first & 8 == 8 };
    let shown = screen(&understood, pack, &told);
    assert!(told.all || shown.lines().count() <= SCREEN, "{shown}");
    let again = sources.add("again.yaml", write_mapping(&understood, pack, &[]));
    let mut slips = Diagnostics::default();
    read_mapping(again, &sources, &mut slips);
    assert!(!slips.has_errors(), "{}", show_all(&slips, &sources, false));
    let fitting = fit(&understood.file, pack, FitOptions::default(), &sources);
    show_all(fitting.faults(), &sources, false);
    for outcome in fitting.outcomes() {
        if let Outcome::Refused(refusal) = outcome {
            show_all(&refusal.faults, &sources, false);
        }
    }
}

/// The readers of answers: the first byte says which, the rest is the file.
pub fn answers(data: &[u8]) {
    let Some((kind, rest)) = data.split_first() else { return };
    let Some(text) = text(rest) else { return };
    let mut sources = Sources::default();
    let file = sources.add("answers", &text);
    let kind = match kind % 5 {
        0 => Kind::Yaml,
        1 => Kind::Json,
        2 => Kind::JsonLines,
        3 => Kind::Csv,
        _ => {
            read_session(file, &sources, &mut Diagnostics::default());
            return;
        }
    };
    let raw = read(file, kind, &ReadOptions::default(), &sources);
    let fitting = fit(&raw, good().pack(), FitOptions::default(), &sources);
    show_all(fitting.faults(), &sources, false);
    for outcome in fitting.outcomes() {
        if let Outcome::Refused(refusal) = outcome {
            show_all(&refusal.faults, &sources, false);
        }
    }
}
