//! Where each line begins, and which values stand in one column.

use std::collections::BTreeMap;

use super::atoms::{Atom, Kind};

/// Spaces a level.
const STEP: usize = 2;

/// The canonical columns of a text.
#[derive(Debug)]
pub struct Columns {
    /// For an atom that leads its line: the column it is put in. For one that holds several lines: see [`Columns::inner`].
    leads: BTreeMap<usize, usize>,
    /// For an atom of several lines: the column of the lines below its first.
    inner: BTreeMap<usize, usize>,
    /// For a colon: the spaces behind it, where they are not one.
    gaps: BTreeMap<usize, usize>,
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
        let mut flow = 0usize;
        // The keys that lead their lines, each with its level.
        let mut keys: Vec<(usize, usize)> = Vec::new();
        for (at, atom) in atoms.iter().enumerate() {
            let sign = match atom.kind {
                Kind::Comment => continue,
                Kind::Word if atom.leads => return None,
                Kind::Marker => {
                    levels.clear();
                    columns.leads.insert(at, 0);
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
            if flow == 0 && (sign == '-' || atom.key) {
                let list = sign == '-';
                let level = settle(&mut levels, atom.column, list, &mut ids);
                if atom.leads {
                    columns.leads.insert(at, level.now);
                    if atom.key {
                        keys.push((at, level.id));
                    }
                }
            } else if atom.leads {
                let depth = if closes { flow.saturating_sub(1) } else { flow };
                columns.leads.insert(at, below(depth));
            }
            columns.inner.insert(at, below(flow.max(1)));
            match sign {
                '{' | '[' => flow += 1,
                '}' | ']' => flow = flow.saturating_sub(1),
                _ => {}
            }
        }
        columns.comments(atoms);
        columns.aligned(atoms, &keys);
        Some(columns)
    }

    pub fn lead(&self, at: usize) -> Option<usize> {
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
            let column = like.and_then(|like| self.leads.get(&like).copied()).unwrap_or(0);
            self.leads.insert(at, column);
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
