//! The world fails: one clear error, no half file, and nothing lost that was done.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::people::{small_table, small_workspace};
use crate::{Ran, good, kitwright, long, program, ran, run, same_trees, tree};

const BUILD: &[&str] = &["build", "cohort.csv", "--format", "md,html", "--jobs", "2"];

/// A folder with a cohort, and what an undisturbed run makes of it in `whole`.
fn prepared(people: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    small_workspace(folder.path());
    fs::write(
        folder.path().join("cohort.csv"),
        small_table(people, 21).replace("Zq000005x", &"Zq000005x ".repeat(400)),
    )
    .unwrap();
    good(folder.path(), &[BUILD, &["--out", "whole"]].concat());
    folder
}

/// One error and nothing else; all that is there is whole, and a second run completes it.
fn nothing_is_lost(folder: &Path, out: &str, broken: &Ran, error: &str) {
    assert_eq!(broken.code, Some(1), "{}", broken.err);
    let lines: Vec<&str> = broken.err.lines().filter(|line| !line.starts_with("refused")).collect();
    assert_eq!(lines.len(), 1, "{}", broken.err);
    assert!(lines[0].starts_with("error: ") && lines[0].ends_with(error), "{}", broken.err);
    let whole = tree(&folder.join("whole"));
    for (name, bytes) in tree(&folder.join(out)) {
        if name != ".kitwright/record.jsonl" {
            assert!(whole.get(&name) == Some(&bytes), "{name} is not what a whole run makes");
        }
    }
    let again = good(folder, &[BUILD, &["--resume", "--out", out]].concat());
    assert!(!again.err.contains("edited by hand"), "{}", again.err);
    same_trees(&folder.join("whole"), &folder.join(out), error);
}

#[test]
fn a_disk_that_takes_no_more() {
    let folder = prepared(12);
    let size = |number: usize| {
        let path = folder.path().join(format!("whole/r{number:06}/playbook.html"));
        fs::metadata(path).unwrap().len()
    };
    // The fifth has a name that makes its page larger than the limit.
    let limit = (1..=4).map(size).max().unwrap() / 512 + 2;
    assert!(size(5) > limit * 512 && size(6) < limit * 512);
    // A file larger than the limit fails as on a full disk; the signal that tells of it is passed over.
    let limited = |limit: u64, args: &[&str]| {
        let line = format!("trap '' XFSZ; ulimit -f {limit}; exec \"$0\" \"$@\"");
        let mut command = Command::new("sh");
        command.current_dir(folder.path()).args(["-c", &line]).arg(program()).args(args);
        ran(command.output().unwrap())
    };
    let broken = limited(limit, &[BUILD, &["--out", "out"]].concat());
    assert!(folder.path().join("out/r000001/playbook.html").exists());
    nothing_is_lost(folder.path(), "out", &broken, "/playbook.html: File too large");
    // The same for a file that grows.
    let broken = limited(40, &["build", "cohort.csv", "--format", "pdf", "--zip", "--out", "zip"]);
    assert_eq!(broken.code, Some(1));
    assert!(broken.err.ends_with("error: cannot write kit.zip: File too large\n"), "{}", broken.err);
    assert!(!folder.path().join("zip/kit.zip").exists());
    assert_eq!(fs::read_dir(folder.path().join("zip/.kitwright")).unwrap().count(), 1);
}

#[test]
fn a_small_file_system() {
    if !long() {
        return;
    }
    let folder = prepared(40);
    let disk = folder.path().join("disk");
    fs::create_dir(&disk).unwrap();
    // Half of what everybody's papers take, in the blocks in which a file system counts.
    let whole: u64 =
        tree(&folder.path().join("whole")).values().map(|bytes| bytes.len().div_ceil(4096) as u64).sum();
    let size = format!("size={}k", whole * 4 / 2);
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(&disk).status();
    if !mounted.is_ok_and(|status| status.success()) {
        eprintln!("skipped: no file system can be mounted here");
        return;
    }
    let broken = run(folder.path(), &[BUILD, &["--out", "disk/out"]].concat());
    let kept = tree(&disk.join("out"));
    fs::create_dir(folder.path().join("moved")).unwrap();
    let copied = Command::new("cp").arg("-r").arg(disk.join("out")).arg(folder.path().join("moved")).status();
    assert!(Command::new("umount").arg(&disk).status().unwrap().success() && copied.unwrap().success());
    assert!(kept.keys().filter(|name| name.ends_with(".html")).count() > 3, "{:?}", kept.keys());
    nothing_is_lost(folder.path(), "moved/out", &broken, ": No space left on device");
}

#[test]
fn a_folder_that_cannot_be_written_to() {
    let folder = prepared(2);
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    let allow = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    allow(&out, 0o555);
    allow(folder.path(), 0o755);
    // Whoever may write anywhere tries it as somebody who may not.
    let copy = folder.path().join("program");
    fs::copy(program(), &copy).unwrap();
    let mut command = Command::new(&copy);
    command.current_dir(folder.path()).args(BUILD).args(["--out", "out"]);
    if fs::write(out.join("x"), "").is_ok() {
        fs::remove_file(out.join("x")).unwrap();
        command.uid(65534).gid(65534);
    }
    let broken = ran(command.output().unwrap());
    assert_eq!(broken.err, "error: cannot write into out: Permission denied\n");
    allow(&out, 0o755);
    nothing_is_lost(folder.path(), "out", &broken, "Permission denied");
}

#[test]
fn an_input_that_changes_meanwhile() {
    let folder = prepared(24);
    let cohort = folder.path().join("cohort.csv");
    let rows = fs::read(&cohort).unwrap();
    let child = kitwright(folder.path(), &[BUILD, &["--out", "out"]].concat())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while !folder.path().join("out/r000001/playbook.md").exists() {
        sleep(Duration::from_millis(1));
    }
    fs::write(&cohort, &rows[..rows.len() / 4]).unwrap();
    let broken = ran(child.wait_with_output().unwrap());
    fs::write(&cohort, rows).unwrap();
    nothing_is_lost(folder.path(), "out", &broken, "cannot read cohort.csv: it was changed meanwhile");
}

#[test]
fn an_input_that_is_deleted_meanwhile_is_open_already() {
    let folder = prepared(6);
    let cohort = folder.path().join("cohort.csv");
    let mut child = kitwright(folder.path(), &[BUILD, &["-q", "--out", "out"]].concat()).spawn().unwrap();
    while !folder.path().join("out/r000001/playbook.md").exists() {
        sleep(Duration::from_millis(1));
    }
    fs::remove_file(&cohort).unwrap();
    assert!(child.wait().unwrap().success());
    same_trees(&folder.path().join("whole"), &folder.path().join("out"), "deleted");
}

#[test]
fn a_pipe_that_is_closed() {
    let folder = prepared(4);
    let mut child = kitwright(folder.path(), &[BUILD, &["--out", "out"]].concat())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut broken = ran(child.wait_with_output().unwrap());
    // Few lines fit into the program's own memory, and all was made before they were written.
    broken.err = broken.err.replace("4 respondents, 8 files in `out`\n", "");
    nothing_is_lost(folder.path(), "out", &broken, "cannot write to standard output: Broken pipe");
}
