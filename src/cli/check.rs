//! `check`: is the pack sound?

use super::args::Check;
use super::console::Console;
use super::exit::Exit;
use super::workspace::{Ground, PackFiles, loose_files, packs_on_disk, rewrite};
use crate::answers::{choose_run, read_session, tell_strange_words};
use crate::builtin;
use crate::check::{Checked, Mended, SoundPack, check, mend, pages};
use crate::compose::{Running, Templates, all_words};
use crate::diag::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::engine::evaluate;
use crate::export::answers_file;
use crate::files::{WorldError, slashed, write_atomic};
use crate::kit::Kit;
use crate::model::{Absence, Answer, Pack, Respondent, RunsOfShow};
use crate::prove;
use crate::render::Look;
use crate::render::picture::NO_PICTURES;
use crate::source::Sources;
use crate::theme::Theme;
use crate::wording::count;

pub fn run(args: &Check, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    if let Some(code) = &args.explain {
        return explain(code, console);
    }
    let packs = asked_packs(args.pack.as_deref())?;
    let today =
        args.as_of.unwrap_or_else(|| jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date());
    let mut exit = Exit::Done;
    if args.pack.is_none() {
        for name in loose_files()? {
            let help = "put it into a folder of its own, such as `rules/my-pack/`";
            console.fault(&format!("`rules/{name}` lies in no pack's folder"), &[help]);
            exit = Exit::Faults;
        }
    }
    for name in &packs {
        let mut ground = Ground::default();
        let mut files = ground.pack(Some(name), None)?;
        let mut sound = None;
        if let (true, Some(found)) = (args.fix, &files) {
            if found.folder.is_none() {
                let message = format!("the {} pack cannot be mended", found.name);
                console.fault(&message, &["make a copy of your own with `kitwright new my-workshop`"]);
                exit = Exit::Faults;
                continue;
            }
            if fix(&ground, found, today, console)? {
                ground = Ground::default();
                files = ground.pack(Some(name), None)?;
            }
        }
        if let Some(files) = &files {
            let Checked { pack, diagnostics, tests, witnesses, refused } =
                check(files.load(&ground.sources), Some(today));
            ground.faults.extend(diagnostics);
            let read = pack.as_ref().map(SoundPack::pack).or(refused.as_ref());
            if let (Some(folder), Some(read)) = (&args.witness, read) {
                for witness in &witnesses {
                    let path = folder.join(format!("{}-{}.yaml", witness.code, witness.item));
                    let about = format!("For whom {} is told of {}.", witness.code, witness.item);
                    write_atomic(&path, answers_file(read, &witness.respondent, &about).as_bytes())?;
                    console.note(&format!("wrote {}", slashed(&path)))?;
                }
            }
            // Templates name the pack's own words and values: they are judged only against a sound pack.
            if let Some(pack) = &pack {
                if let Some(folder) = &files.folder
                    && args.pack.is_none()
                    && folder.file_name().is_some_and(|name| name != pack.pack().id.as_str())
                {
                    // Answers name a pack by its id, and are looked up by its folder.
                    let message = format!("the folder `{}` holds the pack `{}`", files.name, pack.pack().id);
                    let fault = Diagnostic::placeless(Code::NoPack, message);
                    ground.faults.push(fault.help("give the folder and `id:` one name"));
                }
                ground.faults.extend(prove::read(&tests, pack.pack(), &ground.sources).1);
                let list = ground.templates(args.templates.as_deref(), Some(files))?;
                let folders = ground.templates_folders(args.templates.as_deref(), Some(files));
                let runs = ground.runs_of_show(&folders)?;
                let mut faults = std::mem::take(&mut ground.faults);
                tell_strange_words(&runs, &all_words(pack.pack()), &mut faults);
                let templates = Templates::read(&list, pack.pack(), &ground.sources, &mut faults);
                if !faults.has_errors() {
                    faults.extend(of_papers(pack, &templates, &runs, &mut ground.sources));
                }
                ground.faults = faults;
                sound = Some((pack.clone(), templates.documents().count()));
            }
        }
        let told = &ground.faults;
        let quiet = console.quiet;
        // Under `--strict` warnings are errors, which a quiet run tells.
        console.quiet &= !args.strict;
        console.diagnostics(told, &ground.sources);
        console.quiet = quiet;
        if ground.faults.has_errors() || args.strict && ground.faults.has_strict_errors() {
            exit = Exit::Faults;
        }
        if let (Some((pack, documents)), Some(files), false) = (sound, &files, ground.faults.has_errors()) {
            let warnings = count(ground.faults.len(), "warning", "warnings");
            let holds = counts(pack.pack(), documents);
            console.note(&match ground.faults.len() {
                0 => format!("{} is sound: {holds}", files.name),
                _ if args.strict && ground.faults.has_strict_errors() => {
                    format!("{} has {warnings}, which `--strict` refuses", files.name)
                }
                _ => format!("{} is sound with {warnings}: {holds}", files.name),
            })?;
        }
    }
    Ok(exit)
}

/// What is to be told of the documents of a session, as they come out for the example of one, and of those of somebody who
/// answered nothing.
fn of_papers(
    pack: &SoundPack,
    templates: &Templates,
    runs: &RunsOfShow,
    sources: &mut Sources,
) -> Diagnostics {
    const EXAMPLE: &str = "session.yaml";
    let example = builtin::example(EXAMPLE).unwrap_or_default();
    let source = sources.add(EXAMPLE, example);
    // A run of the author's own may be called otherwise: that is no fault of the pack.
    let mut aside = Diagnostics::default();
    let Some(session) = read_session(source, sources, &mut aside) else { return Diagnostics::default() };
    let run = choose_run(&session, runs, &mut aside).or(runs.runs.first());
    let theme = Theme::default();
    let kit = Kit {
        pack,
        templates,
        look: Look::new("", "", &theme, &NO_PICTURES),
        session: Some(&session),
        running: run.map(|run| Running { run, file: runs }),
        formats: &[],
        whole: true,
        wanted: None,
        sources,
    };
    let mut told = kit.told_of_session();
    let nobody = Respondent {
        id: "nobody".to_owned(),
        name: "Nobody".to_owned(),
        answers: vec![Answer::Absent(Absence::Skipped); pack.pack().questions.len()],
        metrics: vec![None; pack.pack().metrics.len()],
        ..Respondent::default()
    };
    told.extend(kit.told_of_respondent(&nobody, &evaluate(pack, &nobody, None)));
    told
}

/// Writes the mended files and says what was mended. True where a file changed.
fn fix(
    ground: &Ground,
    found: &PackFiles,
    today: jiff::civil::Date,
    console: &mut Console<'_>,
) -> Result<bool, WorldError> {
    let Mended { texts, told } = mend(&found.files, &found.bases(), &ground.sources, Some(today));
    for (id, text) in &texts {
        rewrite(&ground.sources.get(*id).name, text)?;
    }
    for mend in &told {
        console.note(&format!("mended: {}: [{}] {}", mend.place, mend.code.name(), mend.message))?;
    }
    Ok(!texts.is_empty())
}

/// How wide a page is printed, in characters.
const WIDTH: usize = 90;

fn explain(code: &str, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    let pages = pages();
    if let Some(page) = pages.iter().find(|page| page.code.name().eq_ignore_ascii_case(code.trim())) {
        console.print(page.text(WIDTH).trim_end())?;
        return Ok(Exit::Done);
    }
    let asked = code.trim().to_uppercase();
    let near = did_you_mean(&asked, pages.iter().map(|page| page.code.name()));
    let help =
        near.as_deref().unwrap_or("codes stand in brackets behind `error` and `warning`, such as K203");
    console.fault(&format!("there is no code `{code}`"), &[help]);
    Ok(Exit::Faults)
}

/// The pack named; without a name every pack in `rules`, without any there the built-in ones.
pub fn asked_packs(named: Option<&str>) -> Result<Vec<String>, WorldError> {
    if let Some(pack) = named {
        return Ok(vec![pack.to_owned()]);
    }
    let on_disk = packs_on_disk()?;
    Ok(if on_disk.is_empty() { builtin::packs().into_iter().map(str::to_owned).collect() } else { on_disk })
}

fn counts(pack: &Pack, documents: usize) -> String {
    let word = |n: usize, one: &str| count(n, one, &format!("{one}s"));
    [
        word(pack.areas.len(), "area"),
        word(pack.questions.len(), "question"),
        word(pack.metrics.len(), "metric"),
        word(pack.rules.len(), "rule"),
        word(pack.prescriptions.len(), "prescription"),
        word(documents, "document"),
    ]
    .join(", ")
}
