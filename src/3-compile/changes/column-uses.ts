import { numbered, numbersIn } from '../reading/relation.ts';
import { type MeaningDifference, sameMeaning, type Tables } from './meaning.ts';
import { meaningsOf } from './own-code.ts';
import type { SideQuery } from './side.ts';

/** What some queries make of each column of a node that they read. */
export interface ColumnUses {
  /** What would be other if columns were, by what their names are compared by; `otherColumns` for those that are not listed. */
  of(...columns: readonly string[]): MeaningDifference;
}

/** What a column goes into. */
interface Use {
  rows: boolean;
  readonly values: Set<string>;
  unlisted: boolean;
}

/**
 * Finds out what queries make of each column of the node `id`: its columns are told apart by versions that can be found
 * again in all that is made of them, so that the queries are read once and not once for each. Undefined where they are
 * too large to be compared.
 */
export function columnUses(queries: readonly SideQuery[], tables: Tables, id: string): ColumnUses | undefined {
  const numbers = new Map<string, number>();
  const version = (key: string | undefined): string | undefined => {
    if (key === undefined) return undefined;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return numbered(number);
  };
  const meanings = meaningsOf(queries, (name) => (name === id ? { ...tables(name), version } : tables(name)));
  if (!meanings) return undefined;
  const uses: Use[] = Array.from(numbers, () => ({ rows: false, values: new Set(), unlisted: false }));
  const usesIn = (mark: string): Use[] => numbersIn(mark).flatMap((number) => uses[number] ?? []);
  for (const { rows, columns, rest } of meanings) {
    for (const use of usesIn(rows)) use.rows = true;
    for (const use of usesIn(rest ?? '')) use.unlisted = true;
    for (const [key, mark] of columns) for (const use of usesIn(mark)) use.values.add(key);
  }
  return {
    of(...columns) {
      const found = columns.flatMap((key) => uses[numbers.get(key) ?? -1] ?? []);
      return {
        ...sameMeaning,
        rows: found.some(({ rows }) => rows),
        values: [...new Set(found.flatMap(({ values }) => [...values]))],
        unlisted: found.some(({ unlisted }) => unlisted),
      };
    },
  };
}
