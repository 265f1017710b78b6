//! Where each line begins, and which values stand in one column.

use std::collections::BTreeMap;

use super::atoms::{Atom, Kind};

/// Spaces a level.
const STEP: usize = 2;

/// The canonical columns of a text.
#[derive(Debug)]
pub struct Columns {
    /// For an atom that leads its line: where it is put.
    leads: BTreeMap<usize, Lead>,
    /// For an atom of several lines: the column of the lines below its first.
    inner: BTreeMap<usize, usize>,
    /// For a colon: the spaces behind it, where they are not one.
    gaps: BTreeMap<usize, usize>,
}

/// Where a line begins.
#[derive(Clone, Copy, Debug)]
pub enum Lead {
    Column(usize),
    /// In the column of an atom further up.
    Under(usize),
}

/// A list or map in block style that is open.
struct Level {
    was: usize,
    now: usize,
    list: bool,
    /// Tells this level from others.
    id: usize,
}

impl Columns {
    /// None where lines begin in a way that packs do not: then they are left where they are.
    pub fn of(atoms: &[Atom]) -> Option<Columns> {
        let mut columns = Columns { leads: BTreeMap::new(), inner: BTreeMap::new(), gaps: BTreeMap::new() };
        let mut levels: Vec<Level> = Vec::new();
        let mut ids = 0;
        // The brackets and braces that are open.
        let mut flow: Vec<usize> = Vec::new();
        // The keys that lead their lines, each with its level.
        let mut keys: Vec<(usize, usize)> = Vec::new();
        for (at, atom) in atoms.iter().enumerate() {
            let sign = match atom.kind {
                Kind::Comment => continue,
                Kind::Word if atom.leads => return None,
                Kind::Marker => {
                    levels.clear();
                    columns.leads.insert(at, Lead::Column(0));
                    continue;
                }
                Kind::Sign(sign) => sign,
                _ => ' ',
            };
            let closes = sign == '}' || sign == ']';
            let base = levels.last().map(|level| level.now);
            let below = |depth: usize| match base {
                Some(base) => base + STEP * depth.max(1),
                None => STEP * depth,
            };
            if flow.is_empty() && (sign == '-' || atom.key) {
                let list = sign == '-';
                let level = settle(&mut levels, atom.column, list, &mut ids);
                if atom.leads {
                    columns.leads.insert(at, Lead::Column(level.now));
                    if atom.key {
                        keys.push((at, level.id));
                    }
                }
            } else if atom.leads {
                let depth = flow.len() - usize::from(closes && !flow.is_empty());
                let lead = under(atoms, at, flow.last().copied(), closes).map(Lead::Under);
                columns.leads.insert(at, lead.unwrap_or(Lead::Column(below(depth))));
            }
            columns.inner.insert(at, below(flow.len().max(1)));
            match sign {
                '{' | '[' => flow.push(at),
                '}' | ']' => {
                    flow.pop();
                }
                _ => {}
            }
        }
        columns.comments(atoms);
        columns.aligned(atoms, &keys);
        Some(columns)
    }

    pub fn lead(&self, at: usize) -> Option<Lead> {
        self.leads.get(&at).copied()
    }

    pub fn inner(&self, at: usize) -> Option<usize> {
        self.inner.get(&at).copied()
    }

    pub fn gap(&self, at: usize) -> usize {
        self.gaps.get(&at).copied().unwrap_or(1)
    }

    /// A comment on a line of its own goes with the line below where the two stood in one column, else with the
    /// nearest line above that did.
    fn comments(&mut self, atoms: &[Atom]) {
        let mut below: Option<usize> = None;
        let mut waiting = Vec::new();
        for (at, atom) in atoms.iter().enumerate().rev() {
            if !atom.leads {
                continue;
            }
            if atom.kind != Kind::Comment {
                below = Some(at);
                continue;
            }
            let with_below = below.filter(|&other| atoms[other].column == atom.column);
            waiting.push((at, with_below, below));
        }
        for (at, with_below, below) in waiting {
            let column = atoms[at].column;
            let above = || {
                atoms[..at]
                    .iter()
                    .enumerate()
                    .rev()
                    .filter(|(_, other)| other.leads && other.kind != Kind::Comment)
                    .find(|(_, other)| other.column <= column)
                    .filter(|(_, other)| other.column == column)
                    .map(|(other, _)| other)
            };
            let like = with_below.or_else(above).or(below);
            let lead = like.and_then(|like| self.leads.get(&like).copied()).unwrap_or(Lead::Column(0));
            self.leads.insert(at, lead);
        }
    }

    /// Values of entries on lines next to each other that begin in one column go on doing so.
    fn aligned(&mut self, atoms: &[Atom], keys: &[(usize, usize)]) {
        // The key, where its value begins behind the key's own start, and the width of the key.
        let offset = |key: usize| {
            let value =
                atoms.get(key + 2).filter(|value| value.breaks == 0 && value.kind != Kind::Comment)?;
            Some(value.column - atoms[key].column)
        };
        let width = |key: usize| atoms[key + 1].column - atoms[key].column;
        let mut from = 0;
        while from < keys.len() {
            let next = |to: usize| {
                let ((one, level), (other, other_level)) = (keys[to - 1], *keys.get(to)?);
                let beside = level == other_level && atoms[one].line + 1 == atoms[other].line;
                (beside && offset(one).is_some() && offset(one) == offset(other)).then_some(())
            };
            let mut to = from + 1;
            while next(to).is_some() {
                to += 1;
            }
            if to - from > 1 {
                let run = &keys[from..to];
                let widest = run.iter().map(|(key, _)| width(*key)).max().unwrap_or(0);
                for (key, _) in run {
                    self.gaps.insert(key + 1, 1 + widest - width(*key));
                }
            }
            from = to;
        }
    }
}

/// What a line in brackets stands straight under already: the first word behind the bracket, or for a bracket that
/// closes, the one that opened.
fn under(atoms: &[Atom], at: usize, open: Option<usize>, closes: bool) -> Option<usize> {
    let open = open?;
    let first = if closes { open } else { open + 1 };
    let beside = atoms[first].line == atoms[open].line && atoms[first].kind != Kind::Comment;
    (beside && first < at && atoms[first].column == atoms[at].column).then_some(first)
}

/// The level that a dash or a key in this column belongs to, those it ends closed.
fn settle<'l>(levels: &'l mut Vec<Level>, column: usize, list: bool, ids: &mut usize) -> &'l Level {
    while levels.last().is_some_and(|top| top.was > column || top.was == column && top.list && !list) {
        levels.pop();
    }
    let known = levels.last().is_some_and(|top| top.was == column && top.list == list);
    if !known {
        let now = levels.last().map_or(0, |top| top.now + STEP);
        *ids += 1;
        levels.push(Level { was: column, now, list, id: *ids });
    }
    &levels[levels.len() - 1]
}
