//! Every message that the program can tell is asserted somewhere, its whole first line.
//!
//! The messages are read from the code: what is written where a diagnostic is made. A part in braces stands for anything.

use std::fs;
use std::path::{Path, PathBuf};

/// Every file below a folder that the test holds for, in order of names.
fn files(folder: &Path, wanted: &dyn Fn(&Path) -> bool, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, wanted, out);
        } else if wanted(&path) {
            out.push(path);
        }
    }
}

/// Whether a file of the library holds nothing but tests.
fn serves_tests(path: &Path) -> bool {
    path.components().any(|part| {
        let name = part.as_os_str().to_str().unwrap_or_default().trim_end_matches(".rs");
        ["tests", "support", "fixture", "laws", "snapshots"].contains(&name)
    })
}

/// The code of a file, and its tests.
fn halves(text: &str) -> (&str, &str) {
    text.find("#[cfg(test)]\nmod ").map_or((text, ""), |at| text.split_at(at))
}

/// A string literal that begins the text, brackets of `format!` around it aside, with what it stands for.
fn literal(text: &str) -> Option<String> {
    let mut text = text.trim_start();
    for wrapping in ["&format!(", "format!("] {
        text = text.strip_prefix(wrapping).unwrap_or(text).trim_start();
    }
    let mut rest = text.strip_prefix('"')?.chars();
    let mut out = String::new();
    loop {
        match rest.next()? {
            '"' => return Some(out),
            '\\' => match rest.next()? {
                'n' => out.push('\n'),
                // A line that goes on below: its indentation is no part of it.
                '\n' => rest = rest.as_str().trim_start().chars(),
                other => out.push(other),
            },
            other => out.push(other),
        }
    }
}

/// What stands behind the arguments before the message.
fn behind(text: &str, commas: usize) -> Option<&str> {
    let (mut depth, mut left, mut quoted) = (0usize, commas, false);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if left == 0 {
            return Some(&text[at..]);
        }
        match c {
            '"' if before != '\\' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.checked_sub(1)?,
            ',' if depth == 0 => left -= 1,
            _ => {}
        }
        before = c;
    }
    None
}

/// The fixed stretches of a message between its places for words.
fn stretches(message: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut chars = message.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '{' | '}' if chars.peek() == Some(&c) => {
                chars.next();
                out.last_mut().unwrap().push(c);
            }
            '{' => {
                while chars.next().is_some_and(|c| c != '}') {}
                out.push(String::new());
            }
            c => out.last_mut().unwrap().push(c),
        }
    }
    out
}

/// Whether a line is this message with words in its places.
fn is(line: &str, stretches: &[String]) -> bool {
    let [first, middle @ .., last] = stretches else {
        return stretches.first().is_some_and(|one| one == line);
    };
    let Some(mut rest) = line.strip_prefix(first.as_str()) else { return false };
    for stretch in middle {
        let Some(at) = rest.find(stretch.as_str()) else { return false };
        rest = &rest[at + stretch.len()..];
    }
    rest.len() >= last.len() && rest.ends_with(last.as_str())
}

/// The messages written in the code, each with its file.
fn written() -> Vec<(String, String)> {
    let makers = [
        ("Diagnostic::error(", 2),
        ("Diagnostic::warning(", 2),
        ("Diagnostic::placeless(", 1),
        (" warning(", 2),
    ];
    let mut sources = Vec::new();
    files(Path::new("src"), &|path| !serves_tests(path), &mut sources);
    let mut out = Vec::new();
    for path in sources.iter().filter(|path| path.extension().is_some_and(|e| e == "rs")) {
        let text = fs::read_to_string(path).unwrap().replace("\r\n", "\n");
        let (code, _) = halves(&text);
        for (maker, commas) in makers {
            for (at, _) in code.match_indices(maker) {
                let message = behind(&code[at + maker.len()..], commas).and_then(literal);
                out.extend(message.map(|message| (path.display().to_string(), message)));
            }
        }
    }
    out
}

/// The first lines of all messages that tests expect.
fn expected() -> Vec<String> {
    let mut texts = Vec::new();
    files(Path::new("tests"), &|_| true, &mut texts);
    files(Path::new("src"), &|_| true, &mut texts);
    let mut out = Vec::new();
    for path in texts {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let text = text.replace("\r\n", "\n");
        let tests = if path.starts_with("src") && !serves_tests(&path) { halves(&text).1 } else { &text };
        // In a literal of code, quotes are escaped and a line may end within it.
        for line in tests.replace("\\n", "\n").replace("\\\"", "\"").lines() {
            for mark in ["error[K", "warning[K"] {
                if let Some((_, message)) = line.split_once(mark).and_then(|(_, rest)| rest.split_once("]: "))
                {
                    out.push(message.trim_end().to_owned());
                    out.push(message.trim_end().trim_end_matches(['"', ',', ')', ';', '\\', '#']).to_owned());
                }
            }
        }
    }
    out
}

#[test]
fn every_message_is_asserted_somewhere() {
    let expected = expected();
    let written = written();
    assert!(written.len() >= 150, "only {} messages were found in the code", written.len());
    let missing: Vec<String> = written
        .iter()
        .filter(|(_, message)| {
            let stretches = stretches(message);
            !expected.iter().any(|line| is(line, &stretches))
        })
        .map(|(file, message)| format!("{file}: {message}"))
        .collect();
    assert!(missing.is_empty(), "{} of {}\n{}", missing.len(), written.len(), missing.join("\n"));
}

#[test]
fn messages_are_read_from_code_as_they_are_told() {
    assert_eq!(literal(" format!(\"a \\\"b\\\" {c}\")").as_deref(), Some("a \"b\" {c}"));
    assert_eq!(behind("Code::A, f(x, y), \"m\")", 2).map(str::trim), Some("\"m\")"));
    assert_eq!(stretches("`{a}` is {{ no {b}"), ["`", "` is { no ", ""]);
    assert!(is("`x` is { no y", &stretches("`{a}` is {{ no {b}")));
    assert!(!is("`x` is no y", &stretches("`{a}` is {{ no {b}")));
}
