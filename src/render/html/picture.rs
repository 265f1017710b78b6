//! Pictures as addresses that hold the file itself, so that a page asks for nothing and no script of an SVG runs.

use super::escape::{attribute, text};
use super::setting::Setting;
use crate::document::Inline;
use crate::render::picture::{LOGO, Picture, Pictures};

/// A picture among words, where it can be shown; its alternative text where not.
pub(super) fn push(from: &str, title: &str, alt: &str, set: &Setting<'_>, out: &mut String) {
    match set.pictures.get(from) {
        Ok(picture) => out.push_str(&element(picture, title, alt)),
        Err(_) if alt.is_empty() => {}
        Err(_) => out.push_str(&format!("<em class=\"picture\">{}</em>", text(alt))),
    }
}

/// A paragraph that is nothing but a picture which can be shown, its title below.
pub(super) fn figure(words: &[Inline], set: &Setting<'_>) -> Option<String> {
    let [Inline::Image { from, title, alt }] = words else { return None };
    let picture = set.pictures.get(from).ok()?;
    let described = if alt.is_empty() { title } else { alt };
    let shown = element(picture, "", described);
    Some(match title.as_str() {
        "" => format!("<figure class=\"picture-figure\">{shown}</figure>\n"),
        title => {
            format!(
                "<figure class=\"picture-figure\">{shown}<figcaption>{}</figcaption></figure>\n",
                text(title)
            )
        }
    })
}

/// The brand's logo, where there is one that can be shown.
pub(super) fn logo(pictures: &Pictures, name: Option<&str>) -> Option<String> {
    let shown = element(pictures.get(LOGO).ok()?, "", name.unwrap_or("Logo"));
    Some(format!("<p class=\"logo\">{shown}</p>\n"))
}

fn element(picture: &Picture, title: &str, alt: &str) -> String {
    let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", attribute(title)) };
    format!(
        "<img src=\"data:{};base64,{}\" alt=\"{}\"{title} width=\"{}\" height=\"{}\">",
        picture.kind,
        base64(&picture.bytes),
        attribute(alt),
        picture.width.round().max(1.0),
        picture.height.round().max(1.0),
    )
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits =
            chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * place)) as usize & 63];
            out.push(if place <= chunk.len() { char::from(sign) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn bytes_are_written_in_base_64() {
        for (bytes, written) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(bytes.as_bytes()), written);
        }
        assert_eq!(base64(&[0xff, 0xfe, 0xfb]), "//77");
    }
}
