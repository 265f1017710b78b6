//! What a brand's font and logo files are, and whether they can and may be put into a paper.

use rustybuzz::ttf_parser::{self, Permissions, name_id};

use super::Wanted;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::render::picture::Picture;
use crate::theme::FontFile;

/// The font, where it can be embedded; else that is told.
pub fn font(wanted: &Wanted, bytes: &[u8], faults: &mut Diagnostics) -> Option<FontFile> {
    let fault = |message: String| Diagnostic::error(Code::Brand, wanted.span, message);
    let Some(face) = ttf_parser::Face::parse(bytes, 0).ok().filter(|face| face.tables().glyf.is_some())
    else {
        let message = format!("`{}` is no font with TrueType outlines", wanted.path);
        faults.push(fault(message).help("ask whoever made the font for a `.ttf` file of it"));
        return None;
    };
    if face.permissions() == Some(Permissions::Restricted) || !face.is_subsetting_allowed() {
        let message = format!("the font `{}` forbids to be put into a document", wanted.path);
        faults.push(fault(message).help("its maker may sell a licence and a file that allow it"));
        return None;
    }
    let named = |id: u16| {
        face.names().into_iter().filter(|name| name.name_id == id).find_map(|name| name.to_string())
    };
    let stem = wanted.path.rsplit('/').next().unwrap_or(&wanted.path).trim_end_matches(".ttf");
    let name = named(name_id::POST_SCRIPT_NAME).unwrap_or_else(|| stem.to_owned());
    let family = named(name_id::TYPOGRAPHIC_FAMILY).or_else(|| named(name_id::FAMILY)).unwrap_or_default();
    Some(FontFile {
        // The signs that a PDF name may hold without escaping.
        name: name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect(),
        family: family.chars().filter(|c| !c.is_control() && !matches!(c, '"' | '\\' | '<' | '>')).collect(),
        bytes: bytes.to_vec().into(),
    })
}

/// Whether the logo is a picture that papers can show; else that is told. What its drawing loses on paper is told too.
pub fn can_show(wanted: &Wanted, bytes: &[u8], faults: &mut Diagnostics) -> bool {
    match Picture::read(bytes.to_vec()) {
        Ok(picture) => {
            if !picture.undrawn.is_empty() {
                let message = format!("the logo `{}` is not drawn whole in PDF", wanted.path);
                faults.push(
                    Diagnostic::warning(Code::Brand, wanted.span, message)
                        .label(format!("left out: {}", picture.undrawn.join(", ")))
                        .help("turn its text into paths and flatten its effects in the program that drew it"),
                );
            }
            true
        }
        Err(why) => {
            let message = format!("the logo `{}` cannot be shown: {why}", wanted.path);
            faults.push(
                Diagnostic::error(Code::Brand, wanted.span, message)
                    .help("save it anew as an SVG, PNG or JPEG file"),
            );
            false
        }
    }
}
