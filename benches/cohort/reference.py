#!/usr/bin/env python3
"""The plain reference: walks the rules of rules.json over each row of a CSV. Nothing but the standard library."""
import argparse
import csv
import json
import operator
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq}


def holds(condition, facts):
    if "all" in condition:
        return all(holds(part, facts) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, facts) for part in condition["any"])
    return SIGNS[condition["op"]](facts[condition["field"]], condition["value"])


def write(source, path):
    spec = json.loads((HERE / "rules.json").read_text())
    metrics = [metric["id"] for metric in spec["metrics"]]
    with open(source, newline="") as rows, open(path, "w", newline="") as out:
        out.write("respondent_id,fired\n")
        for row in csv.DictReader(rows):
            facts = {name: float(row[name]) for name in metrics}
            for area in spec["areas"]:
                total = 0
                for question, weight in zip(area["questions"], area["weights"]):
                    facts[question] = int(row[question])
                    total += weight * (facts[question] - 1)
                facts[area["score"]] = 25 * total / sum(area["weights"])
            fired = [rule["prescription"] for rule in spec["rules"] if holds(rule["when"], facts)]
            out.write(row["respondent_id"] + "," + " ".join(fired) + "\n")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("source", type=pathlib.Path)
    options.add_argument("path", type=pathlib.Path)
    given = options.parse_args()
    write(given.source, given.path)
