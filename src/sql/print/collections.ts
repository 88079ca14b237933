import { precedence } from '../dialect.ts';
import type { ArrayLiteral, Comprehension, Lambda, LambdaParameter, ObjectEntry, ObjectLiteral } from '../tree.ts';
import { printArgument } from './call.ts';
import { concat, type Doc, enclose } from './document.ts';
import { identifierText } from './names.ts';
import { list, type Printing } from './printing.ts';

/** `[a, b]` */
export function printArray(printing: Printing, { keyword, items, end }: ArrayLiteral): Doc {
  const word = keyword ? 'array' : '';
  if (items.length === 0) return `${word}[]`;
  const docs = list(printing, items, (item) => printArgument(printing, item));
  return concat(word, enclose('[', concat(docs, printing.comments.inside(end)), ']'));
}

/** `{'k': v}` */
export function printObject(printing: Printing, { map, entries, end }: ObjectLiteral): Doc {
  const word = map ? 'map ' : '';
  if (entries.length === 0) return `${word}{}`;
  const docs = list(printing, entries, (entry) => printEntry(printing, entry));
  return concat(word, enclose('{', concat(docs, printing.comments.inside(end)), '}'));
}

function printEntry(printing: Printing, { key, value }: ObjectEntry): Doc {
  if (key === undefined) return printing.expression(value);
  const name = key.kind === 'identifier' ? identifierText(printing, key) : printing.expression(key);
  return concat(name, ': ', printing.expression(value));
}

/** `x -> x + 1`, `(a int, b) -> a + b`, `lambda x: x + 1` */
export function printLambda(printing: Printing, { keyword, parameters, body }: Lambda): Doc {
  const names = parameters.map((parameter) => printLambdaParameter(printing, parameter));
  const separated = names.flatMap((name, index) => (index === 0 ? [name] : [', ', name]));
  const inner = printing.operand(body, precedence.lambda);
  if (keyword) return concat('lambda ', ...separated, ': ', inner);
  const alone = parameters.length === 1 && parameters[0]!.type === undefined;
  return concat(...(alone ? separated : ['(', ...separated, ')']), ' -> ', inner);
}

function printLambdaParameter(printing: Printing, { name, type }: LambdaParameter): Doc {
  const text = identifierText(printing, name, 'notColumn');
  return type ? concat(text, ' ', printing.type(type)) : text;
}

/** `[x + 1 for x in list if x > 0]` */
export function printComprehension(printing: Printing, node: Comprehension): Doc {
  const variables = node.variables.map((variable) => identifierText(printing, variable, 'notColumn')).join(', ');
  const condition = node.condition ? concat(' if ', printing.expression(node.condition)) : '';
  const head = concat(printing.expression(node.value), ` for ${variables} in `);
  return concat('[', head, printing.expression(node.list), condition, ']');
}
