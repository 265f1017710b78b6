//! Document → a mail to be sent: its text, the same as a page, and the calendar files that it links to.
//!
//! It is a draft: no date, no sender, no message number, which the mail program puts in when it is sent. Receivers stand in it
//! where the document names them.

mod text;

use mail_builder::headers::HeaderType;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::text::Text;
use mail_builder::mime::MimePart;

use super::html;
use super::picture::{Pictures, plain};
use crate::document::{Document, Inline, each_text, mail_addresses};

/// The ending of the files that are attached where a mail links to them.
const CALENDAR: &str = ".ics";

/// The document as a draft; `files` holds what it may show and attach.
pub(super) fn write(document: &Document, files: &Pictures) -> Vec<u8> {
    let words = text::write(document);
    let page = html::mail(document, files);
    let wanted = wanted(document);
    let attached: Vec<(&str, &[u8])> = wanted
        .iter()
        .filter_map(|name| Some((name.rsplit('/').next().unwrap_or(name), files.file(name)?)))
        .collect();
    // A line between the parts must stand in none of them: it is made of what they hold.
    let everything =
        [words.as_bytes(), page.as_bytes()].into_iter().chain(attached.iter().map(|(_, bytes)| *bytes));
    let mark = mark(everything);
    let language = document.meta.language.clone();
    let both = MimePart::new(
        ContentType::new("multipart/alternative").attribute("boundary", format!("text_{mark}")),
        vec![MimePart::new("text/plain", words), MimePart::new("text/html", page)],
    );
    let whole = if attached.is_empty() {
        both
    } else {
        let files = attached.into_iter().map(|(name, bytes)| {
            let kind = ContentType::new("text/calendar")
                .attribute("charset", "utf-8")
                .attribute("method", "PUBLISH");
            MimePart::new(kind, bytes).attachment(name)
        });
        MimePart::new(
            ContentType::new("multipart/mixed").attribute("boundary", format!("files_{mark}")),
            std::iter::once(both).chain(files).collect::<Vec<_>>(),
        )
    };
    let receivers = document.meta.to.as_deref().and_then(mail_addresses).unwrap_or_default();
    let receivers: Vec<Address<'_>> = receivers.into_iter().map(Address::from).collect();
    let to = (!receivers.is_empty()).then(|| ("To", HeaderType::Address(Address::new_list(receivers))));
    let headers = [
        ("MIME-Version", HeaderType::Text(Text::new("1.0"))),
        ("Subject", HeaderType::Text(Text::new(document.meta.title.clone()))),
        // Outlook opens a file with this line as a draft and not as a mail that came in.
        ("X-Unsent", HeaderType::Text(Text::new("1"))),
        ("Content-Language", HeaderType::Text(Text::new(language))),
    ];
    let mut bytes = Vec::new();
    let headers = headers.into_iter().chain(to);
    headers.fold(whole, |part, (name, value)| part.header(name, value)).write_part(&mut bytes);
    bytes
}

/// The calendar files that a document links to, in reading order.
pub fn wanted(document: &Document) -> Vec<String> {
    let mut names = Vec::new();
    each_text(&document.blocks, &mut |inlines| links(inlines, &mut names));
    names
}

fn links(inlines: &[Inline], names: &mut Vec<String>) {
    for inline in inlines {
        match inline {
            Inline::Link { to, text, .. } => {
                let name = plain(to);
                if name.ends_with(CALENDAR) && !name.contains(':') && !names.contains(&name) {
                    names.push(name);
                }
                links(text, names);
            }
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) => links(inner, names),
            _ => {}
        }
    }
}

/// Sixteen signs that depend on the bytes alone (FNV-1a, 64 bits).
fn mark<'b>(parts: impl Iterator<Item = &'b [u8]>) -> String {
    let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    format!("{:016x}", parts.flatten().fold(0xcbf2_9ce4_8422_2325, mix))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::read;

    const MAIL: &str = "---\ntitle: \"Plätze frei: 12 March\"\npage: mail\n---\n\nHello,\n\n\
                        come & [save the day](session.ics), or [read on](https://example.com/a_b).\n\n\
                        - one *leak*\n- two\n";

    fn made(text: &str, files: &Pictures) -> String {
        let read = read(text);
        assert!(read.problems.is_empty(), "{:?}", read.problems);
        String::from_utf8(write(&read.document, files)).unwrap()
    }

    #[test]
    fn a_mail_is_a_draft_with_text_page_and_calendar() {
        let mut files = Pictures::default();
        files.add("session.ics", Ok(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".to_vec()));
        let mail = made(MAIL, &files);
        insta::assert_snapshot!(mail.replace("\r\n", "\n"));
        assert_eq!(mail, made(MAIL, &files));
        for taken in ["Date:", "From:", "Message-ID:"] {
            assert!(!mail.contains(taken));
        }
    }

    #[test]
    fn only_what_is_given_and_linked_is_attached() {
        let mut files = Pictures::default();
        files.add("other.ics", Ok(b"x".to_vec()));
        let mail = made(MAIL, &files);
        assert!(!mail.contains("multipart/mixed") && mail.contains("multipart/alternative"));
    }

    #[test]
    fn receivers_stand_in_the_head_and_only_addresses_do() {
        let to =
            |line: &str| made(&format!("---\ntitle: a\npage: mail\n{line}---\n\nx\n"), &Pictures::default());
        assert!(!to("").contains("To:"));
        assert!(to("to: o'brien@example.com\n").contains("To: <o'brien@example.com>\r\n"));
        let two = to("to: \"a@x.example,b@x.example\"\n");
        assert!(two.replace("\r\n\t", " ").contains("To: <a@x.example>, <b@x.example>\r\n"), "{two}");
        let taken = read("---\ntitle: a\npage: mail\nto: \"a@x.example\\r\\nBcc: b@x.example\"\n---\n\nx\n");
        assert_eq!(taken.problems.len(), 1);
        assert_eq!(taken.document.meta.to, None);
    }

    #[test]
    fn a_title_cannot_add_lines_to_the_head() {
        let mail =
            made("---\ntitle: \"a\\r\\nBcc: x@example.com\"\npage: mail\n---\n\nx\n", &Pictures::default());
        assert!(mail.contains("Subject: a Bcc: x@example.com\r\n"), "{mail}");
    }
}
