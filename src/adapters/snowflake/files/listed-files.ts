import type { Table } from '../../../core/index.ts';
import { cellsByName } from '../list-relations.ts';

/** A file as `list` names it. */
export interface ListedFile {
  /** `s3://bucket/path/file`, or `stage/path/file` in a stage of Snowflake's own. */
  readonly name: string;
  /** What becomes another when the file's content does. */
  readonly fingerprint: string;
}

/** The rows of `list`. */
export function listedFiles(table: Table): readonly ListedFile[] {
  const read = cellsByName(table);
  return table.rows.map((row) => ({
    name: read(row, 'name'),
    fingerprint: read(row, 'md5') || `${read(row, 'size')} ${read(row, 'last_modified')}`,
  }));
}

/** `@stage/path`, taken apart. */
export function stageAndPath(location: string): { readonly stage: string; readonly path: string } {
  const [, stage = '', path = ''] = /^@((?:"(?:[^"]|"")*"|[^/"])+)\/?(.*)$/.exec(location.trim()) ?? [];
  return { stage, path };
}

/** The address that a stage stands for, of `describe stage`; undefined: it is one of Snowflake's own. */
export function stageAddress(described: Table): string | undefined {
  const read = cellsByName(described);
  const row = described.rows.find((cells) => read(cells, 'property') === 'URL');
  const address = row && /"([^"]+)"/.exec(read(row, 'property_value'))?.[1];
  return address === undefined || address.endsWith('/') ? address : `${address}/`;
}

/** A file's name below the location, as `files = (…)` takes it. */
export function nameBelow({ name }: ListedFile, location: string, address: string | undefined): string {
  const before = address ?? name.slice(0, name.indexOf('/') + 1);
  return name.slice(before.length + stageAndPath(location).path.length).replace(/^\//, '');
}

/** A file as `metadata$filename` names it: below its bucket (of Azure: its container), or its stage. */
export function nameInBucket({ name }: ListedFile): string {
  return /^(?:azure:\/\/[^/]+\/[^/]+|\w+:\/\/[^/]+|[^/]+)\/(.*)$/.exec(name)?.[1] ?? name;
}
