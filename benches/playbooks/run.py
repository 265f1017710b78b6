#!/usr/bin/env python3
"""Runs kitwright beside Typst on the same playbooks: `python3 benches/playbooks/run.py`.

Prints the processor time of one document in the steady state, least of several runs in turn, and its bytes. Ends with 1 where one of
the bars below is missed. Needs `pip install typst`; without it only our own figures are shown.
"""
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile

import content

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# Texts take so little time that more of them are measured.
DOCS, TEXTS, WARM, TURNS = 40, 200, 5, 5
# Where files are written to, so that no disk is measured.
MEMORY = pathlib.Path("/dev/shm")
MOST_MS, MOST_BYTES, LEAST_RATIO, TEXT_MS = 10.0, 100_000, 6.0, 0.5


def binary():
    """The bench, built as it ships."""
    command = ["cargo", "bench", "--locked", "--bench", "playbooks", "--no-run", "--message-format", "json"]
    told = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    for line in told.splitlines():
        message = json.loads(line)
        if message.get("executable") and message["target"]["name"] == "playbooks":
            return message["executable"]
    sys.exit("cargo built no bench")


def own(bench, models, kind):
    command = [bench, str(models), "--docs", str(DOCS if kind == "pdf" else TEXTS), "--warm", str(WARM), "--format", kind]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def typst(models):
    """Mean processor milliseconds and median bytes of a document, in a process of its own."""
    code = f"import run; run.typst_here({str(models)!r})"
    done = subprocess.run([sys.executable, "-c", code], cwd=HERE, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def typst_here(models):
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(ROOT / "templates/fonts")])
    compiler = typst.Compiler(str(HERE / "playbook.typ"), root=str(HERE), font_paths=fonts)
    spent, sizes = [], []
    with tempfile.TemporaryDirectory() as folder:
        for number, line in enumerate(pathlib.Path(models).read_text("utf-8").splitlines()[: WARM + DOCS]):
            begin = resource.getrusage(resource.RUSAGE_SELF)
            paper = compiler.compile(format="pdf", sys_inputs={"data": line})
            (pathlib.Path(folder) / "paper.pdf").write_bytes(paper)
            end = resource.getrusage(resource.RUSAGE_SELF)
            if number >= WARM:
                spent.append(end.ru_utime + end.ru_stime - begin.ru_utime - begin.ru_stime)
                sizes.append(len(paper))
    print(json.dumps({"mean_ms": 1000 * sum(spent) / len(spent), "bytes": statistics.median(sizes)}))


def main():
    if MEMORY.is_dir():
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)
    with tempfile.TemporaryDirectory() as folder:
        models = pathlib.Path(folder) / "models.jsonl"
        lines = (json.dumps(content.model(number, 7), ensure_ascii=False) for number in range(1, WARM + TEXTS + 1))
        models.write_text("\n".join(lines) + "\n", "utf-8")
        bench = binary()
        try:
            import typst as _
            peer = True
        except ImportError:
            peer = False
            print("typst is not installed: skipped (pip install typst)")
        runs = {"pdf": [], "html": [], "md": [], "typst": []}
        for _ in range(TURNS):
            for kind in ("pdf", "html", "md"):
                runs[kind].append(own(bench, models, kind))
            if peer:
                runs["typst"].append(typst(models))
    least = {kind: min(run["mean_ms"] for run in list) for kind, list in runs.items() if list}
    sizes = {kind: list[0]["bytes"] for kind, list in runs.items() if list}
    for kind, time in least.items():
        print(f"{kind:6} {time:8.2f} ms  {sizes[kind]:9.0f} bytes")
    bars = [
        (f"a PDF takes at most {MOST_MS} ms", least["pdf"] <= MOST_MS),
        (f"a PDF has at most {MOST_BYTES} bytes", sizes["pdf"] <= MOST_BYTES),
        (f"Markdown and HTML take at most {TEXT_MS} ms each", max(least["md"], least["html"]) <= TEXT_MS),
    ]
    if peer:
        ratio = least["typst"] / least["pdf"]
        print(f"Typst takes {ratio:.1f} times as long")
        bars.append((f"Typst takes at least {LEAST_RATIO} times as long", ratio >= LEAST_RATIO))
    for bar, held in bars:
        print(("held:   " if held else "missed: ") + bar)
    sys.exit(0 if all(held for _, held in bars) else 1)


if __name__ == "__main__":
    main()
