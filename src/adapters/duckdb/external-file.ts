import { isAbsolute, resolve } from 'node:path';
import type { ExternalFile, Json, JsonObject, NodeConfig } from '../../core/index.ts';

const formats = ['csv', 'parquet', 'json'];
/** Options whose text stands in quotes. */
const quoted = new Set(['delimiter', 'quote', 'escape', 'null']);
const compressions: Readonly<Record<string, string>> = { gz: 'gzip', zst: 'zstd' };

/**
 * How the rows of an `external` model are written with COPY and read back, by dbt-duckdb's settings: `format`,
 * `delimiter`, `options`, `parquet_read_options`, `csv_read_options`, `json_read_options`. A text: what is wrong with them.
 */
export function externalFile(location: string, config: NodeConfig, projectRoot: string): ExternalFile | string {
  const { format } = config;
  if (format !== undefined && format !== null && !formats.includes(String(format)))
    return `'${String(format)}' is no format of files that can be written: ${formats.join(', ')}`;
  if (config.plugin || config.glue_register) return 'Plugins are Python modules of dbt-duckdb, and are not supported';
  const options = writeOptions(location, config);
  if (options === undefined) return "'options' has to be a mapping";
  const partitions = options.get('partition_by');
  const inFolder = partitions !== undefined || options.has('per_thread_output');
  const place = fromHere(location, projectRoot);
  // Of a file DuckDB can write a copy, and rename it in the end.
  if (!inFolder && !isRemote(location) && !options.has('use_tmp_file')) options.set('use_tmp_file', 'true');
  const depth = '/*'.repeat(partitions?.split(',').length ?? 0);
  const files = inFolder ? `${place}/*${depth}.${options.get('format')}` : place;
  const written = [...options].map(([name, value]) => `${name} ${value}`).join(', ');
  return {
    write: (sql) => `copy (\n${sql}\n) to ${literal(place)} (${written})`,
    query: `select * from ${reader(files, config, options)}`,
  };
}

/** Undefined: they are no mapping. */
function writeOptions(location: string, { options: written, format, delimiter }: NodeConfig) {
  if (written !== undefined && written !== null && (typeof written !== 'object' || Array.isArray(written))) return;
  const legacy = Object.entries({ format, delimiter }).filter(([, value]) => value);
  const given = [...Object.entries((written ?? {}) as JsonObject), ...legacy] as [string, Json][];
  const options = new Map(given.map(([name, value]) => [name.toLowerCase(), optionText(name.toLowerCase(), value)]));
  if (!options.has('format')) {
    const [, extension, compressed] = /\.([^./\\]+?)(?:\.(gz|zst))?$/i.exec(location) ?? [];
    const compression = compressions[compressed?.toLowerCase() ?? ''];
    options.set('format', extension?.toLowerCase() ?? (options.has('delimiter') ? 'csv' : 'parquet'));
    if (compression && !options.has('compression')) options.set('compression', compression);
  }
  if (options.get('format') === 'csv' && !options.has('header')) options.set('header', '1');
  return options;
}

function optionText(name: string, value: Json): string {
  const text = Array.isArray(value) ? value.join(', ') : String(value);
  if (quoted.has(name)) return text.startsWith("'") ? text : literal(text);
  return name === 'partition_by' && text.includes(',') && !text.startsWith('(') ? `(${text})` : text;
}

function reader(files: string, config: NodeConfig, options: ReadonlyMap<string, string>): string {
  const written = options.get('format')?.toLowerCase() ?? '';
  const format = formats.includes(written) ? written : 'parquet';
  const byDefault = format === 'parquet' ? { union_by_name: false } : { auto_detect: true };
  const own = config[`${format}_read_options`] as JsonObject | null | undefined;
  const compression = format === 'parquet' ? undefined : options.get('compression');
  const settings = { ...(compression && { compression }), ...(own ?? byDefault) };
  const named = Object.entries(settings).map(([name, value]) => `, ${name} = ${sqlOf(value)}`);
  return `read_${format}(${literal(files)}${named.join('')})`;
}

function sqlOf(value: Json): string {
  if (typeof value === 'string') return literal(value);
  if (Array.isArray(value)) return `[${value.map(sqlOf).join(', ')}]`;
  if (value === null || typeof value !== 'object') return String(value);
  const members = Object.entries(value).map(([name, member]) => `${literal(name)}: ${sqlOf(member)}`);
  return `{${members.join(', ')}}`;
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const isRemote = (path: string): boolean => /^[a-z][a-z0-9+.-]+:\/\//i.test(path);

/** Paths are relative to the project, in which the command line stands; a program that embeds Ingot may stand elsewhere. */
function fromHere(path: string, projectRoot: string): string {
  return isRemote(path) || isAbsolute(path) || process.cwd() === projectRoot ? path : resolve(projectRoot, path);
}
