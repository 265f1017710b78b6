use super::*;
use crate::answers::read_session;
use crate::diag::show_all;

fn read(text: &str) -> Result<RunsOfShow, String> {
    let mut sources = Sources::default();
    let id = sources.add("run-of-show.yaml", text);
    let mut diagnostics = Diagnostics::default();
    read_runs(id, &sources, &mut diagnostics).ok_or_else(|| show_all(&diagnostics, &sources, false))
}

const RUNS: &str = "
materials: [Pens]
hard_questions:
  - { ask: Why nine?, answer: Because. }
contingency: [{ if: No sound, then: Type. }]
runs:
  short:
    title: An hour
    minutes: 60
    segments:
      - title: Welcome
        minutes: 10
        owner: host
        say: Good
          morning.
        do: [Open the room., Count heads.]
        ask: [Who is here?, { ask: Why?, expect: Silence. }]
      - { leak: 1, minutes: 40, goal: See it. }
      - { title: Pause, topic: break, minutes: 10 }
";

#[test]
fn a_run_of_show_is_read() {
    let runs = read(RUNS).unwrap();
    let run = &runs.runs[0];
    assert_eq!((run.id.as_str(), run.minutes, run.segments.len()), ("short", 60, 3));
    assert_eq!(run.segments[0].say, ["Good morning."]);
    assert_eq!(run.segments[0].act.len(), 2);
    assert_eq!(run.segments[0].ask[1].answer.as_deref(), Some("Silence."));
    assert_eq!(
        run.segments.iter().map(|one| one.topic).collect::<Vec<_>>(),
        [Topic::Talk, Topic::Leak(1), Topic::Break]
    );
    assert_eq!(runs.hard_questions[0].text, "Why nine?");
    assert_eq!(runs.contingency[0].answer.as_deref(), Some("Type."));
    assert_eq!(read("").unwrap(), RunsOfShow::default());
}

#[test]
fn what_does_not_add_up_is_told() {
    let told = read(&RUNS.replace("minutes: 40", "minutes: 30")).unwrap_err();
    assert_eq!(
        told,
        "\
error[K803]: the segments come to 50 minutes, and the run of show takes 60
 --> run-of-show.yaml:9:14
  |
9 |     minutes: 60
  |              ^^
  |
  = help: add 10 minutes, or write `minutes: 50`
"
    );
    let told = read(&RUNS.replace("minutes: 40", "minutes: 41")).unwrap_err();
    assert!(told.contains("= help: take 1 minute away, or write `minutes: 61`"), "{told}");
}

#[test]
fn every_slip_of_a_run_of_show_is_told_at_once() {
    let told = read(
        "runs:\n  a:\n    minutes: 5\n    segments:\n      - { title: X, minutes: five, topic: brake }\n      - { minutes: 1, leak: 4 }\n      - { minutes: 2, topic: leak, titel: Y }\n  b: { minutes: 3 }\n  c: [1]\nhard_questions: [{ answer: Yes }]\nmaterial: []\n",
    )
    .unwrap_err();
    assert_eq!(
        told,
        "\
error[K109]: `five` is no length in minutes
 --> run-of-show.yaml:5:30
  |
5 |       - { title: X, minutes: five, topic: brake }
  |                              ^^^^ a whole number of minutes is wanted here
  |
  = help: write an hour as `60`

error[K803]: `brake` is no topic
 --> run-of-show.yaml:5:43
  |
5 |       - { title: X, minutes: five, topic: brake }
  |                                           ^^^^^
  |
  = help: did you mean `break`?

error[K803]: `4` is no place among the shared leaks
 --> run-of-show.yaml:6:29
  |
6 |       - { minutes: 1, leak: 4 }
  |                             ^
  |
  = help: write 1 for the most frequent one, 2 or 3 for the next

error[K803]: `leak` is no topic
 --> run-of-show.yaml:7:30
  |
7 |       - { minutes: 2, topic: leak, titel: Y }
  |                              ^^^^
  |
  = help: write `leak: 1` in its place

error[K106]: `titel` is no key here
 --> run-of-show.yaml:7:36
  |
7 |       - { minutes: 2, topic: leak, titel: Y }
  |                                    ^^^^^
  |
  = help: did you mean `title`?

error[K803]: the run of show `b` has no segments
 --> run-of-show.yaml:8:3
  |
8 |   b: { minutes: 3 }
  |   ^
  |
  = help: write `segments:`, and below it one `- { title: Welcome, minutes: 5 }` a segment

error[K107]: `c` is a list
 --> run-of-show.yaml:9:6
  |
9 |   c: [1]
  |      ^^^ a map is wanted here

error[K108]: `ask` is missing here
  --> run-of-show.yaml:10:18
   |
10 | hard_questions: [{ answer: Yes }]
   |                  ^^^^^^^^^^^^^^^
   |
   = help: write `{ ask: …, answer: … }`

error[K106]: `material` is no key here
  --> run-of-show.yaml:11:1
   |
11 | material: []
   | ^^^^^^^^
   |
   = help: did you mean `materials`?
"
    );
}

#[test]
fn a_session_goes_by_the_run_it_names_or_that_fits() {
    let runs = read(&(RUNS.to_owned() + "  long: { minutes: 90, segments: [{ title: T, minutes: 90 }] }\n"))
        .unwrap();
    let choose = |more: &str| {
        let mut sources = Sources::default();
        let id = sources.add("session.yaml", format!("title: T\ndate: 2026-03-12\nzone: UTC\n{more}"));
        let mut faults = Diagnostics::default();
        let session = read_session(id, &sources, &mut faults).unwrap();
        let run = choose_run(&session, &runs, &mut faults).map(|run| run.id.clone());
        (run, show_all(&faults, &sources, false))
    };
    assert_eq!(choose("minutes: 90\n"), (Some("long".to_owned()), String::new()));
    assert_eq!(choose("minutes: 45\n"), (None, String::new()));
    assert_eq!(choose("run: short\n"), (Some("short".to_owned()), String::new()));
    assert_eq!(
        choose("run: shrt\n").1,
        "\
error[K803]: there is no run of show `shrt`
 --> session.yaml:4:6
  |
4 | run: shrt
  |      ^^^^
  |
  = help: did you mean `short`?
"
    );
    assert_eq!(
        choose("run: short\nminutes: 90\n").1,
        "\
error[K803]: the session lasts 90 minutes, and this run of show 60
 --> session.yaml:4:6
  |
4 | run: short
  |      ^^^^^
  |
  = help: write `minutes: 60`, or name another run
"
    );
}

#[test]
fn what_a_segment_lacks_is_told() {
    let told = read("runs:\n  a:\n    segments:\n      - { goal: Aim. }\n").unwrap_err();
    assert_eq!(
        told,
        "\
error[K108]: `minutes` is missing here
 --> run-of-show.yaml:2:3
  |
2 |   a:
  |   ^
  |
  = help: say how long it takes, such as `minutes: 10`

error[K108]: `minutes` is missing here
 --> run-of-show.yaml:4:9
  |
4 |       - { goal: Aim. }
  |         ^
  |
  = help: say how long it takes, such as `minutes: 10`

error[K108]: `title` is missing here
 --> run-of-show.yaml:4:9
  |
4 |       - { goal: Aim. }
  |         ^
  |
  = help: say what stands on the agenda, such as `title: Welcome`
"
    );
}
