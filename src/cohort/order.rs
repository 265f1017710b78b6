//! Several threads, one order.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};

/// How many items for each thread may be taken before the first of them is told.
const AHEAD: usize = 8;

struct State {
    /// Items whose turn is over.
    passed: usize,
    /// Items that were told.
    told: usize,
    stopped: bool,
}

struct Gate {
    state: Mutex<State>,
    moved: Condvar,
}

impl Gate {
    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.lock());
        self.moved.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait_while(&self, held_up: impl Fn(&State) -> bool) -> MutexGuard<'_, State> {
        let mut state = self.lock();
        while held_up(&state) {
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state
    }
}

/// Ends the run where its thread panics: nobody waits for what will not come.
struct EndsWithPanic<'g>(&'g Gate);

impl Drop for EndsWithPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.change(|state| state.stopped = true);
        }
    }
}

/// An item's place in the order. What is done in a turn is done for one item after the other, whatever
/// thread is faster; it should be short, since others wait for it.
pub struct Turn<'g> {
    gate: &'g Gate,
    number: usize,
}

impl Turn<'_> {
    /// Waits until all before had their turn, and takes it.
    pub fn take<R>(self, action: impl FnOnce() -> R) -> R {
        drop(self.gate.wait_while(|state| state.passed < self.number));
        // Dropping gives the turn on, even where the action fails.
        action()
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        drop(self.gate.wait_while(|state| state.passed < self.number));
        self.gate.change(|state| state.passed = self.number + 1);
    }
}

/// Does the work on every item in several threads, and tells what came of it in the order of the items, in the
/// thread of the caller. `next` is asked by one thread at a time. Where `tell` says no, the run ends: what is
/// at work then is still finished, and not told.
pub fn in_order<T: Send, R: Send>(
    jobs: usize,
    next: impl FnMut() -> Option<T> + Send,
    work: impl Fn(T, Turn<'_>) -> R + Sync,
    mut tell: impl FnMut(R) -> bool,
) {
    let gate =
        Gate { state: Mutex::new(State { passed: 0, told: 0, stopped: false }), moved: Condvar::new() };
    let items = Mutex::new((0, next));
    let window = jobs * AHEAD;
    let take = || {
        let mut items = items.lock().unwrap_or_else(PoisonError::into_inner);
        let number = items.0;
        let state = gate.wait_while(|state| !state.stopped && number >= state.told + window);
        if state.stopped {
            return None;
        }
        drop(state);
        let item = (items.1)()?;
        items.0 += 1;
        Some((number, item))
    };
    std::thread::scope(|scope| {
        let (send, results) = mpsc::channel();
        for _ in 0..jobs.max(1) {
            let (send, gate, take, work) = (send.clone(), &gate, &take, &work);
            scope.spawn(move || {
                let _guard = EndsWithPanic(gate);
                while let Some((number, item)) = take() {
                    let result = work(item, Turn { gate, number });
                    if send.send((number, result)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        let _guard = EndsWithPanic(&gate);
        let mut early = BTreeMap::new();
        let mut due = 0;
        for (number, result) in results {
            early.insert(number, result);
            while let Some(result) = early.remove(&due) {
                due += 1;
                let go_on = tell(result);
                gate.change(|state| {
                    state.told = due;
                    state.stopped |= !go_on;
                });
                if !go_on {
                    return;
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Work whose length has nothing to do with its place.
    fn toil(item: usize) {
        std::hint::black_box((0..(item * 7919) % 5000).fold(0usize, |sum, n| sum ^ n));
    }

    #[test]
    fn turns_and_results_are_in_order_and_no_more_is_taken_than_may_be() {
        for jobs in [1, 2, 7] {
            let turns = Mutex::new(Vec::new());
            let (taken, told) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let mut items = 0..500;
            let mut results = Vec::new();
            in_order(
                jobs,
                || {
                    let item = items.next()?;
                    let ahead = taken.fetch_add(1, Ordering::SeqCst) - told.load(Ordering::SeqCst);
                    assert!(ahead <= jobs * AHEAD, "{ahead}");
                    Some(item)
                },
                |item, turn| {
                    toil(item);
                    // Some never take their turn.
                    if item % 3 != 0 {
                        turn.take(|| turns.lock().unwrap().push(item));
                    }
                    toil(item + 1);
                    item
                },
                |result| {
                    results.push(result);
                    told.fetch_add(1, Ordering::SeqCst);
                    true
                },
            );
            assert_eq!(results, (0..500).collect::<Vec<_>>());
            let expected: Vec<usize> = (0..500).filter(|item| item % 3 != 0).collect();
            assert_eq!(*turns.lock().unwrap(), expected);
        }
    }

    #[test]
    fn a_run_that_is_stopped_ends() {
        for jobs in [1, 3] {
            let mut told = 0;
            in_order(
                jobs,
                || Some(()),
                |(), turn| turn.take(|| ()),
                |()| {
                    told += 1;
                    told < 100
                },
            );
            assert_eq!(told, 100);
        }
    }

    #[test]
    fn work_that_panics_ends_the_run_instead_of_blocking_it() {
        let done = std::panic::catch_unwind(|| {
            let mut items = 0..50;
            in_order(
                2,
                || items.next(),
                |item, turn| {
                    turn.take(|| assert_ne!(item, 20));
                },
                |()| true,
            );
        });
        assert!(done.is_err());
    }
}
