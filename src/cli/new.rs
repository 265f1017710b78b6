//! `new`: a workspace to start from.

use std::path::Path;

use super::args::New;
use super::console::Console;
use super::exit::Exit;
use super::workspace::Ground;
use crate::builtin;
use crate::check::{Depth, check_to};
use crate::diag::did_you_mean;
use crate::export::blank_answers;
use crate::files::{self, WorldError, create_folder, slashed, write_atomic};
use crate::pack::load;
use crate::schema::{Kind, editor_line};

/// The files of the look that a workspace gets.
const LOOK: [&str; 8] = [
    "slides.html",
    "slides.css",
    "page.html",
    "theme.css",
    "editorial.css",
    "bold.css",
    "brand.yaml",
    "run-of-show.yaml",
];

pub fn run(args: &New, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    let shipped = builtin::pack(&args.pack);
    if shipped.is_empty() {
        let packs = builtin::packs();
        let help = did_you_mean(&args.pack, packs.iter().copied())
            .unwrap_or_else(|| format!("there are {}", packs.join(", ")));
        console.fault(&format!("there is no built-in pack `{}`", args.pack), &[&help]);
        return Ok(Exit::Faults);
    }
    let dir = args.dir.as_path();
    if files::is_folder(dir) && !files::list(dir)?.is_empty() || files::exists(dir) && !files::is_folder(dir)
    {
        let help = "name a folder that does not exist yet, or an empty one";
        console.fault(&format!("`{}` is there already", slashed(dir)), &[help]);
        return Ok(Exit::Faults);
    }
    let mut ground = Ground::default();
    let sources: Vec<_> = shipped.iter().map(|file| ground.sources.add(file.path, file.text)).collect();
    let blank = check_to(load(&sources, &ground.sources), None, Depth::Parts)
        .pack
        .map(|pack| blank_answers(pack.pack()));

    let write = |path: &str, text: &str| {
        let text = match schema_of(path) {
            Some(kind) => format!("{}{text}", editor_line(&schema_path(path, kind))),
            None => text.to_owned(),
        };
        write_atomic(&dir.join(path), text.as_bytes())
    };
    for kind in Kind::ALL {
        write(&format!("{SCHEMAS}/{}", kind.file()), &kind.text())?;
    }
    for file in &shipped {
        write(&format!("rules/{}/{}", args.pack, file.path), file.text)?;
    }
    for file in builtin::templates() {
        write(&format!("templates/{}", file.path), file.text)?;
    }
    for name in LOOK {
        if let Some(text) = builtin::look(name) {
            write(&format!("templates/{name}"), text)?;
        }
    }
    if let Some(blank) = blank {
        write("answers/blank.yaml", &blank)?;
    }
    if let Some(example) = builtin::example("northwind.yaml") {
        write("answers/example.yaml", example)?;
    }
    if let Some(session) = builtin::example("session.yaml") {
        write("session.yaml", session)?;
    }
    write("README.md", &readme(&args.pack))?;
    create_folder(&dir.join("output"))?;
    told(dir, &args.pack, console)?;
    Ok(Exit::Done)
}

/// The folder of a workspace that holds what editors read.
const SCHEMAS: &str = ".kitwright";

/// What kind of file stands at a path of a workspace.
fn schema_of(path: &str) -> Option<Kind> {
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        [.., name] if !name.ends_with(".yaml") => None,
        ["rules", _, "tests", ..] => Some(Kind::Tests),
        ["rules", ..] => Some(Kind::Pack),
        ["answers", ..] => Some(Kind::Answers),
        ["session.yaml"] => Some(Kind::Session),
        _ => None,
    }
}

/// The way from a file's folder to its schema.
fn schema_path(path: &str, kind: Kind) -> String {
    format!("{}{SCHEMAS}/{}", "../".repeat(path.matches('/').count()), kind.file())
}

fn told(dir: &Path, pack: &str, console: &mut Console<'_>) -> Result<(), WorldError> {
    let dir = slashed(dir);
    console.note(&format!(
        "{dir}/
  rules/{pack}/     questions, metrics, rules and prescriptions: edit these
  templates/             the words around them, one Markdown file a document
  answers/blank.yaml     every question with its permitted answers, to fill in
  answers/example.yaml   an example that is filled in
  session.yaml           your webinar or workshop
  .kitwright/            what editors complete and check these files by
  README.md              the commands, for later

Next:
  cd {dir}
  kitwright build answers/example.yaml"
    ))
}

fn readme(pack: &str) -> String {
    format!(
        "# A kitwright workspace

    kitwright build answers/example.yaml                          a playbook in output/
    kitwright build answers/example.yaml --session session.yaml   with the papers of the session
    kitwright form                                                the questions as a form, or on paper
    kitwright kit responses.csv --session session.yaml            everything for the day, from everybody's answers
    kitwright documents                                           which papers there are, and what each needs
    kitwright check                                               is the pack still sound?
    kitwright explain answers/example.yaml                        why each rule fired or did not

- `rules/{pack}/` holds the questions, metrics, rules and prescriptions. Edit, `check`, `build` again.
- `templates/` holds the documents' own words, one Markdown file each, and the look of the pages.
- `answers/blank.yaml` lists every question with its permitted answers: copy it, fill it in.
- `session.yaml` describes your webinar or workshop.
- `.kitwright/` holds JSON Schemas, by which an editor with the YAML language server (VS Code: the extension
  \"YAML\") completes keys, explains them and underlines slips. The first line of each file points there.

A document in `output/` that you edited by hand is never overwritten. `kitwright render output/…/playbook.md`
makes its HTML and PDF again.
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_yaml_file_finds_its_schema() {
        for (path, way) in [
            ("rules/p/pack.yaml", Some("../../.kitwright/pack.schema.json")),
            ("rules/p/tests/all.yaml", Some("../../../.kitwright/tests.schema.json")),
            ("answers/blank.yaml", Some("../.kitwright/answers.schema.json")),
            ("session.yaml", Some(".kitwright/session.schema.json")),
            ("templates/brand.yaml", None),
            ("rules/p/notes.md", None),
        ] {
            let found = schema_of(path).map(|kind| schema_path(path, kind));
            assert_eq!(found.as_deref(), way, "{path}");
        }
    }
}
