"""The base columns that Python's sqlglot says each output column of TPC-H and TPC-DS comes from, for lineage.mjs.

    python lineage.py --corpus DIR > DIR/lineage-sqlglot.json

The answer: {"tpc-h": [{"from", "columns": [{"name", "sources": ["table.column"], "without_windows"}]}], …}, or "error"
for a query. `without_windows` are the sources that are left when PARTITION BY and ORDER BY of windows are taken away.
"""

import argparse
import json
import logging
import pathlib
import sys

import sqlglot
from sqlglot import exp
from sqlglot.lineage import to_node
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import build_scope
from sqlglot.schema import ensure_schema

logging.disable(logging.CRITICAL)
DIALECT = "snowflake"


def columns_of(sql, schema):
    tree = qualify(sqlglot.parse_one(sql, read=DIALECT), dialect=DIALECT, schema=schema, identify=False)
    bare = tree.copy()
    for window in list(bare.find_all(exp.Window)):
        window.set("partition_by", None)
        window.set("order", None)
    return [
        {"name": name.lower(), "sources": sources, "without_windows": without}
        for name, sources, without in zip(tree.named_selects, sources_of(tree, schema), sources_of(bare, schema))
    ]


def sources_of(tree, schema):
    scope = build_scope(tree)
    return [
        sorted(set(leaves(to_node(position, scope, DIALECT, schema)))) for position in range(len(tree.named_selects))
    ]


def leaves(node):
    for one in node.walk():
        if not one.downstream and isinstance(one.expression, exp.Table):
            column = exp.to_column(one.name, dialect=DIALECT)
            yield f"{one.expression.name}.{column.name}".lower()


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--corpus", required=True, type=pathlib.Path)
    corpus = options.parse_args().corpus
    schemas = json.loads((corpus / "schemas.json").read_text())
    answer = {}
    for name, tables in schemas.items():
        schema = ensure_schema(tables, dialect=DIALECT)
        answer[name] = []
        for one in json.loads((corpus / f"{name}.json").read_text()):
            try:
                answer[name].append({"from": one["from"], "columns": columns_of(one["sql"], schema)})
            except Exception as error:  # a query that it cannot resolve is a result too
                answer[name].append({"from": one["from"], "error": str(error).split("\n")[0]})
    json.dump(answer, sys.stdout, indent=0)


if __name__ == "__main__":
    main()
