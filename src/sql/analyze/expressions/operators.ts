import { type Flow, through } from '../../lineage/index.ts';
import type { Scope } from '../../names/index.ts';
import type { Binary, Expression, Query } from '../../tree.ts';
import { booleanType, typeOfOperator, typeText, unknownType } from '../../types/index.ts';
import type { Context, Value } from '../context.ts';
import type { Handlers } from './handler.ts';
import { isText } from './mixture.ts';
import { expectColumns } from './subqueries.ts';
import { reportMismatch } from './type-mismatch.ts';

/** Operators whose result can be NULL although no operand is: division by nothing, a member that is not there. */
const sometimesNull: ReadonlySet<string> = new Set(['/', '%', '//', '->', '->>']);

const truth = (nullable: boolean): Value => ({ type: booleanType, nullable });

export const operators: Handlers<
  'unary' | 'binary' | 'logical' | 'is' | 'between' | 'in' | 'like' | 'quantified' | 'at-time-zone' | 'collate'
> = {
  unary: (context, node, scope, flow) => {
    const operand = context.value(node.operand, scope, through('computed', flow));
    if (node.operator === 'prior' || node.operator === 'connect_by_root') return { ...operand, nullable: true };
    if (node.operator === 'not' || node.operator === '!') return truth(operand.nullable);
    const type = typeOfOperator(context.dialect, node.operator, operand.type);
    if (!type && !isText(node.operand)) {
      const written = typeText(operand.type, context.dialect);
      reportMismatch(context, [operand.type], node, `${node.operator} cannot be used with ${written}.`);
    }
    return { type: type ?? unknownType, nullable: operand.nullable };
  },
  binary: (context, node, scope, flow) => {
    const chain: Binary[] = [node];
    for (let left = node.left; left.kind === 'binary'; left = left.left) chain.push(left);
    const inner = through('computed', flow);
    let value = context.value(chain.at(-1)!.left, scope, inner);
    for (const link of chain.reverse()) {
      value = combine(context, link, value, context.value(link.right, scope, inner));
      context.values?.set(link, value);
    }
    return value;
  },
  logical: (context, node, scope, flow) => truth(anyNullable(context, node.operands, scope, flow)),
  is: (context, node, scope, flow) => {
    anyNullable(context, node.other ? [node.operand, node.other] : [node.operand], scope, flow);
    return truth(false);
  },
  between: (context, node, scope, flow) =>
    truth(anyNullable(context, [node.operand, node.low, node.high], scope, flow)),
  in: (context, node, scope, flow) => {
    const nullable = anyNullable(context, [node.operand], scope, flow);
    const { choices } = node;
    if ('length' in choices) return truth(anyNullable(context, choices, scope, flow) || nullable);
    if (choices.kind !== 'query') return truth(anyNullable(context, [choices], scope, flow) || nullable);
    const width = node.operand.kind === 'tuple' ? node.operand.items.length : 1;
    expectColumns(context, choices, scope, through('computed', flow), [width, 1]);
    return truth(true);
  },
  like: (context, node, scope, flow) => {
    const parts = [node.operand, ...node.patterns, ...(node.escape ? [node.escape] : [])];
    return truth(anyNullable(context, parts, scope, flow));
  },
  quantified: (context, node, scope, flow) => {
    anyNullable(context, [node.left], scope, flow);
    if (isQuery(node.right)) expectColumns(context, node.right, scope, through('computed', flow), undefined);
    else anyNullable(context, [node.right], scope, flow);
    return truth(true);
  },
  'at-time-zone': (context, node, scope, flow) => {
    const operand = context.value(node.operand, scope, through('computed', flow));
    context.value(node.zone, scope, through('computed', flow));
    const { types } = context.dialect;
    const bare = { numbers: [], texts: [], types: [], fields: [] };
    if (operand.type.kind !== 'timestamp') return { type: unknownType, nullable: true };
    const name = operand.type.zone === 'ntz' ? 'timestamp with time zone' : 'timestamp';
    return { type: types.read(name, bare) ?? unknownType, nullable: operand.nullable };
  },
  collate: (context, node, scope, flow) => context.value(node.operand, scope, through('computed', flow)),
};

export const isQuery = (node: Expression | Query): node is Query => node.kind === 'query';

function anyNullable(context: Context, nodes: readonly Expression[], scope: Scope, flow: Flow): boolean {
  const inner = through('computed', flow);
  let nullable = false;
  for (const node of nodes) nullable = context.value(node, scope, inner).nullable || nullable;
  return nullable;
}

function combine(context: Context, node: Binary, left: Value, right: Value): Value {
  const nullable = node.operator !== '<=>' && (sometimesNull.has(node.operator) || left.nullable || right.nullable);
  const type = typeOfOperator(context.dialect, node.operator, left.type, right.type);
  if (type) return { type, nullable };
  if (!isText(node.left) && !isText(node.right)) {
    const [one, other] = [left, right].map((value) => typeText(value.type, context.dialect));
    reportMismatch(
      context,
      [left.type, right.type],
      node,
      `${node.operator} cannot be used between ${one} and ${other}.`,
    );
  }
  return { type: unknownType, nullable };
}
