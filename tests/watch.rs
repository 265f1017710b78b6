//! The real `watch`: saves as editors make them, slips and their mends, folders that go and come back, Ctrl-C.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const PACK: &str = "pack: { id: small, version: 1.0.0, format: 1, title: Small, language: en }
areas: { only: { title: Only } }
scales: { s: { from: 1, to: 5 } }
questions: { q: { area: only, scale: s, question: \"Q?\" } }
rules:
  - { id: low, title: T, why: W, when: answer.q <= 2, prescribe: [x], severity: low }
prescriptions: { x: { area: only, title: X, do: [X.], effort: 1, impact: 1, horizon: 30 } }
";
/// Long enough for a machine that is busy with other tests; nothing waits for it to pass.
const DEADLINE: Duration = Duration::from_secs(60);

/// A program that watches, ended where the test ends.
struct Watching {
    child: Child,
    said: Arc<Mutex<String>>,
    folder: TempDir,
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Watching {
    fn start(args: &[&str]) -> Watching {
        let folder = TempDir::new().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["rules/small", "templates", "answers"] {
            fs::create_dir_all(at(name)).unwrap();
        }
        fs::write(at("rules/small/pack.yaml"), PACK).unwrap();
        fs::write(at("templates/letter.md"), template("first")).unwrap();
        fs::write(at("answers/a.yaml"), "respondent: ann\nanswers: { q: 1 }\n").unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_kitwright"))
            .args(["watch", "answers/a.yaml", "--document", "letter", "--format", "md,html"])
            .args(args)
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let said: Arc<Mutex<String>> = Arc::default();
        let (mut stream, own) = (child.stdout.take().unwrap(), Arc::clone(&said));
        std::thread::spawn(move || {
            let mut piece = [0; 4096];
            while let Ok(read @ 1..) = stream.read(&mut piece) {
                own.lock().unwrap().push_str(&String::from_utf8_lossy(&piece[..read]));
            }
        });
        let watching = Watching { child, said, folder };
        watching.until("built in ");
        watching
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn letter(&self) -> String {
        fs::read_to_string(self.at("output/ann/letter.md")).unwrap_or_default()
    }

    /// Waits until something was said since it was asked last, and gives what that was.
    fn until(&self, wanted: &str) -> String {
        wait(wanted, || {
            let mut said = self.said.lock().unwrap();
            let end = said.find(wanted).and_then(|at| Some(at + said[at..].find('\n')? + 1))?;
            Some(said.drain(..end).collect())
        })
    }

    fn until_letter(&self, wanted: &str) {
        wait(wanted, || self.letter().contains(wanted).then_some(()));
    }
}

fn wait<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(began.elapsed() < DEADLINE, "nothing came of waiting for {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn template(word: &str) -> String {
    format!("---\nfor: respondent\ntitle: Letter\n---\n\nThe {word} letter to {{{{ respondent.name }}}}.\n")
}

/// As many editors save: written beside, then put in its place.
fn save(path: &Path, text: &str) {
    let beside = path.with_extension("tmp~");
    fs::write(&beside, text).unwrap();
    fs::rename(&beside, path).unwrap();
}

#[test]
fn saves_are_built_and_slips_shown_until_they_are_mended() {
    let watching = Watching::start(&[]);
    assert!(watching.letter().contains("The first letter to ann."), "{}", watching.letter());

    save(&watching.at("templates/letter.md"), &template("second"));
    watching.until_letter("The second letter");
    let said = watching.until("built in ");
    assert!(said.contains("saved: templates/letter.md\n"), "{said}");

    // Half a save and a slip: told at their place, and what was made last stays.
    for (slip, told) in [
        (&PACK[..PACK.len() - 60], " --> rules/small/pack.yaml:7:"),
        (&PACK.replace("answer.q <= 2", "answer.qq <= 2"), " --> rules/small/pack.yaml:6:47\n"),
    ] {
        fs::write(watching.at("rules/small/pack.yaml"), slip).unwrap();
        let said = watching.until("not built (");
        assert!(said.contains(told) && said.contains("error[K"), "{said}");
        assert!(watching.letter().contains("The second letter"));
    }
    save(&watching.at("rules/small/pack.yaml"), PACK);
    watching.until("built in ");

    // A folder that goes and comes back, and answers that do.
    fs::rename(watching.at("answers"), watching.at("elsewhere")).unwrap();
    let said = watching.until("not built (");
    assert!(said.contains("error: cannot read answers/a.yaml"), "{said}");
    fs::rename(watching.at("elsewhere"), watching.at("answers")).unwrap();
    watching.until("built in ");
    fs::rename(watching.at("rules"), watching.at("elsewhere")).unwrap();
    let said = watching.until("not built (");
    assert!(said.contains("stands in, as there is no folder `rules` here\n"), "{said}");
    fs::rename(watching.at("elsewhere"), watching.at("rules")).unwrap();
    watching.until("built in ");
    save(&watching.at("answers/a.yaml"), "respondent: ann\nname: Ann Lee\nanswers: { q: 1 }\n");
    watching.until_letter("The second letter to Ann Lee.");
}

#[test]
fn pages_load_again_and_stay_as_they_are_on_the_disk() {
    let watching = Watching::start(&["--port", "0"]);
    let said = {
        save(&watching.at("templates/letter.md"), &template("served"));
        watching.until("built in ")
    };
    let address =
        said.split("pages at http://").nth(1).and_then(|rest| rest.split('/').next()).unwrap().to_owned();
    let ask = |path: &str| {
        let mut stream = TcpStream::connect(&address).unwrap();
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
        stream
    };
    let whole = |path: &str| {
        let mut text = String::new();
        ask(path).read_to_string(&mut text).unwrap();
        text
    };
    assert!(whole("/").contains("Location: /ann/letter.html\r\n"));
    let page = whole("/ann/letter.html");
    assert!(page.contains("The served letter") && page.contains("reload.js"), "{page}");
    assert!(!fs::read_to_string(watching.at("output/ann/letter.html")).unwrap().contains("<script"));
    assert!(whole("/../answers/a.yaml").starts_with("HTTP/1.1 404"));

    let mut waiting = ask("/~kitwright/changes");
    let mut heard = String::new();
    let mut hear = |wanted: &str| {
        let mut piece = [0; 512];
        while !heard.contains(wanted) {
            let read = waiting.read(&mut piece).unwrap();
            assert!(read > 0, "{heard}");
            heard.push_str(&String::from_utf8_lossy(&piece[..read]));
        }
    };
    hear("text/event-stream");
    fs::write(watching.at("answers/a.yaml"), "respondent: ann\nanswers: { q: 9 }\n").unwrap();
    hear("event: fault\ndata: \"error[K702]: `9` is no answer to `q`\\n");
    fs::write(watching.at("answers/a.yaml"), "respondent: ann\nanswers: { q: 3 }\n").unwrap();
    hear("event: built\n");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_cleanly() {
    let mut watching = Watching::start(&[]);
    let id = watching.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let ended = wait("its end", || watching.child.try_wait().unwrap());
    assert_eq!(ended.code(), Some(0));
    let left: Vec<_> = fs::read_dir(watching.at("output/.kitwright"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("tmp"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}
