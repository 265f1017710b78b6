//! A run that is cut off is taken up again, and only what changed is made again.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::people::{Random, small_table, small_workspace};
use crate::{good, kitwright, long, run, same_trees};

const BUILD: &[&str] = &["build", "cohort.csv", "--format", "md,html", "--zip", "--jobs", "2", "--out"];

/// Starts a build and kills it after a while; whether it was still at work.
fn killed(folder: &Path, out: &str, after: Duration) -> bool {
    let mut child = kitwright(folder, BUILD)
        .args([out, "--resume"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    sleep(after);
    child.kill().unwrap();
    !child.wait().unwrap().success()
}

#[test]
fn killed_at_any_moment_and_resumed_it_comes_to_the_same() {
    let folder = tempfile::tempdir().unwrap();
    small_workspace(folder.path());
    let times = if long() { 50 } else { 5 };
    fs::write(folder.path().join("cohort.csv"), small_table(if long() { 600 } else { 100 }, 11)).unwrap();
    let begin = Instant::now();
    good(folder.path(), &[BUILD, &["whole"]].concat());
    let whole = begin.elapsed();
    let mut random = Random::new(50);
    let mut cut = 0;
    for time in 0..times {
        let out = format!("out{time}");
        // Once, or several times in a row; at last it is let run.
        for _ in 0..=random.below(2) {
            let after = whole.mul_f64(random.below(1000) as f64 / 1000.0);
            cut += usize::from(killed(folder.path(), &out, after));
        }
        let ran = good(folder.path(), &[BUILD, &[out.as_str(), "--resume"]].concat());
        assert!(!ran.err.contains("edited by hand"), "{}", ran.err);
        same_trees(&folder.path().join("whole"), &folder.path().join(&out), &format!("time {time}"));
        fs::remove_dir_all(folder.path().join(&out)).unwrap();
    }
    assert!(cut * 2 >= times, "only {cut} of {times} were still at work when they were killed");
}

#[test]
fn only_what_changed_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    small_workspace(folder.path());
    let cohort = folder.path().join("cohort.csv");
    let rows = small_table(6, 5);
    fs::write(&cohort, &rows).unwrap();
    good(folder.path(), &[BUILD, &["out"]].concat());
    let again = good(folder.path(), &[BUILD, &["out", "--resume"]].concat());
    assert!(
        again.err.ends_with("6 respondents, 12 files in `out`, all of them there already\n"),
        "{}",
        again.err
    );

    // One gives other answers, one is new, one file is lost, one was edited.
    let changed = rows.replace("Zq000002x", "Zq200000x") + small_table(7, 6).lines().last().unwrap() + "\n";
    fs::write(&cohort, changed).unwrap();
    fs::remove_file(folder.path().join("out/r000004/playbook.html")).unwrap();
    fs::write(folder.path().join("out/r000005/playbook.md"), "mine").unwrap();
    let ran = good(folder.path(), &[BUILD, &["out", "--resume"]].concat());
    assert!(ran.err.contains("7 respondents, 14 files in `out`, those of 3 there already\n"), "{}", ran.err);
    let made: Vec<&str> = ran.out.lines().filter(|line| line.ends_with(".md")).collect();
    assert_eq!(
        made,
        [
            "out/r000002/playbook.md",
            "out/r000004/playbook.md",
            "out/r000005/playbook.new.md",
            "out/r000007/playbook.md"
        ]
    );
    assert_eq!(fs::read(folder.path().join("out/r000005/playbook.md")).unwrap(), b"mine");
    // The archive takes what its editor left.
    let mut zip = zip::ZipArchive::new(fs::File::open(folder.path().join("out/kit.zip")).unwrap()).unwrap();
    assert_eq!(std::io::read_to_string(zip.by_name("r000005/playbook.md").unwrap()).unwrap(), "mine");
    assert!(zip.by_name("r000005/playbook.new.md").is_err());

    // Another day of judgement is another paper for everybody.
    let day = run(folder.path(), &[BUILD, &["out", "--resume", "--as-of", "2026-04-01"]].concat());
    assert!(day.err.ends_with("7 respondents, 14 files in `out`\n"), "{}", day.err);
}

#[test]
fn a_changed_template_or_pack_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let shop = folder.path();
    small_workspace(shop);
    fs::write(shop.join("templates/theme.css"), "p { margin: 0 }").unwrap();
    fs::write(shop.join("cohort.csv"), small_table(2, 9)).unwrap();
    let kept = |what: &str| {
        let ran = good(shop, &[BUILD, &["output", "--resume"]].concat());
        assert!(!ran.err.contains("edited by hand"), "{}", ran.err);
        assert_eq!(ran.err.contains("there already"), what.is_empty(), "{what}: {}", ran.err);
    };
    kept("first");
    kept("");
    for file in ["templates/playbook.md", "templates/theme.css", "rules/drill/pack.yaml"] {
        let path = shop.join(file);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text + "\n").unwrap();
        kept(file);
        kept("");
    }
}
