//! What papers are made with, besides what somebody answered: known again by its hashes.

use jiff::civil::Date;

use crate::files::Hash;
use crate::model::Pack;
use crate::source::{SourceId, Sources};

/// Pack, templates and session of a run.
#[derive(Clone, Debug)]
pub struct MadeWith {
    pub pack_id: String,
    pub pack_version: String,
    pub pack: Hash,
    /// All templates, the frame and the style of pages.
    pub templates: Hash,
    /// The file of each document alone, by name.
    pub documents: Vec<(String, Hash)>,
    pub session: Option<Hash>,
    pub as_of: Option<Date>,
}

impl MadeWith {
    /// `pack_files` are the files of the pack and of those that it builds on; `templates` all template files by name.
    pub fn new(
        pack: &Pack,
        pack_files: &[SourceId],
        templates: &[(String, SourceId)],
        look: Hash,
        session: Option<SourceId>,
        as_of: Option<Date>,
        sources: &Sources,
    ) -> MadeWith {
        let text = |id: SourceId| sources.get(id).text.as_bytes();
        // Where the folder stands is not what is in it.
        let name = |id: SourceId| sources.get(id).name.rsplit('/').next().unwrap_or("").as_bytes();
        let files = pack_files.iter().flat_map(|id| [name(*id), text(*id)]);
        let all = templates.iter().flat_map(|(name, id)| [name.as_bytes(), text(*id)]);
        MadeWith {
            pack_id: pack.id.clone(),
            pack_version: pack.version.clone(),
            pack: Hash::of_parts(files),
            templates: Hash::of_parts(all.chain([look.bytes()])),
            documents: templates
                .iter()
                .map(|(name, id)| (name.strip_suffix(".md").unwrap_or(name).to_owned(), Hash::of(text(*id))))
                .collect(),
            session: session.map(|id| Hash::of(text(id))),
            as_of,
        }
    }

    /// A hash of everything that papers are made from, given that of what was typed.
    pub fn with(&self, input: Hash) -> Hash {
        let day = self.as_of.map(|day| day.to_string()).unwrap_or_default();
        let session = self.session.map(|hash| hash.to_string()).unwrap_or_default();
        Hash::of_parts([
            env!("CARGO_PKG_VERSION").as_bytes(),
            self.pack.bytes(),
            self.templates.bytes(),
            session.as_bytes(),
            day.as_bytes(),
            input.bytes(),
        ])
    }
}
