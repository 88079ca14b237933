import type { SqlType, TypeDetails, TypeField } from '../../../types/index.ts';

/** Most digits that a NUMBER has. */
export const widestNumber = 38;
const whole: SqlType = { kind: 'number', precision: widestNumber, scale: 0 };
const float: SqlType = { kind: 'float', bits: 64 };
const finest = 9;

const simple: readonly (readonly [names: string, type: SqlType])[] = [
  ['int,integer,bigint,smallint,tinyint,byteint', whole],
  ['float,float4,float8,double,double precision,real', float],
  ['boolean,bool', { kind: 'boolean' }],
  ['date', { kind: 'date' }],
  ['binary,varbinary', { kind: 'binary' }],
  ['variant', { kind: 'variant' }],
  ['geography', { kind: 'geography' }],
  ['geometry', { kind: 'geometry' }],
  ['uuid', { kind: 'uuid' }],
  ['file', { kind: 'file' }],
];

const byName = new Map(simple.flatMap(([names, type]) => names.split(',').map((name) => [name, type] as const)));
const numbers = new Set(['number', 'decimal', 'numeric', 'dec']);
const texts = new Set([
  'varchar',
  'string',
  'text',
  'nvarchar',
  'nvarchar2',
  'char varying',
  'nchar varying',
  'character varying',
]);
const characters = new Set(['char', 'character', 'nchar']);

/** `timestamp` itself is that of the session's TIMESTAMP_TYPE_MAPPING; here its default. */
const zones: Readonly<Record<string, 'ntz' | 'ltz' | 'tz'>> = {
  timestamp: 'ntz',
  datetime: 'ntz',
  timestampntz: 'ntz',
  timestamp_ntz: 'ntz',
  'timestamp without time zone': 'ntz',
  timestampltz: 'ltz',
  timestamp_ltz: 'ltz',
  'timestamp with local time zone': 'ltz',
  timestamptz: 'tz',
  timestamp_tz: 'tz',
  'timestamp with time zone': 'tz',
};

export function readName(name: string, details: TypeDetails): SqlType | undefined {
  const [first, second] = details.numbers;
  if (numbers.has(name)) return { kind: 'number', precision: first ?? widestNumber, scale: second ?? 0 };
  if (texts.has(name)) return first === undefined ? { kind: 'varchar' } : { kind: 'varchar', length: first };
  if (characters.has(name)) return { kind: 'varchar', length: first ?? 1 };
  const zone = zones[name];
  if (zone) return { kind: 'timestamp', zone, precision: first ?? finest };
  if (name === 'time') return { kind: 'time', zone: 'none', precision: first ?? finest };
  if (name.startsWith('interval')) return { kind: 'interval', family: /year|month/.test(name) ? 'months' : 'seconds' };
  return nested(name, details) ?? byName.get(name);
}

function nested(name: string, { types, fields, numbers: sizes }: TypeDetails): SqlType | undefined {
  const [first, second] = types;
  if (name === 'object') return fields.length > 0 ? { kind: 'object', fields } : { kind: 'object' };
  if (name === 'array') return first ? { kind: 'array', element: first } : { kind: 'array' };
  if (name === 'map' && first && second) return { kind: 'map', key: first, value: second };
  if (name === 'vector' && first) return { kind: 'vector', element: vectorElement(first), dimension: sizes[0] ?? 0 };
  return undefined;
}

/** A vector's INT has 32 bits. */
const vectorElement = (type: SqlType): SqlType =>
  type.kind === 'float' ? { kind: 'float', bits: 32 } : { kind: 'integer', bits: 32, signed: true };

/** As DESCRIBE TABLE writes it, but for the longest VARCHAR, which is without its length. */
export function writeType(type: SqlType): string {
  switch (type.kind) {
    case 'number':
      return `NUMBER(${type.precision},${type.scale})`;
    case 'integer':
      return 'NUMBER(38,0)';
    case 'varchar':
      return type.length === undefined ? 'VARCHAR' : `VARCHAR(${type.length})`;
    case 'time':
      return `TIME(${type.precision})`;
    case 'timestamp':
      return `TIMESTAMP_${type.zone.toUpperCase()}(${type.precision})`;
    case 'interval':
      return type.family === 'months' ? 'INTERVAL YEAR TO MONTH' : 'INTERVAL DAY TO SECOND';
    case 'object':
    case 'struct':
      return type.fields && type.fields.length > 0 ? `OBJECT(${writeFields(type.fields)})` : 'OBJECT';
    case 'array':
      return type.element ? `ARRAY(${writeType(type.element)})` : 'ARRAY';
    case 'map':
      return `MAP(${writeType(type.key)}, ${writeType(type.value)})`;
    case 'vector':
      return `VECTOR(${type.element.kind === 'float' ? 'FLOAT' : 'INT'}, ${type.dimension})`;
    case 'enum':
      return 'VARCHAR';
    case 'json':
    case 'union':
    case 'null':
      return 'VARIANT';
    case 'bits':
      return 'BINARY';
    case 'named':
      return type.name;
    default:
      return type.kind.toUpperCase();
  }
}

const writeFields = (fields: readonly TypeField[]): string =>
  fields.map(({ name, type, notNull }) => `${quoted(name)} ${writeType(type)}${notNull ? ' NOT NULL' : ''}`).join(', ');

const quoted = (name: string): string => (/^[A-Za-z_][\w$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);
