//! The bookmarks: headings as a tree beside the pages.

use std::io;

use crate::document::Heading;

use super::file::File;
use super::finish::Facts;
use super::links::destination;
use super::syntax::{integer, reference, text};

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

/// Writes the outline and gives the number of its root, or nothing where there are no headings.
pub fn write(file: &mut File<Vec<u8>>, pages: &[u32], facts: &Facts<'_>) -> io::Result<Option<u32>> {
    let headings = facts.headings;
    if headings.is_empty() {
        return Ok(None);
    }
    let root = file.number();
    let own: Vec<u32> = headings.iter().map(|_| file.number()).collect();
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); headings.len()];
    let mut tops = Vec::new();
    for (index, parent) in parents(headings).into_iter().enumerate() {
        match parent {
            Some(parent) => children[parent].push(index),
            None => tops.push(index),
        }
    }
    let families = std::iter::once((&tops, root)).chain(children.iter().zip(own.iter().copied()));
    for (siblings, parent) in families {
        for (position, index) in siblings.iter().enumerate() {
            let around = Around {
                parent,
                before: position.checked_sub(1).map(|before| own[siblings[before]]),
                next: siblings.get(position + 1).map(|next| own[*next]),
            };
            file.entry(own[*index], |out| {
                out.extend_from_slice(b"<</Title");
                text(out, &headings[*index].text);
                around.write(out);
                if let Some(spot) = facts.spots.get(*index).copied().flatten() {
                    out.extend_from_slice(b"/Dest");
                    destination(out, spot, pages, facts);
                }
                // A negative count says that they are folded away at first.
                family(out, &children[*index], &own, -1);
                out.extend_from_slice(b">>");
            })?;
        }
    }
    file.entry(root, |out| {
        out.extend_from_slice(b"<</Type/Outlines");
        family(out, &tops, &own, 1);
        out.extend_from_slice(b">>");
    })?;
    Ok(Some(root))
}

/// What stands next to a bookmark.
struct Around {
    parent: u32,
    before: Option<u32>,
    next: Option<u32>,
}

impl Around {
    fn write(&self, out: &mut Vec<u8>) {
        for (key, number) in [("/Parent ", Some(self.parent)), ("/Prev ", self.before), ("/Next ", self.next)]
        {
            if let Some(number) = number {
                out.extend_from_slice(key.as_bytes());
                reference(out, number);
            }
        }
    }
}

/// The bookmarks under one, if there are any.
fn family(out: &mut Vec<u8>, children: &[usize], own: &[u32], sign: i64) {
    let (Some(first), Some(last)) = (children.first(), children.last()) else { return };
    out.extend_from_slice(b"/First ");
    reference(out, own[*first]);
    out.extend_from_slice(b"/Last ");
    reference(out, own[*last]);
    out.extend_from_slice(b"/Count ");
    integer(out, sign * children.len() as i64);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_stands_under_the_nearest_higher_one() {
        let heading = |level| Heading { level, id: String::new(), text: String::new(), aside: false };
        let headings: Vec<Heading> = [2, 4, 3, 1, 2, 2, 6].into_iter().map(heading).collect();
        assert_eq!(parents(&headings), [None, Some(0), Some(0), None, Some(3), Some(3), Some(5)]);
    }
}
