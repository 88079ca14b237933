import { nodeRelation, sourceRelation } from '../../1-parse/index.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import {
  type Column,
  type Diagnostic,
  type GraphNode,
  type Relation,
  type Session,
  searchName,
  warning,
} from '../../core/index.ts';
import type { ForeignKey } from './foreign-keys.ts';
import type { SampledTable } from './sample-rows.ts';

/** What stands in the warehouse under a node's name; undefined for what is no table or view. */
export function sampledRelation(node: GraphNode | undefined, { graph }: Loaded): Relation | undefined {
  const { quoting } = graph.project.settings;
  if (node?.resource_type === 'source') return sourceRelation(node, quoting);
  if (node?.resource_type !== 'model' && node?.resource_type !== 'snapshot') return undefined;
  return node.config.materialized === 'ephemeral' ? undefined : nodeRelation(node, quoting);
}

/** What is chosen, and what it refers to, in as many steps as it takes. Pure. */
function withParents(chosen: ReadonlySet<string>, foreignKeys: readonly ForeignKey[]): readonly string[] {
  const found = new Set(chosen);
  for (const id of found) {
    for (const { child, parent } of foreignKeys) if (child.nodeId === id) found.add(parent.nodeId);
  }
  return [...found];
}

/** The tables that are sampled: those that are chosen, and those that they refer to. */
export async function describeTables(
  chosen: ReadonlySet<string>,
  foreignKeys: readonly ForeignKey[],
  loaded: Loaded,
  session: Session,
): Promise<{ readonly tables: readonly SampledTable[]; readonly diagnostics: readonly Diagnostic[] }> {
  const tables: SampledTable[] = [];
  const diagnostics: Diagnostic[] = [];
  const ids = withParents(chosen, foreignKeys);
  const unique = uniqueColumns(loaded);
  for (const id of loaded.graph.order.filter((one) => ids.includes(one))) {
    const node = loaded.graph.nodes.get(id);
    const relation = sampledRelation(node, loaded);
    if (!node || !relation) continue;
    const columns = await session.columnsOf(relation);
    if (columns.length === 0) {
      const message = `'${searchName(node)}' is not recorded: there is no such table in the warehouse`;
      diagnostics.push(warning('cli/sample-missing', message, { span: node.origin.definition }));
      continue;
    }
    const referredBy = foreignKeys.find(({ parent }) => parent.nodeId === id)?.parent.columns;
    const names = new Map(columns.map(({ name }) => [name.toLowerCase(), name]));
    const key = (unique.get(id) ?? referredBy ?? []).map((name) => names.get(name.toLowerCase()));
    tables.push({
      nodeId: id,
      relation,
      columns: columns.map(plain),
      key: key.every((name) => name !== undefined) ? key : [],
      isChosen: chosen.has(id),
    });
  }
  return { tables, diagnostics };
}

/** Files of an enumeration list all its values, those that no row has too. */
const plain = ({ name, type }: Column): Column => ({ name, type: /^enum\b/i.test(type) ? 'VARCHAR' : type });

/** What tells the rows of a node apart, where the project says so. */
function uniqueColumns({ graph }: Loaded): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const node of graph.nodes.values()) {
    if (node.resource_type === 'model' && node.primary_key?.length > 0) found.set(node.unique_id, node.primary_key);
    if (node.resource_type !== 'test' || node.test_metadata?.name !== 'unique' || node.column_name === null) continue;
    const [tested, other] = node.depends_on.nodes;
    if (tested !== undefined && other === undefined) found.set(tested, [node.column_name]);
  }
  return found;
}
