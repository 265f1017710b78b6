//! The same input gives the same bytes, whatever the number of threads.

use std::fs;

use crate::people::{small_table, small_workspace, table};
use crate::{good, long, run, same_trees};

#[test]
fn one_thread_and_two_give_the_same_bytes_in_every_file() {
    let folder = tempfile::tempdir().unwrap();
    let people = if long() { 300 } else { 4 };
    let mut rows = table(people, 7);
    // Some are refused, some are named alike.
    rows.push_str(&rows.lines().nth(1).unwrap().replace("r000001", "R000002"));
    rows.push('\n');
    rows.push_str(&rows.lines().nth(3).unwrap().replacen("2026-03-01", "tomorrow", 1));
    rows.push_str("\nr000002,again\n");
    fs::write(folder.path().join("cohort.csv"), rows).unwrap();
    let session = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/session.yaml");
    for jobs in ["1", "2"] {
        let args = [
            "build",
            "cohort.csv",
            "--session",
            session,
            "--zip",
            "--merge-pdf",
            "--jobs",
            jobs,
            "--out",
            jobs,
        ];
        let ran = run(folder.path(), &args);
        assert_eq!(ran.code, Some(4), "{}", ran.err);
        assert!(ran.err.ends_with(&format!("2 of {} respondents were refused\n", people + 3)), "{}", ran.err);
    }
    same_trees(&folder.path().join("1"), &folder.path().join("2"), "1 and 2 threads");
}

#[test]
fn the_archive_holds_every_file_and_the_manifest_its_hash() {
    let folder = tempfile::tempdir().unwrap();
    small_workspace(folder.path());
    fs::write(folder.path().join("cohort.csv"), small_table(3, 3)).unwrap();
    let ran = good(folder.path(), &["build", "cohort.csv", "--format", "md,html", "--zip"]);
    assert!(ran.out.ends_with("output/kit.zip\nnot made without `--session FILE`: recap\n"), "{}", ran.out);
    let out = folder.path().join("output");
    let mut zip = zip::ZipArchive::new(fs::File::open(out.join("kit.zip")).unwrap()).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut expected: Vec<String> = (1..=3)
        .flat_map(|number| ["md", "html"].map(|ending| format!("r{number:06}/playbook.{ending}")))
        .collect();
    expected.push("manifest.json".to_owned());
    assert_eq!(names, expected);
    for name in names {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut zip.by_name(&name).unwrap(), &mut bytes).unwrap();
        assert!(bytes == fs::read(out.join(&name)).unwrap(), "{name}");
    }
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["pack"]["id"], "drill");
    let people = manifest["respondents"].as_array().unwrap();
    assert_eq!(people.len(), 3);
    for person in people {
        for output in person["outputs"].as_array().unwrap() {
            let bytes = fs::read(out.join(output["file"].as_str().unwrap())).unwrap();
            assert_eq!(output["sha256"], kitwright::files::Hash::of(&bytes).to_string());
        }
    }
    assert_eq!(people[1]["input"]["at"], "row 3");
    assert_eq!(people[1]["name"], "Zq000002x Ltd");
}
