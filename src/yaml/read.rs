//! Events → tree. A fault in the syntax is told, its value blanked, and the rest read on.

use std::collections::hash_map::Entry as Slot;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_saphyr::granit_parser::{Event, Options, Parser, ScalarStyle, ScanError, StructureStyle, options};

use super::commas::tell_cut_values;
use super::recover::{Blanked, quote_line};
use super::{Entry, Node, Scalar, Style, Value};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceId, Sources, Span};

/// Values in one file, repeats through aliases counted each time.
const MAX_VALUES: usize = 1_000_000;
/// Lists and maps inside each other.
pub(super) const MAX_DEPTH: usize = 100;
/// Syntax faults told in one file.
const MAX_FAULTS: usize = 50;

/// The tree of a file; none where it is empty or nothing of it can be read.
pub fn read(source: SourceId, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Node> {
    let text = sources.get(source).text.clone();
    let mut blanked = Blanked::new(&text);
    for _ in 0..MAX_FAULTS {
        let mut builder = Builder::new(source, &text, &blanked);
        let mut faults = Diagnostics::default();
        match builder.run(blanked.text(), &mut faults) {
            Ok(node) => {
                diagnostics.extend(faults);
                return node;
            }
            Err(Stop::TooMuch(fault)) => {
                diagnostics.push(*fault);
                return None;
            }
            Err(Stop::Syntax(error)) => {
                let at = error.marker().byte_offset().unwrap_or(0).min(text.len());
                let told = blanked.blank_at(at, &error.info(), source);
                match told {
                    Some(diagnostic) => diagnostics.push(diagnostic),
                    None => return None,
                }
            }
        }
    }
    None
}

enum Stop {
    Syntax(ScanError),
    TooMuch(Box<Diagnostic>),
}

/// A list or map that is still open.
enum Open {
    List {
        items: Vec<Node>,
        flow: bool,
        span: Span,
        anchor: usize,
    },
    Map {
        entries: Vec<Entry>,
        /// Where each key stands first.
        seen: HashMap<String, Span>,
        key: Option<(String, Span)>,
        /// Whether its first key came again: what follows belongs to an item that was not begun.
        begun_again: bool,
        flow: bool,
        span: Span,
        anchor: usize,
    },
}

struct Builder<'t> {
    source: SourceId,
    text: &'t str,
    blanked: &'t Blanked,
    open: Vec<Open>,
    root: Option<Node>,
    anchors: BTreeMap<usize, (Node, usize)>,
    anchor_places: Vec<(usize, Span)>,
    used: BTreeSet<usize>,
    count: usize,
}

impl<'t> Builder<'t> {
    fn new(source: SourceId, text: &'t str, blanked: &'t Blanked) -> Builder<'t> {
        Builder {
            source,
            text,
            blanked,
            open: Vec::new(),
            root: None,
            anchors: BTreeMap::new(),
            anchor_places: Vec::new(),
            used: BTreeSet::new(),
            count: 0,
        }
    }

    fn run(&mut self, text: &str, faults: &mut Diagnostics) -> Result<Option<Node>, Stop> {
        let mut documents = 0;
        for event in Parser::new_from_str_with_options(text, parser_options()) {
            let (event, place) = event.map_err(Stop::Syntax)?;
            let range = place.byte_range().unwrap_or(0..0);
            let span = Span::new(self.source, range);
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents == 2 {
                        faults.push(
                            Diagnostic::error(Code::WrongShape, span, "a second document begins here")
                                .help("one file holds one document: take out the `---`"),
                        );
                        return Ok(self.root.take());
                    }
                }
                Event::Anchor(id, _) => self.anchor_places.push((id, span)),
                Event::Scalar(value, style, anchor, tag) => {
                    if tag.is_some() {
                        let at = place.tag_span().and_then(|tag| tag.byte_range()).unwrap_or(span.range());
                        faults.push(
                            self.quote_fault(at.start, "`!` begins a tag in YAML, so the text would change"),
                        );
                    }
                    let style = match style {
                        ScalarStyle::Plain => Style::Plain,
                        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
                        ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                    };
                    let node = self.scalar(value.into_owned(), style, span);
                    self.add(node, anchor, faults)?;
                }
                Event::SequenceStart(style, anchor, tag) => {
                    if tag.is_some() {
                        faults.push(self.quote_fault(span.range().start, "YAML tags are not used here"));
                    }
                    let flow = style == StructureStyle::Flow;
                    self.begin(Open::List { items: Vec::new(), flow, span, anchor }, span)?;
                }
                Event::MappingStart(style, anchor, tag) => {
                    if tag.is_some() {
                        faults.push(self.quote_fault(span.range().start, "YAML tags are not used here"));
                    }
                    let flow = style == StructureStyle::Flow;
                    let (entries, seen) = (Vec::new(), HashMap::new());
                    self.begin(
                        Open::Map { entries, seen, key: None, begun_again: false, flow, span, anchor },
                        span,
                    )?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.end(span, faults)?,
                Event::Alias(id) => {
                    self.used.insert(id);
                    let (node, size) = match self.anchors.get(&id) {
                        Some((node, size)) => (node.clone(), *size),
                        None => {
                            let message = "this reference stands inside what it refers to";
                            faults.push(
                                Diagnostic::error(Code::Cycle, span, message)
                                    .label("it would never end")
                                    .help("write the part out"),
                            );
                            (Node { span, value: Value::Broken }, 1)
                        }
                    };
                    self.count += size;
                    self.add(node, 0, faults)?;
                }
                Event::UnresolvedAlias(_) => {
                    faults.push(self.quote_fault(span.range().start, "`*` begins a reference in YAML"));
                    self.add(Node { span, value: Value::Broken }, 0, faults)?;
                }
                _ => {}
            }
        }
        let unused: Vec<Span> = self
            .anchor_places
            .iter()
            .filter(|(id, _)| !self.used.contains(id))
            .map(|(_, span)| *span)
            .collect();
        for span in unused {
            faults.push(
                self.quote_fault(
                    span.range().start,
                    "`&` begins a YAML anchor, so the text would lose a word",
                ),
            );
        }
        Ok(self.root.take())
    }

    fn scalar(&self, text: String, style: Style, span: Span) -> Node {
        // The parser writes what is not there as `~` without any width.
        let nothing = style == Style::Plain && span.start == span.end;
        if nothing && self.blanked.holds(span.range().start) {
            return Node { span, value: Value::Broken };
        }
        // A block's span runs on to the next key: it ends with its own last line.
        let own = self.text.get(span.range()).unwrap_or("");
        let end = span.range().start + own.trim_end().len();
        let span = Span::new(self.source, span.range().start..end);
        let cut = style == Style::Plain && !text.is_empty() && {
            let rest = &self.text[end..];
            rest.starts_with([' ', '\t']) && rest.trim_start_matches([' ', '\t']).starts_with('#')
        };
        Node { span, value: Value::Scalar(Scalar { text, style, cut }) }
    }

    fn quote_fault(&self, at: usize, message: &str) -> Diagnostic {
        quote_line(self.text, at, message, self.source)
    }

    fn too_much(&self, span: Span, message: String) -> Stop {
        Stop::TooMuch(Box::new(Diagnostic::error(Code::TooMuch, span, message)))
    }

    fn begin(&mut self, open: Open, span: Span) -> Result<(), Stop> {
        if self.open.len() >= MAX_DEPTH {
            return Err(self.too_much(span, format!("lists and maps are nested deeper than {MAX_DEPTH}")));
        }
        self.open.push(open);
        Ok(())
    }

    fn end(&mut self, end: Span, faults: &mut Diagnostics) -> Result<(), Stop> {
        let (mut node, anchor) = match self.open.pop() {
            Some(Open::List { items, flow, span, anchor }) => {
                (Node { span, value: Value::List { items, flow } }, anchor)
            }
            Some(Open::Map { mut entries, flow, span, anchor, .. }) => {
                if flow {
                    tell_cut_values(&mut entries, self.text, faults);
                }
                (Node { span, value: Value::Map { entries, flow } }, anchor)
            }
            None => return Ok(()),
        };
        // A block collection's end is reported where the next thing begins.
        let last = match &node.value {
            Value::List { items, flow: false } => items.last().map(|item| item.span.end),
            Value::Map { entries, flow: false } => {
                entries.last().map(|entry| entry.value.span.end.max(entry.key_span.end))
            }
            _ => Some(end.end),
        };
        node.span.end = last.unwrap_or(end.end).max(node.span.start);
        self.add(node, anchor, faults)
    }

    fn add(&mut self, node: Node, anchor: usize, faults: &mut Diagnostics) -> Result<(), Stop> {
        self.count += 1;
        if self.count > MAX_VALUES {
            let message = format!("more than {MAX_VALUES} values in one file, repeats counted");
            return Err(self.too_much(node.span, message));
        }
        if anchor != 0 {
            // A copy is kept: anchors inside anchors would otherwise grow with their square.
            let size = size(&node);
            self.count += size;
            self.anchors.insert(anchor, (node.clone(), size));
        }
        let in_list =
            self.open.len().checked_sub(2).is_some_and(|at| matches!(self.open[at], Open::List { .. }));
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, seen, key, begun_again, flow, .. }) => match key.take() {
                None => {
                    let text = match &node.value {
                        Value::Scalar(scalar) => scalar.text.clone(),
                        Value::Broken => String::new(),
                        _ => {
                            faults.push(
                                Diagnostic::error(
                                    Code::WrongShape,
                                    node.span,
                                    format!("{} as a key", node.what()),
                                )
                                .label("a key is a word")
                                .help("put the text in quotes"),
                            );
                            String::new()
                        }
                    };
                    *key = Some((text, node.span));
                }
                Some((name, key_span)) => match seen.entry(name.clone()) {
                    Slot::Vacant(slot) => {
                        slot.insert(key_span);
                        entries.push(Entry { key: name, key_span, value: node });
                    }
                    Slot::Occupied(_) if *begun_again => {}
                    Slot::Occupied(first) if !*flow && in_list && entries[0].key == name => {
                        *begun_again = true;
                        let message = format!("`{name}` stands here twice");
                        faults.push(
                            Diagnostic::error(Code::DuplicateKey, key_span, message)
                                .label("does another item begin here?")
                                .help(format!("write `- {name}:` with its dash below the one above, or keep one of the two"))
                                .related(*first.get(), "the first one"),
                        );
                    }
                    Slot::Occupied(first) if !name.is_empty() => faults.push(
                        Diagnostic::error(
                            Code::DuplicateKey,
                            key_span,
                            format!("`{name}` stands here twice"),
                        )
                        .label("the second one")
                        .help("keep one of the two, or give one another name")
                        .related(*first.get(), "the first one"),
                    ),
                    Slot::Occupied(_) => {}
                },
            },
        }
        Ok(())
    }
}

fn size(node: &Node) -> usize {
    1 + match &node.value {
        Value::List { items, .. } => items.iter().map(size).sum(),
        Value::Map { entries, .. } => entries.iter().map(|entry| 1 + size(&entry.value)).sum(),
        _ => 0,
    }
}

fn parser_options() -> Options {
    options! {
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        emit_comments: false,
        simple_key_max_lookahead: 1024,
    }
}
