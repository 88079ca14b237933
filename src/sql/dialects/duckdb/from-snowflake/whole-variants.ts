import type { Translation } from '../../../translate/translation.ts';
import type { Expression, GroupItem, QueryBody, Select, SetOperation } from '../../../tree.ts';

/*
 * Where VARIANTs are compared as values of many rows, DuckDB tells apart what Snowflake does not: 1 and 1.0, objects with
 * the same keys in another order. Which values there are, only the data tell, so that this is said and not refused.
 */

/** SELECT DISTINCT and GROUP BY. */
export function reportComparedVariants(node: Select, translation: Translation): void {
  const outputs = node.items.map(({ expression }) => expression);
  if (node.distinct === 'distinct') report(outputs, 'DISTINCT', translation);
  if (!node.groupBy) return;
  const { all, items } = node.groupBy;
  const compared = all ? outputs : items.flatMap(leavesOf).map((item) => outputOf(item, node));
  report(compared, 'GROUP BY', translation);
}

/** UNION, INTERSECT and EXCEPT, which leave only one of each row. */
export function reportUnitedVariants({ first, rest }: SetOperation, translation: Translation): void {
  const comparing = rest.find(({ operator, quantifier }) => operator !== 'union' || quantifier !== 'all');
  if (comparing) report(outputsOf(first), comparing.operator.toUpperCase(), translation);
}

/** Two VARIANTs beside `=`, as in a join. */
export function reportEqualVariants(left: Expression, right: Expression, translation: Translation): void {
  if (isVariant(left, translation) && isVariant(right, translation)) report([left], 'A comparison', translation);
}

const isVariant = (node: Expression, translation: Translation): boolean => translation.typeOf(node).kind === 'variant';

function report(nodes: readonly Expression[], what: string, translation: Translation): void {
  const variant = nodes.find((node) => isVariant(node, translation));
  if (!variant) return;
  const message = `${what} of a VARIANT tells 1 and 1.0 apart on ${translation.to.title}, and objects with their keys in another order.`;
  translation.report('sql/variant-compared', variant, message, 'Cast it: v:a::string', 'warning');
}

const leavesOf = (item: GroupItem): Expression[] => (item.kind === 'grouping' ? item.sets.flatMap(leavesOf) : [item]);

/** `GROUP BY 2` and `GROUP BY alias` mean what is selected. */
function outputOf(item: Expression, { items }: Select): Expression {
  if (item.kind === 'number') return items[Number(item.text) - 1]?.expression ?? item;
  if (item.kind !== 'column' || item.parts.length !== 1) return item;
  const name = item.parts[0]!.text.toLowerCase();
  return items.find(({ alias }) => alias?.text.toLowerCase() === name)?.expression ?? item;
}

function outputsOf(body: QueryBody): Expression[] {
  if (body.kind === 'select') return body.items.map(({ expression }) => expression);
  return body.kind === 'set-operation' ? outputsOf(body.first) : [];
}
