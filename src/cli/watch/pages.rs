//! What a browser is answered: pages of the output folder and nothing else, with a script that loads them again.
//!
//! A request names one of the files that were found, or it names nothing: no path is ever put together from it.

use std::collections::BTreeSet;

use crate::document::percent_decoded;
use crate::render::html::attribute;

/// The script that waits for the next build.
pub const SCRIPT: &str = "/~kitwright/reload.js";
/// Where it waits.
pub const CHANGES: &str = "/~kitwright/changes";
/// Bytes of a request's head.
pub const MAX_HEAD: usize = 16 * 1024;
const MAX_FIELDS: usize = 64;
/// What is served, with its media type. Pages first, which are listed before the others.
const KINDS: [(&str, &str); 10] = [
    ("html", "text/html; charset=utf-8"),
    ("pdf", "application/pdf"),
    ("md", "text/plain; charset=utf-8"),
    ("csv", "text/plain; charset=utf-8"),
    ("json", "text/plain; charset=utf-8"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("ics", "text/plain; charset=utf-8"),
    ("eml", "text/plain; charset=utf-8"),
];

/// Loads the page again after a build, and shows what is wrong above it.
pub const SCRIPT_TEXT: &str = "\
const changes = new EventSource('/~kitwright/changes');
let shown = null;
changes.addEventListener('built', () => location.reload());
changes.addEventListener('fault', (event) => {
  if (!shown) {
    shown = document.createElement('pre');
    shown.setAttribute('role', 'alert');
    document.body.prepend(shown);
  }
  shown.textContent = JSON.parse(event.data);
});
";

/// What a request is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A file of the output folder, by its name there.
    File(String, &'static str),
    /// The list of all pages.
    Index,
    /// The only page there is.
    Moved(String),
    Script,
    Changes,
    /// A status, and why.
    Refused(u16, &'static str),
}

/// A request as far as it matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub head_only: bool,
    path: String,
}

/// Reads the head of a request that came in at a port; none where more of it is to come.
///
/// # Errors
/// The answer to one that is not served.
pub fn request(bytes: &[u8], port: u16) -> Result<Option<Request>, Answer> {
    let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
    let mut head = httparse::Request::new(&mut fields);
    match head.parse(bytes) {
        Ok(httparse::Status::Complete(_)) => {}
        Ok(httparse::Status::Partial) if bytes.len() < MAX_HEAD => return Ok(None),
        _ => return Err(Answer::Refused(400, "this is no request that is understood here")),
    }
    let mut hosts = head.headers.iter().filter(|field| field.name.eq_ignore_ascii_case("host"));
    let host = hosts.next().map_or(&b""[..], |field| field.value);
    // A page elsewhere may lead its own name to this address, and must not read what is served here.
    let ending = format!(":{port}");
    let name = match host.strip_suffix(ending.as_bytes()) {
        // Clients leave out the port that the web has by itself.
        None if port == 80 => host,
        name => name.unwrap_or_default(),
    };
    if hosts.next().is_some() || !matches!(name, b"127.0.0.1" | b"localhost") {
        return Err(Answer::Refused(403, "only this machine's own address is served"));
    }
    let head_only = match head.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Err(Answer::Refused(405, "pages are only read here")),
    };
    let path = head.path.unwrap_or("/");
    let path = path.split(['?', '#']).next().unwrap_or("/");
    let path = String::from_utf8_lossy(&percent_decoded(path)).into_owned();
    Ok(Some(Request { head_only, path }))
}

/// The address of a file of the output folder.
pub fn address(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let sign = |byte: u8| if plain(byte) { (byte as char).to_string() } else { format!("%{byte:02X}") };
    format!("/{}", name.bytes().map(sign).collect::<String>())
}

/// The answer to a request; `files` are those of the output folder, with slashes between.
pub fn answer(request: &Request, files: &BTreeSet<String>) -> Answer {
    match request.path.as_str() {
        "/" => {
            let mut pages = files.iter().filter(|name| name.ends_with(".html"));
            match (pages.next(), pages.next()) {
                (Some(only), None) => Answer::Moved(address(only)),
                _ => Answer::Index,
            }
        }
        SCRIPT => Answer::Script,
        CHANGES => Answer::Changes,
        path => {
            let found = path.strip_prefix('/').and_then(|name| files.get(name));
            match found.and_then(|name| Some((name, kind(name)?))) {
                Some((name, kind)) => Answer::File(name.clone(), kind),
                None => Answer::Refused(404, "no such page was made"),
            }
        }
    }
}

/// The media type of a file; none where it is not served.
fn kind(name: &str) -> Option<&'static str> {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    KINDS.iter().find(|(own, _)| *own == ending).map(|(_, kind)| *kind)
}

/// A page as it is served: it may load the script, which stands in no file.
pub fn with_script(page: &str) -> String {
    let page = page.replacen(
        "content=\"default-src 'none';",
        "content=\"default-src 'none'; script-src 'self'; connect-src 'self';",
        1,
    );
    let script = format!("<script src=\"{SCRIPT}\" defer></script>\n");
    match page.rfind("</body>") {
        Some(at) => format!("{}{script}{}", &page[..at], &page[at..]),
        None => page + &script,
    }
}

/// The list of what there is to be seen, pages first.
pub fn index(files: &BTreeSet<String>) -> String {
    let rank = |name: &str| KINDS.iter().position(|(own, _)| name.ends_with(&format!(".{own}")));
    let mut all: Vec<(usize, &String)> = files.iter().filter_map(|name| Some((rank(name)?, name))).collect();
    all.sort();
    let items: String = all
        .iter()
        .map(|(_, name)| format!("<li><a href=\"{}\">{}</a></li>\n", address(name), attribute(name)))
        .collect();
    let body = match items.is_empty() {
        true => "<p>Nothing is made yet.</p>\n".to_owned(),
        false => format!("<ul>\n{items}</ul>\n"),
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>What was made</title>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <style>body {{ font: 1rem/1.6 sans-serif; margin: 2rem auto; max-width: 40rem; padding: 0 1rem }}</style>\n\
         </head>\n<body>\n<h1>What was made</h1>\n{body}</body>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> BTreeSet<String> {
        ["northwind/playbook.html", "northwind/playbook.pdf", "über uns/a&b.html", "manifest.json", "kit.zip"]
            .map(str::to_owned)
            .into()
    }

    fn get(path: &str) -> Answer {
        asked(&format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:4000\r\n\r\n"))
    }

    fn asked(head: &str) -> Answer {
        match request(head.as_bytes(), 4000) {
            Ok(Some(request)) => answer(&request, &files()),
            Ok(None) => panic!("more of it is wanted: {head:?}"),
            Err(answer) => answer,
        }
    }

    #[test]
    fn what_was_made_is_served() {
        let page = |name: &str| Answer::File(name.to_owned(), "text/html; charset=utf-8");
        assert_eq!(get("/northwind/playbook.html"), page("northwind/playbook.html"));
        assert_eq!(get("/northwind/playbook.html?x=1"), page("northwind/playbook.html"));
        assert_eq!(get("/%C3%BCber%20uns/a%26b.html"), page("über uns/a&b.html"));
        assert_eq!(address("über uns/a&b.html"), "/%C3%BCber%20uns/a%26b.html");
        assert_eq!(
            get("/northwind/playbook.pdf"),
            Answer::File("northwind/playbook.pdf".to_owned(), "application/pdf")
        );
        assert_eq!(get("/"), Answer::Index);
        assert_eq!((get(SCRIPT), get(CHANGES)), (Answer::Script, Answer::Changes));
        let one: BTreeSet<String> = ["a/b c.html".to_owned()].into();
        let root = Request { head_only: false, path: "/".to_owned() };
        assert_eq!(answer(&root, &one), Answer::Moved("/a/b%20c.html".to_owned()));
    }

    #[test]
    fn nothing_outside_the_output_folder_is() {
        let none = Answer::Refused(404, "no such page was made");
        for path in [
            "/../secret.html",
            "/northwind/../../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "//etc/passwd",
            "/northwind",
            "/northwind/",
            "/northwind//playbook.html",
            "/./northwind/playbook.html",
            "/northwind%5cplaybook.html",
            "/northwind/playbook.html%00.pdf",
            "/.kitwright/record",
            "/kit.zip",
            "/%",
            "/%zz",
            "/%+1",
            "*",
        ] {
            assert_eq!(get(path), none, "{path}");
        }
    }

    #[test]
    fn only_this_machine_asks() {
        let refused = |answer: Answer| match answer {
            Answer::Refused(status, _) => status,
            other => panic!("{other:?}"),
        };
        let with = |fields: &str| refused(asked(&format!("GET / HTTP/1.1\r\n{fields}\r\n")));
        assert_eq!(with("Host: evil.example\r\n"), 403);
        assert_eq!(with("Host: 127.0.0.1:4001\r\n"), 403);
        assert_eq!(with(""), 403);
        assert_eq!(with("Host: localhost:4000\r\nHost: evil.example\r\n"), 403);
        assert_eq!(refused(asked("POST / HTTP/1.1\r\nHost: localhost:4000\r\n\r\n")), 405);
        assert_eq!(refused(asked("nothing of the kind\r\n\r\n")), 400);
        assert_eq!(asked("HEAD /x HTTP/1.1\r\nhost: localhost:4000\r\n\r\n"), get("/x"));
        let at_80 =
            |host: &str| request(format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes(), 80).is_ok();
        assert_eq!(
            ["localhost", "127.0.0.1:80", "127.0.0.1:81", "evil.example"].map(at_80),
            [true, true, false, false]
        );
        assert_eq!(request(b"GET / HT", 4000), Ok(None));
        let long = format!("GET /{} HTTP/1.1\r\n", "x".repeat(MAX_HEAD));
        assert!(request(long.as_bytes(), 4000).is_err());
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(MAX_FIELDS + 1));
        assert!(request(many.as_bytes(), 4000).is_err());
    }

    #[test]
    fn the_script_goes_into_the_page_that_is_served() {
        let page = include_str!("../../../templates/page.html");
        let served = with_script(page);
        assert!(
            served.contains("default-src 'none'; script-src 'self'; connect-src 'self'; style-src"),
            "{served}"
        );
        let script = "<script src=\"/~kitwright/reload.js\" defer></script>\n</body>";
        assert!(served.contains(script) && !page.contains("<script"), "{served}");
        assert!(with_script("bare").ends_with("</script>\n"));
    }

    #[test]
    fn the_list_is_inert_and_leads_to_pages_first() {
        let mut files = files();
        files.insert("<b>\"/x.html".to_owned());
        let list = index(&files);
        let order: Vec<usize> =
            ["%3Cb%3E%22/x.html", "northwind/playbook.html", "a%26b.html", "playbook.pdf", "manifest.json"]
                .iter()
                .map(|part| list.find(part).unwrap_or_else(|| panic!("{part}\n{list}")))
                .collect();
        assert!(order.is_sorted(), "{list}");
        assert!(
            list.contains("&lt;b&gt;&quot;/x.html") && !list.contains("<b>") && !list.contains("kit.zip")
        );
        assert!(index(&BTreeSet::new()).contains("Nothing is made yet."));
    }
}
