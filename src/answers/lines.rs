//! Line numbers of one text, found without counting from its start each time.

use crate::source::{SourceId, Sources, Span};

/// Where each line of a text begins, in bytes.
#[derive(Clone, Debug)]
pub struct Lines {
    source: SourceId,
    starts: Vec<u32>,
}

impl Lines {
    pub fn new(source: SourceId, text: &str) -> Lines {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1);
        Lines { source, starts: std::iter::once(0).chain(breaks).collect() }
    }

    /// From 1.
    pub fn line(&self, at: u32) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }

    /// `file:line:column` of a span in this text.
    pub fn place(&self, span: Span, sources: &Sources) -> String {
        let source = sources.get(self.source);
        let line = self.line(span.start);
        let start = self.starts[line - 1] as usize;
        let before = source.text.get(start..span.start as usize).unwrap_or("");
        format!("{}:{line}:{}", source.name, before.chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_sources() {
        let mut sources = Sources::default();
        let id = sources.add("a.csv", "é,b\r\nc\n\nd");
        let lines = Lines::new(id, &sources.get(id).text);
        for at in [0, 2, 3, 6, 7, 8, 9, 10] {
            let span = Span::new(id, at..at);
            assert_eq!(lines.place(span, &sources), sources.place(span), "{at}");
        }
    }
}
