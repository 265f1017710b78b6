//! Where things stand: packs in `rules`, templates in `templates`, and what ships inside the binary.
//!
//! A pack folder on disk replaces the built-in pack of that name as a whole; templates win file by file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::answers::{not_utf8, read_runs, too_large};
use crate::builtin;
use crate::diag::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::files::{self, ReadError, WorldError, read_text, write_atomic};
use crate::model::RunsOfShow;
use crate::pack::{Extends, Loaded, extends, load_over};
use crate::source::{SourceId, Sources, Span};

/// The texts of one run and the faults found in them.
#[derive(Clone, Default)]
pub struct Ground {
    pub sources: Sources,
    pub faults: Diagnostics,
}

/// The files of one pack.
pub struct PackFiles {
    /// How messages call it, such as `rules/sales-leaks`.
    pub name: String,
    pub files: Vec<SourceId>,
    /// Its folder, where it stands on disk.
    pub folder: Option<PathBuf>,
    /// The packs that it builds on, the nearest first; these have none here.
    pub bases: Vec<PackFiles>,
}

impl PackFiles {
    /// Whether it ships inside the binary.
    pub fn is_built_in(&self) -> bool {
        self.name.starts_with(BUILT_IN)
    }

    /// The pack over those that it builds on.
    pub fn load(&self, sources: &Sources) -> Loaded {
        load_over(&self.files, &self.bases(), sources)
    }

    /// Its files, and those of the packs that it builds on.
    pub fn all_files(&self) -> impl Iterator<Item = SourceId> {
        self.files.iter().chain(self.bases.iter().flat_map(|base| &base.files)).copied()
    }

    /// The files of the packs that it builds on, the nearest first.
    pub fn bases(&self) -> Vec<Vec<SourceId>> {
        self.bases.iter().map(|base| base.files.clone()).collect()
    }
}

/// How the built-in files are called in messages.
const BUILT_IN: &str = "built-in";

/// The file that says what happens in a session minute by minute, among the templates.
const RUNS_OF_SHOW: &str = "run-of-show.yaml";

/// The folder of a pack's own tests, inside the pack's.
pub const TESTS: &str = "tests";

impl Ground {
    /// A text file as a source; none where it is no text, which is told.
    pub fn read(&mut self, path: &Path) -> Result<Option<SourceId>, WorldError> {
        let text = files::read_text(path);
        self.add(path, text)
    }

    fn add(&mut self, path: &Path, text: Result<String, ReadError>) -> Result<Option<SourceId>, WorldError> {
        let name = files::slashed(path);
        match text {
            Ok(text) => Ok(Some(self.sources.add(name, text))),
            Err(ReadError::World(error)) => Err(error),
            Err(ReadError::TooLarge { limit }) => {
                self.faults.push(too_large(&name, limit));
                Ok(None)
            }
            Err(ReadError::NotUtf8 { lossy, at, utf16 }) => {
                let id = self.sources.add(name, lossy);
                self.faults.push(not_utf8(id, at, utf16));
                Ok(None)
            }
        }
    }

    /// The pack that is asked for by name or folder, or else the one that there is.
    ///
    /// Without a name: the only pack in `rules`; without any there, the only built-in one. A fault is told.
    ///
    /// What it builds on comes with it: each base from `rules`, else from the built-in packs. Where one is not
    /// there the pack is not either.
    pub fn pack(&mut self, asked: Option<&str>, at: Option<Span>) -> Result<Option<PackFiles>, WorldError> {
        let Some(mut found) = self.pack_alone(asked, at)? else { return Ok(None) };
        let mut names: Vec<String> = Vec::new();
        let mut files = found.files.clone();
        while let Some(base) = extends(&files, &self.sources) {
            if names.contains(&base.id) {
                let mut circle: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
                circle.push(format!("`{}`", base.id));
                self.faults.push(
                    Diagnostic::error(
                        Code::BaseMissing,
                        base.span,
                        "these packs build on each other in a circle",
                    )
                    .label(circle.join(" → "))
                    .help("let one of them build on none"),
                );
                return Ok(None);
            }
            let beside = found.bases.last().unwrap_or(&found).folder.clone();
            let Some(next) = self.base(&base, beside.as_deref())? else { return Ok(None) };
            names.push(base.id);
            files.clone_from(&next.files);
            found.bases.push(next);
        }
        Ok(Some(found))
    }

    /// A pack that another one builds on: the folder of that name beside it, in `rules`, or else the built-in one.
    fn base(&mut self, base: &Extends, beside: Option<&Path>) -> Result<Option<PackFiles>, WorldError> {
        let beside = beside.and_then(Path::parent).map(|folder| folder.join(&base.id));
        for folder in beside.into_iter().chain([Path::new("rules").join(&base.id)]) {
            if files::is_folder(&folder) {
                return self.pack_in(&folder).map(Some);
            }
        }
        let shipped = self.shipped(&base.id);
        if shipped.is_none() {
            let message = format!("there is no pack `{}`", base.id);
            let fault =
                Diagnostic::error(Code::BaseMissing, base.span, message).label("this pack builds on it");
            self.faults.push(fault.help(near_pack(&base.id)?));
        }
        Ok(shipped)
    }

    fn shipped(&mut self, id: &str) -> Option<PackFiles> {
        let shipped = builtin::pack(id);
        let file = |file: &builtin::File| {
            self.sources.add(format!("{BUILT_IN}/rules/{id}/{}", file.path), file.text)
        };
        let files: Vec<SourceId> = shipped.iter().map(file).collect();
        let name = format!("{BUILT_IN} {id}");
        (!files.is_empty()).then_some(PackFiles { name, files, folder: None, bases: Vec::new() })
    }

    fn pack_alone(&mut self, asked: Option<&str>, at: Option<Span>) -> Result<Option<PackFiles>, WorldError> {
        let Some(asked) = asked else {
            let on_disk = packs_on_disk()?;
            let all = if on_disk.is_empty() {
                builtin::packs().into_iter().map(str::to_owned).collect()
            } else {
                on_disk
            };
            return match all.as_slice() {
                [one] => self.pack_alone(Some(one), None),
                several => {
                    let names: Vec<String> = several.iter().map(|name| format!("`{name}`")).collect();
                    self.faults.push(
                        Diagnostic::placeless(
                            Code::NoPack,
                            "there are several packs, and nothing says which one is meant",
                        )
                        .help(format!(
                            "name one with `--pack`, or with `pack:` in the answers: {}",
                            names.join(", ")
                        )),
                    );
                    Ok(None)
                }
            };
        };
        let folder = if asked.contains(['/', '\\']) || files::is_folder(Path::new(asked)) {
            PathBuf::from(asked)
        } else {
            Path::new("rules").join(asked)
        };
        if files::is_folder(&folder.join("rules")) {
            let packs = packs_in(&folder.join("rules"))?;
            let names: Vec<String> = packs.iter().map(|name| format!("`{name}`")).collect();
            let message = format!("`{asked}` is a workspace, not a pack");
            let help = if names.is_empty() {
                "its `rules` folder holds no pack".to_owned()
            } else {
                format!("name one of its packs: {}", names.join(", "))
            };
            self.faults.push(Diagnostic::placeless(Code::NoPack, message).help(help));
            return Ok(None);
        }
        if files::is_folder(&folder) {
            return self.pack_in(&folder).map(Some);
        }
        if is_yaml(asked) && files::exists(Path::new(asked)) {
            let files = self.read(Path::new(asked))?.into_iter().collect();
            let name = files::slashed(Path::new(asked));
            return Ok(Some(PackFiles { name, files, folder: None, bases: Vec::new() }));
        }
        if let Some(shipped) = self.shipped(asked) {
            return Ok(Some(shipped));
        }
        let help = near_pack(asked)?;
        let message = format!("there is no pack `{asked}`");
        self.faults.push(match at {
            Some(span) => Diagnostic::error(Code::NoPack, span, message).label("named here").help(help),
            None => Diagnostic::placeless(Code::NoPack, message).help(help),
        });
        Ok(None)
    }

    fn pack_in(&mut self, folder: &Path) -> Result<PackFiles, WorldError> {
        let mut ids = Vec::new();
        let mut files = files::read_folder(folder, &["yaml", "yml"])?;
        // The pack's own tests stand in a folder inside; pack order goes by the bytes of `tests/…` too.
        let tests = folder.join(TESTS);
        if files::is_folder(&tests) {
            let inside = files::read_folder(&tests, &["yaml", "yml"])?;
            files.extend(
                inside
                    .into_iter()
                    .map(|file| files::FolderFile { name: format!("{TESTS}/{}", file.name), ..file }),
            );
            files.sort_by(|a, b| a.name.cmp(&b.name));
        }
        for file in files {
            ids.extend(self.add(&file.path, file.text)?);
        }
        Ok(PackFiles {
            name: files::slashed(folder),
            files: ids,
            folder: Some(folder.to_owned()),
            bases: Vec::new(),
        })
    }

    /// Every template by its file name: the pack's own before the workspace's before the built-in ones.
    pub fn templates(
        &mut self,
        folder: Option<&Path>,
        pack: Option<&PackFiles>,
    ) -> Result<Vec<(String, SourceId)>, WorldError> {
        let mut found: BTreeMap<String, SourceId> = BTreeMap::new();
        for folder in self.templates_folders(folder, pack) {
            for file in files::read_folder(&folder, &["md"])? {
                if found.contains_key(&file.name) {
                    continue;
                }
                if let Some(id) = self.add(&file.path, file.text)? {
                    found.insert(file.name, id);
                }
            }
        }
        for file in builtin::templates() {
            if !found.contains_key(file.path) {
                let id = self.sources.add(format!("{BUILT_IN}/templates/{}", file.path), file.text);
                found.insert(file.path.to_owned(), id);
            }
        }
        Ok(found.into_iter().collect())
    }

    /// The folders in which templates, style and brand are sought, file by file: the one named, such as a client's, before
    /// the pack's own, those of the packs that it builds on, and `templates`.
    pub fn templates_folders(&self, named: Option<&Path>, pack: Option<&PackFiles>) -> Vec<PathBuf> {
        let packs = pack.into_iter().flat_map(|pack| std::iter::once(pack).chain(&pack.bases));
        let folders = packs.filter_map(|pack| pack.folder.as_ref()).map(|folder| folder.join("templates"));
        let shared = PathBuf::from("templates");
        let shared = (named != Some(&shared)).then_some(shared);
        let others = folders.chain(shared).filter(|folder| files::is_folder(folder));
        named.map(Path::to_owned).into_iter().chain(others).collect()
    }

    /// The runs of show: those of the first of these folders that has the file, else the built-in ones. Their faults join
    /// those of the run.
    pub fn runs_of_show(&mut self, folders: &[PathBuf]) -> Result<RunsOfShow, WorldError> {
        let own = folders.iter().map(|folder| folder.join(RUNS_OF_SHOW)).find(|path| files::exists(path));
        let source = match own {
            Some(path) => self.read(&path)?,
            None => builtin::look(RUNS_OF_SHOW)
                .map(|text| self.sources.add(format!("{BUILT_IN}/templates/{RUNS_OF_SHOW}"), text)),
        };
        let Ground { sources, faults } = self;
        Ok(source.and_then(|source| read_runs(source, sources, faults)).unwrap_or_default())
    }

    /// A file of the look, such as `page.html`: the first of these folders that has it, or else the built-in one.
    pub fn look(&mut self, folders: &[PathBuf], name: &str) -> Result<String, WorldError> {
        if let Some(path) = folders.iter().map(|folder| folder.join(name)).find(|path| files::exists(path))
            && let Some(id) = self.read(&path)?
        {
            // An editor's line endings must not change the bytes of a page.
            return Ok(self.sources.get(id).text.replace("\r\n", "\n"));
        }
        Ok(builtin::look(name).unwrap_or_default().to_owned())
    }
}

/// What a name that no pack has may mean: the nearest, or all there are.
fn near_pack(asked: &str) -> Result<String, WorldError> {
    let mut known = packs_on_disk()?;
    known.extend(builtin::packs().into_iter().map(str::to_owned));
    known.sort();
    known.dedup();
    let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    let near = did_you_mean(asked, known.iter().map(String::as_str));
    Ok(near.unwrap_or_else(|| format!("there are {}", names.join(", "))))
}

/// The names of the packs in the folder `rules` of the workspace.
pub fn packs_on_disk() -> Result<Vec<String>, WorldError> {
    packs_in(Path::new("rules"))
}

/// The names of the folders that hold YAML files.
fn packs_in(rules: &Path) -> Result<Vec<String>, WorldError> {
    if !files::is_folder(rules) {
        return Ok(Vec::new());
    }
    let mut out = Vec::new();
    for name in files::list(rules)? {
        let folder = rules.join(&name);
        if !name.starts_with('.') && files::is_folder(&folder) {
            let holds = files::list(&folder)?.iter().any(|file| is_yaml(file));
            if holds {
                out.push(name);
            }
        }
    }
    Ok(out)
}

/// Whether a workspace is here that has lost its folder of packs: its templates are there, or its session is given.
pub fn lacks_rules(session: bool) -> bool {
    !files::is_folder(Path::new("rules")) && (session || files::is_folder(Path::new("templates")))
}

/// YAML files that lie in `rules` itself, where no pack is looked for.
pub fn loose_files() -> Result<Vec<String>, WorldError> {
    let rules = Path::new("rules");
    if !files::is_folder(rules) {
        return Ok(Vec::new());
    }
    let loose = |name: &String| is_yaml(name) && !files::is_folder(&rules.join(name));
    Ok(files::list(rules)?.into_iter().filter(loose).collect())
}

fn is_yaml(name: &str) -> bool {
    name.ends_with(".yaml") || name.ends_with(".yml")
}

/// Writes a file of a pack anew. A byte order mark is no part of a text, and stays where it is.
pub fn rewrite(name: &str, text: &str) -> Result<(), WorldError> {
    let path = PathBuf::from(name);
    let mark = match read_text(&path) {
        Ok(present) if present.starts_with('\u{feff}') => "\u{feff}",
        _ => "",
    };
    write_atomic(&path, format!("{mark}{text}").as_bytes())
}
