/** What every node has: where it stands in the text, as UTF-16 offsets, `end` exclusive. Made nodes have -1 for both. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** A comment as written, its marks included; a line comment without its line break. */
export interface Comment extends Place {
  readonly text: string;
  /** `alone` on its lines, at the `end` of a line with something before it, or `between` two things of a line. */
  readonly place?: 'alone' | 'end' | 'between';
}

/** One part of a name. `text` is without quotes, with doubled quotes made single, and letter case as written. */
export interface Identifier extends Place {
  readonly kind: 'identifier';
  readonly text: string;
  /** Whether quoted: then the letter case counts where the dialect folds that of others. */
  readonly quoted: boolean;
}

/**
 * A dotted name of a table, function or type: `[database, schema, name]`, `[schema, name]` or `[name]`. An empty
 * identifier stands for what is left out in `db..name`. `dynamic` is the argument of `IDENTIFIER(…)`; `parts` are then
 * what it says if it is a text, else empty.
 */
export interface Name extends Place {
  readonly kind: 'name';
  readonly parts: readonly Identifier[];
  readonly dynamic?: Expression;
}

// Expressions

export type Expression =
  | NumberLiteral
  | StringLiteral
  | BooleanLiteral
  | NullLiteral
  | TypedLiteral
  | Interval
  | Column
  | PositionalColumn
  | Star
  | Parameter
  | Default
  | Unary
  | Binary
  | Logical
  | IsTest
  | Between
  | In
  | Like
  | Quantified
  | Exists
  | Case
  | Cast
  | Call
  | Subquery
  | ArrayLiteral
  | ObjectLiteral
  | Tuple
  | Path
  | Subscript
  | Field
  | Lambda
  | Comprehension
  | AtTimeZone
  | Collate
  | Parenthesized
  | StageReference
  | BadExpression;

/** `text` as written: digits, point, exponent, underscores, `0x…`. */
export interface NumberLiteral extends Place {
  readonly kind: 'number';
  readonly text: string;
}

/** `value` is what the text means, escapes resolved by the dialect's rules. */
export interface StringLiteral extends Place {
  readonly kind: 'string';
  readonly value: string;
  /** How it was quoted: `'…'`, `$$…$$` (or `$tag$…$tag$`), `E'…'`, `X'…'` (hex digits). */
  readonly quoting: 'single' | 'dollar' | 'escape' | 'hex';
}

export interface BooleanLiteral extends Place {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface NullLiteral extends Place {
  readonly kind: 'null';
}

/** `DATE '2024-01-31'`, `TIMESTAMP_NTZ '…'`: a type's name before a text. */
export interface TypedLiteral extends Place {
  readonly kind: 'typed-literal';
  readonly type: DataType;
  readonly value: StringLiteral;
}

/** `INTERVAL '1 day'`, `INTERVAL '1' DAY`, `INTERVAL 3 MONTHS`, `INTERVAL (n) DAY`, `INTERVAL '1-2' YEAR TO MONTH`. */
export interface Interval extends Place {
  readonly kind: 'interval';
  readonly value: Expression;
  /** Lower case as written: `day`, `months`, `year to month`. */
  readonly unit?: string;
}

/** A column, or something with members: `[name]`, `[table, name]`, `[schema, table, name]`, … Resolving tells which. */
export interface Column extends Place {
  readonly kind: 'column';
  readonly parts: readonly Identifier[];
  /** `t.x (+)`: the side of a condition that may lack, as of an outer join. */
  readonly outer?: boolean;
}

/** `$1`, `t.$1` (of a stage, of VALUES, of a table function), or `#1`. `position` counts from 1. */
export interface PositionalColumn extends Place {
  readonly kind: 'positional-column';
  readonly qualifier?: Identifier;
  readonly position: number;
}

/** `*`, `t.*`, `* EXCLUDE (a) REPLACE (b + 1 AS b) RENAME (c AS d)`, `* ILIKE '%id'`, DuckDB's `COLUMNS(…)` has a star or a call inside a `Call`. */
export interface Star extends Place {
  readonly kind: 'star';
  readonly qualifier: readonly Identifier[];
  /** `ILIKE`, `LIKE`, `NOT LIKE`, `SIMILAR TO`, `GLOB`: names have to match. */
  readonly like?: {
    readonly operator: string;
    readonly negated: boolean;
    readonly pattern: Expression;
    readonly escape?: Expression;
  };
  readonly exclude: readonly Name[];
  readonly replace: readonly SelectItem[];
  readonly rename: readonly Renaming[];
}

export interface Renaming extends Place {
  readonly from: Name;
  readonly to: Identifier;
}

/** A value that comes later: `?`, `:name`, `$name` (a session variable or a named parameter), `&name`. `name` is empty for `?`. */
export interface Parameter extends Place {
  readonly kind: 'parameter';
  readonly mark: '?' | ':' | '$' | '&' | '%';
  readonly name: string;
}

/** `DEFAULT` in VALUES and SET. */
export interface Default extends Place {
  readonly kind: 'default';
}

/** `!` stands behind its operand (factorial); `**` and `*` spread (`f(**o)`, `*COLUMNS(…)`). */
export type UnaryOperator = '-' | '+' | '~' | 'not' | 'prior' | 'connect_by_root' | '!' | '@' | '**' | '*';

export interface Unary extends Place {
  readonly kind: 'unary';
  readonly operator: UnaryOperator;
  readonly operand: Expression;
}

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '//'
  | '**'
  | '^'
  | '||'
  | '='
  | '=='
  | '<>'
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '<=>'
  | '&'
  | '|'
  | '<<'
  | '>>'
  | '#'
  | '->'
  | '->>'
  | '@>'
  | '<@'
  | '&&'
  | '^@'
  | '~'
  | '!~'
  | '~*'
  | '!~*'
  | '~~'
  | '!~~'
  | '~~*'
  | '!~~*'
  | '~~~';

/** Left-associative operators form chains through `left`, so that only `left` is deep. */
export interface Binary extends Place {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

/** `a AND b AND c` is one node with three operands, so that long chains are not deep. */
export interface Logical extends Place {
  readonly kind: 'logical';
  readonly operator: 'and' | 'or' | 'xor';
  readonly operands: readonly Expression[];
}

/** `x IS [NOT] NULL | TRUE | FALSE | UNKNOWN`, `x ISNULL`, `x NOTNULL`, and `x IS [NOT] DISTINCT FROM y`. */
export interface IsTest extends Place {
  readonly kind: 'is';
  readonly operand: Expression;
  readonly negated: boolean;
  readonly test: 'null' | 'true' | 'false' | 'unknown' | 'distinct';
  /** Of `distinct`. */
  readonly other?: Expression;
}

export interface Between extends Place {
  readonly kind: 'between';
  readonly operand: Expression;
  readonly negated: boolean;
  readonly symmetric: boolean;
  readonly low: Expression;
  readonly high: Expression;
}

/** `x IN (…)`: `choices` is a list, a query, or (DuckDB) any other expression that is a list. */
export interface In extends Place {
  readonly kind: 'in';
  readonly operand: Expression;
  readonly negated: boolean;
  readonly choices: readonly Expression[] | Query | Expression;
}

/** `x [NOT] LIKE p [ESCAPE c]`, and `x LIKE ANY (p, q)`: `quantifier` is set and `patterns` has several. */
export interface Like extends Place {
  readonly kind: 'like';
  readonly operator: 'like' | 'ilike' | 'rlike' | 'regexp' | 'similar to' | 'glob';
  readonly negated: boolean;
  readonly operand: Expression;
  readonly quantifier?: 'any' | 'all';
  readonly patterns: readonly Expression[];
  readonly escape?: Expression;
}

/** `x = ANY (query or list)`. */
export interface Quantified extends Place {
  readonly kind: 'quantified';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly quantifier: 'any' | 'all' | 'some';
  readonly right: Query | Expression;
}

/** A `NOT` before it is a `Unary`. */
export interface Exists extends Place {
  readonly kind: 'exists';
  readonly query: Query;
}

export interface Case extends Place {
  readonly kind: 'case';
  readonly operand?: Expression;
  readonly branches: readonly CaseBranch[];
  readonly otherwise?: Expression;
}

export interface CaseBranch extends Place {
  readonly when: Expression;
  readonly then: Expression;
}

/** `CAST(x AS t [FORMAT f])`, `TRY_CAST(…)`, `x::t`. */
export interface Cast extends Place {
  readonly kind: 'cast';
  readonly syntax: 'cast' | 'try_cast' | '::';
  readonly operand: Expression;
  readonly type: DataType;
  readonly format?: Expression;
  /** `RENAME FIELDS`, `ADD FIELDS`: lower case words behind a type. */
  readonly modifiers?: readonly string[];
}

/**
 * A call, with what SQL can put around its arguments. Forms with words between the arguments are calls too, `syntax`
 * tells which: `EXTRACT(day FROM x)` has the arguments `day` (a column) and x; `TRIM(BOTH ' ' FROM x)` those of
 * `trim`; `SUBSTRING(x FROM 1 FOR 2)`; `POSITION(a IN b)`; `OVERLAY(…)`. Names without parentheses (`CURRENT_DATE`)
 * are calls with the syntax `bare`. In `model!predict(x)`, of the syntax `instance`, the last part of the name is the
 * method. `x.f(y)` of an x that is no name is a `method`: x is the first argument; of a name it is an ordinary dotted call.
 */
export interface Call extends Place {
  readonly kind: 'call';
  readonly name: Name;
  readonly arguments: readonly Argument[];
  readonly syntax?: 'bare' | 'extract' | 'trim' | 'substring' | 'position' | 'overlay' | 'method' | 'instance';
  /** Of `trim`: `leading`, `trailing`, `both`. */
  readonly trimSide?: 'leading' | 'trailing' | 'both';
  readonly distinct?: 'distinct' | 'all';
  /** Inside the parentheses: `array_agg(x ORDER BY y LIMIT 3)`. */
  readonly orderBy?: readonly SortItem[];
  readonly limit?: Expression;
  /** `LISTAGG(… ON OVERFLOW …)`, `SEPARATOR x`: rest inside the parentheses. */
  readonly separator?: Expression;
  /** `IGNORE NULLS` or `RESPECT NULLS`, and where it stands. */
  readonly nulls?: { readonly treatment: 'ignore' | 'respect'; readonly inside: boolean };
  readonly from?: 'first' | 'last';
  readonly withinGroup?: readonly SortItem[];
  readonly filter?: Expression;
  /** `EXPORT_STATE`: the state of an aggregate instead of its value. */
  readonly exportState?: boolean;
  readonly over?: WindowSpecification | Identifier;
}

/** `x`, `name => x` or `name := x`. */
export interface Argument extends Place {
  readonly name?: Identifier;
  /** Of a named argument. */
  readonly arrow?: '=>' | ':=';
  readonly value: Expression | Query;
  /** `f(TABLE(x))`, `f(VARIADIC x)`, `** spread`. */
  readonly prefix?: 'table' | 'variadic' | 'spread';
}

export interface WindowSpecification extends Place {
  readonly kind: 'window';
  /** A window of the WINDOW clause that this one extends. */
  readonly base?: Identifier;
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly SortItem[];
  readonly frame?: WindowFrame;
}

export interface WindowFrame extends Place {
  readonly unit: 'rows' | 'range' | 'groups';
  readonly from: FrameBound;
  /** Undefined without BETWEEN. */
  readonly to?: FrameBound;
  readonly exclude?: 'current row' | 'group' | 'ties' | 'no others';
}

export interface FrameBound extends Place {
  readonly direction: 'preceding' | 'following' | 'current row';
  /** Undefined for UNBOUNDED and CURRENT ROW. */
  readonly distance?: Expression;
}

/** A query in parentheses as a value. */
export interface Subquery extends Place {
  readonly kind: 'subquery';
  readonly query: Query;
}

/** `[a, b]`, or `ARRAY[a, b]` with `keyword`. */
export interface ArrayLiteral extends Place {
  readonly kind: 'array';
  readonly keyword: boolean;
  readonly items: readonly Argument[];
}

/** `{'k': v}`, `{k: v}`, `{*}`, `{t.* ILIKE 'a%'}`, or with the word `MAP` before it (keys may be any value). */
export interface ObjectLiteral extends Place {
  readonly kind: 'object';
  readonly map: boolean;
  readonly entries: readonly ObjectEntry[];
}

export interface ObjectEntry extends Place {
  /** Undefined for a star or a spread. */
  readonly key?: Expression | Identifier;
  readonly value: Expression;
}

/** `(a, b)`, or `ROW(a, b)` with `keyword`; `()` has no items. One expression in parentheses is `Parenthesized`. */
export interface Tuple extends Place {
  readonly kind: 'tuple';
  readonly keyword: boolean;
  readonly items: readonly Expression[];
}

/** `v:a.b[0]['k']`: a way into a semi-structured value. Starts at a colon; everything after it belongs to it. */
export interface Path extends Place {
  readonly kind: 'path';
  readonly operand: Expression;
  readonly steps: readonly PathStep[];
}

/** `.name` or `:name`, whose letter case counts, or `[index]`. */
export type PathStep =
  | (Place & { readonly kind: 'key'; readonly name: Identifier })
  | (Place & { readonly kind: 'index'; readonly index: Expression });

/** `x[i]`, `x[from:to]`, `x[from:to:step]`. */
export interface Subscript extends Place {
  readonly kind: 'subscript';
  readonly operand: Expression;
  readonly index?: Expression;
  readonly slice?: { readonly from?: Expression; readonly to?: Expression; readonly step?: Expression };
}

/** `(x).name`, `f(x).name`, `x[1].name`: a member of something that is not a name itself. */
export interface Field extends Place {
  readonly kind: 'field';
  readonly operand: Expression;
  readonly name: Identifier;
}

/** `x -> x + 1`, `(a int, b) -> a + b`, `lambda x: x + 1` with `keyword`. */
export interface Lambda extends Place {
  readonly kind: 'lambda';
  readonly keyword: boolean;
  readonly parameters: readonly LambdaParameter[];
  readonly body: Expression;
}

export interface LambdaParameter extends Place {
  readonly name: Identifier;
  readonly type?: DataType;
}

/** `[x + 1 for x in list if x > 0]`. */
export interface Comprehension extends Place {
  readonly kind: 'comprehension';
  readonly value: Expression;
  readonly variables: readonly Identifier[];
  readonly list: Expression;
  readonly condition?: Expression;
}

export interface AtTimeZone extends Place {
  readonly kind: 'at-time-zone';
  readonly operand: Expression;
  readonly zone: Expression;
}

export interface Collate extends Place {
  readonly kind: 'collate';
  readonly operand: Expression;
  /** A text in some dialects, a name in others. */
  readonly collation: StringLiteral | Name;
}

export interface Parenthesized extends Place {
  readonly kind: 'parenthesized';
  readonly expression: Expression;
}

/** `@stage/path` as an argument: `GET_PRESIGNED_URL(@s, 'f')`. As written, with the `@`. */
export interface StageReference extends Place {
  readonly kind: 'stage-reference';
  readonly location: string;
}

/** What could not be read; an error was reported for it. Its text is in the source. */
export interface BadExpression extends Place {
  readonly kind: 'bad-expression';
}

// Types

/**
 * A type as written: `NUMBER(10, 2)`, `double precision`, `TIMESTAMP WITH TIME ZONE`, `ARRAY(VARCHAR NOT NULL)`,
 * `STRUCT(a INT, b VARCHAR[])`, `INT[3][]`. What it means is the dialect's business.
 */
export interface DataType extends Place {
  readonly kind: 'data-type';
  /** Lower case, words separated by single blanks: `double precision`, `timestamp with time zone`; as written if quoted. */
  readonly name: string;
  /** Of a type in a schema: the parts before the name. */
  readonly qualifier?: readonly Identifier[];
  /** Numbers, texts or inner types, in the order written. */
  readonly parameters: readonly TypeParameter[];
  /** `[]` is undefined in the list, `[3]` is 3. */
  readonly dimensions: readonly (number | undefined)[];
}

export type TypeParameter =
  | (Place & { readonly kind: 'value'; readonly value: NumberLiteral | StringLiteral | Column })
  | (Place & { readonly kind: 'type'; readonly type: DataType; readonly notNull: boolean })
  | (Place & { readonly kind: 'field'; readonly name: Identifier; readonly type: DataType; readonly notNull: boolean });

// Queries

/** A whole query: what every place that takes a `SELECT` holds. */
export interface Query extends Place {
  readonly kind: 'query';
  readonly with?: With;
  readonly body: QueryBody;
  readonly orderBy: readonly SortItem[];
  /** `ORDER BY ALL [DESC]`. */
  readonly orderByAll?: Pick<SortItem, 'direction' | 'nulls'>;
  readonly limit?: Expression;
  /** `LIMIT 10 PERCENT` or `LIMIT 10%`. */
  readonly limitPercent?: boolean;
  readonly offset?: Expression;
  /** Written as FETCH FIRST … ROWS ONLY instead of LIMIT. */
  readonly fetch?: boolean;
  /** `FOR UPDATE …`, lower case. */
  readonly lock?: string;
}

export type QueryBody = Select | SetOperation | Values | NestedQuery | TableQuery | PivotQuery | ShowQuery | BadQuery;

export interface With extends Place {
  readonly recursive: boolean;
  readonly tables: readonly CommonTable[];
}

export interface CommonTable extends Place {
  readonly name: Identifier;
  readonly columns: readonly Identifier[];
  /** `[NOT] MATERIALIZED`. */
  readonly materialized?: boolean;
  /** `USING KEY (…)`. */
  readonly usingKey?: readonly Identifier[];
  /** `USING KEY (a, max(b))`: how further columns are combined. */
  readonly usingKeyAggregates?: readonly SelectItem[];
  readonly query: Query;
}

export interface Select extends Place {
  readonly kind: 'select';
  readonly distinct?: 'distinct' | 'all' | { readonly on: readonly Expression[] };
  readonly top?: Expression;
  /** Empty for DuckDB's `FROM t` alone. */
  readonly items: readonly SelectItem[];
  /** `SELECT a INTO :v FROM t` of a script. */
  readonly into?: readonly Expression[];
  /** `FROM t SELECT a`: FROM was written first. */
  readonly fromFirst?: boolean;
  /** Separated by commas. */
  readonly from: readonly TableExpression[];
  readonly where?: Expression;
  readonly connectBy?: ConnectBy;
  readonly groupBy?: GroupBy;
  readonly having?: Expression;
  readonly windows: readonly NamedWindow[];
  readonly qualify?: Expression;
  /** DuckDB's `USING SAMPLE`, of the whole result. */
  readonly sample?: Sample;
}

export interface SelectItem extends Place {
  readonly kind: 'select-item';
  readonly expression: Expression;
  readonly alias?: Identifier;
  /** DuckDB's `alias: expression`. */
  readonly aliasFirst?: boolean;
}

export interface ConnectBy extends Place {
  readonly startWith?: Expression;
  readonly noCycle: boolean;
  readonly condition: Expression;
}

export interface GroupBy extends Place {
  /** `GROUP BY ALL`. */
  readonly all: boolean;
  readonly items: readonly GroupItem[];
}

export type GroupItem =
  | Expression
  | (Place & {
      readonly kind: 'grouping';
      readonly type: 'rollup' | 'cube' | 'grouping sets';
      readonly sets: readonly GroupItem[];
    });

export interface NamedWindow extends Place {
  readonly name: Identifier;
  readonly window: WindowSpecification;
}

export interface SortItem extends Place {
  readonly kind: 'sort-item';
  readonly expression: Expression;
  readonly direction?: 'asc' | 'desc';
  readonly nulls?: 'first' | 'last';
}

/**
 * `a UNION ALL b UNION c` is one node with two `rest`, so that long chains are not deep; INTERSECT binds tighter, so
 * that a mixture holds a nested set operation.
 */
export interface SetOperation extends Place {
  readonly kind: 'set-operation';
  readonly first: QueryBody;
  readonly rest: readonly SetArm[];
}

export interface SetArm extends Place {
  readonly operator: 'union' | 'intersect' | 'except' | 'minus';
  readonly quantifier?: 'all' | 'distinct';
  readonly byName: boolean;
  readonly body: QueryBody;
}

export interface Values extends Place {
  readonly kind: 'values';
  readonly rows: readonly (readonly Expression[])[];
}

/** A query in parentheses where a query body can stand. */
export interface NestedQuery extends Place {
  readonly kind: 'nested-query';
  readonly query: Query;
}

/** `TABLE t`. */
export interface TableQuery extends Place {
  readonly kind: 'table-query';
  readonly name: Name;
}

/** DuckDB's `PIVOT t ON … USING … GROUP BY …` and `UNPIVOT t ON … INTO …` as statements. */
export interface PivotQuery extends Place {
  readonly kind: 'pivot-query';
  readonly table: TableExpression;
  readonly pivot: Pivot | Unpivot;
}

/** `DESCRIBE t`, `SHOW TABLES`, `SUMMARIZE t` where a query can stand. */
export interface ShowQuery extends Place {
  readonly kind: 'show-query';
  readonly verb: 'describe' | 'show' | 'summarize' | 'show_ref';
  readonly subject?: Name | Query;
}

export interface BadQuery extends Place {
  readonly kind: 'bad-query';
}

// Tables in FROM

export type TableExpression =
  | Table
  | DerivedTable
  | TableFunction
  | StageTable
  | Join
  | NestedTable
  | PivotedTable
  | MatchRecognize
  | SemanticView
  | BadTable;

interface Aliased extends Place {
  readonly alias?: TableAlias;
  readonly lateral?: boolean;
  readonly sample?: Sample;
}

/** `[AS] t (a, b)`; in DuckDB also before the table: `t: name`. */
export interface TableAlias extends Place {
  readonly name?: Identifier;
  readonly columns: readonly Identifier[];
  /** `AS t(a INT, b VARCHAR)`. */
  readonly types?: readonly DataType[];
  readonly aliasFirst?: boolean;
}

/** A table or view, or the name of a CTE. A text (`FROM 'file.parquet'`) is in `file` and leaves `name` empty. */
export interface Table extends Aliased {
  readonly kind: 'table';
  readonly name: Name;
  readonly file?: StringLiteral;
  /** `FROM $session_variable`, `FROM TABLE(:v)`. */
  readonly parameter?: Parameter;
  readonly travel?: TimeTravel;
  readonly changes?: Changes;
  readonly withOrdinality?: boolean;
  readonly only?: boolean;
}

/** `AT (TIMESTAMP => x)`, `BEFORE (STATEMENT => id)`, DuckDB's `AT (VERSION => 3)`. */
export interface TimeTravel extends Place {
  readonly when: 'at' | 'before' | 'end';
  /** Lower case: `timestamp`, `offset`, `statement`, `stream`, `version`. */
  readonly by: string;
  readonly value: Expression;
}

/** `CHANGES (INFORMATION => DEFAULT) AT (…) [END (…)]`. */
export interface Changes extends Place {
  readonly information: string;
  readonly from: TimeTravel;
  readonly to?: TimeTravel;
}

/** A query in parentheses in FROM; VALUES in parentheses is one too. */
export interface DerivedTable extends Aliased {
  readonly kind: 'derived-table';
  readonly query: Query;
  /** Without parentheses: `FROM VALUES (1), (2)`. */
  readonly bare?: boolean;
}

/** `TABLE(f(x))` with `wrapped`, `f(x)`, `LATERAL FLATTEN(…)`, `LATERAL f(x)`. */
export interface TableFunction extends Aliased {
  readonly kind: 'table-function';
  readonly wrapped: boolean;
  /** A call, or another expression inside `TABLE(…)`: a text, a variable, a method's result. */
  readonly call: Expression;
  readonly withOrdinality?: boolean;
  readonly withOffset?: Identifier;
}

/** `@stage/path (FILE_FORMAT => f, PATTERN => 'p')`. */
export interface StageTable extends Aliased {
  readonly kind: 'stage-table';
  /** With the `@`, as written; a quoted location without its quotes. */
  readonly location: string;
  readonly quoted: boolean;
  readonly options: readonly Argument[];
}

export type JoinType = 'inner' | 'left' | 'right' | 'full' | 'cross' | 'semi' | 'anti' | 'positional';

export interface Join extends Place {
  readonly kind: 'join';
  readonly left: TableExpression;
  readonly right: TableExpression;
  readonly type: JoinType;
  readonly natural: boolean;
  readonly asof: boolean;
  /** As written, lower case, single blanks: `left outer join`. For the printer. */
  readonly words: string;
  readonly on?: Expression;
  readonly using?: readonly Identifier[];
  /** Of an ASOF join in Snowflake. */
  readonly matchCondition?: Expression;
  /** `DIRECTED`. */
  readonly directed?: boolean;
}

/** `(a JOIN b ON …) [alias]`. */
export interface NestedTable extends Aliased {
  readonly kind: 'nested-table';
  readonly table: TableExpression;
}

export interface PivotedTable extends Aliased {
  readonly kind: 'pivoted-table';
  readonly table: TableExpression;
  readonly pivot: Pivot | Unpivot;
}

export interface Pivot extends Place {
  readonly kind: 'pivot';
  /** Aggregates; empty where DuckDB counts by default. */
  readonly aggregates: readonly SelectItem[];
  readonly on: readonly PivotColumn[];
  readonly defaultOnNull?: Expression;
  readonly groupBy: readonly Expression[];
}

/** `FOR column IN (…)`: values, `ANY [ORDER BY …]`, a query, or (DuckDB) every value there is when `values` is undefined. */
export interface PivotColumn extends Place {
  readonly column: Expression;
  readonly values?: readonly SelectItem[] | Query | { readonly any: true; readonly orderBy: readonly SortItem[] };
  /** DuckDB's enum type. */
  readonly enumType?: Name;
}

export interface Unpivot extends Place {
  readonly kind: 'unpivot';
  readonly includeNulls?: boolean;
  /** The new columns with the values. */
  readonly values: readonly Identifier[];
  /** The new column with the names. */
  readonly nameColumn: Identifier;
  /** The columns that become rows; several at once where `values` has several. */
  readonly columns: readonly UnpivotColumn[];
}

export interface UnpivotColumn extends Place {
  readonly columns: readonly Expression[];
  readonly alias?: Expression | Identifier;
}

export interface MatchRecognize extends Aliased {
  readonly kind: 'match-recognize';
  readonly table: TableExpression;
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly SortItem[];
  readonly measures: readonly Measure[];
  /** `one` or `all`, with what stands behind it, lower case: `show empty matches`. */
  readonly rowsPerMatch?: { readonly rows: 'one' | 'all'; readonly detail?: string };
  /** `past last row`, `to next row`, `to first x`, lower case but for the symbol. */
  readonly afterMatch?: string;
  readonly pattern: RowPattern;
  readonly subsets: readonly RowSubset[];
  readonly define: readonly RowDefinition[];
}

export interface Measure extends Place {
  readonly semantics?: 'final' | 'running';
  readonly expression: Expression;
  readonly alias: Identifier;
}

export type RowPattern = Place &
  (
    | { readonly kind: 'symbol'; readonly name: Identifier }
    | { readonly kind: 'anchor'; readonly anchor: '^' | '$' }
    | { readonly kind: 'sequence'; readonly items: readonly RowPattern[] }
    | { readonly kind: 'alternation'; readonly items: readonly RowPattern[] }
    | { readonly kind: 'permute'; readonly items: readonly RowPattern[] }
    | { readonly kind: 'exclusion'; readonly item: RowPattern }
    | { readonly kind: 'group'; readonly item: RowPattern }
    | { readonly kind: 'quantified'; readonly item: RowPattern; readonly quantifier: string }
  );

export interface RowSubset extends Place {
  readonly name: Identifier;
  readonly symbols: readonly Identifier[];
}

export interface RowDefinition extends Place {
  readonly symbol: Identifier;
  readonly condition: Expression;
}

/** `SEMANTIC_VIEW(v METRICS a.b DIMENSIONS c, d AS e WHERE …)`. */
export interface SemanticView extends Aliased {
  readonly kind: 'semantic-view';
  readonly name: Name;
  /** In the order written; what is asked for, with aliases. */
  readonly clauses: readonly SemanticClause[];
  readonly where?: Expression;
}

export interface SemanticClause extends Place {
  readonly type: 'metrics' | 'dimensions' | 'facts';
  readonly items: readonly SelectItem[];
}

export interface BadTable extends Place {
  readonly kind: 'bad-table';
}

/** `SAMPLE BERNOULLI (10)`, `TABLESAMPLE (5 ROWS) SEED (1)`, `USING SAMPLE reservoir(20 ROWS) REPEATABLE (3)`. */
export interface Sample extends Place {
  readonly method?: 'bernoulli' | 'row' | 'system' | 'block' | 'reservoir';
  readonly size: Expression;
  readonly unit: 'percent' | 'rows';
  readonly seed?: Expression;
  /** As written: `sample`, `tablesample`, `using sample`. */
  readonly word: string;
}
