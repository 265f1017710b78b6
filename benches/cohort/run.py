#!/usr/bin/env python3
"""Runs kitwright beside DuckDB, polars and the generated floor on the same file: `python3 benches/cohort/run.py`.

Prints the least processor time and the largest memory of each over several runs in turn, how they stand to each other, and how
the threads share the work. Ends with 1 where an output is not the reference byte for byte, or a bar of the README is missed.
"""
import argparse
import filecmp
import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import floor
import reference
import respondents

ONE, ALL = "kitwright, one thread", "kitwright, all cores"
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def timed(command, output):
    """Wall seconds, processor seconds and MB of one process."""
    with open(output, "wb") as out:
        begin = time.perf_counter()
        child = subprocess.Popen(command, stdout=out)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begin
    child.returncode = status
    if status != 0:
        sys.exit(f"this ended with {status}: {' '.join(map(str, command))}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def busiest(command, output):
    """The share of the processor time that the busiest thread takes; none where threads cannot be looked at."""
    spent = {}
    with open(output, "wb") as out:
        child = subprocess.Popen(command, stdout=out)
        while child.poll() is None:
            for thread in pathlib.Path(f"/proc/{child.pid}/task").glob("*/schedstat"):
                try:
                    spent[thread.parent.name] = int(thread.read_text().split()[0])
                except (OSError, IndexError):
                    pass  # It has ended just now: what was read last of it counts.
            time.sleep(0.002)
    total = sum(spent.values())
    return max(spent.values()) / total if total else None


def own(kitwright, source, *more):
    pack = f"{HERE / 'pack'}{os.sep}"
    return [kitwright, "evaluate", str(source), "--pack", pack, "--columns", "respondent,fired", *more]


def peers(kitwright, source, output, floor_path, missing):
    yield ONE, own(kitwright, source, "--jobs", "1")
    yield ALL, own(kitwright, source)
    if floor_path:
        yield "generated floor", [floor_path, source, output]
    for engine in ("duckdb", "polars"):
        if engine not in missing:
            for threads in ("1", "2"):
                command = [sys.executable, HERE / "columnar.py", engine, source, output, "--threads", threads]
                yield f"{engine}, {threads} thread{'s' if threads == '2' else ''}", command


def measure(kitwright, folder, rows, runs, floor_path, missing):
    """The least of each: name → (wall, processor seconds, MB)."""
    source, expected, output = folder / f"{rows}.csv", folder / f"{rows}.expected.csv", folder / "out.csv"
    if not expected.exists():
        respondents.write(source, rows)
        reference.write(source, expected)
    found = {}
    for _ in range(runs):
        for name, command in peers(kitwright, source, output, floor_path, missing):
            target = folder / "stdout" if output in command else output
            got = timed(list(map(str, command)), target)
            if not filecmp.cmp(output, expected, shallow=False):
                # An engine with several threads may give rows in another order.
                with open(output) as ours, open(expected) as theirs:
                    if name.startswith("kitwright") or sorted(ours) != sorted(theirs):
                        sys.exit(f"{name}: not the reference at {rows} rows")
            known = found.setdefault(name, got)
            found[name] = (min(known[0], got[0]), min(known[1], got[1]), max(known[2], got[2]))
            output.unlink()
    return found


def show(rows, found):
    """A line each, with its processor time as a multiple of the peers'."""
    bases = [(name, found[name][1]) for name in ("generated floor", "polars, 1 thread", "duckdb, 1 thread") if name in found]
    heads = "".join(f"{'of ' + name.split(',')[0]:>20}" for name, _ in bases)
    print(f"\n{f'{rows} rows':24}{'wall s':>9}{'CPU s':>9}{'MB':>8}{heads}")
    for name, (wall, processor, memory) in found.items():
        times = "".join(f"{processor / base:19.2f}x" for _, base in bases)
        print(f"{name:24}{wall:9.3f}{processor:9.3f}{memory:8.1f}{times}")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kitwright", default=str(ROOT / "target/release/kitwright"))
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--data", type=pathlib.Path, help="where data are kept between runs")
    given = options.parse_args()
    if not pathlib.Path(given.kitwright).exists():
        sys.exit(f"{given.kitwright} is not there: `cargo build --release` first")
    missing = [engine for engine in ("duckdb", "polars") if importlib.util.find_spec(engine) is None]
    for engine in missing:
        print(f"skipped: {engine} is not installed (`pip install {engine}`)")
    missed = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.data or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        floor_path = None
        if shutil.which("rustc"):
            floor_path = folder / "floor"
            floor.build(floor_path)
        else:
            print("skipped: the floor, as there is no rustc")
        large = measure(given.kitwright, folder, given.rows, given.runs, floor_path, missing)
        show(given.rows, large)
        ours = large[ONE], large[ALL]
        if "duckdb" not in missing:
            share = max(own[1] for own in ours) / large["duckdb, 1 thread"][1]
            print(f"of DuckDB's processor time, the slower of both: {share:.2f} (bar 0.50)")
            missed += ["more than half of DuckDB's processor time"] if share > 0.5 else []
        missed += ["more than 64 MB"] if max(own[2] for own in ours) > 64 else []
        command = own(given.kitwright, folder / f"{given.rows}.csv", "--jobs", "2")
        shares = [busiest(command, folder / "out.csv") for _ in range(given.runs)]
        shares = [share for share in shares if share is not None]
        if shares:
            print(f"of two threads' work the busiest thread takes {min(shares):.2f} (bar 0.56)")
            missed += ["the busiest thread takes more than 0.56"] if min(shares) > 0.56 else []
        small = {}
        for rows in (1000, 10_000):
            small[rows] = measure(given.kitwright, folder, rows, 2 * given.runs, None, ["duckdb", "polars"])
            show(rows, small[rows])
        for name, (_, processor, memory) in small[1000].items():
            growth = small[10_000][name][2] / memory
            print(f"{name}: {growth:.2f} times as much memory for ten times as many rows (bar 1.10)")
            missed += [f"{name}: memory grows by {growth:.2f}"] if growth > 1.1 else []
            missed += [f"{name}: {processor:.3f} s for 1000 rows"] if processor > 0.03 else []
    for bar in missed:
        print(f"missed: {bar}")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
