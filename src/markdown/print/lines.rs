//! Lines with the marks of the quotes and list items around them.

use std::borrow::Cow;

use memchr::memchr_iter;

/// Gathers lines; each begins with the marks of every container that is open.
pub(super) struct Lines {
    out: String,
    /// Where the lines begin, below the front matter.
    start: usize,
    containers: Vec<Container>,
}

struct Container {
    /// Stands before the first line only, until that line is written.
    first: Option<Cow<'static, str>>,
    rest: &'static str,
}

impl Lines {
    /// Lines that stand below a front matter, which may be empty.
    pub(super) fn below(front: String) -> Self {
        Lines { start: front.len(), out: front, containers: Vec::new() }
    }

    /// Opens a quote or an item: `first` stands before its first line, `rest` before each other.
    pub(super) fn open(&mut self, first: impl Into<Cow<'static, str>>, rest: &'static str) {
        self.containers.push(Container { first: Some(first.into()), rest });
    }

    /// Closes the innermost container; one without any line gets an empty one, so that it is there at all.
    pub(super) fn close(&mut self) {
        if self.containers.last().is_some_and(|container| container.first.is_some()) {
            self.add("");
        }
        self.containers.pop();
    }

    /// Whether the next line begins a top-level block below something else.
    pub(super) fn at_margin(&self) -> bool {
        self.containers.is_empty() && self.out.len() > self.start
    }

    pub(super) fn add(&mut self, line: &str) {
        self.marks();
        self.out.push_str(line);
        while self.out.ends_with([' ', '\t']) {
            self.out.pop();
        }
        self.out.push('\n');
    }

    pub(super) fn add_all(&mut self, lines: &str) {
        let mut from = 0;
        for end in memchr_iter(b'\n', lines.as_bytes()) {
            self.add(&lines[from..end]);
            from = end + 1;
        }
        self.add(&lines[from..]);
    }

    /// A line whose white space at the end belongs to it.
    pub(super) fn add_exactly(&mut self, line: &str) {
        if line.is_empty() {
            return self.add(line);
        }
        self.marks();
        self.out.push_str(line);
        self.out.push('\n');
    }

    pub(super) fn blank(&mut self) {
        self.add("");
    }

    /// All of it; where there are no lines, nothing stands below the front matter.
    pub(super) fn finish(mut self) -> String {
        if self.out.len() == self.start {
            self.out.truncate(self.out.trim_end().len());
            self.out.push('\n');
        }
        self.out
    }

    fn marks(&mut self) {
        for container in &mut self.containers {
            match container.first.take() {
                Some(first) => self.out.push_str(&first),
                None => self.out.push_str(container.rest),
            }
        }
    }
}
