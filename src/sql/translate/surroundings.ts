import type { Expression } from '../tree.ts';

/** A name in FROM that stands for something else than it did: what rules of tables tell those of columns. */
export interface Surroundings {
  /** What `$1`, `$2`, … stand for. */
  readonly positions: readonly Expression[];
  /** Columns, lower case, that the tables of FROM have lost, with what they belonged to. */
  readonly missing: ReadonlyMap<string, string>;
  /** Names of tables, lower case, whose rows have lost columns. */
  readonly incomplete: ReadonlySet<string>;
  /** The column that numbers the rows, where they were made by counting. */
  readonly sequence: Expression | undefined;
}

/** Those of a text's outermost queries. */
export const noSurroundings: Surroundings = {
  positions: [],
  missing: new Map(),
  incomplete: new Set(),
  sequence: undefined,
};
