//! What canonical is, by example, and that nothing else changes.

use super::*;

fn formatted(text: &str) -> String {
    let mut sources = Sources::default();
    let source = sources.add("a.yaml", text);
    let mut faults = Diagnostics::default();
    let units = declared(source, &sources);
    let out = format(source, &sources, &units, &mut faults).expect("no fault of syntax");
    assert!(faults.is_empty(), "{faults:?}");
    out
}

#[track_caller]
fn becomes(text: &str, wanted: &str) {
    let once = formatted(text);
    assert_eq!(once, wanted, "\n{once}");
    assert_eq!(formatted(&once), once, "again");
}

#[track_caller]
fn stays(text: &str) {
    becomes(text, text);
}

#[test]
fn levels_are_two_spaces_and_lists_stand_under_their_keys() {
    becomes(
        "a:\n    b:\n        c: 1\n    d:\n    - x\n    -   y: 1\n        z: 2\n    - - p\n      - q\n",
        "a:\n  b:\n    c: 1\n  d:\n    - x\n    - y: 1\n      z: 2\n    - - p\n      - q\n",
    );
    becomes(
        "rules:\n- id: a\n  when:\n  - answer.a <= 2\n- id: b\n",
        "rules:\n  - id: a\n    when:\n      - answer.a <= 2\n  - id: b\n",
    );
    becomes("a:\n   one\nb:\n -\n   c: 1\n", "a:\n  one\nb:\n  -\n    c: 1\n");
    becomes("- { id: x,\n       when: [a, b,\n     c],\n }\n", "- { id: x,\n  when: [a, b,\n    c],\n  }\n");
    becomes(
        "  a:  { b: 1,\n        c:  [x,\n             y\n            ],\n        # of d\n        d: 2 }\n",
        "a: { b: 1,\n     c: [x,\n         y\n        ],\n     # of d\n     d: 2 }\n",
    );
    becomes("{\n\"a\":[\n1,\n2\n],\n\"b\":2\n}", "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": 2\n}\n");
}

#[test]
fn words_of_a_line_are_spaced_evenly() {
    becomes("a:   {b:1,c :  [ x,y ],d: { },e: []}\n", "a: { b:1, c: [x, y], d: {}, e: [] }\n");
    becomes("a:\t1   \nb:  2\t\n", "a: 1\nb: 2\n");
    becomes("a: \"x  y\"\nb:  x  y \n", "a: \"x  y\"\nb: x  y\n");
}

#[test]
fn values_in_one_column_stay_in_one() {
    stays("scales:\n  share:     { from: 0 }\n  frequency: { from: 0 }\n  x: 1\n");
    becomes("a:    1\nbcd:  2\nx:    3\n\ny:    3\n", "a:   1\nbcd: 2\nx:   3\n\ny: 3\n");
    becomes("a:  1\nbcd: 2\n", "a: 1\nbcd: 2\n");
    stays("a:   1\nbcd: 2\ne:\n  f: 1\n");
}

#[test]
fn comments_stay_with_what_they_belong_to() {
    becomes(
        "#one\na:\n    # b's\n    b: 1      # far\n    c: 1 # near\n    # after c\n# d's\nd: 1\n  # nobody's\n#! sign\n#\n",
        "# one\na:\n  # b's\n  b: 1      # far\n  c: 1  # near\n  # after c\n# d's\nd: 1\n# nobody's\n#! sign\n#\n",
    );
    stays("a:   # why\n  b: 1\n");
    becomes("a: [ # first\n   x,   # second\n  ]\n", "a: [  # first\n  x,   # second\n  ]\n");
    becomes("# only this\n\n\n", "# only this\n");
    becomes("\n \n", "");
}

#[test]
fn empty_lines_and_line_breaks() {
    becomes("\n\na: 1\r\n\r\n\r\n\r\nb: 2\r\n\r\n", "a: 1\n\nb: 2\n");
    becomes("a: 1", "a: 1\n");
    stays("---\na: 1\n");
}

#[test]
fn texts_of_several_lines_are_moved_and_nothing_more() {
    becomes(
        "a:\n    b: |\n        one  \n\n\n          two\n    c: >-\n       x\n\n       y\n    # after\n    d: 1\n",
        "a:\n  b: |\n    one  \n\n\n      two\n  c: >-\n    x\n\n    y\n  # after\n  d: 1\n",
    );
    becomes("a: |+\n   x\n\n\nb: 1\n", "a: |+\n  x\n\n\nb: 1\n");
    becomes(
        "a:\n    b: one\n           two\n\n       three\n    c: \"one\n      two\"\n",
        "a:\n  b: one\n    two\n\n    three\n  c: \"one\n    two\"\n",
    );
    stays("a: |2\n   x\n");
    becomes("a: |\n  x", "a: |\n  x\n");
}

#[test]
fn conditions_and_ends_have_one_spelling() {
    becomes(
        "rules:\n  - id: a\n    when:\n      - \"answer.a<=2\"\n      - 'answer.b is \u{201c}x: y\u{201d}'\n      - metric.c ≥ 15 %\n    unless: { any: [\"answer.a>=4\", \"answer.b in [x,y]\"] }\n",
        "rules:\n  - id: a\n    when:\n      - answer.a <= 2\n      - 'answer.b is \"x: y\"'\n      - metric.c >= 15%\n    unless: { any: [answer.a >= 4, \"answer.b in [x, y]\"] }\n",
    );
    becomes(
        "conditions:\n  x: metric.a>90min\nquestions:\n  q: { question: 'answer.a<=2', x-when: { when: 'answer.a<=2' } }\n",
        "conditions:\n  x: metric.a > 90 minutes\nquestions:\n  q: { question: \"answer.a<=2\", x-when: { when: 'answer.a<=2' } }\n",
    );
    becomes(
        "units: [min]\nconditions: { x: metric.a>90min }\n",
        "units: [min]\nconditions: { x: metric.a > 90 min }\n",
    );
    becomes(
        "metrics:\n  m:\n    bands:\n      - { note: \"<=8\", cuts: { good: '<=8%', fair: ≤ 9 %, bad: rest } }\n",
        "metrics:\n  m:\n    bands:\n      - { note: \"<=8\", cuts: { good: \"<= 8%\", fair: \"<= 9%\", bad: rest } }\n",
    );
    becomes("a: 'it''s'\nb: 'say \"so\"'\nc: 'a\\b'\n", "a: \"it's\"\nb: 'say \"so\"'\nc: 'a\\b'\n");
    // What is no condition is another's to tell.
    stays("conditions:\n  x: answer.a is b or c\n  y: answer.a <= 2  # cut short\n");
}

#[test]
fn references_stay() {
    becomes("a:   &x  { b:  1 }\nc:  *x\n", "a: &x { b: 1 }\nc: *x\n");
}

#[test]
fn what_is_broken_is_told_and_left() {
    let mut sources = Sources::default();
    let source = sources.add("a.yaml", "a: {b: 1\nc:   2\n");
    let mut faults = Diagnostics::default();
    assert_eq!(format(source, &sources, &[], &mut faults), None);
    assert!(faults.has_errors());
}
