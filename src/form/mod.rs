//! A pack's questions as forms: for Google Forms, for KoboToolbox and ODK (XLSForm), for SurveyJS, on paper, and as the
//! table into which paper is typed.
//!
//! One plan ([`form`]) says what is asked, in which order and with which answers; each kind is a small writer of it. What is
//! answered comes back through `import` with no mapping: ids stand in headings and names, and choices are written so that
//! they read back as what they are.

mod ask;
mod google;
mod items;
mod names;
mod page;
mod phrase;
mod plan;
mod sections;
mod sheet;
mod surveyjs;
mod words;
mod xlsform;

pub use ask::Ask;
pub use phrase::only_if;
pub use plan::{About, Entry, Form, Item, Offer, Says, Section, Wanted};
pub use sections::form;

use names::Names;

/// The kinds of forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Google,
    Xlsform,
    Surveyjs,
    Page,
    /// The table to type paper into.
    Csv,
}

impl Kind {
    pub const ALL: [Kind; 5] = [Kind::Google, Kind::Xlsform, Kind::Surveyjs, Kind::Page, Kind::Csv];

    /// What stands behind the pack's name in the name of its file.
    pub fn suffix(self) -> &'static str {
        match self {
            Kind::Google => "-google",
            Kind::Xlsform => "-xlsform",
            Kind::Surveyjs => "-surveyjs",
            Kind::Page => "-page",
            Kind::Csv => "-answers",
        }
    }

    /// The ending of its file.
    pub fn ending(self) -> &'static str {
        match self {
            Kind::Google => "gs",
            Kind::Xlsform => "xlsx",
            Kind::Surveyjs => "json",
            Kind::Page => "html",
            Kind::Csv => "csv",
        }
    }
}

/// A form that was written.
pub struct Made {
    pub bytes: Vec<u8>,
    /// What this kind of form cannot do as the pack has it, a sentence each.
    pub notes: Vec<String>,
}

/// Writes a form. Its own notes stand in [`Form::notes`].
pub fn write(form: &Form<'_>, kind: Kind) -> Made {
    let names = Names::new(form);
    let mut notes = Vec::new();
    let bytes = match kind {
        Kind::Google => google::google(form, &mut notes).into_bytes(),
        Kind::Xlsform => xlsform::xlsform(form, &names, &mut notes),
        Kind::Surveyjs => surveyjs::surveyjs(form, &names, &mut notes).into_bytes(),
        Kind::Page => page::page(form, &mut notes).into_bytes(),
        Kind::Csv => sheet::sheet(form, &mut notes).into_bytes(),
    };
    Made { bytes, notes }
}
