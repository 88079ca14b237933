import type { SqlType, TypeDetails, TypeField } from '../../../types/index.ts';
import { widestDecimal } from './numbers.ts';

const integers: readonly (readonly [name: string, bits: number, signed: boolean, aliases: string])[] = [
  ['TINYINT', 8, true, 'int1'],
  ['SMALLINT', 16, true, 'int2 int16 short'],
  ['INTEGER', 32, true, 'int int4 int32 integral signed'],
  ['BIGINT', 64, true, 'int8 int64 long oid'],
  ['HUGEINT', 128, true, 'int128'],
  ['UTINYINT', 8, false, 'uint8'],
  ['USMALLINT', 16, false, 'uint16'],
  ['UINTEGER', 32, false, 'uint32'],
  ['UBIGINT', 64, false, 'uint64'],
  ['UHUGEINT', 128, false, 'uint128'],
  ['BIGNUM', Number.POSITIVE_INFINITY, true, 'varint'],
];

const timestamp = (zone: 'ntz' | 'ltz', precision: number): SqlType => ({ kind: 'timestamp', zone, precision });
const time = (zone: 'none' | 'tz', precision: number): SqlType => ({ kind: 'time', zone, precision });

const simple: readonly (readonly [names: string, type: SqlType])[] = [
  ['float4,float,real', { kind: 'float', bits: 32 }],
  ['double,float8,double precision', { kind: 'float', bits: 64 }],
  [
    'varchar,char,bpchar,text,string,nvarchar,character varying,character,char varying,national character varying',
    { kind: 'varchar' },
  ],
  ['boolean,bool,logical', { kind: 'boolean' }],
  ['date', { kind: 'date' }],
  ['time,time without time zone', time('none', 6)],
  ['time_ns', time('none', 9)],
  ['timetz,time with time zone', time('tz', 6)],
  ['timestamp,datetime,timestamp_us,timestamp without time zone', timestamp('ntz', 6)],
  ['timestamp_s', timestamp('ntz', 0)],
  ['timestamp_ms', timestamp('ntz', 3)],
  ['timestamp_ns', timestamp('ntz', 9)],
  ['timestamptz,timestamp with time zone', timestamp('ltz', 6)],
  ['interval', { kind: 'interval', family: 'mixed' }],
  ['blob,bytea,binary,varbinary', { kind: 'binary' }],
  ['bit,bitstring', { kind: 'bits' }],
  ['uuid,guid', { kind: 'uuid' }],
  ['json', { kind: 'json' }],
  ['variant', { kind: 'variant' }],
  ['geometry', { kind: 'geometry' }],
  ['null', { kind: 'null' }],
  ...integers.map(
    ([name, bits, signed, aliases]) =>
      [`${name.toLowerCase()},${aliases.replaceAll(' ', ',')}`, { kind: 'integer', bits, signed }] as const,
  ),
];

const byName = new Map(simple.flatMap(([names, type]) => names.split(',').map((name) => [name, type] as const)));

export function readName(name: string, details: TypeDetails): SqlType | undefined {
  const [first, second] = details.numbers;
  switch (name) {
    case 'decimal':
    case 'numeric':
    case 'dec':
      return { kind: 'number', precision: first ?? 18, scale: second ?? (first === undefined ? 3 : 0) };
    case 'timestamp':
      return first === undefined
        ? byName.get(name)
        : timestamp('ntz', first > 6 ? 9 : first > 3 ? 6 : first > 0 ? 3 : 0);
    case 'struct':
    case 'row':
      return { kind: 'struct', fields: details.fields };
    case 'union':
      return { kind: 'union', fields: details.fields };
    case 'enum':
      return { kind: 'enum', values: details.texts };
    case 'map': {
      const [key, value] = details.types;
      return key && value ? { kind: 'map', key, value } : undefined;
    }
    case 'list': {
      const [element] = details.types;
      return element ? { kind: 'array', element } : undefined;
    }
    default:
      return byName.get(name);
  }
}

/** A decimal that no width has room for. */
export function wrongSize(type: SqlType): string | undefined {
  if (type.kind === 'array' && type.element) return wrongSize(type.element);
  if (type.kind !== 'number') return undefined;
  const { precision, scale } = type;
  if (precision < 1 || precision > widestDecimal)
    return `A decimal has 1 to ${widestDecimal} digits, not ${precision}.`;
  return scale > precision ? `Of ${precision} digits, ${scale} cannot stand behind the point.` : undefined;
}

const timestampNames: Readonly<Record<number, string>> = { 0: 'TIMESTAMP_S', 3: 'TIMESTAMP_MS', 9: 'TIMESTAMP_NS' };

/** As DESCRIBE writes it; a type that DuckDB lacks gets the nearest that it has. */
export function writeType(type: SqlType): string {
  switch (type.kind) {
    case 'number':
      return `DECIMAL(${type.precision},${type.scale})`;
    case 'integer':
      return integers.find(([, bits, signed]) => bits === type.bits && signed === type.signed)?.[0] ?? 'BIGNUM';
    case 'float':
      return type.bits === 32 ? 'FLOAT' : 'DOUBLE';
    case 'time':
      return type.zone === 'tz' ? 'TIME WITH TIME ZONE' : type.precision > 6 ? 'TIME_NS' : 'TIME';
    case 'timestamp':
      return type.zone === 'ntz' ? (timestampNames[type.precision] ?? 'TIMESTAMP') : 'TIMESTAMP WITH TIME ZONE';
    case 'binary':
      return 'BLOB';
    case 'bits':
      return 'BIT';
    case 'array':
      return `${type.element ? writeType(type.element) : 'VARIANT'}[${type.size ?? ''}]`;
    case 'vector':
      return `${writeType(type.element)}[${type.dimension}]`;
    case 'map':
      return `MAP(${writeType(type.key)}, ${writeType(type.value)})`;
    case 'struct':
      return `STRUCT(${writeFields(type.fields)})`;
    case 'union':
      return `UNION(${writeFields(type.fields)})`;
    case 'object':
      return type.fields ? `STRUCT(${writeFields(type.fields)})` : 'VARIANT';
    case 'enum':
      return `ENUM(${(type.values ?? []).map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')})`;
    case 'geography':
      return 'GEOMETRY';
    case 'file':
      return 'VARCHAR';
    case 'named':
      return type.name;
    case 'null':
      return '"NULL"';
    default:
      return type.kind.toUpperCase();
  }
}

const writeFields = (fields: readonly TypeField[]): string =>
  fields.map(({ name, type }) => (name === '' ? '' : `${quoted(name)} `) + writeType(type)).join(', ');

const quoted = (name: string): string => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);
