import { createHash } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import type { PackageEntry } from '../../1-parse/index.ts';
import { type JsonObject, jsonToValue } from '../../core/index.ts';
import { dumpJson } from '../../jinja/index.ts';
import type { Pinned } from './pinned.ts';

/**
 * The fingerprint of a list of packages that dbt writes into its lock file, so that either tool takes the other's: SHA-1
 * over the entries as sorted JSON lines, with all their keys and the unrendered entry.
 */
export function hashOfList(entries: readonly PackageEntry[]): string {
  const lines = entries.map((entry) => dumpJson(jsonToValue(described(entry)), { sortKeys: true })).sort();
  return createHash('sha1').update(lines.join('\n')).digest('hex');
}

function described(entry: PackageEntry): JsonObject {
  const { rendered, written } = entry;
  switch (entry.kind) {
    case 'hub': {
      const { 'install-prerelease': _, ...rest } = rendered;
      return { ...rest, install_prerelease: entry.prerelease, unrendered: written };
    }
    case 'git': {
      const absent = { revision: null, subdirectory: null, 'warn-unpinned': null };
      return { ...absent, ...rendered, unrendered: written };
    }
    default:
      return { ...rendered, unrendered: written };
  }
}

/** Writes the lock file beside its place and moves it there: nobody finds half of one. */
export function writeLock(file: string, packages: readonly Pinned[], hash: string, temporary: string): void {
  const entries = packages.map(({ lock, projectName }) => ({ ...lock, name: projectName }));
  const text = stringify({ packages: entries, sha1_hash: hash }, { sortMapEntries: true, lineWidth: 0 });
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}
