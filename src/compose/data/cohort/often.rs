//! Rules and prescriptions by how many they are for.

use super::score::of_all;
use super::{All, share};
use crate::compose::contract::Often;
use crate::model::{PrescriptionId, RuleId};

impl All<'_> {
    pub(super) fn prescriptions<'s>(
        &'s self,
        wanted: impl Fn(PrescriptionId) -> bool + 's,
    ) -> impl Iterator<Item = Often> + 's {
        self.together.prescriptions.iter().filter(move |one| wanted(one.what)).map(|one| {
            let prescription = self.pack.prescription(one.what);
            Often {
                id: prescription.id.clone(),
                title: self.prose(&prescription.title),
                area_title: prescription.area.map(|id| self.prose(&self.pack.area(id).title)),
                more: prescription.first_step.as_ref().map(|step| self.prose(step)),
                ..self.times(one.people)
            }
        })
    }

    pub(super) fn rules<'s>(
        &'s self,
        wanted: impl Fn(RuleId) -> bool + 's,
    ) -> impl Iterator<Item = Often> + 's {
        self.together.rules.iter().filter(move |one| wanted(one.what)).map(|one| {
            let rule = &self.pack.rules[one.what.0];
            Often {
                id: rule.id.clone(),
                title: self.prose(&rule.title),
                area_title: rule.area.map(|id| self.prose(&self.pack.area(id).title)),
                more: Some(self.prose(&rule.why)),
                ..self.times(one.people)
            }
        })
    }

    fn times(&self, people: usize) -> Often {
        let whole = self.together.people;
        Often {
            id: String::new(),
            title: Default::default(),
            area_title: None,
            people,
            share: share(people, whole),
            text: of_all(people, whole),
            more: None,
        }
    }
}
