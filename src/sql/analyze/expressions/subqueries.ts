import { type Flow, pour, through } from '../../lineage/index.ts';
import type { Relation, Scope } from '../../names/index.ts';
import type { Query } from '../../tree.ts';
import { booleanType } from '../../types/index.ts';
import { type Context, report } from '../context.ts';
import { type Handlers, unknownValue } from './handler.ts';

export const subqueries: Handlers<'subquery' | 'exists'> = {
  subquery: (context, node, scope, flow) => {
    const relation = expectColumns(context, node.query, scope, flow, [1]);
    const [column] = relation.columns;
    return column && !relation.open ? { type: column.type, nullable: true } : unknownValue;
  },
  exists: (context, node, scope) => {
    innerQuery(context, node.query, scope);
    return { type: booleanType, nullable: false };
  },
};

/** A query inside an expression: it sees the columns around it, and what filters it filters the query around too. */
export function innerQuery(context: Context, query: Query, scope: Scope): Relation {
  return context.query(query, { outer: scope, tables: scope.tables, reads: scope.reads });
}

/**
 * Looks through a query inside an expression and reads its columns into the flow.
 *
 * @param widths - How many columns it may have; undefined for any number.
 */
export function expectColumns(
  context: Context,
  query: Query,
  scope: Scope,
  flow: Flow,
  widths: readonly number[] | undefined,
): Relation {
  const relation = innerQuery(context, query, scope);
  const { columns, open } = relation;
  for (const column of columns) pour(column.lineage, columns.length > 1 ? through('computed', flow) : flow);
  if (!open && widths && !widths.includes(columns.length)) {
    const message = `This subquery has ${columns.length} columns, but ${widths[0]} ${widths[0] === 1 ? 'is' : 'are'} expected.`;
    report(context, 'sql/subquery-columns', query, message);
  }
  return relation;
}
