//! What forms that this program wrote ask beside the pack's questions, in the words of their languages: written by
//! `form`, and known again here.

use super::heading::norm;
use super::known::{KOBO, LIMESURVEY, MICROSOFT, ODK, QUALTRICS, SURVEYMONKEY, TYPEFORM, about};
use super::layout::Known;
use crate::model::Absence;

/// The words of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// BCP 47 tag without region.
    pub language: &'static str,
    pub name: &'static str,
    pub team: &'static str,
    pub role: &'static str,
    pub dont_know: &'static str,
    pub not_applicable: &'static str,
    /// Said of several options where none holds.
    pub none: &'static str,
}

/// Every language in which forms can be written, English first.
pub const ASKED: [Asked; 4] = [
    Asked {
        language: "en",
        name: "Your name, team or company",
        team: "Your team or company",
        role: "Your role",
        dont_know: "Don't know",
        not_applicable: "Not applicable",
        none: "None of these",
    },
    Asked {
        language: "de",
        name: "Ihr Name, Ihr Team oder Ihre Firma",
        team: "Ihr Team oder Ihre Firma",
        role: "Ihre Rolle",
        dont_know: "Weiß nicht",
        not_applicable: "Trifft nicht zu",
        none: "Nichts davon",
    },
    Asked {
        language: "fr",
        name: "Votre nom, équipe ou entreprise",
        team: "Votre équipe ou entreprise",
        role: "Votre rôle",
        dont_know: "Je ne sais pas",
        not_applicable: "Sans objet",
        none: "Aucune de ces réponses",
    },
    Asked {
        language: "es",
        name: "Su nombre, equipo o empresa",
        team: "Su equipo o empresa",
        role: "Su función",
        dont_know: "No lo sé",
        not_applicable: "No corresponde",
        none: "Ninguna de estas",
    },
];

/// The value of the choice "none of these".
pub const NONE: &str = "none";
/// Behind the id of a percentage, where no heading can say that a bare number is one.
pub const IN_PERCENT: &str = "__percent";

/// What stands beside the answers to a form of the whole pack, where a tool leaves out what was left open.
pub const WHOLE: &str = "kitwright_form";

/// What a heading asks about the respondent.
pub(super) fn field(norm_heading: &str) -> Option<Known> {
    ASKED.iter().find_map(|asked| {
        let is = |own: &str| norm(own) == norm_heading;
        match () {
            () if is(asked.name) => Some(Known::Name),
            () if is(asked.team) => Some(Known::Team),
            () if is(asked.role) => Some(Known::Role),
            () => None,
        }
    })
}

/// The absence that a choice of such a form says.
pub(super) fn absence(norm_cell: &str) -> Option<Absence> {
    ASKED.iter().find_map(|asked| match () {
        () if norm(asked.dont_know) == norm_cell => Some(Absence::DontKnow),
        () if norm(asked.not_applicable) == norm_cell => Some(Absence::NotApplicable),
        () => None,
    })
}

/// Whether a choice says that no option holds.
pub fn is_none(text: &str) -> bool {
    let said = norm(text);
    said == NONE || ASKED.iter().any(|asked| norm(asked.none) == said)
}

/// Whether a column of this name would be taken for a tool's own, or for the respondent's name, team or role.
pub fn is_claimed(name: &str) -> bool {
    let own = norm(name);
    let lists = [QUALTRICS, SURVEYMONKEY, LIMESURVEY, TYPEFORM, MICROSOFT, KOBO, ODK];
    let files = ["answers", "voices", "metrics", "rounds", "extra", "pack"];
    about(&own).is_some()
        || files.contains(&own.as_str())
        || lists.iter().any(|list| list.iter().any(|(known, _)| *known == own))
}
