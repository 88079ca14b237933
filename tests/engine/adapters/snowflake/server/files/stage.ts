import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Run } from '../engine/account.ts';
import { type Stage, schemaAt } from '../engine/catalog.ts';
import { completeName } from '../engine/resolve.ts';
import { SqlError, unsupported } from '../errors.ts';
import type { Cursor } from '../sql/cursor.ts';
import { firstToken } from '../sql/nodes.ts';

/** A place in a stage: `@landing/pos/`. */
export interface Place {
  readonly stage: Stage;
  /** What follows the stage's name, without the slash before it. */
  readonly path: string;
}

/** A file as it lies there now. */
export interface StagedFile {
  /** As LIST and COPY name it: with the bucket, or the stage's own name. */
  readonly name: string;
  /** As METADATA$FILENAME names it. */
  readonly path: string;
  /** Below the place that was asked for. */
  readonly below: string;
  readonly onDisk: string;
  readonly size: number;
  readonly md5: string;
  readonly modified: Date;
}

/** Reads `@[database.schema.]stage[/path]`, written bare or as a text. */
export function readPlace(run: Run, cursor: Cursor): Place {
  const node = cursor.peek();
  if (node?.kind === 'string' && node.value.startsWith('@')) {
    cursor.next();
    return placeOf(run, node.value);
  }
  if (!cursor.seesSymbol('@')) throw cursor.unexpected();
  const { start } = firstToken(cursor.next());
  const written = /^@[^\s()';,]+/.exec(run.sql.slice(start))?.[0] ?? '@';
  while (!cursor.done && firstToken(cursor.peek() ?? cursor.next()).start < start + written.length) cursor.next();
  return placeOf(run, written);
}

export function placeOf(run: Run, written: string): Place {
  const [name = '', ...path] = written.slice(1).split('/');
  if (/^[~%]/.test(name)) throw unsupported('stage of a user or a table');
  const parts = name.split('.').map((part) => (part.startsWith('"') ? part.slice(1, -1) : part.toUpperCase()));
  const full = completeName(parts, run.session);
  const stage = schemaAt(run.account.catalog, full)?.stages.get(full.name);
  if (stage) return { stage, path: path.join('/') };
  throw new SqlError(
    '002003',
    '02000',
    `SQL compilation error:\nStage '${full.database}.${full.schema}.${full.name}' does not exist or not authorized.`,
  );
}

/** The files of a place whose names begin with its path, in the order of their names. */
export function filesAt({ account }: Run, { stage, path }: Place): readonly StagedFile[] {
  const { folder, prefix, inBucket } = whereIs(account.buckets, stage);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((name) => name.startsWith(path))
    .sort()
    .map((name) => {
      const onDisk = join(folder, name);
      const { size, mtime } = statSync(onDisk);
      const md5 = createHash('md5').update(readFileSync(onDisk)).digest('hex');
      const below = name.slice(path.length).replace(/^\//, '');
      return { name: prefix + name, path: inBucket + name, below, onDisk, size, md5, modified: mtime };
    });
}

/** Buckets are folders of this machine; a stage without an address has the bucket of its own name. */
function whereIs(
  buckets: Readonly<Record<string, string>>,
  { url, name }: Stage,
): { readonly folder: string; readonly prefix: string; readonly inBucket: string } {
  if (url === undefined) {
    const own = `${name.toLowerCase()}/`;
    return { folder: buckets[name.toLowerCase()] ?? '/nowhere', prefix: own, inBucket: '' };
  }
  const [, bucket = '', path = ''] = /^(\w+:\/\/[^/]+)\/?(.*)$/.exec(url) ?? [];
  const folder = buckets[bucket];
  if (folder === undefined) {
    throw new SqlError(
      '091003',
      '57014',
      `Failure using stage area. Cause: [Access Denied (Status Code: 403; ${url})]`,
    );
  }
  const inBucket = path === '' || path.endsWith('/') ? path : `${path}/`;
  return { folder: join(folder, inBucket), prefix: `${bucket}/${inBucket}`, inBucket };
}
