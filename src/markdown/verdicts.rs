//! Which of the lines that may be markers are some, as reading goes on.

use super::Problem;
use super::marker::{Marker, Says};

/// What became of each marker so far.
pub(super) struct Verdicts<'a> {
    markers: &'a [Marker],
    verdicts: Vec<Verdict>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Came out as something else than a line of its own, so it is code or running text.
    Unseen,
    Seen,
    Taken,
    IsText,
    IsNotClosed,
    ClosesNothing,
}

impl<'a> Verdicts<'a> {
    pub(super) fn new(markers: &'a [Marker]) -> Self {
        Verdicts { markers, verdicts: vec![Verdict::Unseen; markers.len()] }
    }

    /// The marker whose line holds this byte.
    pub(super) fn at(&mut self, byte: usize) -> Option<usize> {
        let index = self.markers.partition_point(|marker| marker.line <= byte).checked_sub(1)?;
        (byte < self.markers[index].at.end).then(|| self.verdicts[index] = Verdict::Seen)?;
        Some(index)
    }

    pub(super) fn says(&self, marker: usize) -> &Says {
        &self.markers[marker].says
    }

    /// The bytes of a marker.
    pub(super) fn place(&self, marker: usize) -> std::ops::Range<usize> {
        self.markers[marker].at.clone()
    }

    pub(super) fn take(&mut self, marker: usize) {
        self.verdicts[marker] = Verdict::Taken;
    }

    pub(super) fn is_text(&mut self, marker: usize) {
        self.verdicts[marker] = Verdict::IsText;
    }

    pub(super) fn is_not_closed(&mut self, marker: usize) {
        self.verdicts[marker] = Verdict::IsNotClosed;
    }

    pub(super) fn closes_nothing(&mut self, marker: usize) {
        self.verdicts[marker] = Verdict::ClosesNothing;
    }

    pub(super) fn finish(self) -> Taken {
        let told = |(marker, verdict): (&Marker, Verdict)| marker_fault(marker, verdict);
        let faults = self.markers.iter().zip(self.verdicts.iter().copied()).filter_map(told).collect();
        let flags = self.verdicts.iter().map(|verdict| *verdict == Verdict::Taken).collect();
        Taken { flags, faults }
    }
}

/// Which markers were taken, and what is wrong with the others.
pub(super) struct Taken {
    flags: Vec<bool>,
    faults: Vec<Problem>,
}

impl Taken {
    pub(super) fn all(&self) -> bool {
        self.flags.iter().all(|taken| *taken)
    }

    pub(super) fn flags(&self) -> &[bool] {
        &self.flags
    }

    /// The faults of a body that begins at this byte of its text.
    pub(super) fn faults(&self, body_at: usize) -> Vec<Problem> {
        let moved = |fault: &Problem| Problem {
            at: fault.at.start + body_at..fault.at.end + body_at,
            ..fault.clone()
        };
        self.faults.iter().map(moved).collect()
    }
}

fn marker_fault(marker: &Marker, verdict: Verdict) -> Option<Problem> {
    let (message, help) = match (verdict, &marker.says) {
        (Verdict::Seen, Says::Nothing { message, help, .. }) => (message.clone(), help.clone()),
        (Verdict::Seen, _) => {
            let help = "lay it out without this container";
            ("this container is nested too deep".to_owned(), help.to_owned())
        }
        (Verdict::IsNotClosed, says) => {
            let name = match says {
                Says::Open(kind) => super::marker::written(kind),
                _ => String::new(),
            };
            (format!("`{name}` is not closed"), "write `:::` on a line of its own where it ends".to_owned())
        }
        (Verdict::ClosesNothing, _) => {
            let help = "leave it out, or open a container such as `::: columns` before it";
            ("this `:::` closes nothing".to_owned(), help.to_owned())
        }
        (Verdict::Unseen | Verdict::Taken | Verdict::IsText, _) => return None,
    };
    Some(Problem { at: marker.at.clone(), message, help: Some(help) })
}
