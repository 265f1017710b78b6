//! `ask`: lines in, questions out, and the answers file written after each answer.

use std::io::{self, BufRead, IsTerminal, Read};
use std::path::{Path, PathBuf};

use super::args::Ask;
use super::console::Console;
use super::exit::Exit;
use super::sound::sound;
use super::workspace::Ground;
use crate::answers::{self, FitOptions, Kind, Outcome, RawFile, ReadOptions};
use crate::diag::Diagnostics;
use crate::files::{WorldError, exists, safe_name, slashed, write_atomic};
use crate::interview::{Interview, id_of};
use crate::model::{Absence, Answer, Pack, Respondent};
use crate::wording::count;

/// Bytes of a line; what is longer is cut.
const MAX_LINE: u64 = 64 * 1024;

pub fn run(args: &Ask, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    let mut ground = Ground::default();
    let mut file = None;
    if let Some(path) = args.out.as_deref() {
        if !is_yaml(path) {
            console.fault(
                &format!("`{}` is no YAML file", slashed(path)),
                &["give `--out` a name that ends in .yaml"],
            );
            return Ok(Exit::Faults);
        }
        file = started(path, &mut ground)?;
    }
    let named = file.as_ref().and_then(|file: &RawFile| file.pack().cloned());
    let asked = args.pack.as_deref().or(named.as_ref().map(|(name, _)| name.as_str()));
    let Some(sound) = sound(asked, &mut ground, console)? else { return Ok(Exit::Faults) };
    let pack = sound.pack();
    let mut lines = Lines::new();
    console.print(&format!("{}: {}.", pack.title.plain(), size(pack)))?;
    console.print("Type ? for what can be typed, q to save and leave.")?;
    let path = match &args.out {
        Some(path) => path.clone(),
        None => {
            let Some(path) = ask_name(&mut lines, console)? else {
                console.print("\nNo name was given, and nothing is saved.")?;
                return Ok(Exit::Done);
            };
            file = started(&path.0, &mut ground)?;
            lines.name = Some(path.1);
            path.0
        }
    };
    let begun = match &file {
        Some(file) => read_begun(file, pack, &path, &mut ground, console),
        None => Some((blank(pack, &path, lines.name.clone(), args), Vec::new())),
    };
    let Some((respondent, keys)) = begun else { return Ok(Exit::Faults) };
    let open = if args.again { unsaid(pack, &respondent) } else { Vec::new() };
    let keys: Vec<&str> = keys.iter().map(String::as_str).filter(|key| !open.contains(key)).collect();
    let mut interview = Interview::new(&sound, respondent, &keys, args.quick);
    if file.is_some() {
        console.print(&format!("Going on in {}.", slashed(&path)))?;
    }
    let left = converse(&mut interview, &path, &mut lines, console)?;
    let file = slashed(&path);
    if !left {
        console.print(&format!("\n{}", interview.ending()))?;
    }
    if !interview.has_begun() {
        console.print("Nothing was answered, and nothing is saved.")?;
    } else if left {
        let pack = args.pack.as_ref().map_or_else(String::new, |pack| format!(" {pack}"));
        console.print(&format!("Saved in {file}. To go on: kitwright ask{pack} --out {file}"))?;
    } else {
        console.print(&format!("Saved in {file}. To make the papers: kitwright build {file}"))?;
    }
    Ok(Exit::Done)
}

/// Asks until nothing is left; true where the person left before that.
fn converse(
    interview: &mut Interview<'_>,
    path: &Path,
    lines: &mut Lines,
    console: &mut Console<'_>,
) -> Result<bool, WorldError> {
    let mut again = false;
    while !interview.is_done() {
        // What was not understood is typed again; nobody has to hear the whole question for it.
        let text = if again { "> ".to_owned() } else { interview.question() };
        let Some(line) = prompt(&text, lines, console)? else {
            console.print("")?;
            return Ok(true);
        };
        let heard = interview.hear(&line);
        if heard.changed {
            write_atomic(path, interview.file().as_bytes())?;
        }
        if heard.leave {
            return Ok(true);
        }
        again = !heard.say.is_empty();
        if again {
            console.print(&heard.say)?;
        }
    }
    Ok(false)
}

/// Says something and waits for a line; none at the end of the input.
fn prompt(text: &str, lines: &mut Lines, console: &mut Console<'_>) -> Result<Option<String>, WorldError> {
    console.text(text)?;
    console.flush()?;
    let line = lines.next()?;
    // A terminal shows what is typed; of piped lines a transcript would hold nothing.
    if let (Some(line), false) = (&line, lines.terminal) {
        console.print(line)?;
    }
    Ok(line)
}

/// Lines of standard input.
struct Lines {
    terminal: bool,
    /// What documents shall call the respondent, where it was asked for.
    name: Option<String>,
}

impl Lines {
    fn new() -> Lines {
        Lines { terminal: io::stdin().is_terminal(), name: None }
    }

    fn next(&mut self) -> Result<Option<String>, WorldError> {
        let mut bytes = Vec::new();
        let mut input = io::stdin().lock();
        let world = |cause| WorldError::new("read", Path::new("standard input"), cause);
        input.by_ref().take(MAX_LINE).read_until(b'\n', &mut bytes).map_err(world)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        // The rest of a line that is too long belongs to no question.
        if bytes.last() != Some(&b'\n') && bytes.len() as u64 == MAX_LINE {
            input.skip_until(b'\n').map_err(world)?;
        }
        let line = String::from_utf8_lossy(&bytes);
        Ok(Some(line.trim_end_matches(['\n', '\r']).to_owned()))
    }
}

/// The file and the name of somebody new.
fn ask_name(lines: &mut Lines, console: &mut Console<'_>) -> Result<Option<(PathBuf, String)>, WorldError> {
    let text = "\nWho answers? A team, a company or a person: the file and documents are named so.\n> ";
    loop {
        let Some(name) = prompt(text, lines, console)? else { return Ok(None) };
        if matches!(name.trim(), "q" | "Q" | ":q") {
            return Ok(None);
        }
        let name: String = name.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned();
        match id_of(&name) {
            Some(id) => {
                return Ok(Some((Path::new("answers").join(format!("{}.yaml", safe_name(&id))), name)));
            }
            None => console.print("A name with a letter or a digit is wanted.")?,
        }
    }
}

/// The answers that are there already, as read.
fn started(path: &Path, ground: &mut Ground) -> Result<Option<RawFile>, WorldError> {
    if !exists(path) {
        return Ok(None);
    }
    let Some(source) = ground.read(path)? else { return Ok(None) };
    Ok(Some(answers::read(source, Kind::Yaml, &ReadOptions::default(), &ground.sources)))
}

/// The respondent of a file with the keys that stand in it; none where it cannot be gone on with, which is told.
fn read_begun(
    file: &RawFile,
    pack: &Pack,
    path: &Path,
    ground: &mut Ground,
    console: &mut Console<'_>,
) -> Option<(Respondent, Vec<String>)> {
    if !Interview::keeps(&ground.sources.get(file.source).text) {
        let message = format!("`{}` holds comments, which the interview would not keep", slashed(path));
        console.fault(&message, &["take the comments out, or name another file with `--out`"]);
        return None;
    }
    let fitting = answers::fit(file, pack, FitOptions::default(), &ground.sources);
    let mut faults = Diagnostics::default();
    faults.extend(fitting.faults().clone());
    let mut found = None;
    for raw in &file.respondents {
        match fitting.outcome(raw) {
            Outcome::Fits(respondent) => {
                found = Some((*respondent, raw.keys().into_iter().map(str::to_owned).collect()));
            }
            Outcome::Refused(refusal) => faults.extend(refusal.faults),
        }
    }
    console.diagnostics(&faults, &ground.sources);
    found.filter(|_| !faults.has_errors())
}

/// The ids of questions and figures that were asked about and of which nothing was said.
fn unsaid<'p>(pack: &'p Pack, respondent: &Respondent) -> Vec<&'p str> {
    let open = |answer: &Answer| matches!(answer, Answer::Absent(Absence::Skipped | Absence::DontKnow));
    let questions = pack.questions.iter().zip(&respondent.answers).filter(|(_, answer)| open(answer));
    let metrics = pack.metrics.iter().zip(&respondent.metrics).filter(|(_, given)| given.is_none());
    questions
        .map(|(question, _)| question.id.as_str())
        .chain(metrics.map(|(metric, _)| metric.id.as_str()))
        .collect()
}

/// Somebody of whom nothing is known yet.
fn blank(pack: &Pack, path: &Path, name: Option<String>, args: &Ask) -> Respondent {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let id = id_of(&stem).unwrap_or_else(|| "respondent".to_owned());
    let today = jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date();
    Respondent {
        name: name.unwrap_or_else(|| id.clone()),
        id,
        date: Some(args.date.unwrap_or(today)),
        language: None,
        answers: vec![Answer::Absent(Absence::Skipped); pack.questions.len()],
        voices: Vec::new(),
        metrics: vec![None; pack.metrics.len()],
        rounds: Vec::new(),
        extra: serde_json::Map::new(),
        problems: Vec::new(),
    }
}

fn size(pack: &Pack) -> String {
    let questions = count(pack.questions.len(), "question", "questions");
    match pack.metrics.len() {
        0 => questions,
        metrics => format!("{questions} and {}", count(metrics, "figure", "figures")),
    }
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml")
}
