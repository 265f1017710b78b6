//! The name of each item in a tool that gives its answers back under names: the id, as far as an import reads it back.

use super::plan::{About, Entry, Form, Item};
use crate::import::{IN_PERCENT, is_claimed};
use crate::model::Unit;

/// The names of all items.
pub struct Names {
    questions: Vec<String>,
    metrics: Vec<String>,
}

impl Names {
    pub fn new(form: &Form<'_>) -> Names {
        let pack = form.pack;
        let mut names = Names {
            questions: pack.questions.iter().map(|question| question.id.clone()).collect(),
            metrics: pack.metrics.iter().map(|metric| metric.id.clone()).collect(),
        };
        for item in form.sections.iter().flat_map(|section| &section.items) {
            let mut name = item.id.clone();
            if let Entry::Number { unit: Unit::Percent, .. } = item.entry {
                name.push_str(IN_PERCENT);
            } else if is_claimed(&name) {
                // Letters and digits alone tell an id; what a tool calls its own columns has no dash at its end.
                name.push('_');
            }
            match item.about {
                About::Question(place) => names.questions[place] = name,
                About::Metric(place) => names.metrics[place] = name,
                About::Name | About::Team | About::Role => {}
            }
        }
        names
    }

    pub fn of<'n>(&'n self, item: &'n Item) -> &'n str {
        match item.about {
            About::Question(place) => &self.questions[place],
            About::Metric(place) => &self.metrics[place],
            About::Name | About::Team | About::Role => &item.id,
        }
    }

    pub fn question(&self, place: usize) -> &str {
        &self.questions[place]
    }

    pub fn role(&self) -> &'static str {
        "role"
    }
}
