//! What the papers of a run look like: frame, style sheet and brand, the user's own before the built-in ones.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::workspace::{Ground, PackFiles};
use crate::brand;
use crate::builtin;
use crate::diag::{Code, Diagnostic};
use crate::files::{self, Hash, ReadError, WorldError, slashed};
use crate::render::picture::{LARGEST_FILE, LOGO, Pictures};
use crate::render::{Look, Slides};
use crate::theme::Theme;

/// Bytes of the largest font or logo that is read: 16 MB.
const MAX_FILE: u64 = 16 * 1024 * 1024;

/// The endings of pictures.
const ENDINGS: [&str; 4] = ["png", "jpg", "jpeg", "svg"];

/// The file in which a folder of templates names its brand.
pub const BRAND: &str = "brand.yaml";

/// Frame, style and theme of a run, each as it stands in its files.
pub struct Dress {
    page: String,
    style: String,
    slides: String,
    slides_style: String,
    theme: Theme,
    /// The brand file and all that it names.
    brand: Vec<Vec<u8>>,
    /// The pictures in the folders of templates.
    pictures: Pictures,
    /// Their bytes, by which a change is known.
    pictured: Vec<Vec<u8>>,
}

/// Where a run's look is sought.
pub struct Wardrobe<'a> {
    /// `--templates`.
    pub templates: Option<&'a Path>,
    /// `--brand`.
    pub brand: Option<&'a Path>,
    pub pack: Option<&'a PackFiles>,
}

impl Dress {
    pub fn find(ground: &mut Ground, from: &Wardrobe<'_>) -> Result<Dress, WorldError> {
        let folders = ground.templates_folders(from.templates, from.pack);
        let page = ground.look(&folders, "page.html")?;
        let mut style = ground.look(&folders, "theme.css")?;
        let slides = ground.look(&folders, "slides.html")?;
        let slides_style = ground.look(&folders, "slides.css")?;
        let mut parts = Vec::new();
        let theme = theme(ground, from.brand, &folders, &mut parts)?;
        // The calm look is the style sheet itself; the others are put on top of it.
        let own = format!("{}.css", theme.look.name());
        let more = ground.look(&folders, &own)?;
        if !more.is_empty() {
            style.push('\n');
            style.push_str(&more);
        }
        let (mut pictures, pictured) = pictures(&folders);
        add_logo(&theme, &mut pictures);
        Ok(Dress { page, style, slides, slides_style, theme, brand: parts, pictures, pictured })
    }

    pub fn look(&self) -> Look<'_> {
        self.look_with(&self.pictures)
    }

    /// The look with pictures of another place.
    pub fn look_with<'a>(&'a self, pictures: &'a Pictures) -> Look<'a> {
        let slides = Slides { page: &self.slides, style: &self.slides_style };
        Look::new(&self.page, &self.style, &self.theme, pictures).with_slides(slides).for_many()
    }

    /// Adds the brand's logo to pictures of another place.
    pub fn add_logo(&self, pictures: &mut Pictures) {
        add_logo(&self.theme, pictures);
    }

    /// Gives mails a file that they may attach.
    pub fn attach(&mut self, name: &str, bytes: Vec<u8>) {
        self.pictures.add(name, Ok(bytes));
    }

    /// By which a look that was changed is known.
    pub fn hash(&self) -> Hash {
        let files = [&self.page, &self.style, &self.slides, &self.slides_style].map(|text| text.as_bytes());
        Hash::of_parts(files.into_iter().chain(self.brand.iter().chain(&self.pictured).map(Vec::as_slice)))
    }
}

fn add_logo(theme: &Theme, pictures: &mut Pictures) {
    if let Some(logo) = &theme.logo {
        pictures.add(LOGO, Ok(logo.bytes.to_vec()));
    }
}

/// The pictures of the folders, the first folder's before the others'.
fn pictures(folders: &[PathBuf]) -> (Pictures, Vec<Vec<u8>>) {
    let mut pictures = Pictures::default();
    let mut hashes = Vec::new();
    for folder in folders {
        for name in files::files_within(folder, &ENDINGS) {
            if pictures.has(&name) {
                continue;
            }
            let file = files::read_within(folder, &name, LARGEST_FILE as u64);
            hashes.push(name.as_bytes().to_vec());
            hashes.extend(file.as_ref().ok().map(|bytes| Hash::of(bytes).bytes().to_vec()));
            pictures.add(&name, file);
        }
    }
    (pictures, hashes)
}

/// The brand of a run: the file named, else the first of the folders' own, else the built-in one.
fn theme(
    ground: &mut Ground,
    named: Option<&Path>,
    folders: &[PathBuf],
    parts: &mut Vec<Vec<u8>>,
) -> Result<Theme, WorldError> {
    let own = || folders.iter().map(|folder| folder.join(BRAND)).find(|file| files::exists(file));
    let found = named.map(Path::to_owned).or_else(own);
    let source = match &found {
        Some(path) => ground.read(path)?,
        None => {
            builtin::look(BRAND).map(|text| ground.sources.add(format!("built-in/templates/{BRAND}"), text))
        }
    };
    let Some(source) = source else { return Ok(Theme::default()) };
    parts.push(ground.sources.get(source).text.as_bytes().to_vec());
    let Some(brand) = brand::read(source, &ground.sources, &mut ground.faults) else {
        return Ok(Theme::default());
    };
    let folder = found.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
    let mut contents = BTreeMap::new();
    for wanted in brand.files() {
        let path = folder.join(&wanted.path);
        let fault = |message: String| Diagnostic::error(Code::Brand, wanted.span, message);
        match files::read_bytes(&path, MAX_FILE) {
            Ok(bytes) => {
                parts.push(bytes.clone());
                contents.insert(wanted.path.clone(), bytes);
            }
            Err(ReadError::TooLarge { limit }) => {
                let message = format!("`{}` is larger than {} MB", wanted.path, limit / 1024 / 1024);
                ground.faults.push(fault(message).help("name a smaller file"));
            }
            Err(_) if !files::exists(&path) => {
                let message = format!("there is no file `{}`", slashed(&path));
                ground.faults.push(fault(message).help("paths are written from the brand file's own folder"));
            }
            Err(ReadError::World(error)) => return Err(error),
            Err(ReadError::NotUtf8 { .. }) => {}
        }
    }
    Ok(brand.theme(&contents, &mut ground.faults))
}
