//! Where a line that came out of a template stands in it, or in a piece that it includes.

use std::ops::Range;

use super::template::{Piece, Template, Templates};
use crate::diag::{Code, Diagnostic, Severity};
use crate::source::{Sources, Span};

/// Signs that a line of a template must share with what came out, besides its places for values, to be taken for it.
const ENOUGH: usize = 3;

/// A template, and the texts that it is made of.
pub(super) struct Origin<'o> {
    pieces: Vec<Piece>,
    sources: &'o Sources,
}

/// A line of a template.
struct Found {
    piece: Piece,
    /// Bytes of its source.
    at: Range<usize>,
    /// Whether it reads as what came out.
    literal: bool,
}

impl<'o> Origin<'o> {
    pub(super) fn new(templates: &Templates, template: &Template, sources: &'o Sources) -> Origin<'o> {
        Origin { pieces: templates.pieces(template), sources }
    }

    /// What is to be told of a stretch of the text that came out: at the line that made it, else at the fence around it, else
    /// where the template begins.
    pub(super) fn tell(
        &self,
        text: &str,
        at: &Range<usize>,
        severity: Severity,
        message: String,
    ) -> Diagnostic {
        let line = line_at(text, at.start);
        let words = text[line.clone()].trim();
        let found = match fence_around(text, line.start) {
            Some(fence) => self.find(text, &fence).map(|fence| self.within(&fence, words).unwrap_or(fence)),
            None => self.find(text, &line),
        };
        let diagnostic =
            |span| Diagnostic { severity, ..Diagnostic::error(Code::TemplateResult, span, message) };
        let Some(found) = found else {
            return diagnostic(self.beginning())
                .label(format!("somewhere from here on stands what made `{words}`"));
        };
        let whole = Span::new(found.piece.source, found.at);
        let told = match found.literal && self.sources.slice(whole) == words {
            true => {
                let begin = line.end - text[line.clone()].trim_start().len();
                let within = at.start.saturating_sub(begin)..at.end.saturating_sub(begin);
                diagnostic(if within.is_empty() { whole } else { whole.part(within) })
            }
            false => diagnostic(whole).label(format!("it made the line `{words}`")),
        };
        match found.piece.included {
            Some(span) => told.related(span, "included here"),
            None => told,
        }
    }

    /// The place of some words as they stand in a template; else where the template begins.
    pub(super) fn words(&self, words: &str) -> Span {
        let literally = |piece: &Piece| {
            let at = self.body(piece).find(words)? + piece.at;
            Some(Span::new(piece.source, at..at + words.len()))
        };
        self.pieces.iter().find_map(literally).unwrap_or_else(|| self.beginning())
    }

    /// The first line of the template's own body that says something.
    fn beginning(&self) -> Span {
        let Some(piece) = self.pieces.first() else { return Span::new(crate::source::SourceId(0), 0..0) };
        let said = self.lines(piece).find(|line| !self.line(piece, line).is_empty());
        Span::new(piece.source, said.unwrap_or(piece.at..piece.at))
    }

    /// The line of a template that made a line of the text.
    fn find(&self, text: &str, line: &Range<usize>) -> Option<Found> {
        let words = text[line.clone()].trim();
        if words.is_empty() {
            return None;
        }
        let all = |makes: &dyn Fn(&str) -> bool, literal: bool| -> Vec<Found> {
            let of = |piece: &Piece| {
                let own = self.lines(piece).filter(|at| makes(self.line(piece, at)));
                own.map(|at| Found { piece: *piece, at, literal }).collect::<Vec<_>>()
            };
            self.pieces.iter().flat_map(of).collect()
        };
        let mut found = all(&|own| own == words, true);
        if found.is_empty() {
            found = all(&|own| made_by(own, words, ENOUGH), false);
        }
        // Of lines that read alike, the one in whose turn it came out.
        let before = text[..line.start].lines().filter(|line| line.trim() == words).count();
        let turn = before.min(found.len().checked_sub(1)?);
        found.into_iter().nth(turn)
    }

    /// The line of a fence that made a line of the text, if it can be told.
    fn within(&self, fence: &Found, words: &str) -> Option<Found> {
        let sign: String = fence_sign(self.line(&fence.piece, &fence.at))?.to_owned();
        let inside = || {
            self.lines(&fence.piece)
                .skip_while(|at| at.start <= fence.at.start)
                .take_while(|at| !self.line(&fence.piece, at).starts_with(sign.as_str()))
        };
        let literal = inside().find(|at| self.line(&fence.piece, at) == words);
        let made = || inside().find(|at| made_by(self.line(&fence.piece, at), words, 1));
        let is_literal = literal.is_some();
        literal.or_else(made).map(|at| Found { piece: fence.piece, at, literal: is_literal })
    }

    fn body(&self, piece: &Piece) -> &'o str {
        self.sources.get(piece.source).text.get(piece.at..).unwrap_or_default()
    }

    /// The lines of a piece, as bytes of its source, without the blanks around their words.
    fn lines(&self, piece: &Piece) -> impl Iterator<Item = Range<usize>> + 'o {
        let mut next = piece.at;
        self.body(piece).split_inclusive('\n').map(move |line| {
            let start = next + line.len() - line.trim_start().len();
            next += line.len();
            start.min(next)..start.min(next) + line.trim().len()
        })
    }

    fn line(&self, piece: &Piece, at: &Range<usize>) -> &'o str {
        self.sources.get(piece.source).text.get(at.clone()).unwrap_or_default()
    }
}

/// The bytes of the line that holds a byte.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = text[..at].rfind('\n').map_or(0, |found| found + 1);
    start..text[start..].find('\n').map_or(text.len(), |end| start + end)
}

/// The signs with which a line opens or closes a fence.
fn fence_sign(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let length = line.len() - line.trim_start_matches(sign).len();
    (length >= 3).then(|| &line[..length])
}

/// The line that opens the fence in which a line stands, which begins at this byte.
fn fence_around(text: &str, start: usize) -> Option<Range<usize>> {
    let mut open: Option<(Range<usize>, &str)> = None;
    let mut at = 0;
    for line in text[..start].split_inclusive('\n') {
        let place = at..at + line.trim_end().len();
        at += line.len();
        match (&open, fence_sign(line)) {
            (None, Some(sign)) => open = Some((place, sign)),
            (Some((_, opened)), Some(sign)) if sign.starts_with(opened) => open = None,
            _ => {}
        }
    }
    open.map(|(place, _)| place)
}

/// Whether a line of a template with places for values may have made these words. So many signs must be the same.
fn made_by(own: &str, words: &str, enough: usize) -> bool {
    let Some(parts) = literal_parts(own) else { return false };
    let words: String = words.split_whitespace().collect();
    if parts.iter().map(String::len).sum::<usize>() < enough {
        return false;
    }
    let (first, last) = (&parts[0], &parts[parts.len() - 1]);
    let Some(mut rest) = words.strip_prefix(first.as_str()) else { return false };
    let Some(middle) = rest.strip_suffix(last.as_str()) else { return false };
    rest = middle;
    parts[1..parts.len() - 1].iter().all(|part| match rest.find(part.as_str()) {
        Some(at) => {
            rest = &rest[at + part.len()..];
            true
        }
        None => false,
    })
}

/// What stands around the places for values, without blanks; none for a line without any such place.
fn literal_parts(line: &str) -> Option<Vec<String>> {
    let mut parts = vec![String::new()];
    let mut rest = line;
    while let Some(start) = rest.find(['{']).filter(|_| rest.contains("{{") || rest.contains("{%")) {
        let end = match rest[start..].get(..2) {
            Some("{{") => rest[start..].find("}}"),
            Some("{%") => rest[start..].find("%}"),
            _ => {
                parts.last_mut()?.extend(rest[..=start].split_whitespace());
                rest = &rest[start + 1..];
                continue;
            }
        };
        parts.last_mut()?.extend(rest[..start].split_whitespace());
        parts.push(String::new());
        rest = end.map_or("", |end| &rest[start + end + 2..]);
    }
    parts.last_mut()?.extend(rest.split_whitespace());
    (parts.len() > 1).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_with_places_for_values_is_known_by_what_stands_around_them() {
        assert!(made_by("| {{ a.title }} | {{ a.text }} |", "| Risk | 3 |", 3));
        assert!(made_by("{% for a in areas %}- {{ a.title }}: 1{% endfor %}", "- Risk: 1", 3));
        assert!(!made_by("| {{ a.title }} | {{ a.text }} |", "- Risk | 3 |", 3));
        assert!(!made_by("{{ a.title }}", "anything", 1));
        assert!(!made_by("| A | 1 |", "| A | 1 |", 1));
        assert!(!made_by("{{ a }}|", "| Risk | 3 |", 3));
    }

    #[test]
    fn a_fence_goes_on_until_its_own_sign() {
        let text = "a\n````bars\n```\n| A | 1 |\n````\nb\n";
        let at = |words: &str| fence_around(text, text.find(words).unwrap());
        assert_eq!(at("| A").map(|fence| &text[fence]), Some("````bars"));
        assert_eq!(at("````bars"), None);
        assert_eq!(fence_around(text, text.len()), None);
    }
}
