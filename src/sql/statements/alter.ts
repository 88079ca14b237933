import type { DataType, Expression, Identifier, Name, Place, StringLiteral } from '../tree.ts';
import type { ColumnDefinition, Tag } from './columns.ts';
import type { CommandToken } from './command.ts';

/** `ADD [COLUMN] [IF NOT EXISTS] a INT, b INT`. */
export interface AddColumns extends Place {
  readonly kind: 'add-columns';
  /** Whether the word COLUMN stands there. */
  readonly word: boolean;
  readonly columns: readonly { readonly ifNotExists: boolean; readonly definition: ColumnDefinition }[];
  /** In parentheses. */
  readonly parentheses: boolean;
}

/** `DROP [COLUMN] [IF EXISTS] a, b [CASCADE]`. */
export interface DropColumns extends Place {
  readonly kind: 'drop-columns';
  readonly word: boolean;
  readonly ifExists: boolean;
  readonly columns: readonly Name[];
  readonly behaviour?: 'cascade' | 'restrict';
}

/** `DROP CONSTRAINT c`, `DROP PRIMARY KEY`, `DROP UNIQUE (a)`, `DROP FOREIGN KEY (a)`. */
export interface DropConstraint extends Place {
  readonly kind: 'drop-constraint';
  readonly type: 'constraint' | 'primary key' | 'unique' | 'foreign key';
  readonly ifExists: boolean;
  readonly name?: Identifier;
  readonly columns: readonly Identifier[];
  readonly behaviour?: 'cascade' | 'restrict';
}

/** `ALTER [COLUMN] a SET NOT NULL, b DROP DEFAULT`, also with `MODIFY`. */
export interface AlterColumns extends Place {
  readonly kind: 'alter-columns';
  readonly verb: 'alter' | 'modify';
  readonly parentheses: boolean;
  readonly changes: readonly ColumnChange[];
}

export interface ColumnChange extends Place {
  /** Whether the word COLUMN stands there. */
  readonly word: boolean;
  readonly name: Name;
  readonly change: ColumnChangeDetail;
}

export type ColumnChangeDetail =
  | (Place & {
      readonly kind: 'nullability' /** `set` or `drop`, or the words alone. */;
      readonly verb?: 'set' | 'drop';
    })
  | (Place & { readonly kind: 'set-default'; readonly value: Expression })
  | (Place & { readonly kind: 'drop-default' })
  | (Place & {
      readonly kind: 'set-type';
      /** Lower case: `set data type`, `type`, or empty. */
      readonly words: string;
      readonly type: DataType;
      readonly collation?: StringLiteral | Name;
      readonly using?: Expression;
    })
  | (Place & { readonly kind: 'comment'; readonly text: StringLiteral })
  | (Place & { readonly kind: 'unset-comment' })
  | (Place & {
      readonly kind: 'set-policy';
      readonly policy: string;
      readonly name: Name;
      readonly using: readonly Identifier[];
      readonly force: boolean;
    })
  | (Place & { readonly kind: 'unset-policy'; readonly policy: string })
  | (Place & { readonly kind: 'set-tags'; readonly tags: readonly Tag[] })
  | (Place & { readonly kind: 'unset-tags'; readonly tags: readonly Name[] });

/** Any other action: `SUSPEND`, `RESUME RECLUSTER`, `REFRESH`, `ADD ROW ACCESS POLICY p ON (a)`. */
export interface AlterWords extends Place {
  readonly kind: 'words';
  readonly words: readonly CommandToken[];
}
