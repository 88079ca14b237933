import type { CodeNode, Node, Span } from '../../core/index.ts';
import type { ConfigRequest, Configured } from '../config/configurator.ts';
import { configDiagnostics } from '../config/problems.ts';
import { settingIn } from '../config/setting-place.ts';
import type { Captured } from '../sql/captured.ts';
import { buildColumns } from './columns.ts';
import { contractOf } from './contract.ts';
import type { Draft } from './draft.ts';
import { entrySpan } from './entry-span.ts';
import { functionSignature } from './function-signature.ts';
import { layerOf } from './layer.ts';
import { makeLazy } from './lazy.ts';
import { type Linking, projectsOf, writtenBelow } from './linking.ts';
import { modelProperties } from './model-properties.ts';
import { type Patch, patchConfig, patchPath } from './patch.ts';
import { relationName } from './relation-name.ts';

const none: readonly never[] = Object.freeze([]);
const shown: CodeNode['docs'] = Object.freeze({ show: true, node_color: null });

/** The settings of a draft, with those of its properties. */
export function configureDraft(
  linking: Linking,
  draft: Draft,
  captured: Captured | undefined,
  patch: Patch | undefined,
): Configured {
  const request: ConfigRequest = {
    kind: draft.kind,
    packageName: draft.packageName,
    fqn: draft.fqn,
    properties: patch && patchConfig(patch),
    call: captured?.config,
  };
  return linking.configurator.configure(request);
}

/**
 * The node that templates see while their own file is parsed: nothing but the file and the project settings is known of
 * it yet.
 */
export function provisionalNode(linking: Linking, draft: Draft): CodeNode {
  const configured = configureDraft(linking, draft, undefined, undefined);
  const { target } = linking.world.environment;
  const node = makeNode(linking, draft, { refs: none, sources: none, macros: none }, undefined, configured);
  return {
    ...node,
    database: target.database,
    schema: target.schema,
    alias: draft.name,
    raw_code: draft.rawCode(),
    columns: {},
  };
}

/** Tags that a node has by itself, and those of its settings, each once. */
export function tagsOf(own: readonly string[], configured: readonly string[]): readonly string[] {
  if (own.length === 0 && (configured.length < 2 || new Set(configured).size === configured.length)) return configured;
  return [...new Set([...own, ...configured])];
}

/** The finished node. */
export function buildNode(
  linking: Linking,
  draft: Draft,
  captured: Captured,
  patch: Patch | undefined,
  configured: Configured,
): Node {
  reportConfig(linking, draft, configured, captured.configSpan, patch);
  const node = makeNode(linking, draft, captured, patch, configured);
  addByType(linking, node, draft, patch);
  const describer = patch && hasColumns(patch) ? linking.describer(patch.file.found.packageName) : undefined;
  const columns =
    patch && describer ? (): CodeNode['columns'] => buildColumns(rawColumns(patch), describer) : undefined;
  const made = makeLazy<CodeNode>(node, { rawCode: draft.rawCode, columns }) as Node;
  nameNode(linking, made);
  return made;
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
type Unfinished = Writable<Omit<CodeNode, 'raw_code' | 'columns'>> & { resource_type: Node['resource_type'] };

// One literal for all kinds, so that all nodes are made alike: there are many.
function makeNode(
  linking: Linking,
  draft: Draft,
  captured: Captured,
  patch: Patch | undefined,
  { config, unrendered }: Configured,
): Unfinished {
  const written = patch ? patch.version?.description || patch.content.description : '';
  const templated = written.includes('{{') || written.includes('{%');
  const describer = patch && templated ? linking.describer(patch.file.found.packageName) : undefined;
  return {
    resource_type: draft.type,
    unique_id: draft.uniqueId,
    name: draft.name,
    package_name: draft.packageName,
    path: draft.path,
    original_file_path: draft.originalPath,
    fqn: draft.fqn,
    alias: draft.name,
    checksum: draft.checksum,
    config,
    tags: tagsOf(draft.tags, config.tags),
    meta: config.meta,
    group: typeof config.group === 'string' && config.group !== '' ? config.group : null,
    docs: (config.docs as CodeNode['docs'] | undefined) ?? shown,
    created_at: linking.createdAt,
    language: draft.language ?? 'sql',
    database: null,
    schema: '',
    relation_name: null,
    unrendered_config: unrendered,
    patch_path: patch ? patchPath(patch) : null,
    description: describer ? describer.text(written) : written,
    doc_blocks: describer ? describer.blocks(written) : none,
    refs: captured.refs.length === 0 ? none : captured.refs.map(toArguments),
    sources:
      captured.sources.length === 0 ? none : captured.sources.map(({ source, table }) => [source, table] as const),
    metrics: captured.metrics ?? none,
    functions: captured.functions ?? none,
    depends_on: { nodes: none, macros: captured.macros },
    contract: contractOf(config),
    origin: {
      definition: draft.definition,
      properties: patch ? entrySpan(patch) : undefined,
      refs: captured.refs.length === 0 ? undefined : captured.refs.map((ref) => ref.span),
      sources: captured.sources.length === 0 ? undefined : captured.sources.map((source) => source.span),
    },
  };
}

function toArguments({ name, package: from, version }: Captured['refs'][number]): CodeNode['refs'][number] {
  return { name, package: from, version };
}

function hasColumns({ content, version }: Patch): boolean {
  return version ? version.columns.length > 0 : content.columns;
}

function rawColumns(patch: Patch): Parameters<typeof buildColumns>[0] {
  return patch.version ? patch.version.columns : (patch.details().columns ?? []);
}

function addByType(linking: Linking, node: Unfinished, draft: Draft, patch: Patch | undefined): void {
  switch (draft.type) {
    case 'model': {
      const properties = modelProperties(node.config, patch);
      const model = node as unknown as Writable<typeof properties> & { layer: string | null };
      model.layer = layerOf(linking.world, draft.packageName, draft.path, node.config);
      model.access = properties.access;
      model.constraints = properties.constraints;
      model.version = properties.version;
      model.latest_version = properties.latest_version;
      model.deprecation_date = properties.deprecation_date;
      model.primary_key = properties.primary_key;
      model.time_spine = properties.time_spine;
      break;
    }
    case 'seed':
      Object.assign(node, { root_path: draft.rootPath });
      break;
    case 'test':
      Object.assign(node, { test_metadata: null, column_name: null, file_key_name: null, attached_node: null });
      Object.assign(node, { depends_on: withTestMacro(linking, node.depends_on, draft.packageName) });
      break;
    case 'operation':
      Object.assign(node, { index: draft.index });
      break;
    case 'function':
      Object.assign(node, functionSignature(linking, draft, patch));
      break;
    default:
  }
}

/** A test's query runs inside of what `get_test_sql` writes, which a project may replace. */
function withTestMacro({ world }: Linking, dependsOn: CodeNode['depends_on'], packageName: string) {
  const own =
    world.search.find(packageName, 'get_test_sql') ?? world.search.dispatch(packageName, 'get_test_sql', 'dbt');
  const id = own?.unique_id ?? 'macro.dbt.get_test_sql';
  return { ...dependsOn, macros: [...new Set([...dependsOn.macros, id])] };
}

/** Gives a node its database, schema, alias and relation name. */
export function nameNode(linking: Linking, node: Node): void {
  const named = node as Writable<Pick<CodeNode, 'database' | 'schema' | 'alias' | 'relation_name'>>;
  const { config } = node;
  const { target } = linking.world.environment;
  named.database = target.database;
  named.schema = target.schema;
  named.database = linking.namer.database(config.database ?? null, node);
  named.schema = linking.namer.schema(config.schema ?? null, node);
  named.alias = linking.namer.alias(config.alias ?? null, node);
  if (node.resource_type === 'snapshot') {
    if (typeof config.target_database === 'string' && config.target_database) named.database = config.target_database;
    if (typeof config.target_schema === 'string' && config.target_schema) named.schema = config.target_schema;
  }
  named.relation_name = hasRelation(linking, node) ? relationName(linking.world, named) : null;
}

function hasRelation(linking: Linking, node: Node): boolean {
  switch (node.resource_type) {
    case 'model':
    case 'seed':
    case 'snapshot':
      return node.config.materialized !== 'ephemeral';
    case 'test':
      return (node.config.store_failures ?? linking.world.environment.flags.storeFailures) === true;
    default:
      return false;
  }
}

function reportConfig(
  linking: Linking,
  draft: Draft,
  { problems }: Configured,
  call: Span | undefined,
  patch: Patch | undefined,
): void {
  if (problems.length === 0) return;
  const properties =
    patch && ((path: readonly string[], part: 'key' | 'value'): Span => placeIn(linking, patch, path, part));
  const places = {
    call: call && (([name = '']: readonly string[]): Span => argumentIn(draft, call, name)),
    properties,
    projects: projectsOf(linking, draft.packageName),
  };
  for (const problem of configDiagnostics(problems, `'${draft.name}'`, draft, places)) linking.report(problem);
}

/** Where an entry says a setting, below `config:`. */
function placeIn(linking: Linking, patch: Patch, path: readonly string[], part: 'key' | 'value'): Span {
  const { file, entry, content, version } = patch;
  const own = [entry.section, entry.index];
  const index = version === undefined ? -1 : (content.versions?.indexOf(version) ?? -1);
  const places = [...(index < 0 ? [] : [[...own, 'versions', index, 'config']]), [...own, 'config'], own];
  return writtenBelow(linking, file, places, path, part) ?? entrySpan(patch);
}

/** Where a call of `config()` names a setting; else the call. */
function argumentIn({ rawCode, definition }: Draft, call: Span, name: string): Span {
  const text = rawCode().slice(call.start - definition.start, call.end - definition.start);
  return settingIn(text, name, call) ?? call;
}
