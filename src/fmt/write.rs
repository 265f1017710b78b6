//! The pieces with canonical space between them.

use super::atoms::{Atom, Kind};
use super::columns::{Columns, Lead};
use super::scalars::Rewrites;

/// Spaces before a comment behind a value, at least.
const APART: usize = 2;

/// The text of all pieces; without columns, lines begin where they began.
pub fn write(text: &str, atoms: &[Atom], columns: Option<&Columns>, scalars: &Rewrites) -> String {
    let mut out = Out { text: String::with_capacity(text.len()), column: 0 };
    // How far the line was moved.
    let mut moved = 0isize;
    let mut before: Option<&Atom> = None;
    // The column of each atom so far.
    let mut placed: Vec<usize> = Vec::with_capacity(atoms.len());
    for (at, atom) in atoms.iter().enumerate() {
        if atom.leads {
            if let Some(before) = before {
                out.breaks(if keeps_breaks(text, before) { atom.breaks } else { atom.breaks.min(2) });
            }
            let column = match columns.and_then(|columns| columns.lead(at)) {
                Some(Lead::Column(column)) => column,
                Some(Lead::Under(above)) => placed[above],
                None => atom.column,
            };
            moved = column as isize - atom.column as isize;
            out.spaces(column);
        } else if let Some(before) = before {
            let behind = columns.map_or(1, |columns| columns.gap(at - 1));
            let gap = match atom.kind {
                Kind::Comment => {
                    let wanted = usize::try_from(atom.column as isize + moved).unwrap_or(0);
                    wanted.max(out.column + APART) - out.column
                }
                _ => gap(before, atom, behind),
            };
            out.spaces(gap);
        }
        placed.push(out.column);
        let own = &text[atom.range.clone()];
        match scalars.get(&atom.range.start) {
            Some(rewritten) => out.push(rewritten),
            None if atom.kind == Kind::Comment => out.comment(own),
            None if own.contains('\n') => {
                let inner = columns.and_then(|columns| columns.inner(at));
                lines(&mut out, own, atom.kind == Kind::Block, inner);
                // Behind the last of several lines nothing tells how far it was moved.
                moved = 0;
            }
            None => out.push(own),
        }
        before = Some(atom);
    }
    if let Some(last) = before {
        let rest = &text[last.range.end..];
        let breaks = rest.matches('\n').count();
        out.breaks(if keeps_breaks(text, last) { breaks } else { 1 });
    }
    out.text
}

/// The spaces between two pieces on one line.
fn gap(before: &Atom, atom: &Atom, behind_colon: usize) -> usize {
    use Kind::{Sign, Word};
    match (before.kind, atom.kind) {
        // The name of a reference may hold a colon.
        (Word, Sign(':')) => 1,
        (_, Sign(':' | ',' | ']')) | (Sign('['), _) | (Sign('{'), Sign('}')) => 0,
        (Sign(':'), _) => behind_colon,
        _ => 1,
    }
}

/// A text whose empty lines at its end are part of it.
fn keeps_breaks(text: &str, atom: &Atom) -> bool {
    let header = text[atom.range.clone()].lines().next().unwrap_or("");
    atom.kind == Kind::Block && header.split([' ', '\t', '#']).next().is_some_and(|sign| sign.contains('+'))
}

/// A scalar of several lines: those below the first are moved together, or, where they are folded anyway, one by one.
fn lines(out: &mut Out, own: &str, block: bool, inner: Option<usize>) {
    let mut all = own.split('\n');
    let first = all.next().unwrap_or("");
    out.push(if block { first.trim_end() } else { first });
    let rest: Vec<&str> = all.collect();
    let depth = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let shallowest =
        rest.iter().find(|line| !line.trim_matches(' ').is_empty()).map_or(0, |line| depth(line));
    for line in rest {
        out.text.push('\n');
        out.column = 0;
        let Some(inner) = inner else {
            out.push(line);
            continue;
        };
        let line = if block {
            line.get(shallowest.min(depth(line))..).unwrap_or("")
        } else {
            line.trim_start_matches([' ', '\t'])
        };
        if !line.is_empty() {
            out.spaces(inner);
            out.push(line);
        }
    }
}

struct Out {
    text: String,
    /// Characters on the last line.
    column: usize,
}

impl Out {
    fn push(&mut self, piece: &str) {
        self.text.push_str(piece);
        self.column += piece.chars().count();
    }

    fn spaces(&mut self, count: usize) {
        self.text.extend(std::iter::repeat_n(' ', count));
        self.column += count;
    }

    fn breaks(&mut self, count: usize) {
        self.text.extend(std::iter::repeat_n('\n', count));
        self.column = 0;
    }

    /// `#so` gets its space; signs behind it have a meaning for somebody.
    fn comment(&mut self, own: &str) {
        match own.strip_prefix('#').filter(|rest| rest.starts_with(char::is_alphanumeric)) {
            Some(rest) => {
                self.push("# ");
                self.push(rest);
            }
            None => self.push(own),
        }
    }
}
