import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Document, isMap, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { packageFiles } from '../../1-parse/index.ts';
import { usageProblem } from '../command-line/usage.ts';
import type { Session } from '../session.ts';

const sources: Readonly<Record<PackageSource, readonly [key: string, version: string]>> = {
  hub: ['package', 'version'],
  git: ['git', 'revision'],
  local: ['local', 'version'],
};

/** Where a package can come from. */
export type PackageSource = 'hub' | 'git' | 'local';

/**
 * `--add-package name@version`: writes the package into the list, in place of an entry for the same package. Comments
 * and layout of the file stay.
 */
export function addPackage(root: string, wanted: string, source: PackageSource, { reporter }: Session): void {
  const at = wanted.lastIndexOf('@');
  const [name, version] = at > 0 ? [wanted.slice(0, at), wanted.slice(at + 1)] : [wanted, undefined];
  if (version === undefined && source !== 'local') {
    throw usageProblem(
      'no-version',
      `'${wanted}' names no version`,
      'For example: --add-package dbt-labs/dbt_utils@1.3.0',
    );
  }
  const file = packageFiles.find((candidate) => existsSync(join(root, candidate))) ?? packageFiles[0];
  const path = join(root, file);
  const written = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const document: Document = written.trim() === '' ? new Document({}) : parseDocument(written);
  if (!isMap(document.contents)) throw usageProblem('bad-package-list', `${file} is no mapping with a key 'packages'`);
  const [key, versionKey] = sources[source];
  const versions = version?.includes(',') ? version.split(',').map((part) => part.trim()) : version;
  const entry = document.createNode({ [key]: name, ...(version === undefined ? {} : { [versionKey]: versions }) });
  const list = document.get('packages');
  if (isSeq(list)) {
    list.items = list.items.filter((item) => !(isMap(item) && isSame(item, name)));
    list.items.push(entry);
  } else document.set('packages', [entry]);
  writeFileSync(path, document.toString());
  reporter.say('info', `Added ${name}${version === undefined ? '' : `@${version}`} to ${file}`);
}

/** Whether an entry is for the package, whatever the source: `dbt-labs/dbt_utils` is `…/dbt-utils.git` too. */
function isSame(item: YAMLMap, name: string): boolean {
  const written = ['package', 'git', 'local', 'tarball']
    .map((key) => item.get(key))
    .find((value) => typeof value === 'string');
  return typeof written === 'string' && lastName(written) === lastName(name);
}

function lastName(name: string): string {
  const plain = name.replace(/\.git$/, '').replace(/\/+$/, '');
  return (plain.split('/').at(-1) ?? plain).replace(/-/g, '_').toLowerCase();
}
