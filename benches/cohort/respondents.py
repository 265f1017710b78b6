#!/usr/bin/env python3
"""The respondents: a CSV of ids, q01 to q45 (whole numbers from 1 to 5) and 12 metrics with two decimals.

Each cell depends on the seed, its row and its column alone (splitmix64 of a counter), so that a short file is the beginning of a
long one, and any language can make the same.
"""
import argparse
import json
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
MASK = (1 << 64) - 1
COLUMNS = 128


def mixed(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def drawn(seed, row, column):
    """A number from 0 to 999."""
    return mixed((seed + (row * COLUMNS + column + 1) * 0x9E3779B97F4A7C15) & MASK) % 1000


def decimal(hundredths):
    return f"{'-' if hundredths < 0 else ''}{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"


def cells(spec, seed, row):
    column = 0
    for _ in spec["areas"]:
        base = drawn(seed, row, column)
        for question in range(1, 6):
            yield str(1 + (base * 3 + drawn(seed, row, column + question) * 2) // 1000)
        column += 6
    for metric in spec["metrics"]:
        low, high = round(metric["min"] * 100), round(metric["max"] * 100)
        share = (drawn(seed, row, column) + drawn(seed, row, column + 1)) // 2
        column += 2
        yield decimal(low + (high - low) * share // 999)


def write(path, rows, seed=42):
    spec = json.loads((HERE / "rules.json").read_text())
    names = [question for area in spec["areas"] for question in area["questions"]]
    names += [metric["id"] for metric in spec["metrics"]]
    with open(path, "w", newline="") as out:
        out.write("respondent_id," + ",".join(names) + "\n")
        for row in range(rows):
            out.write(f"R{row + 1:07d}," + ",".join(cells(spec, seed, row)) + "\n")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("path", type=pathlib.Path)
    options.add_argument("--rows", type=int, default=1000)
    given = options.parse_args()
    write(given.path, given.rows)
