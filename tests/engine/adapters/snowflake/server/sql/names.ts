import type { Table } from '../engine/catalog.ts';
import type { Place } from '../errors.ts';
import type { KnownColumn, Shape } from './shape.ts';

/**
 * The engine's names ignore case and Snowflake's do not: `"a"` and `A` are two columns. A name with lower-case letters
 * therefore carries a mark that says which letters those are, so that two names are one only when they are equal.
 */
const mark = '\u2063';

/** A folded name as the engine knows it, quoted. */
export function engineName(name: string): string {
  const lower = [...name].map((letter) => (letter === letter.toUpperCase() ? '0' : '1')).join('');
  const whole = lower.includes('1') ? `${name}${mark}${lower}` : name;
  return `"${whole.replaceAll('"', '""')}"`;
}

/** A name of the engine as Snowflake says it. */
export const outerName = (name: string): string => name.split(mark)[0] ?? name;

/** Takes the marks out of a text, such as an error's. */
export const withoutMarks = (text: string): string => text.replace(new RegExp(`${mark}[01]*`, 'g'), '');

export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** What a name after FROM means. */
export type Source =
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'query'; readonly key: string; readonly sql: string; readonly columns: readonly KnownColumn[] };

/** What a query may ask of its surroundings while it is translated. */
export interface Surroundings {
  /** The relation of a dotted name; throws 002003 when there is none. */
  readonly relation: (path: readonly string[], place: Place, into: Uses) => Source;
  /** Whether there is such a relation. */
  readonly knows: (path: readonly string[]) => boolean;
  /** `table(name(arguments))`, other than flatten and generator. */
  readonly tableFunction: (name: string, argument: string) => Source;
  /** `current_database()` and the like: an SQL literal, or undefined. */
  readonly fact: (name: string, argument: string | undefined) => string | undefined;
  /** The engine's name of a sequence. */
  readonly sequence: (path: readonly string[]) => string;
  readonly bind: (position: number) => string;
  readonly variable: (name: string) => string | undefined;
}

/** What a statement turned out to use. */
export interface Uses {
  readonly tables: Set<Table>;
  /** Views and answers, each as one common table expression: name → SQL. */
  readonly queries: Map<string, string>;
  /** Binds seen so far. */
  binds: number;
}

/** Where an expression stands. */
export interface Scope {
  readonly sql: string;
  readonly around: Surroundings;
  readonly uses: Uses;
  readonly ctes: ReadonlyMap<string, Shape>;
}

export const newUses = (): Uses => ({ tables: new Set(), queries: new Map(), binds: 0 });

/** The common table expressions that a translated statement begins with. */
export function withQueries(uses: Uses): string {
  const queries = [...uses.queries].map(([key, sql]) => `${key} AS (${sql})`);
  return queries.length === 0 ? '' : `WITH ${queries.join(', ')} `;
}

/** A translated query with those that it begins with; it may have some of its own. */
export function wholeQuery(uses: Uses, query: string): string {
  const before = withQueries(uses);
  return before === '' ? query : `${before}SELECT * FROM (${query})`;
}
