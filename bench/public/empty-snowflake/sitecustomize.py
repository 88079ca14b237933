"""Puts an empty Snowflake account in the place of the network, for dbt: put this folder into PYTHONPATH.

No schema has objects, nothing can be described, and every other query gives one column without rows.
"""

import re

import snowflake.connector
from snowflake.connector.errors import ProgrammingError


def column(name):
    return (name, 2, None, None, None, None, True)


class Cursor:
    sfqid = "00000000-0000-0000-0000-000000000000"
    sqlstate = "00000"
    rowcount = 0
    stats = None
    description = [column("C")]

    def execute(self, sql, *_, **__):
        words = re.sub(r"/\*.*?\*/|--[^\n]*", " ", sql, flags=re.S).strip().lower()
        if re.match(r"show\s+(terse\s+)?objects\b", words):
            raise ProgrammingError("SQL compilation error: Object does not exist", errno=2043, sqlstate="02000")
        if re.match(r"desc(ribe)?\b", words):
            raise ProgrammingError(
                "SQL compilation error: Object does not exist or not authorized.", errno=2003, sqlstate="02000"
            )
        names = ["created_on", "name", "kind", "database_name", "schema_name"] if words.startswith("show") else ["C"]
        self.description = [column(name) for name in names]
        return self

    def fetchall(self):
        return []

    def fetchmany(self, _size=None):
        return []

    def fetchone(self):
        return None

    def close(self):
        pass


class Connection:
    session_id = 1

    def cursor(self, *_, **__):
        return Cursor()

    def is_closed(self):
        return False

    def close(self, *_, **__):
        pass

    commit = rollback = close


snowflake.connector.connect = lambda *_, **__: Connection()
