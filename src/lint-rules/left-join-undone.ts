import type { LintFinding, LintRule } from '../core/index.ts';
import { type Expression, type Select, type TableExpression, walk } from '../sql/index.ts';

const comparisons = new Set(['=', '<>', '!=', '<', '<=', '>', '>=']);

/** `left join b … where b.x = 1` leaves out the rows without a b, as an inner join does. */
const leftJoinUndone: LintRule = {
  name: 'left-join-undone',
  describe: 'A condition in WHERE that makes an inner join of a left join',
  level: 'warning',
  find({ statements }) {
    const found: LintFinding[] = [];
    for (const statement of statements) {
      walk(statement, (node) => {
        if (node.kind === 'select') found.push(...look(node));
      });
    }
    return found;
  },
};

function look({ from, where }: Select): LintFinding[] {
  if (!where) return [];
  const optional = new Set(from.flatMap(optionalTables));
  if (optional.size === 0) return [];
  return conjuncts(where).flatMap((condition) => {
    const table = comparedTable(condition, optional);
    // The first condition says it all.
    if (table === undefined || !optional.delete(table.toLowerCase())) return [];
    const { start, end } = condition;
    const message = `This leaves out the rows without '${table}', so that the LEFT JOIN is an inner join`;
    return [{ start, end, message, hint: 'Put the condition into ON, or write JOIN' }];
  });
}

/** The aliases of tables that may lack a row. */
function optionalTables(table: TableExpression): string[] {
  if (table.kind !== 'join') return [];
  const { left, right, type } = table;
  const own = type === 'left' ? calledAs(right) : undefined;
  return [...optionalTables(left), ...(own === undefined ? [] : [own.toLowerCase()])];
}

function calledAs(table: TableExpression): string | undefined {
  const alias = 'alias' in table ? table.alias?.name?.text : undefined;
  return alias ?? (table.kind === 'table' ? table.name.parts.at(-1)?.text : undefined);
}

function conjuncts(condition: Expression): Expression[] {
  if (condition.kind === 'parenthesized') return conjuncts(condition.expression);
  if (condition.kind === 'logical' && condition.operator === 'and') return condition.operands.flatMap(conjuncts);
  return [condition];
}

/** The optional table of whose column a comparison wants a value that is not NULL. */
function comparedTable(condition: Expression, optional: ReadonlySet<string>): string | undefined {
  const sides =
    condition.kind === 'binary' && comparisons.has(condition.operator)
      ? [condition.left, condition.right]
      : condition.kind === 'in' || condition.kind === 'between' || condition.kind === 'like'
        ? [condition.operand]
        : [];
  for (const side of sides) {
    if (side.kind !== 'column' || side.parts.length < 2) continue;
    const table = side.parts.at(-2)!.text;
    if (optional.has(table.toLowerCase())) return table;
  }
  return undefined;
}

export default leftJoinUndone;
