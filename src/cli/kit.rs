//! `kit`: everything for the day of the session, in one folder with a page that leads through it.

use super::args::{Build, MakeKit};
use super::build;
use super::console::Console;
use super::exit::Exit;
use crate::files::WorldError;

pub fn run(args: &MakeKit, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    if args.build.session.is_none() {
        let help = "name it with `--session session.yaml`; `kitwright new` makes one to start from";
        console.fault("a kit is made for a session", &[help]);
        return Ok(Exit::Faults);
    }
    build::run(&Build { whole: true, ..args.build.clone() }, console)
}
