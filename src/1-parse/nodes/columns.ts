import { type ColumnInfo, isMapping, type Json, type JsonObject } from '../../core/index.ts';
import { columnTags } from '../properties/read-columns.ts';

/** Renders descriptions and finds the docs blocks behind them. */
export interface Describer {
  text(description: string): string;
  blocks(description: string): readonly string[];
}

const known = new Set([
  'name',
  'description',
  'meta',
  'data_type',
  'constraints',
  'quote',
  'config',
  'tags',
  'granularity',
  'docs',
]);
const none: readonly never[] = Object.freeze([]);
const nothing: JsonObject = Object.freeze({});

/** Columns as written in properties, in the manifest's form. */
export function buildColumns(
  written: readonly JsonObject[],
  describer: Describer,
): Readonly<Record<string, ColumnInfo>> {
  const columns: Record<string, ColumnInfo> = {};
  for (const column of written) columns[String(column.name)] = buildColumn(column, describer);
  return columns;
}

function buildColumn(column: JsonObject, describer: Describer): ColumnInfo {
  const description = typeof column.description === 'string' ? column.description : '';
  const templated = description.includes('{{') || description.includes('{%');
  const tags = columnTags(column);
  const meta = metaOf(column);
  const info: ColumnInfo & { [key: string]: unknown } = {
    name: String(column.name),
    description: templated ? describer.text(description) : description,
    meta,
    data_type: typeof column.data_type === 'string' ? column.data_type : null,
    constraints: Array.isArray(column.constraints) ? column.constraints.filter(isMapping).map(columnConstraint) : none,
    quote: typeof column.quote === 'boolean' ? column.quote : null,
    config: { meta, tags: tags as readonly Json[] },
    tags,
    granularity: typeof column.granularity === 'string' ? column.granularity : null,
    doc_blocks: templated ? describer.blocks(description) : none,
  };
  for (const key in column) if (!known.has(key)) (info as Record<string, unknown>)[key] = column[key];
  return info;
}

function metaOf(column: JsonObject): JsonObject {
  const own = isMapping(column.meta) ? column.meta : nothing;
  const configured = isMapping(column.config) && isMapping(column.config.meta) ? column.config.meta : undefined;
  return configured ? { ...own, ...configured } : own;
}

/** A constraint with dbt's defaults filled in. */
function columnConstraint(written: JsonObject): JsonObject {
  return {
    type: written.type ?? null,
    name: written.name ?? null,
    expression: written.expression ?? null,
    warn_unenforced: written.warn_unenforced ?? true,
    warn_unsupported: written.warn_unsupported ?? true,
    to: written.to ?? null,
    to_columns: written.to_columns ?? [],
  };
}

export function modelConstraint(written: JsonObject): JsonObject {
  return { ...columnConstraint(written), columns: written.columns ?? [] };
}
