import { expect, it } from 'vitest';
import { foldLedger } from '../../../../src/4-plan/state/publications.ts';
import { staleKeys } from '../../../../src/4-plan/state/stale.ts';
import {
  allPartitions,
  containsPoint,
  formatKey,
  type LedgerStretch,
  ledgerStretches,
  linkPartitions,
  pointsOf,
  type Table,
  unionAllKeys,
} from '../../../../src/core/index.ts';
import { randomFrom } from '../../core/partitions/random.ts';
import { definitionOf } from '../definition.ts';

const now = Date.UTC(2025, 0, 1);

const days = definitionOf({ time: 'day', start: '2024-01-01', end: '2024-03-01', column: 'day' });
const months = definitionOf({ time: 'month', start: '2024-01', end: '2024-03', column: 'month' });
const link = linkPartitions(months, days, { now });

interface Row {
  readonly asset: string;
  readonly key: string;
  readonly run: string;
  readonly at: number;
  readonly event?: string;
}

/** What the database makes of a ledger's rows. */
function grouped(rows: readonly Row[], isApart: boolean): Table {
  const sorted = [...rows].sort((one, other) => one.at - other.at || (one.run < other.run ? -1 : 1));
  let stretch = 0;
  const groups = new Map<string, Row[]>();
  for (const [index, row] of sorted.entries()) {
    if (isApart && sorted[index - 1]?.run !== row.run) stretch += 1;
    const group = JSON.stringify([row.asset, row.event ?? 'published', 'rows', row.run, 'v', stretch]);
    groups.set(group, [...(groups.get(group) ?? []), row]);
  }
  const table = [...groups].map(([group, members]) => [
    ...JSON.parse(group),
    members.length,
    Math.min(...members.map(({ at }) => at)),
    Math.max(...members.map(({ at }) => at)),
    members.map(({ key }) => key).join(';'),
  ]);
  return { columns: [], rows: table };
}

function stretchesOf(rows: readonly Row[]): readonly LedgerStretch[] {
  const { stretches, overlapping } = ledgerStretches(grouped(rows, false));
  if (overlapping.length === 0) return stretches;
  const apart = rows.filter(({ run }) => overlapping.includes(run));
  return ledgerStretches(grouped(rows, false), grouped(apart, true)).stretches;
}

/** Two runs at a time publish days, and then months from the days as they are. */
function randomRows(seed: number): readonly Row[] {
  const { below, pick } = randomFrom(seed);
  const rows: Row[] = [];
  const all = [...pointsOf(allPartitions(days, { now }))].map((point) => formatKey(days, point));
  for (let at = 1; at <= 60; at += 1) {
    const run = `run${Math.floor(at / 20)}${below(2)}`;
    const isMonth = below(6) === 0;
    rows.push({
      asset: isMonth ? 'months' : 'days',
      key: isMonth ? `2024-0${1 + below(2)}` : pick(all),
      run,
      at,
    });
  }
  return rows;
}

const stretch: LedgerStretch = {
  asset: 'days',
  event: 'published',
  content: 'rows',
  runId: 'run',
  codeVersion: 'v',
  keys: '',
  rows: null,
  from: 0,
  to: 0,
  order: 0,
};

it.each(Array.from({ length: 40 }, (_, seed) => seed))(
  'a month is stale if a later stretch of a run published one of its days (%i)',
  (seed) => {
    const rows = randomRows(seed);
    const stretches = stretchesOf(rows);
    const child = foldLedger(
      stretches.filter(({ asset }) => asset === 'months'),
      months,
    );
    const parent = foldLedger(
      stretches.filter(({ asset }) => asset === 'days'),
      days,
    );
    const found = staleKeys({ ...child, codeVersion: 'v', parents: [{ id: 'days', ...parent, link }] });
    const stale = unionAllKeys(found.map(({ keys }) => keys));
    // Within a stretch of one run a parent always comes before its children, so that there the order of rows says nothing.
    const stretchAt = (at: number): number =>
      rows.filter((row, index) => row.at <= at && rows[index - 1]?.run !== row.run).length;
    for (const month of pointsOf(allPartitions(months, { now }))) {
      const key = formatKey(months, month);
      const built = rows.findLast((row) => row.asset === 'months' && row.key === key);
      const newer = rows.some(
        (row) => built && row.asset === 'days' && row.key.startsWith(key) && stretchAt(row.at) > stretchAt(built.at),
      );
      expect([key, containsPoint(stale, month)]).toEqual([key, newer]);
    }
  },
);

it('runs that went on at the same time are found out, others are put in the order of their beginning', () => {
  const row = (run: string, at: number): Row => ({ asset: 'days', key: '2024-01-01', run, at });
  const rows = [row('c', 1), row('c', 2), row('a', 3), row('b', 4), row('a', 5), row('d', 6)];
  expect(ledgerStretches(grouped(rows, false)).overlapping).toEqual(['a', 'b']);
  expect(stretchesOf(rows).map(({ runId, from }) => [runId, from])).toEqual([
    ['d', 6],
    ['a', 5],
    ['b', 4],
    ['a', 3],
    ['c', 1],
  ]);
});

it('data that was put aside is held until it is settled, or newer data is published', () => {
  const rows: Row[] = [
    { asset: 'days', key: '2024-01-01', run: 'a', at: 1, event: 'quarantined' },
    { asset: 'days', key: '2024-01-02', run: 'a', at: 2, event: 'quarantined' },
    { asset: 'days', key: '2024-01-03', run: 'a', at: 3, event: 'quarantined' },
    { asset: 'days', key: '2024-01-02', run: 'b', at: 4 },
    { asset: 'days', key: '2024-01-03', run: 'a', at: 5, event: 'dropped' },
  ];
  const { held, filled } = foldLedger(stretchesOf(rows), days);
  const keysOf = (keys: typeof filled): string[] => [...pointsOf(keys)].map((point) => formatKey(days, point));
  expect(held.map(({ keys }) => keysOf(keys))).toEqual([['2024-01-01']]);
  expect(keysOf(filled)).toEqual(['2024-01-02']);
});

it('a query that was made again with the same code is as old as that code', () => {
  const query = (order: number, codeVersion: string): LedgerStretch => ({
    ...stretch,
    content: 'query',
    codeVersion,
    order,
    from: order,
  });
  const { publications } = foldLedger([query(3, 'v2'), query(2, 'v2'), query(1, 'v1')], undefined);
  expect(publications).toMatchObject([{ order: 2, codeVersion: 'v2' }]);
});
