//! Many faults told in few lines: those of one reason together, with how many there are and where the first ones stand.

use std::collections::HashMap;
use std::collections::HashSet;

use super::Diagnostic;

/// Places that are named of each reason.
const PLACES: usize = 5;
/// Other values that are named of each reason.
const VALUES: usize = 3;
/// Reasons that are kept; the faults of further ones are counted.
const KEPT: usize = 500;

/// Faults, gathered by column and reason.
#[derive(Debug, Default)]
pub struct Reasons {
    names: HashSet<String>,
    list: Vec<Reason>,
    at: HashMap<(String, String), usize>,
    beyond: usize,
}

/// One reason, and where it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The first places.
    pub places: Vec<String>,
    /// How many places there are.
    pub count: usize,
    /// The first fault.
    pub fault: Diagnostic,
    /// What the message of others has in the place of the first one's value.
    pub values: Vec<String>,
}

impl Reasons {
    /// `names` are words, such as ids of questions, by which messages are about different things.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Reasons {
        Reasons { names: names.into_iter().map(str::to_owned).collect(), ..Reasons::default() }
    }

    /// Adds a fault that stands at a place in a column.
    pub fn add(&mut self, column: &str, place: &str, fault: &Diagnostic) {
        let key = (column.to_owned(), self.reason(&fault.message));
        if let Some(at) = self.at.get(&key) {
            let reason = &mut self.list[*at];
            reason.count += 1;
            if reason.places.len() < PLACES {
                reason.places.push(place.to_owned());
            }
            let value = first_quoted(&fault.message);
            let own = first_quoted(&reason.fault.message);
            if let Some(value) = value.filter(|value| Some(*value) != own && !self.names.contains(*value))
                && reason.values.len() < VALUES
                && reason.values.iter().all(|known| known != value)
            {
                reason.values.push(value.to_owned());
            }
        } else if self.list.len() < KEPT {
            self.at.insert(key, self.list.len());
            self.list.push(Reason {
                places: vec![place.to_owned()],
                count: 1,
                fault: fault.clone(),
                values: Vec::new(),
            });
        } else {
            self.beyond += 1;
        }
    }

    pub fn list(&self) -> &[Reason] {
        &self.list
    }

    /// Faults of reasons that were too many to be kept.
    pub fn beyond(&self) -> usize {
        self.beyond
    }

    /// A message without what only one of its places says.
    fn reason(&self, message: &str) -> String {
        let mut out = String::new();
        for (at, piece) in message.split('`').enumerate() {
            match at % 2 {
                0 => out.extend(piece.chars().filter(|c| !c.is_ascii_digit())),
                _ if self.names.contains(piece) => out.push_str(piece),
                _ => out.push('`'),
            }
        }
        out
    }
}

impl Reason {
    /// `BX8, BX17 and 3 more`
    pub fn places(&self, shown: usize) -> String {
        let shown = if self.count == shown + 1 { shown + 1 } else { shown };
        let mut first: Vec<&str> = self.places.iter().take(shown).map(String::as_str).collect();
        let rest = self.count - first.len();
        if rest > 0 {
            return format!("{} and {rest} more", first.join(", "));
        }
        match first.pop() {
            Some(last) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
            last => last.unwrap_or_default().to_owned(),
        }
    }

    /// The message, with other values that have the same said of them.
    pub fn message(&self) -> String {
        let quoted: Vec<String> = self.values.iter().map(|value| format!("`{value}`")).collect();
        match quoted.is_empty() {
            true => self.fault.message.clone(),
            false => format!("{} (also {})", self.fault.message, quoted.join(", ")),
        }
    }
}

/// What stands in the first backticks, where a message begins with them.
fn first_quoted(message: &str) -> Option<&str> {
    message.strip_prefix('`')?.split_once('`').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    fn told(faults: &[(&str, &str, &str)]) -> Vec<String> {
        let mut reasons = Reasons::new(["size", "tools"]);
        for (column, place, message) in faults {
            reasons.add(column, place, &Diagnostic::placeless(Code::WrongAnswer, *message));
        }
        let line = |reason: &Reason| format!("{}: {}", reason.places(2), reason.message());
        reasons.list().iter().map(line).collect()
    }

    #[test]
    fn one_line_a_column_and_reason() {
        let found = told(&[
            ("C", "C2", "`5-10` is no number for `size`"),
            ("C", "C4", "`lots` is no number for `size`"),
            ("C", "C5", "`0.18` can be read in two ways"),
            ("D", "D5", "`0.18` can be read in two ways"),
            ("C", "C9", "`5-10` is no number for `size`"),
            ("C", "C10", "`7-8` is no number for `size`"),
            ("", "row 3", "`x` is no answer to `size`"),
            ("", "row 4", "`x` is no answer to `tools`"),
            ("", "row 5", "`size` comes to 300%"),
            ("", "row 6", "`size` comes to 310%"),
        ]);
        let expected = [
            "C2, C4 and 2 more: `5-10` is no number for `size` (also `lots`, `7-8`)",
            "C5: `0.18` can be read in two ways",
            "D5: `0.18` can be read in two ways",
            "row 3: `x` is no answer to `size`",
            "row 4: `x` is no answer to `tools`",
            "row 5 and row 6: `size` comes to 300%",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn no_more_are_kept_than_can_be_told() {
        let mut reasons = Reasons::default();
        for at in 0..KEPT + 7 {
            reasons.add(&at.to_string(), "row 2", &Diagnostic::placeless(Code::WrongAnswer, "x"));
        }
        assert_eq!((reasons.list().len(), reasons.beyond()), (KEPT, 7));
        for _ in 0..PLACES + 3 {
            reasons.add("0", "row 3", &Diagnostic::placeless(Code::WrongAnswer, "x"));
        }
        assert_eq!(reasons.list()[0].places(2), "row 2, row 3 and 7 more");
        assert_eq!(reasons.list()[0].places.len(), PLACES);
    }
}
