import {
  boolean,
  branch,
  call,
  conditional,
  list,
  nothing,
  number,
  string,
  subscript,
} from '../../../translate/build.ts';
import type { Translation } from '../../../translate/translation.ts';
import type { Call, Expression, Lambda, ObjectLiteral, Path, Subscript } from '../../../tree.ts';
import { unknownType, variantType } from '../../../types/index.ts';
import { coerce, type Wanted, want, withoutJsonNull } from './coercion.ts';
import {
  argumentsOf,
  constantNumber,
  type FunctionRule,
  type FunctionRules,
  refuseCall,
  same,
  title,
} from './functions.ts';
import { macro } from './macro.ts';
import { texts } from './strings.ts';

/** docs.snowflake.com/en/sql-reference/functions-semistructured */
export const semiStructured: FunctionRules = {
  parse_json: same('snowflake_parse_json', ['text']),
  try_parse_json: same('snowflake_try_parse_json', ['text']),
  to_json: same('snowflake_to_json', ['variant']),
  to_variant: same('snowflake_array', ['variant']),
  to_array: same('snowflake_to_array', ['variant']),
  to_object: same('snowflake_array', ['variant']),
  typeof: same('snowflake_typeof', ['variant']),
  is_array: same('snowflake_is_array', ['variant']),
  is_object: same('snowflake_is_object', ['variant']),
  is_boolean: same('snowflake_is_boolean', ['variant']),
  is_integer: same('snowflake_is_integer', ['variant']),
  is_varchar: same('snowflake_is_text', ['variant']),
  is_char: same('snowflake_is_text', ['variant']),
  as_varchar: asKind('snowflake_is_text', 'text'),
  as_char: asKind('snowflake_is_text', 'text'),
  as_boolean: asKind('snowflake_is_boolean', 'boolean'),
  as_integer: asKind('snowflake_is_integer', 'integer'),
  as_array: asKind('snowflake_is_array', 'any'),
  as_object: asKind('snowflake_is_object', 'any'),
  strip_null_value: (node, translation) => {
    const [value] = argumentsOf(node, translation);
    return value ? withoutJsonNull(translation.expression(value), variantType) : refuseCall(node, translation);
  },
  is_null_value: same('snowflake_is_null_value', ['variant']),
  get: (node, translation) => {
    const [value, key] = argumentsOf(node, translation);
    if (!value || !key) return refuseCall(node, translation);
    return got(inner(value, translation), key, translation);
  },
  get_path: (node, translation) => {
    const [value, path] = argumentsOf(node, translation);
    const steps = path?.kind === 'string' ? stepsOf(path.value) : undefined;
    if (!value || !steps) return refuseCall(node, translation, 'GET_PATH with such a path');
    const operand = inner(value, translation);
    const last = steps.at(-1)!;
    return kept(into(operand, steps), has(into(operand, steps.slice(0, -1)), last));
  },

  array_construct: (node, translation) => arrayOf(argumentsOf(node, translation), translation),
  array_construct_compact: (node, translation) =>
    macro('snowflake_array_compact', arrayOf(argumentsOf(node, translation), translation)),
  array_size: same('snowflake_array_size', ['variant']),
  array_contains: same('snowflake_array_contains', ['variant', 'variant']),
  array_position: same('snowflake_array_position', ['variant', 'variant']),
  array_append: same('snowflake_array_append', ['variant', 'variant']),
  array_prepend: same('snowflake_array_prepend', ['variant', 'variant']),
  array_cat: same('snowflake_array_cat', ['variant', 'variant']),
  array_compact: same('snowflake_array_compact', ['variant']),
  array_distinct: same('snowflake_array_distinct', ['variant']),
  array_to_string: same('snowflake_array_to_string', ['variant', 'text']),
  array_slice: same('snowflake_array_slice', ['variant', 'integer', 'integer']),
  array_reverse: same('snowflake_array_reverse', ['variant']),
  array_remove_at: same('snowflake_array_remove_at', ['variant', 'integer']),
  array_remove: same('snowflake_array_remove', ['variant', 'variant']),
  array_insert: same('snowflake_array_insert', ['variant', 'integer', 'variant']),
  array_flatten: same('snowflake_array_flatten', ['variant']),
  array_generate_range: same('snowflake_array_range', ['integer', 'integer', 'integer'], {
    least: 2,
    defaults: [undefined, undefined, number(1)],
  }),
  arrays_overlap: same('snowflake_arrays_overlap', ['variant', 'variant']),
  filter: (node, translation) => overElements(node, 'list_filter', 'boolean', translation),
  transform: (node, translation) => overElements(node, 'list_transform', 'variant', translation),

  object_construct: (node, translation) => object(argumentsOf(node, translation), false, node, translation),
  object_construct_keep_null: (node, translation) => object(argumentsOf(node, translation), true, node, translation),
  object_keys: same('snowflake_object_keys', ['variant']),
  object_insert: same('snowflake_object_insert', ['variant', 'text', 'any', 'boolean'], {
    least: 3,
    defaults: [undefined, undefined, undefined, boolean(false)],
  }),
  object_pick: (node, translation) => withKeys('snowflake_object_pick', node, translation),
  object_delete: (node, translation) => withKeys('snowflake_object_delete', node, translation),
};

/** `v:a.b[0]`. Positions count from 0 in Snowflake, from 1 in DuckDB. */
export function path({ operand, steps }: Path, translation: Translation): Expression {
  return steps.reduce(
    (made, step) => got(made, step.kind === 'key' ? string(step.name.text) : step.index, translation),
    inner(operand, translation),
  );
}

/** `x[0]`, `x['k']`. */
export function element(node: Subscript, translation: Translation): Expression {
  if (!node.index) {
    translation.refuse(node, 'A slice of an array');
    return node;
  }
  return got(inner(node.operand, translation), node.index, translation);
}

/** A VARIANT into which somebody looks: JSON's null has nothing inside, as NULL has not. */
const inner = (node: Expression, translation: Translation): Expression => want(node, 'container', translation);

/** What stands in a VARIANT under a key or at a position. */
function got(around: Expression, key: Expression, translation: Translation): Expression {
  const value = withoutJsonNull(around, unknownType);
  const position = constantNumber(key);
  if (position !== undefined) return position < 0 ? nothing : kept(into(value, [position]), has(value, position));
  if (key.kind === 'string') return kept(into(value, [key.value]), has(value, key.value));
  const made = translation.expression(key);
  return kept(macro('snowflake_get', value, made), macro('snowflake_has', value, made));
}

/** JSON's null at the end of a path is a value that is not NULL. */
const kept = (value: Expression, isThere: Expression): Expression => call('snowflake_kept_null', value, isThere);

const has = (value: Expression, step: string | number): Expression =>
  typeof step === 'number'
    ? macro('snowflake_has_index', value, number(step))
    : macro('snowflake_has_key', value, string(step));

/** `a.b[0]['c']` as steps; undefined if it is not written like that. */
export function stepsOf(written: string): (string | number)[] | undefined {
  if (!/^([A-Za-z_]\w*|\[\d+\]|\['[^']*'\])(\.[A-Za-z_]\w*|\[\d+\]|\['[^']*'\])*$/.test(written)) return undefined;
  return [...written.matchAll(/\[(\d+)\]|\['([^']*)'\]|\w+/g)].map(([word, position, key]) =>
    position === undefined ? (key ?? word) : Number(position),
  );
}

/** The value at the end of a path in a text. */
export const into = (value: Expression, steps: readonly (string | number)[]): Expression =>
  steps.reduce<Expression>(
    (made, step) => subscript(made, typeof step === 'number' ? number(step + 1) : string(step)),
    value,
  );

/** The value if it is of a kind, else NULL. */
function asKind(test: string, wanted: Wanted): FunctionRule {
  return (node, translation) => {
    const [value, ...others] = argumentsOf(node, translation);
    if (!value || others.length > 0) return refuseCall(node, translation);
    const made = want(value, 'variant', translation);
    return conditional([branch(call(test, made), coerce(made, { kind: 'variant' }, wanted))]);
  };
}

export function arrayOf(values: readonly Expression[], translation: Translation): Expression {
  if (values.length === 0) return macro('snowflake_parse_json', string('[]'));
  return macro('snowflake_array', list(...values.map((value) => want(value, 'element', translation))));
}

/** Keys and values in turn. Pairs without a value are left out, or hold JSON's null. */
function object(
  pairs: readonly Expression[],
  keepsNull: boolean,
  node: Expression,
  translation: Translation,
): Expression {
  const star = pairs.find(({ kind }) => kind === 'star');
  if (star) {
    translation.refuse(node, 'An object of all columns', 'Name the columns.');
    return node;
  }
  const keys = pairs.filter((_, index) => index % 2 === 0);
  const values = pairs.filter((_, index) => index % 2 === 1);
  if (keys.length !== values.length) {
    translation.refuse(node, 'An object with a key that has no value');
    return node;
  }
  if (keys.length === 0) return macro('snowflake_parse_json', string('{}'));
  return macro(
    'snowflake_object',
    texts(keys, translation),
    list(...values.map((value) => jsonOf(value, keepsNull, translation))),
  );
}

function jsonOf(value: Expression, keepsNull: boolean, translation: Translation): Expression {
  const text = macro('snowflake_json', translation.expression(value));
  return keepsNull ? call('coalesce', text, string('null')) : text;
}

/** `{'a': 1}` */
export function objectLiteral(node: ObjectLiteral, translation: Translation): Expression {
  const pairs = node.entries.flatMap(({ key, value }): Expression[] => {
    if (key === undefined || key.kind === 'identifier') {
      translation.refuse(node, 'An object of columns', 'Write its keys as texts.');
      return [];
    }
    return [key, value];
  });
  return object(pairs, false, node, translation);
}

function withKeys(called: string, node: Call, translation: Translation): Expression {
  const [value, ...keys] = argumentsOf(node, translation);
  if (!value || keys.length === 0) return refuseCall(node, translation);
  return call(called, want(value, 'variant', translation), texts(keys, translation));
}

/** FILTER and TRANSFORM: a lambda over the elements, which are VARIANTs. */
function overElements(node: Call, called: string, wanted: Wanted, translation: Translation): Expression {
  const [value, lambda] = argumentsOf(node, translation);
  if (!value || lambda?.kind !== 'lambda' || lambda.parameters.some(({ type }) => type))
    return refuseCall(node, translation, `${title(node)} but with a lambda without types`);
  const body = coerce(translation.expression(lambda.body), translation.typeOf(lambda.body), wanted);
  const parameters = lambda.parameters.map(({ name, start, end }) => ({ name, start, end }));
  const made: Lambda = { ...lambda, keyword: true, parameters, body };
  const given = translation.typeOf(value);
  const isTyped = given.kind === 'array' && given.element !== undefined && given.element.kind !== 'variant';
  const elements = macro(isTyped ? 'snowflake_elements' : 'snowflake_kept_elements', inner(value, translation));
  return macro('snowflake_array_of_kept', call(called, elements, made));
}
