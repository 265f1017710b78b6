//! How the paper looks: every size, distance and colour in one place, as the theme has it.
//!
//! Lengths are points, 72 to the inch. Each text colour reaches 4.5:1 on every ground that it is set on.

use super::fonts::Face;
use super::form::PITCH;
use crate::document::{Block, CalloutKind, ChartKind, Page, Setting, Slide};
use crate::theme::{Color, Cover, Look, Palette, Theme};

/// Width and height in which a slide is laid out, 16 to 9, and how many times as large it is drawn: 13.333 by 7.5 inches, as
/// slide programs have it.
const SLIDE: (f32, f32) = (480.0, 270.0);
const SLIDE_SCALE: f32 = 2.0;

/// The measures and colours of one paper.
#[derive(Clone, Debug)]
pub struct Style {
    /// Whether each page is a slide, which has no running head.
    pub slide: bool,
    pub look: Look,
    pub cover: Cover,
    pub colors: Palette,
    /// Of the cover's title and of the two highest ranks of headings.
    pub headline: Face,

    /// How many points of paper one point of the layout is.
    pub scale: f32,
    pub page_width: f32,
    pub page_height: f32,
    pub left: f32,
    pub text_width: f32,
    /// Where the text begins and ends on a page, from its upper edge.
    pub top: f32,
    pub bottom: f32,
    pub header_baseline: f32,
    pub footer_baseline: f32,
    pub footer_leading: f32,

    /// Text is not set narrower than this however deep it is nested.
    pub narrowest: f32,

    /// How many times as large headings are set as on paper.
    pub heading_scale: f32,
    pub body_size: f32,
    pub body_leading: f32,
    pub small_size: f32,
    /// Of footnotes.
    pub note_size: f32,
    pub note_leading: f32,
    /// How small the number of a footnote is beside its text, and how far it is raised, in sizes of that text.
    pub number_scale: f32,
    pub number_rise: f32,
    /// The monospaced face looks larger than the others at the same size.
    pub mono_scale: f32,
    /// How large headings are, and how much space there is around them, against what is usual.
    pub high_rank_scale: f32,
    pub headings_air: f32,
    pub paragraph_gap: f32,
    pub tight_gap: f32,
    pub block_gap: f32,

    pub code_size: f32,
    pub code_leading: f32,

    pub table_size: f32,
    pub table_leading: f32,
    pub cell_pad_x: f32,
    pub cell_pad_y: f32,
    /// How high a row is at least in which a hand is to write a word or a number.
    pub hand: f32,
    /// How wide its column is at most, in widths of its head: under “Yours” goes a number, under “What was said” a sentence.
    pub hand_wide: f32,
    /// Above and below the words of a bar.
    pub chart_row_pad: f32,
    /// The highest drawing of a chart; what would be higher is drawn smaller.
    pub highest_chart: f32,

    pub list_indent: f32,
    pub label_gap: f32,
    pub task_box: f32,
}

/// One rank of headings.
pub struct HeadingStyle {
    pub face: Face,
    pub size: f32,
    pub leading: f32,
    pub before: f32,
    pub after: f32,
    pub color: Color,
    pub italic: bool,
    /// A line above it, over the whole column: colour and width.
    pub rule: Option<(Color, f32)>,
}

/// The colours of a boxed remark.
pub struct CalloutStyle {
    /// Of the bar and the label.
    pub strong: Color,
    pub ground: Color,
}

/// How the head of a table is set apart.
pub struct TableHead {
    pub text: Color,
    pub ground: Option<Color>,
    /// The line under it: colour and width.
    pub rule: (Color, f32),
}

impl Style {
    pub fn of(theme: &Theme, page: Page) -> Style {
        let paper = Style::paper(theme);
        match page {
            Page::Slides => paper.on_a_slide(),
            Page::Dense => paper.closer(),
            Page::Paper | Page::Mail => paper,
        }
    }

    /// More on a page, and still to be read: the letters keep their size, what is between them and around them shrinks.
    fn closer(self) -> Style {
        let left = 54.0;
        Style {
            left,
            text_width: self.page_width - 2.0 * left,
            top: 58.0,
            bottom: self.page_height - 50.0,
            header_baseline: 36.0,
            footer_baseline: self.page_height - 30.0,
            body_leading: 13.6,
            paragraph_gap: 5.0,
            tight_gap: 1.4,
            block_gap: 6.5,
            table_size: 8.6,
            table_leading: 11.4,
            cell_pad_x: 4.4,
            cell_pad_y: 2.1,
            hand: 19.6,
            hand_wide: 2.0,
            chart_row_pad: 3.0,
            high_rank_scale: 0.9,
            headings_air: 0.48,
            ..self
        }
    }

    /// What the paper measures, in points.
    pub fn sheet(&self) -> (f32, f32) {
        (self.page_width * self.scale, self.page_height * self.scale)
    }

    /// The same for what stands on this slide.
    pub fn of_slide(&self, slide: &Slide) -> Style {
        let sized = |size: f32, leading: f32, gap: f32| Style {
            body_size: size,
            body_leading: leading,
            paragraph_gap: gap,
            tight_gap: gap * 0.7,
            ..self.clone()
        };
        match slide.setting() {
            Setting::Full => self.clone(),
            Setting::Few => sized(15.5, 22.0, 11.0),
            Setting::Statement => sized(20.0, 28.0, 14.0),
            Setting::Divider => Style { heading_scale: self.heading_scale * 1.6, ..self.clone() },
            Setting::Chart => Style { chart_row_pad: self.row_pad(slide), ..self.clone() },
        }
    }

    /// How much lies above and below the words of each bar, so that a lone chart fills its slide.
    fn row_pad(&self, slide: &Slide) -> f32 {
        /// What stands above and below the bars, what a line of a label takes, and how many characters it holds.
        const AROUND: f32 = 96.0;
        const LINE: f32 = 12.0;
        const LABEL: usize = 28;
        let Some(Block::Chart(chart)) = slide.face.last() else { return self.chart_row_pad };
        if chart.kind != ChartKind::Bar || chart.rows.is_empty() {
            return self.chart_row_pad;
        }
        let lines = chart.rows.iter().map(|row| row.label.chars().count().div_ceil(LABEL).max(1));
        let room = self.bottom - self.top - AROUND - lines.sum::<usize>() as f32 * LINE;
        (room / (2.0 * chart.rows.len() as f32)).clamp(self.chart_row_pad, 7.0)
    }

    /// A slide is laid out as a small page and drawn larger, so that everything on it keeps its proportions.
    fn on_a_slide(self) -> Style {
        let (page_width, page_height) = SLIDE;
        let left = 34.0;
        Style {
            slide: true,
            scale: SLIDE_SCALE,
            heading_scale: 1.15,
            page_width,
            page_height,
            left,
            text_width: page_width - 2.0 * left,
            top: 28.0,
            bottom: page_height - 22.0,
            header_baseline: 18.0,
            footer_baseline: page_height - 11.0,
            small_size: 6.4,
            body_size: 12.5,
            body_leading: 18.0,
            paragraph_gap: 8.0,
            tight_gap: 4.0,
            table_size: 9.4,
            table_leading: 11.6,
            cell_pad_y: 1.6,
            chart_row_pad: 1.6,
            // Below a heading and the chart's own title.
            highest_chart: page_height - 22.0 - 28.0 - 66.0,
            ..self
        }
    }

    fn paper(theme: &Theme) -> Style {
        let (page_width, page_height) = theme.sheet.points();
        let left = 76.0;
        Style {
            slide: false,
            scale: 1.0,
            heading_scale: 1.0,
            look: theme.look,
            cover: theme.cover,
            colors: theme.palette.clone(),
            headline: if theme.typefaces.headings.is_some() { Face::Headline } else { Face::Bold },
            page_width,
            page_height,
            left,
            text_width: page_width - 2.0 * left,
            top: 84.0,
            bottom: page_height - 78.0,
            header_baseline: 50.0,
            footer_baseline: page_height - 44.0,
            footer_leading: 10.0,
            narrowest: 150.0,
            body_size: 10.0,
            body_leading: 15.0,
            small_size: 8.2,
            note_size: 8.8,
            note_leading: 13.0,
            number_scale: 0.68,
            number_rise: 0.36,
            mono_scale: 0.9,
            high_rank_scale: 1.0,
            headings_air: 1.0,
            paragraph_gap: 7.5,
            tight_gap: 2.5,
            block_gap: 12.0,
            code_size: 8.6,
            code_leading: 12.4,
            table_size: 9.0,
            table_leading: 13.0,
            cell_pad_x: 6.0,
            cell_pad_y: 4.6,
            hand: PITCH,
            hand_wide: f32::INFINITY,
            chart_row_pad: 4.6,
            highest_chart: f32::MAX,
            list_indent: 17.0,
            label_gap: 6.0,
            task_box: 8.4,
        }
    }

    /// The look of a heading of this level; what is not between 1 and 6 is taken as the nearest.
    pub fn heading(&self, level: u8) -> HeadingStyle {
        let colors = &self.colors;
        let level = level.clamp(1, 6);
        // Size, leading, space before and after.
        let [size, leading, before, after] = match (self.look, level) {
            (Look::Calm, 1) => [21.0, 27.0, 30.0, 10.0],
            (Look::Calm, 2) => [15.0, 20.0, 25.0, 6.5],
            (Look::Editorial, 1) => [26.0, 31.0, 32.0, 12.0],
            (Look::Editorial, 2) => [17.5, 22.0, 27.0, 7.0],
            (Look::Bold, 1) => [27.0, 31.0, 32.0, 12.0],
            (Look::Bold, 2) => [17.0, 21.5, 27.0, 7.0],
            (_, 3) => [12.0, 16.5, 19.0, 4.5],
            (_, 4) => [10.4, 15.0, 14.0, 3.5],
            (..) => [10.0, 15.0, 12.0, 3.0],
        };
        let color = match (self.look, level) {
            (Look::Calm, 1 | 2 | 4) | (Look::Editorial, 4) | (Look::Bold, 2 | 4) => colors.accent_text,
            (_, 6) => colors.quiet,
            _ => colors.ink,
        };
        let rule = match (self.look, level) {
            (Look::Editorial, 1) => Some((colors.accent, 1.6)),
            (Look::Editorial, 2) => Some((colors.hairline, 0.8)),
            (Look::Bold, 1) => Some((colors.second, 4.0)),
            _ => None,
        };
        let [size, leading] = [size, leading].map(|length| length * self.heading_scale);
        let face = if level <= 2 { self.headline } else { Face::text(true, level >= 5) };
        let [before, after] = [before, after].map(|space| space * self.headings_air);
        // The lowest ranks are as large as the text already.
        let [size, leading] = match level {
            1..=3 => [size, leading].map(|measure| measure * self.high_rank_scale),
            _ => [size, leading],
        };
        HeadingStyle { face, size, leading, before, after, color, italic: level >= 5, rule }
    }

    pub fn callout(&self, kind: CalloutKind) -> CalloutStyle {
        let colors = &self.colors;
        let (strong, ground) = match kind {
            CalloutKind::Note => (colors.quiet, colors.code_ground),
            CalloutKind::Important => (colors.accent_text, colors.accent_pale),
            CalloutKind::Tip => (Color::rgb(0x1c663a), Color::rgb(0xebf5ee)),
            CalloutKind::Warning => (Color::rgb(0x854d00), Color::rgb(0xfdf4e3)),
            CalloutKind::Caution => (Color::rgb(0xa02620), Color::rgb(0xfceeed)),
        };
        CalloutStyle { strong, ground }
    }

    /// The highest picture among words.
    pub fn highest_in_text(&self) -> f32 {
        (self.bottom - self.top) * 0.5
    }

    /// The highest picture that stands alone; on a slide it leaves room for a heading and a caption.
    pub fn highest_figure(&self) -> f32 {
        let room = self.bottom - self.top;
        if self.slide { room - 50.0 } else { room * 0.9 }
    }

    pub fn table_head(&self) -> TableHead {
        let colors = &self.colors;
        let (text, ground) = match self.look {
            Look::Calm => (colors.accent_text, Some(colors.accent_pale)),
            Look::Editorial => (colors.ink, None),
            Look::Bold => (colors.on_accent, Some(colors.accent)),
        };
        TableHead { text, ground, rule: (colors.accent, 0.9) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::TEXT_CONTRAST;

    #[test]
    fn every_text_can_be_read_on_its_ground() {
        for look in Look::ALL {
            let style = Style::of(&Theme::of(look), crate::document::Page::Paper);
            for kind in CalloutKind::ALL {
                let callout = style.callout(kind);
                let text = [callout.strong, style.colors.ink, style.colors.link, style.colors.accent_text];
                assert!(
                    text.iter().all(|color| color.passes(&[callout.ground], TEXT_CONTRAST)),
                    "{look:?} {kind:?}"
                );
            }
            let head = style.table_head();
            assert!(head.text.passes(&[head.ground.unwrap_or(style.colors.paper)], TEXT_CONTRAST));
        }
    }
}
