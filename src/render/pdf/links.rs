//! Where links can be clicked, as objects that the structure can name.

use std::io;

use super::draw::{Area, top};
use super::file::File;
use super::finish::Facts;
use super::inlines::{Link, Target};
use super::pages::Spot;
use super::syntax::{self, hundredths, length};

/// Writes each area as the object of its number. `pages` are the numbers of the pages.
pub fn write(file: &mut File<Vec<u8>>, numbers: &[u32], pages: &[u32], facts: &Facts<'_>) -> io::Result<()> {
    for (index, (area, number)) in facts.areas.iter().zip(numbers).enumerate() {
        let Some(link) = facts.links.get(area.link) else { continue };
        file.entry(*number, |out| annotation(out, area, link, pages.len() + index, pages, facts))?;
    }
    Ok(())
}

/// An annotation, and the key by which the structure is found from it.
fn annotation(out: &mut Vec<u8>, area: &Area, link: &Link, key: usize, pages: &[u32], facts: &Facts<'_>) {
    // The print flag, 4: a link has nothing to print, but checkers ask for it.
    out.extend_from_slice(b"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/H/I/Rect[");
    syntax::list(out, area.edges, length);
    out.extend_from_slice(b"]/StructParent ");
    syntax::integer(out, key as i64);
    out.extend_from_slice(b"/Contents");
    syntax::text(out, described(link, facts));
    let spot = |spots: &[Option<Spot>], number: usize| spots.get(number).copied().flatten();
    let spot = match &link.target {
        Target::Address(address) => {
            out.extend_from_slice(b"/A<</S/URI/URI");
            syntax::literal(out, address.as_bytes());
            out.extend_from_slice(b">>>>");
            return;
        }
        Target::Heading(heading) => spot(facts.spots, *heading),
        Target::Note(note) => spot(&facts.notes.labels, *note),
        Target::Reference(note) => spot(&facts.notes.references, *note),
    };
    let spot = spot.unwrap_or(Spot { page: 0, y: 0.0 });
    out.extend_from_slice(b"/A<</S/GoTo/D");
    destination(out, spot, pages, facts);
    out.extend_from_slice(b">>>>");
}

/// The place that a window shows at its upper edge when it jumps to a spot.
pub fn destination(out: &mut Vec<u8>, spot: Spot, pages: &[u32], facts: &Facts<'_>) {
    out.push(b'[');
    match pages.get(spot.page) {
        Some(page) => syntax::reference(out, *page),
        None => out.extend_from_slice(b"null"),
    }
    out.extend_from_slice(b"/XYZ 0 ");
    length(out, hundredths(top(facts.style, spot)));
    out.extend_from_slice(b" null]");
}

/// What is told of a link: its words, or else where it leads.
fn described<'a>(link: &'a Link, facts: &Facts<'a>) -> &'a str {
    let place = match &link.target {
        Target::Address(address) => address.as_str(),
        Target::Heading(heading) => facts.headings.get(*heading).map_or("", |heading| &heading.id),
        Target::Note(_) | Target::Reference(_) => "",
    };
    [link.words.as_str(), place].into_iter().find(|text| !text.trim().is_empty()).unwrap_or("link")
}
