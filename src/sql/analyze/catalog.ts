import type { SqlType } from '../types/index.ts';

/** A column of a table, as the schema knows it. */
export interface CatalogColumn {
  /** As results spell it, and as the warehouse stores it unless `key` says otherwise. */
  readonly name: string;
  /** What names are compared by, where `name` is not what the warehouse stores. */
  readonly key?: string;
  /** Undefined or `unknown` if not known. */
  readonly type?: SqlType;
  /** False if it is certain that it holds no NULL. */
  readonly nullable?: boolean;
}

/** A table or view of the schema. */
export interface CatalogTable {
  /** As results name it in `relation`. */
  readonly name: string;
  /** `unknown`: it exists, but its columns are not known. */
  readonly columns: readonly CatalogColumn[] | 'unknown';
  /** It may have columns beside those listed. */
  readonly open?: boolean;
  /** Its columns may change without this query being changed: `select *` over it deserves a word. */
  readonly changing?: boolean;
}

/**
 * What the schema knows of a name. Parts are as the warehouse stores them: letter case folded unless quoted; as written
 * where the dialect does not mind the letter case.
 *
 * @returns `unknown` if nothing is known of the name, undefined if no such table exists for certain
 */
export type Catalog = (parts: readonly string[]) => CatalogTable | 'unknown' | undefined;
