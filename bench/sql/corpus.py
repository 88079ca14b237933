"""Makes the corpora of SQL statements that accept.mjs, speed.mjs, lineage.mjs and fuzz.mjs read.

    python corpus.py --corpus DIR --sqlglot CHECKOUT [--duckdb CHECKOUT]

CHECKOUT of sqlglot is a work tree of github.com/tobymao/sqlglot, that of DuckDB one of github.com/duckdb/duckdb (its
folder test/sql is enough). DIR is made; it belongs outside the source tree, because nothing of these texts is ours.
Each corpus becomes DIR/NAME.json, a list of {"sql", "from"}; the tables of TPC-H and TPC-DS become DIR/schemas.json.

snowflake   what sqlglot's Snowflake tests read as Snowflake, and what they expect to be written as Snowflake. The tests
            run with a recorder, so that texts put together by loops are there too. A bare expression is wrapped in SELECT.
identity    sqlglot's identity.sql: one statement or expression a line, of no dialect in particular.
tpc-h, tpc-ds
duckdb      DuckDB's own tests: the queries (SELECT, WITH, FROM, VALUES) that they expect to run.
duckdb-refused  DuckDB's own tests: the queries that they expect to be a parser error.
"""

import argparse
import json
import pathlib
import re
import sys
import unittest
from concurrent.futures import ThreadPoolExecutor


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--corpus", required=True, type=pathlib.Path)
    options.add_argument("--sqlglot", required=True, type=pathlib.Path)
    options.add_argument("--duckdb", type=pathlib.Path)
    given = options.parse_args()
    given.corpus.mkdir(parents=True, exist_ok=True)
    sys.path.insert(0, str(given.sqlglot.resolve()))

    corpora = {
        "snowflake": snowflake_tests(),
        "identity": identity(given.sqlglot),
        "tpc-h": tpc(given.sqlglot, "tpc-h"),
        "tpc-ds": tpc(given.sqlglot, "tpc-ds"),
    }
    if given.duckdb:
        corpora["duckdb"], corpora["duckdb-refused"] = duckdb_tests(given.duckdb / "test" / "sql")
    for name, statements in corpora.items():
        unique = list({one["sql"]: one for one in reversed(statements)}.values())[::-1]
        (given.corpus / f"{name}.json").write_text(json.dumps(unique, indent=0, ensure_ascii=False))
        print(f"{name}: {len(unique)}, of which {sum(bool(one.get('wrapped')) for one in unique)} were bare expressions")
    write_schemas(given.corpus)


def snowflake_tests():
    """Runs the tests of the dialect and listens to what they read and what they expect to be written."""
    from tests.dialects import test_dialect, test_snowflake
    from sqlglot.dialects.snowflake import Snowflake

    found = []
    parse = Snowflake.parse
    validate_identity = test_dialect.Validator.validate_identity
    validate_all = test_dialect.Validator.validate_all
    test = {"name": ""}

    def record(sql, how):
        if isinstance(sql, str) and sql.strip():
            found.append({"sql": sql, "from": f"{test['name']} ({how})"})

    def recording_parse(self, sql, **rest):
        result = parse(self, sql, **rest)
        record(sql, "read")
        return result

    def recording_identity(self, sql, write_sql=None, **rest):
        result = validate_identity(self, sql, write_sql, **rest)
        record(write_sql, "written")
        return result

    def recording_all(self, sql, read=None, write=None, **rest):
        result = validate_all(self, sql, read, write, **rest)
        record((write or {}).get("snowflake"), "written")
        return result

    Snowflake.parse = recording_parse
    test_dialect.Validator.validate_identity = recording_identity
    test_dialect.Validator.validate_all = recording_all

    class Result(unittest.TestResult):
        def startTest(self, one):
            test["name"] = one.id().rsplit(".", 1)[-1]
            super().startTest(one)

    outcome = Result()
    unittest.defaultTestLoader.loadTestsFromTestCase(test_snowflake.TestSnowflake).run(outcome)
    Snowflake.parse = parse
    print(f"sqlglot's Snowflake tests: {outcome.testsRun} run, {len(outcome.failures) + len(outcome.errors)} failed")
    return [wrap(one, "snowflake") for one in found]


def wrap(one, dialect):
    """A bare expression becomes `SELECT expression`."""
    import sqlglot
    from sqlglot import exp

    try:
        trees = sqlglot.parse(one["sql"], read=dialect)
    except sqlglot.errors.SqlglotError:
        return one
    tree = trees[0] if len(trees) == 1 else None
    bare = isinstance(tree, (exp.Condition, exp.Alias, exp.Tuple, exp.Star, exp.Interval, exp.Ordered, exp.Aliases, exp.ModelAttribute,
                             exp.AtTimeZone, exp.National))
    statement = re.match(r"\s*(SELECT|WITH|FROM|VALUES|SHOW|DESC|DESCRIBE|PUT|LIST|LS|RM|REMOVE)\b", one["sql"], re.I)
    if not bare or statement or isinstance(tree, (exp.Query, exp.DDL, exp.DML)):
        return one
    return {"sql": f"SELECT {one['sql']}", "from": one["from"], "wrapped": True}


def identity(checkout):
    lines = (checkout / "tests" / "fixtures" / "identity.sql").read_text().splitlines()
    return [wrap({"sql": line, "from": f"identity.sql:{number}"}, None)
            for number, line in enumerate(lines, 1) if line and not line.startswith("--")]


def tpc(checkout, name):
    text = (checkout / "tests" / "fixtures" / "optimizer" / name / f"{name}.sql").read_text()
    parts = "\n".join(line for line in text.splitlines() if line and not line.startswith(("--", "#"))).split(";")
    return [{"sql": sql.strip(), "from": f"{name} {number}"} for number, sql in enumerate(parts[0:-1:2], 1)]


def write_schemas(corpus):
    from tests.helpers import TPCDS_SCHEMA, TPCH_SCHEMA

    (corpus / "schemas.json").write_text(json.dumps({"tpc-h": TPCH_SCHEMA, "tpc-ds": TPCDS_SCHEMA}, indent=0))


QUERY = re.compile(r"\s*(--[^\n]*\n\s*)*\(*\s*(SELECT|WITH|FROM|VALUES)\b", re.I)


def duckdb_tests(folder):
    """Reads the files of the SQL logic tests: blocks apart by an empty line, the first line says what is expected."""
    files = sorted(path for path in folder.rglob("*.test*") if path.suffix in (".test", ".test_slow"))
    with ThreadPoolExecutor(8) as pool:
        texts = list(pool.map(lambda path: path.read_text(encoding="utf-8", errors="replace"), files))
    accepted, refused = [], []
    for path, text in zip(files, texts):
        lines = text.splitlines()
        number = 0
        while number < len(lines):
            head = lines[number]
            number += 1
            if not re.match(r"(statement|query)\b", head):
                continue
            first = number
            while number < len(lines) and lines[number].strip() and lines[number].strip() != "----":
                number += 1
            sql = "\n".join(lines[first:number]).strip()
            expected = ""
            if number < len(lines) and lines[number].strip() == "----":
                end = number
                while end < len(lines) and lines[end].strip():
                    end += 1
                expected = "\n".join(lines[number + 1 : end])
            one = {"sql": sql.rstrip(";").rstrip(), "from": f"{path.relative_to(folder)}:{first + 1}"}
            if not QUERY.match(sql) or "${" in sql or ";" in one["sql"] or "{" in head:
                continue
            if head.startswith(("query", "statement ok")):
                accepted.append(one)
            elif re.search(r"parser error|syntax error", expected, re.I):
                refused.append(one)
    return accepted, refused


if __name__ == "__main__":
    main()
