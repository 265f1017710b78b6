//! What happens minute by minute in a session, as its trainer plans it.

use crate::source::Span;

/// The file of all runs of show that a trainer keeps, with what holds for each of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunsOfShow {
    /// In the order written; no two have one id.
    pub runs: Vec<RunOfShow>,
    /// What must be there before anybody comes.
    pub materials: Vec<String>,
    /// What the trainer does before the session begins.
    pub before: Vec<String>,
    /// Questions that are hard to answer on the spot, each with an answer.
    pub hard_questions: Vec<Paired>,
    /// What to do when something goes wrong.
    pub contingency: Vec<Paired>,
    /// The words of a pack that texts of this file ask for in braces, each with the text in which it does.
    pub words: Vec<(String, Span)>,
}

/// A text of a run of show in its pieces: what stands in braces and could be a word of a pack, such as `{leak}`, and what
/// is between.
pub fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let word = |text: &str| -> Option<usize> {
            let inside = text.strip_prefix('{')?;
            // Only as far as a name goes: a text full of open braces would be gone over once for each.
            let end = inside.bytes().position(|b| !b.is_ascii_lowercase() && b != b'_')?;
            (end > 0 && inside[end..].starts_with('}')).then_some(end + 1)
        };
        if let Some(end) = word(rest) {
            let name = &rest[1..end];
            rest = &rest[end + 1..];
            return Some(Piece::Word(name));
        }
        let next = rest.match_indices('{').map(|(at, _)| at).find(|at| word(&rest[*at..]).is_some());
        let (text, after) = rest.split_at(next.unwrap_or(rest.len()));
        rest = after;
        Some(Piece::Text(text))
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Text(&'a str),
    /// The name in the braces.
    Word(&'a str),
}

/// One way through a session, from the welcome to the close.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunOfShow {
    pub id: String,
    pub title: Option<String>,
    /// How long it takes; its segments come to as much.
    pub minutes: u32,
    /// Never empty.
    pub segments: Vec<Segment>,
}

/// A stretch of a session with one purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// What stands on the agenda; of a segment about a leak the area's own title, where none is written.
    pub title: Option<String>,
    pub topic: Topic,
    /// At least 1.
    pub minutes: u32,
    /// Who leads it, such as `host`.
    pub owner: Option<String>,
    /// What is to be seen.
    pub screen: Option<String>,
    /// What begins it.
    pub cue: Option<String>,
    pub goal: Option<String>,
    pub say: Vec<String>,
    pub act: Vec<String>,
    /// Each with what is expected to be answered.
    pub ask: Vec<Paired>,
    pub debrief: Option<String>,
    /// The sentence that leads on.
    pub transition: Option<String>,
    pub span: Span,
}

/// A sentence with what belongs behind it: a question and its answer, a mishap and what helps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paired {
    pub text: String,
    pub answer: Option<String>,
}

/// What a segment is about, by which papers know what of the group's own results belongs there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Anything that needs no results.
    Talk,
    /// The picture of all areas.
    Results,
    /// One of the leaks that the group shares, the most frequent being 1.
    Leak(usize),
    /// Everybody writes their own plan.
    Plan,
    /// The group asks.
    Questions,
    Break,
}

impl Topic {
    /// The words of those that stand for themselves.
    pub const WORDS: [(&str, Topic); 5] = [
        ("talk", Topic::Talk),
        ("results", Topic::Results),
        ("plan", Topic::Plan),
        ("questions", Topic::Questions),
        ("break", Topic::Break),
    ];

    /// As templates see it.
    pub fn word(self) -> &'static str {
        Topic::WORDS.iter().find(|(_, topic)| *topic == self).map_or("leak", |(word, _)| word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_their_braces_and_all_else_is_text() {
        use Piece::{Text, Word};
        for (text, expected) in [
            ("", &[][..]),
            ("Your {leak}.", &[Text("Your "), Word("leak"), Text(".")]),
            ("{areas}{leaks}", &[Word("areas"), Word("leaks")]),
            ("{ leak } {} {Leak} {", &[Text("{ leak } {} {Leak} {")]),
            ("a {b {leak}", &[Text("a {b "), Word("leak")]),
            ("{leak", &[Text("{leak")]),
        ] {
            assert_eq!(pieces(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
