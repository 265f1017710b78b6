//! What stands on the screen between two builds.

use std::time::Duration;

use crate::cli::exit::Exit;

/// Lines of a build's own result that are shown.
const SHOWN: usize = 12;
/// Clears a terminal and its scroll-back, so that nothing old is taken for new.
pub const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

/// One build, and what it is about.
pub struct Frame<'a> {
    /// `answers/a.yaml → output`
    pub title: &'a str,
    /// Where the pages are served.
    pub address: Option<&'a str>,
    /// What was saved; empty for the first build.
    pub changed: &'a str,
    /// What the build told.
    pub told: &'a str,
    /// What it made, a line each.
    pub made: &'a str,
    pub end: Option<Exit>,
    pub took: Duration,
    pub out: &'a str,
}

/// All of it as text.
pub fn frame(frame: &Frame<'_>) -> String {
    let mut out = format!("watching {} (Ctrl-C ends)\n", frame.title);
    if let Some(address) = frame.address {
        out.push_str(&format!("pages at {address}\n"));
    }
    if !frame.changed.is_empty() {
        out.push_str(&format!("saved: {}\n", frame.changed));
    }
    out.push('\n');
    let told = frame.told.trim_end();
    if !told.is_empty() {
        out.push_str(&format!("{told}\n\n"));
    }
    let made: Vec<&str> = frame.made.lines().collect();
    let shown = if made.len() > SHOWN + 1 { SHOWN } else { made.len() };
    made[..shown].iter().for_each(|line| out.push_str(&format!("{line}\n")));
    if made.len() > shown {
        out.push_str(&format!("… and {} more\n", made.len() - shown));
    }
    if !made.is_empty() {
        out.push('\n');
    }
    let took = format!("{}.{:02} s", frame.took.as_secs(), frame.took.subsec_millis() / 10);
    out.push_str(&match frame.end {
        Some(Exit::Done) => format!("built in {took}\n"),
        Some(Exit::SomeRefused) => format!("built in {took}, without those refused\n"),
        _ => format!("not built ({took}): what stands in `{}` is what was made last\n", frame.out),
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_stand_in_place_and_the_end_says_what_holds() {
        let first = Frame {
            title: "a.yaml → output",
            address: None,
            changed: "",
            told: "",
            made: "output/a/playbook.html\n",
            end: Some(Exit::Done),
            took: Duration::from_millis(312),
            out: "output",
        };
        assert_eq!(
            frame(&first),
            "watching a.yaml → output (Ctrl-C ends)\n\noutput/a/playbook.html\n\nbuilt in 0.31 s\n"
        );
        let wrong = Frame {
            address: Some("http://127.0.0.1:4000/"),
            changed: "rules/p/pack.yaml",
            told: "error[K101]: …\n --> rules/p/pack.yaml:3:1\n\n1 error\n",
            made: "",
            end: Some(Exit::Faults),
            ..first
        };
        assert_eq!(
            frame(&wrong),
            "watching a.yaml → output (Ctrl-C ends)\npages at http://127.0.0.1:4000/\nsaved: rules/p/pack.yaml\n\n\
             error[K101]: …\n --> rules/p/pack.yaml:3:1\n\n1 error\n\n\
             not built (0.31 s): what stands in `output` is what was made last\n"
        );
        let many: String = (0..20).map(|at| format!("output/{at}\n")).collect();
        let shown = frame(&Frame { made: &many, end: Some(Exit::SomeRefused), ..wrong });
        assert!(
            shown.contains("output/11\n… and 8 more\n\nbuilt in 0.31 s, without those refused\n"),
            "{shown}"
        );
        assert!(frame(&Frame { end: None, made: "", ..first }).contains("not built"));
    }
}
