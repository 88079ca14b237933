import { branch, call, cast, conditional, number, type } from '../../../translate/build.ts';
import type { Translation } from '../../../translate/translation.ts';
import type { Cast, DataType, Expression, TypedLiteral } from '../../../tree.ts';
import { coerce, type Wanted, want } from './coercion.ts';
import { castToDecimal } from './conversions.ts';
import { valuesOf } from './functions.ts';
import { macro } from './macro.ts';
import { lengthOf, translateType } from './types.ts';

/** `x::t`, CAST, TRY_CAST. docs.snowflake.com/en/sql-reference/data-type-conversion */
export function translateCast(node: Cast, translation: Translation): Expression {
  if (node.format || node.modifiers) {
    translation.refuse(node, node.format ? 'CAST with a format' : 'CAST with such a modifier');
    return node;
  }
  const target = translateType(node.type, translation);
  if (node.syntax === 'try_cast') return tried(node, target, translation);
  const wanted = conversions[target.name];
  const zoned = inZone(node.operand, target.name, translation);
  if (zoned) return zoned;
  switch (target.name) {
    case 'varchar':
      return within(textOf(node.operand, translation), node.type);
    case 'decimal':
      return castToDecimal(node.operand, target, translation);
    case 'bigint':
      return toInteger(node.operand, translation);
    case 'variant':
      if (node.type.name === 'array') return macro('snowflake_to_array', translation.expression(node.operand));
      return cast(translation.expression(node.operand), target);
    case 'blob':
      return call('unhex', want(node.operand, 'text', translation));
    default:
      return wanted ? asKnown(want(node.operand, wanted, translation), node, target, translation) : node;
  }
}

const conversions: Readonly<Record<string, Wanted>> = {
  boolean: 'boolean',
  double: 'float',
  date: 'date',
  time: 'time',
  timestamp: 'timestamp',
  timestamptz: 'instant',
};

/** What is of the type already keeps its cast, which does no harm and says so. */
function asKnown(made: Expression, node: Cast, target: DataType, translation: Translation): Expression {
  const { kind } = node.operand;
  const isSaid =
    made.kind === 'call' || made.kind === 'cast' || kind === 'cast' || translation.typeOf(node.operand).kind === 'null';
  return isSaid && translation.typeOf(node.operand).kind !== 'null' ? made : cast(made, target);
}

function textOf(operand: Expression, translation: Translation): Expression {
  const made = want(operand, 'text', translation);
  return made.kind === 'call' || made.kind === 'cast' ? made : cast(made, type('varchar'));
}

/** A text that is longer than the type is an error. */
function within(text: Expression, { ...written }: DataType): Expression {
  const length = lengthOf(written);
  return length === undefined || length >= 16_777_216 ? text : macro('snowflake_text_within', text, number(length));
}

function toInteger(operand: Expression, translation: Translation): Expression {
  const { kind } = translation.typeOf(operand);
  const made = translation.expression(operand);
  return kind === 'number' || kind === 'integer' || kind === 'null'
    ? cast(made, type('bigint'))
    : macro('snowflake_integer', made);
}

/** CONVERT_TIMEZONE with two arguments gives a type that DuckDB lacks, unless it becomes wall-clock time at once. */
function inZone(operand: Expression, target: string, translation: Translation): Expression | undefined {
  if (target !== 'timestamp' && target !== 'date') return undefined;
  if (operand.kind === 'parenthesized') return inZone(operand.expression, target, translation);
  if (operand.kind !== 'call' || operand.name.parts.at(-1)?.text.toLowerCase() !== 'convert_timezone') return undefined;
  const [zone, value] = valuesOf(operand);
  if (!zone || !value || operand.arguments.length !== 2) return undefined;
  const made = macro('snowflake_at_timezone', want(zone, 'text', translation), want(value, 'instant', translation));
  return target === 'date' ? cast(made, type('date')) : made;
}

/** NULL for a text that cannot be read. */
function tried(node: Cast, target: DataType, translation: Translation): Expression {
  const text = want(node.operand, 'text', translation);
  switch (target.name) {
    case 'varchar': {
      const length = lengthOf(node.type);
      if (length === undefined) return text;
      return conditional([
        branch(
          { kind: 'binary', operator: '<=', left: call('length', text), right: number(length), start: -1, end: -1 },
          text,
        ),
      ]);
    }
    case 'decimal':
      return cast(macro('snowflake_try_number_text', text), target, 'try_cast');
    case 'bigint':
      return macro('snowflake_try_integer', text);
    default: {
      const wanted = conversions[target.name];
      if (wanted) return macro(`snowflake_try_${wanted}`, text);
      translation.refuse(node, `TRY_CAST to ${node.type.name.toUpperCase()}`);
      return node;
    }
  }
}

/** `DATE '2024-01-31'` */
export function typedLiteral(node: TypedLiteral, translation: Translation): Expression {
  const target = translateType(node.type, translation);
  const wanted = conversions[target.name];
  if (!wanted) {
    translation.refuse(node, `A literal of the type ${node.type.name.toUpperCase()}`);
    return node;
  }
  const isPlain = /^\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d(\.\d{1,6})?)?$/.test(node.value.value);
  if (isPlain && (wanted === 'timestamp' || (wanted === 'date' && node.value.value.length === 10)))
    return { ...node, type: target };
  return coerce(node.value, { kind: 'varchar' }, wanted);
}
