//! How long a playbook takes: model → template → Markdown → document → bytes in a file.
//!
//! `cargo bench --bench playbooks -- MODELS.jsonl [--docs N] [--warm N] [--format md|html|pdf] [--out DIR]` prints one line of JSON: the
//! median and the least processor time of a document in milliseconds, bytes and pages. `benches/playbooks/run.py` makes the
//! models and runs this beside Typst.

use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Duration;

use kitwright::markdown;
use kitwright::render::picture::NO_PICTURES;
use kitwright::render::{Format, Look, render};
use kitwright::theme::Theme;

const TEMPLATE: &str = include_str!("playbooks/playbook.md");

struct Wanted {
    models: PathBuf,
    docs: usize,
    warm: usize,
    format: Format,
    out: Option<PathBuf>,
}

fn wanted() -> Option<Wanted> {
    let mut out = Wanted { models: PathBuf::new(), docs: 100, warm: 10, format: Format::Pdf, out: None };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--docs" => out.docs = arguments.next()?.parse().ok()?,
            "--warm" => out.warm = arguments.next()?.parse().ok()?,
            "--out" => out.out = Some(PathBuf::from(arguments.next()?)),
            "--format" => {
                let ending = arguments.next()?;
                out.format = Format::ALL.into_iter().find(|format| format.extension() == ending)?;
            }
            "--bench" => {}
            models => out.models = PathBuf::from(models),
        }
    }
    (out.models != PathBuf::new()).then_some(out)
}

/// Processor time of this thread so far, which is the only one.
fn processor() -> Duration {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(told.split(' ').next().and_then(|spent| spent.parse().ok()).unwrap_or(0))
}

fn main() {
    let Some(wanted) = wanted() else {
        println!("name a file of models: python3 benches/playbooks/content.py 200 > models.jsonl");
        return;
    };
    let models = fs::read_to_string(&wanted.models).expect("a file of models");
    let models: Vec<tera::Context> = models
        .lines()
        .take(wanted.warm + wanted.docs)
        .map(|line| {
            let model: serde_json::Value = serde_json::from_str(line).expect("a model");
            tera::Context::from_serialize(&model).expect("an object")
        })
        .collect();
    let mut tera = tera::Tera::default();
    tera.set_escape_fn(|text, out| out.write_all(markdown::inert(text).as_bytes()));
    tera.add_raw_template("playbook.md", TEMPLATE).expect("a sound template");
    tera.autoescape_on([""]);
    let page = kitwright::builtin::look("page.html").expect("it ships");
    let style = kitwright::builtin::look("theme.css").expect("it ships");
    let theme = Theme::default();
    let look = Look::new(page, style, &theme, &NO_PICTURES).for_many();
    let folder = wanted
        .out
        .clone()
        .unwrap_or_else(|| std::env::temp_dir().join(format!("kitwright-bench-{}", std::process::id())));
    fs::create_dir_all(&folder).expect("a folder to write to");
    let (mut spent, mut sizes) = (Vec::new(), Vec::new());
    for (number, model) in models.iter().enumerate() {
        let begin = processor();
        let text = tera.render("playbook.md", model).expect("a model that fits");
        let read = markdown::read(&text);
        assert!(read.problems.is_empty(), "the template says what it means: {:?}", read.problems);
        let bytes = match wanted.format {
            // As `compose` has it.
            Format::Markdown => read.canonical().into_bytes(),
            format => render(&read.document, format, &look).expect("a paper"),
        };
        let file = folder.join(format!("{number}.{}", wanted.format.extension()));
        // Each document is a new file, as a build writes it.
        fs::write(&file, &bytes).expect("room on the disk");
        let took = processor() - begin;
        if number >= wanted.warm {
            spent.push(took);
            sizes.push(black_box(bytes).len());
        }
    }
    if wanted.out.is_none() {
        fs::remove_dir_all(&folder).expect("it was just made");
    }
    spent.sort_unstable();
    sizes.sort_unstable();
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    println!(
        "{{\"format\":\"{}\",\"docs\":{},\"mean_ms\":{:.3},\"median_ms\":{:.3},\"least_ms\":{:.3},\"bytes\":{}}}",
        wanted.format.extension(),
        spent.len(),
        milliseconds(spent.iter().sum::<Duration>()) / spent.len() as f64,
        milliseconds(spent[spent.len() / 2]),
        milliseconds(spent[0]),
        sizes[sizes.len() / 2],
    );
}
