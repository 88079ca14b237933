import type { Adapter } from './adapter.ts';
import type { DataTest } from './data-test.ts';
import type { Materialization } from './materialization.ts';
import type { TemplateFunction } from './template-function.ts';

/** What the shelves hold, by name. The pipeline reads the folders; rooms are given this. */
export interface Shelves {
  readonly functions: ReadonlyMap<string, TemplateFunction>;
  readonly dataTests: ReadonlyMap<string, DataTest>;
  readonly materializations: ReadonlyMap<string, Materialization>;
  readonly adapter: Adapter;
}
