import { seeded } from './chance.ts';
import { condition, expression, type } from './write-expression.ts';
import { query } from './write-query.ts';
import {
  type DialectName,
  identifier,
  oneOf,
  type Part,
  several,
  sometimes,
  tableName,
  type Writing,
  words,
} from './writing.ts';

/** A statement that has no mistake in its syntax; names and types make no sense. `depth` is how deep it may nest. */
export function writeStatement(dialect: DialectName, seed: number, depth: number): string {
  const writing: Writing = { chance: seeded(seed), dialect, depth };
  const own = dialect === 'snowflake' ? snowflakeStatements : duckdbStatements;
  const written = writing.chance.maybe(75)
    ? query(writing)
    : oneOf(writing, writing.chance.maybe(50) ? statements : own);
  return writing.chance.maybe(30) ? spread(written, writing) : written;
}

/** The same with other white space and comments, where there is no text or name in quotes. */
function spread(sql: string, { chance }: Writing): string {
  const blanks = ['  ', '\n', '\r\n', '\t', ' /* c */ ', '\n-- note\n', ' /* a\n b */\n'];
  return sql.includes('$')
    ? sql
    : sql
        .split(/('(?:[^']|'')*'|"(?:[^"]|"")*"|\/\*.*?\*\/)/)
        .map(spreadPart)
        .join('');

  function spreadPart(part: string, index: number): string {
    return index % 2 === 1 ? part : part.replace(/ /g, (blank) => (chance.maybe(15) ? chance.pick(blanks) : blank));
  }
}

const assignments: Part = (writing) => several(writing, 1, 3, (one) => `${identifier(one)} = ${expression(one)}`);

const columns: Part = (writing) =>
  several(
    writing,
    1,
    4,
    (one) =>
      `${identifier(one)} ${type(one)}${sometimes(one, 20, () => ' NOT NULL')}${sometimes(one, 10, () => ' DEFAULT 1')}`,
  );

/** What both dialects have. */
const statements: readonly Part[] = [
  (one) =>
    `CREATE ${sometimes(one, 50, () => 'OR REPLACE ')}${sometimes(one, 30, () => 'TEMPORARY ')}TABLE ${tableName(one)} AS ${query(one)}`,
  (one) => `CREATE ${sometimes(one, 50, () => 'OR REPLACE ')}VIEW ${tableName(one)} AS ${query(one)}`,
  (one) => `create table if not exists ${tableName(one)} (${columns(one)}, PRIMARY KEY (a))`,
  (one) => `INSERT INTO ${tableName(one)}${sometimes(one, 50, () => ' (a, b)')} ${query(one)}`,
  (one) =>
    `INSERT INTO ${tableName(one)} VALUES ${several(one, 1, 3, (part) => `(${expression(part)}, ${expression(part)})`)}`,
  (one) =>
    words(
      `UPDATE ${tableName(one)} SET ${assignments(one)}`,
      sometimes(one, 70, (part) => `WHERE ${condition(part)}`),
    ),
  (one) =>
    words(
      `DELETE FROM ${tableName(one)}`,
      sometimes(one, 70, (part) => `WHERE ${condition(part)}`),
    ),
  (one) =>
    `MERGE INTO ${tableName(one)} AS t USING (${query(one)}) AS s ON ${condition(one)} WHEN MATCHED AND ${condition(one)} THEN UPDATE SET ${assignments(one)} WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (a, b) VALUES (${expression(one)}, 2)`,
  (one) =>
    `DROP ${one.chance.pick(['TABLE', 'VIEW', 'SCHEMA'])} ${sometimes(one, 50, () => 'IF EXISTS ')}${tableName(one)}`,
  (one) =>
    `ALTER TABLE ${tableName(one)} ${one.chance.pick(['RENAME TO z', 'ADD COLUMN z INT', 'DROP COLUMN a', 'RENAME COLUMN a TO b'])}`,
  (one) => `CREATE SCHEMA IF NOT EXISTS ${identifier(one)}`,
  (one) => `TRUNCATE TABLE ${tableName(one)}`,
  (one) => `COMMENT ON TABLE ${tableName(one)} IS 'it''s'`,
  () => 'BEGIN',
  () => 'commit',
  (one) => `EXPLAIN ${query(one)}`,
  (one) => `CREATE SEQUENCE ${identifier(one)} START 1`,
];

const snowflakeStatements: readonly Part[] = [
  (one) => `CREATE OR REPLACE DYNAMIC TABLE d TARGET_LAG = '20 minutes' WAREHOUSE = wh AS ${query(one)}`,
  (one) => `CREATE TABLE ${tableName(one)} CLONE s AT (OFFSET => -60)`,
  (one) => `CREATE SECURE VIEW v (a COMMENT 'x', b) COPY GRANTS COMMENT = 'c' AS ${query(one)}`,
  (one) =>
    `CREATE TABLE ${tableName(one)} (${columns(one)}, v VARIANT) CLUSTER BY (a, b) DATA_RETENTION_TIME_IN_DAYS = 1`,
  (one) => `INSERT OVERWRITE INTO ${tableName(one)} ${query(one)}`,
  (one) => `INSERT ALL WHEN ${condition(one)} THEN INTO t1 (a) VALUES (b) ELSE INTO t2 ${query(one)}`,
  (one) => `COPY INTO ${tableName(one)} FROM @s/p FILE_FORMAT = (TYPE = CSV SKIP_HEADER = 1) ON_ERROR = 'CONTINUE'`,
  (one) => `COPY INTO @s/p FROM (${query(one)}) OVERWRITE = TRUE`,
  () => "CREATE FUNCTION f(a INT, b VARCHAR DEFAULT 'x') RETURNS INT LANGUAGE SQL AS $$ a + 1 $$",
  (one) => `CREATE TASK k WAREHOUSE = wh SCHEDULE = '5 minutes' AS INSERT INTO t ${query(one)}`,
  () => 'CREATE STREAM s ON TABLE t APPEND_ONLY = TRUE',
  () => "CREATE STAGE s URL = 's3://b/p' FILE_FORMAT = (TYPE = 'JSON')",
  () => 'GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA db.s TO ROLE r',
  () => 'REVOKE USAGE ON DATABASE d FROM ROLE r',
  () => "SHOW TABLES LIKE 'a%' IN SCHEMA db.s",
  () => 'DESCRIBE TABLE t',
  () => 'USE WAREHOUSE wh',
  (one) => `SET v = ${expression(one)}`,
  () => 'UNSET v',
  (one) => `CALL p(${several(one, 0, 2, expression)})`,
  () => 'UNDROP TABLE t',
  () => 'EXECUTE IMMEDIATE $$ SELECT 1 $$',
  () => "ALTER SESSION SET TIMEZONE = 'UTC'",
  () => 'ALTER TABLE a SWAP WITH b',
  () => 'ALTER TABLE t ALTER COLUMN a SET NOT NULL',
];

const duckdbStatements: readonly Part[] = [
  (one) => `CREATE MACRO f(a, b := 1) AS ${expression(one)}`,
  (one) => `CREATE MACRO f(a) AS TABLE ${query(one)}`,
  () => "CREATE TYPE e AS ENUM ('a', 'b')",
  (one) => `COPY (${query(one)}) TO 'x.parquet' (FORMAT parquet)`,
  () => "COPY t FROM 'x.csv' (HEADER)",
  (one) => `INSERT OR REPLACE INTO t BY NAME ${query(one)}`,
  (one) => `INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET ${assignments(one)}`,
  (one) => `DELETE FROM t USING u WHERE ${condition(one)} RETURNING *`,
  () => 'PIVOT t ON c USING sum(a) AS s, max(b) GROUP BY d ORDER BY ALL',
  () => 'UNPIVOT t ON COLUMNS(* EXCLUDE a) INTO NAME n VALUE v',
  () => 'SUMMARIZE t',
  () => 'DESCRIBE SELECT 1',
  () => "ATTACH 'x.db' AS x (READ_ONLY)",
  () => 'DETACH x',
  () => "SET memory_limit = '1GB'",
  () => "PRAGMA table_info('t')",
  () => 'INSTALL json',
  () => 'CALL f(1)',
  () => 'CREATE INDEX i ON t (a)',
  () => 'FROM t',
];
