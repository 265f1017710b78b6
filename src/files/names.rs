//! Names of files and folders that are safe on Windows, macOS and Linux, whatever was typed.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::hash::Hash;

/// Bytes of the longest name; with an ending and a mark it still fits every file system.
const MAX_NAME: usize = 100;
/// Stands where nothing usable was typed.
const UNNAMED: &str = "unnamed";

/// Any text as one file or folder name: no separators, no signs that no system takes in a name, no name that Windows keeps for a device, at most 100 bytes.
///
/// A safe name is its own safe name.
pub fn safe_name(text: &str) -> String {
    let mut name = String::with_capacity(text.len().min(MAX_NAME));
    for c in text.chars() {
        if name.len() > 2 * MAX_NAME {
            break;
        }
        if is_safe(c) {
            name.push(c);
        } else if !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = cut(trim(&name), MAX_NAME);
    if name.is_empty() {
        return UNNAMED.to_owned();
    }
    if is_device(name) {
        return cut(&format!("_{name}"), MAX_NAME).to_owned();
    }
    name.to_owned()
}

fn is_safe(c: char) -> bool {
    let invisible = matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{e007f}'
    );
    // The last group is what a web address reads as something else.
    !c.is_control()
        && !invisible
        && (c == ' ' || !c.is_whitespace())
        && !matches!(c, '/' | '\\' | '<' | '>' | ':' | '"' | '|' | '?' | '*' | '#' | '%')
}

/// Dots and spaces at the end vanish on Windows, dots at the start hide a file, and a dash at the start
/// looks like an option.
fn trim(name: &str) -> &str {
    name.trim_matches(['.', ' ', '-'])
}

/// At most so many bytes, and no loose end.
fn cut(name: &str, most: usize) -> &str {
    let mut end = name.len().min(most);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    trim(&name[..end])
}

/// Names that Windows keeps for devices, with any ending.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_uppercase();
    match stem.as_str() {
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" | "CLOCK$" => true,
        _ => {
            let number = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT")).unwrap_or("");
            let mut digits = number.chars();
            matches!((digits.next(), digits.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
        }
    }
}

/// Gives every text of a run a name of its own, told apart without regard to case.
///
/// The same texts in the same order get the same names.
#[derive(Clone, Debug, Default)]
pub struct SafeNames {
    /// Hashes, since a run may have very many names.
    taken: HashSet<u128>,
    /// The mark last used for each name.
    marks: HashMap<u128, usize>,
}

impl SafeNames {
    /// The safe name, with `-2`, `-3` behind where it is taken.
    pub fn unique(&mut self, text: &str) -> String {
        self.unique_in("", text)
    }

    /// The same for a name in a folder, given by its path: names of different folders may be alike.
    pub fn unique_in(&mut self, folder: &str, text: &str) -> String {
        let key = |name: &str| Hash::of_parts([folded(folder).as_bytes(), folded(name).as_bytes()]).short();
        let name = safe_name(text);
        let own = key(&name);
        if self.taken.insert(own) {
            return name;
        }
        let mut mark = self.marks.get(&own).copied().unwrap_or(1);
        loop {
            mark += 1;
            let behind = format!("-{mark}");
            let marked = format!("{}{behind}", cut(&name, MAX_NAME - behind.len()));
            if self.taken.insert(key(&marked)) {
                self.marks.insert(own, mark);
                return marked;
            }
        }
    }
}

/// What a file system takes for the same name that tells apart neither case nor the ways to write an accent.
fn folded(name: &str) -> String {
    let folded: String = name.nfkc().collect();
    folded.to_uppercase().to_lowercase().nfkc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::path::{Component, Path};

    #[test]
    fn any_text_becomes_a_safe_name() {
        for (text, name) in [
            ("northwind", "northwind"),
            ("Müller & Söhne", "Müller & Söhne"),
            ("../../etc/passwd", "etc-passwd"),
            ("c:\\windows", "c-windows"),
            ("con", "_con"),
            ("Nul.txt", "_Nul.txt"),
            ("COM¹", "_COM¹"),
            ("lpt1 .md", "_lpt1 .md"),
            ("COM10", "COM10"),
            ("console", "console"),
            ("...", "unnamed"),
            ("", "unnamed"),
            ("-rf", "rf"),
            ("a. ", "a"),
            ("a\u{202e}txt.exe", "a-txt.exe"),
            (
                "# x <script>alert(1)</script> {{ 7*7 }} [a](javascript:alert(1)) | ../../etc/passwd",
                "x -script-alert(1)-script- {{ 7-7 }} [a](javascript-alert(1)) - ..-..-etc-passwd",
            ),
        ] {
            assert_eq!(safe_name(text), name, "{text}");
        }
        assert_eq!(safe_name(&"é".repeat(80)), "é".repeat(50));
    }

    #[test]
    fn names_are_told_apart_without_regard_to_case() {
        let mut names = SafeNames::default();
        let made: Vec<String> = ["a", "A", "a", "a-2", "a/", "ß", "SS", "\u{e9}", "e\u{301}"]
            .iter()
            .map(|text| names.unique(text))
            .collect();
        assert_eq!(made, ["a", "A-2", "a-3", "a-2-2", "a-4", "ß", "SS-2", "\u{e9}", "e\u{301}-2"]);
        // Folders have names of their own, told apart the same way.
        assert_eq!(["x", "y", "X"].map(|folder| names.unique_in(folder, "b")), ["b", "b", "b-2"]);
        let long = "x".repeat(120);
        names.unique(&long);
        assert_eq!(names.unique(&long), format!("{}-2", "x".repeat(98)));
    }

    fn is_inside(name: &str) -> bool {
        let path = Path::new(name);
        matches!(path.components().collect::<Vec<_>>().as_slice(), [Component::Normal(_)])
    }

    proptest! {
        #[test]
        fn a_name_never_leaves_its_folder_and_is_its_own_safe_name(text in "\\PC*|[./\\\\: a-c\\-]{0,12}|(?s).{0,150}") {
            let name = safe_name(&text);
            prop_assert!(is_inside(&name));
            prop_assert!(!is_device(&name));
            prop_assert!((1..=MAX_NAME).contains(&name.len()));
            prop_assert!(name.chars().all(is_safe));
            prop_assert!(!name.starts_with(['.', ' ', '-']) && !name.ends_with(['.', ' ']));
            prop_assert_eq!(safe_name(&name), name);
        }

        #[test]
        fn names_of_a_run_differ(texts in proptest::collection::vec("[aA.\\-2]{0,4}|con|CON|_con", 0..40)) {
            let mut names = SafeNames::default();
            let made: Vec<String> = texts.iter().map(|text| names.unique(text)).collect();
            let different: HashSet<String> = made.iter().map(|name| folded(name)).collect();
            prop_assert_eq!(different.len(), made.len());
            prop_assert!(made.iter().all(|name| is_inside(name) && !is_device(name)));
        }
    }
}
