//! The page of a code: what a message means, why it is told, and a pack before and after the mend.

use super::Code;

/// What somebody reads who asks about a code. Its texts are Markdown of one paragraph each.
///
/// The page of a check stands in the check's own file; the pages of what readers tell stand in `diag::pages`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    pub code: Code,
    /// A heading of a few words, without a full stop.
    pub title: &'static str,
    /// What is found.
    pub what: &'static str,
    /// Why that is bad for those who read or use the papers.
    pub why: &'static str,
    /// What `before` and `after` are pieces of.
    pub example: Example,
    /// Brings about this code and no other.
    pub before: &'static str,
    /// The same, mended: nothing is told of it.
    pub after: &'static str,
    /// How to mend it.
    pub fix: &'static str,
}

/// What the example of a page is a piece of; tests run each in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Example {
    /// A further file of a pack that is sound without it.
    Beside,
    /// A pack of its own.
    Alone,
    /// A pack that builds on a sound one.
    Over,
    /// A further file of a sound pack in which `\xE9` stands for the byte of that number.
    Bytes,
    /// A template.
    Template,
    /// An answers file with this ending. Behind a line `===` stand the answers, before it a further file of their pack.
    Answers(&'static str),
    /// A session file.
    Session,
    /// A mapping file for the export of a form.
    Mapping,
    /// A brand file.
    Brand,
    /// A file of runs of show.
    RunOfShow,
    /// A table of answers for the kit of a session.
    Kit,
    /// A pack of its own with its tests, for `test` with these arguments.
    Tests(&'static str),
    /// A command line in a workspace with the answers file `answers.yaml`, and with a web page that is called `renamed.xlsx`.
    Command,
}

impl Example {
    /// The language by which editors and books colour it.
    pub fn language(self) -> &'static str {
        match self {
            Example::Beside
            | Example::Alone
            | Example::Over
            | Example::Bytes
            | Example::Session
            | Example::Mapping
            | Example::Brand
            | Example::RunOfShow
            | Example::Tests(_) => "yaml",
            Example::Answers(ending) => ending,
            Example::Kit => "csv",
            Example::Template => "markdown",
            Example::Command => "sh",
        }
    }
}

impl Page {
    /// The page as Markdown, from its heading to its last line break.
    pub fn markdown(&self) -> String {
        let Page { title, what, why, before, after, fix, example, code } = self;
        let fence = format!("```{}", example.language());
        format!(
            "## {}: {title}\n\n{what}\n\n**Why it is told.** {why}\n\nBefore:\n\n{fence}\n{}\n```\n\n\
             After:\n\n{fence}\n{}\n```\n\n**What to do.** {fix}\n",
            code.name(),
            before.trim_end(),
            after.trim_end(),
        )
    }

    /// The page for a terminal: examples set in, paragraphs broken at `width` characters.
    pub fn text(&self, width: usize) -> String {
        let indented = |text: &str| -> String {
            text.trim_end().lines().map(|line| format!("    {line}").trim_end().to_owned() + "\n").collect()
        };
        let head = format!("{}: {}", self.code.name(), self.title);
        format!(
            "{head}\n\n{}\n{}\nBefore:\n\n{}\nAfter:\n\n{}\n{}",
            broken(self.what, width),
            broken(self.why, width),
            indented(self.before),
            indented(self.after),
            broken(self.fix, width),
        )
    }
}

/// A paragraph in lines of at most `width` characters, where words allow it; no line break behind the last.
pub fn in_lines(text: &str, width: usize) -> String {
    let (mut out, mut column) = (String::new(), 0);
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}

fn broken(text: &str, width: usize) -> String {
    in_lines(text, width) + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_broken_between_words() {
        assert_eq!(broken("one two three\n  four", 8), "one two\nthree\nfour\n");
        assert_eq!(broken("incomprehensibilities", 8), "incomprehensibilities\n");
    }
}
