import type { DataType, TypeParameter } from '../tree.ts';
import { concat, type Doc } from './document.ts';
import { stringText } from './literals.ts';
import { dottedText, identifierText } from './names.ts';
import { type Printing, parenthesizedList } from './printing.ts';

/** Names that need no quotes: a word, or one of those that are several. */
const plain =
  /^([a-z_][\w$]*|double precision|(national )?(char|character|nchar|binary|bit)( varying)?|interval [a-z ]+|time(stamp)? with(out)?( local)? time zone)$/;

/** `number(10, 2)`, `struct(a int, b varchar[])`. */
export function printType(printing: Printing, type: DataType): Doc {
  const qualifier = type.qualifier ? `${dottedText(printing, type.qualifier, 'notTable')}.` : '';
  const dimensions = type.dimensions.map((size) => `[${size ?? ''}]`).join('');
  const { parameters } = type;
  const isPlain = plain.test(type.name) && !isReserved(printing, type);
  const name = isPlain ? type.name : `"${type.name.replaceAll('"', '""')}"`;
  if (parameters.length === 0) return `${qualifier}${name}${dimensions}`;
  // `timestamp (3) with time zone`: the number stands behind the first word.
  const [first = '', rest] = /^(?:timestamp|time) with/.test(name) ? splitFirst(name) : [name, ''];
  const inner = parenthesizedList(printing, parameters, (parameter) => printParameter(printing, parameter));
  return concat(qualifier, first, inner, rest, dimensions);
}

/** Whether the name cannot be a type without quotes; words like `struct` can, with what they hold. */
function isReserved({ dialect }: Printing, { name, parameters }: DataType): boolean {
  return parameters.length === 0 && ` ${dialect.syntax.words.notType} `.includes(` ${name} `);
}

function splitFirst(name: string): [string, string] {
  const blank = name.indexOf(' ');
  return [name.slice(0, blank), name.slice(blank)];
}

function printParameter(printing: Printing, parameter: TypeParameter): Doc {
  if (parameter.kind === 'value') {
    const { value } = parameter;
    if (value.kind === 'string') return stringText(value, printing.dialect);
    // Any word can stand there without quotes, and NULL in quotes is something else.
    return value.kind === 'column' ? dottedText(printing, value.parts) : printing.expression(value);
  }
  const ending = parameter.notNull ? ' not null' : '';
  if (parameter.kind === 'type') return concat(printing.type(parameter.type), ending);
  return concat(identifierText(printing, parameter.name), ' ', printing.type(parameter.type), ending);
}
