import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Case, readCases } from '../../sql/semantics/cases.ts';
import { type Client, connect } from './server/client.ts';
import { startServer, type TestServer } from './server/index.ts';

// Answers that Snowflake's documentation gives, collected for the product's translation. This one was written apart from
// it, so here they judge another: an answer is the documented one, or there is none.
const folder = join(import.meta.dirname, '../../sql/semantics');
const cases = readCases(folder).filter(({ expected }) => expected.kind !== 'refused');

/**
 * Known to differ: a text compared with a number is read as a whole number; a variant forgets that it was a date; a null of
 * JSON is equal to another.
 */
const known = new Set([
  "select '5.4' = 5",
  "select typeof(to_variant('2024-01-05'::date))",
  `select count(*) from (select parse_json('{"k":null}'):k as k) a join (select parse_json('null') as k) b on a.k = b.k`,
]);

let server: TestServer;
let client: Client;
beforeAll(async () => {
  server = await startServer({ parameters: { TIMEZONE: 'UTC' } });
  client = await connect(server, { fetchAsString: ['Number', 'Date', 'JSON', 'Boolean'] });
});
afterAll(() => server.close());

/** The answer as the cases write it, or why there is none. */
async function answer({ sql }: Case): Promise<readonly string[] | undefined> {
  try {
    return (await client.rows(sql)).map((row) => row.map(written).join(' | '));
  } catch {
    return undefined;
  }
}

/** Numbers without zeros at their end, moments without a fraction that is zero, JSON without blanks. */
function written(cell: unknown): string {
  const text = String(cell ?? 'NULL')
    .trim()
    .replace(/^(TRUE|FALSE)$/, (word) => word.toLowerCase());
  if (/^-?\d*\.?\d+(e[+-]?\d+)?$/i.test(text)) return String(Number(Number(text).toPrecision(12)));
  if (/^[[{]/.test(text)) return text.replaceAll(/\s/g, '');
  return text.replace(
    /^((?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d)(?:(\.\d*?)0*)?(?: Z| ?[+-]\d\d(?::?\d\d)?)?$/,
    (_, whole, rest = '') => whole + (rest === '.' ? '' : rest),
  );
}

const sorted = (rows: readonly string[]): string[] => [...rows].sort();

describe.each(readdirSync(folder).filter((file) => file.endsWith('.cases')))('%s', (file) => {
  it('has no case that is answered otherwise than Snowflake documents', async () => {
    const others: string[] = [];
    for (const one of cases.filter((found) => found.file === file)) {
      const rows = await answer(one);
      if (one.expected.kind !== 'rows' || rows === undefined || known.has(one.sql)) continue;
      const expected = one.expected.rows.map((row) => row.split(' | ').map(written).join(' | '));
      if (sorted(rows).join('\n') !== sorted(expected).join('\n'))
        others.push(`${one.line}: ${one.sql} → ${rows}, not ${expected}`);
    }
    expect(others).toEqual([]);
  });
});

it('answers most of them', () => {
  const answered = server.log.statements.filter(({ outcome }) => outcome.kind === 'success').length;
  expect(answered / cases.length).toBeGreaterThan(0.6);
});
