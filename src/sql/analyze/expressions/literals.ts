import { through } from '../../lineage/index.ts';
import { literalType } from '../../types/index.ts';
import type { Context, Value } from '../context.ts';
import { type Handlers, unknownValue } from './handler.ts';
import { writtenType } from './written-type.ts';

const literal = (context: Context, node: Parameters<typeof literalType>[0]): Value => ({
  type: literalType(node, context.dialect),
  nullable: node.kind === 'null',
});

export const literals: Handlers<
  | 'number'
  | 'string'
  | 'boolean'
  | 'null'
  | 'typed-literal'
  | 'interval'
  | 'parameter'
  | 'default'
  | 'stage-reference'
  | 'bad-expression'
> = {
  number: literal,
  string: literal,
  boolean: literal,
  null: literal,
  'typed-literal': (context, node) => ({ type: writtenType(context, node.type), nullable: false }),
  interval: (context, node, scope, flow) => {
    const { nullable } = context.value(node.value, scope, through('computed', flow));
    return { type: literalType(node, context.dialect), nullable };
  },
  parameter: () => unknownValue,
  default: () => unknownValue,
  'stage-reference': () => unknownValue,
  'bad-expression': () => unknownValue,
};
