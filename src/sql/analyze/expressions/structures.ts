import { type Flow, noLineage, through } from '../../lineage/index.ts';
import { foldName, type Local, memberType, type NameRules, type Scope } from '../../names/index.ts';
import type { ArrayLiteral, Expression, ObjectLiteral } from '../../tree.ts';
import {
  arrayOf,
  commonType,
  type SqlType,
  settledType,
  type TypeField,
  unknownType,
  varcharType,
  variantType,
} from '../../types/index.ts';
import type { Context } from '../context.ts';
import type { Handlers } from './handler.ts';
import { isQuery } from './operators.ts';
import { expectColumns } from './subqueries.ts';

export const structures: Handlers<
  'array' | 'object' | 'tuple' | 'path' | 'subscript' | 'field' | 'lambda' | 'comprehension'
> = {
  array: (context, node, scope, flow) => {
    const types = itemTypes(context, node, scope, through('computed', flow));
    if (!context.rules.typedLiterals) return { type: { kind: 'array' }, nullable: false };
    const element = commonType(types, context.dialect);
    return { type: element && element.kind !== 'null' ? arrayOf(settledType(element)) : unknownType, nullable: false };
  },
  object: (context, node, scope, flow) => ({
    type: objectType(context, node, scope, through('computed', flow)),
    nullable: false,
  }),
  tuple: (context, node, scope, flow) => {
    const fields = node.items.map((item) => ({
      name: '',
      type: settledType(context.value(item, scope, through('computed', flow)).type),
    }));
    return { type: context.rules.typedLiterals ? { kind: 'struct', fields } : unknownType, nullable: false };
  },
  path: (context, node, scope, flow) => {
    const operand = context.value(node.operand, scope, through('computed', flow));
    let { type } = operand;
    for (const step of node.steps) {
      if (step.kind === 'index') context.value(step.index, scope, through('computed', flow));
      type = step.kind === 'key' ? keyType(type, step.name.text) : elementType(type, step.index);
    }
    return { type, nullable: true };
  },
  subscript: (context, node, scope, flow) => {
    const inner = through('computed', flow);
    const { type } = context.value(node.operand, scope, inner);
    for (const part of [node.index, node.slice?.from, node.slice?.to, node.slice?.step]) {
      if (part) context.value(part, scope, inner);
    }
    if (node.slice)
      return { type: type.kind === 'array' || type.kind === 'varchar' ? type : unknownType, nullable: true };
    return { type: elementType(type, node.index), nullable: true };
  },
  field: (context, node, scope, flow) => {
    const { type } = context.value(node.operand, scope, through('computed', flow));
    return { type: memberType(type, node.name.text) ?? unknownType, nullable: true };
  },
  lambda: (context, node, scope, flow) => {
    const names = node.parameters.map(({ name }) => name);
    return context.value(node.body, withLocals(scope, names, [], context.rules), through('computed', flow));
  },
  comprehension: (context, node, scope, flow) => {
    const inner = through('computed', flow);
    const list = context.value(node.list, scope, inner);
    const element = list.type.kind === 'array' ? (list.type.element ?? unknownType) : unknownType;
    const within = withLocals(scope, node.variables, [element], context.rules);
    const value = context.value(node.value, within, inner);
    if (node.condition) context.value(node.condition, within, inner);
    return { type: arrayOf(settledType(value.type)), nullable: list.nullable };
  },
};

/** The scope inside a lambda or comprehension. */
export function withLocals(
  scope: Scope,
  names: readonly { readonly text: string; readonly quoted: boolean }[],
  types: readonly SqlType[],
  rules: NameRules,
): Scope {
  const locals = new Map<string, Local>(scope.locals);
  names.forEach((name, index) => {
    locals.set(foldName(name, rules), { type: types[index] ?? unknownType, nullable: true, lineage: noLineage });
  });
  return { ...scope, locals };
}

function itemTypes(context: Context, node: ArrayLiteral, scope: Scope, flow: Flow): SqlType[] {
  return node.items.map(({ value, prefix }) => {
    if (isQuery(value)) return expectColumns(context, value, scope, flow, undefined).columns[0]?.type ?? unknownType;
    const { type } = context.value(value, scope, flow);
    return prefix ? unknownType : type;
  });
}

function objectType(context: Context, node: ObjectLiteral, scope: Scope, flow: Flow): SqlType {
  const fields: TypeField[] = [];
  const keys: SqlType[] = [];
  for (const { key, value } of node.entries) {
    const { type } = context.value(value, scope, flow);
    if (!key) return { kind: 'object' };
    const name = key.kind === 'identifier' ? key.text : key.kind === 'string' ? key.value : undefined;
    if (key.kind !== 'identifier') keys.push(context.value(key, scope, flow).type);
    fields.push({ name: name ?? '', type: settledType(type) });
  }
  if (!context.rules.typedLiterals) return { kind: 'object' };
  if (!node.map) return fields.some(({ name }) => name === '') ? unknownType : { kind: 'struct', fields };
  const key = commonType(keys, context.dialect);
  const value = commonType(
    fields.map(({ type }) => type),
    context.dialect,
  );
  return key && value && keys.length > 0 ? { kind: 'map', key: settledType(key), value } : unknownType;
}

/** The type of what a colon leads to. */
function keyType(type: SqlType, key: string): SqlType {
  if (type.kind === 'object' && type.fields) return type.fields.find(({ name }) => name === key)?.type ?? unknownType;
  if (type.kind === 'map') return type.value;
  return type.kind === 'variant' || type.kind === 'object' || type.kind === 'array' ? variantType : unknownType;
}

function elementType(type: SqlType, index: Expression | undefined): SqlType {
  const { kind } = type;
  if (kind === 'array') return type.element ?? variantType;
  if (kind === 'map') return type.value;
  if (kind === 'varchar') return varcharType;
  if (kind === 'variant' || (kind === 'object' && !type.fields)) return variantType;
  if (kind === 'struct' || kind === 'object') {
    return index?.kind === 'string' ? (memberType(type, index.value) ?? unknownType) : unknownType;
  }
  return unknownType;
}
