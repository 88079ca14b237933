import type { Call, DataType, Expression, Identifier, Name, Query, StringLiteral } from '../tree.ts';
import type { StatementBase } from './base.ts';
import type { Option, OptionGroup, StageLocation } from './options.ts';

/** `SHOW TERSE TABLES HISTORY LIKE 'a%' IN SCHEMA s STARTS WITH 'b' LIMIT 3 FROM 'c'`. */
export interface Show extends StatementBase {
  readonly kind: 'show';
  /** Lower case, behind SHOW: `terse tables history`, `grants to role`. */
  readonly words: string;
  /** Right behind the words: `SHOW GRANTS ON TABLE t`, DuckDB's `SHOW t`. */
  readonly name?: Name;
  readonly like?: StringLiteral;
  /** `in` or `from`; the object lower case, empty if left out. */
  readonly in?: { readonly word: 'in' | 'from'; readonly object: string; readonly name?: Name };
  readonly startsWith?: StringLiteral;
  readonly limit?: Expression;
  /** The page starts behind this name. */
  readonly after?: StringLiteral;
  /** `WITH PRIVILEGES a, b`, lower case. */
  readonly privileges: readonly string[];
}

/** `DESCRIBE TABLE t TYPE = STAGE`, `DESC RESULT 'id'`, DuckDB's `DESCRIBE SELECT …` and `SUMMARIZE t`. */
export interface Describe extends StatementBase {
  readonly kind: 'describe';
  readonly verb: 'describe' | 'desc' | 'summarize';
  /** Lower case; empty if left out. */
  readonly object: string;
  readonly subject?: Name | Query | Expression;
  /** Types of a routine's parameters. */
  readonly signature?: readonly DataType[];
  readonly options: readonly Option[];
}

export interface Use extends StatementBase {
  readonly kind: 'use';
  /** Lower case: `role`, `warehouse`, `secondary roles`; empty if left out. */
  readonly object: string;
  /** Several only for secondary roles; `ALL` and `NONE` are names here. */
  readonly names: readonly Name[];
}

/** `SET a = 1`, `SET (a, b) = (1, 2)`, `SET VARIABLE a = 1`, `SET SESSION a TO 1`. */
export interface SetStatement extends StatementBase {
  readonly kind: 'set';
  /** Lower case: `variable`, `session`, `global`, `local`; empty if left out. */
  readonly scope: string;
  readonly names: readonly Name[];
  readonly sign: '=' | 'to';
  readonly values: readonly Expression[];
  /** In parentheses. */
  readonly parentheses: boolean;
}

/** `UNSET a`, `UNSET (a, b)`, DuckDB's `RESET a`. */
export interface Unset extends StatementBase {
  readonly kind: 'unset';
  readonly verb: 'unset' | 'reset';
  readonly scope: string;
  readonly names: readonly Name[];
  readonly parentheses: boolean;
}

export interface CallStatement extends StatementBase {
  readonly kind: 'call-statement';
  readonly call: Call;
  /** `INTO :v`. */
  readonly into?: Expression;
}

export interface Transaction extends StatementBase {
  readonly kind: 'transaction';
  readonly action: 'begin' | 'start' | 'commit' | 'rollback' | 'abort' | 'end';
  /** What stands behind, lower case: `transaction`, `work`. */
  readonly words: string;
  /** `BEGIN NAME t`. */
  readonly name?: Identifier;
}

/** `COMMENT [IF EXISTS] ON TABLE t IS '…'`. */
export interface CommentOn extends StatementBase {
  readonly kind: 'comment-on';
  readonly ifExists: boolean;
  readonly object: string;
  readonly name: Name;
  readonly signature?: readonly DataType[];
  /** A text, or NULL. */
  readonly text: Expression;
}

/** `EXECUTE IMMEDIATE '…' USING (a, b)`, `EXECUTE IMMEDIATE FROM @s/file.sql`. */
export interface ExecuteImmediate extends StatementBase {
  readonly kind: 'execute-immediate';
  readonly from: boolean;
  readonly what: Expression | StageLocation;
  readonly using: readonly Expression[];
}

/** `ATTACH [DATABASE] [IF NOT EXISTS] 'file' AS d (READ_ONLY)`. */
export interface Attach extends StatementBase {
  readonly kind: 'attach';
  readonly or?: 'replace';
  readonly word: boolean;
  readonly ifNotExists: boolean;
  readonly file: Expression;
  readonly alias?: Identifier;
  readonly options?: OptionGroup;
}
