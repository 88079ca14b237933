import { identifier, string } from '../../../translate/build.ts';
import type { Translation } from '../../../translate/translation.ts';
import type {
  Expression,
  Pivot,
  PivotColumn,
  PivotedTable,
  SelectItem,
  Unpivot,
  UnpivotColumn,
} from '../../../tree.ts';
import { constantNumber } from './functions.ts';
import { sampled } from './tables.ts';

export function pivotedTable(node: PivotedTable, translation: Translation): PivotedTable {
  const { pivot: written, ...rest } = node;
  return {
    ...sampled(rest, translation),
    pivot: written.kind === 'pivot' ? pivot(written, translation) : unpivot(written, translation),
  };
}

/** Aggregates that give the same for a group without rows. */
const aggregates: ReadonlySet<string> = new Set(['sum', 'min', 'max', 'any_value']);

function pivot(node: Pivot, translation: Translation): Pivot {
  const [aggregate, ...others] = node.aggregates;
  const called =
    aggregate?.expression.kind === 'call' ? (aggregate.expression.name.parts.at(-1)?.text.toLowerCase() ?? '') : '';
  if (!aggregate || others.length > 0 || !aggregates.has(called) || node.defaultOnNull)
    translation.refuse(node, 'PIVOT with this aggregate');
  const aggregated = node.aggregates.map((item) => ({ ...item, expression: translation.parts(item.expression) }));
  return { ...node, aggregates: aggregated, on: node.on.map((on) => pivotColumn(on, translation)) };
}

/** The new columns are called by their values as they are written: `'JAN'`, quotes included. */
function pivotColumn(on: PivotColumn, translation: Translation): PivotColumn {
  const { values } = on;
  if (!Array.isArray(values)) {
    translation.refuse(on, 'PIVOT over values that are not listed');
    return on;
  }
  const named = (values as readonly SelectItem[]).map((item): SelectItem => {
    const made = { ...item, expression: translation.expression(item.expression) };
    if (item.alias) return made;
    const name = columnName(item.expression);
    if (name === undefined) translation.refuse(item, 'PIVOT over such a value');
    return { ...made, alias: identifier(name ?? '', true) };
  });
  return { ...on, column: translation.expression(on.column), values: named };
}

function columnName(value: Expression): string | undefined {
  if (value.kind === 'string') return `'${value.value}'`;
  const number = constantNumber(value);
  return number === undefined ? undefined : String(number);
}

/** The names that become values are in upper case, as Snowflake keeps them. */
function unpivot(node: Unpivot, translation: Translation): Unpivot {
  if (node.values.length !== 1) translation.refuse(node, 'UNPIVOT into several columns');
  const columns = node.columns.map((column): UnpivotColumn => {
    const [first] = column.columns;
    if (column.alias) return column.alias.kind === 'identifier' ? { ...column, alias: nameOf(column.alias) } : column;
    if (first?.kind !== 'column') return column;
    return { ...column, alias: nameOf(first.parts.at(-1)!) };
  });
  return { ...node, columns };
}

const nameOf = ({ text, quoted }: { readonly text: string; readonly quoted: boolean }): Expression =>
  string(quoted ? text : text.toUpperCase());
