const families: readonly (readonly string[])[] = [
  ['varchar', 'text', 'string', 'char', 'character', 'character varying', 'nvarchar', 'nchar'],
  ['number', 'decimal', 'numeric', 'int', 'integer', 'bigint', 'smallint', 'tinyint', 'byteint'],
  ['float', 'float4', 'float8', 'double', 'double precision', 'real'],
  ['timestamp_ntz', 'timestamp', 'datetime', 'timestamp without time zone'],
  ['timestamp_ltz', 'timestamp with local time zone'],
  ['timestamp_tz', 'timestamp with time zone'],
];

/** Whether two types are one to a contract: dbt compares what they are called, without their sizes. */
export function sameType(left: string, right: string): boolean {
  return familyOf(left) === familyOf(right);
}

function familyOf(type: string): string {
  const name = type
    .replace(/\(.*\)/s, '')
    .trim()
    .toLowerCase();
  return families.find((family) => family.includes(name))?.[0] ?? name;
}
