//! Random respondents of the shipped pack, the same for the same seed.

use std::fmt::Write;
use std::fs;
use std::path::Path;

/// A small generator of random numbers (xorshift), so that every run tries the same.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }
}

const PACK: &str = "\
pack: { id: drill, version: 1.0.0, format: 1, title: Fire drill, language: en }
scales: { agree: { from: 1, to: 5 } }
areas: { exits: { title: Knowing the way out } }
questions: { known: { area: exits, scale: agree, question: Everybody knows the nearest exit. } }
rules:
  - { id: unknown-exits, title: Not everybody knows the way out, why: In smoke nobody reads a plan.,
      when: answer.known <= 2, prescribe: [walk], severity: high }
prescriptions:
  walk: { area: exits, title: Walk to the exits, do: [Walk there.], effort: 1, impact: 5, horizon: 30 }
";

const TEMPLATE: &str = "\
---
for: respondent
title: \"For {{ respondent.name }}\"
---

## {{ respondent.name }}

{% for leak in leaks %}- {{ leak.area.title }}
{% endfor %}
";

/// A pack and a template so small that what takes time is not the paper.
pub fn small_workspace(folder: &Path) {
    for (file, text) in [("rules/drill/pack.yaml", PACK), ("templates/playbook.md", TEMPLATE)] {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// Respondents of the small pack.
pub fn small_table(people: usize, seed: u64) -> String {
    let mut random = Random::new(seed);
    let mut out = String::from("respondent,name,date,known\n");
    for number in 1..=people {
        let _ = writeln!(out, "r{number:06},{} Ltd,2026-03-01,{}", token(number), 1 + random.below(5));
    }
    out
}

/// Stands in each name and nowhere else: `Zq000012x` is the twelfth respondent's.
pub fn token(number: usize) -> String {
    format!("Zq{number:06}x")
}

/// A table of so many respondents: each answer is one that somebody of `examples/cohort.csv` gave to the question,
/// and the figures are those of one of them.
pub fn table(people: usize, seed: u64) -> String {
    let example =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/cohort.csv")).unwrap();
    let rows: Vec<Vec<&str>> = example.lines().map(|line| line.split(',').collect()).collect();
    let (head, rows) = rows.split_first().unwrap();
    let figures = head.iter().position(|column| *column == "clients_at_start").unwrap();
    let mut random = Random::new(seed);
    let mut out = head.join(",") + "\n";
    for number in 1..=people {
        let whose = random.below(rows.len());
        let _ = write!(out, "r{number:06},{} Ltd,2026-03-01", token(number));
        for column in 3..head.len() {
            let row = if column < figures { random.below(rows.len()) } else { whose };
            out.push(',');
            out.push_str(rows[row][column]);
        }
        out.push('\n');
    }
    out
}
