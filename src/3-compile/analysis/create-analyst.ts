import { type GraphNode, hasOwnCode, type Node, type SourceNode, warning } from '../../core/index.ts';
import { type Dialect, findDialect, foldName } from '../../sql/index.ts';
import type { CompiledNode } from '../compilation.ts';
import type { Analyst, AnalystInput, NodeQuery } from './analyst.ts';
import { asNamed, asWritten } from './as-written.ts';
import { isPlainlyRight } from './column-test.ts';
import { columnsKey, packColumns, unpackColumns } from './known-columns.ts';
import { type NodeAnalysis, unknownAnalysis } from './node-analysis.ts';
import { relationOfNode } from './parent-names.ts';
import { parentReader } from './parents.ts';
import { readQuery, workOut } from './read-query.ts';
import { seedColumns } from './seed-columns.ts';
import { isTransparent } from './transparent.ts';
import { withVersionColumns } from './version-columns.ts';
import { describedColumns, wholeColumns } from './whole-columns.ts';

/** An analyst of the SQL of a graph. Undefined where the dialect is not known. */
export function createAnalyst(input: AnalystInput): Analyst | undefined {
  const { graph, adapter, known } = input;
  const dialect = findDialect(input.dialect);
  if (!dialect) return undefined;
  const analyses = new Map<string, { readonly sql: string | undefined; readonly analysis: Promise<NodeAnalysis> }>();

  const analyze = (id: string, compiled?: CompiledNode): Promise<NodeAnalysis> => {
    const before = analyses.get(id);
    // Compiled for another partition, a template may be another query.
    if (before && (!compiled || !before.sql || before.sql === compiled.sql)) return before.analysis;
    const node = graph.nodes.get(id);
    const analysis = analyzeNode(node, compiled).catch((failure: unknown) => gaveUp(node, failure));
    // Nobody reads a test.
    if (!before && node?.resource_type !== 'test') analyses.set(id, { sql: compiled?.sql, analysis });
    return analysis;
  };
  const parentsOf = parentReader(input, dialect, analyze);

  const analyzeNode = async (node: GraphNode | undefined, given: CompiledNode | undefined): Promise<NodeAnalysis> => {
    if (!node || node.resource_type === 'exposure') return unknownAnalysis;
    if (node.resource_type === 'source') return asWritten(await sourceAnalysis(node, dialect, input), dialect, adapter);
    if (node.resource_type === 'seed') {
      const quoted = node.config.quote_columns === true || undefined;
      const columns = seedColumns(node);
      if (!columns) return unknownAnalysis;
      return asWritten(asNamed(wholeColumns(columns), dialect, adapter, quoted), dialect, adapter);
    }
    if (!hasOwnCode(node) || !isSql(node) || isForeign(node, input)) return unknownAnalysis;
    const compiled = given ?? (await input.compile(node.unique_id));
    if (!compiled) return unknownAnalysis;
    const found = await analyzeSql(node, asAuthored(compiled));
    const analysis = isMaterial(node, input) ? { ...found, diagnostics: [] } : found;
    return node.resource_type === 'snapshot' ? withVersionColumns(node, analysis, dialect, adapter) : analysis;
  };

  const analyzeSql = async (node: Node, compiled: CompiledNode): Promise<NodeAnalysis> => {
    const parents = await parentsOf(node);
    if (isPlainlyRight(node, parents, dialect)) return unknownAnalysis;
    if (!known) return workOut(node, compiled, parents, dialect, true);
    const key = columnsKey(compiled.sql, parents.tables);
    const before = known.get(node.unique_id, key);
    if (before) return unpackColumns(before);
    const found = workOut(node, compiled, parents, dialect, false);
    const packed = packColumns(found);
    if (packed) known.set(node.unique_id, key, packed);
    return found;
  };

  const queryOf = async (id: string, given?: CompiledNode): Promise<NodeQuery | undefined> => {
    const node = graph.nodes.get(id);
    if (!node || !hasOwnCode(node) || !isSql(node)) return undefined;
    const compiled = given ?? (await input.compile(id));
    if (!compiled) return undefined;
    const parents = await parentsOf(node);
    const { query, text, diagnostics } = readQuery(node, asAuthored(compiled), parents, dialect);
    if (!query || diagnostics.length > 0) return undefined;
    const { tables } = parents;
    return { query, text, dialect, table: (parts) => tables.get(parts.join('\0')), tables: [...tables.values()] };
  };

  return { analyze, queryOf, columnKey: (name) => foldName({ text: name, quoted: true }, dialect.names) };
}

/** The SQL of a node, in the dialect that it was written in. */
function asAuthored(compiled: CompiledNode): CompiledNode {
  return compiled.authored ? { ...compiled, ...compiled.authored } : compiled;
}

/** A bug in the analysis must not keep anybody from building; it is told all the same. */
function gaveUp(node: GraphNode | undefined, failure: unknown): NodeAnalysis {
  const message = `Ingot could not look through the SQL of '${node?.name}': ${(failure as Error).message}`;
  const hint = 'Please report it; until then nothing is known of its columns';
  return {
    ...unknownAnalysis,
    diagnostics: [warning('sql/gave-up', message, { span: node?.origin.definition, hint })],
  };
}

/** In a project of another dialect, the SQL of generic tests may be in the warehouse's. */
function isForeign(node: Node, { adapter, dialect }: AnalystInput): boolean {
  return dialect !== adapter.dialect && node.resource_type === 'test' && Boolean(node.test_metadata);
}

/** What a materialization of the project's own sends is made of the SQL, such as by filling in places in it. */
function isMaterial(node: Node, input: AnalystInput): boolean {
  return node.resource_type === 'model' && node.config.materialized !== 'external' && !isTransparent(node, input);
}

function isSql(node: Node): boolean {
  return node.language === 'sql' && node.config.static_analysis !== 'off';
}

async function sourceAnalysis(source: SourceNode, dialect: Dialect, input: AnalystInput): Promise<NodeAnalysis> {
  const relation = relationOfNode(source, input.graph.project.settings.quoting);
  const described = relation && describedColumns(await input.describe?.(source, relation));
  if (described) return described;
  // A properties file need not list all columns.
  const listed = Object.values(source.columns).map(({ name, data_type: type }) => ({
    name,
    type: type ?? undefined,
    nullable: true,
    sources: [],
  }));
  return asNamed({ ...unknownAnalysis, columns: listed }, dialect, input.adapter);
}
