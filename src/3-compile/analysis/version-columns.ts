import { type Adapter, hardDeletesOf, type SnapshotNode, snapshotColumns } from '../../core/index.ts';
import { type Dialect, foldName, readTypeText, typeText } from '../../sql/index.ts';
import type { NodeAnalysis, NodeColumn } from './node-analysis.ts';

/** The columns of a snapshot's table: those of its query, and those that tell versions apart. */
export function withVersionColumns(
  node: SnapshotNode,
  analysis: NodeAnalysis,
  dialect: Dialect,
  adapter: Adapter,
): NodeAnalysis {
  if (analysis.columns.length === 0) return analysis;
  const { config } = node;
  const names = snapshotColumns(config);
  const known = config.strategy === 'timestamp' || config.strategy === 'check';
  const typeNamed = (type: 'string' | 'timestamp'): string | undefined =>
    known && dialect.name === adapter.dialect
      ? typeText(readTypeText(adapter.statements.typeName(type), dialect), dialect)
      : undefined;
  const updatedAt = findColumn(analysis.columns, config.updated_at);
  const time = config.updated_at ? updatedAt?.type : typeNamed('timestamp');
  const from = updatedAt ? updatedAt.sources : [];
  const column = (name: string, type: string | undefined, nullable = true): NodeColumn => ({
    name: foldName(written(name), dialect.names),
    type,
    nullable,
    sources: [],
  });
  const added = [
    column(names.dbt_scd_id, typeNamed('string'), !known),
    { ...column(names.dbt_updated_at, time), sources: from },
    { ...column(names.dbt_valid_from, time), sources: from },
    // What the current version ends in may have a type of its own.
    column(names.dbt_valid_to, config.dbt_valid_to_current ? undefined : time),
    ...(hardDeletesOf(config) === 'new_record' ? [column(names.dbt_is_deleted, typeNamed('string'))] : []),
  ];
  return { ...analysis, columns: [...analysis.columns, ...added] };
}

/** The names are written into the SQL as they are. */
function written(name: string): Parameters<typeof foldName>[0] {
  const quoted = /^"(.*)"$/.exec(name)?.[1];
  return { text: quoted?.replaceAll('""', '"') ?? name, quoted: quoted !== undefined };
}

function findColumn(columns: readonly NodeColumn[], name: unknown): NodeColumn | undefined {
  return typeof name === 'string'
    ? columns.find((column) => column.name.toLowerCase() === name.toLowerCase())
    : undefined;
}
