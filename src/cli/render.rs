//! `render`: a hand-edited document again as HTML and PDF.

use std::path::{Path, PathBuf};

use super::args::Render;
use super::console::Console;
use super::exit::Exit;
use super::look::{Dress, Wardrobe};
use super::workspace::Ground;
use crate::diag::{Code, Diagnostic};
use crate::files::{WorldError, slashed, write_atomic};
use crate::markdown;
use crate::render::render;
use crate::source::Span;

pub fn run(args: &Render, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    let mut ground = Ground::default();
    let wardrobe =
        Wardrobe { templates: args.templates.as_deref(), brand: args.brand.as_deref(), pack: None };
    let dress = Dress::find(&mut ground, &wardrobe)?;
    let look = dress.look();
    let mut made: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for path in &args.files {
        let Some(source) = ground.read(path)? else { continue };
        let read = markdown::read(&ground.sources.get(source).text);
        for problem in read.problems {
            let span = Span::new(source, problem.at);
            ground
                .faults
                .push(Diagnostic::error(Code::TemplateResult, span, problem.message).help_if(problem.help));
        }
        for format in &args.format {
            let format = format.format();
            let place = place(path, args.out.as_deref(), format.extension());
            if place == *path {
                let message = format!("`{}` would be overwritten with itself", slashed(path));
                ground.faults.push(
                    Diagnostic::placeless(Code::UnknownDocument, message)
                        .help("name another folder with `--out`"),
                );
                continue;
            }
            if made.iter().any(|(taken, _)| *taken == place) {
                let message = format!("two files would be written to `{}`", slashed(&place));
                same_place(&mut ground, message);
                continue;
            }
            match render(&read.document, format, &look) {
                Ok(bytes) => made.push((place, bytes)),
                Err(error) => {
                    ground.faults.push(Diagnostic::placeless(Code::TemplateResult, error.to_string()))
                }
            }
        }
    }
    console.diagnostics(&ground.faults, &ground.sources);
    if ground.faults.has_errors() {
        return Ok(Exit::Faults);
    }
    for (path, bytes) in made {
        write_atomic(&path, &bytes)?;
        console.note(&slashed(&path))?;
    }
    Ok(Exit::Done)
}

fn same_place(ground: &mut Ground, message: String) {
    let fault = Diagnostic::placeless(Code::UnknownDocument, message);
    ground.faults.push(fault.help("render them one by one, each with its own `--out`"));
}

fn place(path: &Path, out: Option<&Path>, extension: &str) -> PathBuf {
    let beside = path.with_extension(extension);
    match (out, beside.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => beside,
    }
}
