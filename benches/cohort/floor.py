#!/usr/bin/env python3
"""The floor: writes the rules of rules.json as straight-line Rust for exactly these columns, and compiles it.

One thread, the standard library alone, no checks of its input: no engine can be expected to come much below it.
"""
import argparse
import json
import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parent

MAIN = r"""
fn decimal(bytes: &[u8], at: &mut usize) -> f64 {
    let negative = bytes[*at] == b'-';
    *at += usize::from(negative);
    let (mut value, mut decimals, mut behind) = (0i64, 0usize, false);
    while !matches!(bytes[*at], b',' | b'\n') {
        if bytes[*at] == b'.' {
            behind = true;
        } else {
            value = value * 10 + i64::from(bytes[*at] - b'0');
            decimals += usize::from(behind);
        }
        *at += 1;
    }
    let value = value as f64 / [1.0, 10.0, 100.0, 1000.0][decimals];
    if negative { -value } else { value }
}

fn read(bytes: &[u8], at: &mut usize, row: &mut Row) -> std::ops::Range<usize> {
    let start = *at;
    while bytes[*at] != b',' {
        *at += 1;
    }
    let id = start..*at;
    *at += 1;
    for answer in &mut row.answers {
        *answer = i32::from(bytes[*at] - b'0');
        *at += 2;
    }
    for metric in &mut row.metrics {
        *metric = decimal(bytes, at);
        *at += 1;
    }
    id
}

fn print(out: &mut Vec<u8>, id: &[u8], fired: u64) {
    out.extend_from_slice(id);
    let (mut left, mut sign) = (fired, b',');
    if left == 0 {
        out.push(sign);
    }
    while left != 0 {
        out.push(sign);
        sign = b' ';
        out.extend_from_slice(NAMES[left.trailing_zeros() as usize].as_bytes());
        left &= left - 1;
    }
    out.push(b'\n');
}

fn main() {
    use std::io::{Read, Write};
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let mut source = std::fs::File::open(&paths[0]).unwrap();
    let mut target = std::fs::File::create(&paths[1]).unwrap();
    let mut out = Vec::with_capacity(1 << 20);
    out.extend_from_slice(b"respondent_id,fired\n");
    let (mut bytes, mut filled, mut head) = (vec![0u8; 1 << 20], 0, true);
    let mut row = Row { answers: [0; ANSWERS], metrics: [0.0; METRICS] };
    loop {
        let more = source.read(&mut bytes[filled..]).unwrap();
        filled += more;
        let Some(last) = bytes[..filled].iter().rposition(|byte| *byte == b'\n') else { break };
        let (mut at, end) = (0, last + 1);
        if head {
            at = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1;
            head = false;
        }
        while at < end {
            let id = read(&bytes[..end], &mut at, &mut row);
            print(&mut out, &bytes[id], judge(&row));
        }
        target.write_all(&out).unwrap();
        out.clear();
        bytes.copy_within(end..filled, 0);
        filled -= end;
        if more == 0 {
            break;
        }
    }
}
"""


def text_of(condition, leaf):
    if "field" in condition:
        return leaf(condition)
    key, sign = ("all", " & ") if "all" in condition else ("any", " | ")
    return "(" + sign.join(text_of(part, leaf) for part in condition[key]) + ")"


def source():
    spec = json.loads((HERE / "rules.json").read_text())
    questions = [question for area in spec["areas"] for question in area["questions"]]
    metrics = [metric["id"] for metric in spec["metrics"]]
    scores = {area["score"]: f"s{at}" for at, area in enumerate(spec["areas"])}

    def leaf(test):
        field, sign, value = test["field"], test["op"], test["value"]
        if field in scores:
            return f"({scores[field]} {sign} {float(value)!r})"
        if field in metrics:
            return f"(row.metrics[{metrics.index(field)}] {sign} {float(value)!r})"
        return f"(row.answers[{questions.index(field)}] {sign} {value})"

    names = json.dumps([rule["prescription"] for rule in spec["rules"]])
    lines = [
        "#![allow(unused_parens)]",
        f"const ANSWERS: usize = {len(questions)};",
        f"const METRICS: usize = {len(metrics)};",
        f"const NAMES: [&str; {len(spec['rules'])}] = {names};",
        "struct Row { answers: [i32; ANSWERS], metrics: [f64; METRICS] }",
        "#[inline(never)] fn judge(row: &Row) -> u64 {",
    ]
    for area in spec["areas"]:
        parts = zip(area["questions"], area["weights"])
        total = " + ".join(f"{weight} * (row.answers[{questions.index(name)}] - 1)" for name, weight in parts)
        lines.append(f"    let {scores[area['score']]} = (25 * ({total})) as f64 / {sum(area['weights'])}.0;")
    lines.append("    let mut fired = 0u64;")
    for at, rule in enumerate(spec["rules"]):
        lines.append(f"    fired |= u64::from({text_of(rule['when'], leaf)}) << {at};")
    return "\n".join([*lines, "    fired", "}"]) + MAIN


def build(path):
    text = path.with_suffix(".rs")
    text.write_text(source())
    subprocess.run(["rustc", "-O", "-C", "target-cpu=x86-64-v2", "-o", str(path), str(text)], check=True)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("path", type=pathlib.Path)
    build(options.parse_args().path)
