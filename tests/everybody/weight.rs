//! What a cohort costs: memory that does not grow with it, and work that is shared. Read from the system while it runs.
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::people::table;
use crate::{kitwright, long};

struct Weight {
    /// The most that was held at once.
    kilobytes: u64,
    /// What part of all the work the busiest thread did.
    busiest: f64,
    seconds: f64,
}

fn weigh(people: usize, formats: &str) -> Weight {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("cohort.csv"), table(people, 33)).unwrap();
    let begin = Instant::now();
    let mut child =
        kitwright(folder.path(), &["build", "cohort.csv", "--format", formats, "--jobs", "2", "-q"])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
    let (mut kilobytes, mut threads) = (0, BTreeMap::new());
    while child.try_wait().unwrap().is_none() {
        let home = format!("/proc/{}", child.id());
        let status = fs::read_to_string(format!("{home}/status")).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
        kilobytes = peak.and_then(|peak| peak.trim().parse().ok()).unwrap_or(kilobytes);
        for task in fs::read_dir(format!("{home}/task")).into_iter().flatten().flatten() {
            let stat = fs::read_to_string(task.path().join("stat")).unwrap_or_default();
            // Behind the name, which may hold anything, the 12th and 13th fields are ticks of work.
            if let Some((_, fields)) = stat.rsplit_once(')') {
                let fields: Vec<u64> = fields.split(' ').filter_map(|field| field.parse().ok()).collect();
                let ticks = fields.get(9).zip(fields.get(10)).map_or(0, |(user, system)| user + system);
                threads.insert(task.file_name(), ticks);
            }
        }
        sleep(Duration::from_millis(5));
    }
    assert!(child.wait().unwrap().success());
    let seconds = begin.elapsed().as_secs_f64();
    let all: u64 = threads.values().sum();
    let busiest = *threads.values().max().unwrap() as f64 / all.max(1) as f64;
    println!(
        "{people} in {formats}: {seconds:.1} s, {:.1} documents a second, {kilobytes} kB, the busiest thread did {busiest:.3}",
        (people * formats.split(',').count()) as f64 / seconds
    );
    Weight { kilobytes, busiest, seconds }
}

#[test]
fn two_jobs_share_the_work() {
    let people = if long() { 400 } else { 40 };
    // A few papers are too few to come out even.
    let most = if long() { 0.56 } else { 0.62 };
    let weight = weigh(people, "md,html");
    assert!(weight.busiest <= most && weight.seconds > 0.0, "{}", weight.busiest);
    if long() {
        let weight = weigh(100, "pdf");
        assert!(weight.busiest <= most, "{}", weight.busiest);
    }
}

#[test]
fn memory_does_not_grow_with_the_cohort() {
    if !long() {
        return;
    }
    let (small, large) = (weigh(1000, "md"), weigh(10_000, "md"));
    let times = large.kilobytes as f64 / small.kilobytes as f64;
    println!("ten times the people take {times:.3} of the memory");
    assert!(times <= 1.1, "{} and {} kB", small.kilobytes, large.kilobytes);
}
