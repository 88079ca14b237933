import { expect, test } from 'vitest';
import { externalFile } from '../../../../src/adapters/duckdb/external-file.ts';
import type { NodeConfig } from '../../../../src/core/index.ts';

// The options are those that dbt-duckdb 1.11 writes, and `use_tmp_file`.
test.each<[string, object, string]>([
  ['x/a.csv.gz', {}, "to 'x/a.csv.gz' (format csv, compression gzip, header 1, use_tmp_file true)"],
  ["s3://b/a's.json", { options: { array: true } }, "to 's3://b/a''s.json' (array true, format json)"],
  ['x', { options: { partition_by: ['a', 'b'] }, format: 'parquet' }, "to 'x' (partition_by (a, b), format parquet)"],
  ['x.txt', { format: 'csv', options: { null: 'N/A' } }, "(null 'N/A', format csv, header 1, use_tmp_file true)"],
])('%s with %j is written %s', (location, config, text) => {
  const file = externalFile(location, config as NodeConfig, process.cwd());
  expect(typeof file === 'string' ? file : file.write('select 1')).toContain(text);
});
