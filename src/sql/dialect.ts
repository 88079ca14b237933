import type { FunctionCatalogue } from './function-catalogue.ts';
import type { OperatorSymbol } from './lexer/symbols.ts';
import type { Word } from './lexer/words.ts';
import type { NameRules } from './names/rules.ts';
import type { TypeRules } from './types/rules.ts';

/** A flavour of SQL, as data: how it is written, how names compare, and what it has. */
export interface Dialect {
  /** As people write it in settings, lower case. */
  readonly name: string;
  /** As messages say it. */
  readonly title: string;
  readonly syntax: DialectSyntax;
  /** How names are found. */
  readonly names: NameRules;
  readonly types: TypeRules;
  /** Its built-in functions. */
  readonly functions: FunctionCatalogue;
}

/** What can be written. A flag says what the dialect has, not whose it is; what a dialect lacks is false. */
export interface DialectSyntax {
  readonly lexical: LexicalSyntax;
  readonly words: WordRules;
  /**
   * How tightly each operator binds, by {@link precedence}; an operator that is not here does not exist. Word operators
   * (`or`, `is`, `like`, …) are in it too.
   */
  readonly operators: Readonly<Partial<Record<OperatorSymbol | Word, number>>>;
  /** `a < b < c` is refused. */
  readonly comparisonChains: boolean;
  /** `v:a.b[0]`, `v:a:b`. */
  readonly colonPaths: boolean;
  /** `{'a': 1}`, `{a: 1}`. */
  readonly objectBraces: boolean;
  /** `{*}`, `{t.* ILIKE 'a%'}`. */
  readonly objectStars: boolean;
  /** `[1, 2]`. */
  readonly arrayBrackets: boolean;
  /** `ARRAY[1, 2]`. */
  readonly arrayKeyword: boolean;
  /** `MAP {k: v}`. */
  readonly mapBraces: boolean;
  /** `x[1:2]`. */
  readonly slices: boolean;
  /** `INT[]`, `INT[3]`. */
  readonly arrayTypeSuffix: boolean;
  /** `[x + 1 for x in list]`. */
  readonly comprehensions: boolean;
  /**
   * Names of functions, lower case, whose arguments can be lambdas written with an arrow; elsewhere an arrow is an
   * operator, where there is one.
   */
  readonly lambdaFunctions: ReadonlySet<string>;
  /** `lambda x: x + 1`. */
  readonly lambdaKeyword: boolean;
  /** `x -> …` with types: `(a INT, b) -> a + b`. */
  readonly lambdaTypes: boolean;
  /** `x.f(y)` for `f(x, y)`. */
  readonly methodCalls: boolean;
  /** `SELECT a, b, FROM t`, `[1, 2,]`. */
  readonly trailingCommas: boolean;
  /** Also `FROM t,`, `GROUP BY a,`, `VALUES (1,)`. */
  readonly trailingCommasInClauses: boolean;
  /** `FROM t` and `FROM t SELECT a`. */
  readonly fromFirst: boolean;
  /** `alias: expression` and `FROM alias: t`. */
  readonly aliasFirst: boolean;
  /** Texts as aliases: `1 AS 'a'`. */
  readonly stringAliases: boolean;
  /** `SELECT * a`: a star can have an alias, which does nothing. */
  readonly starAliases: boolean;
  /** `FETCH FIRST ROW ONLY`: one row without a number. */
  readonly fetchWithoutCount: boolean;
  /** `SELECT TOP 3 …`. */
  readonly top: boolean;
  /** `SELECT a INTO :v FROM t`, of scripts. */
  readonly selectInto: boolean;
  /** `DISTINCT ON (…)`. */
  readonly distinctOn: boolean;
  readonly qualify: boolean;
  /** `WINDOW w AS (…)`. */
  readonly namedWindows: boolean;
  /** `GROUPS` and `EXCLUDE` in frames. */
  readonly frameExclusion: boolean;
  readonly connectBy: boolean;
  readonly matchRecognize: boolean;
  /** `AT (…)` behind a table; with `beforeTravel`, `BEFORE (…)` and `CHANGES (…)`. */
  readonly timeTravel: boolean;
  readonly beforeTravel: boolean;
  /** `t AS a AT (…)` instead of `t AT (…) AS a`. */
  readonly travelBehindAlias: boolean;
  /** `@stage/path` as a table. */
  readonly stages: boolean;
  /** `FROM 'file.parquet'`. */
  readonly fileTables: boolean;
  /** `FROM TABLE(f(x))`. */
  readonly tableWrapper: boolean;
  /** `FROM VALUES (1), (2)` without parentheses. */
  readonly bareValues: boolean;
  /** `ON` is needed after a join that is neither cross nor natural. */
  readonly joinNeedsCondition: boolean;
  readonly positionalJoin: boolean;
  readonly semiJoin: boolean;
  /** `ASOF JOIN … MATCH_CONDITION (…)`; without it, ASOF takes ON or USING. */
  readonly matchCondition: boolean;
  readonly directedJoin: boolean;
  /** `SAMPLE (10)` behind a table, beside `TABLESAMPLE`. */
  readonly sampleWord: boolean;
  /** `USING SAMPLE …`. */
  readonly usingSample: boolean;
  /** `PIVOT t ON …` and `UNPIVOT t ON …` as queries, and behind a table `PIVOT (… FOR a IN … b IN …  GROUP BY …)`. */
  readonly pivotStatement: boolean;
  /** `PIVOT (… FOR a IN (ANY ORDER BY a))`, with queries and `DEFAULT ON NULL`. */
  readonly pivotAny: boolean;
  /** `UNION BY NAME`. */
  readonly unionByName: boolean;
  readonly minus: boolean;
  /** `ORDER BY ALL`. */
  readonly orderByAll: boolean;
  /** `LIMIT 10 PERCENT`, `LIMIT 10%`. */
  readonly limitPercent: boolean;
  /** `DESCRIBE t`, `SHOW TABLES`, `SUMMARIZE t` as queries. */
  readonly showQueries: boolean;
  /** Statements that are known by their verb and kept as tokens: `install`, `execute task`. */
  readonly commands: ReadonlySet<string>;
  /** `TABLE t` as a query. */
  readonly tableQuery: boolean;
  /** `WITH t USING KEY (…)`, `AS [NOT] MATERIALIZED (…)`. */
  readonly materializedTables: boolean;
  /** What may stand between `*` and the next item: words like `exclude`, `replace`, `rename`, `ilike`. */
  readonly starModifiers: ReadonlySet<string>;
  /** `model!predict(x)`: a method of an object of the schema. */
  readonly instanceMethods: boolean;
  /** `SEMANTIC_VIEW(v METRICS …)`. */
  readonly semanticViews: boolean;
  /** `{fn f(x)}`, as drivers write calls. */
  readonly driverEscapes: boolean;
  /** `IDENTIFIER('a.b')`. */
  readonly identifierFunction: boolean;
  /** `FILTER (WHERE …)` behind an aggregate. */
  readonly filterClause: boolean;
  /** `GROUP BY *` for `GROUP BY ALL`. */
  readonly groupByStar: boolean;
  /** `EXPORT_STATE` behind an aggregate. */
  readonly exportState: boolean;
  /** Parameters: which marks there are. */
  readonly parameterMarks: ReadonlySet<'?' | ':' | '$' | '&'>;
  /** `#1`. */
  readonly hashColumns: boolean;
  /** `$1` is a column by its position; else a parameter. */
  readonly dollarColumns: boolean;
  /** `a.x (+) = b.y` for an outer join. */
  readonly outerMarks: boolean;
  /** Calls without parentheses: `current_date` and its kin, lower case. */
  readonly bareFunctions: ReadonlySet<string>;
  /** Types whose name may stand before a text: `DATE '2024-01-31'`; `any` for every type. */
  readonly typedLiterals: ReadonlySet<string> | 'any';
  /** `INTERVAL 3 DAY` beside `INTERVAL '3 day'`. */
  readonly intervalUnits: boolean;
  /** `x ISNULL`, `x NOTNULL`. */
  readonly isnull: boolean;
  /** `x IN list` without parentheses. */
  readonly inList: boolean;
  /** `x!` */
  readonly factorial: boolean;
  /** `CAST(x AS t FORMAT f)`, `CAST(x AS t RENAME FIELDS)`. */
  readonly castModifiers: boolean;
}

/** How tokens are written. */
export interface LexicalSyntax {
  /** `'a\nb'`. */
  readonly backslashEscapes: boolean;
  /** `E'a\nb'`. */
  readonly escapeStrings: boolean;
  /** `$tag$…$tag$` beside `$$…$$`. */
  readonly dollarTags: boolean;
  /** `// comment`. */
  readonly slashComments: boolean;
  readonly nestedComments: boolean;
  /** `@stage/path` is one token. */
  readonly stages: boolean;
  /** `1_000`, `0x1F`. */
  readonly numberExtensions: boolean;
}

/**
 * Which words can be names. Each is a list of words separated by blanks. A word in double quotes can be any name, and so
 * can a word behind a point.
 */
export interface WordRules {
  /** Cannot be a column. */
  readonly notColumn: string;
  /** Cannot be a table or another thing of the schema. */
  readonly notTable: string;
  /** Cannot be called; what can be called but is no column is in `notColumn` alone: `left(a, 1)`. */
  readonly notCallable: string;
  /** Cannot be an alias behind AS. */
  readonly notLabel: string;
  /** Cannot be the alias of a column without AS. */
  readonly notBareAlias: string;
  /** Cannot be the alias of a table without AS. */
  readonly notTableAlias: string;
  /** Cannot be a type. */
  readonly notType: string;
}

/**
 * How tightly operators can bind, weakest first. Of an arrow that counts for what stands before it; behind it see
 * {@link behindArrow}.
 */
export const precedence = {
  lambda: 1,
  or: 2,
  xor: 3,
  and: 4,
  not: 5,
  is: 6,
  comparison: 7,
  matching: 8,
  symbols: 9,
  additive: 10,
  multiplicative: 11,
  power: 12,
  zone: 13,
  collate: 14,
  sign: 15,
} as const;

/** What the right side of `->` or `->>` has to bind by: `a = b ->> c = d` is `((a = b) ->> c) = d`. */
export const behindArrow = (operator: '->' | '->>'): number =>
  operator === '->' ? precedence.or : precedence.symbols + 1;
