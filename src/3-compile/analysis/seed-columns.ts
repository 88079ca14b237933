import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { JsonObject, SeedNode } from '../../core/index.ts';
import type { NodeColumn } from './node-analysis.ts';

/** Bytes in which a header line has to end. */
const mostBytes = 1 << 16;

/** The columns of a seed, from the first line of its file; undefined where that cannot be read. */
export function seedColumns(node: SeedNode): readonly NodeColumn[] | undefined {
  const types = (node.config.column_types ?? {}) as JsonObject;
  const delimiter = typeof node.config.delimiter === 'string' ? node.config.delimiter : ',';
  try {
    const text = firstBytes(join(node.root_path, node.original_file_path));
    const [header] = parse(text, { delimiter, to: 1, bom: true, relaxQuotes: true, trim: true }) as string[][];
    return header?.map((name) => {
      const type = types[name];
      return { name, type: typeof type === 'string' ? type : undefined, nullable: true, sources: [] };
    });
  } catch {
    // What is wrong with the file is said when it is loaded.
    return undefined;
  }
}

function firstBytes(file: string): string {
  const handle = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(mostBytes);
    const text = buffer.toString('utf8', 0, readSync(handle, buffer));
    const lineEnd = text.indexOf('\n');
    return lineEnd < 0 ? text : text.slice(0, lineEnd + 1);
  } finally {
    closeSync(handle);
  }
}
