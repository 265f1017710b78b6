//! Folders are named by a pattern, and whatever is named otherwise is told.

use std::fs;

use crate::people::{small_table, small_workspace};
use crate::{good, run};

#[test]
fn a_pattern_names_the_folders() {
    let folder = tempfile::tempdir().unwrap();
    small_workspace(folder.path());
    let rows = "respondent,name,Team,known\n1,Ann,North,1\n2,Bob,South,2\n3,ann,north,3\n4,,CON,4\n";
    fs::write(folder.path().join("cohort.csv"), rows).unwrap();
    let build = |name: &str| run(folder.path(), &["build", "cohort.csv", "--format", "md", "--name", name]);
    let ran = build("{team}/{name}");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let made: Vec<&str> = ran.out.lines().filter(|line| line.ends_with(".md")).collect();
    assert_eq!(
        made,
        [
            "output/North/Ann/playbook.md",
            "output/South/Bob/playbook.md",
            "output/north/ann-2/playbook.md",
            "output/_CON/4/playbook.md"
        ]
    );
    assert!(
        ran.err.contains("`north/ann` goes to `output/north/ann-2`: that name is taken\n"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.contains("\n`CON/4` goes to `output/_CON/4`: not every system has such a name\n"),
        "{}",
        ran.err
    );
    for (pattern, error) in [
        ("{tema}", "error: nothing is called `tema` that `--name` could use\nhelp: did you mean `Team`?\n"),
        (
            "x",
            "error: `x` names everybody the same\nhelp: a pattern is such as `--name \"{respondent}\"` or `--name \"{team}/{name}\"`\n",
        ),
    ] {
        let ran = build(pattern);
        assert_eq!(ran.code, Some(2));
        assert!(ran.err.ends_with(error), "{}", ran.err);
    }
}

#[test]
fn an_address_is_in_a_name_only_where_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    small_workspace(folder.path());
    let rows = small_table(3, 1).replace("r000001", "ann@example.org").replace("r000002", "bob@example.org");
    fs::write(folder.path().join("cohort.csv"), rows.replace("Zq000002x Ltd", "bob@example.org")).unwrap();
    let ran = good(folder.path(), &["build", "cohort.csv", "--format", "md"]);
    let made: Vec<&str> = ran.out.lines().filter(|line| line.ends_with(".md")).collect();
    assert_eq!(
        made,
        ["output/Zq000001x Ltd/playbook.md", "output/row-3/playbook.md", "output/r000003/playbook.md"]
    );
    assert!(
        ran.err.contains(
            "2 folders do not bear the id, which is an e-mail address (`--name \"{respondent}\"` takes it all the same)\n"
        ),
        "{}",
        ran.err
    );
    let asked = good(folder.path(), &["build", "cohort.csv", "--format", "md", "--name", "{respondent}"]);
    assert!(asked.out.starts_with("output/ann@example.org/playbook.md\n"), "{}", asked.out);
}

#[test]
fn a_refused_row_is_listed_with_its_place_and_all_others_are_made() {
    let folder = tempfile::tempdir().unwrap();
    small_workspace(folder.path());
    let mut rows: Vec<String> = small_table(5, 4).lines().map(str::to_owned).collect();
    rows[2] = rows[2].replacen("2026-03-01", "soon", 1);
    rows[4].push_str(",more");
    rows.push(rows[1].clone());
    fs::write(folder.path().join("cohort.csv"), rows.join("\n")).unwrap();
    let ran = run(folder.path(), &["build", "cohort.csv", "--format", "md"]);
    assert_eq!(ran.code, Some(4));
    for told in [
        "refused: r000002 (cohort.csv, row 3)\n",
        " --> cohort.csv:3:23\n",
        "refused: r000004 (cohort.csv, row 5)\n",
        ": this row has 5 cells, the head has 4 cells\n --> cohort.csv:5:1\n",
        "refused: r000001 (cohort.csv, row 7)\n",
        ": `r000001` stands here twice\n --> cohort.csv:7:1\n",
        "  = help: the first one is row 2\n",
        "3 respondents, 3 files in `output`\n3 of 6 respondents were refused\n",
    ] {
        assert!(ran.err.contains(told), "{told}: {}", ran.err);
    }
    assert_eq!(
        ran.out,
        "output/r000001/playbook.md\noutput/r000003/playbook.md\noutput/r000005/playbook.md\n\
         not made without `--session FILE`: recap\n"
    );
    let manifest = fs::read(folder.path().join("output/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let refused = &manifest["respondents"][1];
    assert_eq!(refused["refused"][0]["at"], "cohort.csv:3:23", "{refused}");
}

#[test]
fn a_template_that_fails_for_somebody_refuses_them_alone_and_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let shop = folder.path();
    small_workspace(shop);
    let path = shop.join("templates/playbook.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text + "\nThe seat is {{ extra.seat | round }}.\n").unwrap();
    let line = |id: &str, seat: &str| {
        format!("{{\"respondent\": \"{id}\", \"answers\": {{}}, \"extra\": {{\"seat\": {seat}}}}}\n")
    };
    let people = [line("a", "1"), line("b", "\"none\""), line("c", "3"), line("d", "\"none\"")];
    fs::write(shop.join("people.jsonl"), people.concat()).unwrap();
    let ran = run(shop, &["build", "people.jsonl", "--format", "md"]);
    assert_eq!(ran.code, Some(4), "{}", ran.err);
    assert!(ran.out.starts_with("output/a/playbook.md\noutput/c/playbook.md\n"), "{}", ran.out);
    assert_eq!(ran.err.matches("--> templates/playbook.md:").count(), 1, "{}", ran.err);
    assert!(
        ran.err.contains("refused: d (people.jsonl, line 4)\n  as above: templates/playbook.md:"),
        "{}",
        ran.err
    );
    // Where it fails for everybody there is nothing to hand out.
    fs::write(shop.join("people.jsonl"), line("b", "\"none\"")).unwrap();
    let all = run(shop, &["build", "people.jsonl", "--format", "md", "--out", "none"]);
    assert_eq!(all.code, Some(2), "{}", all.err);
    assert!(!shop.join("none").exists());
}
