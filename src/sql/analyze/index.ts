// analyze: query → columns, types, lineage, diagnostics

export { type Analysis, analyzeQuery } from './analysis.ts';
export {
  type AnalyzedFilter,
  type AnalyzedRelation,
  type AnalyzedSource,
  type AnalyzeOptions,
  type AnalyzeResult,
  analyze,
  queryOf,
  type ResultColumn,
} from './analyze.ts';
export type { Catalog, CatalogColumn, CatalogTable } from './catalog.ts';
export type { ColumnMeaning, Value } from './context.ts';
export { type SchemaColumn, type SchemaTable, schemaCatalog } from './schema.ts';
