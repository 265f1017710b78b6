//! The structure tree as objects, and the way back from the pages to it.

use std::collections::BTreeMap;
use std::io;

use super::file::File;
use super::finish::Facts;
use super::syntax::{self, hundredths, integer, length, reference};
use super::tags::{Element, Kid, Node, Tree};

/// The numbers of the objects that the structure names.
pub struct Numbers<'a> {
    pub pages: &'a [u32],
    /// Of the areas of links.
    pub areas: &'a [u32],
}

/// Writes the tree with its root as the object of this number.
pub fn write(
    file: &mut File<Vec<u8>>,
    root: u32,
    numbers: &Numbers<'_>,
    facts: &Facts<'_>,
) -> io::Result<()> {
    let elements = facts.tree.elements();
    let own: Vec<u32> = elements.iter().map(|_| file.number()).collect();
    let mut names: BTreeMap<&str, u32> = BTreeMap::new();
    for (node, element) in elements.iter().enumerate() {
        if !element.speaks() {
            continue;
        }
        if let Some(id) = &element.id {
            names.insert(id, own[node]);
        }
        let parent = if node == Tree::ROOT { root } else { own[element.parent] };
        file.entry(own[node], |out| {
            out.extend_from_slice(b"<</S/");
            out.extend_from_slice(element.kind.as_bytes());
            out.extend_from_slice(b"/P ");
            reference(out, parent);
            kids(out, element, &own, numbers);
            words(out, element);
            attributes(out, node, element, facts);
            out.extend_from_slice(b">>");
        })?;
    }
    let parents = parents(file, &own, facts)?;
    let identities = identities(file, &names)?;
    file.entry(root, |out| {
        out.extend_from_slice(b"<</Type/StructTreeRoot/K ");
        reference(out, own[Tree::ROOT]);
        out.extend_from_slice(b"/ParentTree ");
        reference(out, parents);
        out.extend_from_slice(b"/ParentTreeNextKey ");
        integer(out, (numbers.pages.len() + facts.areas.len()) as i64);
        if let Some(identities) = identities {
            out.extend_from_slice(b"/IDTree ");
            reference(out, identities);
        }
        out.extend_from_slice(b">>");
    })
}

/// What an element holds, and the page on which its own content begins.
fn kids(out: &mut Vec<u8>, element: &Element, own: &[u32], numbers: &Numbers<'_>) {
    let home = element.kids.iter().find_map(|kid| match kid {
        Kid::Content { page, .. } => Some(*page),
        _ => None,
    });
    if let Some(page) = home {
        out.extend_from_slice(b"/Pg ");
        reference(out, numbers.pages[page]);
    }
    if element.kids.is_empty() {
        return;
    }
    let several = element.kids.len() > 1;
    out.extend_from_slice(if several { b"/K[" } else { b"/K " });
    syntax::list(out, &element.kids, |out, kid| match *kid {
        Kid::Element(child) => reference(out, own[child]),
        Kid::Content { page, mark } if Some(page) == home => integer(out, mark as i64),
        Kid::Content { page, mark } => {
            out.extend_from_slice(b"<</Type/MCR/Pg ");
            reference(out, numbers.pages[page]);
            out.extend_from_slice(b"/MCID ");
            integer(out, mark as i64);
            out.extend_from_slice(b">>");
        }
        Kid::Link { page, area } => {
            out.extend_from_slice(b"<</Type/OBJR/Obj ");
            reference(out, numbers.areas[area]);
            out.extend_from_slice(b"/Pg ");
            reference(out, numbers.pages[page]);
            out.extend_from_slice(b">>");
        }
    });
    if several {
        out.push(b']');
    }
}

/// What is said of an element in words.
fn words(out: &mut Vec<u8>, element: &Element) {
    if let Some(alternative) = &element.alternative {
        out.extend_from_slice(b"/Alt");
        syntax::text(out, alternative);
    }
    if let Some(id) = &element.id {
        out.extend_from_slice(b"/ID");
        syntax::literal(out, id.as_bytes());
    }
    if let Some(actual) = &element.actual {
        out.extend_from_slice(b"/ActualText");
        syntax::text(out, actual);
    }
    if let Some(language) = &element.language {
        out.extend_from_slice(b"/Lang");
        syntax::literal(out, language.as_bytes());
    }
}

fn attributes(out: &mut Vec<u8>, node: Node, element: &Element, facts: &Facts<'_>) {
    let mut attribute = |key: &str, value: &str| {
        [key, value, ">>"].iter().for_each(|part| out.extend_from_slice(part.as_bytes()));
    };
    if element.kind == "TH" {
        return attribute("/A<</O/Table/Scope/", if element.heads_row { "Row" } else { "Column" });
    }
    if let Some(numbering) = element.numbering {
        return attribute("/A<</O/List/ListNumbering/", numbering);
    }
    let Some((_, [left, upper, right, lower])) = facts.figures.get(&node) else { return };
    // A picture among words is one of them.
    let around = facts.tree.get(element.parent).kind;
    let within =
        matches!(around, "P" | "TD" | "TH" | "Lbl" | "Link" | "H1" | "H2" | "H3" | "H4" | "H5" | "H6");
    let placement: &[u8] = if within { b"Inline" } else { b"Block" };
    out.extend_from_slice(b"/A<</O/Layout/Placement/");
    out.extend_from_slice(placement);
    out.extend_from_slice(b"/BBox[");
    let height = facts.style.page_height;
    let edges = [*left, height - lower, *right, height - upper];
    syntax::list(out, edges, |out, edge| length(out, hundredths(edge * facts.style.scale)));
    out.extend_from_slice(b"]>>");
}

/// From each page and each area of a link to what it belongs to.
fn parents(file: &mut File<Vec<u8>>, own: &[u32], facts: &Facts<'_>) -> io::Result<u32> {
    let mut lists = Vec::with_capacity(facts.pages.len());
    for page in facts.pages {
        let list = file.number();
        file.entry(list, |out| {
            out.push(b'[');
            syntax::list(out, &page.marks, |out, node| reference(out, own[*node]));
            out.push(b']');
        })?;
        lists.push(list);
    }
    let links = facts.areas.iter().filter_map(|area| Some(own[facts.links.get(area.link)?.node]));
    let tree = file.number();
    file.entry(tree, |out| {
        out.extend_from_slice(b"<</Nums[");
        syntax::list(out, lists.into_iter().chain(links).enumerate(), |out, (key, parent)| {
            integer(out, key as i64);
            out.push(b' ');
            reference(out, parent);
        });
        out.extend_from_slice(b"]>>");
    })?;
    Ok(tree)
}

/// The elements that have names, by them; nothing where none has.
fn identities(file: &mut File<Vec<u8>>, names: &BTreeMap<&str, u32>) -> io::Result<Option<u32>> {
    let (Some((first, _)), Some((last, _))) = (names.first_key_value(), names.last_key_value()) else {
        return Ok(None);
    };
    let (leaf, tree) = (file.number(), file.number());
    file.entry(leaf, |out| {
        out.extend_from_slice(b"<</Limits[");
        syntax::literal(out, first.as_bytes());
        syntax::literal(out, last.as_bytes());
        out.extend_from_slice(b"]/Names[");
        for (name, element) in names {
            syntax::literal(out, name.as_bytes());
            reference(out, *element);
        }
        out.extend_from_slice(b"]>>");
    })?;
    file.entry(tree, |out| {
        out.extend_from_slice(b"<</Kids[");
        reference(out, leaf);
        out.extend_from_slice(b"]>>");
    })?;
    Ok(Some(tree))
}
