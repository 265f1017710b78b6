//! The pictures that documents may name, given by the caller and read when first wanted; and files that mails attach as they are.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::Picture;
use crate::document::percent_decoded;

/// Pictures by the names that documents use.
#[derive(Debug, Default)]
pub struct Pictures(BTreeMap<String, Entry>);

/// No pictures at all.
pub static NO_PICTURES: Pictures = Pictures(BTreeMap::new());

#[derive(Debug)]
struct Entry {
    given: Result<Vec<u8>, String>,
    read: OnceLock<Result<Picture, String>>,
}

impl Pictures {
    /// Adds a file, or why it cannot be had. The first one of a name counts.
    pub fn add(&mut self, name: &str, file: Result<Vec<u8>, String>) {
        self.0.entry(plain(name)).or_insert_with(|| Entry { given: file, read: OnceLock::new() });
    }

    /// The file of this name as it was given.
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        self.0.get(&plain(name))?.given.as_deref().ok()
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(&plain(name))
    }

    /// The picture of this name.
    ///
    /// # Errors
    /// Why there is none, in a few words.
    pub fn get(&self, name: &str) -> Result<&Picture, String> {
        let Some(entry) = self.0.get(&plain(name)) else { return Err("there is no such file".to_owned()) };
        let read = entry.read.get_or_init(|| entry.given.clone().and_then(Picture::read));
        read.as_ref().map_err(Clone::clone)
    }
}

/// A name as its file is called: addresses of Markdown write a space as `%20`.
pub fn plain(name: &str) -> String {
    let name = name.strip_prefix("./").unwrap_or(name);
    let bytes = percent_decoded(name);
    String::from_utf8(bytes).unwrap_or_else(|_| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn names_are_those_of_files() {
        assert_eq!(plain("./a%20b.png"), "a b.png");
        assert_eq!(plain("50%.png"), "50%.png");
        assert_eq!(plain("100%+5.png"), "100%+5.png");
        assert_eq!(plain("%ff"), "%ff");
    }
}
