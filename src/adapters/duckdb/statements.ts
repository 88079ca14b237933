import { type Relation, type Statements, standardStatements } from '../../core/index.ts';

const base = standardStatements();

/** What DuckDB says differently from the standard. */
export const statements: Statements = standardStatements({
  temporaryRelation: (target: Relation): Relation => ({
    database: null,
    schema: null,
    identifier: `${target.identifier}__dbt_tmp`,
    type: 'table',
    quote: target.quote,
  }),
  renameRelation(from, to) {
    const name = base.renderRelation({ ...to, database: null, schema: null, expression: undefined });
    const kind = from.type === 'view' ? 'view' : 'table';
    return `alter ${kind} ${base.renderRelation(from)} rename to ${name}`;
  },
  // Rows as values would make null equal to null; a join does not. Names as in dbt-duckdb, for `incremental_predicates`.
  deleteMatching({ target, source, uniqueKey, predicates }) {
    const [key] = uniqueKey;
    const from = base.renderRelation(source);
    if (uniqueKey.length === 1) {
      const matches = `(${key}) in (\n  select (${key})\n  from ${from}\n)`;
      return `delete from ${base.renderRelation(target)}\nwhere ${[matches, ...predicates].join('\nand ')}`;
    }
    const same = uniqueKey.map((name) => `${from}.${name} = DBT_INCREMENTAL_TARGET.${name}`);
    return [
      `delete from ${base.renderRelation(target)} as DBT_INCREMENTAL_TARGET`,
      `using ${from}`,
      `where ${[...same, ...predicates].join('\nand ')}`,
    ].join('\n');
  },
  createIndex(relation, columns, unique) {
    const name = [relation.identifier, ...columns, 'index'].join('_').replace(/\W+/g, '_');
    return `create ${unique ? 'unique ' : ''}index ${base.quote(name)} on ${base.renderRelation(relation)} (${columns.join(', ')})`;
  },
  // A foreign key's target takes no database, even if it is the same.
  constraintTarget(relation) {
    const parts = relation.split('.');
    return parts.length > 2 ? parts.slice(1).join('.') : relation;
  },
  currentTimestamp: () => 'now()',
  // An interval cannot be an expression, but it can be multiplied by one; quarters are not known as a unit.
  dateAdd(part, interval, from) {
    const unit = part.toLowerCase();
    const count = `cast(${interval} as bigint)`;
    if (unit === 'quarter') return `(${from} + (${count} * 3) * interval 1 month)`;
    if (unit === 'week') return `(${from} + (${count} * 7) * interval 1 day)`;
    return `(${from} + ${count} * interval 1 ${unit})`;
  },
});
