//! What a run made, listed for the page that leads through it.

use super::{Kit, Paper};
use crate::compose::contract::{KitFile, KitList, KitPaper, KitPerson, Md};
use crate::compose::{Audience, Data, Summed, Template, for_session};
use crate::diag::Diagnostics;

/// The value without which no index is made, and by which one is known.
const KIT: &str = "kit";

/// Files as they came to be written.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    papers: Vec<(String, KitFile)>,
    people: Vec<KitPerson>,
    others: Vec<KitFile>,
}

impl Listing {
    /// A file of a document of the session or the cohort, by its path in the output folder.
    pub fn paper(&mut self, document: &str, path: &str) {
        self.papers.push((document.to_owned(), file(document, path)));
    }

    /// Somebody with the files of each of their documents.
    pub fn person<'f>(&mut self, name: &str, files: impl Iterator<Item = (&'f str, &'f str)>) {
        let files = files.map(|(document, path)| file(document, path)).collect();
        self.people.push(KitPerson { name: name.to_owned(), files });
    }

    /// A file that is no document.
    pub fn other(&mut self, what: &str, path: &str) {
        self.others.push(file(what, path));
    }
}

fn file(document: &str, path: &str) -> KitFile {
    let format = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    KitFile { document: document.to_owned(), format: format.to_owned(), link: Md(format!("<{path}>")) }
}

impl Kit<'_> {
    /// The documents that lead through everything else; `papers` are those of the session and the cohort.
    ///
    /// # Errors
    /// As for [`Kit::for_respondent`].
    pub fn index(
        &self,
        listing: Listing,
        papers: &[Paper],
        summed: Option<&Summed<'_>>,
    ) -> Result<Vec<Paper>, Diagnostics> {
        let Some(session) = self.session else { return Ok(Vec::new()) };
        let documents = self.documents(Audience::Session);
        let indices: Vec<&Template> =
            documents.into_iter().filter(|one| one.head.needs.iter().any(|need| need.text == KIT)).collect();
        if indices.is_empty() {
            return Ok(Vec::new());
        }
        let mut data = for_session(self.pack.pack(), session, self.running, summed);
        data.kit = Some(self.listed(listing, papers));
        self.papers(&indices, &Data::Session(Box::new(data)))
    }

    fn listed(&self, listing: Listing, papers: &[Paper]) -> KitList {
        let mut listed: Vec<(&Template, KitPaper)> = Vec::new();
        for audience in Audience::ALL {
            for template in self.documents(audience) {
                let files: Vec<KitFile> = listing
                    .papers
                    .iter()
                    .filter(|(document, _)| *document == template.name)
                    .map(|(_, file)| file.clone())
                    .collect();
                let somebody = || {
                    let mut files = listing.people.iter().flat_map(|person| &person.files);
                    files.any(|file| file.document == template.name)
                };
                let made = if audience == Audience::Respondent { somebody() } else { !files.is_empty() };
                if made {
                    listed.push((template, self.paper(template, files, papers)));
                }
            }
        }
        // A stable sort: within a phase, documents for respondents first, then by name.
        listed.sort_by_key(|(template, _)| (template.head.phase.is_none(), template.head.phase));
        KitList {
            papers: listed.into_iter().map(|(_, paper)| paper).collect(),
            people: listing.people,
            others: listing.others,
        }
    }

    fn paper(&self, template: &Template, files: Vec<KitFile>, papers: &[Paper]) -> KitPaper {
        let head = &template.head;
        let made = papers.iter().find(|paper| paper.document == template.name);
        // What a paper for one person calls itself may hold their name: then its own name says what it is.
        let plain =
            || Some(head.title.text.clone()).filter(|title| !title.contains("{{") && !title.contains("{%"));
        let title = made.map(|paper| paper.title.clone()).or_else(plain);
        KitPaper {
            document: template.name.clone(),
            title: title.unwrap_or_else(|| template.name.replace('-', " ")),
            audience: head.audience.word().to_owned(),
            phase: head.phase.map(|phase| phase.word().to_owned()),
            reader: head.reader.clone(),
            usage: head.usage.clone(),
            files,
        }
    }
}
