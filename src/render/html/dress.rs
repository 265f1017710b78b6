//! A theme's colours and typefaces as the last lines of the style sheet, for light, dark and printed pages.

use std::fmt::Write;

use crate::theme::{Color, FontFile, Look, SHAPE_CONTRAST, TEXT_CONTRAST, Theme, WHITE};

/// What the style sheet lacks for this theme; empty where it has all of it already.
pub fn style(theme: &Theme) -> String {
    let mut out = String::new();
    if theme.branded || theme.look != Look::Calm {
        let light = light(theme);
        let _ = write!(out, "\n:root {{\n{}}}\n", lines(&light, "  "));
        let dark = lines(&dark(theme), "    ");
        let _ = write!(out, "\n@media (prefers-color-scheme: dark) {{\n  :root {{\n{dark}  }}\n}}\n");
        // Paper is white, and ink is dear: a cover that is all colour stays on the screen.
        let cover =
            [("cover", WHITE), ("cover-ink", theme.palette.ink), ("cover-quiet", theme.palette.quiet)];
        let printed: Vec<(&str, Color)> =
            light.iter().filter(|(name, _)| !name.starts_with("cover")).copied().chain(cover).collect();
        let printed = lines(&printed, "    ");
        let _ = write!(out, "\n@media print {{\n  :root {{\n{printed}  }}\n}}\n");
    }
    let text = theme.typefaces.text.as_ref().map(|[regular, ..]| regular);
    if let Some(family) = text.and_then(family) {
        let _ = write!(out, "\nhtml {{\n  font-family: \"{family}\", system-ui, sans-serif;\n}}\n");
    }
    if let Some(family) = theme.typefaces.headings.as_ref().and_then(family) {
        let _ = write!(
            out,
            "\nh1,\nh2,\n.cover-title {{\n  font-family: \"{family}\", system-ui, sans-serif;\n}}\n"
        );
    }
    out
}

fn family(font: &FontFile) -> Option<&str> {
    Some(font.family.as_str()).filter(|family| !family.is_empty())
}

fn lines(colors: &[(&str, Color)], indent: &str) -> String {
    colors.iter().map(|(name, color)| format!("{indent}--{name}: {color};\n")).collect()
}

fn light(theme: &Theme) -> Vec<(&'static str, Color)> {
    let colors = &theme.palette;
    vec![
        ("paper", colors.paper),
        ("ink", colors.ink),
        ("quiet", colors.quiet),
        ("line", colors.hairline),
        ("tint", colors.code_ground),
        ("accent", colors.accent_text),
        ("accent-soft", colors.accent_pale),
        ("second", colors.second),
        ("cover", colors.accent),
        ("cover-ink", colors.on_accent),
        ("cover-quiet", colors.on_accent_quiet),
        ("zone", colors.stripes[0]),
        ("zone-other", colors.stripes[1]),
    ]
}

/// The same hues on a dark ground, each as light as it must be to be read there.
fn dark(theme: &Theme) -> Vec<(&'static str, Color)> {
    let colors = &theme.palette;
    let ink = colors.ink;
    let at = |lightness: f64| ink.at_lightness(lightness);
    let (paper, tint, cover) = (at(0.2), at(0.25), colors.accent.at_lightness(0.32));
    let grounds = [paper, tint];
    let readable = |color: Color| color.nearest_passing(&grounds, TEXT_CONTRAST).unwrap_or(WHITE);
    vec![
        ("paper", paper),
        ("ink", readable(at(0.93))),
        ("quiet", readable(at(0.76))),
        ("line", at(0.38)),
        ("tint", tint),
        ("accent", readable(colors.accent.at_lightness(0.78))),
        ("accent-soft", colors.accent.at_lightness(0.33)),
        ("second", colors.second.nearest_passing(&grounds, SHAPE_CONTRAST).unwrap_or(WHITE)),
        ("cover", cover),
        ("cover-ink", WHITE),
        ("cover-quiet", WHITE.mixed(cover, 0.2).nearest_passing(&[cover], TEXT_CONTRAST).unwrap_or(WHITE)),
        ("zone", at(0.3)),
        ("zone-other", at(0.25)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Palette;

    #[test]
    fn the_calm_look_is_the_style_sheet_itself() {
        assert_eq!(style(&Theme::default()), "");
    }

    #[test]
    fn text_is_read_in_the_dark_whatever_the_brand() {
        for hex in (0..=0xff_ffff).step_by(40_009) {
            let accent = Color::rgb(hex);
            if accent.contrast(WHITE) < TEXT_CONTRAST {
                continue;
            }
            let theme = Theme {
                palette: Palette::of(accent, None, Color::rgb(0x1f2933)),
                branded: true,
                ..Theme::default()
            };
            let dark = dark(&theme);
            let color = |wanted: &str| dark.iter().find(|(name, _)| *name == wanted).expect("there").1;
            for text in ["ink", "quiet", "accent"] {
                let grounds = [color("paper"), color("tint")];
                assert!(color(text).passes(&grounds, TEXT_CONTRAST), "{text} of {accent}");
            }
            for text in ["cover-ink", "cover-quiet"] {
                assert!(color(text).passes(&[color("cover")], TEXT_CONTRAST), "{text} of {accent}");
            }
        }
    }
}
