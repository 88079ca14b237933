import { call } from '../../../translate/build.ts';
import type { Translation, TranslationRules } from '../../../translate/translation.ts';
import type { Call, Expression } from '../../../tree.ts';
import { aggregates } from './aggregates.ts';
import { translateCast, typedLiteral } from './casts.ts';
import { want } from './coercion.ts';
import { conditionals } from './conditionals.ts';
import { conversions } from './conversions.ts';
import { dates } from './dates.ts';
import { type FunctionRules, refuseCall, title } from './functions.ts';
import { numbers } from './numbers.ts';
import { among, between, interval, isTest, like, operator, quantified, sign, simpleCase } from './operators.ts';
import { columnReference, positional, star } from './queries.ts';
import { arrayOf, element, objectLiteral, path, semiStructured } from './semi-structured.ts';
import { strings } from './strings.ts';
import { windows } from './windows.ts';

const sequences: ReadonlySet<string> = new Set(['seq1', 'seq2', 'seq4', 'seq8']);

/** All functions that are known to be said right. */
export const functionRules: FunctionRules = {
  ...strings,
  ...numbers,
  ...dates,
  ...conversions,
  ...conditionals,
  ...semiStructured,
  ...aggregates,
  ...windows,
  ...Object.fromEntries([...sequences].map((called) => [called, sequence] as const)),
};

/** Numbers that grow from row to row. */
function sequence(node: Call, translation: Translation): Expression {
  if (node.arguments.length > 0) return refuseCall(node, translation, `${title(node)} with a sign`);
  const counted = translation.surroundings.sequence;
  if (counted) return counted;
  const over = { kind: 'window', partitionBy: [], orderBy: [], start: -1, end: -1 } as const;
  return {
    kind: 'parenthesized',
    expression: {
      kind: 'binary',
      operator: '-',
      left: { ...call('row_number'), over },
      right: { kind: 'number', text: '1', start: -1, end: -1 },
      start: -1,
      end: -1,
    },
    start: -1,
    end: -1,
  };
}

/** Whether there is a call of SEQ inside, which may be a window here, and those cannot stand inside of each other. */
function hasSequence(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  const { kind, name } = node as Partial<Call>;
  if (kind === 'call' && sequences.has(name?.parts.at(-1)?.text.toLowerCase() ?? '')) return true;
  return Object.values(node).some(hasSequence);
}

/** A function that Snowflake has and no rule is for is refused; another one is the project's own. */
function called(node: Call, translation: Translation): Expression {
  const { parts } = node.name;
  const name = parts.at(-1)?.text ?? '';
  if (node.syntax === 'method' || node.name.dynamic) return refuseCall(node, translation, 'Such a call');
  const isShared = parts.length > 1 && parts[0]!.text.toLowerCase() === 'snowflake';
  if (isShared) return refuseCall(node, translation, parts.map(({ text }) => text.toUpperCase()).join('.'));
  if (parts.length > 1) return translation.parts(node);
  if (node.over && !translation.surroundings.sequence && hasSequence(node.over))
    return refuseCall(node, translation, 'A window over SEQ of several tables', 'Number the rows of GENERATOR alone.');
  const rule = Object.hasOwn(functionRules, name.toLowerCase()) ? functionRules[name.toLowerCase()] : undefined;
  if (rule)
    return node.syntax && !understood.has(node.syntax) ? refuseCall(node, translation) : rule(node, translation);
  if (translation.from.functions.find(name)) return refuseCall(node, translation);
  return translation.parts(node);
}

const understood: ReadonlySet<string> = new Set(['bare', 'extract', 'position', 'substring', 'trim']);

export const expressions: TranslationRules['expressions'] = {
  number: 'parts',
  string: (node) =>
    node.quoting === 'hex' ? call('unhex', { ...node, quoting: 'single' }) : { ...node, quoting: 'single' },
  boolean: 'parts',
  null: 'parts',
  'typed-literal': typedLiteral,
  interval,
  column: columnReference,
  'positional-column': positional,
  star,
  parameter: (node, translation) => {
    if (node.mark !== '?') translation.refuse(node, `${node.mark}${node.name}`);
    return node;
  },
  default: 'parts',
  unary: sign,
  binary: operator,
  logical: (node, translation) => ({
    ...node,
    operands: node.operands.map((operand) => want(operand, 'boolean', translation)),
  }),
  is: isTest,
  between,
  in: among,
  like,
  quantified,
  exists: 'parts',
  case: simpleCase,
  cast: translateCast,
  call: called,
  subquery: 'parts',
  array: (node, translation) => {
    const values = node.items.flatMap(({ value, prefix }) => (value.kind === 'query' || prefix ? [] : [value]));
    if (values.length < node.items.length) translation.refuse(node, 'An array with such elements');
    return arrayOf(values, translation);
  },
  object: objectLiteral,
  tuple: 'parts',
  path,
  subscript: element,
  field: 'refused',
  lambda: 'refused',
  comprehension: 'refused',
  'at-time-zone': 'refused',
  collate: 'refused',
  parenthesized: 'parts',
  'stage-reference': 'refused',
  'bad-expression': 'refused',
};
