//! Packs that build on another one: `extends: retention-core@1.2` under `pack:`, and `override:` for what is to be
//! different.
//!
//! A base comes in as its YAML, overridden and then read together with the files of the pack itself: so a message
//! points into the file in which its line stands, whoever's it is.
//!
//! - `@1.2` is met by 1.2, 1.2.0 and 1.2.7, not by 1.20 or 1.3: parts of the version, from the first on.
//! - What `pack:` does not say is said by the base: `defaults`, `words`, `bands`, `total`, `capacity`, `min_group`, `language`. A key
//!   that it has replaces the base's. `id`, `version`, `format` and `title` are its own.
//! - The items of the base come first in pack order. Its own tests stay its own.
//! - A base may itself extend another one.

use super::overrides::Overrides;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceId, Sources, Span};
use crate::yaml::{self, Entry, Node, Value};

/// What a pack builds on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extends {
    /// The base's id.
    pub id: String,
    /// Where it is named.
    pub span: Span,
}

/// The keys of `pack:` that come from the base where they are absent.
const INHERITED: [&str; 7] = ["defaults", "words", "bands", "total", "capacity", "min_group", "language"];

/// The pack that files name under `extends:`; none where they name none. Faults are told by
/// [`load_over`](super::load_over).
pub fn extends(files: &[SourceId], sources: &Sources) -> Option<Extends> {
    let mut unheard = Diagnostics::default();
    let named = files.iter().filter(|file| sources.get(**file).text.contains("extends"));
    let nodes: Vec<Node> = named.filter_map(|&file| yaml::read(file, sources, &mut unheard)).collect();
    named_base(&nodes, &mut unheard).map(|base| Extends { id: base.id.to_owned(), span: base.span })
}

/// `id@1.2` as written.
struct Named<'n> {
    id: &'n str,
    /// None where it was left out.
    version: Option<&'n str>,
    span: Span,
}

fn head(files: &[Node]) -> Option<&Entry> {
    files.iter().filter_map(Node::entries).flatten().find(|entry| entry.key == "pack")
}

fn named_base<'n>(files: &'n [Node], diagnostics: &mut Diagnostics) -> Option<Named<'n>> {
    let node = head(files)?.value.get("extends")?;
    let Some(text) = node.text() else {
        if !matches!(node.value, Value::Broken) {
            diagnostics.push(
                Diagnostic::error(Code::WrongShape, node.span, format!("`extends` is {}", node.what()))
                    .label("a pack's id and version are wanted here")
                    .help("write `extends: retention-core@1.2`"),
            );
        }
        return None;
    };
    let (id, version) = match text.split_once('@') {
        Some((id, version)) => (id.trim(), Some(version.trim()).filter(|version| !version.is_empty())),
        None => (text.trim(), None),
    };
    let before = diagnostics.len();
    super::items::check_id(id, node.span, diagnostics);
    (diagnostics.len() == before).then_some(Named { id, version, span: node.span })
}

/// Everything that a pack says, with what it builds on; and what of the base was taken out, each with the place
/// that says so.
pub struct Whole {
    pub files: Vec<Node>,
    pub taken_out: Vec<(String, Span)>,
    /// Whether a base is not there: what the pack names in it is not known.
    pub lacks_base: bool,
}

/// A pack's files over its bases', the nearest first.
pub fn whole(
    own: Vec<Node>,
    bases: &[Vec<SourceId>],
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Whole {
    let mut layers: Vec<Vec<Node>> = Vec::new();
    for files in bases.iter().rev() {
        layers.push(files.iter().filter_map(|&file| yaml::read(file, sources, diagnostics)).collect());
    }
    layers.push(own);
    let mut out = Whole { files: Vec::new(), taken_out: Vec::new(), lacks_base: false };
    for (depth, layer) in layers.into_iter().enumerate() {
        let base = (depth > 0).then(|| std::mem::take(&mut out.files));
        out.files = over(layer, base, &mut out, sources, diagnostics);
    }
    out
}

/// The files of a pack whose base cannot be used, which is told.
fn without_base(mut own: Vec<Node>, at: Span, out: &mut Whole) -> Vec<Node> {
    out.lacks_base = true;
    // What must be there may come from the base.
    let language =
        Entry { key: "language".to_owned(), key_span: at, value: Node { span: at, value: Value::Broken } };
    inherit(&mut own, &[language]);
    own
}

/// One pack over the whole of its base.
fn over(
    mut own: Vec<Node>,
    base: Option<Vec<Node>>,
    out: &mut Whole,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<Node> {
    let overrides = Overrides::take(&mut own, diagnostics);
    let written = head(&own).and_then(|head| head.value.get("extends")).map(|node| node.span);
    let Some(named) = named_base(&own, diagnostics) else {
        if let Some(span) = written {
            return without_base(own, span, out);
        }
        if let Some(span) = overrides.first() {
            diagnostics.push(
                Diagnostic::error(Code::BaseMissing, span, "there is nothing to override")
                    .label("this pack builds on no other")
                    .help("name its base under `pack:`, such as `extends: retention-core@1.2`"),
            );
        }
        return own;
    };
    let span = named.span;
    let Some(mut base) = base else {
        diagnostics.push(
            Diagnostic::error(Code::BaseMissing, named.span, format!("the pack `{}` is not there", named.id))
                .label("this pack builds on it")
                .help("put its folder beside this one"),
        );
        return without_base(own, span, out);
    };
    if !is_named(&named, &base, diagnostics) {
        return without_base(own, span, out);
    }
    let inherited: Vec<Entry> = head(&base)
        .and_then(|head| head.value.entries())
        .map(|entries| {
            entries.iter().filter(|entry| INHERITED.contains(&entry.key.as_str())).cloned().collect()
        })
        .unwrap_or_default();
    inherit(&mut own, &inherited);
    for file in &mut base {
        if let Value::Map { entries, .. } = &mut file.value {
            // A base's tests are about the base as it is.
            entries.retain(|entry| entry.key != "pack" && entry.key != "tests");
        }
    }
    overrides.carry_out(&mut base, &own, &mut out.taken_out, sources, diagnostics);
    base.append(&mut own);
    base
}

/// Whether the base is the one that is named. A version that is not wanted is told, and the base used all the same:
/// what else is wrong is then told too.
fn is_named(named: &Named<'_>, base: &[Node], diagnostics: &mut Diagnostics) -> bool {
    let said = |key: &str| head(base).and_then(|head| head.value.get(key));
    let id = said("id").and_then(Node::text);
    if let Some(id) = id.filter(|id| *id != named.id) {
        let message = format!("the pack `{}` calls itself `{id}`", named.id);
        let fault = Diagnostic::error(Code::BaseMissing, named.span, message);
        diagnostics.push(fault.label("named here").help("give the folder and `id:` one name"));
        return false;
    }
    if let Some(version) = said("version") {
        check_version(named, version, diagnostics);
    }
    true
}

fn check_version(named: &Named<'_>, version: &Node, diagnostics: &mut Diagnostics) {
    let Some(found) = version.text() else { return };
    let offered: Vec<&str> = found.split('.').take(2).collect();
    let write = format!("write `extends: {}@{}`", named.id, offered.join("."));
    let Some(wanted) = named.version else {
        diagnostics.push(
            Diagnostic::error(
                Code::BaseVersion,
                named.span,
                format!("`extends` does not say which version of `{}`", named.id),
            )
            .label("without it the base moves unseen")
            .help(write),
        );
        return;
    };
    let parts: Vec<&str> = found.split('.').collect();
    let wanted_parts: Vec<&str> = wanted.split('.').collect();
    if parts.starts_with(&wanted_parts) {
        return;
    }
    diagnostics.push(
        Diagnostic::error(
            Code::BaseVersion,
            named.span,
            format!("`{}` is of version {found}, not {wanted}", named.id),
        )
        .label(format!("{wanted} is wanted here"))
        .related(version.span, "the base")
        .help(format!("look at what has changed, then {write}")),
    );
}

/// Puts keys of the base's `pack:` into the pack's own, where it does not say them itself.
fn inherit(own: &mut [Node], inherited: &[Entry]) {
    let own_head = own.iter_mut().find_map(|file| match &mut file.value {
        Value::Map { entries, .. } => entries.iter_mut().find(|entry| entry.key == "pack"),
        _ => None,
    });
    let Some(Value::Map { entries, .. }) = own_head.map(|head| &mut head.value.value) else { return };
    for entry in inherited {
        if entries.iter().all(|own| own.key != entry.key) {
            entries.push(entry.clone());
        }
    }
}
