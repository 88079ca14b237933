import type { Project } from '../../1-parse/index.ts';
import {
  asMapping,
  calledMacros,
  type ExposureNode,
  type FunctionNode,
  type GraphNode,
  hasOwnCode,
  type Json,
  type JsonObject,
  type ModelNode,
  type Node,
  type SourceNode,
  sameJson,
} from '../../core/index.ts';
import type { SelectionContext } from './context.ts';
import { brokenContracts, unseenSeedChanges } from './contract-changes.ts';
import { noState, stateHint, unknownState } from './previous.ts';
import type { PreviousManifest } from './request.ts';

type Compare = (before: JsonObject | undefined, node: GraphNode) => boolean;

/**
 * Tells which nodes `state:VALUE` selects: `new`, `old`, `modified`, `unmodified` and dbt's `modified.…` parts, by
 * comparison with the manifest of an earlier state. Throws `Problem` without one, and for another value.
 */
export function stateMatcher(
  { graph, previous, now, report }: SelectionContext,
  value: string,
): (node: GraphNode) => boolean {
  const manifest = previous?.manifest;
  if (manifest === undefined) {
    throw noState('Got a state selector method, but no comparison manifest', stateHint(previous, 'manifest.json'));
  }
  // As written, so that another environment variable alone changes nothing: dbt's newer behaviour.
  const unrendered = graph.project.settings.flags.state_modified_compare_more_unrendered_values === true;
  const { sameCode = new Set<string>() } = previous ?? {};
  const rewritten = macroComparison(graph.project, manifest);
  const macrosModified = (node: GraphNode): boolean => rewritten(node) && !sameCode.has(node.unique_id);
  const isModified: Compare = (before, node) =>
    !sameContents(before, node, { unrendered, sameCode }) || macrosModified(node) || contractChanged(before, node);
  const comparisons: Readonly<Record<string, Compare>> = {
    new: (before) => before === undefined,
    old: (before) => before !== undefined,
    modified: isModified,
    unmodified: (before, node) => !isModified(before, node),
    'modified.body': ofCode((before, node) => sameCode.has(node.unique_id) || sameBody(before, node)),
    'modified.configs': (before, node) =>
      node.resource_type !== 'unit_test' && (before === undefined || !sameConfig(before, node)),
    'modified.persisted_descriptions': ofCode((before, node) => samePersistedDescription(before, node)),
    'modified.relation': (before, node) =>
      hasRelation(node) && (before === undefined || !sameRelation(before, node, unrendered)),
    'modified.macros': (_, node) => macrosModified(node),
    'modified.contract': (before, node) => hasOwnCode(node) && (before === undefined || contractChanged(before, node)),
  };
  const compare = Object.hasOwn(comparisons, value) ? comparisons[value] : undefined;
  if (compare === undefined) throw unknownState(value, Object.keys(comparisons));
  const before = beforeOf(manifest);
  if (judgesContracts.has(value)) {
    for (const diagnostic of brokenContracts(graph, manifest, now)) report(diagnostic);
  }
  if (judgesBodies.has(value)) for (const diagnostic of unseenSeedChanges(graph, manifest)) report(diagnostic);
  return (node) => compare(before(node.unique_id), node);
}

const judgesContracts: ReadonlySet<string> = new Set(['modified', 'unmodified', 'modified.contract']);
const judgesBodies: ReadonlySet<string> = new Set(['modified', 'unmodified', 'modified.body']);

/** A part of a node that only nodes with code have: for others nothing was modified. */
function ofCode(same: (before: JsonObject, node: Node) => boolean): Compare {
  return (before, node) => hasOwnCode(node) && (before === undefined || !same(before, node));
}

function beforeOf(manifest: PreviousManifest): (id: string) => JsonObject | undefined {
  return (id) =>
    asMapping(
      manifest.nodes[id] ??
        manifest.sources[id] ??
        manifest.exposures[id] ??
        manifest.unit_tests?.[id] ??
        manifest.metrics?.[id] ??
        manifest.semantic_models?.[id] ??
        manifest.saved_queries?.[id] ??
        manifest.functions?.[id],
    );
}

interface Leniency {
  /** Compares names as written, so that another environment variable alone changes nothing. */
  readonly unrendered: boolean;
  readonly sameCode: ReadonlySet<string>;
}

/** dbt's comparison, with its exceptions: a new source or exposure does not count as modified. */
function sameContents(before: JsonObject | undefined, node: GraphNode, { unrendered, sameCode }: Leniency): boolean {
  if (node.resource_type === 'source') return before === undefined || sameSource(before, node, unrendered);
  if (node.resource_type === 'exposure') return before === undefined || sameExposure(before, node);
  if (isSemantic(node)) return before === undefined || sameSemantics(before, node);
  if (before === undefined) return false;
  if (node.resource_type === 'unit_test') return before.checksum === node.checksum;
  const sameSettings = sameConfig(before, node) && sameJson(before.fqn, node.fqn);
  if (node.resource_type === 'test' && node.test_metadata !== null) return sameSettings;
  return (
    sameSettings &&
    (sameCode.has(node.unique_id) || sameBody(before, node)) &&
    samePersistedDescription(before, node) &&
    sameRelation(before, node, unrendered) &&
    !contractChanged(before, node) &&
    (node.resource_type !== 'model' || sameToReaders(before, node)) &&
    (node.resource_type !== 'function' || sameSignature(before, node))
  );
}

function sameSignature(before: JsonObject, node: FunctionNode): boolean {
  return (
    sameJson(before.arguments, node.arguments as readonly Json[]) && sameJson(before.returns, node.returns as Json)
  );
}

function sameSource(before: JsonObject, node: SourceNode, unrendered: boolean): boolean {
  const keys = ['fqn', 'quoting', 'freshness', 'loaded_at_field', 'external'] as const;
  return (
    sameRelation(before, node, unrendered) &&
    sameConfig(before, node) &&
    keys.every((key) => sameJson(before[key], node[key]))
  );
}

function sameExposure(before: JsonObject, node: ExposureNode): boolean {
  const keys = ['fqn', 'type', 'owner', 'maturity', 'url', 'description', 'label'] as const;
  const nodesBefore = asMapping(before.depends_on)?.nodes;
  const sorted = (ids: unknown): unknown => (Array.isArray(ids) ? [...new Set(ids)].sort() : ids);
  return (
    keys.every((key) => sameJson(before[key], node[key])) &&
    sameJson(sorted(nodesBefore), sorted(node.depends_on.nodes)) &&
    sameConfig(before, node)
  );
}

type SemanticNode = Extract<GraphNode, { resource_type: 'metric' | 'semantic_model' | 'saved_query' }>;

/** What dbt compares of the semantic layer, settings aside. */
const comparedOfSemantics: Readonly<Record<SemanticNode['resource_type'], readonly string[]>> = {
  metric: ['filter', 'metadata', 'type', 'type_params', 'description', 'label'],
  semantic_model: ['model', 'description', 'defaults', 'entities', 'dimensions', 'measures', 'primary_entity', 'group'],
  saved_query: ['query_params', 'description', 'label', 'group', 'exports', 'tags'],
};

function isSemantic(node: GraphNode): node is SemanticNode {
  return Object.hasOwn(comparedOfSemantics, node.resource_type);
}

function sameSemantics(before: JsonObject, node: SemanticNode): boolean {
  const now = node as unknown as Readonly<Record<string, Json>>;
  return (
    comparedOfSemantics[node.resource_type].every((key) => sameJson(before[key] || null, now[key] || null)) &&
    sameConfig(before, node)
  );
}

function sameBody(before: JsonObject, node: Node): boolean {
  return node.resource_type === 'seed'
    ? sameJson(before.checksum, node.checksum)
    : (before.raw_code ?? '') === node.raw_code;
}

/** Settings that dbt compares as part of the relation, or not at all. */
const notCompared: ReadonlySet<string> = new Set(['alias', 'schema', 'database', 'tags', 'group']);

const comparedOfTests = [
  'severity',
  'where',
  'limit',
  'fail_calc',
  'warn_if',
  'error_if',
  'store_failures',
  'store_failures_as',
];

/** Compares what was configured, before rendering, so that another target alone changes nothing. */
function sameConfig(before: JsonObject, node: GraphNode): boolean {
  const then = asMapping(before.unrendered_config) ?? {};
  const now = node.unrendered_config;
  const keys =
    node.resource_type === 'test' ? comparedOfTests : [...new Set([...Object.keys(then), ...Object.keys(now)])];
  const ignored = hasOwnCode(node) ? notCompared : new Set<string>();
  return keys.every((key) => {
    const isSame = Object.hasOwn(then, key) === Object.hasOwn(now, key) && sameJson(then[key], now[key]);
    return isSame || ignored.has(key);
  });
}

function sameRelation(before: JsonObject, node: Node | SourceNode, unrendered: boolean): boolean {
  if (node.resource_type === 'source' && unrendered) {
    return (['unrendered_database', 'unrendered_schema', 'identifier'] as const).every((key) =>
      sameJson(before[key], node[key]),
    );
  }
  if (node.resource_type === 'source') {
    return (['database', 'schema', 'identifier'] as const).every((key) => sameJson(before[key], node[key]));
  }
  const then = asMapping(before.unrendered_config) ?? {};
  return ['database', 'schema', 'alias'].every((key) => sameJson(then[key], node.unrendered_config[key]));
}

/** Descriptions matter where they are written into the warehouse. */
function samePersistedDescription(before: JsonObject, node: Node): boolean {
  const persisted = asMapping(node.config.persist_docs as Json | undefined);
  if (persisted?.relation && before.description !== node.description) return false;
  if (!persisted?.columns) return true;
  const then = Object.entries(asMapping(before.columns) ?? {});
  // What `docs generate` wrote for a reader of documentation, nobody wrote into the project.
  const isInherited = (column: Json): boolean => Boolean(asMapping(column)?.description_from);
  const inherited = new Set(then.flatMap(([name, column]) => (isInherited(column) ? [name] : [])));
  const descriptionOf = (column: Json): Json => asMapping(column)?.description ?? '';
  const now = Object.entries(node.columns as unknown as JsonObject);
  const written = (columns: [string, Json][]): Json =>
    Object.fromEntries(columns.map(([name, column]) => [name, descriptionOf(column)]));
  return sameJson(
    written(then.filter(([name]) => !inherited.has(name))),
    written(now.filter(([name, column]) => !inherited.has(name) || descriptionOf(column) !== '')),
  );
}

function sameToReaders(before: JsonObject, node: ModelNode): boolean {
  const keys = ['latest_version', 'access', 'deprecation_date'] as const;
  return keys.every((key) => sameJson(before[key], node[key]));
}

function contractChanged(before: JsonObject | undefined, node: GraphNode): boolean {
  if (node.resource_type !== 'model' || before === undefined) return false;
  const then = asMapping(before.contract);
  const wasEnforced = then?.enforced === true;
  if (!wasEnforced && !node.contract.enforced) return false;
  return !(wasEnforced && node.contract.enforced && then?.checksum === node.contract.checksum);
}

/** Whether a node calls, directly or through others, a macro that was added, removed or rewritten. */
function macroComparison({ macros, packages }: Project, manifest: PreviousManifest): (node: GraphNode) => boolean {
  // Built-in macros are not the project's: a manifest that dbt wrote has hundreds that we have no need of.
  const isOwn = (id: string): boolean => packages.has(id.split('.')[1] ?? '');
  const rewritten = (id: string): boolean => asMapping(manifest.macros[id])?.macro_sql !== macros.get(id)?.macro_sql;
  const modified = new Set(
    [...macros.keys(), ...Object.keys(manifest.macros)].filter((id) => isOwn(id) && rewritten(id)),
  );
  if (modified.size === 0) return () => false;
  return (node) => {
    if (node.resource_type === 'source') return false;
    return [...calledMacros(node.depends_on.macros, macros)].some((id) => modified.has(id));
  };
}

function hasRelation(node: GraphNode): node is Node | SourceNode {
  return node.resource_type === 'source' || hasOwnCode(node);
}
