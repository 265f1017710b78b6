//! Lines of a screen, and lists on it that are shortened until all of it can be seen at once.

/// Characters of a line that a terminal of usual width shows whole.
const WIDTH: usize = 100;

/// The lists of a screen, those first that are shortened first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    Values,
    Notes,
    Again,
    LeftOut,
    Columns,
    Refused,
}

/// How many items of each list are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room([usize; 6]);

impl Room {
    pub fn new(each: usize) -> Room {
        Room([each; 6])
    }

    /// One item less, of the list that shows most; none where nothing is shown any more.
    pub fn less(mut self) -> Option<Room> {
        let most = self.0.iter().copied().max().filter(|most| *most > 0)?;
        let at = self.0.iter().position(|shown| *shown == most)?;
        self.0[at] -= 1;
        Some(self)
    }
}

/// A screen that grows line by line.
pub struct Drawing {
    out: String,
    /// None where nothing is to be left out.
    room: Option<Room>,
    /// Whether anything was left out.
    folded: bool,
}

impl Drawing {
    pub fn new(room: Option<Room>) -> Drawing {
        Drawing { out: String::new(), room, folded: false }
    }

    pub fn is_folded(&self) -> bool {
        self.folded
    }

    pub fn lines(&self) -> usize {
        self.out.lines().count()
    }

    pub fn finish(self) -> String {
        self.out
    }

    pub fn blank(&mut self) {
        self.out.push('\n');
    }

    /// A line, in pieces where it is long; the later pieces stand further in.
    pub fn line(&mut self, begin: &str, text: &str) {
        let deeper = if begin.ends_with("- ") { 0 } else { 4 };
        let indent = " ".repeat(begin.chars().count() + deeper);
        let mut line = begin.to_owned();
        let mut fresh = true;
        for word in words(text) {
            if !fresh && line.chars().count() + 1 + word.chars().count() > WIDTH {
                self.out.push_str(line.trim_end());
                self.out.push('\n');
                line = indent.clone();
                fresh = true;
            }
            if !fresh {
                line.push(' ');
            }
            line.push_str(word);
            fresh = false;
        }
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    /// A line for each item; those that are left out are counted, as so many `what`.
    pub fn list(&mut self, list: List, items: &[String], what: &str) {
        let (part, rest) = self.part(list, items);
        part.iter().for_each(|item| self.line("  ", item));
        self.rest(rest, part.len(), what);
    }

    /// As many items as a list shows, and how many it leaves out.
    pub fn part<'i, T>(&mut self, list: List, items: &'i [T]) -> (&'i [T], usize) {
        let shown = self.shown(list, items.len());
        (&items[..shown], items.len() - shown)
    }

    /// Says how many items a list left out, as so many `what`.
    pub fn rest(&mut self, rest: usize, shown: usize, what: &str) {
        match (rest, shown) {
            (0, _) => {}
            (rest, 0) => self.line("  ", &format!("… {rest} {what}")),
            (rest, _) => self.line("  ", &format!("… and {rest} more {what}")),
        }
    }

    /// Items on one line, as many as it takes; those that are left out are counted.
    pub fn row(&mut self, lead: &str, items: &[String]) {
        if self.room.is_none() {
            self.line("  ", &format!("{lead}{}", items.join(", ")));
            return;
        }
        let rest = |left: usize| if left == 0 { String::new() } else { format!(" and {left} more") };
        let mut line = format!("{lead}{}", items.first().map_or("", String::as_str));
        let mut shown = 1.min(items.len());
        for item in items.iter().skip(1) {
            let longer = format!("{line}, {item}");
            let all = longer.chars().count() + rest(items.len() - shown - 1).chars().count() + 2;
            if all > WIDTH {
                break;
            }
            line = longer;
            shown += 1;
        }
        self.folded |= shown < items.len();
        self.line("  ", &(line + &rest(items.len() - shown)));
    }

    /// How many of so many items are shown. One that is left out takes as much room as it would itself.
    fn shown(&mut self, list: List, all: usize) -> usize {
        match self.room.map(|room| room.0[list as usize]) {
            Some(shown) if all > shown + 1 || (shown == 0 && all > 0) => {
                self.folded = true;
                shown
            }
            _ => all,
        }
    }
}

/// The words of a text; what stands in backticks is one, as it is copied as a whole.
fn words(text: &str) -> Vec<&str> {
    let mut within = false;
    let pieces = text.split(|c: char| {
        within ^= c == '`';
        c == ' ' && !within
    });
    pieces.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(count: usize) -> Vec<String> {
        (1..=count).map(|at| format!("item {at}")).collect()
    }

    #[test]
    fn what_a_list_leaves_out_is_counted() {
        for (shown, count, expected) in [
            (Some(2), 2, "  item 1\n  item 2\n"),
            (Some(2), 3, "  item 1\n  item 2\n  item 3\n"),
            (Some(2), 4, "  item 1\n  item 2\n  … and 2 more rows\n"),
            (Some(0), 1, "  … 1 rows\n"),
            (Some(0), 4, "  … 4 rows\n"),
            (Some(0), 0, ""),
            (None, 4, "  item 1\n  item 2\n  item 3\n  item 4\n"),
        ] {
            let mut drawing = Drawing::new(shown.map(Room::new));
            drawing.list(List::Columns, &items(count), "rows");
            assert_eq!(drawing.is_folded(), expected.contains('…'));
            assert_eq!(drawing.finish(), expected);
        }
    }

    #[test]
    fn what_matters_least_is_shortened_first() {
        let mut room = Room::new(1);
        let mut order = Vec::new();
        while let Some(less) = room.less() {
            order.push((0..6).find(|at| less.0[*at] != room.0[*at]).unwrap());
            room = less;
        }
        assert_eq!(order, [0, 1, 2, 3, 4, 5]);
        assert_eq!(Room([1, 1, 0, 0, 2, 1]).less(), Some(Room([1, 1, 0, 0, 1, 1])));
        assert_eq!(List::Refused as usize, 5);
    }

    #[test]
    fn a_row_takes_what_one_line_takes() {
        let mut drawing = Drawing::new(Some(Room::new(2)));
        drawing.row("few: ", &items(3));
        assert!(!drawing.is_folded());
        drawing.row("many: ", &items(30));
        assert!(drawing.is_folded());
        let out = drawing.finish();
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines[0], "  few: item 1, item 2, item 3");
        assert_eq!(lines.len(), 2, "{out}");
        assert!(lines[1].ends_with("item 10 and 20 more"), "{out}");
        assert!(lines[1].chars().count() <= WIDTH);
        let mut all = Drawing::new(None);
        all.row("many: ", &items(30));
        assert!(all.finish().contains("item 30"));
    }

    #[test]
    fn what_is_copied_stays_whole() {
        let mut drawing = Drawing::new(None);
        let command = format!("`kitwright build {}.csv --pack accounts`", "x".repeat(50));
        drawing.line("  - ", &format!("{} {command} makes the papers", "word ".repeat(8).trim()));
        let out = drawing.finish();
        assert!(out.contains(&command), "{out}");
    }
}
