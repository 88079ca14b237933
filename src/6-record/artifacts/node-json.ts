import {
  type DocNode,
  type FloatPath,
  type GraphNode,
  type GroupNode,
  type JsonObject,
  type MacroNode,
  pythonJson,
  restoreFloatMarks,
} from '../../core/index.ts';
import { fields } from './fields.ts';

/** What compiling added to a node. A `CompiledNode` of the compile room is one. */
export interface CompiledPart {
  readonly sql: string;
  /** Ephemeral parents that were put in front as CTEs. */
  readonly extraCtes?: readonly { readonly id: string; readonly sql: string }[] | undefined;
  /** Where the SQL was written for people to read, as dbt says it: relative to the project. */
  readonly compiledPath?: string | undefined;
  /** Its columns as its SQL gives them, in their order, if all are known. A type that is not known is left out. */
  readonly columns?: readonly { readonly name: string; readonly type?: string | undefined }[] | undefined;
}

/** Anything that has an entry in the manifest. */
export type ManifestEntry = GraphNode | MacroNode | DocNode | GroupNode;

/** A node's entry in `manifest.json`, as JSON text. */
export function nodeJson(node: ManifestEntry, compiled: CompiledPart | undefined): string {
  const entry = manifestNode(node, compiled);
  const floats = floatsIn(node);
  if (floats === undefined) return JSON.stringify(entry);
  const marked = structuredClone(entry) as JsonObject;
  restoreFloatMarks(marked, floats);
  return pythonJson(marked);
}

/** Where the entry of a test has floats: `5.0`, as Python's JSON has it. */
function floatsIn(node: ManifestEntry): readonly FloatPath[] | undefined {
  if (node.resource_type === 'unit_test') return node.origin.floats;
  return node.resource_type === 'test'
    ? node.origin.floats?.map((path) => ['test_metadata', 'kwargs', ...path])
    : undefined;
}

/** A node's entry in `manifest.json`: dbt's fields and no others, in dbt's order. What an entry leaves out is undefined. */
export function manifestNode(node: ManifestEntry, compiled?: CompiledPart | undefined): Record<string, unknown> {
  const kind = node.resource_type === 'test' && node.test_metadata ? 'generic test' : node.resource_type;
  const entry = { ...blanks[kind] };
  const from = node as unknown as Readonly<Record<string, unknown>>;
  for (const field of fields[kind]) {
    const compute = computed[field];
    entry[field] = compute ? compute(node, compiled) : from[field];
  }
  return entry;
}

/**
 * An entry of each kind, to be filled. An object that grows by so many fields becomes a hash table, which takes long to
 * make and to write; one that JSON was read into does not, nor do its copies.
 */
const blanks = Object.fromEntries(
  Object.entries(fields).map(([kind, names]): [string, Record<string, unknown>] => [
    kind,
    JSON.parse(`{${names.map((name) => `${JSON.stringify(name)}:null`).join(',')}}`),
  ]),
);

type Compute = (node: ManifestEntry, compiled: CompiledPart | undefined) => unknown;

/** Fields that are no property of the node. dbt leaves those of compiling out of nodes that were not compiled. */
const computed: Readonly<Record<string, Compute>> = {
  build_path: () => null,
  // In the semantic layer dbt tells none from an empty one.
  description: (node) =>
    node.resource_type === 'semantic_model' || node.resource_type === 'saved_query'
      ? node.description || null
      : 'description' in node
        ? node.description
        : undefined,
  functions: (node) => ('functions' in node && node.functions) || [],
  compiled_path: (_, compiled) => compiled?.compiledPath ?? null,
  compiled: (_, compiled) => (compiled ? true : undefined),
  compiled_code: (_, compiled) => compiled?.sql,
  extra_ctes_injected: (_, compiled) => (compiled ? true : undefined),
  extra_ctes: (_, compiled) => compiled && (compiled.extraCtes ?? []).map(({ id, sql }) => ({ id, sql })),
  config: (node, compiled) => configWith(node, compiled?.columns),
  depends_on: (node) =>
    node.resource_type === 'seed' ? { macros: node.depends_on.macros } : 'depends_on' in node ? node.depends_on : {},
};

/**
 * With what was worked out from the SQL: of all places that dbt's schema leaves open, the settings are the one that
 * belongs to the node as a whole. They are not what states are compared by.
 */
function configWith(node: ManifestEntry, columns: CompiledPart['columns']): unknown {
  if (!('config' in node) || columns === undefined) return 'config' in node ? node.config : undefined;
  const inferred = Object.fromEntries(columns.map(({ name, type }) => [name, type ?? null]));
  return { ...node.config, inferred_columns: inferred };
}
