import type { RefArguments } from '../../core/index.ts';
import type { LoadedFile } from '../files/load-files.ts';
import { foldersOf } from '../names/fqn.ts';

/** What a generic test is attached to: the same for all tests of one entry (and version). */
export interface TestOwner {
  readonly file: LoadedFile;
  readonly packageName: string;
  /** The folders of the properties file below the first. */
  readonly folders: readonly string[];
  /** `models.orders`, `sources.raw`: where dbt finds the entry again. */
  readonly fileKey: string;
  /** The argument `model` of its tests, as dbt writes it. */
  readonly model: string;
  /** What that refers to; a version as its entry has it. */
  readonly reads: { readonly refs: readonly RefArguments[]; readonly sources: readonly (readonly [string, string])[] };
  /** The described node, also when it is disabled; undefined where there is none. */
  readonly attached: { readonly unique_id: string; readonly group: string | null } | undefined;
}

export type TestedRelation =
  | { readonly kind: 'node'; readonly name: string; readonly version?: string | number | undefined }
  | { readonly kind: 'source'; readonly source: string; readonly table: string };

export function testOwner(
  file: LoadedFile,
  fileKey: string,
  target: TestedRelation,
  attached: TestOwner['attached'],
): TestOwner {
  const { packageName, path } = file.found;
  // As dbt: below the first folder, also where the resource folder has two (`shop/models`).
  const folders = foldersOf(path).slice(1);
  if (target.kind === 'source') {
    const { source, table } = target;
    const model = `{{ get_where_subquery(source('${source}', '${table}')) }}`;
    const reads: TestOwner['reads'] = { refs: [], sources: [[source, table]] };
    return { file, packageName, folders, fileKey, model, reads, attached };
  }
  const { name, version = null } = target;
  const versioned = version === null ? '' : `, version='${version}'`;
  const model = `{{ get_where_subquery(ref('${name}'${versioned})) }}`;
  const reads: TestOwner['reads'] = { refs: [{ name, package: null, version }], sources: [] };
  return { file, packageName, folders, fileKey, model, reads, attached };
}
