/** Where a name may be the alias of an output column. */
export type AliasClause = 'select' | 'on' | 'where' | 'group by' | 'having' | 'qualify' | 'order by';

/** Which of two things with one name is meant; `grouped-column-first` prefers a column only if the query groups by it. */
export type AliasRule = 'column-first' | 'alias-first' | 'grouped-column-first' | 'never';

/** How a dialect finds what a name means. Data only. */
export interface NameRules {
  /** `upper`, `lower`: a name without quotes means this letter case; `insensitive`: letter case never counts. */
  readonly folding: 'upper' | 'lower' | 'insensitive';
  readonly aliases: Readonly<Record<AliasClause, AliasRule>>;
  /** An output column's alias can be used in the output columns before it. */
  readonly forwardAliases: boolean;
  /** A word that stands before aliases as a table's name does before its columns: `alias.x`. Lower case. */
  readonly aliasQualifier?: string;
  /** `a.b` can be the member `b` of the column `a`. */
  readonly members: boolean;
  /** A table's name alone is its row as one value. */
  readonly rows: boolean;
  /** Subqueries in FROM see the tables before them without LATERAL. */
  readonly lateralByItself: boolean;
  /** `*` gives the columns of USING first, instead of at their place in the left table. */
  readonly mergedColumnsFirst: boolean;
  /** What a second output column of the same name is to the query around: `a_1`, or one that cannot be told apart. */
  readonly repeatedNames: 'numbered' | 'ambiguous';
  /** What a subquery in FROM without alias is called; a number follows from the second on. */
  readonly unnamedSubquery?: string;
  /** Table functions take `name = value` for `name => value`, and names of tables and columns as they stand. */
  readonly looseTableArguments: boolean;
  /** The schema that names without one are in, whatever the target: `main.t` is `t`. */
  readonly defaultSchema?: string;
  /** It is certain that a WITH cannot define a name twice. */
  readonly distinctTables: boolean;
  /** HAVING without GROUP BY and aggregates is about all rows as one; otherwise it chooses rows, as WHERE does. */
  readonly havingGroups: boolean;
  /** A common table can read itself without the word RECURSIVE. */
  readonly recursionByItself: boolean;
  /** Names of the columns of VALUES: this prefix and a number that starts at `from`. */
  readonly valuesColumns: { readonly prefix: string; readonly from: number };
  /** What an output column without alias is called: its own text in the folded letter case, or its printed form. */
  readonly expressionNames: 'text' | 'printed';
  /** Words that stand bare for date parts in calls: `DATEADD(day, 1, d)`. */
  readonly dateWords: boolean;
  /** `[1, 2]` and `{'a': 1}` are of types that know those of their parts. */
  readonly typedLiterals: boolean;
  /** `COLUMNS(…)` stands for several columns, `UNNEST` of a structured value for its members. */
  readonly columnsExpression: boolean;
  /** Of several columns of one name, `* REPLACE` leaves what it puts in the place of the first. */
  readonly replacesOnce: boolean;
  /** Table functions of the project's own may be macros, whose arguments are names of tables and of their columns. */
  readonly tableMacros: boolean;
  /** Columns that tables have without listing them, upper case, with their types. */
  readonly pseudoColumns: Readonly<Record<string, string>>;
  /** Prefixes of further ones, upper case. */
  readonly pseudoColumnPrefixes: readonly string[];
  /** Members of a sequence that look like columns, upper case. */
  readonly sequenceMembers: readonly string[];
  /** Columns that a hierarchical query has, upper case, with their types. */
  readonly hierarchyColumns: Readonly<Record<string, string>>;
  /** Prefixes of tables that are there without being in a schema, lower case. */
  readonly systemTables: readonly string[];
}
