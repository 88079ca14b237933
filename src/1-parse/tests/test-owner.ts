import type { LoadedFile } from '../files/load-files.ts';

/** What a generic test is attached to. */
export interface TestOwner {
  readonly file: LoadedFile;
  readonly packageName: string;
  /** The folders of the properties file below its resource folder. */
  readonly folders: readonly string[];
  /** `models.orders`, `sources.raw`: where dbt finds the entry again. */
  readonly fileKey: string;
  readonly target:
    | { readonly kind: 'node'; readonly name: string }
    | { readonly kind: 'source'; readonly source: string; readonly table: string };
  /** The described node, also when it is disabled; undefined where there is none. */
  readonly attached: { readonly unique_id: string; readonly group: string | null } | undefined;
}
