import { through } from '../../lineage/index.ts';
import { castability, settledType, typeText } from '../../types/index.ts';
import type { Handlers } from './handler.ts';
import { type Ingredient, isText, mixedType } from './mixture.ts';
import { reportMismatch, warnOfMismatch } from './type-mismatch.ts';
import { writtenType } from './written-type.ts';

export const conditionals: Handlers<'case' | 'cast' | 'parenthesized'> = {
  case: (context, node, scope, flow) => {
    const inner = through('computed', flow);
    if (node.operand) context.value(node.operand, scope, inner);
    const results: Ingredient[] = [];
    for (const { when, then } of node.branches) {
      context.value(when, scope, inner);
      results.push({ expression: then, value: context.value(then, scope, inner) });
    }
    if (node.otherwise) {
      results.push({ expression: node.otherwise, value: context.value(node.otherwise, scope, inner) });
    }
    const nullable = !node.otherwise || results.some(({ value }) => value.nullable);
    return { type: settledType(mixedType(context, results, node)), nullable };
  },
  cast: (context, node, scope, flow) => {
    const operand = context.value(node.operand, scope, through('computed', flow));
    if (node.format) context.value(node.format, scope, through('computed', flow));
    const type = writtenType(context, node.type);
    const tries = node.syntax === 'try_cast' && context.dialect.types.triesEveryCast;
    if (!tries && !isText(node.operand) && castability(operand.type, type, context.dialect) === 'no') {
      const [from, to] = [operand.type, type].map((one) => typeText(one, context.dialect));
      const mayBeNull = operand.nullable && context.dialect.types.castsEveryNull;
      const tell = mayBeNull ? warnOfMismatch : reportMismatch;
      tell(context, [operand.type, type], node, `${from} cannot be cast to ${to}.`);
    }
    const loses = node.syntax === 'try_cast' || ['variant', 'json', 'unknown'].includes(operand.type.kind);
    return { type, nullable: loses || operand.nullable };
  },
  parenthesized: (context, node, scope, flow) => context.value(node.expression, scope, flow),
};
