import { unsupported } from '../errors.ts';
import type { Cursor } from './cursor.ts';
import type { Group } from './nodes.ts';

/** A column's type as the wire names it. */
export interface SqlType {
  readonly name: TypeName;
  readonly precision?: number;
  readonly scale?: number;
  readonly length?: number;
}

export type TypeName =
  | 'FIXED'
  | 'REAL'
  | 'TEXT'
  | 'BOOLEAN'
  | 'DATE'
  | 'TIME'
  | 'TIMESTAMP_NTZ'
  | 'TIMESTAMP_LTZ'
  | 'TIMESTAMP_TZ'
  | 'BINARY'
  | 'VARIANT'
  | 'OBJECT'
  | 'ARRAY';

export const longestText = 16_777_216;
const longestBinary = 8_388_608;
export const wholeNumber: SqlType = { name: 'FIXED', precision: 38, scale: 0 };
export const anyText: SqlType = { name: 'TEXT', length: longestText };

const timed =
  (name: TypeName) =>
  (group: readonly number[]): SqlType => ({ name, precision: 0, scale: group[0] ?? 9 });
const text =
  (otherwise: number) =>
  (group: readonly number[]): SqlType => ({ name: 'TEXT', length: group[0] ?? otherwise });
const fixed = ([precision = 38, scale = 0]: readonly number[]): SqlType => ({ name: 'FIXED', precision, scale });
const plain = (name: TypeName) => (): SqlType => ({ name });

const named: Readonly<Record<string, (group: readonly number[]) => SqlType>> = {
  ...Object.fromEntries(['NUMBER', 'DECIMAL', 'DEC', 'NUMERIC'].map((name) => [name, fixed])),
  ...Object.fromEntries(
    ['INT', 'INTEGER', 'BIGINT', 'SMALLINT', 'TINYINT', 'BYTEINT'].map((name) => [name, () => wholeNumber]),
  ),
  ...Object.fromEntries(['FLOAT', 'FLOAT4', 'FLOAT8', 'DOUBLE', 'REAL'].map((name) => [name, plain('REAL')])),
  ...Object.fromEntries(
    ['VARCHAR', 'STRING', 'TEXT', 'NVARCHAR', 'NVARCHAR2'].map((name) => [name, text(longestText)]),
  ),
  ...Object.fromEntries(['CHAR', 'CHARACTER', 'NCHAR'].map((name) => [name, text(1)])),
  BINARY: ([length = longestBinary]) => ({ name: 'BINARY', length }),
  VARBINARY: ([length = longestBinary]) => ({ name: 'BINARY', length }),
  BOOLEAN: plain('BOOLEAN'),
  DATE: plain('DATE'),
  TIME: timed('TIME'),
  DATETIME: timed('TIMESTAMP_NTZ'),
  TIMESTAMP: timed('TIMESTAMP_NTZ'),
  TIMESTAMP_NTZ: timed('TIMESTAMP_NTZ'),
  TIMESTAMPNTZ: timed('TIMESTAMP_NTZ'),
  TIMESTAMP_LTZ: timed('TIMESTAMP_LTZ'),
  TIMESTAMPLTZ: timed('TIMESTAMP_LTZ'),
  TIMESTAMP_TZ: timed('TIMESTAMP_TZ'),
  TIMESTAMPTZ: timed('TIMESTAMP_TZ'),
  VARIANT: plain('VARIANT'),
  OBJECT: plain('OBJECT'),
  ARRAY: plain('ARRAY'),
};

const refusedTypes = new Set(['GEOGRAPHY', 'GEOMETRY', 'VECTOR', 'MAP', 'FILE', 'UUID', 'DECFLOAT']);

/** Whether a word begins a type: what tells `cast` targets and column lists apart from the rest. */
export const isTypeName = (word: string): boolean => word in named || refusedTypes.has(word);

/** Reads a type: `number(10,2)`, `character varying(5)`, `timestamp_ntz`. */
export function readType(cursor: Cursor): SqlType {
  const name = cursor.expectWord();
  if (refusedTypes.has(name)) throw unsupported(`data type ${name}`);
  const make = named[name];
  if (!make) {
    cursor.offset -= 1;
    throw cursor.unexpected();
  }
  const varying = cursor.accept('VARYING');
  cursor.accept('PRECISION');
  const group = cursor.acceptGroup();
  if (group && (name === 'OBJECT' || name === 'ARRAY')) throw unsupported(`structured type ${name}`);
  const type = make(group ? numbersOf(group) : varying ? [longestText] : []);
  return name === 'TIMESTAMP' ? zoned(cursor, type) : type;
}

function zoned(cursor: Cursor, type: SqlType): SqlType {
  if (cursor.accept('WITHOUT', 'TIME', 'ZONE')) return type;
  if (cursor.accept('WITH', 'LOCAL', 'TIME', 'ZONE')) return { ...type, name: 'TIMESTAMP_LTZ' };
  return cursor.accept('WITH', 'TIME', 'ZONE') ? { ...type, name: 'TIMESTAMP_TZ' } : type;
}

const numbersOf = (group: Group): number[] =>
  group.children.flatMap((node) => (node.kind === 'number' ? [Number(node.text)] : []));

/** The name as `describe` and error texts write it. */
export function displayType(type: SqlType): string {
  if (type.name === 'FIXED') return `NUMBER(${type.precision ?? 38},${type.scale ?? 0})`;
  if (type.name === 'TEXT') return `VARCHAR(${type.length ?? longestText})`;
  if (type.name === 'BINARY') return `BINARY(${type.length ?? longestBinary})`;
  if (type.name === 'REAL') return 'FLOAT';
  return type.name.startsWith('TIME') ? `${type.name}(${type.scale ?? 9})` : type.name;
}

/** The type that holds it in the engine. Whole numbers are 64 bits wide there: a longer one is an error, not a wrong value. */
export function engineType(type: SqlType): string {
  switch (type.name) {
    case 'FIXED':
      return type.precision === 38 && type.scale === 0 ? 'BIGINT' : `DECIMAL(${type.precision},${type.scale})`;
    case 'REAL':
      return 'DOUBLE';
    case 'TEXT':
      return 'VARCHAR';
    case 'TIMESTAMP_NTZ':
      return 'TIMESTAMP';
    case 'TIMESTAMP_LTZ':
    case 'TIMESTAMP_TZ':
      return 'TIMESTAMPTZ';
    case 'BINARY':
      return 'BLOB';
    case 'VARIANT':
    case 'OBJECT':
    case 'ARRAY':
      return 'JSON';
    default:
      return type.name;
  }
}

/** What the engine's type means outside; undefined for one that Snowflake does not have. */
export function outerType(engine: string, alias?: string): SqlType | undefined {
  if (alias === 'JSON') return { name: 'VARIANT' };
  const decimal = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(engine);
  if (decimal) return { name: 'FIXED', precision: Number(decimal[1]), scale: Number(decimal[2]) };
  return outerTypes[engine];
}

const outerTypes: Readonly<Record<string, SqlType>> = {
  ...Object.fromEntries(
    ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT', 'UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT'].map(
      (name) => [name, wholeNumber],
    ),
  ),
  FLOAT: { name: 'REAL' },
  DOUBLE: { name: 'REAL' },
  VARCHAR: anyText,
  BOOLEAN: { name: 'BOOLEAN' },
  DATE: { name: 'DATE' },
  TIME: { name: 'TIME', precision: 0, scale: 9 },
  TIMESTAMP: { name: 'TIMESTAMP_NTZ', precision: 0, scale: 9 },
  TIMESTAMP_S: { name: 'TIMESTAMP_NTZ', precision: 0, scale: 9 },
  TIMESTAMP_MS: { name: 'TIMESTAMP_NTZ', precision: 0, scale: 9 },
  TIMESTAMP_NS: { name: 'TIMESTAMP_NTZ', precision: 0, scale: 9 },
  'TIMESTAMP WITH TIME ZONE': { name: 'TIMESTAMP_LTZ', precision: 0, scale: 9 },
  BLOB: { name: 'BINARY', length: longestBinary },
  '"NULL"': anyText,
  SQLNULL: anyText,
};

/** Types whose cast depends on what is cast. */
const wholeMacros: Readonly<Record<string, string>> = {
  BIGINT: '_whole',
  TIMESTAMP: '_timestamp',
  TIMESTAMPTZ: '_timestamp_tz',
};

/** `cast(expression as type)`. A text that is too long for its type is an error, not cut. */
export function castTo(type: SqlType, expression: string, lenient = false): string {
  if (type.name === 'TEXT') {
    const short = (type.length ?? longestText) < longestText;
    return short
      ? `main.${lenient ? 'sf_try_fitting' : 'sf_fitting'}(${expression}, ${type.length})`
      : `main.sf_text(${expression})`;
  }
  if (type.name === 'VARIANT' || type.name === 'OBJECT') return `main.sf_variant(${expression})`;
  if (type.name === 'ARRAY') return `main.sf_array(${expression})`;
  const macro = wholeMacros[engineType(type)];
  if (macro) return `main.${lenient ? `sf_try${macro}` : `sf${macro}`}(${expression})`;
  return `${lenient ? 'TRY_CAST' : 'CAST'}(${expression} AS ${engineType(type)})`;
}
