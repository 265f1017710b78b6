//! A cohort cut into groups, in words.

use super::All;
use crate::compose::contract::{Cut, CutRow, Md, Segment};
use crate::tally::{CutTold, SHARED};
use crate::wording::{list, sentence};

impl All<'_> {
    pub(super) fn cut(&self, cut: &CutTold) -> Cut {
        let groups: Vec<Segment> = cut
            .groups
            .iter()
            .map(|group| {
                let leaks = group.leaks.iter().take(SHARED);
                let leaks: Vec<Md> = leaks.map(|id| self.prose(&self.pack.area(*id).title)).collect();
                let titles: Vec<String> = leaks.iter().map(|title| title.0.clone()).collect();
                Segment {
                    label: group.label.clone().unwrap_or_else(|| "not said".to_owned()),
                    people: group.people,
                    total: group.total.as_ref().map(|told| self.score(told, group.people)),
                    areas: group.areas.iter().map(|told| self.score(told, group.people)).collect(),
                    leaks_text: Md(list(&titles)),
                    leaks,
                }
            })
            .collect();
        let unknown = || "unknown".to_owned();
        let rows = self.pack.areas.iter().enumerate().map(|(at, area)| CutRow {
            title: self.prose(&area.title),
            cells: groups
                .iter()
                .map(|group| group.areas[at].median.clone().unwrap_or_else(unknown))
                .collect(),
        });
        Cut {
            id: cut.by.clone(),
            title: cut.by.replace(['_', '-'], " "),
            question: cut.question.map(|id| self.prose(&self.pack.question(id).text)),
            rows: rows.collect(),
            held_back: self.held_back(cut),
            groups,
        }
    }

    fn held_back(&self, cut: &CutTold) -> Option<String> {
        let least = self.together.least;
        let small = match cut.small {
            0 => String::new(),
            1 => format!("one group of fewer than {least} is not shown"),
            some => format!("{some} groups of fewer than {least} are not shown"),
        };
        let more = match (cut.held_back, cut.small) {
            (0, _) => String::new(),
            (1, 0) => {
                "one group is not shown, because a group of fewer could be worked out from it".to_owned()
            }
            (some, 0) => {
                format!("{some} groups are not shown, because a group of fewer could be worked out from them")
            }
            (1, _) => ", nor is one more, from which such a group could be worked out".to_owned(),
            (some, _) => format!(", nor are {some} more, from which such a group could be worked out"),
        };
        let said = small + &more;
        (!said.is_empty()).then(|| sentence(&said))
    }
}
