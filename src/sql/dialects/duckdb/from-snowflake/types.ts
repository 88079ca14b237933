import { nowhere } from '../../../translate/build.ts';
import type { Translation } from '../../../translate/translation.ts';
import type { DataType } from '../../../tree.ts';

/** What a type is called in DuckDB. Whole numbers are BIGINT: a value beyond 19 digits is an error, not another value. */
const names: Readonly<Record<string, string>> = {
  ...each('bigint', 'int integer bigint smallint tinyint byteint'),
  ...each('decimal', 'number decimal numeric dec'),
  ...each('double', 'float float4 float8 double real'),
  'double precision': 'double',
  ...each('varchar', 'varchar string text char character nchar nvarchar nvarchar2'),
  'char varying': 'varchar',
  'nchar varying': 'varchar',
  'character varying': 'varchar',
  ...each('boolean', 'boolean bool'),
  date: 'date',
  time: 'time',
  ...each('timestamp', 'timestamp datetime timestamp_ntz timestampntz'),
  'timestamp without time zone': 'timestamp',
  ...each('timestamptz', 'timestamp_ltz timestampltz'),
  'timestamp with local time zone': 'timestamptz',
  ...each('variant', 'variant object array'),
  ...each('blob', 'binary varbinary'),
};

function each(target: string, words: string): Record<string, string> {
  return Object.fromEntries(words.split(' ').map((word) => [word, target]));
}

/** The type as DuckDB has it; one that it has not is reported. */
export function translateType(node: DataType, translation: Translation): DataType {
  const target = node.qualifier ? undefined : names[node.name.toLowerCase()];
  if (!target || node.dimensions.length > 0) return refused(node, translation);
  const inner = node.parameters.some(({ kind }) => kind !== 'value');
  if (inner) return refused(node, translation, 'Structured types have no translation: leave out the inner type.');
  if (target === 'timestamp' || target === 'timestamptz' || target === 'time') {
    const [precision] = numbersOf(node);
    if (precision !== undefined && precision < 6)
      return refused(node, translation, 'DuckDB keeps six digits of a second.');
  }
  const parameters = target === 'decimal' ? decimalParameters(node) : [];
  return { kind: 'data-type', name: target, parameters, dimensions: [], ...nowhere };
}

function decimalParameters(node: DataType): DataType['parameters'] {
  const [precision = 38, scale = 0] = numbersOf(node);
  return [precision, scale].map((value) => ({
    kind: 'value',
    value: { kind: 'number', text: String(value), ...nowhere },
    ...nowhere,
  }));
}

/** The numbers in a type's parentheses. */
function numbersOf(node: DataType): number[] {
  return node.parameters.flatMap((parameter) =>
    parameter.kind === 'value' && parameter.value.kind === 'number' ? [Number(parameter.value.text)] : [],
  );
}

/** A text type's length, where one is written, or meant: CHAR alone is CHAR(1). */
export function lengthOf(node: DataType): number | undefined {
  const [length] = numbersOf(node);
  return length ?? (/^(char|character|nchar)$/.test(node.name) ? 1 : undefined);
}

function refused(node: DataType, translation: Translation, hint?: string): DataType {
  const written = node.name.toUpperCase();
  const isZoned = /^TIMESTAMP(_?TZ| WITH TIME ZONE)$/.test(written);
  const reason = isZoned ? 'DuckDB keeps no offset with a timestamp: use TIMESTAMP_NTZ or TIMESTAMP_LTZ.' : hint;
  translation.refuse(node, `The type ${written}${node.parameters.length > 0 ? '(…)' : ''}`, reason);
  return node;
}
