import type { Graph } from '../../2-graph/index.ts';
import {
  type Column,
  type Environment,
  hasOwnCode,
  type Node,
  type Relation,
  type Session,
  type Shelves,
} from '../../core/index.ts';
import { type Dialect, findDialect, foldName } from '../../sql/index.ts';
import type { Analyst, NodeQuery } from '../analysis/analyst.ts';
import { createAnalyst } from '../analysis/create-analyst.ts';
import { type NodeAnalysis, unknownAnalysis } from '../analysis/node-analysis.ts';
import { relationKey, relationOfNode } from '../analysis/parent-names.ts';
import { createVersionCompiler } from '../code-version.ts';
import type { CompiledNode } from '../compilation.ts';
import { cteName } from '../ephemeral.ts';

/** One of two states of a project that are compared. Both are compiled for the same target. */
export interface ChangeSide {
  readonly graph: Graph;
  readonly environment: Environment;
  readonly shelves: Shelves;
  /** Whether the files of its seeds can be read. Default true. */
  readonly hasFiles?: boolean | undefined;
}

/** A state of a project, with what its SQL says. Everything is worked out when it is first asked for. */
export interface Side extends ChangeSide {
  /** Undefined where Ingot cannot read the dialect. */
  readonly dialect: Dialect | undefined;
  /**
   * What a node is compiled to without a warehouse: once as if nothing were there, and an incremental model once more as
   * if everything were. Undefined where that needs the warehouse, or fails.
   */
  compiled(id: string): Promise<readonly CompiledNode[] | undefined>;
  /** The queries of what is compiled. Undefined where they cannot be read. */
  queries(id: string): Promise<readonly SideQuery[] | undefined>;
  analyze(id: string): Promise<NodeAnalysis>;
  /** What the name of a column is compared by. */
  columnKey(name: string): string;
}

/** A query, with what it reads told by unique ids. */
export interface SideQuery extends Pick<NodeQuery, 'query' | 'dialect' | 'text'> {
  /** The node that a name stands for, or the model itself. */
  node(parts: readonly string[]): string | undefined;
  /** Names of the common tables that ephemeral models were put in as. */
  readonly injected: ReadonlySet<string>;
}

/** Opens a state of a project. */
export function openSide(input: ChangeSide): Side {
  const { graph, environment, shelves } = input;
  const dialectName = environment.target.dialect ?? graph.project.settings.dialect ?? shelves.adapter.dialect;
  const dialect = findDialect(dialectName);
  const known = new Map<string, Promise<readonly CompiledNode[] | undefined>>();
  const queries = new Map<string, Promise<readonly SideQuery[] | undefined>>();
  const underWay = new Set<string>();
  const nodeIdOf = nodeFinder(graph);
  let analyst: Analyst | undefined;

  const columnsOf: Session['columnsOf'] = async (relation) => {
    const id = nodeIdOf(relation);
    // What a model asks of its own table, its code does not tell.
    if (!analyst || id === undefined || underWay.has(id)) throw new Error('No code tells what columns it has');
    const { columns, complete } = await analyst.analyze(id);
    const typed = columns.flatMap(({ name, type }): Column[] => (type === undefined ? [] : [{ name, type }]));
    if (!complete || typed.length < columns.length) throw new Error(`No code tells what columns ${id} has`);
    return typed;
  };
  const anew = createVersionCompiler(input, { fullRefresh: true, columnsOf });
  const again = createVersionCompiler(input, { columnsOf });

  const compile = async (id: string): Promise<readonly CompiledNode[] | undefined> => {
    const node = graph.nodes.get(id);
    if (!node || !hasOwnCode(node) || node.resource_type === 'seed' || node.language !== 'sql') return undefined;
    underWay.add(id);
    try {
      const first = await anew(node);
      return node.config.materialized === 'incremental' ? [first, await again(node)] : [first];
    } catch {
      return undefined;
    } finally {
      underWay.delete(id);
    }
  };
  const compiled = (id: string): Promise<readonly CompiledNode[] | undefined> => remember(known, id, compile);

  const read = async (id: string): Promise<readonly SideQuery[] | undefined> => {
    const texts = await compiled(id);
    const node = graph.nodes.get(id) as Node;
    if (!texts || !analyst) return undefined;
    const found: SideQuery[] = [];
    for (const text of texts) {
      const query = await analyst.queryOf(id, text);
      if (!query) return undefined;
      found.push(sideQuery(node, text, query, input));
    }
    return found;
  };

  analyst = createAnalyst({
    graph,
    adapter: shelves.adapter,
    dialect: dialectName,
    compile: async (id) => (await compiled(id))?.[0],
  });
  return {
    ...input,
    dialect,
    compiled,
    queries: (id) => remember(queries, id, read),
    analyze: async (id) => (await analyst?.analyze(id)) ?? unknownAnalysis,
    columnKey: (name) => analyst?.columnKey(name) ?? name.toLowerCase(),
  };
}

/** The query of a node, as it is compiled in `text`. */
function sideQuery(node: Node, text: CompiledNode, query: NodeQuery, { graph, shelves }: ChangeSide): SideQuery {
  const { dialect } = query;
  const ephemeral = new Map(
    text.extraCtes.map(({ id }) => {
      const { alias } = graph.nodes.get(id) as Node;
      return [foldName({ text: cteName(alias), quoted: false }, dialect.names), id];
    }),
  );
  const own = relationOfNode(node, graph.project.settings.quoting);
  const itself = own && relationKey(own, shelves.adapter, dialect);
  return {
    ...query,
    injected: new Set(ephemeral.keys()),
    node(parts) {
      const key = parts.join('\0');
      return ephemeral.get(key) ?? query.table(parts)?.name ?? (key === itself ? node.unique_id : undefined);
    },
  };
}

/** Finds the node that has a relation. All of them are looked through at the first question. */
function nodeFinder({ nodes, project }: Graph): (relation: Relation) => string | undefined {
  let ids: ReadonlyMap<string, string> | undefined;
  return (relation) => {
    ids ??= new Map(
      [...nodes.values()].flatMap((node): [string, string][] => {
        const own = relationOfNode(node, project.settings.quoting);
        return own ? [[placeOf(own), node.unique_id]] : [];
      }),
    );
    return ids.get(placeOf(relation));
  };
}

const placeOf = ({ database, schema, identifier }: Relation): string =>
  JSON.stringify([database, schema, identifier]).toLowerCase();

function remember<T>(known: Map<string, Promise<T>>, id: string, make: (id: string) => Promise<T>): Promise<T> {
  const found = known.get(id) ?? make(id);
  known.set(id, found);
  return found;
}
