"""Runs Python's sqlglot for accept.mjs and speed.mjs: reads a request from standard input, writes the answer.

    echo '{"accept": [{"dialect": "snowflake", "statements": ["SELECT 1"]}]}' | python sqlglot_run.py

{"accept": [{"dialect", "statements"}]}        -> [[null or {"refused": message} or {"fallback": true}]]
{"speed": {"dialect", "statements", "seconds"}} -> {"passes": [CPU seconds of each pass], "megabytes"}
"""

import json
import logging
import pathlib
import resource
import sys
import time

import sqlglot

logging.disable(logging.CRITICAL)


def resident():
    """Megabytes of this process now, 0 where there is no /proc."""
    try:
        pages = int(pathlib.Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * resource.getpagesize() / 2**20


def accept(sql, dialect):
    try:
        trees = sqlglot.parse(sql, read=dialect)
    except Exception as error:  # whatever it raises, the statement was not understood
        return {"refused": str(error).split("\n")[0]}
    return {"fallback": True} if any(isinstance(tree, sqlglot.exp.Command) for tree in trees) else None


def speed(dialect, statements, seconds):
    passes = []
    end = time.monotonic() + seconds
    while time.monotonic() < end or len(passes) < 3:
        start = time.process_time()
        for sql in statements:
            sqlglot.parse(sql, read=dialect)
        passes.append(time.process_time() - start)
    return {"passes": passes, "megabytes": resident()}


request = json.load(sys.stdin)
if "accept" in request:
    answer = [[accept(sql, one["dialect"]) for sql in one["statements"]] for one in request["accept"]]
else:
    answer = speed(**request["speed"])
json.dump(answer, sys.stdout)
