import parser from 'node-sql-parser/build/snowflake.js';
import { describe, expect, test } from 'vitest';
import { parse } from '../../../../src/sql/index.ts';
import { expectedText, goldenText } from './golden.ts';
import { goldenCases } from './golden-cases.ts';

describe.each(goldenCases)('$path', (golden) => {
  test('sends the statements of its file, each of which is SQL of Snowflake', async () => {
    const { text, statements } = await goldenText(golden, golden.act);
    expect(text).toBe(expectedText(golden.path, text));
    for (const sql of statements) {
      expect({ sql, diagnostics: parse(sql, { dialect: 'snowflake' }).diagnostics }).toEqual({ sql, diagnostics: [] });
    }
  });
});

/** The statements that an independent grammar knows, without the words that it lacks. */
function knownElsewhere(sql: string): string | undefined {
  const plain = sql
    .replace(/^create or replace transient table/, 'create or replace table')
    .replace(/^insert overwrite into/, 'insert into');
  const isKnown = /^(?:create or replace (?:table|view)|insert into)\b/.test(plain);
  const hasMore = /^(?:cluster by|copy grants|clone|with (?:tag|row)|\()|is not distinct from|\bcomment '/m.test(plain);
  return isKnown && !(hasMore && !plain.startsWith('insert')) ? plain : undefined;
}

test('an independent parser reads the statements that its grammar covers', async () => {
  const other = new parser.Parser();
  const texts = await Promise.all(goldenCases.map((golden) => goldenText(golden, golden.act)));
  const statements = texts.flatMap(({ statements: sent }) => sent.flatMap((sql) => knownElsewhere(sql) ?? []));
  const refused = statements.filter((sql) => {
    try {
      other.astify(sql, { database: 'snowflake' });
      return false;
    } catch {
      return true;
    }
  });
  expect(refused).toEqual([]);
  expect(statements.length).toBeGreaterThan(35);
});
