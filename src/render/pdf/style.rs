//! How the paper looks: every size, distance and colour in one place.
//!
//! Lengths are points, 72 to the inch. Each text colour reaches 4.5:1 on every ground that it is set on.

use crate::document::CalloutKind;

/// Red, green, blue.
pub type Color = [u8; 3];

pub const PAGE_WIDTH: f32 = 595.28;
pub const PAGE_HEIGHT: f32 = 841.89;
pub const LEFT: f32 = 76.0;
pub const RIGHT: f32 = 76.0;
pub const TEXT_WIDTH: f32 = PAGE_WIDTH - LEFT - RIGHT;
/// Where the text begins and ends on a page, from its upper edge.
pub const TOP: f32 = 84.0;
pub const BOTTOM: f32 = PAGE_HEIGHT - 78.0;
pub const HEADER_BASELINE: f32 = 50.0;
pub const FOOTER_BASELINE: f32 = PAGE_HEIGHT - 44.0;
pub const FOOTER_LEADING: f32 = 10.0;

/// Text is not set narrower than this however deep it is nested.
pub const NARROWEST: f32 = 150.0;

pub const INK: Color = [0x1f, 0x29, 0x33];
pub const QUIET: Color = [0x5b, 0x67, 0x73];
pub const ACCENT: Color = [0x0d, 0x56, 0x66];
pub const ACCENT_LIGHT: Color = [0x5f, 0xa3, 0xb0];
pub const ACCENT_PALE: Color = [0xea, 0xf2, 0xf3];
pub const ON_ACCENT: Color = [0xff, 0xff, 0xff];
pub const ON_ACCENT_QUIET: Color = [0xd3, 0xe5, 0xe8];
pub const LINK: Color = [0x0b, 0x5c, 0x9e];
pub const HAIRLINE: Color = [0xd3, 0xd9, 0xde];
pub const PAPER: Color = [0xff, 0xff, 0xff];
pub const CODE_GROUND: Color = [0xf2, 0xf4, 0xf6];
pub const STRIPES: [Color; 2] = [[0xe4, 0xea, 0xed], [0xf1, 0xf4, 0xf6]];

pub const BODY_SIZE: f32 = 10.0;
pub const BODY_LEADING: f32 = 15.0;
pub const SMALL_SIZE: f32 = 8.2;
/// The monospaced face looks larger than the others at the same size.
pub const MONO_SCALE: f32 = 0.9;
pub const PARAGRAPH_GAP: f32 = 7.5;
pub const TIGHT_GAP: f32 = 2.5;
pub const BLOCK_GAP: f32 = 12.0;

pub const CODE_SIZE: f32 = 8.6;
pub const CODE_LEADING: f32 = 12.4;

pub const TABLE_SIZE: f32 = 9.0;
pub const TABLE_LEADING: f32 = 13.0;
pub const CELL_PAD_X: f32 = 6.0;
pub const CELL_PAD_Y: f32 = 4.6;

pub const LIST_INDENT: f32 = 17.0;
pub const LABEL_GAP: f32 = 6.0;
pub const TASK_BOX: f32 = 8.4;

/// One rank of headings.
pub struct HeadingStyle {
    pub size: f32,
    pub leading: f32,
    pub before: f32,
    pub after: f32,
    pub color: Color,
    pub italic: bool,
}

/// The look of a heading of this level; what is not between 1 and 6 is taken as the nearest.
pub fn heading(level: u8) -> HeadingStyle {
    let style = |size, leading, before, after, color, italic| HeadingStyle {
        size,
        leading,
        before,
        after,
        color,
        italic,
    };
    match level {
        0 | 1 => style(21.0, 27.0, 30.0, 10.0, ACCENT, false),
        2 => style(15.0, 20.0, 25.0, 6.5, ACCENT, false),
        3 => style(12.0, 16.5, 19.0, 4.5, INK, false),
        4 => style(10.4, 15.0, 14.0, 3.5, ACCENT, false),
        5 => style(10.0, 15.0, 12.0, 3.0, INK, true),
        _ => style(10.0, 15.0, 12.0, 3.0, QUIET, true),
    }
}

/// The colours of a boxed remark.
pub struct CalloutStyle {
    /// Of the bar and the label.
    pub strong: Color,
    pub ground: Color,
}

pub fn callout(kind: CalloutKind) -> CalloutStyle {
    let (strong, ground) = match kind {
        CalloutKind::Note => (ACCENT, ACCENT_PALE),
        CalloutKind::Tip => ([0x1c, 0x66, 0x3a], [0xeb, 0xf5, 0xee]),
        CalloutKind::Important => ([0x5a, 0x3b, 0x8f], [0xf3, 0xef, 0xf9]),
        CalloutKind::Warning => ([0x85, 0x4d, 0x00], [0xfd, 0xf4, 0xe3]),
        CalloutKind::Caution => ([0xa0, 0x26, 0x20], [0xfc, 0xee, 0xed]),
    };
    CalloutStyle { strong, ground }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(color: Color) -> f64 {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(color[0]) + 0.7152 * part(color[1]) + 0.0722 * part(color[2])
    }

    fn contrast(one: Color, other: Color) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_text_can_be_read_on_its_ground() {
        let mut grounds = vec![PAPER, ACCENT_PALE, CODE_GROUND, STRIPES[0], STRIPES[1]];
        grounds.extend(CalloutKind::ALL.map(|kind| callout(kind).ground));
        for ground in grounds {
            for text in [INK, QUIET, ACCENT, LINK] {
                assert!(contrast(text, ground) >= 4.5, "{text:?} on {ground:?}");
            }
        }
        for kind in CalloutKind::ALL {
            let style = callout(kind);
            assert!(contrast(style.strong, style.ground) >= 4.5, "{kind:?}");
        }
        assert!(contrast(ON_ACCENT, ACCENT) >= 4.5);
        assert!(contrast(ON_ACCENT_QUIET, ACCENT) >= 4.5);
    }
}
