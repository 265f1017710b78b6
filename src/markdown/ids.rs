//! The anchors of headings: the author's own, else made from the heading's words.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::document::{Block, Document, Inline, plain_text};

/// Which ids of a tree count as given by its author.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    /// Those that are not empty, as read from `{#id}`.
    ByAuthor,
    /// Each one: the tree is complete.
    Always,
}

const LONGEST: usize = 80;

/// Gives each heading the one id that it has in its document, and tells whether any of them is its author's.
pub(super) fn assign(document: &mut Document, given: Given) -> bool {
    let mut headings = Vec::new();
    gather(&mut document.blocks, &mut headings);
    document.notes.iter_mut().for_each(|note| gather(note, &mut headings));
    let mut wanted = Vec::with_capacity(headings.len());
    // A heading that has an id needs none that is made of its words.
    let mut slugs = Vec::with_capacity(headings.len());
    for (id, text) in &mut headings {
        let own = clean(std::mem::take(id));
        let made = if own.is_empty() { slug(&plain_text(text)) } else { String::new() };
        wanted.push(match (own.is_empty(), given) {
            (false, _) => Some(own),
            (true, Given::Always) => Some(made.clone()),
            (true, Given::ByAuthor) => None,
        });
        slugs.push(made);
    }
    for ((id, _), made) in headings.into_iter().zip(resolve(&wanted, &slugs)) {
        *id = made;
    }
    wanted.iter().any(Option::is_some)
}

/// For each heading in reading order, whether `{#id}` must be written so that reading gives the id back.
pub(super) fn to_write(document: &Document) -> Vec<bool> {
    let mut ids = Vec::new();
    let mut slugs = Vec::new();
    gather_shared(&document.blocks, &mut ids, &mut slugs);
    document.notes.iter().for_each(|note| gather_shared(note, &mut ids, &mut slugs));
    let mut explicit: Vec<bool> = ids.iter().zip(&slugs).map(|(id, slug)| !is_made_from(id, slug)).collect();
    for round in 0.. {
        let wanted: Vec<Option<String>> =
            ids.iter().zip(&explicit).map(|(id, explicit)| explicit.then(|| (*id).to_owned())).collect();
        let made = resolve(&wanted, &slugs);
        let mut settled = true;
        for (index, id) in made.iter().enumerate() {
            if id != ids[index] || round >= 8 {
                settled &= explicit[index];
                explicit[index] = true;
            }
        }
        if settled {
            break;
        }
    }
    explicit
}

/// Ids that the author gave are taken first, so that no heading above can take them away.
fn resolve(wanted: &[Option<String>], slugs: &[String]) -> Vec<String> {
    let mut names = Names(HashMap::with_capacity_and_hasher(slugs.len(), FixedState::default()));
    let given: Vec<Option<String>> = wanted.iter().map(|id| id.as_ref().map(|id| names.unique(id))).collect();
    given.into_iter().zip(slugs).map(|(id, slug)| id.unwrap_or_else(|| names.unique(slug))).collect()
}

/// The ids that are taken, each with the number to try first where it is wanted again.
struct Names(HashMap<String, usize, FixedState>);

impl Names {
    fn unique(&mut self, name: &str) -> String {
        let Some(first) = self.0.get(name).copied() else {
            self.0.insert(name.to_owned(), 2);
            return name.to_owned();
        };
        let mut numbers = first..;
        let numbered = |number| [name, "-", usize::to_string(&number).as_str()].concat();
        let free = |number| Some(numbered(number)).filter(|id| !self.0.contains_key(id));
        let id = numbers.find_map(free).unwrap_or_default();
        if let Some(next) = self.0.get_mut(name) {
            *next = numbers.start;
        }
        self.0.insert(id.clone(), 2);
        id
    }
}

/// Whether a slug may become this id by being numbered.
fn is_made_from(id: &str, slug: &str) -> bool {
    id.strip_prefix(slug).is_some_and(|rest| {
        rest.is_empty()
            || rest.strip_prefix('-').is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
    })
}

/// The words of a heading as an id: letters and digits of any script, hyphens between.
fn slug(words: &str) -> String {
    let mut out = String::with_capacity(words.len().min(LONGEST));
    let mut long = 0;
    let mut add = |c: char| {
        let sign = if c.is_alphanumeric() { c } else { '-' };
        if long < LONGEST && (sign != '-' || long > 0 && !out.ends_with('-')) {
            out.push(sign);
            long += 1;
        }
    };
    for c in words.chars() {
        // Nearly all are; the lower case of others may be more than one.
        if c.is_ascii() { add(c.to_ascii_lowercase()) } else { c.to_lowercase().for_each(&mut add) }
    }
    out.truncate(out.trim_end_matches('-').len());
    if out.is_empty() { "section".to_owned() } else { out }
}

/// Without the characters that `{#id}` cannot hold.
fn clean(id: String) -> String {
    let barred = |c: char| c.is_whitespace() || c.is_control() || "{}<>\\".contains(c);
    if !id.contains(barred) && !id.starts_with('-') && !id.ends_with('-') {
        return id;
    }
    id.replace(barred, "-").trim_matches('-').to_owned()
}

fn gather<'a>(blocks: &'a mut [Block], out: &mut Vec<(&'a mut String, &'a [Inline])>) {
    for block in blocks {
        match block {
            Block::Heading { id, text, .. } => out.push((id, text.as_slice())),
            other => other.parts_mut().into_iter().for_each(|blocks| gather(blocks, out)),
        }
    }
}

fn gather_shared<'a>(blocks: &'a [Block], ids: &mut Vec<&'a str>, slugs: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Heading { id, text, .. } => {
                ids.push(id);
                slugs.push(slug(&plain_text(text)));
            }
            other => other.parts().into_iter().for_each(|blocks| gather_shared(blocks, ids, slugs)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_keep_letters_of_any_script() {
        assert_eq!(slug("What it costs: 10 %!"), "what-it-costs-10");
        assert_eq!(slug("Größe и порядок 数"), "größe-и-порядок-数");
        assert_eq!(slug("**"), "section");
    }

    #[test]
    fn an_id_of_the_author_is_never_taken_by_a_slug() {
        let wanted = [None, Some("plan".to_owned()), Some("plan".to_owned())];
        let slugs = ["plan".to_owned(), "a".to_owned(), "b".to_owned()];
        assert_eq!(resolve(&wanted, &slugs), ["plan-3", "plan", "plan-2"]);
    }
}
