//! Benchmarks of `cohort`: read, kept, and told of where they give somebody away.

use super::super::args::Cohort;
use super::super::console::Console;
use super::super::workspace::Ground;
use crate::files::{self, WorldError, slashed, write_atomic};
use crate::model::{Pack, Session};
use crate::tally::{About, Benchmark, Compared, Together, read_benchmark};
use crate::wording::{count, date};

/// The benchmark to compare with; its faults join those of the run.
pub fn read(args: &Cohort, ground: &mut Ground) -> Result<Option<Benchmark>, WorldError> {
    let Some(path) = &args.benchmark else { return Ok(None) };
    let Some(source) = ground.read(path)? else { return Ok(None) };
    Ok(read_benchmark(source, &ground.sources, &mut ground.faults))
}

/// The benchmark to be kept; an error where that cannot be, which is told.
pub fn of(
    args: &Cohort,
    pack: &Pack,
    together: &Together,
    session: Option<&Session>,
    console: &mut Console<'_>,
) -> Result<Option<Benchmark>, ()> {
    let Some(path) = &args.save_benchmark else { return Ok(None) };
    let (Some(source), Some(grade)) = (&args.source, &args.grade) else { return Ok(None) };
    if files::exists(path) && !args.force {
        let message = format!("`{}` is there already", slashed(path));
        console.fault(&message, &["give another name, or `--force` to overwrite it"]);
        return Err(());
    }
    let day = args.from.as_of.or(session.map(|session| session.when.date));
    let Some(day) = day.or(together.dates.map(|(_, last)| last)) else {
        console.fault(
            "a benchmark has a date, and nothing says of which day these answers are",
            &["add `--as-of DATE`"],
        );
        return Err(());
    };
    let title = args.title.clone().unwrap_or_else(|| format!("{}, {}", pack.title.plain(), date(day)));
    let about = About { title, source: source.trim().to_owned(), grade: grade.to_uppercase(), date: day };
    Ok(Some(Benchmark::of(pack, together, about)))
}

pub fn save(args: &Cohort, benchmark: &Benchmark, console: &mut Console<'_>) -> Result<(), WorldError> {
    let Some(path) = &args.save_benchmark else { return Ok(()) };
    let json = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let text = if json { benchmark.to_json() } else { benchmark.to_yaml() };
    write_atomic(path, text.as_bytes())?;
    let people = count(benchmark.people, "respondent", "respondents");
    let line = format!("{}: a benchmark of {people}", slashed(path));
    if console.data {
        console.tell(&line);
        return Ok(());
    }
    console.note(&line)
}

/// A benchmark of nearly as many people may be of the same ones but a few, who could then be worked out.
pub fn tell_near(compared: &Compared, together: &Together, console: &mut Console<'_>) {
    let apart = compared.people.abs_diff(together.people);
    if !console.quiet && apart > 0 && apart < together.least {
        console.tell(&format!(
            "note: the benchmark holds {} respondents and this cohort {}; where most are the same people, whoever has \
             both can work out what the others answered",
            compared.people, together.people
        ));
    }
}
