//! The colours of a paper: those that a brand chooses, and those that follow from them.

use super::color::{Color, TEXT_CONTRAST, WHITE};

/// Every colour of a light page. Those of text reach 4.5:1 on each ground that they are set on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette {
    pub ink: Color,
    pub quiet: Color,
    /// The brand's own colour, for fields and shapes.
    pub accent: Color,
    /// The same for text: where the brand's colour would be too pale on a tinted ground, a darker one.
    pub accent_text: Color,
    /// For ornament only.
    pub accent_light: Color,
    pub accent_pale: Color,
    pub on_accent: Color,
    pub on_accent_quiet: Color,
    /// A second colour for ornament and the second series of a chart.
    pub second: Color,
    pub link: Color,
    pub hairline: Color,
    pub paper: Color,
    pub code_ground: Color,
    /// The grounds of a chart's zones, by turns.
    pub stripes: [Color; 2],
}

impl Palette {
    /// The colours that follow from a brand's accent, its second colour and its ink. The accent reaches 4.5:1 on white.
    pub fn of(accent: Color, second: Option<Color>, ink: Color) -> Palette {
        let accent_pale = accent.mixed(WHITE, 0.92);
        let code_ground = ink.mixed(WHITE, 0.94);
        let stripes = [ink.mixed(WHITE, 0.885), ink.mixed(WHITE, 0.94)];
        let grounds = [WHITE, accent_pale, code_ground, stripes[0], stripes[1]];
        let readable = |color: Color| color.nearest_passing(&grounds, TEXT_CONTRAST).unwrap_or(ink);
        let accent_text = readable(accent);
        let on_accent_quiet = WHITE.mixed(accent, 0.18).nearest_passing(&[accent], TEXT_CONTRAST);
        Palette {
            ink,
            quiet: readable(ink.mixed(WHITE, 0.28)),
            accent,
            accent_text,
            accent_light: second.unwrap_or_else(|| accent.mixed(WHITE, 0.4)),
            accent_pale,
            on_accent: WHITE,
            on_accent_quiet: on_accent_quiet.unwrap_or(WHITE),
            second: second.unwrap_or_else(|| accent.mixed(WHITE, 0.4)),
            link: accent_text,
            hairline: ink.mixed(WHITE, 0.8),
            paper: WHITE,
            code_ground,
            stripes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_can_be_read_on_its_ground_whatever_the_brand() {
        let mut tried = 0;
        for hex in (0..=0xff_ffff).step_by(7919) {
            let accent = Color::rgb(hex);
            if accent.contrast(WHITE) < TEXT_CONTRAST {
                continue;
            }
            tried += 1;
            let palette = Palette::of(accent, None, Color::rgb(0x1f2933));
            let [one, other] = palette.stripes;
            let grounds = [WHITE, palette.accent_pale, palette.code_ground, one, other];
            for text in [palette.ink, palette.quiet, palette.accent_text, palette.link] {
                assert!(text.passes(&grounds, TEXT_CONTRAST), "{text} of {accent}");
            }
            for text in [palette.on_accent, palette.on_accent_quiet] {
                assert!(text.passes(&[accent], TEXT_CONTRAST), "{text} on {accent}");
            }
        }
        assert!(tried > 500);
    }
}
