//! A document as the page of a mail: no frame, no style sheet, since mail programs take both away.

use super::setting::Setting;
use super::{attribute, blocks, direction, notes, text};
use crate::document::Document;
use crate::render::picture::Pictures;

/// What programs keep: it stands on the element itself.
const STYLE: &str = "font-family: sans-serif; font-size: 16px; line-height: 1.5; max-width: 38em; margin: 0 auto; padding: 1em";

/// The text of the mail; its title is the subject and does not stand in it.
pub fn write(document: &Document, pictures: &Pictures) -> String {
    let set = Setting::new(document, pictures);
    let body = blocks::write(&document.blocks, &set) + &notes::write(document, &set);
    let meta = &document.meta;
    format!(
        "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n</head>\n\
         <body>\n<div style=\"{STYLE}\">\n{}\n</div>\n</body>\n</html>\n",
        attribute(&meta.language),
        direction(&meta.language),
        text(&meta.title),
        body.trim_end(),
    )
}
