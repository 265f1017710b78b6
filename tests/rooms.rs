//! A room uses rooms below it only: data climbs one way. The floors are those of ARCHITECTURE.md.

use std::path::Path;

/// From the ground up; rooms of one floor do not know each other.
const FLOORS: &[&[&str]] = &[
    &["source", "builtin"],
    &["diag", "document", "files", "theme"],
    &["model", "yaml"],
    &["quantity", "markdown", "schema", "tables"],
    &["logic", "pack", "answers", "render", "workbook"],
    &["values", "import", "brand"],
    &["cells"],
    &["check", "fmt"],
    &["engine"],
    &["explain", "tally", "wording"],
    &["compose", "export", "form"],
    &["kit"],
    &["bulk", "cohort", "prove", "diff", "interview"],
    &["cli"],
];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// Every Rust file below a folder.
fn files(folder: &Path, out: &mut Vec<std::path::PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
}

/// The code of a file without its tests, which may build what they need from anywhere: those in the file end it, those in
/// one of their own are a line of it.
fn code(text: &str) -> String {
    let mut parts = text.split("#[cfg(test)]\nmod ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('\n').unwrap_or((part, ""));
        if !name.ends_with(';') {
            break;
        }
        out.push_str(rest);
    }
    out
}

/// Files that hold nothing but tests or what they are made of.
fn serves_tests(path: &Path) -> bool {
    path.components().any(|part| {
        let name = part.as_os_str().to_str().unwrap_or_default().trim_end_matches(".rs");
        ["tests", "support", "fixture", "laws"].contains(&name)
    })
}

fn room_of(path: &Path) -> String {
    let inside = path.strip_prefix("src").unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn rooms_use_lower_floors_only() {
    let mut all = Vec::new();
    files(Path::new("src"), &mut all);
    let mut wrong = Vec::new();
    for path in all {
        let room = room_of(&path);
        if ["main", "lib"].contains(&room.as_str()) || serves_tests(&path) {
            continue;
        }
        let own = floor(&room).unwrap_or_else(|| panic!("{room} stands on no floor"));
        let text = std::fs::read_to_string(&path).unwrap();
        let code = code(&text);
        assert!(
            !code.contains("use crate::{"),
            "{}: one room a line, so that this test sees it",
            path.display()
        );
        for (at, _) in code.match_indices("crate::") {
            let rest = &code[at + "crate::".len()..];
            let used: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            let Some(other) = floor(&used) else { continue };
            if used != room && other >= own {
                wrong.push(format!("{}: {room} uses {used}", path.display()));
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_papers_tell_the_same_floors() {
    let text = std::fs::read_to_string("ARCHITECTURE.md").unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
    let told: Vec<(&str, Vec<&str>)> = rows
        .filter(|(floor, _)| floor.parse::<usize>().is_ok())
        .map(|(floor, rest)| (floor, rest.split(" | ").next().unwrap()))
        .map(|(floor, rooms)| (floor, rooms.split(" · ").map(|room| room.trim_matches('`')).collect()))
        .collect();
    for (floor, rooms) in FLOORS.iter().enumerate() {
        let mut told = told.get(floor).cloned().unwrap_or_default();
        let mut rooms = rooms.to_vec();
        told.1.sort_unstable();
        rooms.sort_unstable();
        assert_eq!(told, (floor.to_string().as_str(), rooms));
    }
    let mut homes: Vec<_> = FLOORS.concat();
    homes.retain(|room| {
        !Path::new(&format!("src/{room}")).is_dir() && !Path::new(&format!("src/{room}.rs")).is_file()
    });
    assert!(homes.is_empty(), "{homes:?}");
}

#[test]
fn only_its_room_touches_the_disk_the_clock_and_the_streams() {
    let mut all = Vec::new();
    files(Path::new("src"), &mut all);
    for path in all.into_iter().filter(|path| !serves_tests(path)) {
        let room = room_of(&path);
        let text = std::fs::read_to_string(&path).unwrap();
        let code = code(&text);
        let says =
            |words: &[&str]| words.iter().find(|word| code.contains(**word)).map(|word| (*word).to_owned());
        if room != "files" {
            assert_eq!(says(&["std::fs", "fs::write", "File::open"]), None, "{}", path.display());
        }
        if room != "cli" && room != "main" {
            let streams =
                ["println!", "eprintln!", "std::env::var", "Timestamp::now", "SystemTime", "process::exit"];
            assert_eq!(says(&streams), None, "{}", path.display());
        }
    }
}
