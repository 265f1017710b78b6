//! Numbers moved to just across the places where a line turns, in steps that people would write.

use std::cmp::Ordering;

use super::input::{Input, Stop};
use super::need::Needs;
use super::observe::reading;
use super::world::World;
use crate::model::{Answer, Number, Subject, Unit, Values};

/// Where a number may go, and in which steps.
#[derive(Clone, Debug)]
pub struct Grid {
    now: Number,
    /// One place of the grid.
    origin: Number,
    step: Number,
    low: Number,
    high: Number,
    /// What a whole move is.
    span: Number,
}

/// How many doublings are tried before a number is held not to matter.
const DOUBLINGS: usize = 48;

impl Grid {
    /// The grid of a measured number: whole ones for counts, the digits written for percentages and the like, and
    /// three digits of anything large.
    pub fn new(now: &Number, unit: &Unit, decimals: u32, range: Option<&(Number, Number)>) -> Grid {
        let size = if now.is_zero() { Number::one() } else { now.abs() };
        let far = &size * &Number::from(1000i64);
        let (low, high, span) = match range {
            Some((low, high)) => (low.clone(), high.clone(), high - low),
            None => (now - &far, now + &far, size),
        };
        let step = step(now, unit, decimals);
        Grid { now: now.clone(), origin: Number::zero(), step, low, high, span }
    }

    /// The grid of a long scale.
    pub fn scale(now: &Number, low: &Number, high: &Number, step: Number) -> Grid {
        let span = high - low;
        Grid { now: now.clone(), origin: low.clone(), step, low: low.clone(), high: high.clone(), span }
    }

    /// The value so many steps away from the last one on the grid; none beyond the end.
    fn value(&self, steps: &Number, up: bool) -> Option<Number> {
        let whole = ((&self.now - &self.origin).checked_div(&self.step)?).rounded(0);
        let mut base = &self.origin + &(&whole * &self.step);
        // The nearest place of the grid that does not lie ahead already.
        if up && base > self.now {
            base = &base - &self.step;
        } else if !up && base < self.now {
            base = &base + &self.step;
        }
        let away = steps * &self.step;
        let value = if up { &base + &away } else { &base - &away };
        if value > self.high || value < self.low { None } else { Some(value) }
    }

    fn stop(&self, value: Number) -> Stop {
        let moved = (&value - &self.now).abs().checked_div(&self.span).unwrap_or_else(Number::one);
        Stop { to: Answer::Number(value), moved }
    }
}

/// In which steps a slider is moved: whole ones where its scale is long enough, else a hundredth of it.
pub fn on_slider(low: &Number, high: &Number) -> Number {
    let span = high - low;
    if span >= Number::from(10i64) { Number::one() } else { &span * &Number::ratio(1, 100) }
}

/// How many decimals a number needs, six at most.
pub fn decimals(value: &Number) -> u32 {
    (0..6).find(|places| value.rounded(*places) == *value).unwrap_or(6)
}

fn step(now: &Number, unit: &Unit, decimals: u32) -> Number {
    let tenth = |places: u32| Number::ratio(1, 10i64.pow(places.min(6)));
    let large = now.abs() >= Number::from(1000i64);
    match unit {
        Unit::Count | Unit::Declared(_) if now.is_integer() => Number::one(),
        Unit::Times => tenth(decimals.max(1)),
        Unit::Percent | Unit::Points | Unit::Count | Unit::Declared(_) => tenth(decimals),
        _ if large => {
            let mut step = Number::one();
            let ten = Number::from(10i64);
            while now.abs() >= &step * &Number::from(1000i64) {
                step = &step * &ten;
            }
            step
        }
        _ => tenth(decimals),
    }
}

/// Both directions of a number: the nearest values at which a line of the rule turns, or what it looks at does.
pub fn stops(world: &mut World<'_>, input: &Input, grid: &Grid) -> Vec<Vec<Stop>> {
    let turns: Vec<(Subject, Number)> = world
        .observed
        .iter()
        .filter(|observed| depends(world, observed.subject, input))
        .flat_map(|observed| observed.edges.iter().map(|edge| (observed.subject, edge.clone())))
        .collect();
    [false, true]
        .into_iter()
        .map(|up| {
            let mut values: Vec<Number> = Vec::new();
            for (subject, edge) in &turns {
                let Some(now) = reading(&world.before, *subject).map(|now| now.cmp(edge)) else { continue };
                let stands = |values: &Values| reading(values, *subject).map(|value| value.cmp(edge));
                let other = |values: &Values| stands(values).is_some_and(|stands| stands != now);
                let Some((first, stood)) = first(world, input, grid, up, other, stands) else { continue };
                values.push(first);
                // On the edge itself a line may hold still, or not yet: then the far side is a stop as well.
                if stood == Some(Ordering::Equal) {
                    let beyond = |values: &Values| {
                        stands(values).is_some_and(|stands| stands != now && stands != Ordering::Equal)
                    };
                    values
                        .extend(self::first(world, input, grid, up, beyond, stands).map(|(value, _)| value));
                }
            }
            let mut stops: Vec<Stop> = values.into_iter().map(|value| grid.stop(value)).collect();
            stops.sort_by(|a, b| a.moved.cmp(&b.moved));
            stops.dedup();
            stops
        })
        .collect()
}

/// Whether a number that a rule looks at moves with an input.
fn depends(world: &World<'_>, subject: Subject, input: &Input) -> bool {
    let needs = Needs::of_subjects(world.pack, vec![subject]);
    match input {
        Input::Answer { question, .. } => needs.questions.contains(question),
        Input::Metric(id) => needs.metrics.contains(id),
    }
}

/// The nearest value in one direction with which something is so, as far as it stays so from there on: by doubling,
/// then by halving. None where it is so nowhere, or only where a number would be impossible.
fn first<T>(
    world: &mut World<'_>,
    input: &Input,
    grid: &Grid,
    up: bool,
    is_so: impl Fn(&Values) -> bool,
    tell: impl Fn(&Values) -> Option<T>,
) -> Option<(Number, Option<T>)> {
    // What is impossible lies beyond what is sought.
    let reached = |world: &mut World<'_>, steps: &Number| -> Option<(Number, Option<Values>)> {
        let value = grid.value(steps, up)?;
        let to = Answer::Number(value.clone());
        Some((value, world.after(&[(input, &to)])))
    };
    let two = Number::from(2i64);
    let mut below = Number::zero();
    let mut above = Number::one();
    for _ in 0..DOUBLINGS {
        match reached(world, &above) {
            Some((_, Some(values))) if !is_so(&values) => {
                below = above.clone();
                above = &above * &two;
            }
            // Found, impossible, or past the end.
            _ => break,
        }
    }
    while &above - &below > Number::one() && !world.exhausted() {
        let middle = (&(&above + &below) * &Number::ratio(1, 2)).rounded(0);
        match reached(world, &middle) {
            Some((_, Some(values))) if !is_so(&values) => below = middle,
            _ => above = middle,
        }
    }
    let (value, values) = reached(world, &above)?;
    let values = values.filter(|values| is_so(values))?;
    Some((value, tell(&values)))
}
