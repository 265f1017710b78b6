//! The bookmarks: headings as a tree beside the pages.

use lopdf::{Dictionary, Object, ObjectId};

use crate::document::Heading;

use super::draw::top;
use super::finish::{Facts, text};

/// For each heading the one that it stands under: the nearest before it of a higher rank.
pub fn parents(headings: &[Heading]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    headings
        .iter()
        .enumerate()
        .map(|(index, heading)| {
            while open.last().is_some_and(|last| headings[*last].level >= heading.level) {
                open.pop();
            }
            let parent = open.last().copied();
            open.push(index);
            parent
        })
        .collect()
}

/// Adds the outline and gives its root, or nothing where there are no headings.
pub fn add(pdf: &mut lopdf::Document, pages: &[ObjectId], facts: &Facts<'_>) -> Option<ObjectId> {
    let (headings, spots) = (facts.headings, facts.spots);
    if headings.is_empty() {
        return None;
    }
    let root = pdf.new_object_id();
    let ids: Vec<ObjectId> = headings.iter().map(|_| pdf.new_object_id()).collect();
    let parents = parents(headings);
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); headings.len()];
    let mut tops = Vec::new();
    for (index, parent) in parents.iter().enumerate() {
        match parent {
            Some(parent) => children[*parent].push(index),
            None => tops.push(index),
        }
    }
    let mut place = |siblings: &[usize], parent: ObjectId| {
        for (position, index) in siblings.iter().enumerate() {
            let mut item = Dictionary::new();
            item.set("Title", text(&headings[*index].text));
            item.set("Parent", Object::Reference(parent));
            if let Some(spot) = spots.get(*index).copied().flatten()
                && let Some(page) = pages.get(spot.page)
            {
                let top = Object::Real(top(facts.style, spot));
                let place =
                    vec![Object::Reference(*page), "XYZ".into(), Object::Real(0.0), top, Object::Null];
                item.set("Dest", Object::Array(place));
            }
            if let Some(before) = position.checked_sub(1) {
                item.set("Prev", Object::Reference(ids[siblings[before]]));
            }
            if let Some(next) = siblings.get(position + 1) {
                item.set("Next", Object::Reference(ids[*next]));
            }
            if let (Some(first), Some(last)) = (children[*index].first(), children[*index].last()) {
                item.set("First", Object::Reference(ids[*first]));
                item.set("Last", Object::Reference(ids[*last]));
                // A negative count says that they are folded away at first.
                item.set("Count", -(children[*index].len() as i64));
            }
            pdf.objects.insert(ids[*index], Object::Dictionary(item));
        }
    };
    place(&tops, root);
    for (index, siblings) in children.iter().enumerate() {
        place(siblings, ids[index]);
    }
    let mut outline = Dictionary::new();
    outline.set("Type", "Outlines");
    if let (Some(first), Some(last)) = (tops.first(), tops.last()) {
        outline.set("First", Object::Reference(ids[*first]));
        outline.set("Last", Object::Reference(ids[*last]));
    }
    outline.set("Count", tops.len() as i64);
    pdf.objects.insert(root, Object::Dictionary(outline));
    Some(root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_stands_under_the_nearest_higher_one() {
        let heading = |level| Heading { level, id: String::new(), text: String::new() };
        let headings: Vec<Heading> = [2, 4, 3, 1, 2, 2, 6].into_iter().map(heading).collect();
        assert_eq!(parents(&headings), [None, Some(0), Some(0), None, Some(3), Some(3), Some(5)]);
    }
}
