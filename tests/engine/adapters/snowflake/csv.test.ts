import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeCsv, loadCsv } from '../../../../src/adapters/snowflake/csv.ts';
import { Problem } from '../../../../src/core/index.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const folder = temporaryFolder();

let files = 0;

function fileOf(text: string): string {
  files += 1;
  const file = join(folder, `${files}.csv`);
  writeFileSync(file, text);
  return file;
}

const describeText = (text: string, columnTypes: Record<string, string> = {}) =>
  describeCsv({ file: fileOf(text), delimiter: ',', columnTypes });

const relation = { database: 'd', schema: 's', identifier: 't' };

async function statementsFor(text: string, overwrite = false): Promise<string[]> {
  const file = fileOf(text);
  const columns = await describeCsv({ file, delimiter: ',', columnTypes: {} });
  const sent: string[] = [];
  await loadCsv({ relation, file, delimiter: ',', columns, overwrite, quoteColumns: false }, async (sql) => {
    sent.push(sql);
    return { rowsAffected: 1 };
  });
  return sent;
}

describe('the type of a column', () => {
  test.each([
    ['integer', ['1', '-2', '1_000', '', 'null', ' 7 ']],
    ['float', ['1', '2.5']],
    ['float', ['1', 'nan']],
    ['boolean', ['true', 'FALSE', '']],
    ['date', ['2024-03-01', '2024-3-1']],
    ['timestamp_ntz', ['2024-03-01 10:00:00', '2024-03-01T10:00:00Z']],
    ['varchar', ['2024-02-30']],
    ['varchar', ['1', 'x']],
    ['varchar', ['true', '1']],
    ['varchar', ['12:30']],
  ])('is %s for %j', async (type, values) => {
    const [column] = await describeText(`a,b\n${values.map((value) => `${value},x`).join('\n')}\n`);
    expect(column).toEqual({ name: 'a', type });
  });

  test('is what the user says', async () => {
    expect(await describeText('Id,b\n1,2\n', { id: 'varchar(10)' })).toMatchObject([
      { type: 'varchar(10)' },
      { type: 'integer' },
    ]);
  });
});

describe('the rows', () => {
  test('are values of one statement', async () => {
    expect(await statementsFor("id,name\n1,it's \\ ok\n2,\n")).toEqual([
      "insert into d.s.t (id, name)\nvalues\n  (1, 'it''s \\\\ ok'),\n  (2, null)",
    ]);
  });

  test('take the place of those that are there, in one statement where they fit', async () => {
    expect(await statementsFor('id\n1\n', true)).toEqual(['insert overwrite into d.s.t (id)\nvalues\n  (1)']);
    expect(await statementsFor('id\n', true)).toEqual([
      'insert overwrite into d.s.t (id)\nselect id\nfrom d.s.t\nwhere false',
    ]);
  });

  test('are a transaction where they need several statements', async () => {
    const text = `id\n${Array.from({ length: 25_000 }, (_, index) => index).join('\n')}\n`;
    const sent = await statementsFor(text, true);
    expect(sent.map((sql) => sql.slice(0, 25).split(' into')[0])).toEqual([
      'begin',
      'insert overwrite',
      'insert',
      'insert',
      'commit',
    ]);
    expect(Math.max(...sent.map((sql) => sql.split('\n').length))).toBeLessThanOrEqual(10_002);
  });

  test('are no longer than Snowflake likes its statements', async () => {
    const text = `name\n${Array.from({ length: 900 }, () => 'x'.repeat(5000)).join('\n')}\n`;
    const sent = await statementsFor(text);
    expect(sent.length).toBeGreaterThan(4);
    for (const sql of sent) expect(sql.length).toBeLessThan(900_000);
  });
});

test.each([
  ['seed/empty-file', ''],
  ['seed/bad-csv', 'a,b\n1,2\n1,2,3\n'],
])('%s is told', async (code, text) => {
  const failure = await describeText(text).catch((thrown: unknown) => thrown);
  expect((failure as Problem).diagnostics?.[0]?.code).toBe(code);
  expect(failure).toBeInstanceOf(Problem);
});
