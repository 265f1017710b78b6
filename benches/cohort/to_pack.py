#!/usr/bin/env python3
"""Makes pack/pack.yaml of rules.json: the same areas, weights, metrics and rules in the language of packs."""
import json
import pathlib

HERE = pathlib.Path(__file__).resolve().parent


def number(value):
    return str(int(value)) if value == int(value) else repr(value)


def main():
    spec = json.loads((HERE / "rules.json").read_text())
    areas = {area["score"]: area["id"] for area in spec["areas"]}
    metrics = {metric["id"] for metric in spec["metrics"]}

    def line(test):
        field = test["field"]
        if field in areas:
            name = f"score.{areas[field]}"
        elif field in metrics:
            name = f"metric.{field}"
        else:
            name = f"answer.{field}"
        sign = "=" if test["op"] == "==" else test["op"]
        return f"{name} {sign} {number(test['value'])}"

    def when(condition, indent):
        space = " " * indent
        if "field" in condition:
            return f"{space}- {line(condition)}"
        key = "all" if "all" in condition else "any"
        parts = "\n".join(when(part, indent + 4) for part in condition[key])
        return f"{space}- {key}:\n{parts}"

    out = ["pack:", "  id: workload-a", "  version: 1.0.0", "  format: 1", "  title: Workload A", "  language: en", "  total: none"]
    out += ["scales:", "  five: { from: 1, to: 5 }", "areas:"]
    out += [f"  {area['id']}: {{ title: {area['id'].title()}, bands: none }}" for area in spec["areas"]]
    out.append("questions:")
    for area in spec["areas"]:
        for question, weight in zip(area["questions"], area["weights"]):
            keys = f'area: {area["id"]}, scale: five, weight: {weight}, question: "Statement {question}"'
            out.append(f"  {question}: {{ {keys} }}")
    out.append("metrics:")
    for metric in spec["metrics"]:
        ends = f"[{number(metric['min'])}, {number(metric['max'])}]"
        out.append(f"  {metric['id']}: {{ title: {metric['id']}, range: {ends} }}")
    out.append("rules:")
    for rule in spec["rules"]:
        name = rule["prescription"]
        out += [f"  - id: {name}", f"    title: Rule {rule['id']}", "    why: Drawn.", "    severity: medium"]
        out += [f"    prescribe: [act-{name[3:]}]", "    when:", when(rule["when"], 6)]
    out.append("prescriptions:")
    for rule in spec["rules"]:
        keys = f"area: general, title: Act {rule['id']}, do: [Act.], effort: 1, impact: 1, horizon: 30"
        out.append(f"  act-{rule['prescription'][3:]}: {{ {keys} }}")
    folder = HERE / "pack"
    folder.mkdir(exist_ok=True)
    (folder / "pack.yaml").write_text("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
