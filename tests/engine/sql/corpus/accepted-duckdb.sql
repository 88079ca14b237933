-- What DuckDB's own parser accepts (bench/sql/accept.mjs asks it), one statement a line.
-- Select
SELECT 1
FROM t
FROM t SELECT a, b WHERE c > 1
select a, b, from t
SELECT DISTINCT ON (a, b) a, c FROM t ORDER BY a
SELECT a AS 'Label', b label2, c "x y", d: 1 + 2 FROM main.t AS x
SELECT * EXCLUDE (a, b) REPLACE (c + 1 AS c) RENAME (d AS e) FROM t
SELECT t.* EXCLUDE a, * LIKE 'x%', COLUMNS('a.*'), min(COLUMNS(* EXCLUDE (b))), COLUMNS(c -> c LIKE 'd%') FROM t
SELECT a FROM t ORDER BY ALL DESC NULLS LAST LIMIT 10 OFFSET 5
SELECT a FROM t LIMIT 10%
SELECT a, sum(b) FILTER (WHERE c) FROM t GROUP BY ALL HAVING sum(b) > 1 QUALIFY row_number() OVER () = 1
SELECT a, b FROM t GROUP BY ROLLUP (a, b), CUBE (c), GROUPING SETS ((a), ())
SELECT sum(a) OVER w, rank() OVER (w ROWS 3 PRECEDING EXCLUDE TIES) FROM t WINDOW w AS (PARTITION BY b ORDER BY c)
SELECT a FROM t USING SAMPLE 10%
SELECT a FROM t USING SAMPLE reservoir(50 ROWS) REPEATABLE (1)
WITH c AS MATERIALIZED (SELECT 1 AS a), d (x) AS NOT MATERIALIZED (FROM c) SELECT * FROM d
WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r
WITH RECURSIVE r (a, b) USING KEY (a) AS (SELECT 1, 2 UNION SELECT a, b + 1 FROM r WHERE b < 3) FROM r
SELECT a FROM t UNION ALL BY NAME SELECT b FROM u
SELECT a FROM t EXCEPT ALL SELECT b FROM u INTERSECT SELECT c FROM v
VALUES (1, 'a'), (2, 'b')
TABLE t
DESCRIBE SELECT 1
SUMMARIZE t
-- Expressions
SELECT a + b * -c / 2 // 3 % 4 ** 5 ^ 6 || 'x' FROM t
SELECT a & b | c << 1 >> 2, ~d, xor(e, 1), 5! FROM t
SELECT a == 1, b <> 2, c != 3, d IS NOT DISTINCT FROM e, f ISNULL, g NOTNULL, h IS NOT NULL FROM t
SELECT a BETWEEN 1 AND 2, b NOT BETWEEN 3 AND 4 FROM t
SELECT a IN (1, 2), b NOT IN (FROM u), c IN [1, 2, 3], (d, e) IN ((1, 2)) FROM t
SELECT a LIKE 'x%' ESCAPE '^', b NOT ILIKE 'y', c SIMILAR TO 'z.*', d GLOB '*a', e ~ 'f', g !~ 'h', i ~~ 'j', k ^@ 'l' FROM t
SELECT a = ANY ([1, 2]), b > ALL (SELECT c FROM u), EXISTS (FROM u) FROM t
SELECT CASE a WHEN 1 THEN 'x' ELSE 'y' END, CASE WHEN b THEN 1 END FROM t
SELECT CAST(a AS DECIMAL(10, 2)), TRY_CAST(b AS DATE), c::INT[], d::VARCHAR[3][], e::STRUCT(x INT, "y z" VARCHAR[]) FROM t
SELECT a::MAP(VARCHAR, INT[]), b::UNION(n INT, s VARCHAR), c::TIMESTAMP WITH TIME ZONE, d::ENUM('x', 'y') FROM t
SELECT 1_000, 1e10, .5, 10., 'it''s', E'a\nb', $$raw$$, $tag$raw $$ text$tag$, '\x41'::BLOB
SELECT DATE '2024-01-31', TIMESTAMPTZ '2024-01-31 10:00:00+00', INTERVAL 3 DAY, INTERVAL '1' YEAR, INTERVAL (a) MONTHS FROM t
SELECT extract(year FROM a), date_part('month', a), a AT TIME ZONE 'UTC', current_date, now() FROM t
SELECT trim(BOTH 'x' FROM a), substring(a FROM 1 FOR 2), position('x' IN a), overlay(a PLACING 'x' FROM 1) FROM t
SELECT [1, 2, 3][1], [1, 2][-1:], a[1:2], a[:], ARRAY[1, 2], [x + 1 FOR x IN a IF x > 1] FROM t
SELECT {'a': 1, b: 'x', "c d": [1]}, {'a': {'b': 1}}.a.b, MAP {'k': 1, 'l': 2}['k'], row(1, 'x'), (1, 2) FROM t
SELECT list_transform(a, x -> x + 1), list_filter(a, lambda x: x > 1), list_reduce(a, lambda s, x: s + x) FROM t
SELECT a.lower().upper(), ('x').concat('y'), (s).field, s.field.inner FROM t
SELECT a->'b'->>'c', a->>'$.d', json_extract(a, '$.e') FROM t
SELECT list(a ORDER BY b DESC), string_agg(DISTINCT a, ', ' ORDER BY a), arg_max(a, b), quantile_cont(a, 0.5) FROM t
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a), count(*) FILTER (a > 1), mode() WITHIN GROUP (ORDER BY b) FROM t
SELECT lag(a IGNORE NULLS) OVER (ORDER BY b), sum(a) OVER (ORDER BY b RANGE BETWEEN INTERVAL 7 DAY PRECEDING AND CURRENT ROW) FROM t
SELECT sum(a) OVER (ORDER BY b GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) FROM t
SELECT f(x := 1, y => 'a'), main.g(1), $1, $2 FROM t
SELECT a COLLATE NOCASE, #1, ?, NOT b FROM t
SELECT (SELECT max(b) FROM u WHERE u.a = t.a) AS m FROM t
SELECT year, month, day, date, value, key, name, type, range FROM t
SELECT a -- a line comment
SELECT a /* a /* nested */ comment */, b
-- Tables
SELECT * FROM t, u, v
SELECT * FROM t JOIN u USING (a, b) LEFT OUTER JOIN v ON t.c = v.c FULL JOIN w ON true CROSS JOIN x NATURAL JOIN y
SELECT * FROM t SEMI JOIN u USING (a) ANTI JOIN v ON t.a = v.a POSITIONAL JOIN w
SELECT * FROM t ASOF LEFT JOIN u ON t.id = u.id AND t.ts >= u.ts
SELECT * FROM t ASOF JOIN u USING (id, ts)
SELECT * FROM (t JOIN u ON t.a = u.a) LEFT JOIN (v JOIN w USING (b)) ON t.c = v.c
SELECT * FROM t, LATERAL (SELECT t.a + 1 AS b) x
SELECT * FROM 'data/*.parquet'
SELECT * FROM read_csv('x.csv', header = true, columns = {'a': 'INT', 'b': 'VARCHAR'}) AS c
SELECT * FROM range(10) AS r (i), unnest([1, 2]) AS u (x), generate_series(1, 5)
SELECT * FROM unnest([1, 2]) WITH ORDINALITY
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v (x, y)
SELECT * FROM VALUES (1, 2) AS v (a, b)
SELECT * FROM x: t JOIN y: u ON x.a = y.a
SELECT * FROM t TABLESAMPLE 10%
SELECT * FROM t TABLESAMPLE bernoulli(5 PERCENT) REPEATABLE (42)
SELECT * FROM t AT (VERSION => 3)
SELECT * FROM t PIVOT (sum(a) AS s, max(b) FOR c IN ('x', 'y') d IN (1, 2) GROUP BY e)
SELECT * FROM t UNPIVOT INCLUDE NULLS ((a, b) FOR n IN ((c, d) AS 'x', (e, f)))
SELECT * FROM (PIVOT t ON c IN ('x', 'y') USING sum(a) GROUP BY d)
PIVOT t ON c, d USING sum(a) AS s, max(b) GROUP BY e ORDER BY ALL LIMIT 3
UNPIVOT t ON COLUMNS(* EXCLUDE a) INTO NAME n VALUE v
UNPIVOT t ON (a, b) AS first, (c, d) AS second INTO NAME n VALUE x, y
-- Statements
CREATE OR REPLACE TABLE t (a INTEGER PRIMARY KEY, b VARCHAR NOT NULL DEFAULT 'x', c INT GENERATED ALWAYS AS (a + 1), CHECK (a > 0), UNIQUE (b))
CREATE TEMP TABLE IF NOT EXISTS t AS FROM u
CREATE TABLE t (a, b) AS SELECT 1, 2
CREATE TABLE t (a INT REFERENCES u (b), FOREIGN KEY (a) REFERENCES u (b))
CREATE OR REPLACE VIEW v (a, b) AS SELECT 1, 2
CREATE MACRO f(a, b := 1) AS a + b
CREATE OR REPLACE FUNCTION g(a) AS TABLE SELECT a AS x
CREATE MACRO f(a) AS a, (a, b) AS a + b
CREATE TYPE mood AS ENUM ('x', 'y')
CREATE SEQUENCE s START WITH 1 INCREMENT BY 1
CREATE SCHEMA IF NOT EXISTS sch
CREATE UNIQUE INDEX i ON t (a, (b + 1))
ALTER TABLE t ADD COLUMN IF NOT EXISTS a INT DEFAULT 1
ALTER TABLE t ALTER COLUMN a TYPE VARCHAR USING a::VARCHAR
ALTER TABLE t RENAME COLUMN a TO b
ALTER TABLE t DROP COLUMN a CASCADE
DROP TABLE IF EXISTS main.t CASCADE
TRUNCATE t
INSERT INTO t (a, b) VALUES (1, 'x'), (2, DEFAULT) RETURNING *
INSERT INTO t BY NAME SELECT 1 AS a
INSERT OR REPLACE INTO t SELECT * FROM u
INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET b = excluded.b WHERE t.b > 1
INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING
UPDATE t SET a = 1, b = u.b FROM u WHERE t.id = u.id RETURNING a
DELETE FROM t USING u WHERE t.id = u.id
MERGE INTO t USING s ON t.id = s.id WHEN MATCHED AND s.d THEN DELETE WHEN MATCHED THEN UPDATE SET a = s.a WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.a)
MERGE INTO t USING s USING (id) WHEN MATCHED THEN UPDATE WHEN NOT MATCHED BY TARGET THEN INSERT BY NAME WHEN NOT MATCHED BY SOURCE THEN DELETE RETURNING merge_action
COPY t TO 'x.parquet' (FORMAT parquet, COMPRESSION zstd)
COPY (SELECT * FROM t) TO 'out' (FORMAT csv, PARTITION_BY (a, b), OVERWRITE_OR_IGNORE)
COPY t FROM 'x.csv' (HEADER, DELIMITER '|')
ATTACH 'x.db' AS x (READ_ONLY)
DETACH DATABASE IF EXISTS x
USE x.main
SET memory_limit = '1GB'
RESET memory_limit
PRAGMA table_info('t')
INSTALL json
LOAD json
CALL pragma_version()
BEGIN TRANSACTION
COMMIT
ROLLBACK
COMMENT ON COLUMN t.a IS 'it''s'
EXPLAIN ANALYZE SELECT 1
PREPARE p AS SELECT $1
EXECUTE p(1)
CHECKPOINT
