//! Room to write, tick and sign as fences that say what they are for.
//!
//! ````text
//! ```lines 4
//! What will you do differently on Monday?
//! ```
//!
//! ```box 6
//! Draw your sales process from the first call to the signature
//! ```
//!
//! ```scale
//! question: How far do you agree?
//! points: 1 to 5
//! ends: not at all, fully
//! - I know my three leaks
//! - I know what to do about them
//! ```
//!
//! ```signature
//! Place, date: Berlin, 1 March 2026
//! Signature
//! ```
//! ````

mod read;
mod write;

use super::front::one_line;
use crate::document::{Form, Scale};

pub(super) use read::read;
pub(super) use write::write;

/// What may stand behind a fence for it to be a form.
const NAMES: [&str; 4] = ["lines", "box", "scale", "signature"];

/// Whether a fence with this info string claims to be a form.
pub(super) fn is_form(info: &str) -> bool {
    info.split_whitespace().next().is_some_and(|name| NAMES.contains(&name))
}

/// Brings a form that was not read from text into what a fence can hold.
pub(super) fn normalise(form: &mut Form) {
    match form {
        Form::Lines { count, prompt } | Form::Space { lines: count, prompt } => {
            *count = (*count).clamp(1, Form::MOST_LINES);
            *prompt = one_line(prompt);
        }
        Form::Scale(scale) => normalise_scale(scale),
        Form::Signature(fields) => {
            for field in fields.iter_mut() {
                field.label = one_line(&field.label);
                field.value = one_line(&field.value);
                if field.label.is_empty() {
                    field.label = std::mem::take(&mut field.value);
                }
            }
            fields.retain(|field| !field.label.is_empty());
        }
    }
}

fn normalise_scale(scale: &mut Scale) {
    scale.question = one_line(&scale.question);
    scale.points.truncate(*Scale::POINTS.end());
    while scale.points.len() < *Scale::POINTS.start() {
        scale.points.push(String::new());
    }
    for (index, point) in scale.points.iter_mut().enumerate() {
        *point = one_line(point);
        if point.is_empty() {
            *point = (index + 1).to_string();
        }
    }
    let ends = scale.ends.take().map(|(left, right)| (one_line(&left), one_line(&right)));
    scale.ends = ends.filter(|(left, right)| !(left.is_empty() && right.is_empty()));
    scale.items.iter_mut().for_each(|item| *item = one_line(item));
    scale.items.retain(|item| !item.is_empty());
}
