//! Colours, how well one is seen on another, and the nearest one that is seen well enough.

use std::fmt;

/// Red, green and blue of the sRGB space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Color(pub [u8; 3]);

/// What text needs on its ground (WCAG 2.2, 1.4.3, level AA).
pub const TEXT_CONTRAST: f64 = 4.5;
/// What a shape that carries meaning needs (WCAG 2.2, 1.4.11, level AA).
pub const SHAPE_CONTRAST: f64 = 3.0;

pub const WHITE: Color = Color([255; 3]);

impl Color {
    pub const fn rgb(hex: u32) -> Color {
        Color([(hex >> 16) as u8, (hex >> 8) as u8, hex as u8])
    }

    /// A colour as brands write it: `#0b5c6b` or `#0bc`, the sign left out or not.
    pub fn parse(text: &str) -> Option<Color> {
        let digits = text.strip_prefix('#').unwrap_or(text);
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let hex = u32::from_str_radix(digits, 16).ok()?;
        match digits.len() {
            6 => Some(Color::rgb(hex)),
            3 => Some(Color([8, 4, 0].map(|shift| ((hex >> shift & 15) * 17) as u8))),
            _ => None,
        }
    }

    /// This colour with so much of another in it, from 0 (none) to 1 (nothing but the other).
    pub fn mixed(self, other: Color, share: f64) -> Color {
        let mut parts = self.0;
        for (part, other) in parts.iter_mut().zip(other.0) {
            *part = (f64::from(*part) * (1.0 - share) + f64::from(other) * share).round() as u8;
        }
        Color(parts)
    }

    /// How bright it is, from 0 to 1, as WCAG 2.2 defines it.
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// How well two colours are told apart, from 1 to 21, as WCAG 2.2 defines it.
    pub fn contrast(self, other: Color) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// Whether it is seen well enough on each of the grounds.
    pub fn passes(self, grounds: &[Color], wanted: f64) -> bool {
        grounds.iter().all(|ground| self.contrast(*ground) >= wanted)
    }

    /// The colour of the same hue, and as little lighter or darker as can be, that is seen well enough on each of the
    /// grounds; itself where it is so already, none where no lightness will do.
    pub fn nearest_passing(self, grounds: &[Color], wanted: f64) -> Option<Color> {
        if self.passes(grounds, wanted) {
            return Some(self);
        }
        let [lightness, a, b] = self.to_oklab();
        // Steps too small to be seen, alternating between darker and lighter.
        (1..=1000).flat_map(|step| [-f64::from(step) / 1000.0, f64::from(step) / 1000.0]).find_map(|change| {
            let tried = lightness + change;
            if !(0.0..=1.0).contains(&tried) {
                return None;
            }
            let color = from_oklab(tried, a, b);
            color.passes(grounds, wanted).then_some(color)
        })
    }

    /// The same hue at another lightness, from 0 to 1 as the eye judges it.
    pub fn at_lightness(self, lightness: f64) -> Color {
        let [_, a, b] = self.to_oklab();
        from_oklab(lightness.clamp(0.0, 1.0), a, b)
    }

    /// Lightness and the two axes of hue in Oklab, where equal steps look equal (Björn Ottosson, 2020).
    fn to_oklab(self) -> [f64; 3] {
        let [red, green, blue] = self.0.map(linear);
        let l = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
        let m = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
        let s = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
        [
            0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
            0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
        ]
    }
}

/// The colour at this place, paler where no screen could show it as strong as asked.
fn from_oklab(lightness: f64, a: f64, b: f64) -> Color {
    let at = |strength: f64| {
        let (a, b) = (a * strength, b * strength);
        let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        [
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
        ]
    };
    let shown = |parts: &[f64; 3]| parts.iter().all(|part| (-0.000_5..=1.000_5).contains(part));
    let strength = (0..=50).map(|step| 1.0 - f64::from(step) / 50.0).find(|strength| shown(&at(*strength)));
    Color(at(strength.unwrap_or(0.0)).map(|part| (encoded(part) * 255.0).round() as u8))
}

fn linear(part: u8) -> f64 {
    let part = f64::from(part) / 255.0;
    if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}

fn encoded(part: f64) -> f64 {
    let part = part.clamp(0.0, 1.0);
    if part <= 0.003_130_8 { part * 12.92 } else { 1.055 * part.powf(1.0 / 2.4) - 0.055 }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_brands_write_them() {
        assert_eq!(Color::parse("#0b5c6b"), Some(Color([11, 92, 107])));
        assert_eq!(Color::parse("0B5C6B"), Some(Color([11, 92, 107])));
        assert_eq!(Color::parse("#0bc"), Some(Color([0, 187, 204])));
        for wrong in ["", "#", "teal", "#12345", "#1234567", "#12345g", "+12345", "#äbc"] {
            assert_eq!(Color::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((Color::rgb(0x000000).contrast(WHITE) - 21.0).abs() < 1e-9);
        // The grey that is known to be the lightest to pass on white.
        assert!(Color::rgb(0x767676).contrast(WHITE) >= 4.5);
        assert!(Color::rgb(0x777777).contrast(WHITE) < 4.5);
    }

    #[test]
    fn oklab_there_and_back_is_the_same_colour() {
        for hex in (0..=0xff_ffff).step_by(4099) {
            let color = Color::rgb(hex);
            let [lightness, a, b] = color.to_oklab();
            assert_eq!(from_oklab(lightness, a, b), color);
        }
    }

    #[test]
    fn the_nearest_passing_colour_passes_and_is_no_further_than_needed() {
        for hex in (0..=0xff_ffff).step_by(9973) {
            let color = Color::rgb(hex);
            let nearest = color.nearest_passing(&[WHITE], TEXT_CONTRAST).expect("black passes");
            assert!(nearest.contrast(WHITE) >= TEXT_CONTRAST, "{color} {nearest}");
            if nearest != color {
                assert!(nearest.contrast(WHITE) < 4.75, "{color} {nearest} {}", nearest.contrast(WHITE));
            }
        }
        let gray = Color::rgb(0x808080);
        assert_eq!(gray.nearest_passing(&[WHITE, Color::rgb(0)], 10.0), None);
    }
}
