import type { Adapter } from '../../core/index.ts';
import { type Dialect, findDialect, foldName, readTypeText, type SqlType, typeText } from '../../sql/index.ts';
import type { NodeAnalysis } from './node-analysis.ts';

/**
 * Columns of what Ingot did not make of the project's SQL, as a project of another dialect sees them: called as if they
 * had been made without quotes, and with that dialect's names for their types.
 */
export function asWritten(analysis: NodeAnalysis, dialect: Dialect, adapter: Adapter): NodeAnalysis {
  if (dialect.name === adapter.dialect) return analysis;
  const columns = analysis.columns.map(({ name, type, ...column }) => {
    const quoted = !/^[a-z_][\w$]*$/i.test(name);
    return {
      ...column,
      name: foldName({ text: name, quoted }, dialect.names),
      type: inDialect(type, dialect, adapter),
    };
  });
  return { ...analysis, columns };
}

/**
 * Columns under names that the project gives them, as the warehouse keeps those: folded where nobody quotes them.
 *
 * @param quoted whether they are quoted. Default: as the warehouse does it.
 */
export function asNamed(
  analysis: NodeAnalysis,
  dialect: Dialect,
  { capabilities, dialect: spoken }: Adapter,
  quoted: boolean = capabilities.quotesNames ?? true,
): NodeAnalysis {
  if (quoted || dialect.name !== spoken) return analysis;
  const folded = (name: string): string =>
    foldName({ text: name, quoted: !/^[a-z_][\w$]*$/i.test(name) }, dialect.names);
  return { ...analysis, columns: analysis.columns.map((column) => ({ ...column, name: folded(column.name) })) };
}

/** Types that mean the same everywhere, whatever they are called. */
const shared = new Set<SqlType['kind']>(['integer', 'number', 'varchar', 'boolean', 'date', 'timestamp']);

function inDialect(type: string | undefined, dialect: Dialect, adapter: Adapter): string | undefined {
  const own = findDialect(adapter.dialect);
  const meant = type !== undefined && own ? readTypeText(type, own) : undefined;
  return meant && shared.has(meant.kind) ? typeText(meant, dialect) : undefined;
}
