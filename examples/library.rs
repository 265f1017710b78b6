//! The whole walk in memory: pack text and answers text → findings → the bytes of a paper.
//! Nothing is read from disk and nothing is printed.

use kitwright::answers::{FitOptions, Kind, Outcome, ReadOptions, fit, read};
use kitwright::check::check;
use kitwright::compose::Templates;
use kitwright::diag::{Diagnostics, show_all};
use kitwright::engine::evaluate;
use kitwright::kit::Kit;
use kitwright::model::Status;
use kitwright::pack::load;
use kitwright::render::picture::NO_PICTURES;
use kitwright::render::{Format, Look};
use kitwright::source::Sources;
use kitwright::theme::Theme;

const PACK: &str = "
pack: { id: fire-drill, version: 1.0.0, format: 1, title: Fire drill, language: en,
        bands: { ready: '>= 70', shaky: '>= 40', unready: rest } }
scales: { agree: { from: 1, to: 5 } }
areas: { exits: { title: Knowing the way out } }
questions:
  exits-known: { area: exits, scale: agree, question: Everybody knows the nearest exit. }
rules:
  - { id: exits-unknown, title: Not everybody knows the way out, why: In smoke nobody reads a plan.,
      when: answer.exits-known <= 2, prescribe: [walk-the-exits], severity: high }
prescriptions:
  walk-the-exits: { area: exits, title: Walk to the exits together, do: [Walk there from every room.],
                    effort: 1, impact: 5, horizon: 30 }
";

const ANSWERS: &str = "
respondent: office-one
name: Office One
date: 2026-03-01
answers: { exits-known: 2 }
";

const TEMPLATE: &str = "---
for: respondent
title: Advice
---
{% for finding in findings %}
- **{{ finding.title }}.** {{ finding.because }}
{% endfor %}
";

/// What the walk gives: which rules fired, and one paper in three formats.
pub struct Made {
    pub fired: Vec<String>,
    pub papers: Vec<(Format, Vec<u8>)>,
}

/// Runs the walk; faults come back as the text that people read.
pub fn make() -> Result<Made, String> {
    let mut sources = Sources::default();
    let pack_file = sources.add("pack.yaml", PACK);
    let answers_file = sources.add("answers.yaml", ANSWERS);
    let template_file = sources.add("advice.md", TEMPLATE);

    let checked = check(load(&[pack_file], &sources), None);
    let pack = checked.pack.ok_or_else(|| show_all(&checked.diagnostics, &sources, false))?;

    let raw = read(answers_file, Kind::Yaml, &ReadOptions::default(), &sources);
    let fitting = fit(&raw, pack.pack(), FitOptions::default(), &sources);
    let respondent = match fitting.outcomes().next() {
        Some(Outcome::Fits(respondent)) => respondent,
        Some(Outcome::Refused(refusal)) => return Err(show_all(&refusal.faults, &sources, false)),
        None => return Err("nobody answered".to_owned()),
    };
    let findings = evaluate(&pack, &respondent, None);

    let mut faults = Diagnostics::default();
    let files = [("advice.md".to_owned(), template_file)];
    let templates = Templates::read(&files, pack.pack(), &sources, &mut faults);
    if faults.has_errors() {
        return Err(show_all(&faults, &sources, false));
    }
    let theme = Theme::default();
    let kit = Kit {
        pack: &pack,
        templates: &templates,
        look: Look::new("<title>{{ title }}</title>{{ body }}", "", &theme, &NO_PICTURES),
        session: None,
        running: None,
        formats: &Format::ALL,
        whole: false,
        wanted: None,
        sources: &sources,
    };
    let papers =
        kit.for_respondent(&respondent, &findings).map_err(|faults| show_all(&faults, &sources, false))?;

    let rules = pack.pack().rules.iter().zip(&findings.rules);
    let fired = rules.filter(|(_, found)| found.status == Status::Fired).map(|(rule, _)| rule.id.clone());
    Ok(Made {
        fired: fired.collect(),
        papers: papers.into_iter().map(|paper| (paper.format, paper.bytes)).collect(),
    })
}

#[allow(dead_code)]
fn main() {
    if let Err(faults) = make() {
        panic!("{faults}");
    }
}
