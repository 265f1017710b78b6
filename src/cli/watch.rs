//! `watch`: builds again whenever something is saved that papers are made of, until Ctrl-C.
//!
//! What the system tells of saves only wakes it; what is built again is decided by how the files look then.

mod notice;
mod pages;
mod plan;
mod screen;
mod serve;

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::args::{Build, Watch};
use super::build;
use super::console::Console;
use super::exit::Exit;
use crate::check::pages as checks;
use crate::diag::report::Form;
use crate::files::{MAX_STAMPS, Stamp, WorldError, is_folder, slashed, stamps};
use notice::Notice;
use screen::{CLEAR, Frame, frame};
use serve::Server;

/// How often it looks by itself.
const LOOK: Duration = Duration::from_secs(1);

/// How often it asks whether Ctrl-C was pressed.
const GLANCE: Duration = Duration::from_millis(50);

/// What wakes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Saved,
    Stop,
}

pub fn run(args: &Watch, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    let (send, words) = mpsc::channel();
    stop_when_told(send.clone());
    // Of a cohort only those are made again whose answers are others, where nothing else is.
    let build = &Build { resume: true, ..args.build.clone() };
    let server = match args.port.or(args.open.then_some(0)) {
        Some(port) => Some(Server::start(&build.out, port)?),
        None => None,
    };
    let roots = plan::roots(build);
    let look = || plan::without_output(stamps(&roots), &build.out);
    let mut notice = Notice::new(send);
    notice.watch(plan::folders(&roots, &is_folder));
    let mut watching = Watching { build, server: server.as_ref(), console };
    let mut seen: Option<BTreeMap<PathBuf, Stamp>> = None;
    loop {
        let now = look();
        let changes = seen.as_ref().map(|before| plan::changed(before, &now));
        if changes.as_ref().is_none_or(|changes| !changes.is_empty()) {
            if changes.is_some() {
                notice.watch(plan::folders(&roots, &is_folder));
            }
            let full = now.len() >= MAX_STAMPS;
            seen = Some(now);
            watching.again(&changes.clone().unwrap_or_default(), full)?;
            if changes.is_none()
                && args.open
                && let Some(server) = &server
            {
                open(&server.address());
            }
        }
        if wait(&words) == Word::Stop {
            watching.console.tell("");
            return Ok(Exit::Done);
        }
    }
}

/// Ends the loop at Ctrl-C, behind a build that goes on; a second one does not wait for that.
fn stop_when_told(words: Sender<Word>) {
    let told = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // Where nothing can be registered, the signal ends the program as any other.
        let _ = flag::register_conditional_shutdown(signal, 130, Arc::clone(&told));
        let _ = flag::register(signal, Arc::clone(&told));
    }
    std::thread::spawn(move || {
        while !told.load(Ordering::Relaxed) {
            std::thread::sleep(GLANCE);
        }
        let _ = words.send(Word::Stop);
    });
}

/// Waits until something may have been saved, and for silence behind it.
fn wait(words: &Receiver<Word>) -> Word {
    match words.recv_timeout(LOOK) {
        Ok(Word::Stop) => return Word::Stop,
        Ok(Word::Saved) => {}
        Err(RecvTimeoutError::Timeout) => return Word::Saved,
        Err(RecvTimeoutError::Disconnected) => {
            std::thread::sleep(LOOK);
            return Word::Saved;
        }
    }
    let first = Instant::now();
    let mut last = first;
    while let Some(left) = plan::patience(first.elapsed(), last.elapsed()) {
        match words.recv_timeout(left) {
            Ok(Word::Stop) => return Word::Stop,
            Ok(Word::Saved) => last = Instant::now(),
            Err(_) => {}
        }
    }
    Word::Saved
}

struct Watching<'a, 'w> {
    build: &'a Build,
    server: Option<&'a Server>,
    console: &'a mut Console<'w>,
}

impl Watching<'_, '_> {
    /// Builds, and shows what came of it in the place of what stood there. `full` is whether more is watched than can be.
    fn again(&mut self, changes: &[PathBuf], full: bool) -> Result<(), WorldError> {
        let began = Instant::now();
        let (mut made, mut told) = (Vec::new(), Vec::new());
        let mut inner = Console::new(&mut made, &mut told);
        inner.colour = self.console.colour;
        inner.quiet = self.console.quiet;
        inner.form = self.console.form;
        inner.command.clone_from(&self.console.command);
        let end = match build::run(self.build, &mut inner) {
            Ok(exit) => Some(exit),
            Err(error) => {
                inner.fault(&error.to_string(), &[]);
                None
            }
        };
        let finished = inner.finish(&checks(), end.is_some());
        let end = end.filter(|_| finished.is_ok());
        if full {
            told.extend(format!("only {MAX_STAMPS} files are watched, and there are more\n").bytes());
        }
        let (made, told) = (String::from_utf8_lossy(&made), String::from_utf8_lossy(&told));
        let is_built = matches!(end, Some(Exit::Done | Exit::SomeRefused));
        if let Some(server) = self.server {
            server.tell(Some(plain(&told)).filter(|_| !is_built).as_deref());
        }
        if self.console.form != Form::Human {
            self.console.text(&made)?;
            self.console.tell(told.trim_end());
            return self.console.flush();
        }
        if std::io::stdout().is_terminal() {
            self.console.text(CLEAR)?;
        }
        let build = self.build;
        let answers: Vec<String> = build.from.answers.iter().map(|path| slashed(path)).collect();
        let out = slashed(&build.out);
        let address = self.server.map(Server::address);
        let shown = frame(&Frame {
            title: &format!("{} → {out}", answers.join(", ")),
            address: address.as_deref(),
            changed: &plan::named(changes),
            told: &told,
            made: &made,
            end,
            took: began.elapsed(),
            out: &out,
        });
        self.console.text(&shown)?;
        self.console.flush()
    }
}

/// A text without the colours of a terminal.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for (at, piece) in text.split("\x1b[").enumerate() {
        let end = piece.find(|c: char| c.is_ascii_alphabetic()).filter(|_| at > 0);
        out.push_str(end.map_or(piece, |end| &piece[end + 1..]));
    }
    out
}

/// Shows an address in the browser of this machine; where there is none, the address stands on the screen.
fn open(address: &str) {
    let (program, args): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("rundll32", &["url.dll,FileProtocolHandler"]),
        _ => ("xdg-open", &[]),
    };
    use std::process::{Command, Stdio};
    let mut command = Command::new(program);
    command.args(args).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Ok(mut child) = command.spawn() {
        std::thread::spawn(move || drop(child.wait()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_for_terminals_alone() {
        assert_eq!(plain("\x1b[1m\x1b[91merror\x1b[0m: a\n"), "error: a\n");
        assert_eq!(plain("a [b]"), "a [b]");
    }

    #[test]
    fn a_save_wakes_it_and_ctrl_c_ends_it_at_once() {
        let (send, words) = mpsc::channel();
        send.send(Word::Saved).unwrap();
        send.send(Word::Saved).unwrap();
        assert_eq!(wait(&words), Word::Saved);
        send.send(Word::Saved).unwrap();
        send.send(Word::Stop).unwrap();
        assert_eq!(wait(&words), Word::Stop);
    }
}
