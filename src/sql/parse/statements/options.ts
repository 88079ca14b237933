import type { Option, OptionList, OptionValue } from '../../statement-tree.ts';
import type { Cursor } from '../cursor.ts';
import { parseName } from '../names.ts';
import { parseGroup, parseOptionValue, parseUnsignedGroup, takeKey } from './option-values.ts';
import { acceptPhrase, parseList, parseParenthesized, phraseAt } from './words.ts';

/** How the value of an option without a sign is written. */
type Shape = 'nothing' | 'value' | 'values' | 'expressions' | 'policy' | 'group';

/** Options that are more than `name = value`, by their words; longer ones first. */
const phrases: readonly (readonly [phrase: string, shape: Shape])[] = [
  ['copy grants', 'nothing'],
  ['copy tags', 'nothing'],
  ['cluster by linear', 'expressions'],
  ['cluster by', 'expressions'],
  ['partition by', 'expressions'],
  ['partitioned by', 'expressions'],
  ['row access policy', 'policy'],
  ['aggregation policy', 'policy'],
  ['storage lifecycle policy', 'policy'],
  ['join policy', 'policy'],
  ['tag', 'group'],
  ['contact', 'group'],
  ['allowed_values', 'values'],
  ['start with', 'value'],
  ['start', 'value'],
  ['increment by', 'value'],
  ['increment', 'value'],
  ['no minvalue', 'nothing'],
  ['no maxvalue', 'nothing'],
  ['no cycle', 'nothing'],
  ['minvalue', 'value'],
  ['maxvalue', 'value'],
  ['cache', 'value'],
  ['cycle', 'nothing'],
  ['order', 'nothing'],
  ['noorder', 'nothing'],
  ['language', 'value'],
  ['execute as', 'value'],
  ['called on null input', 'nothing'],
  ['returns null on null input', 'nothing'],
  ['strict', 'nothing'],
  ['immutable where', 'expressions'],
  ['immutable', 'nothing'],
  ['volatile', 'nothing'],
  ['stable', 'nothing'],
  ['memoizable', 'nothing'],
  ['not null', 'nothing'],
  ['null', 'nothing'],
  ['on commit preserve rows', 'nothing'],
  ['on commit delete rows', 'nothing'],
  ['on commit drop', 'nothing'],
  ['require user', 'nothing'],
  ['managed access', 'nothing'],
  ['comment', 'value'],
  ['using', 'value'],
  ['from share', 'value'],
  ['as replica of', 'value'],
];

/** All options that stand here, in order, with or without commas between them. */
export function parseOptions(cursor: Cursor): Option[] {
  const options: Option[] = [];
  for (let option = acceptOption(cursor); option !== undefined; option = acceptOption(cursor)) {
    options.push(option);
    if (cursor.is(',') && startsOption(cursor, 1)) cursor.advance();
  }
  return options;
}

function startsOption(cursor: Cursor, distance: number): boolean {
  return cursor.isAhead(distance + 1, '=') || phrases.some(([phrase]) => phraseAt(cursor, phrase, distance) > 0);
}

/** One option, undefined if none stands here. */
export function acceptOption(cursor: Cursor): Option | undefined {
  const { start } = cursor;
  if (cursor.is('with') && cursor.isAhead(1, '(')) return parseWithGroup(cursor);
  const isPrefixed = cursor.is('with') && startsOption(cursor, 1);
  if (!isPrefixed && !startsOption(cursor, 0)) return undefined;
  if (isPrefixed) cursor.advance();
  const prefix = isPrefixed ? 'with ' : '';
  if (cursor.isAhead(1, '=')) return parseSigned(cursor, prefix, start);
  for (const [phrase, shape] of phrases) {
    if (!acceptPhrase(cursor, phrase)) continue;
    const sign = cursor.accept('=') ? '=' : '';
    const value = parseShape(cursor, shape);
    const place = { start, end: cursor.previousEnd };
    return { kind: 'option', name: `${prefix}${phrase}`, sign, ...(value && { value }), ...place };
  }
  return undefined;
}

/** `WITH (format = 'parquet')` */
function parseWithGroup(cursor: Cursor): Option {
  const { start } = cursor;
  cursor.advance();
  const value = parseUnsignedGroup(cursor);
  return { kind: 'option', name: 'with', sign: '', value, start, end: cursor.previousEnd };
}

/** `name = value` */
function parseSigned(cursor: Cursor, prefix: string, start: number): Option {
  const name = `${prefix}${takeKey(cursor)}`;
  cursor.advance();
  const value = parseOptionValue(cursor);
  return { kind: 'option', name, sign: '=', value, start, end: cursor.previousEnd };
}

function parseShape(cursor: Cursor, shape: Shape): OptionValue | undefined {
  switch (shape) {
    case 'nothing':
      return undefined;
    case 'value':
      return parseOptionValue(cursor);
    case 'values':
      return parseBareList(cursor);
    case 'expressions':
      return parseExpressions(cursor);
    case 'policy':
      return parsePolicy(cursor);
    case 'group':
      return parseGroup(cursor);
  }
}

function parseBareList(cursor: Cursor): OptionList {
  const { start } = cursor;
  const items = parseList(cursor, parseOptionValue);
  return { kind: 'option-list', items, start, end: cursor.previousEnd };
}

function parseExpressions(cursor: Cursor): OptionList {
  const { start } = cursor;
  const items = parseParenthesized(cursor, (at) => at.grammar.expression(at));
  return { kind: 'option-list', items, start, end: cursor.previousEnd };
}

/** `name ON (a, b)`, as a list of the name and the columns. */
function parsePolicy(cursor: Cursor): OptionList {
  const { start } = cursor;
  const name = parseName(cursor);
  const columns: OptionValue[] = [];
  for (const words of ['on', 'entity key', 'allowed join keys']) {
    if (acceptPhrase(cursor, words)) columns.push(parseExpressions(cursor));
  }
  return { kind: 'option-list', items: [name, ...columns], start, end: cursor.previousEnd };
}
