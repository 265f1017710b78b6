//! Is the pack sound? One file a check; only this room can make a [`SoundPack`].

mod allow;
mod edges;
mod mend;
mod same;
mod stale;
mod unused;

use jiff::civil::Date;

pub use mend::{Mended, mend};

use crate::diag::{Code, Diagnostic, Diagnostics, Page, Severity};
use crate::model::Pack;
use crate::pack::Loaded;
use crate::yaml::Node;

/// The pages of what checks tell; each stands in its check's own file.
const PAGES: &[Page] = &[same::PAGE, unused::PAGE, unused::AREA_PAGE, stale::PAGE, edges::PAGE, allow::PAGE];

/// The pages of all codes, in the order of the codes.
pub fn pages() -> Vec<&'static Page> {
    let mut all: Vec<&Page> = crate::diag::pages().chain(PAGES).collect();
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
}

/// Runs every check. `today` is the day against which review dates are held; none holds them against nothing.
pub fn check(loaded: Loaded, today: Option<Date>) -> Checked {
    let Loaded { pack, mut diagnostics, tests } = loaded;
    let Some(pack) = pack else { return Checked { pack: None, diagnostics, tests } };
    // A broken pack is not judged further: what seems unused may only be misspelt.
    if diagnostics.has_errors() {
        return Checked { pack: None, diagnostics, tests };
    }
    let mut found = Vec::new();
    found.extend(same::duplicate_rules(&pack));
    found.extend(unused::unused(&pack));
    found.extend(unused::areas_without_rules(&pack));
    found.extend(edges::repeated_edges(&pack));
    found.extend(today.map(|today| stale::stale(&pack, today)).unwrap_or_default());
    found.into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
    let diagnostics = allow::allow(&pack, diagnostics);
    let sound = !diagnostics.has_errors();
    Checked { pack: sound.then_some(SoundPack { pack }), diagnostics, tests }
}

/// Where the id stands with which an item begins.
fn id_span(id: &str, item: crate::source::Span) -> crate::source::Span {
    crate::source::Span { end: item.start + id.len() as u32, ..item }
}

fn warning(code: Code, span: crate::source::Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, span, message) }
}
