//! `new`: a workspace to start from.

use std::path::Path;

use super::args::New;
use super::console::Console;
use super::exit::Exit;
use super::workspace::Ground;
use crate::builtin;
use crate::check::check;
use crate::diag::did_you_mean;
use crate::export::blank_answers;
use crate::files::{self, WorldError, create_folder, slashed, write_atomic};
use crate::pack::load;

/// The files of the look that a workspace gets.
const LOOK: [&str; 2] = ["page.html", "theme.css"];

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
    let blank = check(load(&sources, &ground.sources), None).pack.map(|pack| blank_answers(pack.pack()));

    let write = |path: &str, text: &str| write_atomic(&dir.join(path), text.as_bytes());
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

fn told(dir: &Path, pack: &str, console: &mut Console<'_>) -> Result<(), WorldError> {
    let dir = slashed(dir);
    console.note(&format!(
        "{dir}/
  rules/{pack}/     questions, metrics, rules and prescriptions: edit these
  templates/             the words around them, one Markdown file a document
  answers/blank.yaml     every question with its permitted answers, to fill in
  answers/example.yaml   an example that is filled in
  session.yaml           your webinar or workshop
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
    kitwright check                                               is the pack still sound?
    kitwright explain answers/example.yaml                        why each rule fired or did not

- `rules/{pack}/` holds the questions, metrics, rules and prescriptions. Edit, `check`, `build` again.
- `templates/` holds the documents' own words, one Markdown file each, and the look of the pages.
- `answers/blank.yaml` lists every question with its permitted answers: copy it, fill it in.
- `session.yaml` describes your webinar or workshop.

A document in `output/` that you edited by hand is never overwritten. `kitwright render output/…/playbook.md`
makes its HTML and PDF again.
"
    )
}
