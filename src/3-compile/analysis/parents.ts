import type { Graph } from '../../2-graph/index.ts';
import { type GraphNode, isEphemeral, type Node, type Relation } from '../../core/index.ts';
import { type CatalogTable, type Dialect, readTypeText } from '../../sql/index.ts';
import { mayBeAltered } from './alterations.ts';
import type { AnalystInput } from './analyst.ts';
import { asWritten } from './as-written.ts';
import { type NodeAnalysis, unknownAnalysis } from './node-analysis.ts';
import { relationKey, relationOfNode } from './parent-names.ts';
import type { Replacement } from './replacements.ts';
import { isTransparent } from './transparent.ts';
import { describedColumns } from './whole-columns.ts';

/** What a node reads. */
export interface Parents {
  readonly tables: ReadonlyMap<string, CatalogTable>;
  readonly replacements: readonly Replacement[];
}

/** How SQL calls a parent. */
interface ParentName {
  readonly key: string;
  /** Where its relation is an expression: the name to read in place of it. */
  readonly replacement: Replacement | undefined;
}

/** Gives what nodes read. Each parent is worked out once, by `analyze`. */
export function parentReader(
  input: AnalystInput,
  dialect: Dialect,
  analyze: (id: string) => Promise<NodeAnalysis>,
): (node: Node) => Promise<Parents> {
  const { graph, adapter } = input;
  const tables = new Map<string, CatalogTable | Promise<CatalogTable>>();
  const names = new Map<string, ParentName | undefined>();

  const tableNamed = (parent: GraphNode): CatalogTable | Promise<CatalogTable> => {
    const { unique_id: id } = parent;
    const known = tables.get(id);
    if (known) return known;
    const table = tableOf(parent, analyze, dialect, input).then((found) => {
      tables.set(id, found);
      return found;
    });
    tables.set(id, table);
    return table;
  };

  const nameOf = (parent: GraphNode): ParentName | undefined => {
    const { unique_id: id } = parent;
    if (names.has(id)) return names.get(id);
    const relation = relationNamed(parent, input);
    const name = relation && {
      key: relationKey(relation, adapter, dialect),
      replacement: relation.expression
        ? { find: relation.expression, by: adapter.statements.renderRelation({ ...relation, expression: undefined }) }
        : undefined,
    };
    names.set(id, name);
    return name;
  };

  return async (node) => {
    const found = new Map<string, CatalogTable>();
    const replacements: Replacement[] = [];
    for (const parent of realParents(graph, node)) {
      const name = nameOf(parent);
      if (!name) continue;
      const table = tableNamed(parent);
      // Most are known by now, and waiting takes longer than looking.
      found.set(name.key, table instanceof Promise ? await table : table);
      if (name.replacement) replacements.push(name.replacement);
    }
    return { tables: found, replacements };
  };
}

/** The parents whose relations the SQL can name: those of ephemeral parents stand in its CTEs. */
function realParents(graph: Graph, node: Node): readonly GraphNode[] {
  const found = new Map<string, GraphNode>();
  const visit = (ids: readonly string[]): void => {
    for (const id of ids) {
      const parent = graph.nodes.get(id);
      if (!parent || found.has(id)) continue;
      found.set(id, parent);
      if (isEphemeral(parent)) visit(parent.depends_on.nodes);
    }
  };
  visit(node.depends_on.nodes);
  return [...found.values()].filter((parent) => !isEphemeral(parent));
}

/** The relation that SQL names where it reads a node. */
function relationNamed(node: GraphNode, { graph, deferred }: AnalystInput): Relation | undefined {
  return deferred?.get(node.unique_id) ?? relationOfNode(node, graph.project.settings.quoting);
}

/** A node as a table of the catalog that its children's SQL is looked through with. Its name there is its id. */
async function tableOf(
  node: GraphNode,
  analyze: (id: string) => Promise<NodeAnalysis>,
  dialect: Dialect,
  input: AnalystInput,
): Promise<CatalogTable> {
  const name = node.unique_id;
  const asCode = isAsCode(node, input);
  const analysis = asCode ? await analyze(name) : await builtColumns(node, dialect, input);
  if (analysis.columns.length === 0) return { name, columns: 'unknown' };
  const columns = analysis.columns.map(({ name: column, type, nullable }) => ({
    name: column,
    nullable,
    ...(type === undefined ? {} : { type: readTypeText(type, dialect) }),
  }));
  // A snapshot keeps the columns that its query had once.
  const mayHaveOthers = asCode && (node.resource_type === 'snapshot' || mayBeAltered(node, input));
  return { name, columns, open: !analysis.complete || mayHaveOthers };
}

/** The columns of a table that is not as its node says, or was not when it was built. */
async function builtColumns(node: GraphNode, dialect: Dialect, input: AnalystInput): Promise<NodeAnalysis> {
  const relation = relationNamed(node, input);
  const described = relation && describedColumns(await input.describeBuilt?.(node as Node, relation));
  return described ? asWritten(described, dialect, input.adapter) : unknownAnalysis;
}

/** Whether a node's table has the columns that the node says. */
function isAsCode(node: GraphNode, input: AnalystInput): boolean {
  if (node.resource_type === 'source') return true;
  return isTransparent(node, input) && (input.isCurrent?.(node as Node) ?? true);
}
