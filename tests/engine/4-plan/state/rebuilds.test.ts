import { expect, test } from 'vitest';
import { foldLedger } from '../../../../src/4-plan/state/publications.ts';
import { rebuildsFor } from '../../../../src/4-plan/state/rebuilds.ts';
import { staleKeys, unaffectedKeys } from '../../../../src/4-plan/state/stale.ts';
import {
  type CodeLogic,
  containsPoint,
  type LedgerStretch,
  linkPartitions,
  readKey,
  unionAllKeys,
} from '../../../../src/core/index.ts';
import { randomFrom } from '../../core/partitions/random.ts';
import { definitionOf } from '../definition.ts';

const now = Date.UTC(2025, 0, 1);
const days = definitionOf({ time: 'day', start: '2024-01-01', end: '2024-01-09', column: 'day' });
const link = linkPartitions(days, days, { now });
const keys = Array.from({ length: 8 }, (_, index) => `2024-01-0${index + 1}`);

/** The reader uses `amount`. The second version has another `note`, the third another `amount`, the fourth other rows. */
const logic = (rows: string, amount: string, note: string): CodeLogic => ({
  rows,
  columns: { amount, note },
  rest: null,
});
const logics = new Map([
  ['v1', logic('r', 'a', 'n')],
  ['v2', logic('r', 'a', 'm')],
  ['v3', logic('r', 'b', 'n')],
  ['v4', logic('s', 'a', 'n')],
]);
const used = new Set(['amount']);

function isOther(before: string | undefined, after: string): boolean {
  const [old, made] = [logics.get(before ?? ''), logics.get(after)];
  // The same code has read new data; of the fifth version nothing is known.
  if (before === after || !old || !made) return true;
  return old.rows !== made.rows || old.columns.amount !== made.columns.amount;
}

interface Built {
  readonly asset: 'parent' | 'child';
  readonly version: string;
  readonly keys: readonly string[];
}

function randomBuilds(seed: number): readonly Built[] {
  const { below, pick } = randomFrom(seed);
  return Array.from({ length: 12 }, (_, at): Built => {
    const first = below(keys.length);
    const some = keys.slice(first, first + 1 + below(keys.length - first));
    const version = pick(['v1', 'v1', 'v2', 'v2', 'v3', 'v4', 'v5']);
    return { asset: at > 0 && below(3) === 0 ? 'child' : 'parent', version, keys: some };
  });
}

const stretchOf = ({ asset, version, keys: built }: Built, at: number): LedgerStretch => ({
  asset,
  event: 'published',
  content: 'rows',
  runId: `run${at}`,
  codeVersion: asset === 'child' ? 'v' : version,
  keys: built.join(),
  rows: null,
  from: at,
  to: at,
  order: at,
});

test.each(Array.from({ length: 60 }, (_, seed) => seed))(
  'a day is stale if other data of it was published since: new data, or other values of what is used (%i)',
  (seed) => {
    const builds = randomBuilds(seed);
    const stretches = builds.map(stretchOf).reverse();
    const of = (name: Built['asset']) =>
      foldLedger(
        stretches.filter(({ asset }) => asset === name),
        days,
      );
    const [child, parent] = [of('child'), of('parent')];
    const rebuilds = rebuildsFor({ history: parent.history, logics, used });
    const input = { ...child, codeVersion: 'v', parents: [{ id: 'parent', ...parent, link, rebuilds }] };
    const stale = unionAllKeys(staleKeys(input).map((one) => one.keys));
    const unaffected = unionAllKeys(unaffectedKeys(input).map((one) => one.keys));
    for (const key of keys) {
      const built = builds.findLastIndex((one) => one.asset === 'child' && one.keys.includes(key));
      const ofParent = builds.flatMap((one, at) =>
        one.asset === 'parent' && one.keys.includes(key) ? [{ ...one, at }] : [],
      );
      const since = ofParent.filter(({ at }) => built >= 0 && at > built);
      const before = (at: number): string | undefined => ofParent.findLast((one) => one.at < at)?.version;
      const other = since.filter(({ at, version }) => isOther(before(at), version));
      const point = readKey(days, key);
      if (point.kind !== 'key') throw new Error(point.message);
      expect([key, containsPoint(stale, point.point)]).toEqual([key, other.length > 0]);
      expect([key, containsPoint(unaffected, point.point)]).toEqual([key, other.length < since.length]);
    }
  },
);

test('what has changed is said: rows, columns that are used, or nothing where that is not known', () => {
  const changes = ['v1', 'v2', 'v3', 'v4', 'v5'].map((version) => {
    const builds: readonly Built[] = ['v1', version].map((one) => ({
      asset: 'parent',
      version: one,
      keys: ['2024-01-01'],
    }));
    const { history } = foldLedger(builds.map(stretchOf).reverse(), days);
    const { affecting, harmless } = rebuildsFor({ history, logics, used });
    const isLast = ({ order }: { readonly order: number }): boolean => order === 1;
    return [affecting.filter(isLast).map(({ changed }) => changed), harmless.map(({ changed }) => changed)];
  });
  expect(changes).toEqual([
    [[undefined], []],
    [[], [['note']]],
    [[['amount']], []],
    [['rows'], []],
    [[undefined], []],
  ]);
});

test('other code that came with another number of rows has read new data', () => {
  const built = (rows: readonly number[], later: readonly string[]) => {
    const stretches = rows.map((count, at) => ({
      ...stretchOf({ asset: 'parent', version: at === 0 ? 'v1' : 'v2', keys: at === 0 ? keys : later }, at),
      rows: count,
    }));
    const { affecting, harmless } = rebuildsFor({
      history: foldLedger(stretches.reverse(), days).history,
      logics,
      used,
    });
    return [affecting.filter(({ order }) => order === 1).map(({ changed }) => changed), harmless.length];
  };
  expect(built([100, 100], keys)).toEqual([[], 1]);
  expect(built([100, 101], keys)).toEqual([[undefined], 0]);
  // Of some of the days that were counted together, nobody knows how many rows there were.
  expect(built([100, 12], keys.slice(0, 1))).toEqual([[], 1]);
});
