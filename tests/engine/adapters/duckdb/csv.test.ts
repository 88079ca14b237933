import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import duckdb from '../../../../src/adapters/duckdb/index.ts';
import type { Cell, Session, Warehouse } from '../../../../src/core/index.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const folder = temporaryFolder();
let warehouse: Warehouse;
let session: Session;

beforeAll(async () => {
  warehouse = await duckdb.connect({ type: 'duckdb', path: ':memory:' }, { threads: 1 });
  session = await warehouse.openSession();
});
afterAll(() => warehouse.close());

let count = 0;

async function load(
  text: string,
  options: { delimiter?: string; columnTypes?: Record<string, string> } = {},
): Promise<{ types: Record<string, string>; rows: readonly (readonly Cell[])[] }> {
  count += 1;
  const file = join(folder, `it's ${count}.csv`);
  writeFileSync(file, text);
  const csv = { file, delimiter: options.delimiter ?? ',' };
  const columns = (await session.describeCsv?.({ ...csv, columnTypes: options.columnTypes ?? {} })) ?? [];
  const relation = { database: 'memory', schema: 'main', identifier: `csv_${count}` };
  await session.execute(duckdb.statements.createTable(relation, columns));
  const result = await session.loadCsv?.({ ...csv, relation, columns });
  const table = await session.query(`select * from ${duckdb.statements.renderRelation(relation)}`);
  expect(result?.rowsAffected).toBe(table.rows.length);
  return { types: Object.fromEntries(table.columns.map(({ name, type }) => [name, type])), rows: table.rows };
}

/** Recorded from dbt-duckdb 1.11.1: the same files gave the same types and rows there. */
describe('types and values are those of dbt', () => {
  test.each<[string, string, Record<string, string>, Cell[][]]>([
    [
      'a bit of everything',
      'id,name,amount,day,at,iso,flag,allnull\n1,Ann,1.50,2024-01-02,2024-01-02 03:04:05,2024-01-02T03:04:05,true,\n2,"Bob ""B"", Jr",2,2024-1-3,2024-01-02 03:04:06,2024-01-02T03:04:06,FALSE,\n3,"multi\nline",3.0,,,,,\n',
      {
        id: 'INTEGER',
        name: 'VARCHAR',
        amount: 'DOUBLE',
        day: 'DATE',
        at: 'TIMESTAMP',
        iso: 'TIMESTAMP',
        flag: 'BOOLEAN',
        allnull: 'INTEGER',
      },
      [
        [1, 'Ann', 1.5, '2024-01-02', '2024-01-02 03:04:05', '2024-01-02 03:04:05', true, null],
        [2, 'Bob "B", Jr', 2, '2024-01-03', '2024-01-02 03:04:06', '2024-01-02 03:04:06', false, null],
        [3, 'multi\nline', 3, null, null, null, null, null],
      ],
    ],
    [
      'the word null in a text',
      'a,b\nx,1\nnull,2\nNULL,3\n"",4\n',
      { a: 'VARCHAR', b: 'INTEGER' },
      [
        ['x', 1],
        ['null', 2],
        ['NULL', 3],
        [null, 4],
      ],
    ],
    ['zeros in front', 'a\n007\n010\n', { a: 'INTEGER' }, [[7], [10]]],
    ['an exponent', 'a\n1e5\n2\n', { a: 'INTEGER' }, [[100000], [2]]],
    ['a fraction by exponent', 'a\n1e-3\n2\n', { a: 'DOUBLE' }, [[0.001], [2]]],
    ['whole numbers with a point', 'a\n1.0\n2.00\n', { a: 'INTEGER' }, [[1], [2]]],
    ['not a number', 'a\nNaN\n2.5\n', { a: 'DOUBLE' }, [[Number.NaN], [2.5]]],
    [
      'dates among times',
      'a\n2024-01-01\n2024-01-01 10:00:00\n',
      { a: 'VARCHAR' },
      [['2024-01-01'], ['2024-01-01 10:00:00']],
    ],
    ['a time with a fraction', 'a\n2024-01-01 10:00:00.123\n', { a: 'VARCHAR' }, [['2024-01-01 10:00:00.123']]],
    ['an ISO time with a fraction', 'a\n2024-01-01T10:00:00.25\n', { a: 'TIMESTAMP' }, [['2024-01-01 10:00:00.25']]],
    ['an ISO time with a zone', 'a\n2024-01-01T10:00:00Z\n', { a: 'TIMESTAMP' }, [['2024-01-01 10:00:00']]],
    [
      'letters and digits are no booleans',
      'a,b,c\ntrue,t,1\nfalse,f,0\n',
      { a: 'BOOLEAN', b: 'VARCHAR', c: 'INTEGER' },
      [
        [true, 't', 1],
        [false, 'f', 0],
      ],
    ],
    ['a byte order mark', '\ufeffid,name\n1,x\n', { id: 'INTEGER', name: 'VARCHAR' }, [[1, 'x']]],
    [
      'Windows line ends',
      'id,name\r\n1,x\r\n2,"a\r\nb"\r\n',
      { id: 'INTEGER', name: 'VARCHAR' },
      [
        [1, 'x'],
        [2, 'a\r\nb'],
      ],
    ],
    ['only a header', 'a,b\n', { a: 'INTEGER', b: 'INTEGER' }, []],
    ['only a header without a line end', 'a,b', { a: 'INTEGER', b: 'INTEGER' }, []],
    ['no line end at the end', 'a,b\n1,x', { a: 'INTEGER', b: 'VARCHAR' }, [[1, 'x']]],
    ['a name twice', 'a,a,b\n1,2,3\n', { a: 'INTEGER', a_2: 'INTEGER', b: 'INTEGER' }, [[1, 2, 3]]],
    ['a name missing', 'a,,b\n1,2,3\n', { a: 'INTEGER', b: 'INTEGER', b_2: 'INTEGER' }, [[1, 2, 3]]],
    [
      'names to be quoted',
      'Id,My Col,select\n1,x,y\n',
      { Id: 'INTEGER', 'My Col': 'VARCHAR', select: 'VARCHAR' },
      [[1, 'x', 'y']],
    ],
    ['digits in groups', 'a\n1_000\n', { a: 'INTEGER' }, [[1000]]],
    [
      'signs',
      'a,b\n+5,-1.5\n-3,2\n',
      { a: 'INTEGER', b: 'DOUBLE' },
      [
        [5, -1.5],
        [-3, 2],
      ],
    ],
    ['days first', 'a\n01/02/2024\n', { a: 'VARCHAR' }, [['01/02/2024']]],
    ['days that do not exist', 'a\n2024-02-30\n', { a: 'VARCHAR' }, [['2024-02-30']]],
    [
      'spaces in texts',
      'a,b\n  hi  ,x\n" q ",y\n',
      { a: 'VARCHAR', b: 'VARCHAR' },
      [
        ['  hi  ', 'x'],
        [' q ', 'y'],
      ],
    ],
    [
      'an empty line among several columns',
      'a,b\n1,2\n\n3,4\n',
      { a: 'INTEGER', b: 'INTEGER' },
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['an empty line in one column', 'a\n1\n\n3\n', { a: 'INTEGER' }, [[1], [null], [3]]],
    [
      'a hash sign',
      'a,b\n#1,2\n3,4\n',
      { a: 'VARCHAR', b: 'INTEGER' },
      [
        ['#1', 2],
        ['3', 4],
      ],
    ],
    ['a backslash', 'a,b\n"x\\",2\n', { a: 'VARCHAR', b: 'INTEGER' }, [['x\\', 2]]],
    ['a delimiter that is not used', 'a|b\n1|2\n', { 'a|b': 'VARCHAR' }, [['1|2']]],
    ['letters of the world', 'naïve,b\nüñ,日本\n', { naïve: 'VARCHAR', b: 'VARCHAR' }, [['üñ', '日本']]],
    ['a number beyond all integers', 'a\n123456789012345678901234567890\n', { a: 'DOUBLE' }, [[1.2345678901234568e29]]],
    ['a space in front of a name', 'a, b\n1,2\n', { a: 'INTEGER', ' b': 'INTEGER' }, [[1, 2]]],
  ])('%s', async (_what, text, types, rows) => {
    expect(await load(text)).toEqual({ types, rows });
  });

  test.each([
    [';', 'a;b\n1;"x,y"\n'],
    ['\t', 'a\tb\n1\t"x,y"\n'],
    ['|', 'a|b\n1|"x,y"\n'],
  ])('delimiter %j', async (delimiter, text) => {
    expect(await load(text, { delimiter })).toEqual({ types: { a: 'INTEGER', b: 'VARCHAR' }, rows: [[1, 'x,y']] });
  });

  test('column_types win, whatever the letter case of the name', async () => {
    const columnTypes = { D: 'date', n: 'decimal(10,2)', t: 'varchar' };
    expect(await load('d,n,t\n2024-02-01,1.239,007\n,3,null\n', { columnTypes })).toEqual({
      types: { d: 'DATE', n: 'DECIMAL(10,2)', t: 'VARCHAR' },
      rows: [
        ['2024-02-01', '1.24', '007'],
        [null, '3.00', 'null'],
      ],
    });
  });
});

describe('where dbt fails, the data is still read', () => {
  test.each<[string, string, Record<string, string>, Cell[][]]>([
    [
      'the smallest integer of four bytes',
      'a\n-2147483648\n2147483647\n',
      { a: 'INTEGER' },
      [[-2147483648], [2147483647]],
    ],
    ['integers that need eight bytes, below', 'a\n-2147483649\n', { a: 'BIGINT' }, [[-2147483649]]],
    ['integers that need eight bytes', 'a\n3000000000\n1\n', { a: 'BIGINT' }, [[3000000000], [1]]],
    [
      'the word null among numbers',
      'a,b\n1,x\nnull,y\n',
      { a: 'INTEGER', b: 'VARCHAR' },
      [
        [1, 'x'],
        [null, 'y'],
      ],
    ],
    [
      'spaces around and instead of numbers',
      'a,b\n1,x\n ,y\n 3,z\n',
      { a: 'INTEGER', b: 'VARCHAR' },
      [
        [1, 'x'],
        [null, 'y'],
        [3, 'z'],
      ],
    ],
    ['spaces around booleans', 'a\n true \nfalse\n', { a: 'BOOLEAN' }, [[true], [false]]],
    ['money', 'a,b\n$5,"1,000"\n', { a: 'VARCHAR', b: 'VARCHAR' }, [['$5', '1,000']]],
  ])('%s', async (_what, text, types, rows) => {
    expect(await load(text)).toEqual({ types, rows });
  });
});

describe('broken files', () => {
  test.each([
    ['too few values', 'a,b,c\n1,2\n4,5,6\n', /^Line 2 of/],
    ['too many values', 'a,b\n1,2,3\n', /^Line 2 of/],
    ['a quote that does not end', 'a,b\n1,"x\n2,y\n', /quote/i],
  ])('%s', async (_what, text, message) => {
    await expect(load(text)).rejects.toThrow(message);
  });

  test('an empty file', async () => {
    await expect(load('')).rejects.toMatchObject({ diagnostics: [{ code: 'seed/empty-file' }] });
  });

  test('a file that is not there', async () => {
    const request = { file: join(folder, 'gone.csv'), delimiter: ',', columnTypes: {} };
    await expect(session.describeCsv?.(request)).rejects.toMatchObject({ diagnostics: [{ code: 'seed/unreadable' }] });
  });
});

test('a type that only the last of many rows rules out is noticed', async () => {
  const numbers = Array.from({ length: 5000 }, (_, index) => `${index},${index},2024-01-01`);
  const { types, rows } = await load(`a,b,c\n${numbers.join('\n')}\n1,2.5,later\n`);
  expect(types).toEqual({ a: 'INTEGER', b: 'DOUBLE', c: 'VARCHAR' });
  expect(rows).toHaveLength(5001);
});

test('a name with a NUL, as in a file of UTF-16, is told by its place', async () => {
  const message = "The name of the file's column 2 has a NUL character in it";
  await expect(load('id,na\0me\n1,x\n')).rejects.toMatchObject({ diagnostics: [{ code: 'seed/bad-csv', message }] });
});

test('a quote that is never closed is told in one line, whatever follows it', async () => {
  const lines = Array.from({ length: 200 }, (_, number) => `${number},x`).join('\n');
  await expect(load(`id,a\n1,x\n2,"y\n${lines}\n`, { columnTypes: { id: 'integer' } })).rejects.toMatchObject({
    diagnostics: [{ code: 'seed/bad-csv', message: expect.stringMatching(/^Line 3 of '.*' could not be read: .+$/) }],
  });
});

test('a file of many columns is described by queries over some of them: planning one over 400 took a minute', async () => {
  const file = join(folder, 'wide.csv');
  const kinds = [
    ['1', 'integer'],
    ['2024-01-02', 'date'],
    ['x', 'varchar'],
    ['1.5', 'double'],
    ['', 'integer'],
  ] as const;
  const columns = Array.from({ length: 200 }, (_, at) => ({
    name: `c${at}`,
    kind: kinds[at % kinds.length] ?? kinds[0],
  }));
  const lines = [columns.map(({ name }) => name), columns.map(({ kind }) => kind[0])];
  writeFileSync(file, lines.map((cells) => `${cells.join(',')}\n`).join(''));
  const described = await session.describeCsv?.({ file, delimiter: ',', columnTypes: { c197: 'text' } });
  const types = columns.map(({ name, kind }) => (name === 'c197' ? 'text' : kind[1]));
  expect(described?.map(({ type }) => type)).toEqual(types);
  expect(described?.map(({ name }) => name)).toEqual(columns.map(({ name }) => name));
});
