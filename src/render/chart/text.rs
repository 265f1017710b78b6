//! How wide words are, near enough, and how they are broken into lines: the same for every format, whatever its
//! font.

/// The size of labels and values, and of what stands at an axis.
pub const LABEL: f32 = 9.2;
pub const SMALL: f32 = 7.8;
/// From baseline to baseline, in sizes.
const LEADING: f32 = 1.24;

pub fn leading(size: f32) -> f32 {
    size * LEADING
}

/// How wide a text is at most in a usual font without serifs.
pub fn width(text: &str, size: f32, bold: bool) -> f32 {
    let ems: f32 = text.chars().map(em).sum();
    ems * size * if bold { 1.12 } else { 1.06 }
}

/// How wide the widest word of a text is.
pub fn widest_word(text: &str, size: f32) -> f32 {
    text.split_whitespace().map(|word| width(word, size, false)).fold(0.0, f32::max)
}

fn em(c: char) -> f32 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' | '’' | '·' => 0.28,
        'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '-' | '/' | '"' | '“' | '”' | '\u{a0}' => 0.36,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' | '…' => 0.9,
        'A'..='Z' | 'Ä' | 'Ö' | 'Ü' => 0.67,
        '0'..='9' | 'a'..='z' | '+' | '−' | '–' => 0.575,
        c if c < '\u{0300}' => 0.62,
        // Marks that stand on the letter before them.
        '\u{0300}'..='\u{036f}' | '\u{200b}'..='\u{200f}' => 0.0,
        c if c < '\u{1100}' => 0.68,
        _ => 1.0,
    }
}

/// The text in at most so many lines of this width; what is left over ends in an ellipsis.
pub fn wrap(text: &str, size: f32, bold: bool, room: f32, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        for piece in pieces(word, size, bold, room) {
            let longer = if line.is_empty() { piece.clone() } else { format!("{line} {piece}") };
            if line.is_empty() || width(&longer, size, bold) <= room {
                line = longer;
            } else {
                lines.push(std::mem::replace(&mut line, piece));
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    if lines.len() > most.max(1) {
        lines.truncate(most.max(1));
        if let Some(last) = lines.last_mut() {
            *last = clipped(last, size, bold, room);
        }
    }
    lines
}

/// As much of the text as fits with an ellipsis behind it.
fn clipped(text: &str, size: f32, bold: bool, room: f32) -> String {
    let mut text = text.to_owned();
    while !text.is_empty() && width(&format!("{text}…"), size, bold) > room {
        text.pop();
    }
    format!("{}…", text.trim_end())
}

/// A word that ends in an ellipsis where it is wider than the room.
pub fn shortened(word: &str, size: f32, room: f32) -> String {
    if width(word, size, false) <= room { word.to_owned() } else { clipped(word, size, false, room) }
}

/// A word in pieces that fit, where it is wider than the room.
fn pieces(word: &str, size: f32, bold: bool, room: f32) -> Vec<String> {
    if width(word, size, bold) <= room {
        return vec![word.to_owned()];
    }
    let mut pieces = vec![String::new()];
    for c in word.chars() {
        let last = pieces.len() - 1;
        let piece = &mut pieces[last];
        piece.push(c);
        if piece.chars().count() > 1 && width(piece, size, bold) > room {
            piece.pop();
            pieces.push(c.to_string());
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_what_is_left_over_is_marked() {
        for room in [8.0, 30.0, 70.0, 500.0] {
            for text in
                ["Customer retention and growth", "Donaudampfschifffahrtsgesellschaft", "", "日本語の言葉"]
            {
                let lines = wrap(text, LABEL, false, room, 3);
                assert!(lines.len() <= 3);
                let single = |line: &String| line.chars().count() <= 2;
                assert!(
                    lines.iter().all(|line| width(line, LABEL, false) <= room || single(line)),
                    "{lines:?}"
                );
            }
        }
        assert_eq!(wrap("one two three four", 10.0, false, 48.0, 2), ["one two", "three…"]);
    }
}
