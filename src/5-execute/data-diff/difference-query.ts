import type { Statements } from '../../core/index.ts';
import { bucketOf, hashOf } from './bucket-query.ts';
import { comparable, type DiffRequest, isFloating, type SharedColumn } from './sides.ts';

/**
 * What kind of difference a key has. `repeated`: it stands in several rows, and the sides do not have the same of them.
 * Where whole rows are the key, a row that is there more often was added, one that is there less often removed.
 */
export type Difference = 'added' | 'removed' | 'changed' | 'repeated';

/** Who reads an example looks at no more; and texts of a thousand columns nest deeper than a warehouse may read. */
const columnsOfText = 20;

/** How many examples there are of each kind of difference and of each column. */
const exampleCount = 3;

/** What is compared. */
export interface Comparison {
  readonly request: DiffRequest;
  readonly key: readonly SharedColumn[];
  readonly values: readonly SharedColumn[];
  /** The condition for the numbers of the parts that are looked at; undefined: all are. */
  readonly inScope: ((bucket: string) => string) | undefined;
  readonly statements: Statements;
}

/** A query with one row: for each value, in their order, how many keys have another one on both sides. */
export function changesQuery(comparison: Comparison): string {
  const counts = comparison.values.map((_, at) => `count(case when ${changedAt(at)} then 1 end) as changed_${at}`);
  return `${pairsOf(comparison, new Set(comparison.values))} select ${counts.join(', ')} from pairs`;
}

/**
 * A query that compares rows with the same key and tells what differs. Columns:
 * - `what`: `rows`, `column` or `example`
 * - `name`: the kind of difference, or with `column` the column's name; of an example either
 * - `amount`: of keys
 * - `before_rows`, `after_rows`: of `rows`, how many rows the keys have
 * - `row_key`, `before_value`, `after_value`: of an example, as text
 *
 * @param shown the values that are told of one by one.
 */
export function differenceQuery(comparison: Comparison, shown: ReadonlySet<SharedColumn>): string {
  return (
    `${pairsOf(comparison, shown)}, differing as (select * from pairs where difference is not null) ` +
    findingsOf(comparison, shown).join(' union all ')
  );
}

/** The rows of a side by their keys. What stands in a column counts only where a key has one row. */
function keysOf(side: 'before' | 'after', { request, key, values, inScope, statements }: Comparison): string {
  const keys = key.map((column, at) => `${comparable(column, side, statements, 'values')} as key_${at}`);
  const content = hashOf([...key, ...values].map((column) => comparable(column, side, statements, 'hash')));
  const shown = values.map(
    (column, at) => `any_value(${comparable(column, side, statements, 'values')}) as value_${at}`,
  );
  const conditions = [
    ...(request.where === undefined ? [] : [`(${request.where})`]),
    ...(inScope === undefined ? [] : [inScope(bucketOf(key, side, statements))]),
  ];
  return (
    `select ${[...keys, 'count(*) as row_count', `sum(${content}) as content`, ...shown].join(', ')} ` +
    `from ${request[side].from} as compared${conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`} ` +
    `group by ${key.map((_, at) => at + 1).join(', ')}`
  );
}

/** The keys of both sides beside each other, as `pairs`, each with the kind of its difference; null where there is none. */
function pairsOf(comparison: Comparison, shown: ReadonlySet<SharedColumn>): string {
  const { request, key, values } = comparison;
  const same = key.map((_, at) => `before_keys.key_${at} is not distinct from after_keys.key_${at}`);
  const differs = values.map((column, at) => differsAt(column, at, request));
  const columns = [
    `${keyText(key)} as row_key`,
    'coalesce(before_keys.row_count, 0) as before_rows',
    'coalesce(after_keys.row_count, 0) as after_rows',
    `${request.key.length === 0 ? differenceOfRows : differenceOfKeys(differs)} as difference`,
    ...values.flatMap((column, at) =>
      shown.has(column)
        ? [
            `before_keys.value_${at} as before_${at}`,
            `after_keys.value_${at} as after_${at}`,
            `${differs[at]} as differs_${at}`,
          ]
        : [],
    ),
  ];
  const parts = [
    `with before_keys as (${keysOf('before', comparison)})`,
    `after_keys as (${keysOf('after', comparison)})`,
    `pairs as (select ${columns.join(', ')} from before_keys full outer join after_keys on ${same.join(' and ')})`,
  ];
  return parts.join(', ');
}

/** What a row is called by: of a key of very many columns, as it is where whole rows are compared, the first. */
function keyText({ length }: readonly SharedColumn[]): string {
  const texts = Array.from(
    { length: Math.min(length, columnsOfText) },
    (_, at) => `coalesce(cast(coalesce(before_keys.key_${at}, after_keys.key_${at}) as varchar), 'null')`,
  );
  return [...texts, ...(length > columnsOfText ? ["'…'"] : [])].join(` || ', ' || `);
}

const changedAt = (at: number): string => `difference = 'changed' and differs_${at}`;

/** Where whole rows are the key. */
const differenceOfRows =
  "case when coalesce(before_keys.row_count, 0) < coalesce(after_keys.row_count, 0) then 'added' " +
  "when coalesce(before_keys.row_count, 0) > coalesce(after_keys.row_count, 0) then 'removed' end";

const differenceOfKeys = (differs: readonly string[]): string =>
  "case when before_keys.row_count is null then 'added' when after_keys.row_count is null then 'removed' " +
  'when before_keys.row_count = 1 and after_keys.row_count = 1 ' +
  `then case when ${differs.length === 0 ? 'false' : differs.join(' or ')} then 'changed' end ` +
  'when before_keys.row_count <> after_keys.row_count or before_keys.content <> after_keys.content ' +
  "then 'repeated' end";

/** Whether a column has another value, which may lie within the tolerance. */
function differsAt(column: SharedColumn, at: number, { tolerance = 0 }: DiffRequest): string {
  const [left, right] = [`before_keys.value_${at}`, `after_keys.value_${at}`];
  if (tolerance === 0 || !isFloating(column)) return `(${left} is distinct from ${right})`;
  // Of what is infinite or no number the part is no number, and that is more than any tolerance.
  const difference = `abs(${left} - ${right}) / greatest(abs(${left}), abs(${right}), 1) > ${tolerance}`;
  return `(${left} is distinct from ${right} and coalesce(${difference}, true))`;
}

const noText = 'cast(null as varchar)';

/** The queries whose rows together are the result. */
function findingsOf({ values, statements }: Comparison, shown: ReadonlySet<SharedColumn>): readonly string[] {
  const examples = (name: string, condition: string, before: string, after: string): string =>
    `select * from (select 'example' as what, ${statements.literal(name)} as name, 0 as amount, 0 as before_rows, ` +
    `0 as after_rows, row_key, cast(${before} as varchar) as before_value, cast(${after} as varchar) as after_value ` +
    `from differing where ${condition} order by row_key limit ${exampleCount}) as examples`;
  return [
    `select 'rows' as what, difference as name, count(*) as amount, sum(before_rows) as before_rows, ` +
      `sum(after_rows) as after_rows, ${noText} as row_key, ${noText} as before_value, ${noText} as after_value ` +
      'from differing group by difference',
    ...(['added', 'removed', 'repeated'] as const).map((kind) =>
      examples(kind, `difference = ${statements.literal(kind)}`, 'before_rows', 'after_rows'),
    ),
    ...values.flatMap((column, at) => {
      if (!shown.has(column)) return [];
      const condition = changedAt(at);
      return [
        `select 'column', ${statements.literal(column.name)}, count(*), 0, 0, ${noText}, ${noText}, ${noText} ` +
          `from differing where ${condition}`,
        examples(`column ${column.name}`, condition, `before_${at}`, `after_${at}`),
      ];
    }),
  ];
}
