import type { Graph } from '../../2-graph/index.ts';
import {
  type Diagnostic,
  type GraphNode,
  hasOwnCode,
  isEphemeral,
  type Node,
  type SourceNode,
  warning,
} from '../../core/index.ts';
import {
  type Analysis,
  analyzeQuery,
  type CatalogTable,
  type Dialect,
  findDialect,
  foldName,
  parse,
  queryOf,
  readTypeText,
  type SqlDiagnostic,
  typeText,
} from '../../sql/index.ts';
import type { CompiledNode } from '../compilation.ts';
import type { Analyst, AnalystInput, NodeQuery } from './analyst.ts';
import { asNamed, asWritten } from './as-written.ts';
import { columnOfTest } from './column-test.ts';
import { diagnosticAt, type Located } from './diagnostic-at.ts';
import { columnsKey, packColumns, unpackColumns } from './known-columns.ts';
import { type NodeAnalysis, type NodeColumn, unknownAnalysis } from './node-analysis.ts';
import { relationKey, relationOfNode, tableKey } from './parent-names.ts';
import { type Replacement, replacePieces } from './replacements.ts';
import { seedColumns } from './seed-columns.ts';
import { withVersionColumns } from './version-columns.ts';

/** What a node reads. */
interface Parents {
  readonly tables: ReadonlyMap<string, CatalogTable>;
  readonly replacements: readonly Replacement[];
}

/** How SQL calls a parent. */
interface ParentName {
  readonly key: string;
  /** Where its relation is an expression: the name to read in place of it. */
  readonly replacement: Replacement | undefined;
}

const transparent = new Set(['view', 'table', 'incremental', 'ephemeral', 'materialized_view', 'dynamic_table']);

export function createAnalyst(input: AnalystInput): Analyst | undefined {
  const { graph, adapter, known } = input;
  const dialect = findDialect(input.dialect);
  if (!dialect) return undefined;
  const quoting = graph.project.settings.quoting;
  const analyses = new Map<string, Promise<NodeAnalysis>>();
  const tables = new Map<string, Promise<CatalogTable>>();
  const names = new Map<string, ParentName | undefined>();

  const analyze = (id: string, compiled?: CompiledNode): Promise<NodeAnalysis> => {
    let analysis = analyses.get(id);
    if (!analysis) {
      const node = graph.nodes.get(id);
      analysis = analyzeNode(id, compiled).catch((failure: unknown) => gaveUp(node, failure));
      // Nobody reads a test.
      if (node?.resource_type !== 'test') analyses.set(id, analysis);
    }
    return analysis;
  };

  const analyzeNode = async (id: string, given: CompiledNode | undefined): Promise<NodeAnalysis> => {
    const node = graph.nodes.get(id);
    if (!node || node.resource_type === 'exposure') return unknownAnalysis;
    if (node.resource_type === 'source') return asWritten(await sourceAnalysis(node, dialect, input), dialect, adapter);
    if (node.resource_type === 'seed') {
      const quoted = node.config.quote_columns === true || undefined;
      return asWritten(asNamed(columnsOnly(seedColumns(node)), dialect, adapter, quoted), dialect, adapter);
    }
    if (!hasOwnCode(node) || !isSql(node) || isForeign(node, input)) return unknownAnalysis;
    const compiled = given ?? (await input.compile(id));
    if (!compiled) return unknownAnalysis;
    const found = await analyzeSql(node, { ...compiled, ...compiled.authored });
    const analysis = isMaterial(node) ? { ...found, diagnostics: [] } : found;
    return node.resource_type === 'snapshot' ? withVersionColumns(node, analysis, dialect, adapter) : analysis;
  };

  const analyzeSql = async (node: Node, compiled: CompiledNode): Promise<NodeAnalysis> => {
    const parents = await parentsOf(node);
    if (isPlainlyRight(node, parents)) return unknownAnalysis;
    if (!known) return workOut(node, compiled, parents);
    const key = columnsKey(compiled.sql, parents.tables);
    const before = known.get(node.unique_id, key);
    if (before) return unpackColumns(before);
    const found = workOut(node, compiled, parents);
    const packed = packColumns(found);
    if (packed === undefined) return found;
    known.set(node.unique_id, key, packed);
    return unpackColumns(packed);
  };

  const isPlainlyRight = (node: Node, parents: Parents): boolean => {
    const tested = columnOfTest(node);
    const [table] = parents.tables.values();
    if (!tested || parents.tables.size !== 1 || !table || table.columns === 'unknown') return false;
    const key = foldName({ text: tested, quoted: !/^\w+$/.test(tested) }, dialect.names);
    return table.columns.some(({ name }) => foldName({ text: name, quoted: true }, dialect.names) === key);
  };

  const read = (node: Node, compiled: CompiledNode, { replacements }: Parents) => {
    const replaced = replacePieces(compiled.sql, replacements);
    const text: Located = { compiled, replaced, otherwise: node.origin.definition };
    const { statements, diagnostics } = parse(replaced.text, { dialect: dialect.name });
    const query = statements.length === 1 && statements[0] ? queryOf(statements[0]) : undefined;
    return { replaced, text, query, diagnostics };
  };

  const queryOfNode = async (id: string, given?: CompiledNode): Promise<NodeQuery | undefined> => {
    const node = graph.nodes.get(id);
    if (!node || !hasOwnCode(node) || !isSql(node)) return undefined;
    const compiled = given ?? (await input.compile(id));
    if (!compiled) return undefined;
    const parents = await parentsOf(node);
    const { query, text, diagnostics } = read(node, { ...compiled, ...compiled.authored }, parents);
    if (!query || diagnostics.length > 0) return undefined;
    const { tables: known } = parents;
    return { query, text, dialect, table: (parts) => known.get(parts.join('\0')), tables: [...known.values()] };
  };

  const workOut = (node: Node, compiled: CompiledNode, parents: Parents): NodeAnalysis => {
    const { query, text, diagnostics, replaced } = read(node, compiled, parents);
    if (diagnostics.length > 0) return withProblems({ ...unknownAnalysis, readable: false }, diagnostics, text);
    if (!query) return unknownAnalysis;
    const analysis = analyzeQuery(query, {
      text: replaced.text,
      dialect,
      catalog: (parts) => parents.tables.get(tableKey(parts, dialect)) ?? 'unknown',
      asTable: node.resource_type === 'model' || node.resource_type === 'snapshot',
    });
    return withProblems(dataOf(analysis, text, dialect), analysis.problems, text);
  };

  const nameOf = (parent: GraphNode): ParentName | undefined => {
    const { unique_id: id } = parent;
    if (names.has(id)) return names.get(id);
    const relation = relationOfNode(parent, quoting);
    const name = relation && {
      key: relationKey(relation, adapter, dialect),
      replacement: relation.expression
        ? { find: relation.expression, by: adapter.statements.renderRelation({ ...relation, expression: undefined }) }
        : undefined,
    };
    names.set(id, name);
    return name;
  };

  const parentsOf = async (node: Node): Promise<Parents> => {
    const found = new Map<string, CatalogTable>();
    const replacements: Replacement[] = [];
    for (const parent of realParents(graph, node)) {
      const name = nameOf(parent);
      if (!name) continue;
      let table = tables.get(parent.unique_id);
      if (!table) {
        table = analyze(parent.unique_id).then((analysis) => tableOf(parent, analysis, dialect, input));
        tables.set(parent.unique_id, table);
      }
      found.set(name.key, await table);
      if (name.replacement) replacements.push(name.replacement);
    }
    return { tables: found, replacements };
  };

  return { analyze, queryOf: queryOfNode, columnKey: (name) => foldName({ text: name, quoted: true }, dialect.names) };
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

/** In a project of another dialect, the SQL of generic tests may be in the warehouse's. */
function isForeign(node: Node, { adapter, dialect }: AnalystInput): boolean {
  return dialect !== adapter.dialect && node.resource_type === 'test' && Boolean(node.test_metadata);
}

/** What a materialization of the project's own sends is made of the SQL, such as by filling in places in it. */
function isMaterial({ resource_type: type, config }: Node): boolean {
  return type === 'model' && config.materialized !== 'external' && !transparent.has(config.materialized);
}

function isSql(node: Node): boolean {
  return node.language === 'sql' && node.config.static_analysis !== 'off';
}

/** A node as a table of the catalog that its children's SQL is looked through with. Its name there is its id. */
function tableOf(node: GraphNode, analysis: NodeAnalysis, dialect: Dialect, { isCurrent }: AnalystInput): CatalogTable {
  const name = node.unique_id;
  const asCode = node.resource_type === 'source' || node.resource_type === 'seed' || isTransparent(node);
  const current = node.resource_type === 'source' || (isCurrent?.(node as Node) ?? true);
  if (!asCode || !current || analysis.columns.length === 0) return { name, columns: 'unknown' };
  const columns = analysis.columns.map(({ name: column, type, nullable }) => ({
    name: column,
    nullable,
    ...(type === undefined ? {} : { type: readTypeText(type, dialect) }),
  }));
  // A snapshot keeps the columns that its query had once.
  return { name, columns, open: !analysis.complete || node.resource_type === 'snapshot' };
}

function isTransparent(node: GraphNode): boolean {
  if (node.resource_type === 'snapshot') return true;
  return node.resource_type === 'model' && transparent.has(String(node.config.materialized));
}

async function sourceAnalysis(source: SourceNode, dialect: Dialect, input: AnalystInput): Promise<NodeAnalysis> {
  const relation = relationOfNode(source, input.graph.project.settings.quoting);
  const described = relation && (await input.describe?.(source, relation));
  if (described && described.length > 0) {
    return columnsOnly(described.map(({ name, type }) => ({ name, type, nullable: true, sources: [] })));
  }
  // A properties file need not list all columns.
  const listed = Object.values(source.columns).map(({ name, data_type: type }) => ({
    name,
    type: type ?? undefined,
    nullable: true,
    sources: [],
  }));
  return asNamed({ ...unknownAnalysis, columns: listed }, dialect, input.adapter);
}

function columnsOnly(columns: readonly NodeColumn[] | undefined): NodeAnalysis {
  return columns ? { ...unknownAnalysis, columns, complete: true } : unknownAnalysis;
}

function dataOf(analysis: Analysis, text: Located, dialect: Dialect): NodeAnalysis {
  const ofParents = ({ relation }: { readonly relation: { readonly name: string } }): boolean =>
    /^(model|seed|snapshot|source)\./.test(relation.name);
  return {
    columns: analysis.columns
      .filter(({ name }) => name !== '*')
      .map(({ name, type, nullable, sources, place }) => ({
        name,
        type: type.kind === 'unknown' ? undefined : typeText(type, dialect),
        nullable,
        sources: [...sources]
          .filter(([column]) => ofParents(column))
          .map(([{ relation, name: column }, how]) => ({ nodeId: relation.name, column, how })),
        span: place && diagnosticAt(text, place)?.span,
      })),
    complete: analysis.complete,
    filters: [...analysis.filters].flatMap(([how, columns]) =>
      [...columns].filter(ofParents).map(({ relation, name: column }) => ({ nodeId: relation.name, column, how })),
    ),
    parents: analysis.relations
      .filter(ofParents)
      .map(({ relation, used }) => ({ nodeId: relation.name, used: [...used] })),
    readable: true,
    diagnostics: [],
  };
}

function withProblems(
  analysis: NodeAnalysis,
  problems: readonly Pick<SqlDiagnostic, 'code' | 'severity' | 'message' | 'start' | 'end' | 'hint'>[],
  text: Located,
): NodeAnalysis {
  const diagnostics = new Map<string, Diagnostic>();
  for (const { code, severity, message, hint, start, end } of problems) {
    const place = diagnosticAt(text, { start, end }) ?? { span: text.otherwise };
    // A template may write one thing several times.
    const key = `${code} ${message} ${place.span?.file} ${place.span?.start}`;
    if (!diagnostics.has(key))
      diagnostics.set(key, { code, severity, message: message.replace(/\.$/, ''), hint, ...place });
  }
  return { ...analysis, diagnostics: [...diagnostics.values()] };
}
