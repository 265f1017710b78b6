//! A server of pages for this machine alone: the loopback address, one thread a connection, and few of those.
//!
//! Standard library and a parser of request heads are enough for it: a page is asked for now and then, by one browser.

use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::pages::{Answer, MAX_HEAD, SCRIPT_TEXT, answer, index, request, with_script};
use crate::files::{MAX_TEXT, Root, WorldError, read_bytes, slashed, stamps};

/// Connections at a time.
const MOST: usize = 32;
/// How long somebody may take to ask.
const ASKING: Duration = Duration::from_secs(5);
/// After so long a browser that waits is told that somebody is there.
const BEAT: Duration = Duration::from_secs(15);
/// Folders inside the output folder.
const DEEP: usize = 8;

/// The server, as long as the program runs.
pub struct Server {
    port: u16,
    shared: Arc<Shared>,
}

struct Shared {
    out: PathBuf,
    port: u16,
    news: Mutex<News>,
    told: Condvar,
    busy: AtomicUsize,
}

/// What became of the last build.
#[derive(Clone, Default)]
struct News {
    number: u64,
    /// What was told where nothing was built.
    fault: Option<String>,
}

impl Server {
    /// Serves the files of a folder; port 0 is any that is free.
    pub fn start(out: &Path, port: u16) -> Result<Server, WorldError> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let world = |cause| WorldError::new("serve at", Path::new(&address.to_string()), cause);
        let listener = TcpListener::bind(address).map_err(world)?;
        let port = listener.local_addr().map_err(world)?.port();
        let shared = Arc::new(Shared {
            out: out.to_owned(),
            port,
            news: Mutex::default(),
            told: Condvar::new(),
            busy: AtomicUsize::new(0),
        });
        let own = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if own.busy.fetch_add(1, Ordering::Relaxed) >= MOST {
                    own.busy.fetch_sub(1, Ordering::Relaxed);
                    continue;
                }
                let shared = Arc::clone(&own);
                std::thread::spawn(move || {
                    // A browser that goes away is no failure.
                    let _ = shared.serve(stream);
                    shared.busy.fetch_sub(1, Ordering::Relaxed);
                });
            }
        });
        Ok(Server { port, shared })
    }

    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Tells all browsers that wait what became of a build: new pages, or what is wrong.
    pub fn tell(&self, fault: Option<&str>) {
        let mut news = self.shared.news();
        news.number += 1;
        news.fault = fault.map(str::to_owned);
        self.shared.told.notify_all();
    }
}

impl Shared {
    fn news(&self) -> MutexGuard<'_, News> {
        self.news.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(ASKING))?;
        stream.set_write_timeout(Some(ASKING))?;
        let mut head = Vec::new();
        let mut piece = [0; 2048];
        let asked = loop {
            let read = stream.read(&mut piece)?;
            if read == 0 {
                return Ok(());
            }
            head.extend_from_slice(&piece[..read]);
            match request(&head, self.port) {
                Ok(None) if head.len() < MAX_HEAD => {}
                Ok(None) => return Ok(()),
                Ok(Some(asked)) => break Ok(asked),
                Err(refused) => break Err(refused),
            }
        };
        let files = self.files();
        let (said, head_only) = match &asked {
            Ok(asked) => (answer(asked, &files), asked.head_only),
            Err(refused) => (refused.clone(), false),
        };
        match said {
            Answer::Changes if !head_only => self.wait(&mut stream),
            said => self.send(&mut stream, &said, head_only, &files),
        }
    }

    /// The files of the output folder as they are now, none of them a link.
    fn files(&self) -> BTreeSet<String> {
        let root = Root { links: false, ..Root::folder(&self.out, DEEP, &[]) };
        let found = stamps(&[root]).into_keys();
        found.filter_map(|path| Some(slashed(path.strip_prefix(&self.out).ok()?))).collect()
    }

    fn send(
        &self,
        stream: &mut TcpStream,
        said: &Answer,
        head_only: bool,
        files: &BTreeSet<String>,
    ) -> io::Result<()> {
        let (status, kind, body) = match said {
            Answer::File(name, kind) => match read_bytes(&self.out.join(name), MAX_TEXT) {
                Ok(bytes) if kind.starts_with("text/html") => {
                    ("200 OK", *kind, with_script(&String::from_utf8_lossy(&bytes)).into_bytes())
                }
                Ok(bytes) => ("200 OK", *kind, bytes),
                Err(_) => ("404 Not Found", "text/plain", b"it went away\n".to_vec()),
            },
            Answer::Index => ("200 OK", "text/html; charset=utf-8", with_script(&index(files)).into_bytes()),
            Answer::Script => ("200 OK", "text/javascript; charset=utf-8", SCRIPT_TEXT.into()),
            Answer::Changes => ("200 OK", "text/event-stream", Vec::new()),
            Answer::Moved(_) => ("302 Found", "text/plain", Vec::new()),
            Answer::Refused(status, why) => {
                let status = match status {
                    400 => "400 Bad Request",
                    403 => "403 Forbidden",
                    405 => "405 Method Not Allowed",
                    _ => "404 Not Found",
                };
                (status, "text/plain; charset=utf-8", format!("{why}\n").into_bytes())
            }
        };
        let mut head =
            format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{HEAD}", body.len());
        if let Answer::Moved(to) = said {
            head.push_str(&format!("Location: {to}\r\n"));
        }
        head.push_str("\r\n");
        stream.write_all(head.as_bytes())?;
        if !head_only {
            stream.write_all(&body)?;
        }
        stream.flush()
    }

    /// Holds a browser until there is something to tell it.
    fn wait(&self, stream: &mut TcpStream) -> io::Result<()> {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{HEAD}\r\n");
        stream.write_all(head.as_bytes())?;
        let mut told = self.news().clone();
        // What is wrong already is shown to a page that comes later.
        if let Some(fault) = &told.fault {
            stream.write_all(event(Some(fault)).as_bytes())?;
        }
        loop {
            let news = self.news();
            let (news, late) = self
                .told
                .wait_timeout_while(news, BEAT, |news| news.number == told.number)
                .unwrap_or_else(PoisonError::into_inner);
            let now = news.clone();
            drop(news);
            let said =
                if late.timed_out() { ": still here\n\n".to_owned() } else { event(now.fault.as_deref()) };
            told = now;
            stream.write_all(said.as_bytes())?;
            stream.flush()?;
        }
    }
}

/// What every answer says: nothing is kept, guessed, or read by other pages.
const HEAD: &str = "Connection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\
                    Cross-Origin-Resource-Policy: same-origin\r\nReferrer-Policy: no-referrer\r\n";

fn event(fault: Option<&str>) -> String {
    match fault {
        None => "event: built\ndata: 1\n\n".to_owned(),
        // JSON holds no line breaks of its own.
        Some(text) => format!("event: fault\ndata: {}\n\n", serde_json::Value::from(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(server: &Server, path: &str) -> String {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, server.port)).unwrap();
        let head = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", server.port);
        stream.write_all(head.as_bytes()).unwrap();
        let mut all = String::new();
        stream.read_to_string(&mut all).unwrap();
        all
    }

    #[test]
    fn pages_are_served_and_waiting_browsers_told() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        std::fs::create_dir_all(out.join("a")).unwrap();
        std::fs::write(folder.path().join("secret.html"), "secret").unwrap();
        std::fs::write(out.join("a/page.html"), "<body>hello</body>").unwrap();
        let server = Server::start(&out, 0).unwrap();
        assert!(server.address().starts_with("http://127.0.0.1:"));
        let page = ask(&server, "/a/page.html");
        assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.contains("hello<script src="), "{page}");
        assert!(
            ask(&server, "/").contains("302 Found")
                && ask(&server, "/").contains("Location: /a/page.html\r\n")
        );
        for path in ["/../secret.html", "/secret.html", "/%2e%2e/secret.html"] {
            let refused = ask(&server, path);
            assert!(refused.starts_with("HTTP/1.1 404") && !refused.contains("secret"), "{refused}");
        }
        // Made after the start, and served all the same.
        std::fs::write(out.join("b.html"), "new").unwrap();
        assert!(ask(&server, "/b.html").contains("new"));
        assert!(ask(&server, "/").contains("What was made"));

        server.tell(Some("error[K101]: a \"fault\"\n --> x"));
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, server.port)).unwrap();
        let head = format!(
            "GET {} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n",
            super::super::pages::CHANGES,
            server.port
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut heard = String::new();
        let mut piece = [0; 512];
        let mut until = |wanted: &str, stream: &mut TcpStream| {
            while !heard.contains(wanted) {
                let read = stream.read(&mut piece).unwrap();
                assert!(read > 0, "{heard}");
                heard.push_str(std::str::from_utf8(&piece[..read]).unwrap());
            }
        };
        until("event: fault\ndata: \"error[K101]: a \\\"fault\\\"\\n --> x\"\n\n", &mut stream);
        server.tell(None);
        until("event: built\ndata: 1\n\n", &mut stream);
    }
}
