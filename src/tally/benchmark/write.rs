//! A benchmark as a file, in YAML or JSON.

use std::fmt::Write;

use super::{Benchmark, Kept, PLACES};
use crate::model::Number;
use crate::yaml::in_quotes;

impl Benchmark {
    pub fn to_yaml(&self) -> String {
        let about = &self.about;
        let mut out = String::from(
            "# How a cohort answered, for later cohorts to be compared with. It names nobody, and holds no figure of fewer\n\
             # people than the cohort report was allowed to tell of. Each line lists how many had which value.\n",
        );
        let _ = writeln!(out, "benchmark: {}", in_quotes(&self.pack));
        let _ = writeln!(out, "version: {}", in_quotes(&self.version));
        let _ = writeln!(out, "title: {}", in_quotes(&about.title));
        let _ = writeln!(out, "source: {}", in_quotes(&about.source));
        let _ = writeln!(out, "grade: {}", about.grade);
        let _ = writeln!(out, "date: {}", about.date);
        let _ = writeln!(out, "people: {}", self.people);
        for (key, list) in [("scores", &self.scores), ("questions", &self.questions)] {
            let _ = writeln!(out, "{key}:{}", if list.is_empty() { " {}" } else { "" });
            for kept in list {
                let values: Vec<String> = kept
                    .values
                    .times()
                    .map(|(value, times)| format!("{}: {times}", written(value)))
                    .collect();
                let (id, values) = (&kept.id, values.join(", "));
                let _ = writeln!(out, "  {id}: {{ asked: \"{}\", values: {{ {values} }} }}", kept.print);
            }
        }
        out
    }

    pub fn to_json(&self) -> String {
        let about = &self.about;
        let list = |list: &[Kept]| -> serde_json::Map<String, serde_json::Value> {
            let one = |kept: &Kept| {
                let values: serde_json::Map<String, serde_json::Value> =
                    kept.values.times().map(|(value, times)| (written(value), times.into())).collect();
                (kept.id.clone(), serde_json::json!({ "asked": kept.print, "values": values }))
            };
            list.iter().map(one).collect()
        };
        let whole = serde_json::json!({
            "benchmark": self.pack,
            "version": self.version,
            "title": about.title,
            "source": about.source,
            "grade": about.grade,
            "date": about.date.to_string(),
            "people": self.people,
            "scores": list(&self.scores),
            "questions": list(&self.questions),
        });
        serde_json::to_string_pretty(&whole).unwrap_or_default() + "\n"
    }
}

fn written(value: &Number) -> String {
    value.to_decimal(PLACES)
}
