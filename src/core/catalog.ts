import type { JsonObject } from './json.ts';

/** A catalog of `catalogs.yml`: where tables of open formats are listed, as its active write integration says. */
export interface Catalog {
  readonly name: string;
  /** dbt's word: `built_in`, `iceberg_rest`, `info_schema`. */
  readonly type: string;
  readonly tableFormat: string | null;
  readonly externalVolume: string | null;
  readonly fileFormat: string | null;
  /** What only this warehouse's adapter reads. */
  readonly properties: JsonObject;
}

/** Catalogs by their names in capitals: letter case does not count. */
export type Catalogs = ReadonlyMap<string, Catalog>;
