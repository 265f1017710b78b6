//! How long `check` takes, and how that grows: `cargo bench --bench check`.
//!
//! Packs come from a seeded generator: rules over twenty variables, which are the scores and bands of four
//! areas, eight answers, four metrics and their bands; each rule has one to three conditions under `all`, `any` or `at_least`. What
//! is printed is processor time of loading (texts and names) and of everything that `check` does after it. Contradictions,
//! idle lines and the like are found in such packs as they are in real ones; none may be left "not decided".
//!
//! The run fails where 1,000 rules take more than 2 s together, where 200 rules with their texts take more
//! than 0.1 s, or where anything is not decided.

use std::fmt::Write;
use std::fs;
use std::time::Duration;

use kitwright::check::check;
use kitwright::diag::Code;
use kitwright::pack::load;
use kitwright::source::Sources;

/// Numbers that look drawn and are the same in each run.
struct Draws(u64);

impl Draws {
    fn below(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len() as u64) as usize]
    }
}

const AREAS: u64 = 4;
const QUESTIONS: u64 = 4;

fn pack(rules: usize) -> String {
    let mut draws = Draws(7);
    let mut out = String::from(
        "pack:\n  id: bench\n  version: 1.0.0\n  format: 1\n  title: Bench\n  language: en\n  bands: { tight: \">= 80\", damp: \">= 60\", dripping: \">= 40\", pouring: rest }\n\
         sources:\n  own: { title: Our own }\n\
         scales:\n  five: { from: 1, to: 5 }\n  often: { options: { never: 0, yearly: 25, quarterly: 60, monthly: 100 } }\n\
         areas:\n",
    );
    for area in 0..AREAS {
        let _ = writeln!(out, "  a{area}: {{ title: Area {area}, weight: {} }}", area + 1);
    }
    out.push_str("questions:\n");
    for question in 0..AREAS * QUESTIONS {
        let scale = if question % 3 == 2 { "often" } else { "five" };
        let weight = 1 + question % 2;
        let _ = writeln!(
            out,
            "  q{question}: {{ area: a{}, scale: {scale}, weight: {weight}, question: \"How is it with {question}?\" }}",
            question / QUESTIONS
        );
    }
    out.push_str("metrics:\n");
    for metric in 0..4 {
        let _ = writeln!(
            out,
            "  m{metric}:\n    title: Metric {metric}\n    unit: \"%\"\n    range: [0%, 100%]\n    better: lower\n    bands:\n      - {{ from: 2025-01-01, source: own, review_by: 2099-12-31, cuts: {{ good: \"<= 8%\", watch: \"<= 15%\", poor: rest }} }}"
        );
    }
    out.push_str("prescriptions:\n");
    for prescription in 0..20 {
        let _ = writeln!(
            out,
            "  p{prescription}: {{ area: a{}, title: Do {prescription}, do: [\"Begin on Monday, and look at it again on Friday.\"], effort: {}, impact: {}, horizon: 30 }}",
            prescription % AREAS,
            1 + prescription % 5,
            1 + prescription % 4
        );
    }
    out.push_str("rules:\n");
    for rule in 0..rules {
        let _ = writeln!(
            out,
            "  - id: r{rule}\n    title: \"Rule {rule} speaks of {{score.a0}}\"\n    why: \"Because it is so with number {rule}, and was so before.\"\n    prescribe: [p{}]\n    severity: {}",
            draws.below(20),
            draws.of(&["low", "medium", "high"])
        );
        let count = 1 + draws.below(3);
        let lines: Vec<String> = (0..count).map(|_| line(&mut draws)).collect();
        match (count, draws.below(4)) {
            (1, _) => {
                let _ = writeln!(out, "    when: {}", lines[0]);
            }
            (_, 0) => {
                let _ = writeln!(out, "    when:\n      any:");
                lines.iter().for_each(|line| {
                    let _ = writeln!(out, "        - {line}");
                });
            }
            (3, 1) => {
                let _ = writeln!(out, "    when:\n      at_least: 2\n      of:");
                lines.iter().for_each(|line| {
                    let _ = writeln!(out, "        - {line}");
                });
            }
            _ => {
                let _ = writeln!(out, "    when:");
                lines.iter().for_each(|line| {
                    let _ = writeln!(out, "      - {line}");
                });
            }
        }
    }
    out
}

fn line(draws: &mut Draws) -> String {
    let area = draws.below(AREAS);
    match draws.below(5) {
        0 => format!("score.a{area} {} {}", draws.of(&["<", "<=", ">", ">="]), 5 + draws.below(90)),
        1 => match draws.below(3) {
            0 => format!("band.a{area} in [dripping, pouring]"),
            1 => format!("band.a{area} is {}", draws.of(&["tight", "damp", "dripping", "pouring"])),
            _ => format!("band.a{area} in [tight, damp]"),
        },
        2 => {
            let question = draws.below(8) * 2;
            if question % 3 == 2 {
                format!(
                    "answer.q{question} in [{}]",
                    draws.of(&["never", "never, yearly", "monthly", "yearly, quarterly"])
                )
            } else {
                format!("answer.q{question} {} {}", draws.of(&["<=", ">="]), 2 + draws.below(3))
            }
        }
        3 => format!(
            "metric.m{} {} {}%",
            draws.below(4),
            draws.of(&["<", "<=", ">", ">="]),
            1 + draws.below(98)
        ),
        _ => format!("band.m{} is {}", draws.below(4), draws.of(&["good", "watch", "poor"])),
    }
}

/// Processor time of this process so far. Where the system does not tell, the clock must do.
fn processor(begun: std::time::Instant) -> Duration {
    let Ok(stat) = fs::read_to_string("/proc/self/stat") else { return begun.elapsed() };
    let after = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<u64> =
        after.split_whitespace().skip(11).take(2).filter_map(|field| field.parse().ok()).collect();
    // In hundredths of a second.
    Duration::from_millis(fields.iter().sum::<u64>() * 10)
}

fn main() {
    let begun = std::time::Instant::now();
    println!("{:>6}  {:>9}  {:>9}  {:>9}  messages", "rules", "load", "check", "together");
    let mut wrong = false;
    for rules in [50, 100, 200, 500, 1000] {
        let text = pack(rules);
        // The clock of the processor is coarse: small packs are done often enough to be seen.
        let times = (1000 / rules) as u32;
        let (mut loading, mut checking) = (Duration::ZERO, Duration::ZERO);
        let mut found = String::new();
        let mut open = 0;
        for _ in 0..times {
            let start = processor(begun);
            let mut sources = Sources::default();
            let file = sources.add("pack.yaml", text.clone());
            let loaded = load(&[file], &sources);
            let between = processor(begun);
            let checked = check(loaded, None);
            loading += between - start;
            checking += processor(begun) - between;
            let count = |code: Code| checked.diagnostics.iter().filter(|told| told.code == code).count();
            open = count(Code::NotDecided);
            found = ["K301", "K302", "K303", "K304", "K308", "K309", "K310", "K399"]
                .iter()
                .filter_map(|name| {
                    let code = Code::ALL.iter().find(|code| code.name() == *name)?;
                    Some(format!("{name} {}", count(*code)))
                })
                .collect::<Vec<_>>()
                .join(", ");
        }
        let (load, check) = (loading / times, checking / times);
        println!("{rules:>6}  {load:>9.1?}  {check:>9.1?}  {:>9.1?}  {found}", load + check);
        let most = match rules {
            1000 => Duration::from_secs(2),
            200 => Duration::from_millis(100),
            _ => Duration::MAX,
        };
        if open > 0 || load + check > most {
            println!("        too slow, or not decided");
            wrong = true;
        }
    }
    if wrong {
        std::process::exit(1);
    }
}
