//! The scores of an area, or the total, in words.

use super::{All, hundredths, share, standing};
use crate::compose::contract::{AreaTogether, Md, Num};
use crate::model::{BandOf, Number, Score, ScoreOf};
use crate::tally::ScoreTold;
use crate::wording::{score_of_all, sentence};

impl All<'_> {
    /// `people` are all of the group that it is told of.
    pub(super) fn score(&self, told: &ScoreTold, people: usize) -> AreaTogether {
        let of = told.of;
        let names = self.pack.band_names(BandOf::Score(of));
        let lists = self.pack.dated_bands(BandOf::Score(of)).iter();
        let edges: Vec<Number> = lists.flat_map(|dated| dated.value.edges()).collect();
        let shown = |number: &Number| number.shown(1, &edges);
        let full = |number: &Number| {
            let score = Score { ends: Some((number.clone(), number.clone())), ..Score::default() };
            score_of_all(self.pack, of, &score).unwrap_or_else(|| shown(number))
        };
        let median = told.quarters.as_ref().map(|[_, median, _]| median);
        let whole = people == self.together.people;
        let found = self.compared.filter(|_| whole).and_then(|compared| compared.score(of));
        let leaks_text = of_all(told.leaks, people);
        AreaTogether {
            id: match of {
                ScoreOf::Area(id) => self.pack.area(id).id.clone(),
                ScoreOf::Total => "total".to_owned(),
            },
            title: Md(title(self, of)),
            counted: told.counted,
            held_back: told.counted == 0,
            bands: self.counts(names.iter().map(|name| name.label.as_str()), &told.bands, told.counted),
            certain: told.certain,
            open: told.open,
            without: told.without,
            median: median.map(shown),
            median_full: median.map(full),
            value: median.map(Num::from),
            middle: told.quarters.as_ref().map(|[low, _, high]| match low == high {
                true => shown(low),
                false => format!("{} to {}", shown(low), shown(high)),
            }),
            disagreement: told.disagreement.as_ref().map(hundredths),
            leaks: told.leaks,
            sentence: Md(self.scored(told, people, &shown, &full)),
            leaks_text,
            holds: told.holds,
            standing: found.map(|found| standing(found, &shown)),
        }
    }

    fn scored(
        &self,
        told: &ScoreTold,
        people: usize,
        shown: &dyn Fn(&Number) -> String,
        full: &dyn Fn(&Number) -> String,
    ) -> String {
        let title = title(self, told.of);
        let Some([low, median, high]) = &told.quarters else {
            return sentence(&format!("too few scores of {title} are certain to tell of"));
        };
        let middle = match low == high {
            true => format!("at least half of all scored {}", shown(low)),
            false => format!("the middle half lies between {} and {}", shown(low), shown(high)),
        };
        let leaks = match (told.of, told.leaks) {
            (ScoreOf::Total, _) | (_, 0) => String::new(),
            (_, some) => format!("; {} have this {}", of_all(some, people), self.leak()),
        };
        let behind = match told.certain == people {
            true => String::new(),
            false => format!(", over the {} whose score is certain", told.certain),
        };
        sentence(&format!("{title} has a median of {}{behind}; {middle}{leaks}", full(median)))
    }
}

/// `18 of 24 (75%)`.
pub(super) fn of_all(part: usize, whole: usize) -> String {
    format!("{part} of {whole} ({}%)", share(part, whole).0)
}

pub(super) fn title(all: &All<'_>, of: ScoreOf) -> String {
    match of {
        ScoreOf::Area(id) => all.prose(&all.pack.area(id).title).0,
        ScoreOf::Total => {
            let title = all.pack.total.as_ref().and_then(|total| total.title.as_ref());
            title.map_or_else(|| "The total".to_owned(), |title| all.prose(title).0)
        }
    }
}
