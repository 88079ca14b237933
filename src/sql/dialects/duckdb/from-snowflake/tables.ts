import { call, identifier, logical, nowhere, number, string } from '../../../translate/build.ts';
import type { Translation } from '../../../translate/translation.ts';
import type {
  Call,
  DerivedTable,
  Expression,
  Identifier,
  Join,
  Sample,
  Table,
  TableAlias,
  TableExpression,
  TableFunction,
} from '../../../tree.ts';
import { want } from './coercion.ts';
import { constantText, valuesOf } from './functions.ts';
import { into, stepsOf } from './semi-structured.ts';

export function table(node: Table, translation: Translation): TableExpression {
  if (node.travel) translation.refuse(node.travel, 'Time travel');
  if (node.changes) translation.refuse(node.changes, 'CHANGES');
  if (node.parameter || node.name.dynamic || node.file) translation.refuse(node, 'Such a table');
  const [first] = node.name.parts;
  const isDual = node.name.parts.length === 1 && first?.text.toLowerCase() === 'dual' && !first.quoted;
  if (!isDual) return sampled(node, translation);
  const one = valuesTable([[number(1)]]);
  return { ...one, alias: node.alias ?? { name: identifier('dual'), columns: [], ...nowhere } };
}

const valuesTable = (rows: readonly (readonly Expression[])[]): DerivedTable => ({
  kind: 'derived-table',
  query: { kind: 'query', body: { kind: 'values', rows, ...nowhere }, orderBy: [], ...nowhere },
  ...nowhere,
});

/** VALUES has the columns COLUMN1, COLUMN2, … */
export function derivedTable(node: DerivedTable, translation: Translation): TableExpression {
  const { bare: _, ...made } = sampled(node, translation);
  const names = valueColumns(node);
  if (!names) return made;
  const alias: TableAlias = {
    ...(made.alias ?? nowhere),
    name: made.alias?.name ?? identifier('values_list'),
    columns: names,
  };
  return { ...made, alias };
}

/** What the columns of VALUES are called; undefined for another query. */
export function valueColumns(node: TableExpression): readonly Identifier[] | undefined {
  if (node.kind !== 'derived-table' || node.query.body.kind !== 'values') return undefined;
  if (node.alias && node.alias.columns.length > 0) return node.alias.columns;
  return node.query.body.rows[0]?.map((_, index) => identifier(`column${index + 1}`));
}

export function sampled<Node extends { readonly sample?: Sample }>(node: Node, translation: Translation): Node {
  const made = translation.parts(node);
  const { sample } = node;
  if (!sample) return made;
  if (sample.method === 'system' || sample.method === 'block') translation.refuse(sample, 'SAMPLE SYSTEM');
  const method = sample.unit === 'rows' ? 'reservoir' : 'bernoulli';
  return { ...made, sample: { ...sample, method, word: 'tablesample' } };
}

/** Joins without a condition are crosswise. ASOF joins keep rows that find nothing, and have one list of conditions. */
export function join(node: Join, translation: Translation): TableExpression {
  const { matchCondition, directed: _, ...plain } = translation.parts(node);
  if (node.asof) {
    if (!matchCondition || node.using) {
      translation.refuse(node, 'ASOF JOIN with USING');
      return node;
    }
    const on = logical('and', ...(plain.on ? [plain.on] : []), matchCondition);
    return { ...plain, type: 'left', words: 'asof left join', on };
  }
  if (node.on || node.using || node.natural || node.type === 'cross') return plain;
  if (node.type === 'inner') return { ...plain, type: 'cross', words: 'cross join' };
  return { ...plain, on: { kind: 'boolean', value: true, ...nowhere } };
}

/** The name of a table function; undefined for another expression. */
export function calledTable(node: TableExpression): string | undefined {
  if (node.kind !== 'table-function' || node.call.kind !== 'call' || node.call.name.parts.length !== 1)
    return undefined;
  return node.call.name.parts[0]!.text.toLowerCase();
}

/** Table functions whose rows lack the column SEQ here. */
export const withoutSequence: ReadonlySet<string> = new Set(['flatten', 'split_to_table']);

export function tableFunction(node: TableFunction, translation: Translation): TableExpression {
  const called = calledTable(node);
  if (node.call.kind !== 'call' || !called) {
    if (node.call.kind === 'call') return { ...translation.parts(node), wrapped: false };
    translation.refuse(node, 'Such a table');
    return node;
  }
  switch (called) {
    case 'flatten':
      return flatten(node, node.call, translation);
    case 'split_to_table': {
      const [text, delimiter] = valuesOf(node.call);
      if (!text || !delimiter) break;
      const made = call(
        'snowflake_split_to_table',
        want(text, 'text', translation),
        want(delimiter, 'text', translation),
      );
      return asTable(node, made, 3);
    }
    case 'generator':
      return generator(node, node.call, translation);
    default:
      if (translation.from.functions.find(called)) break;
      return { ...translation.parts(node), wrapped: false };
  }
  translation.refuse(node, called.toUpperCase());
  return node;
}

/** Column aliases count from SEQ on, which is not there. */
function asTable(node: TableFunction, made: Call, columns: number): TableFunction {
  const { alias } = node;
  const short = alias && alias.columns.length === columns ? { ...alias, columns: alias.columns.slice(1) } : alias;
  return { ...node, call: made, wrapped: false, lateral: true, ...(short ? { alias: short } : {}) };
}

/** The arguments by name, or in the order of the names. */
function named(node: Call, names: readonly string[]): Readonly<Record<string, Expression>> | undefined {
  const found: Record<string, Expression> = {};
  for (const [index, { name, value }] of node.arguments.entries()) {
    const key = name?.text.toLowerCase() ?? names[index];
    if (!key || !names.includes(key) || value.kind === 'query') return undefined;
    found[key] = value;
  }
  return found;
}

const isTrue = (node: Expression | undefined): boolean => node?.kind === 'boolean' && node.value;

function flatten(node: TableFunction, written: Call, translation: Translation): TableExpression {
  const given = named(written, ['input', 'path', 'outer', 'recursive', 'mode']);
  const path = given?.path ? constantText(given.path) : '';
  const steps = path === '' ? [] : stepsOf(path ?? ' ');
  const mode = given?.mode ? constantText(given.mode)?.toLowerCase() : 'both';
  const outer = isTrue(given?.outer);
  if (!given?.input || !steps || isTrue(given.recursive) || !mode || (outer && mode !== 'both')) {
    translation.refuse(written, 'FLATTEN with these arguments');
    return node;
  }
  if (node.alias && node.alias.columns.length > 0 && node.alias.columns.length !== 6)
    translation.refuse(node.alias, 'FLATTEN with so many columns');
  const input = into(want(given.input, 'variant', translation), steps);
  const called = mode === 'array' ? '_arrays' : mode === 'object' ? '_objects' : outer ? '_outer' : '';
  return asTable(node, call(`snowflake_flatten${called}`, input, string(path ?? '')), 6);
}

/** The one column of rows that were made by counting. */
export const rowNumber = 'snowflake_row_number';

/** Rows without columns of their own. */
function generator(node: TableFunction, written: Call, translation: Translation): TableExpression {
  const given = named(written, ['rowcount', 'timelimit']);
  if (!given?.rowcount || given.timelimit) {
    translation.refuse(written, 'GENERATOR without ROWCOUNT');
    return node;
  }
  const { lateral: _, ...made } = node;
  const alias: TableAlias = {
    name: identifier('generated'),
    ...made.alias,
    columns: [identifier(rowNumber)],
    ...nowhere,
  };
  const rows = call('range', {
    kind: 'cast',
    syntax: 'cast',
    operand: translation.expression(given.rowcount),
    type: bigint,
    ...nowhere,
  });
  return { ...made, alias, call: rows, wrapped: false };
}

const bigint = { kind: 'data-type', name: 'bigint', parameters: [], dimensions: [], ...nowhere } as const;
