//! How a run ends, for scripts.

/// The exit codes; they never change their meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Everything asked for was done.
    Done,
    /// The world failed: a disk, a pipe, a file that is not there.
    World,
    /// A pack, template, answers or session file has errors, or the command line has.
    Faults,
    /// An expectation of a pack's tests was not met.
    TestFailed,
    /// Some respondents were refused; each is listed, and all others are there.
    SomeRefused,
}

impl Exit {
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::World => 1,
            Exit::Faults => 2,
            Exit::TestFailed => 3,
            Exit::SomeRefused => 4,
        }
    }
}
