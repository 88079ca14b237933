import type { Column, Expression, Identifier, Name, Place, Query, SelectItem, TableExpression, With } from '../tree.ts';
import type { StatementBase } from './base.ts';

export interface Insert extends StatementBase {
  readonly kind: 'insert';
  readonly with?: With;
  readonly overwrite: boolean;
  /** `INSERT OR REPLACE`, `INSERT OR IGNORE`. */
  readonly or?: 'replace' | 'ignore';
  /** The words behind INSERT [OVERWRITE], lower case: `into`, `into table`, `table`. */
  readonly words: string;
  readonly table: Name;
  readonly alias?: Identifier;
  readonly columns: readonly Identifier[];
  /** `BY NAME`, `BY POSITION`. */
  readonly by?: 'name' | 'position';
  readonly source: Query | 'default values';
  readonly onConflict?: OnConflict;
  readonly returning: readonly SelectItem[];
}

/** `ON CONFLICT (a) DO UPDATE SET …`. */
export interface OnConflict extends Place {
  readonly columns: readonly Expression[];
  readonly columnsWhere?: Expression;
  /** Undefined for DO NOTHING. */
  readonly set?: readonly Assignment[];
  readonly where?: Expression;
}

/** `a = x`, `t.a = x`, `(a, b) = (x, y)`. */
export interface Assignment extends Place {
  readonly kind: 'assignment';
  readonly target: Column | readonly Column[];
  readonly value: Expression;
}

/** `INSERT ALL INTO … INTO … SELECT`, `INSERT FIRST WHEN … THEN INTO … ELSE INTO … SELECT`. */
export interface InsertMultiple extends StatementBase {
  readonly kind: 'insert-multiple';
  readonly overwrite: boolean;
  readonly mode: 'all' | 'first';
  /** One without a condition, or several with one each. */
  readonly branches: readonly InsertBranch[];
  readonly otherwise?: readonly InsertTarget[];
  readonly source: Query;
}

export interface InsertBranch extends Place {
  readonly when?: Expression;
  readonly into: readonly InsertTarget[];
}

export interface InsertTarget extends Place {
  readonly kind: 'insert-target';
  readonly table: Name;
  readonly columns: readonly Identifier[];
  /** Undefined without VALUES. */
  readonly values?: readonly Expression[];
}

export interface Update extends StatementBase {
  readonly kind: 'update';
  readonly with?: With;
  readonly table: TableExpression;
  readonly set: readonly Assignment[];
  readonly from: readonly TableExpression[];
  /** FROM was written before SET. */
  readonly fromFirst: boolean;
  readonly where?: Expression;
  readonly returning: readonly SelectItem[];
}

export interface Delete extends StatementBase {
  readonly kind: 'delete';
  readonly with?: With;
  readonly table: TableExpression;
  readonly using: readonly TableExpression[];
  readonly where?: Expression;
  readonly returning: readonly SelectItem[];
}

export interface Merge extends StatementBase {
  readonly kind: 'merge';
  readonly with?: With;
  readonly into: TableExpression;
  readonly source: TableExpression;
  /** Either this or `using`. */
  readonly on?: Expression;
  readonly using?: readonly Identifier[];
  readonly branches: readonly MergeBranch[];
  readonly returning: readonly SelectItem[];
}

export interface MergeBranch extends Place {
  readonly kind: 'merge-branch';
  readonly matched: boolean;
  /** Of `not matched`. */
  readonly by?: 'source' | 'target';
  readonly condition?: Expression;
  readonly action: MergeAction;
}

export type MergeAction =
  | (Place & {
      readonly kind: 'update';
      /** `*` for `SET *`; undefined for every column alike. */
      readonly set?: readonly Assignment[] | '*';
      readonly byName: boolean;
    })
  | (Place & { readonly kind: 'delete' })
  | (Place & {
      readonly kind: 'insert';
      readonly columns: readonly Column[];
      /** `*` for `INSERT *`; undefined for every column alike. */
      readonly values?: readonly Expression[] | '*' | 'default values';
      /** `BY NAME`, `ALL BY NAME`, `BY POSITION`; lower case, empty if left out. */
      readonly by: string;
    })
  | (Place & { readonly kind: 'nothing' })
  | (Place & { readonly kind: 'error'; readonly message?: Expression });
