import { describe, expect, test } from 'vitest';
import { splitStatements } from '../../../../src/adapters/snowflake/split.ts';

describe('statements of a text', () => {
  test.each([
    ['select 1', ['select 1']],
    ['select 1; select 2;', ['select 1', 'select 2']],
    ["select ';', 'it''s; fine', 'a\\';b'; select 2", ["select ';', 'it''s; fine', 'a\\';b'", 'select 2']],
    ['select ";" from t; select 2', ['select ";" from t', 'select 2']],
    ['create function f() as $$ select 1; $$; select 2', ['create function f() as $$ select 1; $$', 'select 2']],
    ['select 1 -- no; end\n; select 2', ['select 1 -- no; end', 'select 2']],
    ['select 1 // no; end\n; select 2', ['select 1 // no; end', 'select 2']],
    ['select 1 /* ; */; select 2', ['select 1 /* ; */', 'select 2']],
    ['-- nothing\n; /* at; all */ ;', []],
    ["select 'open; text", ["select 'open; text"]],
    ['', []],
  ])('%j', (text, expected) => {
    const pieces = splitStatements(text);
    expect(pieces.map(({ sql }) => sql)).toEqual(expected);
    for (const { sql, start } of pieces) expect(text.slice(start, start + sql.length)).toBe(sql);
  });
});
