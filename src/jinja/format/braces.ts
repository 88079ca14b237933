import { repr, str } from '../display.ts';
import { TemplateError } from '../errors.ts';
import type { Value } from '../values.ts';
import { formatSpec } from './spec.ts';

/** How a format string reaches members: the same guarded access that templates have. */
export interface Access {
  attribute(object: Value, name: string): Value;
  item(object: Value, key: Value): Value;
}

/** Where the fields find their values. */
interface Fields {
  readonly args: readonly Value[];
  readonly named: (name: string) => Value | undefined;
  readonly access: Access;
  automatic: number | undefined;
}

/**
 * Python's `format.format(*args, **kwargs)`.
 *
 * @param named finds a keyword argument, or a key of `format_map`'s mapping.
 */
export function formatBraces(
  format: string,
  args: readonly Value[],
  named: (name: string) => Value | undefined,
  access: Access,
): string {
  return expand(format, { args, named, access, automatic: 0 }, 2);
}

function expand(format: string, fields: Fields, depth: number): string {
  if (depth < 0) throw new TemplateError('Max string recursion exceeded', 'ValueError');
  let out = '';
  let at = 0;
  while (at < format.length) {
    const char = format[at]!;
    if (char === '{' && format[at + 1] !== '{') {
      const close = closingBrace(format, at);
      out += field(format.slice(at + 1, close), fields, depth);
      at = close + 1;
      continue;
    }
    if ((char === '{' || char === '}') && format[at + 1] !== char) {
      throw new TemplateError(`Single '${char}' encountered in format string`, 'ValueError');
    }
    out += char;
    at += char === '{' || char === '}' ? 2 : 1;
  }
  return out;
}

function closingBrace(format: string, open: number): number {
  let depth = 0;
  for (let at = open; at < format.length; at++) {
    if (format[at] === '{') depth++;
    if (format[at] === '}' && --depth === 0) return at;
  }
  if (open === format.length - 1) throw new TemplateError("Single '{' encountered in format string", 'ValueError');
  throw new TemplateError("expected '}' before end of string", 'ValueError');
}

const FIELD = /^([^!:]*(?:\[[^\]]*\][^!:[]*)*)(?:!([^:]*))?(?::([\s\S]*))?$/;

function field(body: string, fields: Fields, depth: number): string {
  const match = FIELD.exec(body);
  if (!match) throw new TemplateError("unmatched '{' in format spec", 'ValueError');
  const [, name = '', conversion, spec = ''] = match;
  let value = resolve(name, fields);
  if (conversion === 's') value = str(value);
  else if (conversion === 'r' || conversion === 'a') value = repr(value);
  else if (conversion !== undefined) {
    throw new TemplateError(`Unknown conversion specifier ${conversion}`, 'ValueError');
  }
  return formatSpec(value, spec.includes('{') || spec.includes('}') ? expand(spec, fields, depth - 1) : spec);
}

function resolve(path: string, fields: Fields): Value {
  const first = /^[^.[]*/.exec(path)![0];
  let value = base(first, fields);
  let rest = path.slice(first.length);
  while (rest !== '') {
    const step = /^\.([^.[]+)|^\[([^\]]+)\]/.exec(rest);
    if (!step) throw new TemplateError('Empty attribute in format string', 'ValueError');
    const [whole, attribute, key] = step;
    if (attribute !== undefined) value = fields.access.attribute(value, attribute);
    else value = fields.access.item(value, /^\d+$/.test(key!) ? Number(key) : key!);
    rest = rest.slice(whole.length);
  }
  return value;
}

function base(name: string, fields: Fields): Value {
  if (name === '' || /^\d+$/.test(name)) {
    if ((name === '') !== (fields.automatic !== undefined) && fields.automatic !== 0) {
      const [from, to] = name === '' ? ['manual', 'automatic'] : ['automatic', 'manual'];
      const what = (kind: string): string =>
        kind === 'manual' ? 'manual field specification' : 'automatic field numbering';
      throw new TemplateError(`cannot switch from ${what(from)} to ${what(to)}`, 'ValueError');
    }
    let index = Number(name);
    if (name === '') index = fields.automatic!++;
    else fields.automatic = undefined;
    const value = fields.args[index];
    if (value === undefined) {
      throw new TemplateError(`Replacement index ${index} out of range for positional args tuple`, 'IndexError');
    }
    return value;
  }
  const value = fields.named(name);
  if (value === undefined) throw new TemplateError(repr(name), 'KeyError');
  return value;
}
