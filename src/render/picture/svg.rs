//! SVG: shapes alone. Scripts do nothing, and no file and no address in it is opened.

use std::collections::HashMap;

use usvg::roxmltree::{Document, Node, ParsingOptions};
use usvg::{Group, ImageHrefResolver, Options, Paint, Tree};

/// More elements than any drawing of a hand has.
const MOST_ELEMENTS: u64 = 50_000;
const DEEPEST: usize = 128;
/// A drawing larger than this is meant in other units.
const LARGEST: f32 = 20_000.0;

/// The text of a file that seems to be an SVG.
pub(super) fn text(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    (text.trim_start().starts_with('<') && text.contains("<svg")).then_some(text)
}

/// The drawing, and what in it cannot be drawn on paper.
pub(super) fn read(text: &str) -> Result<(Tree, Vec<&'static str>), String> {
    if nesting(text) > DEEPEST {
        return Err(format!("it is an SVG of more than {DEEPEST} levels"));
    }
    let options = ParsingOptions {
        allow_dtd: true,
        nodes_limit: MOST_ELEMENTS as u32 * 4,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options)
        .map_err(|error| format!("it is a broken SVG: {error}"))?;
    if elements(&document) > MOST_ELEMENTS {
        return Err(format!("it is an SVG of more than {MOST_ELEMENTS} elements"));
    }
    let options = Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree =
        Tree::from_xmltree(&document, &options).map_err(|error| format!("it is a broken SVG: {error}"))?;
    if tree.size().width().max(tree.size().height()) > LARGEST {
        return Err(format!("it is an SVG larger than {LARGEST} by {LARGEST}"));
    }
    let mut undrawn = Vec::new();
    for (name, words) in [("text", "text"), ("image", "a picture in it"), ("foreignObject", "a page in it")] {
        if document.descendants().any(|node| node.tag_name().name() == name) {
            undrawn.push(words);
        }
    }
    look_through(tree.root(), &mut undrawn);
    undrawn.sort_unstable();
    undrawn.dedup();
    Ok((tree, undrawn))
}

/// How deep tags are nested, at least: counted before anything climbs down.
fn nesting(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let bytes = text.as_bytes();
    // The next end of a tag, found once for all the beginnings before it.
    let mut end = 0;
    for (at, _) in text.match_indices('<') {
        let first = at + 1;
        match bytes.get(first) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') | None => {}
            _ => {
                if end < first {
                    end = text[first..].find('>').map_or(bytes.len(), |found| first + found);
                }
                if end == first || bytes[end - 1] != b'/' {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
            }
        }
    }
    deepest
}

/// How many elements there are once each one that is used is put where it is used.
fn elements(document: &Document<'_>) -> u64 {
    let ids: HashMap<&str, Node<'_, '_>> =
        document.descendants().filter_map(|node| Some((node.attribute("id")?, node))).collect();
    let mut known = HashMap::new();
    count(document.root(), &ids, &mut known, 0)
}

fn count<'a>(
    node: Node<'a, 'a>,
    ids: &HashMap<&str, Node<'a, 'a>>,
    known: &mut HashMap<usize, u64>,
    depth: usize,
) -> u64 {
    let index = node.id().get_usize();
    if let Some(count) = known.get(&index) {
        return *count;
    }
    if depth > 4 * DEEPEST {
        return MOST_ELEMENTS + 1;
    }
    // What uses itself is no drawing: it counts nothing while it is being counted.
    known.insert(index, 0);
    let mut sum = 1_u64;
    for child in node.children().filter(Node::is_element) {
        sum = sum.saturating_add(count(child, ids, known, depth + 1));
    }
    let href = |attribute: &usvg::roxmltree::Attribute<'_, '_>| attribute.name() == "href";
    if node.tag_name().name() == "use"
        && let Some(target) = node.attributes().find(href).and_then(|href| href.value().strip_prefix('#'))
        && let Some(target) = ids.get(target)
    {
        sum = sum.saturating_add(count(*target, ids, known, depth + 1));
    }
    known.insert(index, sum);
    sum
}

fn look_through(group: &Group, undrawn: &mut Vec<&'static str>) {
    if group.mask().is_some() {
        undrawn.push("a mask");
    }
    if !group.filters().is_empty() {
        undrawn.push("a filter");
    }
    for node in group.children() {
        match node {
            usvg::Node::Group(group) => look_through(group, undrawn),
            usvg::Node::Path(path) => {
                let fill = path.fill().map(usvg::Fill::paint);
                let stroke = path.stroke().map(usvg::Stroke::paint);
                if let Some(Paint::Pattern(_)) = fill.or(stroke) {
                    undrawn.push("a pattern");
                }
                if let Some(Paint::LinearGradient(_) | Paint::RadialGradient(_)) = stroke {
                    undrawn.push("a line in changing colours");
                }
            }
            usvg::Node::Image(_) | usvg::Node::Text(_) => {}
        }
    }
}
