//! `render`: a hand-edited document again as HTML and PDF.

use std::path::{Path, PathBuf};

use super::args::Render;
use super::console::Console;
use super::exit::Exit;
use super::look::{Dress, Wardrobe};
use super::workspace::Ground;
use crate::diag::{Code, Diagnostic};
use crate::document::Document;
use crate::files::{WorldError, read_within, slashed, write_atomic};
use crate::kit::{self, overfull};
use crate::markdown;
use crate::render::mail;
use crate::render::picture::{LARGEST_FILE, Pictures, named, plain, unshown};
use crate::render::{Format, render};
use crate::source::Span;

pub fn run(args: &Render, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    let mut ground = Ground::default();
    let wardrobe =
        Wardrobe { templates: args.templates.as_deref(), brand: args.brand.as_deref(), pack: None };
    let dress = Dress::find(&mut ground, &wardrobe)?;
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
        for doubt in read.doubts {
            let told = Diagnostic::warning(Code::TemplateResult, Span::new(source, doubt.at), doubt.message);
            ground.faults.push(told.help_if(doubt.help));
        }
        let mut pictures = pictures(path, &read.document);
        dress.add_logo(&mut pictures);
        let text = ground.sources.get(source).text.clone();
        for fault in unshown(&read.document, &pictures) {
            let at = text.find(&fault.name).unwrap_or(0);
            let span = Span::new(
                source,
                at..at + if text[at..].starts_with(&fault.name) { fault.name.len() } else { 0 },
            );
            let help =
                "put a PNG, JPEG or SVG beside the document; until then its alternative text stands there";
            ground.faults.push(Diagnostic::warning(Code::TemplateResult, span, fault.message).help(help));
        }
        let look = dress.look_with(&pictures);
        for slide in look.overfull(&read.document).unwrap_or_default() {
            ground.faults.push(overfull::told_in(&slide, source, &text, 0..0));
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
            if format == Format::Pdf {
                let undrawn = look.undrawn(&text).unwrap_or_default();
                if let Some(at) = text.find(|c| undrawn.contains(&c)) {
                    let first = text[at..].chars().next().map_or(0, char::len_utf8);
                    let told = kit::undrawn(&undrawn, &slashed(&place));
                    let span = Some(Span::new(source, at..at + first));
                    ground.faults.push(Diagnostic { span, ..told });
                }
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

/// The pictures that lie beside the document or below its folder.
fn pictures(path: &Path, document: &Document) -> Pictures {
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut pictures = Pictures::default();
    for name in named(document).into_iter().chain(mail::wanted(document)) {
        pictures.add(&name, read_within(folder, &plain(&name), LARGEST_FILE as u64));
    }
    pictures
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
