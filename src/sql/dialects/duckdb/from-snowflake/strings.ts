import { binary, call, list, number, string } from '../../../translate/build.ts';
import type { Translation } from '../../../translate/translation.ts';
import type { Call, Expression } from '../../../tree.ts';
import { want } from './coercion.ts';
import { argumentsOf, constantNumber, constantText, type FunctionRules, refuseCall, same, title } from './functions.ts';
import { macro } from './macro.ts';

/** docs.snowflake.com/en/sql-reference/functions-string */
export const strings: FunctionRules = {
  upper: same('upper', ['text']),
  lower: same('lower', ['text']),
  reverse: same('reverse', ['text']),
  length: same('length', ['text']),
  len: same('length', ['text']),
  octet_length: same('strlen', ['text']),
  ascii: same('ascii', ['text']),
  unicode: same('snowflake_code_point', ['text']),
  chr: same('snowflake_character', ['integer']),
  char: same('snowflake_character', ['integer']),
  trim: same('trim', ['text', 'text'], { least: 1 }),
  ltrim: same('ltrim', ['text', 'text'], { least: 1 }),
  rtrim: same('rtrim', ['text', 'text'], { least: 1 }),
  left: same('snowflake_left', ['text', 'integer']),
  right: same('snowflake_right', ['text', 'integer']),
  substr: same('snowflake_substring', ['text', 'integer', 'integer'], { least: 2 }),
  substring: same('snowflake_substring', ['text', 'integer', 'integer'], { least: 2 }),
  split_part: same('snowflake_split_part', ['text', 'text', 'integer']),
  split: (node, translation) => asVariant(same('snowflake_split', ['text', 'text'])(node, translation)),
  strtok: same('snowflake_strtok', ['text', 'text', 'integer'], {
    least: 1,
    defaults: [undefined, string(' '), number(1)],
  }),
  strtok_to_array: (node, translation) =>
    asVariant(
      same('snowflake_tokens', ['text', 'text'], { least: 1, defaults: [undefined, string(' ')] })(node, translation),
    ),
  insert: same('snowflake_insert', ['text', 'integer', 'integer', 'text']),
  replace: same('replace', ['text', 'text', 'text'], { least: 2, defaults: [undefined, undefined, string('')] }),
  translate: same('translate', ['text', 'text', 'text']),
  repeat: same('snowflake_repeat', ['text', 'integer']),
  space: (node, translation) =>
    macro(
      'snowflake_repeat',
      string(' '),
      ...argumentsOf(node, translation).map((size) => want(size, 'integer', translation)),
    ),
  lpad: same('snowflake_lpad', ['text', 'integer', 'text'], {
    least: 2,
    defaults: [undefined, undefined, string(' ')],
  }),
  rpad: same('snowflake_rpad', ['text', 'integer', 'text'], {
    least: 2,
    defaults: [undefined, undefined, string(' ')],
  }),
  initcap: same('snowflake_initcap', ['text']),
  charindex: same('snowflake_position', ['text', 'text', 'integer'], { least: 2 }),
  position: same('snowflake_position', ['text', 'text', 'integer'], { least: 2 }),
  contains: same('contains', ['text', 'text']),
  startswith: same('starts_with', ['text', 'text']),
  endswith: same('ends_with', ['text', 'text']),
  editdistance: same('levenshtein', ['text', 'text']),
  concat: (node, translation) => joined(argumentsOf(node, translation), undefined, translation),
  concat_ws: (node, translation) => {
    const [separator, ...pieces] = argumentsOf(node, translation);
    if (!separator || pieces.length === 0) return refuseCall(node, translation, `${title(node)} with so few arguments`);
    return joined(pieces, separator, translation);
  },
  md5: same('md5', ['text']),
  md5_hex: same('md5', ['text']),
  sha1: same('sha1', ['text']),
  sha1_hex: same('sha1', ['text']),
  sha2: sha256,
  sha2_hex: sha256,
  base64_encode: same('snowflake_base64', ['text']),
  base64_decode_string: same('snowflake_text_of_base64', ['text']),
  hex_encode: same('snowflake_hex', ['text']),
  hex_decode_string: same('snowflake_text_of_hex', ['text']),
  uuid_string: (node, translation) =>
    node.arguments.length === 0
      ? macro('snowflake_text', call('uuid'))
      : refuseCall(node, translation, `${title(node)} of a name`),
  regexp_like: regexpLike,
  rlike: regexpLike,
  regexp: regexpLike,
  regexp_replace: (node, translation) => {
    const [subject, pattern, replacement, start, occurrence, flags] = argumentsOf(node, translation);
    if (!subject || !pattern) return refuseCall(node, translation, `${title(node)} with so few arguments`);
    const which = occurrence === undefined ? 0 : constantNumber(occurrence);
    if (which !== 0) return refuseCall(node, translation, `${title(node)} of one occurrence`);
    const found = regexp(pattern, flags, node, translation);
    const text = want(subject, 'text', translation);
    const by = replacement ? want(replacement, 'text', translation) : string('');
    if (start === undefined || constantNumber(start) === 1) return call('regexp_replace', text, found, by, string('g'));
    return macro('snowflake_regexp_replace_from', text, found, by, want(start, 'integer', translation));
  },
  regexp_substr: regexpSubstring,
  regexp_count: (node, translation) => {
    const [subject, pattern, start, flags] = argumentsOf(node, translation);
    if (!subject || !pattern) return refuseCall(node, translation, `${title(node)} with so few arguments`);
    const from = start ? want(start, 'integer', translation) : number(1);
    return macro(
      'snowflake_regexp_count',
      want(subject, 'text', translation),
      regexp(pattern, flags, node, translation),
      from,
    );
  },
  regexp_instr: (node, translation) => {
    const [subject, pattern, start, occurrence, past, flags, group] = argumentsOf(node, translation);
    if (!subject || !pattern) return refuseCall(node, translation, `${title(node)} with so few arguments`);
    if (group) return refuseCall(node, translation, `${title(node)} of a group`);
    const whole = (argument: Expression | undefined, otherwise: number): Expression =>
      argument ? want(argument, 'integer', translation) : number(otherwise);
    const found = regexp(pattern, flags, node, translation);
    return macro(
      'snowflake_regexp_instr',
      want(subject, 'text', translation),
      found,
      whole(start, 1),
      whole(occurrence, 1),
      whole(past, 0),
    );
  },
  like: (node, translation) => likeCall(node, 'like', translation),
  ilike: (node, translation) => likeCall(node, 'ilike', translation),
};

const asVariant = (made: Expression): Expression => macro('snowflake_array', made);

/** Texts one behind the other; NULL if one of them is. */
function joined(
  pieces: readonly Expression[],
  separator: Expression | undefined,
  translation: Translation,
): Expression {
  const made = pieces.map((piece) => want(piece, 'text', translation));
  return made.reduce((left, right) => {
    const before = separator ? binary(left, '||', want(separator, 'text', translation)) : left;
    return binary(before, '||', right);
  });
}

function sha256(node: Call, translation: Translation): Expression {
  const [text, bits] = argumentsOf(node, translation);
  const size = bits === undefined ? 256 : constantNumber(bits);
  if (!text || size !== 256) return refuseCall(node, translation, `${title(node)} with another size than 256`);
  return call('sha256', want(text, 'text', translation));
}

function likeCall(node: Call, operator: 'like' | 'ilike', translation: Translation): Expression {
  const [subject, pattern, mark] = argumentsOf(node, translation);
  if (!subject || !pattern) return refuseCall(node, translation, `${title(node)} with so few arguments`);
  return {
    kind: 'like',
    operator,
    negated: false,
    operand: want(subject, 'text', translation),
    patterns: [want(pattern, 'text', translation)],
    ...(mark ? { escape: translation.expression(mark) } : {}),
    start: -1,
    end: -1,
  };
}

function regexpLike(node: Call, translation: Translation): Expression {
  const [subject, pattern, flags] = argumentsOf(node, translation);
  if (!subject || !pattern) return refuseCall(node, translation, `${title(node)} with so few arguments`);
  return matchesWhole(subject, pattern, flags, node, translation);
}

/** In Snowflake a pattern has to match the whole text. */
export function matchesWhole(
  subject: Expression,
  pattern: Expression,
  flags: Expression | undefined,
  node: Expression,
  translation: Translation,
): Expression {
  return call('regexp_full_match', want(subject, 'text', translation), regexp(pattern, flags, node, translation));
}

function regexpSubstring(node: Call, translation: Translation): Expression {
  const [subject, pattern, start, occurrence, flags, group] = argumentsOf(node, translation);
  if (!subject || !pattern) return refuseCall(node, translation, `${title(node)} with so few arguments`);
  const extracts = constantText(flags)?.includes('e') ?? false;
  const part = group ? constantNumber(group) : Number(extracts);
  if (part === undefined) return refuseCall(node, translation, `${title(node)} of a computed group`);
  return macro(
    'snowflake_regexp_substr',
    want(subject, 'text', translation),
    regexp(pattern, flags, node, translation),
    start ? want(start, 'integer', translation) : number(1),
    occurrence ? want(occurrence, 'integer', translation) : number(1),
    number(part),
  );
}

/** The pattern with its flags inside; both engines know the same syntax but for what is refused here. */
function regexp(
  pattern: Expression,
  flags: Expression | undefined,
  node: Expression,
  translation: Translation,
): Expression {
  const letters = flags ? constantText(flags) : '';
  if (letters === undefined || /[^cimse]/.test(letters)) {
    translation.refuse(flags ?? node, 'A regular expression with these parameters');
    return pattern;
  }
  // The last of `c` and `i` counts.
  const folds = /i[^c]*$/.test(letters) ? 'i' : '';
  const inside = `${folds}${letters.includes('m') ? 'm' : ''}${letters.includes('s') ? 's' : ''}`;
  const prefix = inside === '' ? '' : `(?${inside})`;
  if (pattern.kind === 'string') {
    const unknown = /\(\?(?!:)|\\[1-9]|[*+?}][+]/.exec(pattern.value);
    if (unknown) translation.refuse(pattern, `'${unknown[0]}' in a regular expression`);
    return string(prefix + pattern.value);
  }
  const made = want(pattern, 'text', translation);
  return prefix === '' ? made : binary(string(prefix), '||', made);
}

/** For callers that need a list of keys. */
export const texts = (nodes: readonly Expression[], translation: Translation): Expression =>
  list(...nodes.map((node) => want(node, 'text', translation)));
