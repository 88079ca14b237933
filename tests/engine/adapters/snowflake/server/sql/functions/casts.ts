import { unsupported } from '../../errors.ts';
import { Cursor } from '../cursor.ts';
import { readExpression } from '../expression.ts';
import { anyText, castTo, readType, type SqlType, wholeNumber } from '../types.ts';
import { argument, atMost, type Call, constant, isText, optional, type Rule } from './call.ts';
import { dateFormat } from './date-format.ts';

const castCall =
  (lenient: boolean): Rule =>
  (call) => {
    const cursor = new Cursor(call.group?.children ?? []);
    const value = readExpression(cursor, call.scope);
    cursor.expect('AS');
    const type = readType(cursor);
    cursor.expectEnd();
    return castTo(type, value, lenient);
  };

const toType =
  (type: SqlType, lenient = false): Rule =>
  (call) => {
    atMost(call, 1);
    return castTo(type, argument(call, 0), lenient);
  };

const toNumber =
  (lenient: boolean): Rule =>
  (call) => {
    if (isText(call, 1)) throw unsupported(`${call.name} with a format`);
    const precision = constant(call, 1);
    const type: SqlType =
      precision === undefined
        ? wholeNumber
        : { name: 'FIXED', precision: Number(precision), scale: Number(constant(call, 2) ?? 0) };
    return castTo(type, argument(call, 0), lenient);
  };

const timestamp = (name: 'TIMESTAMP_NTZ' | 'TIMESTAMP_LTZ' | 'TIMESTAMP_TZ', lenient = false): Rule => {
  return (call) => {
    const scale = Number(constant(call, 1));
    if (name === 'TIMESTAMP_NTZ' && !isText(call, 1) && scale <= 6) {
      return `make_timestamp(CAST(${argument(call, 0)} AS BIGINT) * ${10 ** (6 - scale)})`;
    }
    const format = formatOf(call);
    if (format !== undefined) {
      const parsed = `${lenient ? 'try_strptime' : 'strptime'}(${argument(call, 0)}, ${format})`;
      return castTo({ name }, parsed);
    }
    return castTo({ name }, argument(call, 0), lenient);
  };
};

const date =
  (lenient: boolean): Rule =>
  (call) => {
    const format = formatOf(call);
    if (format === undefined) return castTo({ name: 'DATE' }, argument(call, 0), lenient);
    return `CAST(${lenient ? 'try_strptime' : 'strptime'}(${argument(call, 0)}, ${format}) AS DATE)`;
  };

function formatOf(call: Call): string | undefined {
  if (!call.parts[1]) return undefined;
  const format = isText(call, 1) ? constant(call, 1) : undefined;
  if (format === undefined) throw unsupported(`${call.name} with a scale or a computed format`);
  return format.toUpperCase() === 'AUTO' ? undefined : dateFormat(format);
}

const toText: Rule = (call) => {
  const format = formatOf(call);
  return format === undefined ? castTo(anyText, argument(call, 0)) : `strftime(${argument(call, 0)}, ${format})`;
};

/** Conversions. */
export const casts: Readonly<Record<string, Rule>> = {
  CAST: castCall(false),
  TRY_CAST: castCall(true),
  TO_VARCHAR: toText,
  TO_CHAR: toText,
  ...Object.fromEntries(['TO_NUMBER', 'TO_DECIMAL', 'TO_NUMERIC'].map((name) => [name, toNumber(false)])),
  ...Object.fromEntries(['TRY_TO_NUMBER', 'TRY_TO_DECIMAL', 'TRY_TO_NUMERIC'].map((name) => [name, toNumber(true)])),
  TO_DOUBLE: toType({ name: 'REAL' }),
  TRY_TO_DOUBLE: toType({ name: 'REAL' }, true),
  TO_BOOLEAN: toType({ name: 'BOOLEAN' }),
  TRY_TO_BOOLEAN: toType({ name: 'BOOLEAN' }, true),
  TO_TIME: toType({ name: 'TIME' }),
  TO_DATE: date(false),
  DATE: date(false),
  TRY_TO_DATE: date(true),
  TO_TIMESTAMP: timestamp('TIMESTAMP_NTZ'),
  TO_TIMESTAMP_NTZ: timestamp('TIMESTAMP_NTZ'),
  TO_TIMESTAMP_LTZ: timestamp('TIMESTAMP_LTZ'),
  TO_TIMESTAMP_TZ: timestamp('TIMESTAMP_TZ'),
  TRY_TO_TIMESTAMP: timestamp('TIMESTAMP_NTZ', true),
  TRY_TO_TIMESTAMP_NTZ: timestamp('TIMESTAMP_NTZ', true),
  TRY_TO_TIMESTAMP_LTZ: timestamp('TIMESTAMP_LTZ', true),
  TRY_TO_TIMESTAMP_TZ: timestamp('TIMESTAMP_TZ', true),
  TO_VARIANT: (call) => castTo({ name: 'VARIANT' }, argument(call, 0)),
  TO_ARRAY: (call) => castTo({ name: 'ARRAY' }, argument(call, 0)),
  TO_OBJECT: (call) => castTo({ name: 'OBJECT' }, argument(call, 0)),
  SYSTEM$TYPEOF: (call) => {
    throw unsupported(`function ${call.name}${optional(call, 1) ?? ''}`);
  },
};
