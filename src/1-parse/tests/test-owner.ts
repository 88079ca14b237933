import type { LoadedFile } from '../files/load-files.ts';

/** What a generic test is attached to. */
export interface TestOwner {
  readonly file: LoadedFile;
  readonly packageName: string;
  /** The folders of the properties file below its resource folder. */
  readonly folders: readonly string[];
  /** `models.orders`, `sources.raw`: where dbt finds the entry again. */
  readonly fileKey: string;
  readonly target: TestedRelation;
  /** The argument `model` of its tests, of `testedModel`. */
  readonly model: string;
  /** The described node, also when it is disabled; undefined where there is none. */
  readonly attached: { readonly unique_id: string; readonly group: string | null } | undefined;
}

export type TestedRelation =
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'source'; readonly source: string; readonly table: string };

/** The relation under test, as dbt writes the argument `model` of a generic test. */
export function testedModel(target: TestedRelation, version: string | number | undefined): string {
  if (target.kind === 'source') return `{{ get_where_subquery(source('${target.source}', '${target.table}')) }}`;
  const versioned = version === undefined ? '' : `, version='${version}'`;
  return `{{ get_where_subquery(ref('${target.name}'${versioned})) }}`;
}
