//! Being told by the system that something was saved. Where it does not tell, as on some network drives, looking
//! now and then finds it all the same.

use std::path::PathBuf;
use std::sync::mpsc::Sender;

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::Word;

/// Folders that are watched.
pub struct Notice {
    watcher: Option<RecommendedWatcher>,
    watched: Vec<(PathBuf, bool)>,
}

impl Notice {
    pub fn new(words: Sender<Word>) -> Notice {
        let told = move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| !is_reading(event.kind)) {
                let _ = words.send(Word::Saved);
            }
        };
        Notice { watcher: notify::recommended_watcher(told).ok(), watched: Vec::new() }
    }

    /// Watches these folders from now on, and no others: one that was removed and made again is another one.
    pub fn watch(&mut self, folders: Vec<(PathBuf, bool)>) {
        let Some(watcher) = &mut self.watcher else { return };
        for (path, _) in &self.watched {
            let _ = watcher.unwatch(path);
        }
        for (path, deep) in &folders {
            let mode = if *deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            let _ = watcher.watch(path, mode);
        }
        self.watched = folders;
    }
}

/// Whether nothing was changed: a build itself opens and closes what it reads.
fn is_reading(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        EventKind::Access(_) => true,
        _ => false,
    }
}
