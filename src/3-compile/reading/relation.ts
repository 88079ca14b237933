import { hash } from 'node:crypto';
import type { Place } from '../../sql/index.ts';
import type { WallStep } from './wall-steps.ts';

/** One reading of a table: a table that stands at two places is read twice. */
export interface Scan {
  /** What the catalogue calls the table. */
  readonly table: string;
  /** Where it stands in the text; undefined where it stands in another one, a view's. */
  readonly place: Place | undefined;
}

/** A column of a table, and what was done to it. */
export interface Trace {
  readonly scan: Scan;
  readonly column: string;
  readonly steps: readonly WallStep[];
}

/** What is known of a value of some query's rows. */
export interface Value {
  /**
   * The columns of whose tables only those rows are needed for which they, with their steps, are this value: one in most
   * cases, one for each arm of a union.
   */
  readonly traces: readonly Trace[];
  /** All columns that choose among values could choose among rows of tables by; `*` for all of a table. */
  readonly from: ReadonlyMap<Scan, ReadonlySet<string>>;
  /** The same for the same logic. */
  readonly mark: string;
}

/** The rows of a table or a query. */
export interface Rows {
  /** By what names are compared by, in their order. */
  readonly columns: ReadonlyMap<string, Value>;
  /** A column that is not listed; undefined where all are. */
  readonly unlisted?: ((key: string) => Value) | undefined;
  /** Every table that is read for them. */
  readonly scans: readonly Scan[];
  /** The same if the same rows come out, whatever columns they have. */
  readonly shape: string;
}

export const anyColumn = '*';

/** Asked of `unlisted`, it stands for all columns that are not listed. */
export const otherColumns = '';

/** All that rows are: the same for the same rows with the same columns. */
export function contentOf({ shape, columns, unlisted }: Rows): unknown {
  return [shape, [...columns].map(([key, { mark }]) => [key, mark]), unlisted ? unlisted(otherColumns).mark : null];
}

/** A hash of what it is given. Numbered versions that are among that stand behind it. */
export function hashOf(...parts: readonly unknown[]): string {
  const text = JSON.stringify(parts);
  const digest = hash('sha256', text).slice(0, 16);
  return text.includes(sign) ? digest + [...new Set(text.match(signed))].join('') : digest;
}

/** No letter of any language. */
const sign = '\uE000';
const signed = /\uE000\d+/g;

/** A version of a column that all marks keep that are made of it. */
export const numbered = (number: number): string => `${sign}${number}`;

/** The numbered versions that a mark is made of. */
export const numbersIn = (mark: string): readonly number[] =>
  (mark.match(signed) ?? []).map((found) => Number(found.slice(sign.length)));

/** @param version of what the column holds, where it has several. */
export function columnOf(scan: Scan, column: string, version?: string): Value {
  let mark: string | undefined;
  return {
    traces: [{ scan, column, steps: [] }],
    from: new Map([[scan, new Set([column])]]),
    // Of the columns of a wide table, most queries ask for few.
    get mark() {
      mark ??= hashOf('column', scan.table, column, ...(version === undefined ? [] : [version]));
      return mark;
    },
  };
}

/** Worked out from other values, so that nothing more is known of it. */
export function workedOut(values: readonly Value[], mark: string): Value {
  return { traces: [], from: mergeFrom(values.map(({ from }) => from)), mark };
}

/** To choose by it chooses no rows of any table: an aggregate, for which all of them are read. */
export const settled = (mark: string): Value => ({ traces: [], from: new Map(), mark });

/** Worked out from some tables in a way that nobody can follow. */
export function unclear(scans: readonly Scan[], mark: string): Value {
  return { traces: [], from: new Map(scans.map((scan) => [scan, new Set([anyColumn])])), mark };
}

/** Rows of which only is known from which tables they come. */
export function unclearRows(scans: readonly Scan[], shape: string): Rows {
  return { columns: new Map(), unlisted: (key) => unclear(scans, hashOf('unclear', shape, key)), scans, shape };
}

/** A value that stands for several, each for some of the rows, or all being equal. */
export function joined(values: readonly Value[], mark: string): Value {
  return { traces: values.flatMap(({ traces }) => traces), from: mergeFrom(values.map(({ from }) => from)), mark };
}

export function withStep(value: Value, step: WallStep | 'same', mark: string): Value {
  const traces =
    step === 'same' ? value.traces : value.traces.map((trace) => ({ ...trace, steps: [...trace.steps, step] }));
  return { ...value, traces, mark };
}

function mergeFrom(all: readonly Value['from'][]): Value['from'] {
  const merged = new Map<Scan, Set<string>>();
  for (const from of all) {
    for (const [scan, columns] of from) {
      const known = merged.get(scan);
      if (known) for (const column of columns) known.add(column);
      else merged.set(scan, new Set(columns));
    }
  }
  return merged;
}
