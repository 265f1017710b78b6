//! Days as people write them in files and on the command line.

use jiff::civil::Date;

/// Reads `YYYY-MM-DD`.
pub fn date(text: &str) -> Option<Date> {
    let shape = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    if shape { text.parse().ok() } else { None }
}
