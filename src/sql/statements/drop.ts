import type { DataType, Name } from '../tree.ts';
import type { StatementBase } from './base.ts';

export interface Drop extends StatementBase {
  readonly kind: 'drop';
  /** Lower case: `table`, `masking policy`. */
  readonly object: string;
  readonly ifExists: boolean;
  readonly names: readonly Name[];
  /** Types of a routine's parameters. */
  readonly signature?: readonly DataType[];
  readonly behaviour?: 'cascade' | 'restrict';
}

export interface Undrop extends StatementBase {
  readonly kind: 'undrop';
  readonly object: string;
  readonly name: Name;
  readonly renameTo?: Name;
}

export interface Truncate extends StatementBase {
  readonly kind: 'truncate';
  /** Lower case; empty if left out. */
  readonly object: string;
  readonly ifExists: boolean;
  readonly name: Name;
}
