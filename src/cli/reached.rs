//! What a kit cannot do for somebody: write to whom has no address, and attest what no mark says.

use super::console::Console;
use crate::answers::{Address, Presence, address, presence, typed};
use crate::compose::Audience;
use crate::diag::Code;
use crate::document::Page;
use crate::files::WorldError;
use crate::kit::Kit;
use crate::model::Respondent;
use crate::render::Format;

/// How many are told one by one of each kind.
const TOLD: usize = 20;

/// Counts them while a run goes on, and tells of the first ones.
pub struct Reached {
    /// Whether mails are made for each person.
    mails: bool,
    people: usize,
    without: usize,
    wrong: usize,
    unread: usize,
}

impl Reached {
    pub fn new(kit: &Kit<'_>) -> Reached {
        let documents = kit.documents(Audience::Respondent);
        Reached::with_mails(documents.iter().any(|template| {
            template.head.page == Page::Mail && kit.formats_of(template).contains(&Format::Eml)
        }))
    }

    /// Where it is known, or not yet, whether mails are made for each person.
    pub fn with_mails(mails: bool) -> Reached {
        Reached { mails, people: 0, without: 0, wrong: 0, unread: 0 }
    }

    pub fn add(&mut self, respondent: &Respondent, console: &mut Console<'_>) {
        self.people += 1;
        let id = &respondent.id;
        match address(respondent) {
            Address::Wrong(text) if self.mails => {
                let text = typed(&text);
                let message =
                    format!("{id}: {text} is no mail address: this person's mails name no receiver");
                tell(&mut self.wrong, &message, console);
            }
            Address::Nowhere => self.without += 1,
            Address::Given(_) | Address::Wrong(_) => {}
        }
        if let Presence::Unread(text) = presence(respondent) {
            let text = typed(&text);
            let message = format!(
                "{id}: {text} under `attended` is neither yes nor no: taken for no, so no statement of attendance is made"
            );
            tell(&mut self.unread, &message, console);
        }
    }

    pub fn end(self, console: &mut Console<'_>) -> Result<(), WorldError> {
        let Reached { mails, people, without, wrong, unread } = self;
        for (count, what) in
            [(wrong, "more addresses are none"), (unread, "more marks of attendance are neither yes nor no")]
        {
            if count > TOLD {
                console.warning(Code::AboutPerson.name(), &format!("{} {what}", count - TOLD));
            }
        }
        match without {
            some if some == 0 || !mails => Ok(()),
            all if all == people => console.note(
                "nobody's answers give a mail address, so the mails to each person name no receiver: a column `email` gives them one",
            ),
            some => console.note(&format!(
                "{some} of {people} people's answers give no mail address, so their mails name no receiver"
            )),
        }
    }
}

fn tell(count: &mut usize, message: &str, console: &mut Console<'_>) {
    *count += 1;
    if *count <= TOLD {
        console.warning(Code::AboutPerson.name(), message);
    }
}
