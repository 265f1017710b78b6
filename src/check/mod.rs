//! Is the pack sound? One file a check; only this room can make a [`SoundPack`].

mod allow;
mod edges;
mod logic;
mod mend;
mod same;
mod stale;
mod unused;

use jiff::civil::Date;

pub use logic::Witness;
pub use mend::{Mended, mend};

use crate::diag::{Code, Diagnostic, Diagnostics, Page, Severity};
use crate::model::Pack;
use crate::pack::Loaded;
use crate::yaml::Node;

/// The pages of what checks tell; each stands in its check's own file.
const PAGES: &[Page] = &[same::PAGE, unused::PAGE, unused::AREA_PAGE, stale::PAGE, edges::PAGE, allow::PAGE];

/// How far a pack is looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// Each name and number by itself: what can be evaluated at all. Rules are not held against each other.
    Parts,
    /// Everything that refuses a pack.
    Errors,
    /// Warnings too.
    All,
}

/// The pages of all codes, in the order of the codes.
pub fn pages() -> Vec<&'static Page> {
    let mut all: Vec<&Page> = crate::diag::pages().chain(PAGES).chain(logic::PAGES).collect();
    all.sort_by_key(|page| page.code);
    all
}

/// A pack that passed every check that could refuse it.
#[derive(Clone, Debug)]
pub struct SoundPack {
    pack: Pack,
}

impl SoundPack {
    pub fn pack(&self) -> &Pack {
        &self.pack
    }
}

/// A pack with everything that is to be said about it.
#[derive(Clone, Debug)]
pub struct Checked {
    /// None where there is an error.
    pub pack: Option<SoundPack>,
    /// Errors of loading and checking, and warnings that the pack does not allow.
    pub diagnostics: Diagnostics,
    /// The pack's own tests as written, in pack order; `prove` reads them.
    pub tests: Vec<Node>,
    /// Somebody for each message that says what can happen.
    pub witnesses: Vec<Witness>,
    /// The pack where only its logic refuses it, so that witnesses can be written all the same.
    pub refused: Option<Pack>,
}

impl Checked {
    fn refused(diagnostics: Diagnostics, tests: Vec<Node>) -> Checked {
        Checked { pack: None, diagnostics, tests, witnesses: Vec::new(), refused: None }
    }
}

/// Runs every check. `today` is the day against which review dates are held; none holds them against nothing.
pub fn check(loaded: Loaded, today: Option<Date>) -> Checked {
    check_to(loaded, today, Depth::All)
}

/// Runs the checks up to a depth. Rules are held against the newest bands, so that no error depends on the day.
pub fn check_to(loaded: Loaded, today: Option<Date>, depth: Depth) -> Checked {
    let Loaded { pack, mut diagnostics, tests } = loaded;
    let Some(pack) = pack else { return Checked::refused(diagnostics, tests) };
    // A broken pack is not judged further: what seems unused may only be misspelt.
    if diagnostics.has_errors() {
        return Checked::refused(diagnostics, tests);
    }
    let mut found = Vec::new();
    let mut witnesses = Vec::new();
    found.extend(same::duplicate_rules(&pack));
    found.extend(unused::unused(&pack));
    found.extend(unused::areas_without_rules(&pack));
    found.extend(edges::repeated_edges(&pack));
    found.extend(today.map(|today| stale::stale(&pack, today)).unwrap_or_default());
    if depth >= Depth::Errors {
        let logic = logic::judge(&pack, depth);
        found.extend(logic.diagnostics);
        witnesses = logic.witnesses;
    }
    found.into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
    let diagnostics = allow::allow(&pack, diagnostics, depth);
    let sound = !diagnostics.has_errors();
    let (pack, refused) = if sound { (Some(SoundPack { pack }), None) } else { (None, Some(pack)) };
    Checked { pack, diagnostics, tests, witnesses, refused }
}

/// Where the id stands with which an item begins.
fn id_span(id: &str, item: crate::source::Span) -> crate::source::Span {
    crate::source::Span { end: item.start + id.len() as u32, ..item }
}

fn warning(code: Code, span: crate::source::Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, span, message) }
}
