import { binary, branch, call, cast, logical, not, number, string, type } from '../../../translate/build.ts';
import type { Translation } from '../../../translate/translation.ts';
import type {
  Between,
  Binary,
  Case,
  Expression,
  In,
  Interval,
  IsTest,
  Like,
  Quantified,
  Unary,
} from '../../../tree.ts';
import { isNumeric, type SqlType } from '../../../types/index.ts';
import { coerce, comparable, comparableWithNull, want, withoutJsonNull } from './coercion.ts';
import { macro } from './macro.ts';
import { scaling } from './shared-scale.ts';
import { matchesWhole } from './strings.ts';
import { reportEqualVariants } from './whole-variants.ts';

/** docs.snowflake.com/en/sql-reference/operators-arithmetic and its neighbours */
export function operator(node: Binary, translation: Translation): Expression {
  const left = translation.left(node);
  switch (node.operator) {
    case '=':
    case '<>':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compared(node, left, translation);
    case '||':
      return {
        ...node,
        left: coerce(left, translation.typeOf(node.left), 'text'),
        right: want(node.right, 'text', translation),
      };
    case '/':
      return quotient(node, left, translation);
    case '%':
      return macro('snowflake_modulo', asNumber(left, node.left, translation), want(node.right, 'number', translation));
    case '+':
    case '-':
    case '*':
      return arithmetic(node, left, translation);
    default:
      translation.refuse(node, `The operator ${node.operator}`);
      return node;
  }
}

/** A text beside a number is read as a number; DuckDB would round it to the number's own digits. */
function compared(node: Binary, left: Expression, translation: Translation): Expression {
  const [one, other] = [translation.typeOf(node.left), translation.typeOf(node.right)];
  reportEqualVariants(node.left, node.right, translation);
  const right = comparable(node.right, translation);
  const asDecimal = (made: Expression): Expression =>
    macro('snowflake_decimal', made, cast(number(0), type('decimal', 38, 12)));
  const isText = (given: SqlType, beside: SqlType): boolean => given.kind === 'varchar' && isNumeric(beside);
  return {
    ...node,
    left: isText(one, other) ? asDecimal(left) : withoutJsonNull(left, one),
    right: isText(other, one) ? asDecimal(right) : right,
  };
}

const asNumber = (made: Expression, node: Expression, translation: Translation): Expression =>
  coerce(made, translation.typeOf(node), 'number');

function quotient(node: Binary, left: Expression, translation: Translation): Expression {
  const made = [coerce(left, translation.typeOf(node.left), 'operand'), want(node.right, 'operand', translation)];
  return macro('snowflake_divide', ...made);
}

function arithmetic(node: Binary, left: Expression, translation: Translation): Expression {
  const [one, other] = [translation.typeOf(node.left), translation.typeOf(node.right)];
  const right = translation.expression(node.right);
  if (one.kind === 'interval' || other.kind === 'interval') return withInterval(node, left, right, translation);
  if (one.kind === 'date' || other.kind === 'date') return withDate(node, left, right, translation);
  for (const [kind, side] of [
    [one.kind, node.left],
    [other.kind, node.right],
  ] as const)
    if (kind === 'varchar' || kind === 'timestamp' || kind === 'boolean' || kind === 'time') {
      translation.refuse(side, `Arithmetic with a ${kind.toUpperCase()}`, 'Write a cast, or a function of dates.');
      return node;
    }
  const isLarge = Math.abs(constantValue(node) ?? 0) >= 2 ** 31;
  const first = isLarge ? cast(left, type('bigint')) : coerce(left, one, 'number');
  const made: Expression = { ...node, left: first, right: coerce(right, other, 'number') };
  return node.operator === '*' ? withinTwelve(made, one, other) : made;
}

/** What literals give: DuckDB's whole numbers are of 32 bits unless they are written larger. */
function constantValue(node: Expression): number | undefined {
  if (node.kind === 'parenthesized') return constantValue(node.expression);
  if (node.kind !== 'binary') return node.kind === 'number' && /^\d+$/.test(node.text) ? Number(node.text) : undefined;
  const right = constantValue(node.right);
  const left = right === undefined ? undefined : constantValue(node.left);
  if (left === undefined || right === undefined) return undefined;
  return { '+': left + right, '-': left - right, '*': left * right }[node.operator as string];
}

/** A product of NUMBERs has at most twelve digits behind the point, unless a factor has more. */
function withinTwelve(made: Expression, one: SqlType, other: SqlType): Expression {
  if (one.kind !== 'number' || other.kind !== 'number') return made;
  const most = Math.max(one.scale, other.scale, 12);
  return one.scale + other.scale > most ? call('round', made, number(most)) : made;
}

/** DATE plus days, days plus DATE, DATE minus DATE. */
function withDate(node: Binary, left: Expression, right: Expression, translation: Translation): Expression {
  const [one, other] = [translation.typeOf(node.left), translation.typeOf(node.right)];
  if (one.kind === 'date' && other.kind === 'date' && node.operator === '-') return { ...node, left, right };
  const days = (made: Expression, given: SqlType): Expression =>
    made.kind === 'number' ? made : cast(isNumeric(given) ? made : macro('snowflake_operand', made), type('integer'));
  if (
    one.kind === 'date' &&
    (isNumeric(other) || (other.kind === 'unknown' && node.operator === '+')) &&
    node.operator !== '*'
  )
    return { ...node, left, right: days(right, other) };
  if (other.kind === 'date' && (isNumeric(one) || one.kind === 'unknown') && node.operator === '+')
    return { ...node, left: days(left, one), right };
  if (one.kind === 'unknown' || other.kind === 'unknown')
    return { ...node, left: coerce(left, one, 'number'), right: coerce(right, other, 'number') };
  translation.refuse(node, `This arithmetic with a DATE`, 'Write a cast, or a function of dates.');
  return node;
}

/** A DATE stays one if the interval is whole days. */
function withInterval(node: Binary, left: Expression, right: Expression, translation: Translation): Expression {
  const isLeft = translation.typeOf(node.left).kind === 'interval';
  const moment = isLeft ? node.right : node.left;
  const written = stripped(isLeft ? node.left : node.right);
  if (written.kind !== 'interval' || node.operator === '*' || (isLeft && node.operator === '-')) {
    translation.refuse(node, 'This arithmetic with an interval');
    return node;
  }
  const given = coerce(isLeft ? right : left, translation.typeOf(moment), 'moment');
  const sum = binary(given, node.operator, isLeft ? left : right);
  const parts = intervalParts(written);
  return parts?.every(({ unit }) => days.has(unit)) ? call('cast_to_type', sum, given) : sum;
}

const stripped = (node: Expression): Expression => (node.kind === 'parenthesized' ? stripped(node.expression) : node);

interface IntervalPart {
  readonly amount: string;
  readonly unit: string;
}

const days: ReadonlySet<string> = new Set(['year', 'quarter', 'month', 'week', 'day']);

const intervalUnits: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'year y yy yyy yyyy yr years yrs',
    'quarter q qtr qtrs quarters',
    'month mm mon mons months',
    'week w wk weekofyear woy wy weeks',
    'day d dd days dayofmonth',
    'hour h hh hr hours hrs',
    'minute m mi min minutes mins',
    'second s sec seconds secs',
    'millisecond ms msec milliseconds',
    'microsecond us usec microseconds',
  ].flatMap((line) => {
    const names = line.split(' ');
    return names.map((name) => [name, names[0]!]);
  }),
);

const largestFirst = [
  'year',
  'quarter',
  'month',
  'week',
  'day',
  'hour',
  'minute',
  'second',
  'millisecond',
  'microsecond',
];

/** The parts of `INTERVAL '1 year, 3 months'` or `INTERVAL '1' DAY`; undefined if they are not written like that. */
function intervalParts({ value, unit }: Interval): IntervalPart[] | undefined {
  if (value.kind !== 'string') return undefined;
  const written = unit === undefined ? value.value : `${value.value} ${unit}`;
  const parts = written.split(',').map((part): IntervalPart | undefined => {
    const match = /^\s*([+-]?\d+)\s*([A-Za-z]*)\s*$/.exec(part);
    const name = match && intervalUnits[match[2]!.toLowerCase() || 'second'];
    return match && name ? { amount: match[1]!, unit: name } : undefined;
  });
  if (parts.some((part) => part === undefined)) return undefined;
  const found = parts as IntervalPart[];
  // Snowflake adds part by part in the order written, DuckDB the largest first.
  const order = found.map((part) => largestFirst.indexOf(part.unit));
  return order.every((place, index) => index === 0 || place >= order[index - 1]!) ? found : undefined;
}

export function interval(node: Interval, translation: Translation): Expression {
  const parts = intervalParts(node);
  if (!parts) {
    translation.refuse(node, 'This interval');
    return node;
  }
  const text = parts
    .map(({ amount, unit }) => (unit === 'quarter' ? `${Number(amount) * 3} month` : `${amount} ${unit}`))
    .join(' ');
  return { kind: 'interval', value: string(text), start: -1, end: -1 };
}

export function sign(node: Unary, translation: Translation): Expression {
  if (node.operator === 'not') return { ...node, operand: want(node.operand, 'boolean', translation) };
  if (node.operator === '-' || node.operator === '+')
    return { ...node, operand: want(node.operand, 'number', translation) };
  translation.refuse(node, node.operator.toUpperCase());
  return node;
}

export function isTest(node: IsTest, translation: Translation): Expression {
  if (node.test !== 'distinct' || !node.other) return translation.parts(node);
  const [operand, other] = comparableWithNull(node.operand, node.other, translation);
  return { ...node, operand, other };
}

export function simpleCase(node: Case, translation: Translation): Expression {
  const { branches, otherwise } = node;
  const scaled = scaling([...branches.map(({ then }) => then), ...(otherwise ? [otherwise] : [])], translation);
  const parts = translation.parts(node);
  const made = {
    ...parts,
    branches: parts.branches.map(({ when, then }) => branch(when, scaled(then))),
    ...(parts.otherwise && { otherwise: scaled(parts.otherwise) }),
  };
  return node.operand ? { ...made, operand: comparable(node.operand, translation) } : made;
}

export function quantified(node: Quantified, translation: Translation): Expression {
  return { ...translation.parts(node), left: comparable(node.left, translation) };
}

/** What is compared with values is no JSON's null. */
export function among(node: In, translation: Translation): Expression {
  return { ...translation.parts(node), operand: comparable(node.operand, translation) };
}

export function between(node: Between, translation: Translation): Expression {
  if (node.symmetric) translation.refuse(node, 'BETWEEN SYMMETRIC');
  return { ...translation.parts(node), operand: comparable(node.operand, translation) };
}

export function like(node: Like, translation: Translation): Expression {
  const isRegexp = node.operator === 'rlike' || node.operator === 'regexp';
  if (!isRegexp && node.operator !== 'like' && node.operator !== 'ilike') {
    translation.refuse(node, node.operator.toUpperCase());
    return node;
  }
  const { quantifier, patterns, negated, ...rest } = node;
  const each = patterns.map((pattern): Expression => {
    if (isRegexp) return matchesWhole(node.operand, pattern, undefined, node, translation);
    return {
      ...rest,
      negated: negated && !quantifier,
      operand: want(node.operand, 'text', translation),
      patterns: [want(pattern, 'text', translation)],
      ...(node.escape ? { escape: translation.expression(node.escape) } : {}),
    };
  });
  if (!quantifier) return isRegexp && negated ? not(each[0]!) : each[0]!;
  const all = logical(quantifier === 'any' ? 'or' : 'and', ...each);
  return negated ? not(all) : all;
}
