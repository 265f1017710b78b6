//! A document as a deck of slides: one file that shows them one by one, and all of them where scripts do not run.

use super::setting::Setting;
use super::{
    Look, PageError, attribute, blocks, direction, dress, notes, page, picture, regions, style, text,
};
use crate::document::{Document, Page, Slide, slides};

/// The deck in its frame.
///
/// # Errors
/// [`PageError`] where the frame names a place that is not known, or has none for the body.
pub fn write(document: &Document, look: &Look<'_>) -> Result<String, PageError> {
    let set = Setting::new(document, look.pictures);
    let meta = &document.meta;
    let mut body = String::new();
    let mut count = 0;
    if meta.cover {
        count += 1;
        body.push_str(&cover(document, look, &set));
    }
    let made = slides(document);
    for slide in &made {
        count += 1;
        body.push_str(&section(slide, count, &set));
    }
    let footnotes = notes::write(document, &set);
    if !footnotes.is_empty() {
        count += 1;
        body.push_str(&format!(
            "<section class=\"slide\" id=\"slide-{count}\" aria-label=\"Notes to the slides\">\n<div class=\"face\">\n{footnotes}</div>\n</section>\n"
        ));
    }
    let footer = meta.footer.as_ref().or(look.theme.footer.as_ref());
    page::fill(look.slides.page, |place| {
        Some(match place {
            "title" => text(&meta.title),
            "language" => attribute(&meta.language),
            "direction" => direction(&meta.language).into(),
            "style" => look.dressed(Page::Slides, || {
                let (page, slides) = (look.style.trim_end(), look.slides.style.trim_end());
                style(&format!("{page}\n{slides}{}", dress::style(look.theme)))
            }),
            "body" => regions::numbered(&body).into(),
            "footer" => footer.map(|footer| text(footer)).unwrap_or_default(),
            "cover" | "contents" => "".into(),
            _ => return None,
        })
    })
}

/// The first slide: the title, and the properties that a reader cares for.
fn cover(document: &Document, look: &Look<'_>, set: &Setting<'_>) -> String {
    let meta = &document.meta;
    let mut inside = String::new();
    if let Some(logo) = picture::logo(set.pictures, look.theme.name.as_deref()) {
        inside.push_str(&logo);
    } else if let Some(name) = &look.theme.name {
        inside.push_str(&format!("<p class=\"brand\">{}</p>\n", text(name)));
    }
    inside.push_str(&format!("<h1 id=\"slide-title\">{}</h1>\n", text(&meta.title)));
    let properties = [
        ("subtitle", &meta.subtitle),
        ("subject", &meta.subject),
        ("author", &meta.author),
        ("date", &meta.date),
    ];
    for (name, value) in properties {
        if let Some(value) = value {
            inside.push_str(&format!("<p class=\"{name}\">{}</p>\n", text(value)));
        }
    }
    format!(
        "<section class=\"slide title\" id=\"slide-1\" aria-labelledby=\"slide-title\">\n<div class=\"face\">\n{inside}</div>\n</section>\n"
    )
}

fn section(slide: &Slide, number: usize, set: &Setting<'_>) -> String {
    let label = match slide.anchor() {
        Some(id) => format!("aria-labelledby=\"{}\"", attribute(id)),
        None => format!("aria-label=\"Slide {number}\""),
    };
    let face = blocks::write(&slide.face, set);
    let only = if slide.face.len() == 1 { " alone" } else { "" };
    let mut out = format!(
        "<section class=\"slide{only}\" id=\"slide-{number}\" {label}>\n<div class=\"face\">\n{face}\n</div>\n"
    );
    if !slide.notes.is_empty() {
        let notes = blocks::write(&slide.notes, set);
        out.push_str(&format!(
            "<div class=\"notes\" role=\"group\" aria-label=\"Notes to slide {number}\">\n{notes}\n</div>\n"
        ));
    }
    out.push_str("</section>\n");
    out
}
