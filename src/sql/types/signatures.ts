import type {
  FunctionColumn,
  FunctionKind,
  FunctionParameter,
  NullRule,
  Pattern,
  ResultFunction,
  ResultRule,
  Signature,
  TypeClass,
} from '../function-catalogue.ts';
import type { TypeRules } from './rules.ts';
import { readTypeText } from './type-text.ts';

/** What the words of a signature mean in a dialect. */
export interface SignatureContext {
  readonly types: TypeRules;
  /** Results that are computed, by the name that signatures call them. */
  readonly results: Readonly<Record<string, ResultFunction>>;
  readonly kind: FunctionKind;
  /** Of signatures that say nothing themselves. */
  readonly nulls: NullRule;
}

/**
 * Reads the signatures of one function: `(moment, integer, part?) same ; maybe / (any*) varchar`.
 *
 * A parameter is `[name] pattern`, with `?` if it can be left out, `*` or `+` (at least one) if it repeats. A result is
 * `same`, `same2` (the second argument's), `common`, `common2` (from the second on), `=name` (computed), or a type.
 * Behind `;` stand a {@link NullRule}, `stable`, `volatile`, `within`, `within?`, `over` (required) and `alone` (no
 * OVER). `=>` introduces the columns of a table function.
 */
export function readSignatures(text: string, context: SignatureContext): Signature[] {
  return text.split(' / ').map((signature) => readSignature(signature.trim(), context));
}

function readSignature(text: string, context: SignatureContext): Signature {
  const close = matchingParenthesis(text);
  const parameters = splitList(text.slice(1, close)).map((parameter) => readParameter(parameter, context.types));
  const [head = '', columns] = text.slice(close + 1).split('=>');
  const [result = '', words = ''] = head.split(';');
  const flags = words.trim().split(/\s+/);
  const repeats = parameters.some(({ repeats }) => repeats !== undefined);
  const over = flags.includes('over') || context.kind === 'window' ? 'required' : overOf(context.kind, flags);
  return {
    kind: context.kind,
    parameters: parameters.map(({ repeats: _repeats, ...parameter }) => parameter),
    minimum: parameters.filter(({ optional }) => !optional).length,
    maximum: repeats ? Number.POSITIVE_INFINITY : parameters.length,
    repeats,
    result: readResult(result.trim(), context),
    nulls: flags.find(isNullRule) ?? context.nulls,
    determinism: flags.includes('volatile') ? 'volatile' : flags.includes('stable') ? 'stable' : 'immutable',
    over,
    withinGroup: flags.includes('within') ? 'required' : flags.includes('within?') ? 'allowed' : 'never',
    ...(columns === undefined
      ? {}
      : { columns: splitList(columns).map((column) => readColumn(column, context.types)) }),
  };
}

const overOf = (kind: FunctionKind, flags: readonly string[]): Signature['over'] =>
  kind === 'aggregate' && !flags.includes('alone') ? 'allowed' : 'never';

const isNullRule = (word: string): word is NullRule => ['any', 'all', 'never', 'maybe'].includes(word);

interface RepeatingParameter extends FunctionParameter {
  readonly repeats?: '*' | '+';
}

function readParameter(text: string, types: TypeRules): RepeatingParameter {
  const [, body = '', mark = ''] = /^(.*?)([?*+]?)$/.exec(text.trim()) ?? [];
  const named = /^([a-z_][\w]*) (.+)$/.exec(body);
  const pattern = named?.[2] ?? body;
  return {
    ...(named?.[1] === undefined ? {} : { name: named[1] }),
    accepts: readPattern(pattern, types),
    optional: mark === '?' || mark === '*',
    ...(mark === '*' || mark === '+' ? { repeats: mark } : {}),
  };
}

const classes = new Set<string>(
  'number integer text boolean binary string date time timestamp dt moment interval variant array object map struct geography vector file'.split(
    ' ',
  ),
);
const shortClasses: Readonly<Record<string, TypeClass>> = { string: 'text-or-binary', dt: 'date-or-timestamp' };

/** Words in lower case are classes, capitals alone are variables, the rest are types. */
function readPattern(text: string, types: TypeRules): Pattern {
  if (text === 'any' || text === 'ANY') return { kind: 'any' };
  if (text === 'part') return { kind: 'date-part' };
  if (text === 'lambda' || text === 'LAMBDA') return { kind: 'lambda' };
  if (/^[A-Z]$/.test(text)) return { kind: 'variable', name: text };
  if (classes.has(text)) return { kind: 'class', class: shortClasses[text] ?? (text as TypeClass) };
  if (text.endsWith('[]')) return { kind: 'list', element: readPattern(text.slice(0, -2), types) };
  const map = /^MAP\(([^,]+), ?(.+)\)$/.exec(text);
  if (map) return { kind: 'map', key: readPattern(map[1] ?? '', types), value: readPattern(map[2] ?? '', types) };
  return { kind: 'type', type: readTypeText(text, { types }) };
}

function readResult(text: string, { types, results }: SignatureContext): ResultRule {
  const same = /^same(\d*)$/.exec(text);
  if (same) return { kind: 'same', argument: Number(same[1] || 1) - 1 };
  const common = /^common(\d*)$/.exec(text);
  if (common) return { kind: 'common', from: Number(common[1] || 1) - 1 };
  if (text.startsWith('=')) return { kind: 'computed', compute: ruleOf(text.slice(1), results) };
  if (text === '' || text === '?') return { kind: 'pattern', pattern: { kind: 'any' } };
  const hasVariables = /^[A-Z](\[\])*$|^MAP\(/.test(text);
  const pattern: Pattern = hasVariables
    ? readPattern(text, types)
    : { kind: 'type', type: readTypeText(text, { types }) };
  return { kind: 'pattern', pattern };
}

function ruleOf(name: string, results: SignatureContext['results']): ResultFunction {
  const rule = results[name];
  if (!rule) throw new Error(`The catalogue names a result '${name}' that there is not`);
  return rule;
}

function readColumn(text: string, types: TypeRules): FunctionColumn {
  const [name = '', ...type] = text.trim().split(' ');
  return { name, type: type.length === 0 ? { kind: 'unknown' } : readTypeText(type.join(' '), { types }) };
}

/** Separated by commas that stand in no parentheses. */
function splitList(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '(') depth++;
    else if (text[index] === ')') depth--;
    else if (text[index] === ',' && depth === 0) {
      parts.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  const last = text.slice(start).trim();
  return last === '' ? parts : [...parts, last];
}

function matchingParenthesis(text: string): number {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '(') depth++;
    else if (text[index] === ')' && --depth === 0) return index;
  }
  return text.length;
}
