//! What the head of a page and the first slide say around the title.

use super::escape::text;
use super::picture;
use crate::document::Meta;
use crate::render::picture::Pictures;
use crate::theme::Theme;

/// Whose papers they are: the logo, or the brand's name.
pub fn brand(pictures: &Pictures, theme: &Theme) -> String {
    picture::logo(pictures, theme.name.as_deref()).unwrap_or_else(|| {
        theme
            .name
            .as_ref()
            .map_or_else(String::new, |name| format!("<p class=\"brand\">{}</p>\n", text(name)))
    })
}

/// What the document says of itself, a line each.
pub fn properties(meta: &Meta) -> String {
    let said = [
        ("subtitle", &meta.subtitle),
        ("subject", &meta.subject),
        ("author", &meta.author),
        ("date", &meta.date),
    ];
    let lines = said
        .into_iter()
        .filter_map(|(name, value)| Some(format!("<p class=\"{name}\">{}</p>\n", text(value.as_ref()?))));
    lines.collect()
}
