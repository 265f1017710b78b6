//! What to do where a text is not YAML: name the likely slip, blank the value, read on.

use std::collections::{BTreeMap, BTreeSet};

use super::read::MAX_DEPTH;
use crate::diag::{Code, Diagnostic};
use crate::source::{SourceId, Span};

/// A text in which the values that could not be read are blanked, byte for byte.
pub struct Blanked {
    bytes: String,
    /// Starts of the lines whose value was blanked.
    lines: BTreeSet<usize>,
    /// Starts of the lines that were blanked whole.
    gone: BTreeSet<usize>,
}

impl Blanked {
    pub fn new(text: &str) -> Blanked {
        Blanked { bytes: text.to_owned(), lines: BTreeSet::new(), gone: BTreeSet::new() }
    }

    pub fn text(&self) -> &str {
        &self.bytes
    }

    /// Whether the value of the line at this byte, or of the one before, was blanked.
    pub fn holds(&self, at: usize) -> bool {
        if self.lines.is_empty() {
            return false;
        }
        let at = at.min(self.bytes.len());
        let before = self.bytes[..at].trim_end();
        self.lines.contains(&line_start(&self.bytes, at))
            || self.lines.contains(&line_start(&self.bytes, before.len()))
    }

    /// Blanks what could not be read at this byte and says what it was; none where nothing is left to blank.
    pub fn blank_at(&mut self, at: usize, reason: &str, source: SourceId) -> Option<Diagnostic> {
        let mut at = at.min(self.bytes.len());
        while !self.bytes.is_char_boundary(at) {
            at -= 1;
        }
        // An error at the very end belongs to the last line with text.
        if self.bytes[line_start(&self.bytes, at)..].trim().is_empty() {
            at = self.bytes[..at].trim_end().len();
        }
        let mut start = line_start(&self.bytes, at);
        if let Some(tab) = self.tab_near(start) {
            return Some(self.blank_tabs(tab, source));
        }
        // An open quote swallows the lines below, and the parser trips over one of them.
        if let Some(open) = open_quote(&self.bytes, start) {
            start = open;
            at = open;
        }
        // So does a bracket whose end is a comment.
        let above = line_start(&self.bytes, self.bytes[..start].trim_end().len());
        if above < start && hides_its_end(&self.bytes, above) {
            start = above;
            at = above;
        }
        let line = line_at(&self.bytes, start).to_owned();
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        // The colon of a line's own key is out of place where the line lies too far in.
        let own_key = reason.contains("mapping values") && at > start && at < start + value_start(&line);
        if own_key {
            let above = line_start(&self.bytes, self.bytes[..start].trim_end().len());
            let stray = line_at(&self.bytes, above).trim_end().to_owned();
            let key = value_start(&stray);
            if above < start && key > 0 && key < stray.len() && !stray.starts_with([' ', '-', '#']) {
                let span = Span::new(source, above..above + stray.len());
                let diagnostic = Diagnostic::error(Code::Syntax, span, "this line parts a section in two")
                    .label("the lines below are indented, and this one holds a value already")
                    .help("take it out, or put it above the section or below it");
                return self.blank_section(above).then_some(diagnostic);
            }
            let diagnostic = structure(&self.bytes, start, at, reason, source);
            return self.blank_section(start).then_some(diagnostic);
        }
        if let Some((range, diagnostic)) = flow_entry(&self.bytes, start, source) {
            let diagnostic = self.sure(diagnostic, start);
            self.lines.insert(start);
            self.blank(range.start, range.end);
            return Some(diagnostic);
        }
        let diagnostic = explain(&self.bytes, start, at, reason, source);
        if diagnostic.code == Code::Syntax {
            return self.blank_section(start).then_some(diagnostic);
        }
        if self.gone.contains(&start) {
            return None;
        }
        let diagnostic = self.sure(diagnostic, start);
        let value = value_start(&line);
        if value == 0 || self.lines.contains(&start) {
            self.gone.insert(start);
            self.lines.insert(start);
            self.blank(start, start + line.len());
            return Some(diagnostic);
        }
        self.lines.insert(start);
        self.blank(start + value, start + line.len());
        self.blank_deeper(start, indent);
        Some(diagnostic)
    }

    /// Without its mend where a part of the line is blanked already: the mend would write the blanks.
    fn sure(&self, mut diagnostic: Diagnostic, start: usize) -> Diagnostic {
        if self.lines.contains(&start) {
            diagnostic.fix = None;
        }
        diagnostic
    }

    /// The first tab among the spaces before a line's text, on this line or one beside it.
    fn tab_near(&self, start: usize) -> Option<usize> {
        let before = line_start(&self.bytes, self.bytes[..start].trim_end().len());
        let behind = start + line_at(&self.bytes, start).len();
        let next = behind + (self.bytes[behind..].len() - self.bytes[behind..].trim_start().len());
        [before, start, line_start(&self.bytes, next)].into_iter().find_map(|start| {
            let line = line_at(&self.bytes, start);
            let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
            line[..indent].find('\t').map(|at| start + at)
        })
    }

    /// Blanks from a line to the end of its section: once the steps inwards are wrong, all that follows
    /// is guesswork. False where nothing was left to blank.
    fn blank_section(&mut self, start: usize) -> bool {
        let mut begin = start;
        let mut any = false;
        loop {
            let line = line_at(&self.bytes, begin).to_owned();
            if begin > start && line.starts_with(|c: char| !c.is_whitespace() && c != '-' && c != '#') {
                return any;
            }
            any |= !line.trim().is_empty();
            self.lines.insert(begin);
            self.gone.insert(begin);
            self.blank(begin, begin + line.len());
            match self.bytes[begin..].find('\n') {
                Some(end) => begin += end + 1,
                None => return any,
            }
        }
    }

    /// Blanks every line that is indented with tabs: how far they lie inwards nobody can tell.
    fn blank_tabs(&mut self, first: usize, source: SourceId) -> Diagnostic {
        let mut count = 0;
        let mut start = 0;
        let mut edits = Vec::new();
        let columns = tab_columns(&self.bytes);
        while start < self.bytes.len() {
            let line = line_at(&self.bytes, start).to_owned();
            let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
            if line[..indent].contains('\t') {
                count += 1;
                let column = columns.get(&start).copied().unwrap_or_default();
                edits.push((start..start + indent, " ".repeat(column)));
                self.lines.insert(start);
                self.lines.insert(line_start(&self.bytes, self.bytes[..start].trim_end().len()));
                self.blank(start, start + line.len());
            }
            start += self.bytes[start..].find('\n').map_or(self.bytes.len(), |at| at + 1);
        }
        let label =
            if count == 1 { "a tab".to_owned() } else { format!("a tab, as on {count} lines of this file") };
        let told = Diagnostic::error(
            Code::Tab,
            // Without width, since a tab is shown as four columns.
            Span::new(source, first..first),
            "a tab stands where YAML wants spaces",
        )
        .label(label)
        .help(match (count, columns.values().next()) {
            (1, Some(column)) if *column > 0 => format!("put {column} spaces before this line"),
            _ => "put as many spaces for each step inwards as the other lines have".to_owned(),
        });
        edits.into_iter().fold(told, |told, (range, spaces)| told.fix(Span::new(source, range), spaces))
    }

    /// Blanks the lines below that belong to the blanked value.
    fn blank_deeper(&mut self, start: usize, indent: usize) {
        let mut next = start + line_at(&self.bytes, start).len();
        while let Some(offset) = self.bytes[next..].find('\n') {
            let begin = next + offset + 1;
            let line = line_at(&self.bytes, begin).to_owned();
            let text = line.trim_start_matches([' ', '\t']);
            if !text.trim().is_empty() && line.len() - text.len() <= indent {
                break;
            }
            self.blank(begin, begin + line.len());
            next = begin + line.len();
        }
    }

    fn blank(&mut self, from: usize, to: usize) {
        let spaces = " ".repeat(to - from);
        self.bytes.replace_range(from..to, &spaces);
    }
}

/// At which column each line that is indented with tabs was to begin: beside what stands above it, or a step further in
/// where that line opens something.
fn tab_columns(text: &str) -> BTreeMap<usize, usize> {
    let step = step(text);
    let mut out = BTreeMap::new();
    let (mut start, mut dashes) = (0, Vec::<usize>::new());
    let mut above: Option<(Option<usize>, &str, usize)> = None;
    while start < text.len() {
        let line = line_at(text, start);
        let written = line.trim_start_matches([' ', '\t']);
        let indent = &line[..line.len() - written.len()];
        let tabs = indent.matches('\t').count();
        let mut column = indent.len();
        if tabs > 0 {
            column = match above {
                None => tabs * step,
                Some((Some(tabs_above), _, column)) => {
                    (column + tabs * step).saturating_sub(tabs_above * step)
                }
                Some((None, line, column)) if line.trim_end().ends_with(':') => column + step,
                Some((None, line, 0)) if !line.starts_with('-') => tabs * step,
                Some((None, _, key)) if written.starts_with("- ") => {
                    dashes.iter().rev().copied().find(|dash| *dash < key).unwrap_or(key)
                }
                Some((None, _, column)) => column,
            };
            out.insert(start, column);
        }
        if !written.trim().is_empty() && !written.starts_with('#') {
            if written.starts_with("- ") {
                dashes.push(column);
            }
            let key = if tabs > 0 { column } else { line.len() - line.trim_start_matches([' ', '-']).len() };
            above = Some(((tabs > 0).then_some(tabs), line, key));
        }
        start += text[start..].find('\n').map_or(text.len(), |at| at + 1);
    }
    out
}

/// By how many spaces the lines of a text are set in at each step; two where none is.
fn step(text: &str) -> usize {
    let indents = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches(' ').len());
    indents.filter(|indent| *indent > 0).min().unwrap_or(2).clamp(1, 8)
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |found| found + 1)
}

/// The line that begins at a byte, without its ending.
fn line_at(text: &str, start: usize) -> &str {
    let rest = &text[start..];
    let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
    line.strip_suffix('\r').unwrap_or(line)
}

/// Where a line's value begins, behind dashes and a key; 0 where the line has neither.
fn value_start(line: &str) -> usize {
    let mut at = line.len() - line.trim_start().len();
    let mut dashes = false;
    while line[at..].starts_with("- ") {
        at += 2;
        at += line[at..].len() - line[at..].trim_start().len();
        dashes = true;
    }
    let rest = &line[at..];
    let key_end = match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            rest[1..].find(quote).map(|end| end + 2).filter(|&end| rest[end..].starts_with(':'))
        }
        // What stands in brackets has its keys inside.
        Some('{' | '[') => None,
        _ => rest.find(": ").or_else(|| rest.trim_end().ends_with(':').then(|| rest.trim_end().len() - 1)),
    };
    match key_end {
        Some(end) => {
            let after = at + end + 1;
            after + (line[after..].len() - line[after..].trim_start().len())
        }
        None if dashes => at,
        None => 0,
    }
}

/// The first line down to `last` whose quotation is not closed before the text steps outwards again.
fn open_quote(text: &str, last: usize) -> Option<usize> {
    let lines: Vec<(usize, &str)> = {
        let mut start = 0;
        text.split_inclusive('\n')
            .map(|line| {
                let at = start;
                start += line.len();
                (at, line.trim_end())
            })
            .collect()
    };
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut at = 0;
    while at < lines.len() && lines[at].0 <= last {
        let (start, line) = lines[at];
        at += 1;
        if line.is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        let value = &line[value_start(line).max(indent(line))..];
        let block = value.starts_with(['|', '>'])
            && value[1..]
                .split(" #")
                .next()
                .is_some_and(|rest| rest.trim().chars().all(|c| c.is_ascii_digit() || c == '+' || c == '-'));
        let below = |at: usize| lines.get(at).is_some_and(|(_, l)| l.is_empty() || indent(l) > indent(line));
        if block {
            while below(at) {
                at += 1;
            }
            continue;
        }
        let Some(quote) = quote_left_open(value, true) else { continue };
        loop {
            if !below(at) {
                return Some(start);
            }
            let closed = closing(lines[at].1, quote);
            at += 1;
            let Some(end) = closed else { continue };
            let rest = lines[at - 1].1[end..].trim_start();
            if rest.is_empty() || rest.starts_with(['#', ',', '}', ']']) {
                break;
            }
            return Some(start);
        }
    }
    None
}

/// The quote that a text opens and does not close; one opens only where a value begins.
fn quote_left_open(text: &str, mut begins: bool) -> Option<char> {
    let flow = text.starts_with(['{', '[']);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        at += c.len_utf8();
        if begins && (c == '"' || c == '\'') {
            match closing(&text[at..], c) {
                Some(end) => at += end,
                None => return Some(c),
            }
            begins = false;
        } else if c == '#' && (at == 1 || text[..at - 1].ends_with(' ')) {
            return None;
        } else if !c.is_whitespace() {
            begins = flow && matches!(c, '{' | '[' | ',' | ':');
        }
    }
    None
}

/// Behind the quote that closes a quotation, where there is one.
fn closing(text: &str, quote: char) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'\\' && quote == '"' {
            at += 1;
        } else if bytes[at] == quote as u8 {
            if quote == '"' || bytes.get(at + 1) != Some(&b'\'') {
                return Some(at + 1);
            }
            at += 1;
        }
        at += 1;
    }
    None
}

/// The faulty entry of a list or map in brackets on one line: what to blank, and what to say.
fn flow_entry(text: &str, start: usize, source: SourceId) -> Option<(std::ops::Range<usize>, Diagnostic)> {
    let line = line_at(text, start);
    let value = value_start(line).max(line.len() - line.trim_start().len());
    let written = strip_comment(line[value..].trim_end());
    let EntryFault { entry, from, message, mended, sure } = faulty_entry(written, 0, 0)?;
    let at = start + value;
    let place = Span::new(source, at + entry.start..at + entry.end);
    let diagnostic = Diagnostic::error(Code::Quote, place, message)
        .label(if mended.ends_with(']') || mended.ends_with('}') { "not closed" } else { "put it in quotes" })
        .help(format!("write `{mended}`"));
    let diagnostic = if sure { diagnostic.fix(place, mended) } else { diagnostic };
    Some((at + from..at + entry.end, diagnostic))
}

/// What is wrong with an entry of a list or map in brackets; places are bytes of its line.
struct EntryFault {
    /// The entry with its key.
    entry: std::ops::Range<usize>,
    /// Where its value begins.
    from: usize,
    message: String,
    mended: String,
    /// Whether nothing else can be meant.
    sure: bool,
}

fn faulty_entry(flow: &str, offset: usize, nested: usize) -> Option<EntryFault> {
    let map = flow.starts_with('{');
    if nested > MAX_DEPTH || !map && !flow.starts_with('[') {
        return None;
    }
    let close = if map { '}' } else { ']' };
    let inner = flow[1..].strip_suffix(close).unwrap_or(&flow[1..]);
    let mut pieces: Vec<(usize, &str)> = Vec::new();
    let (mut depth, mut from, mut at, mut begins) = (0i32, 0, 0, true);
    while let Some(c) = inner[at..].chars().next() {
        at += c.len_utf8();
        match c {
            '"' | '\'' if begins => match closing(&inner[at..], c) {
                Some(end) => at += end,
                None => at = inner.len(),
            },
            '[' | '{' | '(' => depth += 1,
            ']' | '}' | ')' => depth -= 1,
            ',' if depth <= 0 => {
                pieces.push((from, &inner[from..at - 1]));
                from = at;
                depth = 0;
            }
            _ => {}
        }
        begins = matches!(c, '{' | '[' | ',' | ':') || begins && c.is_whitespace();
    }
    pieces.push((from, &inner[from..]));
    for (from, piece) in pieces {
        let lead = piece.len() - piece.trim_start().len();
        let entry = piece.trim();
        let key = if map { entry.find(": ").map_or(0, |at| at + 2) } else { 0 };
        if map && key == 0 {
            continue;
        }
        let key = key + entry[key..].len() - entry[key..].trim_start().len();
        let value = &entry[key..];
        let begin = offset + 1 + from + lead;
        let Some(first) = value.chars().next() else { continue };
        let whole = begin..begin + entry.len();
        let mend = |value: &str| format!("{}{value}", &entry[..key]);
        let fault = |entry: std::ops::Range<usize>, message: String, mended: String, sure: bool| EntryFault {
            entry,
            from: begin + key,
            message,
            mended,
            sure,
        };
        if ">!%@*&|`".contains(first) {
            let message = format!("a value that begins with `{first}` means something else in YAML");
            return Some(fault(whole, message, mend(&quoted(value)), true));
        }
        // What is not closed ends where the next key begins.
        let own = next_key(value).map_or(value, |at| value[..at].trim_end().trim_end_matches(','));
        let cut = begin..begin + key + own.len();
        if (first == '"' || first == '\'') && closing(&value[1..], first).is_none() {
            let message = "the quote is not closed on this line".to_owned();
            return Some(fault(cut, message, mend(&quoted(own)), false));
        }
        if first == '[' || first == '{' {
            let (open, shut) = if first == '[' { ('[', ']') } else { ('{', '}') };
            if value.matches(open).count() > value.matches(shut).count() {
                let message = format!("`{first}` is not closed on this line");
                let own = if first == '[' { own } else { value };
                let cut = begin..begin + key + own.len();
                return Some(fault(cut, message, mend(&format!("{own}{shut}")), false));
            }
            if let Some(inner) = faulty_entry(value, begin + key, nested + 1) {
                return Some(inner);
            }
            continue;
        }
        if first == '"' || first == '\'' {
            let end = closing(&value[1..], first).map_or(value.len(), |end| end + 1);
            if !value[end..].trim().is_empty() {
                let message = "text goes on behind the closing quote".to_owned();
                return Some(fault(whole, message, mend(&quoted(value)), true));
            }
            continue;
        }
        if map
            && let Some(bracket) = value.find(['[', ']', '{', '}']).and_then(|at| value[at..].chars().next())
        {
            let message = format!("`{bracket}` inside a value in braces means something else in YAML");
            return Some(fault(cut, message, mend(&quoted(own)), true));
        }
        if map && (value.contains(": ") || value.ends_with(':')) {
            let message = "`: ` inside a value begins a new key in YAML".to_owned();
            return Some(fault(whole, message, mend(&quoted(value)), true));
        }
    }
    None
}

/// Where, behind a comma, the next key of a map begins.
fn next_key(text: &str) -> Option<usize> {
    text.match_indices(',').map(|(at, _)| at).find(|&at| {
        let rest = text[at + 1..].trim_start();
        let word = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).unwrap_or(0);
        word > 0 && rest[word..].starts_with(": ")
    })
}

/// What went wrong on a line, in an author's words.
fn explain(text: &str, start: usize, at: usize, reason: &str, source: SourceId) -> Diagnostic {
    let line = line_at(text, start);
    let value = value_start(line);
    let written = strip_comment(line[value..].trim_end());
    let first = written.chars().next().unwrap_or(' ');
    if value > 0 && "!%@*&|`>".contains(first) && written.len() > 1 {
        return quote_line(
            text,
            start + value,
            &format!("a value that begins with `{first}` means something else in YAML"),
            source,
        );
    }
    if value > 0 && "[{".contains(first) {
        let close = if first == '[' { ']' } else { '}' };
        if !written.contains(close)
            && let Some(told) = closed_in_comment(text, start, value..value + written.len(), close, source)
        {
            return told;
        }
        let message = if written.contains(close) {
            format!("text goes on behind the `{close}`")
        } else {
            format!("`{first}` is not closed on this line")
        };
        return flow_fault(text, start + value, written, &message, close, source);
    }
    let well_quoted = "\"'".contains(first)
        && written.get(1..).and_then(|rest| closing(rest, first)).is_some_and(|end| end + 1 == written.len());
    if well_quoted {
        return structure(text, start, at, reason, source);
    }
    if value > 0 && "\"'".contains(first) {
        let message = if closing(&written[1..], first).is_some() {
            "text goes on behind the closing quote".to_owned()
        } else {
            "the quote is not closed on this line".to_owned()
        };
        return quote_line(text, start + value, &message, source);
    }
    if value > 0 && (written.contains(": ") || written.ends_with(':')) {
        return quote_line(text, start + value, "`: ` inside a value begins a new key in YAML", source);
    }
    structure(text, start, at, reason, source)
}

/// What a parser's reason comes to for an author, and what to do; an empty first where it speaks for itself.
fn in_words(reason: &str) -> (&'static str, &'static str) {
    const ALL: [(&str, &str, &str); 4] = [
        ("mapping values", "a key cannot begin here: the line above holds a value already", ""),
        (
            "expected '-' indicator",
            "this line lies further out than the keys of the item above, and has no dash",
            "set it as far in as the keys of the item above, or begin an item with `- `",
        ),
        (
            "did not find expected key",
            "this line lies further out than the keys above it, and belongs to nothing",
            "set it as far in as the lines beside it",
        ),
        (
            "expected ':'",
            "a key without its colon, or a text that goes on too far out",
            "write `key: value`, with a colon and a space",
        ),
    ];
    let found = ALL.iter().find(|(words, ..)| reason.contains(words));
    let usual = "check the indentation, the dashes and the colons of this line and the one above";
    found.map_or(("", usual), |(_, label, help)| (*label, *help))
}

/// What a character that looks like a space and is none is called.
fn invisible_name(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{a0}' | '\u{202f}' => "a no-break space",
        '\u{200b}' | '\u{feff}' | '\u{2060}' => "an invisible character without width",
        '\u{2000}'..='\u{200a}' | '\u{3000}' | '\u{205f}' | '\u{1680}' => "a wide or narrow space",
        _ => return None,
    })
}

/// Such a character where it matters: before a line's text, or straight behind a colon. In prose it may be meant.
fn invisible(text: &str, start: usize, source: SourceId) -> Option<Diagnostic> {
    let line = line_at(text, start);
    let written =
        line.trim_start_matches(|c: char| c.is_whitespace() || c == '-' || invisible_name(c).is_some());
    let before = line.len() - written.len();
    let behind = line.find(':').map(|colon| colon + 1);
    let (at, c, name) = line
        .char_indices()
        .filter(|(at, _)| *at < before || Some(*at) == behind)
        .find_map(|(at, c)| Some((at, c, invisible_name(c)?)))?;
    let span = Span::new(source, start + at..start + at + c.len_utf8());
    let plain = if "\u{200b}\u{feff}\u{2060}".contains(c) { "" } else { " " };
    let help = if plain.is_empty() { "take it out" } else { "put a plain space in its place" };
    Some(
        Diagnostic::error(Code::Syntax, span, "this is not YAML")
            .label(format!("{name} (U+{:04X}), which YAML does not take for a space", u32::from(c)))
            .help(help)
            .fix(span, plain),
    )
}

/// A key whose colon runs on into its value: `title:The first`.
fn no_space(text: &str, start: usize, source: SourceId) -> Option<Diagnostic> {
    let line = line_at(text, start);
    let written = line.trim_start_matches([' ', '-']);
    let (key, value) = written.split_once(':')?;
    let word = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || b"_-".contains(&byte));
    if !word || value.is_empty() || value.starts_with([' ', '/', ':']) || value.contains(": ") {
        return None;
    }
    let at = start + line.len() - written.len() + key.len() + 1;
    Some(
        Diagnostic::error(Code::Syntax, Span::new(source, at - 1..at), "this is not YAML")
            .label("a space is missing behind the colon")
            .help(format!("write `{key}: {}`", value.trim_end()))
            .fix(Span::new(source, at..at), " "),
    )
}

/// A line that stands where YAML cannot place it.
fn structure(text: &str, start: usize, at: usize, reason: &str, source: SourceId) -> Diagnostic {
    let above = line_start(text, text[..start].trim_end().len());
    for start in [start, above] {
        if let Some(told) = invisible(text, start, source).or_else(|| no_space(text, start, source)) {
            return told;
        }
    }
    let line = line_at(text, start);
    let at = at.clamp(start, start + line.len());
    let mut end = (at + 1).min(start + line.len()).max(at);
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let told = Diagnostic::error(Code::Syntax, Span::new(source, at..end), "this is not YAML");
    let (label, help) = in_words(reason);
    if label.is_empty() {
        let reason = reason.trim_end_matches('.').lines().next().unwrap_or("").to_owned();
        return told.label(reason).help(help);
    }
    if line.trim_start().starts_with("- ") && reason.contains("did not find expected key") {
        return told
            .label("an item with a dash, below keys that have none")
            .help("give all of them a dash, or none of them");
    }
    let column = line_at(text, above).len() - line_at(text, above).trim_start_matches([' ', '-']).len();
    let too_far = reason.contains("mapping values") && above < start;
    let help = if too_far {
        format!(
            "let it begin below the key above, behind {column} spaces, or put a value that goes on below in quotes"
        )
    } else {
        help.to_owned()
    };
    told.label(label).help(help)
}

/// How long a value may be that a help writes in another way, in bytes.
const LONGEST_HELP: usize = 1_000;

/// Whether the value of a line is in brackets that a comment keeps from being closed.
fn hides_its_end(text: &str, start: usize) -> bool {
    let line = line_at(text, start);
    let value = value_start(line);
    let close = match line[value..].chars().next() {
        Some('{') => '}',
        Some('[') => ']',
        _ => return false,
    };
    let own = strip_comment(line[value..].trim_end());
    value > 0
        && !own.contains(close)
        && closed_in_comment(text, start, value..value + own.len(), close, SourceId(0)).is_some()
}

/// The fault of a value in brackets whose end stands behind a ` #`, such as that of a colour. `own` are the bytes of its line
/// before that comment.
fn closed_in_comment(
    text: &str,
    start: usize,
    own: std::ops::Range<usize>,
    close: char,
    source: SourceId,
) -> Option<Diagnostic> {
    let line = line_at(text, start).trim_end();
    let hidden = line[own.end..].trim_start();
    if !hidden.starts_with('#') || !hidden.ends_with(close) {
        return None;
    }
    let mut mended = line[..own.end].trim_start().to_owned();
    let mut rest = &line[own.end..];
    while let Some(at) = rest.find(" #") {
        let word = &rest[at + 1..];
        let word = &word[..word.find([',', ' ', close]).unwrap_or(word.len())];
        mended.push_str(&format!("{} \"{word}\"", &rest[..at]));
        rest = &rest[at + 1 + word.len()..];
    }
    mended.push_str(rest);
    let at = start + line.len() - hidden.len();
    let span = Span::new(source, at..start + line.len());
    Some(
        Diagnostic::error(
            Code::Quote,
            span,
            "a `#` behind a space begins a comment, which hides the rest of the line",
        )
        .label("put what begins with `#` in quotes")
        .help(format!("write `{mended}`")),
    )
}

/// The fault of a value in brackets that YAML cannot read: text, or a list whose entries hold brackets.
fn flow_fault(
    text: &str,
    at: usize,
    written: &str,
    message: &str,
    close: char,
    source: SourceId,
) -> Diagnostic {
    let entries = split_outside_brackets(written[1..].strip_suffix(close).unwrap_or(&written[1..]));
    if close == ']' && entries.iter().any(|entry| entry.contains('[')) {
        let lines: Vec<String> = entries.iter().map(|entry| format!("- {}", entry.trim())).collect();
        let span = Span::new(source, at..at + written.len());
        // What is longer fills the screen and helps nobody.
        let lines = (written.len() <= LONGEST_HELP).then(|| format!("write\n{}", lines.join("\n")));
        return Diagnostic::error(Code::Quote, span, "a list in brackets is cut at commas and brackets")
            .label("its entries stand one a line")
            .help_if(lines);
    }
    let kind = if close == ']' { "list" } else { "map" };
    quote_line(text, at, message, source).help(format!("if a {kind} is meant, close it with `{close}`"))
}

/// The fault "put it in quotes" for the value at a byte, with the line rewritten.
pub fn quote_line(text: &str, at: usize, message: &str, source: SourceId) -> Diagnostic {
    let start = line_start(text, at.min(text.len()));
    let line = line_at(text, start);
    let value = value_start(line).max(line.len() - line.trim_start().len());
    let written = strip_comment(line[value..].trim_end());
    // Inside braces or brackets only the entry at the fault is meant.
    if at > start + value
        && written.starts_with(['{', '['])
        && let Some(entry) = text.get(at..start + value + written.len())
    {
        let entry = entry[..entry.find([',', '}', ']']).unwrap_or(entry.len())].trim_end();
        let place = Span::new(source, at..at + entry.len());
        return Diagnostic::error(Code::Quote, place, message)
            .label("put it in quotes")
            .help(format!("write `{}`", quoted(entry)));
    }
    // What the parser takes for a tag or an anchor of the key is no fault of the value.
    if value > 0 && at < start + value {
        let key = line[at - start..value].trim_end();
        let place = Span::new(source, at..at + key.len());
        let bare = key.trim_start_matches(|c: char| !c.is_alphanumeric());
        return Diagnostic::error(Code::Quote, place, message).label("a key begins here").help(match bare {
            "" => "begin it with a letter".to_owned(),
            bare => format!("write `{bare}` without the sign before it"),
        });
    }
    let before = line[..value].trim_start();
    let span = Span::new(source, start + value..start + value + written.len());
    // `!` before the name of a condition is meant as `not`.
    let negated = written.strip_prefix('!').map(str::trim_start).filter(|rest| {
        ["answer.", "score.", "metric.", "band.", "gap.", "condition."]
            .iter()
            .any(|kind| rest.starts_with(kind))
    });
    if let Some(rest) = negated {
        return Diagnostic::error(Code::Quote, span, message)
            .label("`!` begins a tag in YAML")
            .help(format!("write `{before}not {rest}`"))
            .fix(span, format!("not {rest}"));
    }
    let told = Diagnostic::error(Code::Quote, span, message)
        .label("put it in quotes")
        .help(format!("write `{before}{}`", quoted(written)));
    let first = written.chars().next().unwrap_or(' ');
    let open = "\"'".contains(first) && closing(&written[1..], first).is_none();
    // A list may be meant, a quotation may end anywhere, and what goes on below would be left behind.
    if "[{".contains(first) || open || goes_on(text, start) { told } else { told.fix(span, quoted(written)) }
}

/// Whether the line below lies further in than the key of this one.
fn goes_on(text: &str, start: usize) -> bool {
    let line = line_at(text, start);
    let key = line.len() - line.trim_start_matches([' ', '-']).len();
    let below = text[start + line.len()..].lines().skip(1).find(|line| !line.trim().is_empty());
    below.is_some_and(|below| below.len() - below.trim_start().len() > key)
}

/// What to take out so that a key with its value, or an item of a list, is gone: its lines where it has them for itself,
/// else it and its comma. None where that cannot be told.
pub fn removal(text: &str, part: std::ops::Range<usize>, item: bool) -> Option<std::ops::Range<usize>> {
    let start = line_start(text, part.start);
    let (before, behind) = (text.get(start..part.start)?.trim(), text.get(part.end..)?);
    let rest = behind.find('\n').map_or(behind.len(), |at| at + 1);
    let alone = before.is_empty() && !item || before == "-" && item;
    let comment = behind[..rest].trim();
    if alone && (comment.is_empty() || comment.starts_with('#')) {
        return Some(start..part.end + rest);
    }
    let left = text[..part.start].trim_end();
    if left.ends_with(',') {
        return Some(left.len() - 1..part.end);
    }
    let right = behind.trim_start();
    let gap = behind.len() - right.len();
    let right = right.strip_prefix(',')?;
    Some(part.start..part.end + gap + 1 + (right.len() - right.trim_start_matches(' ').len()))
}

/// The text as a quoted YAML value. What looks like a broken quotation is quoted without its first quote.
pub fn quoted(text: &str) -> String {
    // In single quotes an apostrophe stands doubled.
    if let Some(rest) = text.strip_prefix('\'').filter(|rest| closing(rest, '\'').is_none()) {
        return quoted(&rest.replace("''", "'"));
    }
    let bare = match text.chars().next() {
        Some(quote @ ('"' | '\'')) if text.matches(quote).count() % 2 == 1 => &text[1..],
        // A word processor's quotes stand for the straight ones.
        Some('\u{201c}' | '\u{201e}' | '\u{201d}') => text
            .trim_start_matches(['\u{201c}', '\u{201e}', '\u{201d}'])
            .trim_end_matches(['\u{201c}', '\u{201d}']),
        _ => text,
    };
    if bare.contains('"') || bare.contains('\\') {
        format!("'{}'", bare.replace('\'', "''"))
    } else {
        format!("\"{bare}\"")
    }
}

/// A value without the comment behind it; what stands in quotes is no comment.
fn strip_comment(value: &str) -> &str {
    let (mut at, mut begins) = (0, true);
    while let Some(c) = value[at..].chars().next() {
        let here = at;
        at += c.len_utf8();
        match c {
            '"' | '\'' if begins => at += closing(&value[at..], c).unwrap_or(0),
            '#' if value[..here].ends_with(' ') => return value[..here].trim_end(),
            _ => {}
        }
        begins = matches!(c, '{' | '[' | ',' | ':') || begins && c.is_whitespace();
    }
    value
}

/// The pieces between commas that stand in no bracket.
pub fn split_outside_brackets(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                out.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(&text[start..]);
    out
}
