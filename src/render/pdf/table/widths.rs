//! How the columns of a table share its width.

use super::super::lines::Extent;

/// To which parts of the table long words may be broken, so that others are set in fewer lines; the first breaks none.
const CUTS: [f32; 4] = [f32::INFINITY, 0.45, 0.35, 0.25];

/// How many lines a column must save the table for its words to be broken.
const BROKEN: f32 = 3.0;

/// How wide a column can be.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its widest word.
    narrowest: f32,
    /// Its widest line.
    widest: f32,
    /// What is not made narrower for the sake of other columns: a word of its head, a picture, room for a hand.
    whole: f32,
}

impl Column {
    pub fn new(extent: Extent, whole: f32) -> Column {
        Column { narrowest: extent.narrowest, widest: extent.widest, whole }
    }

    /// The same with words that are broken where they are wider than this.
    fn cut(self, most: f32) -> Column {
        Column { narrowest: self.narrowest.min(most.max(self.whole)), ..self }
    }

    /// About how many lines its longest cell takes in this width, more where words are broken.
    fn lines(&self, width: f32) -> f32 {
        let broken = if self.narrowest > width + 0.01 { BROKEN } else { 0.0 };
        (self.widest / width.max(1.0)).ceil() + broken
    }
}

/// Shares `room` among columns so that the table is low: a word that would leave a long text few words a line is broken.
pub fn widths(columns: &[Column], room: f32) -> Vec<f32> {
    let tried = CUTS.iter().map(|cut| {
        let cut: Vec<Column> = columns.iter().map(|column| column.cut(room * cut)).collect();
        let widths = shared(&cut, room);
        let lines = columns.iter().zip(&widths).map(|(column, width)| column.lines(*width));
        (lines.fold(0.0, f32::max), widths)
    });
    let lowest = tried.reduce(|best, next| if next.0 < best.0 { next } else { best });
    lowest.map(|(_, widths)| widths).unwrap_or_default()
}

/// What needs little gets it, the others share the rest by their hunger, none gets less than its longest word, unless even that
/// is too much for all together: then the longest words are broken.
fn shared(columns: &[Column], room: f32) -> Vec<f32> {
    let room = room.max(columns.len() as f32);
    let needed: f32 = columns.iter().map(|column| column.narrowest).sum();
    if needed > room {
        let most = leveled(columns, room * 0.7);
        let broken: Vec<Column> = columns
            .iter()
            .map(|column| Column { narrowest: column.narrowest.min(most), ..*column })
            .collect();
        return shared(&broken, room);
    }
    let wanted: f32 = columns.iter().map(|column| column.widest).sum();
    if wanted <= room {
        let spare = room - wanted;
        let share = |column: &Column| {
            if wanted > 0.0 { column.widest / wanted } else { 1.0 / columns.len().max(1) as f32 }
        };
        return columns.iter().map(|column| column.widest + spare * share(column)).collect();
    }
    let mut fixed: Vec<Option<f32>> = vec![None; columns.len()];
    loop {
        let taken: f32 = fixed.iter().flatten().sum();
        let open = fixed.iter().filter(|width| width.is_none()).count();
        let fair = (room - taken) / open.max(1) as f32;
        let modest = |index: &usize| fixed[*index].is_none() && columns[*index].widest <= fair;
        match (0..columns.len()).find(modest) {
            Some(index) => fixed[index] = Some(columns[index].widest),
            None => break,
        }
    }
    loop {
        let taken: f32 = fixed.iter().flatten().sum();
        let hunger = |index: usize| columns[index].widest.max(1.0).powf(0.7);
        let hungry: Vec<usize> = (0..columns.len()).filter(|index| fixed[*index].is_none()).collect();
        let all: f32 = hungry.iter().map(|index| hunger(*index)).sum();
        let share = |index: usize| (room - taken) * hunger(index) / all;
        match hungry.iter().find(|index| share(**index) < columns[**index].narrowest) {
            Some(index) => fixed[*index] = Some(columns[*index].narrowest),
            None => {
                let widths = (0..columns.len()).map(|index| fixed[index].unwrap_or_else(|| share(index)));
                return squeezed(widths.collect(), columns, room);
            }
        }
    }
}

/// The width to which the columns' longest words must be cut for all together to fit in `room`.
fn leveled(columns: &[Column], room: f32) -> f32 {
    let mut words: Vec<f32> = columns.iter().map(|column| column.narrowest).collect();
    words.sort_by(f32::total_cmp);
    let mut left = room;
    for (index, word) in words.iter().enumerate() {
        let fair = left / (words.len() - index) as f32;
        if *word > fair {
            return fair;
        }
        left -= word;
    }
    room
}

/// Takes what is too much from the columns that have more than their longest word needs.
fn squeezed(mut widths: Vec<f32>, columns: &[Column], room: f32) -> Vec<f32> {
    let excess = widths.iter().sum::<f32>() - room;
    let slack: Vec<f32> =
        widths.iter().zip(columns).map(|(width, column)| (width - column.narrowest).max(0.0)).collect();
    let all: f32 = slack.iter().sum();
    if excess > 0.0 && all > 0.0 {
        for (width, slack) in widths.iter_mut().zip(slack) {
            *width -= excess * slack / all;
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(narrowest: f32, widest: f32) -> Column {
        Column::new(Extent { narrowest, widest }, 0.0)
    }

    #[test]
    fn columns_fill_the_room_and_never_more() {
        for (columns, room) in [
            (vec![column(10.0, 20.0), column(10.0, 60.0)], 200.0),
            (vec![column(10.0, 20.0), column(30.0, 900.0)], 200.0),
            (vec![column(60.0, 90.0), column(30.0, 900.0), column(80.0, 500.0)], 200.0),
            (vec![column(10.0, 60.0), column(120.0, 400.0), column(60.0, 500.0)], 200.0),
            (vec![column(300.0, 300.0), column(100.0, 900.0)], 200.0),
            (vec![column(0.0, 0.0), column(0.0, 0.0)], 200.0),
        ] {
            let widths = widths(&columns, room);
            assert!((widths.iter().sum::<f32>() - room).abs() < 0.5, "{widths:?}");
        }
    }

    #[test]
    fn an_endless_word_does_not_starve_its_neighbours() {
        let widths = widths(&[column(60.0, 90.0), column(400.0, 400.0), column(30.0, 700.0)], 400.0);
        assert!(widths[0] >= 60.0 && widths[2] >= 100.0, "{widths:?}");
    }

    #[test]
    fn a_long_text_gets_more_than_a_long_word_beside_it() {
        let identifier = column(190.0, 190.0);
        let widths = widths(&[identifier, column(60.0, 280.0), column(35.0, 900.0)], 300.0);
        assert!(widths[2] > widths[0] && widths[0] < 140.0, "{widths:?}");
        let short = super::widths(&[identifier, column(30.0, 70.0), column(30.0, 80.0)], 300.0);
        assert!(short[0] >= 190.0, "{short:?}");
        let headed = Column { whole: 150.0, ..identifier };
        assert!(super::widths(&[headed, column(35.0, 900.0)], 300.0)[0] >= 150.0);
    }

    #[test]
    fn a_short_column_keeps_its_words_beside_a_long_one() {
        let widths = widths(&[column(40.0, 70.0), column(30.0, 900.0)], 300.0);
        assert_eq!(widths[0], 70.0);
    }
}
