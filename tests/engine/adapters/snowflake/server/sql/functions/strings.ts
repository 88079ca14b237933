import { unsupported } from '../../errors.ts';
import { Cursor } from '../cursor.ts';
import { readExpression } from '../expression.ts';
import { allArguments, argument, atMost, type Call, constant, optional, type Rule, withDelimiter } from './call.ts';

const same =
  (name: string): Rule =>
  (call) =>
    `${name}(${allArguments(call).join(', ')})`;

/** The first arguments are texts, whatever they are: Snowflake converts. */
const ofTexts =
  (name: string, texts: number, most: number): Rule =>
  (call) => {
    atMost(call, most);
    return `${name}(${allArguments(call)
      .map((value, index) => (index < texts ? text(value) : whole(value)))
      .join(', ')})`;
  };

const text = (value: string): string => `main.sf_text(${value})`;
const whole = (value: string): string => `CAST(${value} AS INTEGER)`;
/** A length; below zero it is zero. */
const length = (value: string): string => `greatest(${whole(value)}, 0)`;

const position: Rule = (call) => {
  const cursor = new Cursor(call.group?.children ?? []);
  const { children } = call.group ?? { children: [] };
  const inside = children.findIndex((node) => node.kind === 'word' && node.value === 'IN');
  if (inside < 0) {
    atMost(call, 2);
    return `CAST(strpos(${text(argument(call, 1))}, ${text(argument(call, 0))}) AS BIGINT)`;
  }
  const sought = readExpression(new Cursor(children.slice(0, inside)), call.scope);
  cursor.offset = inside + 1;
  return `CAST(strpos(${readExpression(cursor, call.scope)}, ${sought}) AS BIGINT)`;
};

const padded =
  (name: string): Rule =>
  (call) =>
    `${name}(${text(argument(call, 0))}, ${whole(argument(call, 1))}, ${optional(call, 2) ?? "' '"})`;

const trimmed =
  (name: string): Rule =>
  (call) => {
    const characters = optional(call, 1);
    return `${name}(${text(argument(call, 0))}${characters === undefined ? '' : `, ${characters}`})`;
  };

const joined = (values: readonly string[], separator: string): string =>
  `(${values.map(text).join(` || ${separator} || `)})`;

const replaced: Rule = (call) => {
  atMost(call, 3);
  return `regexp_replace(${text(argument(call, 0))}, ${argument(call, 1)}, ${optional(call, 2) ?? "''"}, 'g')`;
};

const substring: Rule = (call) => {
  const count = optional(call, 2);
  const rest = count === undefined ? '' : `, ${length(count)}`;
  return `substr(${text(argument(call, 0))}, main.sf_start(${argument(call, 1)})${rest})`;
};

const digest = (call: Call, name: string): string => `${name}(${text(argument(call, 0))})`;

/** Functions over texts. */
export const strings: Readonly<Record<string, Rule>> = {
  UPPER: ofTexts('upper', 1, 1),
  LOWER: ofTexts('lower', 1, 1),
  REVERSE: ofTexts('reverse', 1, 1),
  LENGTH: ofTexts('length', 1, 1),
  LEN: ofTexts('length', 1, 1),
  ASCII: ofTexts('ascii', 1, 1),
  CHR: (call) => `chr(${whole(argument(call, 0))})`,
  CHAR: (call) => `chr(${whole(argument(call, 0))})`,
  LEFT: (call) => `left(${text(argument(call, 0))}, ${length(argument(call, 1))})`,
  RIGHT: (call) => `right(${text(argument(call, 0))}, ${length(argument(call, 1))})`,
  SUBSTR: substring,
  SUBSTRING: substring,
  REPEAT: ofTexts('repeat', 1, 2),
  SPLIT_PART: (call) => {
    withDelimiter(call);
    return `split_part(${text(argument(call, 0))}, ${argument(call, 1)}, main.sf_start(${argument(call, 2)}))`;
  },
  REPLACE: (call) => `replace(${text(argument(call, 0))}, ${argument(call, 1)}, ${optional(call, 2) ?? "''"})`,
  TRANSLATE: same('translate'),
  STARTSWITH: ofTexts('starts_with', 2, 2),
  ENDSWITH: ofTexts('ends_with', 2, 2),
  CONTAINS: ofTexts('contains', 2, 2),
  CHARINDEX: position,
  POSITION: position,
  LPAD: padded('lpad'),
  RPAD: padded('rpad'),
  TRIM: trimmed('trim'),
  LTRIM: trimmed('ltrim'),
  RTRIM: trimmed('rtrim'),
  CONCAT: (call) => joined(allArguments(call), "''"),
  CONCAT_WS: (call) => {
    const [separator = "''", ...values] = allArguments(call);
    return joined(values, separator);
  },
  REGEXP_REPLACE: replaced,
  REGEXP_LIKE: ofTexts('regexp_full_match', 2, 2),
  RLIKE: ofTexts('regexp_full_match', 2, 2),
  REGEXP_SUBSTR: (call) => {
    const found = `regexp_extract(${text(argument(call, 0))}, ${argument(call, 1)}`;
    if (call.parts.length === 2) return `nullif(${found}), '')`;
    const [position, occurrence, flags, part] = [2, 3, 4, 5].map((index) => constant(call, index));
    if (position !== '1' || occurrence !== '1' || flags !== 'e') throw unsupported(`${call.name} with other arguments`);
    return `nullif(${found}, ${part ?? 1}), '')`;
  },
  REGEXP_INSTR: (call) => {
    atMost(call, 2);
    const [searched, pattern] = [text(argument(call, 0)), argument(call, 1)];
    return `CASE WHEN regexp_matches(${searched}, ${pattern}) THEN strpos(${searched}, regexp_extract(${searched}, ${pattern})) WHEN ${searched} IS NOT NULL THEN 0 END`;
  },
  MD5: (call) => digest(call, 'md5'),
  MD5_HEX: (call) => digest(call, 'md5'),
  MD5_BINARY: (call) => `unhex(${digest(call, 'md5')})`,
  SHA1: (call) => digest(call, 'sha1'),
  SHA2: (call) => {
    atMost(call, 1);
    return digest(call, 'sha256');
  },
};
