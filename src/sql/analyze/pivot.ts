import { filterFlow, type Lineage, noLineage, pourFilter, startFlow, through, union } from '../lineage/index.ts';
import {
  columnsNamed,
  foldName,
  foldStored,
  type Relation,
  type RelationColumn,
  type Scope,
  storedName,
} from '../names/index.ts';
import type {
  Column,
  Expression,
  Identifier,
  Pivot,
  PivotColumn,
  SelectItem,
  Star,
  Unpivot,
  UnpivotColumn,
} from '../tree.ts';
import { commonType, unknownType, varcharType } from '../types/index.ts';
import type { Context, Value } from './context.ts';
import { innerQuery } from './expressions/subqueries.ts';
import { expandStar } from './star.ts';
import { walk } from './walk.ts';

/** What a table becomes by PIVOT or UNPIVOT. The scope's frame is that of the table. */
export function pivotedRelation(context: Context, pivot: Pivot | Unpivot, scope: Scope): Relation {
  return pivot.kind === 'pivot' ? pivoted(context, pivot, scope) : unpivoted(context, pivot, scope);
}

const wholeStar: Star = { kind: 'star', qualifier: [], exclude: [], replace: [], rename: [], start: -1, end: -1 };

function pivoted(context: Context, pivot: Pivot, scope: Scope): Relation {
  const whole = expandStar(context, wholeStar, scope);
  const used = new Set<string>();
  const within: Scope = { ...scope, clause: 'select' };
  const aggregates = pivot.aggregates.map((item) => {
    const flow = startFlow();
    const value = context.value(item.expression, within, flow);
    keysIn(context, item.expression, used);
    return { item, value, lineage: flow.into };
  });
  for (const { column } of pivot.on) {
    context.value(column, within, filterFlow(scope.reads, 'filter'));
    keysIn(context, column, used);
  }
  const kept = pivot.groupBy.length > 0 ? groupedColumns(context, pivot.groupBy, within, whole) : undefined;
  const left = kept ?? whole.columns.filter(({ key }) => !used.has(key));
  for (const { lineage } of left) pourFilter(lineage, scope.reads, 'group');
  const combinations = valueNames(context, pivot.on, within);
  const open = whole.open && !kept;
  if (!combinations) return { columns: left, open: true };
  const several = aggregates.length > 1;
  const columns = combinations.flatMap((name) => {
    if (aggregates.length === 0)
      return [pivotColumn(context, name, { type: countType(context), nullable: true }, noLineage, true)];
    return aggregates.map(({ item, value, lineage }) => {
      const suffix = item.alias
        ? `_${storedName(item.alias, context.rules)}`
        : several
          ? `_${text(context, item)}`
          : '';
      return pivotColumn(
        context,
        `${name}${suffix}`,
        { ...value, nullable: true },
        lineage,
        Boolean(item.alias) || !several,
      );
    });
  });
  return { columns: [...left, ...columns], open, ...(open && whole.base ? { base: whole.base } : {}) };
}

const text = (context: Context, { expression }: SelectItem): string =>
  context.text.slice(expression.start, expression.end);

function countType(context: Context): Value['type'] {
  return context.dialect.types.read('bigint', { numbers: [], texts: [], types: [], fields: [] }) ?? unknownType;
}

function pivotColumn(context: Context, name: string, value: Value, lineage: Lineage, named: boolean): RelationColumn {
  return { ...value, name, key: foldStored(name, context.rules), named, lineage };
}

function groupedColumns(
  context: Context,
  groupBy: readonly Expression[],
  scope: Scope,
  whole: Relation,
): RelationColumn[] {
  return groupBy.map((expression) => {
    const flow = startFlow();
    const value = context.value(expression, scope, flow);
    const key = expression.kind === 'column' ? foldName(expression.parts.at(-1)!, context.rules) : undefined;
    const [column] = key === undefined ? [] : columnsNamed(whole, key);
    const name = column?.name ?? context.text.slice(expression.start, expression.end);
    return { ...value, name, key: foldStored(name, context.rules), named: key !== undefined, lineage: flow.into };
  });
}

function keysIn(context: Context, expression: Expression, into: Set<string>): void {
  walk(expression, (node) => {
    if (node.kind === 'column') into.add(foldName((node as Column).parts.at(-1)!, context.rules));
    return node.kind !== 'column';
  });
}

/** The names that the values of the pivoted columns give: all combinations. Undefined if the values are not written. */
function valueNames(context: Context, on: readonly PivotColumn[], scope: Scope): readonly string[] | undefined {
  let names: readonly string[] = [''];
  for (const { values } of on) {
    if (!values) return undefined;
    if (!('length' in values)) {
      if ('kind' in values) innerQuery(context, values, scope);
      return undefined;
    }
    const own = values.map((item) => valueName(context, item));
    if (own.some((name) => name === undefined)) return undefined;
    names = names.flatMap((name) => own.map((one) => (name === '' ? `${one}` : `${name}_${one}`)));
  }
  return names;
}

function valueName(context: Context, { alias, expression }: SelectItem): string | undefined {
  if (alias) return storedName(alias, context.rules);
  if (context.rules.expressionNames === 'text') return context.text.slice(expression.start, expression.end);
  if (expression.kind === 'string') return expression.value;
  return expression.kind === 'number' ? expression.text : undefined;
}

function unpivoted(context: Context, unpivot: Unpivot, scope: Scope): Relation {
  const whole = expandStar(context, wholeStar, scope);
  const groups = unpivot.columns.map((column) => unpivotGroup(context, column, scope));
  const used = new Set(groups.flatMap((group) => group?.map(({ key }) => key) ?? []));
  const left = whole.columns.filter(({ key }) => !used.has(key));
  const made = (name: Identifier, lineage: Lineage, type: RelationColumn['type']): RelationColumn => ({
    name: storedName(name, context.rules),
    key: foldName(name, context.rules),
    named: true,
    type,
    nullable: true,
    lineage,
  });
  const values = unpivot.values.map((name, index) => {
    const members = groups.flatMap((group) => (unpivot.values.length > 1 ? (group?.[index] ?? []) : (group ?? [])));
    const type =
      commonType(
        members.map((member) => member.type),
        context.dialect,
      ) ?? unknownType;
    return made(name, union(members.map(({ lineage }) => lineage)), type);
  });
  const known = groups.every((group) => group !== undefined);
  const columns = [...(known ? left : []), made(unpivot.nameColumn, noLineage, varcharType), ...values];
  return { columns, open: whole.open || !known, ...(whole.base ? { base: whole.base } : {}) };
}

/** The columns that become one row; undefined if it cannot be told which they are. */
function unpivotGroup(context: Context, { columns }: UnpivotColumn, scope: Scope): RelationColumn[] | undefined {
  const found: RelationColumn[] = [];
  for (const expression of columns) {
    const star = starIn(expression);
    if (star) {
      const { columns: all, open } = expandStar(context, star, scope);
      if (open) return undefined;
      found.push(...all);
      continue;
    }
    const flow = startFlow();
    const value = context.value(expression, { ...scope, clause: 'select' }, through('copied', flow));
    if (expression.kind !== 'column') return undefined;
    const name = expression.parts.at(-1)!;
    found.push({ ...value, name: name.text, key: foldName(name, context.rules), named: true, lineage: flow.into });
  }
  return found;
}

function starIn(expression: Expression): Star | undefined {
  if (expression.kind === 'star') return expression;
  if (expression.kind !== 'call' || expression.name.parts.at(-1)?.text.toLowerCase() !== 'columns') return undefined;
  const value = expression.arguments[0]?.value;
  return value?.kind === 'star' ? value : undefined;
}
