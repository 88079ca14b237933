import { foldName, storedName } from '../names/index.ts';
import type { Expression } from '../tree.ts';
import type { Context } from './context.ts';

/** How an output column without alias is called. Certain for columns; otherwise it is what it looks like. */
export function expressionName(
  context: Context,
  expression: Expression,
): { readonly name: string; readonly key: string; readonly named: boolean } {
  const { rules } = context;
  if (expression.kind === 'parenthesized') return expressionName(context, expression.expression);
  if (expression.kind === 'column') {
    const meaning = context.meanings.get(expression)?.found;
    const last = expression.parts.at(-1)!;
    const members = meaning && 'members' in meaning && Array.isArray(meaning.members) && meaning.members.length > 0;
    const listed = meaning?.kind === 'column' && !members ? meaning.column.name : undefined;
    return { name: listed ?? storedName(last, rules), key: foldName(last, rules), named: true };
  }
  const text = context.text.slice(expression.start, expression.end);
  const name = rules.expressionNames === 'text' ? text.toUpperCase() : text;
  return { name, key: rules.folding === 'insensitive' ? name.toLowerCase() : name, named: false };
}
