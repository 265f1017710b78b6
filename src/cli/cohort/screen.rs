//! A cohort on one screen.

use crate::compose::contract::{Cohort, ForCohort};
use crate::markdown::plain;

/// How many lines of a list are shown.
const SHOWN: usize = 3;

/// Who they are, what they share, where they disagree, and what is left out.
pub fn screen(seen: &ForCohort) -> String {
    let cohort = &seen.cohort;
    let mut out = format!("{} ({} {})\n", plain(&seen.pack.title.0), seen.pack.id, seen.pack.version);
    let dates = cohort.dates.as_ref().map(|dates| format!(", {dates}")).unwrap_or_default();
    out +=
        &format!("{}{dates}; each figure is over {} people or more\n", cohort.people_text, cohort.min_group);
    if let Some(total) = cohort.total.as_ref().filter(|total| total.median.is_some()) {
        out += &format!("{}\n", plain(&total.sentence.0));
    }
    let leaks = cohort.leaks.iter().map(|leak| leak.sentence.0.clone());
    list(&mut out, &format!("shared {}", seen.words.leaks), leaks);
    let talk = cohort.talk.iter().map(|asked| format!("{}\n{}", asked.question.0, asked.sentence.0));
    list(&mut out, "talk about these", talk);
    let gaps = cohort.gaps.iter().map(|gap| {
        format!(
            "{}\nmanagers {}, {} {}, on a scale from {}; managers say more in {} of {}",
            gap.question.0, gap.managers, gap.others_are.0, gap.others, gap.range, gap.more, gap.counted
        )
    });
    list(&mut out, "managers and the others", gaps.take(SHOWN));
    let often = cohort.prescriptions.iter().map(|one| format!("{}: {}", one.title.0, one.text));
    list(&mut out, "advised most", often.take(SHOWN));
    cuts(&mut out, cohort, &seen.words.leak);
    if let Some(benchmark) = &cohort.benchmark {
        let standing = cohort
            .total
            .iter()
            .chain(&cohort.areas)
            .filter_map(|area| Some(format!("{}: {}", area.title.0, area.standing.as_ref()?.sentence.0)));
        list(&mut out, &format!("beside {} ({})", benchmark.title, benchmark.date), standing);
        let left = benchmark.left_out.iter().map(|one| one.0.clone());
        list(&mut out, "not compared: asked differently in the benchmark, or of too few", left);
    }
    out
}

fn list(out: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    for (at, line) in lines.enumerate() {
        if at == 0 {
            *out += &format!("\n{title}\n");
        }
        for (part, text) in line.split('\n').enumerate() {
            let lead = if part == 0 { format!("{}.", at + 1) } else { "  ".to_owned() };
            *out += &format!("  {lead} {}\n", plain(text));
        }
    }
}

fn cuts(out: &mut String, cohort: &Cohort, leak: &str) {
    for cut in &cohort.cuts {
        *out += &format!("\nby {}\n", cut.id);
        let width = cut.groups.iter().map(|group| group.label.chars().count()).max().unwrap_or(0);
        for group in &cut.groups {
            let leaks =
                if group.leaks.is_empty() { format!("no shared {leak}") } else { plain(&group.leaks_text.0) };
            *out += &format!("  {:width$}  {:>3}  {leaks}\n", group.label, group.people);
        }
        if let Some(text) = &cut.held_back {
            *out += &format!("  {text}\n");
        }
    }
}
