import { truthy } from '../compare.ts';
import { repr, str, typeName } from '../display.ts';
import { TemplateError } from '../errors.ts';
import { formatPercent } from '../format/percent.ts';
import { codePoints, iterate, lengthOf } from '../iterate.ts';
import { capitalize, splitLines, strip } from '../methods/characters.ts';
import { intArgument } from '../methods/method.ts';
import { STR_METHODS } from '../methods/str.ts';
import type { Value } from '../values.ts';
import { Dict, Tuple, Undefined } from '../values.ts';
import { attributeGetter } from './access.ts';
import type { FilterEngine } from './filter.ts';
import { filterTable } from './filter.ts';
import { wrapLine } from './wrap.ts';

function method(name: string, self: string, args: Value[], engine: () => FilterEngine): Value {
  return STR_METHODS.get(name)!.call(self, args, undefined, engine());
}

function titleWords(text: string): string {
  return text
    .split(/([-\s({[<]+)/)
    .map((word) => {
      const [first = '', ...rest] = word;
      return first.toUpperCase() + rest.join('').toLowerCase();
    })
    .join('');
}

/** A value that must be a string for `method`, as Python reports it. */
function needString(value: Value, attribute: string): string {
  if (typeof value === 'string') return value;
  throw new TemplateError(`'${typeName(value)}' object has no attribute '${attribute}'`, 'AttributeError');
}

function indent(value: Value, width: Value | undefined, first: boolean, blank: boolean): string {
  const indention = typeof width === 'string' ? width : ' '.repeat(Math.max(0, intArgument(width, 4)));
  if (value instanceof Undefined) throw value.error();
  if (typeof value !== 'string') {
    throw new TemplateError(`unsupported operand type(s) for +=: '${typeName(value)}' and 'str'`, 'TypeError');
  }
  const lines = splitLines(`${value}\n`);
  const text = lines.map((line, index) => (index > 0 && (blank || line !== '') ? indention + line : line)).join('\n');
  return first ? indention + text : text;
}

function truncate(text: string, length: number, killWords: boolean, end: string, leeway: number): string {
  if (length < lengthOf(end)) {
    throw new TemplateError(`expected length >= ${lengthOf(end)}, got ${length}`, 'AssertionError');
  }
  if (leeway < 0) throw new TemplateError(`expected leeway >= 0, got ${leeway}`, 'AssertionError');
  const chars = codePoints(text);
  if (chars.length <= length + leeway) return text;
  const cut = chars.slice(0, length - lengthOf(end)).join('');
  const space = cut.lastIndexOf(' ');
  return (killWords || space < 0 ? cut : cut.slice(0, space)) + end;
}

function join(value: Value, glue: Value, attribute: Value | undefined): string {
  const get = attributeGetter(attribute ?? null);
  return Array.from(iterate(value), (item) => str(get(item))).join(str(glue));
}

function format(value: Value, args: Tuple, kwargs: Dict): string {
  if (args.items.length > 0 && kwargs.size > 0) {
    throw new TemplateError("can't handle positional and keyword arguments at the same time", 'FilterArgumentError');
  }
  return formatPercent(str(value), kwargs.size > 0 ? kwargs : args);
}

function stringForm(value: Value): string {
  return str(value);
}

/** The filters that make text of text. */
export const TEXT_FILTERS = filterTable({
  upper: (value) => str(value).toUpperCase(),
  lower: (value) => str(value).toLowerCase(),
  capitalize: (value) => capitalize(str(value)),
  title: (value) => titleWords(str(value)),
  'trim chars=': (value, [chars]) => {
    if (chars === undefined || chars === null) return strip(str(value), undefined, 'both');
    if (typeof chars === 'string') return strip(str(value), chars, 'both');
    throw new TemplateError('strip arg must be None or str', 'TypeError');
  },
  'center width=': (value, [width = 80], engine) => method('center', str(value), [width], engine),
  'replace old new count=': (value, [old, by, count], engine) =>
    method('replace', str(value), [str(old!), str(by!), count ?? -1], engine),
  'indent width= first= blank=': (value, [width, first, blank]) =>
    indent(value, width, truthy(first ?? false), truthy(blank ?? false)),
  'truncate length= killwords= end= leeway=': (value, [length, kill, end, leeway]) =>
    truncate(
      typeof value === 'string' ? value : tooShort(value),
      intArgument(length, 255),
      truthy(kill ?? false),
      str(end ?? '...'),
      intArgument(leeway ?? undefined, 5),
    ),
  'wordwrap width= break_long_words= wrapstring= break_on_hyphens=': (value, [width, long, glue, hyphens]) => {
    const wrap = str(glue ?? '\n');
    const lines = splitLines(needString(value, 'splitlines'));
    const options = {
      width: intArgument(width, 79),
      breakLong: truthy(long ?? true),
      breakHyphens: truthy(hyphens ?? true),
    };
    return lines.map((line) => wrapLine(line, options).join(wrap)).join(wrap);
  },
  wordcount: (value) => str(value).match(/[\p{L}\p{N}\p{M}_]+/gu)?.length ?? 0,
  'format *args **kwargs': (value, [args, kwargs]) => format(value, args as Tuple, kwargs as Dict),
  'join d= attribute=': (value, [glue = '', attribute]) => join(value, glue, attribute),
  string: stringForm,
  safe: stringForm,
  'pprint verbose=': (value) => prettyRepr(value, 0, 80),
});

function tooShort(value: Value): string {
  lengthOf(value);
  return str(value);
}

/** Python's pprint: one line where it fits, else one item a line. */
function prettyRepr(value: Value, indentation: number, width: number): string {
  const flat = repr(value instanceof Dict ? sortedDict(value) : value);
  if (flat.length <= width - indentation || typeof value !== 'object' || value === null) return flat;
  const inner = (item: Value): string => prettyRepr(item, indentation + 1, width);
  const glue = `,\n${' '.repeat(indentation + 1)}`;
  if (Array.isArray(value)) return `[${value.map(inner).join(glue)}]`;
  if (value instanceof Tuple) return `(${value.items.map(inner).join(glue)}${value.items.length === 1 ? ',' : ''})`;
  if (!(value instanceof Dict)) return flat;
  const pairs = Array.from(sortedDict(value).entries(), ([key, item]) => {
    const name = repr(key);
    return `${name}: ${prettyRepr(item, indentation + name.length + 3, width)}`;
  });
  return `{${pairs.join(glue)}}`;
}

function sortedDict(dict: Dict): Dict {
  const entries = Array.from(dict.entries());
  if (!entries.every(([key]) => typeof key === 'string')) return dict;
  return Dict.of(entries.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}
