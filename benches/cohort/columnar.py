#!/usr/bin/env python3
"""Engines that work on whole columns: one process reads the CSV, scores, judges and writes respondent_id,fired.

DuckDB: scores in a common table expression, one CASE a rule. polars: the same as lazy expressions, streamed to a file.
"""
import argparse
import json
import operator
import os
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq}


def text_of(condition, leaf):
    if "field" in condition:
        return leaf(condition)
    key, word = ("all", " AND ") if "all" in condition else ("any", " OR ")
    return "(" + word.join(text_of(part, leaf) for part in condition[key]) + ")"


def duckdb(spec, source, path, threads):
    import duckdb as engine

    questions = [question for area in spec["areas"] for question in area["questions"]]
    metrics = [metric["id"] for metric in spec["metrics"]]
    scores = []
    for area in spec["areas"]:
        sums = " + ".join(f"{weight}*({question}-1)" for question, weight in zip(area["questions"], area["weights"]))
        scores.append(f"25::DOUBLE * ({sums}) / {sum(area['weights'])} AS {area['score']}")

    def leaf(test):
        sign = "=" if test["op"] == "==" else test["op"]
        kind = "" if test["field"].startswith("q") else "::DOUBLE"
        return f"{test['field']} {sign} {test['value']}{kind}"

    cases = [f"CASE WHEN {text_of(rule['when'], leaf)} THEN '{rule['prescription']}' END" for rule in spec["rules"]]
    types = ["'respondent_id':'VARCHAR'"] + [f"'{name}':'TINYINT'" for name in questions]
    types += [f"'{name}':'DOUBLE'" for name in metrics]
    query = (
        f"WITH s AS (SELECT *, {', '.join(scores)} FROM read_csv('{source}', header=true, columns={{{','.join(types)}}})) "
        f"SELECT respondent_id, concat_ws(' ', {', '.join(cases)}) AS fired FROM s"
    )
    connection = engine.connect(config={"threads": threads})
    connection.execute(f"COPY ({query}) TO '{path}' (HEADER, DELIMITER ',', QUOTE '')")


def polars(spec, source, path, threads):
    os.environ["POLARS_MAX_THREADS"] = str(threads)
    import polars as pl

    schema = {"respondent_id": pl.String}
    schema |= {question: pl.Int8 for area in spec["areas"] for question in area["questions"]}
    schema |= {metric["id"]: pl.Float64 for metric in spec["metrics"]}

    def judged(condition):
        if "field" in condition:
            return SIGNS[condition["op"]](pl.col(condition["field"]), condition["value"])
        key = "all" if "all" in condition else "any"
        first, *others = [judged(part) for part in condition[key]]
        for other in others:
            first = first & other if key == "all" else first | other
        return first

    scores = []
    for area in spec["areas"]:
        parts = zip(area["questions"], area["weights"])
        total = sum(weight * (pl.col(question).cast(pl.Int16) - 1) for question, weight in parts)
        scores.append(((25.0 * total).cast(pl.Float64) / sum(area["weights"])).alias(area["score"]))
    names = [pl.when(judged(rule["when"])).then(pl.lit(rule["prescription"])) for rule in spec["rules"]]
    fired = pl.concat_str(names, separator=" ", ignore_nulls=True).alias("fired")
    frame = pl.scan_csv(source, schema=schema).with_columns(scores).select("respondent_id", fired)
    frame.sink_csv(path, quote_style="never")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("engine", choices=["duckdb", "polars"])
    options.add_argument("source")
    options.add_argument("path")
    options.add_argument("--threads", type=int, default=1)
    given = options.parse_args()
    rules = json.loads((HERE / "rules.json").read_text())
    {"duckdb": duckdb, "polars": polars}[given.engine](rules, given.source, given.path, given.threads)
