//! Arguments, streams and exit codes: the only room that prints, and that knows what day it is.

mod args;
mod asides;
mod ask;
mod build;
mod check;
mod cohort;
mod console;
mod diff;
mod documents;
mod evaluate;
mod exit;
mod explain;
mod fmt;
mod form;
mod forms;
mod handover;
mod kit;
mod look;
mod new;
mod opened;
mod prepare;
mod progress;
mod propose;
mod reached;
mod refusals;
mod render;
mod schema;
mod sound;
mod test;
mod watch;
mod workspace;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};

use clap::Parser;

use args::{Cli, CohortFormat, Colour, Command, FIRST_STEPS};
use console::Console;
pub use exit::Exit;

use crate::check::pages;
use crate::files::WorldError;

/// Runs one command line, the program's name first.
pub fn run(args: impl IntoIterator<Item = OsString>, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    let args: Vec<OsString> = args.into_iter().collect();
    let cli = match Cli::try_parse_from(&args) {
        Ok(cli) => cli,
        Err(error) => {
            let wrong = error.use_stderr();
            let text = error.render();
            let stream: &mut dyn Write = if wrong { err } else { out };
            let _ = write!(stream, "{text}");
            return if wrong { Exit::Faults } else { Exit::Done };
        }
    };
    let mut console = Console::new(out, err);
    console.quiet = cli.quiet;
    console.command = forms::in_earnest(&args);
    console.form = cli.message_format.form();
    console.data = match &cli.command {
        Some(Command::Cohort(args)) => args.format.contains(&CohortFormat::Json),
        command => {
            matches!(command, Some(Command::Evaluate(_) | Command::Explain(_) | Command::Documents(_)))
        }
    };
    console.terminal = std::io::stderr().is_terminal();
    console.colour = match cli.color {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => console.terminal && std::env::var_os("NO_COLOR").is_none(),
    };
    let done = match &cli.command {
        None => welcome(&mut console),
        Some(Command::Build(args)) => build::run(args, &mut console),
        Some(Command::Kit(args)) => kit::run(args, &mut console),
        Some(Command::Watch(args)) => watch::run(args, &mut console),
        Some(Command::Evaluate(args)) => evaluate::run(args, &mut console),
        Some(Command::Check(args)) => check::run(args, &mut console),
        Some(Command::Test(args)) => test::run(args, &mut console),
        Some(Command::Explain(args)) => explain::run(args, &mut console),
        Some(Command::Ask(args)) => ask::run(args, &mut console),
        Some(Command::Form(args)) => form::run(args, &mut console),
        Some(Command::Fmt(args)) => fmt::run(args, &mut console),
        Some(Command::Diff(args)) => diff::run(args, &mut console),
        Some(Command::Documents(args)) => documents::run(args, &mut console),
        Some(Command::Cohort(args)) => cohort::run(args, &mut console),
        Some(Command::New(args)) => new::run(args, &mut console),
        Some(Command::Render(args)) => render::run(args, &mut console),
        Some(Command::Schema(args)) => schema::run(args, &mut console),
    };
    if let Err(error) = &done {
        let missing = error.doing == "read" && error.cause.kind() == std::io::ErrorKind::NotFound;
        let help =
            "check the name and the folder; `kitwright new my-workshop` makes a folder with an example";
        let help = [help];
        console.fault(&error.to_string(), if missing { &help } else { &[] });
    }
    let finished = console.finish(&pages(), done.is_ok());
    match (done, finished) {
        (Ok(exit), Ok(())) => exit,
        (Ok(_), Err(error)) => {
            console.tell(&format!("error: {error}"));
            Exit::World
        }
        (Err(_), _) => Exit::World,
    }
}

/// What somebody sees who does not know yet what to type.
fn welcome(console: &mut Console<'_>) -> Result<Exit, WorldError> {
    console.print(
        "kitwright turns an assessment into a workshop kit: answers and measured metrics go in,\n\
         personalised coaching playbooks come out as Markdown, HTML and PDF.\n",
    )?;
    console.print(FIRST_STEPS)?;
    console.print("\n`kitwright --help` lists all commands.")?;
    Ok(Exit::Done)
}
