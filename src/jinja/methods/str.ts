import type { Bound } from '../bind.ts';
import { repr, typeName } from '../display.ts';
import { TemplateError } from '../errors.ts';
import { formatBraces } from '../format/braces.ts';
import { codePoints, hasAstral, iterate } from '../iterate.ts';
import type { Value } from '../values.ts';
import { Dict, Tuple } from '../values.ts';
import * as chars from './characters.ts';
import { clampRange, intArgument, methodTable, strArgument } from './method.ts';

function length(text: string): number {
  return hasAstral(text) ? codePoints(text).length : text.length;
}

/** The text between two character positions, and a way to turn an index in it into one in the whole. */
function part(text: string, start: Bound, end: Bound): { text: string; from: number; valid: boolean } {
  if (start === undefined && end === undefined) return { text, from: 0, valid: true };
  const points = codePoints(text);
  const [from, to] = clampRange(points.length, start, end);
  const past = typeof start === 'number' && start > points.length;
  return { text: points.slice(from, to).join(''), from, valid: !past && from <= to };
}

function find(self: string, sub: Bound, start: Bound, end: Bound, fromRight: boolean): number {
  const needle = strArgument(sub, 'argument 1');
  const inside = part(self, start, end);
  if (!inside.valid) return -1;
  const at = fromRight ? inside.text.lastIndexOf(needle) : inside.text.indexOf(needle);
  return at < 0 ? -1 : inside.from + length(inside.text.slice(0, at));
}

function found(at: number): number {
  if (at < 0) throw new TemplateError('substring not found', 'ValueError');
  return at;
}

function affix(self: string, given: Bound, start: Bound, end: Bound, test: 'startsWith' | 'endsWith'): boolean {
  const inside = part(self, start, end);
  const candidates = given instanceof Tuple ? given.items : [given];
  return candidates.some((candidate) => {
    const what = `${test.toLowerCase()} first arg`;
    if (typeof candidate !== 'string') {
      throw new TemplateError(`${what} must be str or a tuple of str, not ${typeName(candidate ?? null)}`, 'TypeError');
    }
    return inside.valid && inside.text[test](candidate);
  });
}

function pad(self: string, width: Bound, fill: Bound, side: 'left' | 'right' | 'both'): string {
  const filler = fill === undefined ? ' ' : strArgument(fill, 'The fill character');
  if (length(filler) !== 1) {
    throw new TemplateError('The fill character must be exactly one character long', 'TypeError');
  }
  const size = intArgument(width, 0);
  const room = Math.max(0, size - length(self));
  if (side === 'left') return filler.repeat(room) + self;
  if (side === 'right') return self + filler.repeat(room);
  // Python gives the odd blank to the left when the width is odd too.
  const left = (room >> 1) + (room & size & 1);
  return filler.repeat(left) + self + filler.repeat(room - left);
}

function split(self: string, separator: Bound, most: Bound, fromRight: boolean): string[] {
  const limit = intArgument(most, -1);
  if (separator === undefined || separator === null) return chars.splitBlanks(self, limit, fromRight);
  const text = strArgument(separator, 'sep');
  if (text === '') throw new TemplateError('empty separator', 'ValueError');
  return chars.splitBy(self, text, limit, fromRight);
}

function partition(self: string, separator: Bound, at: number, missing: [string, string, string]): Tuple {
  const text = strArgument(separator, 'sep');
  if (text === '') throw new TemplateError('empty separator', 'ValueError');
  return new Tuple(at < 0 ? missing : [self.slice(0, at), text, self.slice(at + text.length)]);
}

function stripped(self: string, given: Bound, side: 'both' | 'left' | 'right'): string {
  if (given === undefined || given === null) return chars.strip(self, undefined, side);
  return chars.strip(self, strArgument(given, 'strip arg'), side);
}

function replace(self: string, old: Bound, by: Bound, count: Bound): string {
  const [needle, text] = [strArgument(old, 'replace() argument 1'), strArgument(by, 'replace() argument 2')];
  const limit = intArgument(count, -1);
  if (limit < 0) return self.replaceAll(needle, () => text);
  let out = '';
  let rest = needle === '' ? codePoints(self) : self.split(needle);
  if (needle === '') rest = ['', ...rest, ''];
  const glue = needle;
  for (const [index, piece] of rest.entries()) out += index === 0 ? piece : (index <= limit ? text : glue) + piece;
  return out;
}

function join(self: string, items: Bound): string {
  const texts = Array.from(iterate(items ?? null, 'can only join an iterable'), (item, index) => {
    if (typeof item === 'string') return item;
    throw new TemplateError(`sequence item ${index}: expected str instance, ${typeName(item)} found`, 'TypeError');
  });
  return texts.join(self);
}

function zfill(self: string, width: Bound): string {
  const sign = /^[-+]/.exec(self)?.[0] ?? '';
  return (
    sign + self.slice(sign.length).padStart(intArgument(width, 0) - sign.length - (length(self) - self.length), '0')
  );
}

function expandTabs(self: string, size: Bound): string {
  const width = intArgument(size, 8);
  let column = 0;
  let out = '';
  for (const char of self) {
    if (char === '\t') {
      const blanks = width > 0 ? width - (column % width) : 0;
      out += ' '.repeat(blanks);
      column += blanks;
    } else {
      out += char;
      column = char === '\n' || char === '\r' ? 0 : column + 1;
    }
  }
  return out;
}

function translate(self: string, table: Bound): string {
  if (!(table instanceof Dict))
    throw new TemplateError(`'${typeName(table ?? null)}' object is not a mapping`, 'TypeError');
  return Array.from(self, (char) => {
    const to = table.get(char.codePointAt(0)!);
    if (to === undefined) return char;
    if (to === null) return '';
    return typeof to === 'number' ? String.fromCodePoint(to) : strArgument(to, 'character mapping');
  }).join('');
}

function makeTranslation(from: Bound, to: Bound, drop: Bound): Dict {
  const table = new Dict();
  if (from instanceof Dict) {
    for (const [key, value] of from.entries()) table.set(typeof key === 'string' ? key.codePointAt(0)! : key, value);
    return table;
  }
  const [left, right] = [
    codePoints(strArgument(from, 'first maketrans argument')),
    codePoints(strArgument(to, 'second maketrans argument')),
  ];
  if (left.length !== right.length) {
    throw new TemplateError('the first two maketrans arguments must have equal length', 'ValueError');
  }
  for (const [index, char] of left.entries()) table.set(char.codePointAt(0)!, right[index]!.codePointAt(0)!);
  if (drop !== undefined)
    for (const char of strArgument(drop, 'third maketrans argument')) table.set(char.codePointAt(0)!, null);
  return table;
}

/** Python's str methods. */
export const STR_METHODS = methodTable<string>({
  upper: (self) => self.toUpperCase(),
  lower: (self) => self.toLowerCase(),
  title: (self) => chars.title(self),
  capitalize: (self) => chars.capitalize(self),
  swapcase: (self) => chars.swapCase(self),
  casefold: (self) => chars.caseFold(self),
  'strip chars= /': (self, [set]) => stripped(self, set, 'both'),
  'lstrip chars= /': (self, [set]) => stripped(self, set, 'left'),
  'rstrip chars= /': (self, [set]) => stripped(self, set, 'right'),
  'split sep= maxsplit=': (self, [separator, most]) => split(self, separator, most, false),
  'rsplit sep= maxsplit=': (self, [separator, most]) => split(self, separator, most, true),
  'splitlines keepends=': (self, [keep]) => chars.splitLines(self, keep === true || keep === 1),
  'partition sep /': (self, [sep]) => partition(self, sep, self.indexOf(String(sep)), [self, '', '']),
  'rpartition sep /': (self, [sep]) => partition(self, sep, self.lastIndexOf(String(sep)), ['', '', self]),
  'replace old new count= /': (self, [old, by, count]) => replace(self, old, by, count),
  'join iterable /': (self, [items]) => join(self, items),
  'startswith prefix start= end= /': (self, [prefix, start, end]) => affix(self, prefix, start, end, 'startsWith'),
  'endswith suffix start= end= /': (self, [suffix, start, end]) => affix(self, suffix, start, end, 'endsWith'),
  'removeprefix prefix /': (self, [prefix]) => {
    const text = strArgument(prefix, 'removeprefix() argument');
    return self.startsWith(text) ? self.slice(text.length) : self;
  },
  'removesuffix suffix /': (self, [suffix]) => {
    const text = strArgument(suffix, 'removesuffix() argument');
    return text !== '' && self.endsWith(text) ? self.slice(0, -text.length) : self;
  },
  'find sub start= end= /': (self, [sub, start, end]) => find(self, sub, start, end, false),
  'rfind sub start= end= /': (self, [sub, start, end]) => find(self, sub, start, end, true),
  'index sub start= end= /': (self, [sub, start, end]) => found(find(self, sub, start, end, false)),
  'rindex sub start= end= /': (self, [sub, start, end]) => found(find(self, sub, start, end, true)),
  'count sub start= end= /': (self, [sub, start, end]) => {
    const needle = strArgument(sub, 'argument 1');
    const inside = part(self, start, end);
    if (!inside.valid) return 0;
    return needle === '' ? length(inside.text) + 1 : inside.text.split(needle).length - 1;
  },
  'center width fillchar= /': (self, [width, fill]) => pad(self, width, fill, 'both'),
  'ljust width fillchar= /': (self, [width, fill]) => pad(self, width, fill, 'right'),
  'rjust width fillchar= /': (self, [width, fill]) => pad(self, width, fill, 'left'),
  'zfill width /': (self, [width]) => zfill(self, width),
  'expandtabs tabsize=': (self, [size]) => expandTabs(self, size),
  'translate table /': (self, [table]) => translate(self, table),
  'maketrans x y= z= /': (_self, [x, y, z]) => makeTranslation(x, y, z),
  'format *args **kwargs': (self, [args, kwargs], engine) =>
    formatBraces(self, (args as Tuple).items, (name) => (kwargs as Dict).get(name), engine),
  'format_map mapping /': (self, [mapping], engine) =>
    formatBraces(self, [], (name) => mapItem(mapping ?? null, name), engine),
  isalpha: (self) => chars.isAlpha(self),
  isdigit: (self) => chars.isDigit(self),
  isdecimal: (self) => chars.isDecimal(self),
  isnumeric: (self) => chars.isNumeric(self),
  isalnum: (self) => chars.isAlnum(self),
  isspace: (self) => chars.isSpace(self),
  isascii: (self) => chars.isAscii(self),
  isidentifier: (self) => chars.isIdentifier(self),
  isprintable: (self) => chars.isPrintable(self),
  islower: (self) => chars.isLower(self),
  isupper: (self) => chars.isUpper(self),
  istitle: (self) => chars.isTitle(self),
});

function mapItem(mapping: Value, name: string): Value | undefined {
  if (mapping instanceof Dict) return mapping.get(name);
  throw new TemplateError(`format_map() argument must be a mapping, not ${repr(typeName(mapping))}`, 'TypeError');
}
