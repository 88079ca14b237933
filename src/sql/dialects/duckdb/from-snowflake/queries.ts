import { call, column } from '../../../translate/build.ts';
import type { Surroundings } from '../../../translate/surroundings.ts';
import type { Translation } from '../../../translate/translation.ts';
import type {
  Column,
  CommonTable,
  Expression,
  PositionalColumn,
  Query,
  QueryBody,
  Select,
  SetOperation,
  SortItem,
  Star,
  TableExpression,
} from '../../../tree.ts';
import type { SqlType } from '../../../types/index.ts';
import { unitedWithSharedScale } from './shared-scale.ts';
import { calledTable, rowNumber, valueColumns, withoutSequence } from './tables.ts';
import { reportComparedVariants, reportUnitedVariants } from './whole-variants.ts';

/** TOP is LIMIT; RECURSIVE need not be said in Snowflake. */
export function query(node: Query, translation: Translation): Query {
  const { body } = node;
  const made =
    body.kind === 'select' ? translation.within(around(body), () => translation.parts(node)) : translation.parts(node);
  const all = node.orderByAll && {
    ...node.orderByAll,
    nulls: node.orderByAll.nulls ?? nullsOf(node.orderByAll.direction),
  };
  for (const table of node.with?.tables ?? []) if (readsItself(table)) reportNarrowing(table, translation);
  const { fetch: _, ...plain } = made;
  const limited = withTop(plain, translation);
  const { with: common } = made;
  const isRecursive = node.with?.tables.some(readsItself) ?? false;
  return {
    ...limited,
    ...(all ? { orderByAll: all } : {}),
    ...(common ? { with: { ...common, recursive: common.recursive || isRecursive } } : {}),
  };
}

function withTop(node: Query, translation: Translation): Query {
  if (node.body.kind !== 'select' || !node.body.top) return node;
  const { top, ...body } = node.body;
  if (node.limit) translation.refuse(top, 'TOP with LIMIT');
  return { ...node, body, limit: top };
}

/** A union whose second part reads the table that it makes. */
function readsItself({ name, query: inner }: CommonTable): boolean {
  if (inner.body.kind !== 'set-operation') return false;
  const key = name.quoted ? name.text : name.text.toUpperCase();
  const reads = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null) return false;
    if ('kind' in value && value.kind === 'table' && 'name' in value) {
      const { parts } = value.name as Column;
      const [only] = parts;
      return parts.length === 1 && only !== undefined && (only.quoted ? only.text : only.text.toUpperCase()) === key;
    }
    return Object.values(value).some(reads);
  };
  return inner.body.rest.some(reads);
}

/** DuckDB casts what a recursive part gives to the types of the first part, and so would round it. */
function reportNarrowing({ query: inner }: CommonTable, translation: Translation): void {
  if (inner.body.kind !== 'set-operation' || inner.body.first.kind !== 'select') return;
  const first = inner.body.first.items.map(({ expression }) => translation.typeOf(expression));
  for (const { body } of inner.body.rest) {
    if (body.kind !== 'select') continue;
    for (const [index, { expression }] of body.items.entries()) {
      const type = first[index];
      if (type && digits(translation.typeOf(expression)) > digits(type))
        translation.refuse(
          expression,
          'A recursive part with more digits than the first part',
          'Cast the column of the first part to the wider type.',
        );
    }
  }
}

/** Digits behind the point, as far as they are known; a FLOAT has more than any NUMBER. */
function digits(type: SqlType): number {
  if (type.kind === 'number') return type.scale;
  return type.kind === 'float' ? 39 : 0;
}

const nullsOf = (direction: 'asc' | 'desc' | undefined): 'first' | 'last' => (direction === 'desc' ? 'first' : 'last');

/** NULL is larger than everything in Snowflake; in DuckDB it comes last in either direction. */
export function sortItem(node: SortItem, translation: Translation): SortItem {
  return { ...node, expression: translation.expression(node.expression), nulls: node.nulls ?? nullsOf(node.direction) };
}

export function select(node: Select, translation: Translation): QueryBody {
  if (node.connectBy) translation.refuse(node.connectBy.condition, 'CONNECT BY', 'Write a recursive common table.');
  reportClashes(node, translation);
  reportComparedVariants(node, translation);
  const { connectBy: _, ...plain } = node;
  return translation.within(around(node), () => translation.parts(plain));
}

/** What the tables of a query mean for its columns. */
function around({ from }: Select): Surroundings {
  const factors = from.flatMap(factorsOf);
  const [only] = factors;
  const names = factors.length === 1 && only ? valueColumns(only) : undefined;
  const short = factors.filter((factor) => withoutSequence.has(calledTable(factor) ?? ''));
  return {
    positions: (names ?? []).map((name) => column(name)),
    missing: new Map(short.map((factor) => ['seq', calledTable(factor)!.toUpperCase()])),
    incomplete: new Set(short.map(aliasOf)),
    sequence: factors.length === 1 && calledTable(only!) === 'generator' ? column(rowNumber) : undefined,
  };
}

function factorsOf(node: TableExpression): TableExpression[] {
  if (node.kind === 'join') return [...factorsOf(node.left), ...factorsOf(node.right)];
  return node.kind === 'nested-table' ? factorsOf(node.table) : [node];
}

const aliasOf = (node: TableExpression): string =>
  ('alias' in node ? node.alias?.name?.text : undefined)?.toLowerCase() ?? calledTable(node) ?? '';

/** Snowflake tells "a" and A apart, DuckDB does not. */
function reportClashes(node: Select, translation: Translation): void {
  const seen = new Map<string, string>();
  for (const { alias, expression } of node.items) {
    const name = alias ?? (expression.kind === 'column' ? expression.parts.at(-1) : undefined);
    if (!name) continue;
    const key = name.quoted ? name.text : name.text.toUpperCase();
    const other = seen.get(key.toUpperCase());
    if (other !== undefined && other !== key)
      translation.refuse(
        name,
        `A column "${key}" beside "${other}"`,
        'Names that differ in letter case alone are one name there.',
      );
    seen.set(key.toUpperCase(), key);
  }
}

export function setOperation(node: SetOperation, translation: Translation): QueryBody {
  reportUnitedVariants(node, translation);
  const made = unitedWithSharedScale(node, translation.parts(node), translation);
  return { ...made, rest: made.rest.map((arm) => (arm.operator === 'minus' ? { ...arm, operator: 'except' } : arm)) };
}

export function columnReference(node: Column, translation: Translation): Expression {
  if (node.outer) translation.refuse(node, '(+)', 'Write LEFT JOIN.');
  const last = node.parts.at(-1)!;
  const plain = last.text.toLowerCase();
  const owner = node.parts.length > 1 ? node.parts.at(-2)!.text.toLowerCase() : undefined;
  const { missing, incomplete } = translation.surroundings;
  const lost = missing.get(plain);
  if (lost && (owner === undefined || incomplete.has(owner)))
    translation.refuse(node, `The column ${plain.toUpperCase()} of ${lost}`);
  if (owner !== undefined && plain === 'nextval' && !last.quoted && !translation.meaningOf(node))
    return call('nextval', {
      kind: 'string',
      value: node.parts
        .slice(0, -1)
        .map(({ text }) => text)
        .join('.'),
      quoting: 'single',
      start: -1,
      end: -1,
    });
  if (plain.startsWith('metadata$')) translation.refuse(node, last.text.toUpperCase());
  return node;
}

export function positional(node: PositionalColumn, translation: Translation): Expression {
  const found = node.qualifier ? undefined : translation.surroundings.positions?.[node.position - 1];
  if (!found) translation.refuse(node, `$${node.position}`);
  return found ?? node;
}

export function star(node: Star, translation: Translation): Expression {
  const { incomplete, missing, sequence } = translation.surroundings;
  if (sequence) translation.refuse(node, 'All columns of GENERATOR', 'It has none: name what you select.');
  const owner = node.qualifier.at(-1)?.text.toLowerCase();
  if (incomplete.size > 0 && (owner === undefined || incomplete.has(owner)))
    translation.refuse(
      node,
      `All columns of ${[...missing.values()].join(', ')}`,
      'Name the columns: there is no SEQ.',
    );
  return translation.parts(node);
}
