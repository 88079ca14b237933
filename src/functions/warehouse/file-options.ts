import { Dict, str, truthy, type Value } from '../../jinja/index.ts';

// What materializations of a project's own ask that write files as dbt-duckdb's `external` does.

const compressions: Readonly<Record<string, string>> = { gz: 'gzip', zst: 'zstd' };
/** Options whose text stands in quotes. */
const quoted = new Set(['delimiter', 'quote', 'escape', 'null']);

/** `adapter.external_write_options(location, options)`: the options of COPY. What is not said is put into the mapping, too. */
export function writeOptions(location: string, options: Value): string {
  if (!(options instanceof Dict)) return '';
  const usually = (name: string, value: Value): void => void (options.has(name) || options.set(name, value));
  if (!options.has('format')) {
    const [, extension, compressed] = /\.([^./\\]+?)(?:\.(gz|zst))?$/i.exec(location) ?? [];
    usually('format', extension?.toLowerCase() ?? (options.has('delimiter') ? 'csv' : 'parquet'));
    if (compressed) usually('compression', compressions[compressed.toLowerCase()] ?? null);
  }
  if (options.get('format') === 'csv') usually('header', 1);
  const parts = str(options.get('partition_by') ?? '');
  if (parts.includes(',') && !parts.startsWith('(')) options.set('partition_by', `(${parts})`);
  const written = [...options.entries()].map(([name, value]) => {
    const [key, text] = [str(name), str(value)];
    return quoted.has(key.toLowerCase()) && !text.startsWith("'") ? `${key} '${text}'` : `${key} ${text}`;
  });
  return written.join(', ');
}

/** `adapter.external_read_location(location, options)`: the file, or a pattern for those of a folder. */
export function readLocation(location: string, options: Value): string {
  const option = (name: string): Value => (options instanceof Dict ? (options.get(name) ?? null) : null);
  const partitions = option('partition_by');
  if (!truthy(partitions) && !truthy(option('per_thread_output'))) return location;
  const depth = truthy(partitions) ? str(partitions).split(',').length : 0;
  return `${location}/*${'/*'.repeat(depth)}.${str(option('format') ?? 'parquet')}`;
}
