import type { Statements } from '../../core/index.ts';
import { quote, renderRelation } from './naming.ts';

const list = (columns: readonly string[]): string => columns.map(quote).join(', ');

/** The statements that change rows, as far as Snowflake says them in its own way. */
export const rows = {
  overwriteFrom: (target, columns, source) =>
    `insert overwrite into ${renderRelation(target)} (${list(columns)})\nselect ${list(columns)}\nfrom ${renderRelation(source)}`,

  // A join and no subquery: those that look at the rows around them are not evaluated for every condition.
  deletePartitions({ target, source, uniqueKey, predicates }) {
    const keys = uniqueKey.map((key, index) => `${key} as partition_key_${index + 1}`);
    const same = uniqueKey.map(
      (key, index) => `DBT_INTERNAL_SOURCE.partition_key_${index + 1} is not distinct from ${key}`,
    );
    return [
      `delete from ${renderRelation(target)} as DBT_INTERNAL_DEST`,
      `using (select distinct ${keys.join(', ')} from ${renderRelation(source)}) as DBT_INTERNAL_SOURCE`,
      `where ${[...same, ...predicates].join('\nand ')}`,
    ].join('\n');
  },

  // A merge and no update: where several rows would change one, an update takes any of them without a word.
  updateFrom({ target, source, uniqueKey, predicates, assignments }) {
    const matches = uniqueKey.map((key) => `DBT_INTERNAL_SOURCE.${key} = DBT_INTERNAL_DEST.${key}`);
    return [
      `merge into ${renderRelation(target)} as DBT_INTERNAL_DEST`,
      `using ${renderRelation(source)} as DBT_INTERNAL_SOURCE`,
      `on (${[...matches, ...predicates].join(')\nand (')})`,
      'when matched then update set',
      `  ${[...assignments].map(([column, value]) => `${column} = ${value}`).join(',\n  ')}`,
    ].join('\n');
  },
} satisfies Partial<Statements>;
