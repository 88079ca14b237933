import { type Diagnostic, hasOwnCode, type Node, searchName } from '../../core/index.ts';
import type { CompiledNode } from '../compilation.ts';
import type { Analyst, AnalystInput } from './analyst.ts';

/** Who knows columns, when a warehouse has missed one. */
export interface RefusedColumnInput extends Pick<AnalystInput, 'graph' | 'isCurrent'> {
  /** Knows the columns that tables have. */
  readonly ofTables: Analyst;
  /** Knows the columns that they would have if all were built of the code that there is now. */
  readonly ofCode: () => Promise<Analyst | undefined>;
}

/**
 * What is wrong with the SQL of a node in which a warehouse has missed a column: all columns that are not there, each at
 * its place. Empty where what the warehouse has missed is not among them.
 *
 * @param missing the name of the column, without its table.
 */
export async function explainRefusedColumn(
  compiled: CompiledNode,
  missing: string,
  input: RefusedColumnInput,
): Promise<readonly Diagnostic[]> {
  const { diagnostics } = await input.ofTables.analyze(compiled.id, compiled);
  const unknown = diagnostics.filter(({ code }) => code === 'sql/unknown-column');
  if (!unknown.some((problem) => names(problem, missing))) return [];
  const hint = await olderTableHint(compiled, missing, input);
  return unknown.map((problem) => (hint !== undefined && names(problem, missing) ? { ...problem, hint } : problem));
}

/** Messages quote what was written: a column's name, perhaps behind its table's. */
const names = ({ message }: Diagnostic, column: string): boolean =>
  [`"${column}"`, `.${column}"`].some((written) => message.toLowerCase().includes(written.toLowerCase()));

/** Who has just given a parent the column has to build that first. */
async function olderTableHint(
  compiled: CompiledNode,
  column: string,
  { graph, isCurrent, ofTables, ofCode }: RefusedColumnInput,
): Promise<string | undefined> {
  const code = await ofCode();
  const tables = (await ofTables.queryOf(compiled.id, compiled))?.tables ?? [];
  const key = ofTables.columnKey(column);
  const has = (columns: readonly { readonly name: string }[]): boolean =>
    columns.some(({ name }) => ofTables.columnKey(name) === key);
  for (const table of tables) {
    const parent = graph.nodes.get(table.name);
    const { columns } = table;
    if (!code || !parent || !hasOwnCode(parent) || isCurrent?.(parent) !== false) continue;
    if (columns === 'unknown' || has(columns) || !has((await code.analyze(parent.unique_id)).columns)) continue;
    return `'${parent.name}' has it by now, but not its table, which is older: ingot build --select ${searchName(parent)}${anew(parent)}`;
  }
  return undefined;
}

/** Tables that are added to get a new column only if they are told to. */
function anew({ config, resource_type: kind }: Node): string {
  const keepsColumns = config.materialized === 'incremental' && !/^(append|sync)/.test(String(config.on_schema_change));
  return keepsColumns || kind === 'seed' ? ' --full-refresh' : '';
}
