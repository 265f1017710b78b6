//! A form → the text of its fence.

use crate::document::{Form, Scale};
use crate::markdown::fence::escape;

/// The info string and the text of the fence.
pub(in crate::markdown) fn write(form: &Form) -> (String, String) {
    match form {
        Form::Lines { count, prompt } => (format!("lines {count}"), escape(prompt, "").into_owned()),
        Form::Space { lines, prompt } => (format!("box {lines}"), escape(prompt, "").into_owned()),
        Form::Scale(scale) => ("scale".to_owned(), self::scale(scale)),
        Form::Signature(fields) => {
            let line = |field: &crate::document::Field| {
                let label = escape(&field.label, ":");
                let value = escape(&field.value, "");
                if value.is_empty() { label.into_owned() } else { format!("{label}: {value}") }
            };
            ("signature".to_owned(), fields.iter().map(line).collect::<Vec<_>>().join("\n"))
        }
    }
}

fn scale(scale: &Scale) -> String {
    let mut lines = Vec::new();
    if !scale.question.is_empty() {
        lines.push(format!("question: {}", escape(&scale.question, "")));
    }
    lines.push(match scale.stretch() {
        Some((first, last)) => format!("points: {first} to {last}"),
        None => {
            let points: Vec<_> = scale.points.iter().map(|point| escape(point, ",")).collect();
            format!("points: {}", points.join(", "))
        }
    });
    if let Some((left, right)) = &scale.ends {
        lines.push(format!("ends: {}, {}", escape(left, ","), escape(right, ",")));
    }
    lines.extend(scale.items.iter().map(|item| format!("- {}", escape(item, ""))));
    lines.join("\n")
}
