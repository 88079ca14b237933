import {
  docText,
  findMacro,
  macroScope,
  macroSearchOf,
  macroSearchOrder,
  macroValue,
  ownFunction,
  ownMacros,
  quotePart,
  varNames,
  varsWith,
} from '../../1-parse/index.ts';
import {
  type CodeNode,
  chanceOf,
  type Json,
  type Relation,
  type Rendering,
  snapshotColumns,
} from '../../core/index.ts';
import type { Scope, Value } from '../../jinja/index.ts';
import type { CompilerInput, StandIns } from '../compilation.ts';
import { withForeignKeys } from '../foreign-keys.ts';
import { translateHook } from '../translated.ts';
import { existingOfBatch, withBatch } from './batch.ts';
import { newestPartition } from './narrowed.ts';
import { functionRelation, metricOf, refRelation, sourceOf } from './references.ts';
import type { RenderingRequest } from './request.ts';

/** A rendering that resolves names in the graph and may ask the warehouse. */
export function createRendering(input: CompilerInput, request: RenderingRequest): Rendering {
  const { graph, environment, shelves, relations } = input;
  const { project } = graph;
  const { packageName, session } = request;
  const node = request.node && withForeignKeys(withBatch(request.node, request.batch), input);
  const standIns = request.standIns ?? input.standIns;
  const thisRelation: Relation | undefined = node && {
    database: node.database,
    schema: node.schema,
    identifier: node.alias,
    ...quotePart(project.settings.quoting),
  };
  const say = (text: string, level: 'debug' | 'info' | 'warn', print?: boolean): void =>
    input.emit({ kind: 'message', at: input.now(), level, text, nodeId: node?.unique_id, print });
  // Getters would make it a slow object, and there is one for each node, hook and test.
  const rendering: Rendering & { scope: Scope } = {
    phase: request.phase,
    execute: true,
    environment,
    adapter: shelves.adapter,
    packageName,
    projectName: project.name,
    node,
    thisRelation,
    partitions: () => request.partitions ?? (node && newestPartition(node, input)),
    scope: noScope,
    session,
    transaction: request.transaction,
    ...(request.materialize && { materialize: request.materialize }),
    relations,
    ...(request.batch &&
      thisRelation && { existingRelation: async () => existingOfBatch(request.batch, thisRelation) }),
    ...(node &&
      input.translateHook && {
        hookSql: (sql: string) =>
          translateHook(node, { id: node.unique_id, sql, extraCtes: [], locate: () => undefined }, input),
      }),
    quoting: project.settings.quoting as Rendering['quoting'],
    macroSearchOrder: (namespace) => macroSearchOrder(project, namespace),
    packages: project.packages,
    findMacro(owner, name) {
      const macro = findMacro(project, owner, name, packageName);
      return macro && macroValue(macro);
    },
    selectedResources: input.selected,
    results: new Map(),
    ref: (ref) => refRelation(input, request, ref),
    source: (sourceName, tableName) => sourceOf(input, request, sourceName, tableName),
    metric: (packageNamed, name) => metricOf(input, request, packageNamed, name),
    functionRelation: (packageNamed, name) => functionRelation(input, request, packageNamed, name),
    doc: (docPackage, name) => docText(project, packageName, docPackage, name),
    setConfig() {
      // Settings were read while parsing.
    },
    getConfig: (name) => settingOf(node, name),
    varsWith: (name) => varsWith(project, packageName, environment.vars, name),
    varNames: () => varNames(project, packageName, environment.vars),
    readEnv: environment.env,
    graph: () => ({ nodes: graph.nodes, groups: project.groups }),
    log: (text, to) => say(text, to === 'log' ? 'debug' : 'info', to === 'stdout'),
    warn: (text) => say(text, 'warn'),
    ...standIns?.rendering,
  };
  rendering.scope = createScope(input, request, standIns, rendering);
  return rendering;
}

/** Stands there until the rendering does. */
const noScope: Scope = { lookup: () => undefined };

/** Macros of snapshots ask for the names of their columns as if they were a setting. */
function settingOf(node: CodeNode | undefined, name: string): Json | undefined {
  if (name === 'snapshot_table_column_names' && node?.config.materialized === 'snapshot') {
    return { ...snapshotColumns(node.config) };
  }
  return node?.config[name] as Json | undefined;
}

/** Extra names, then macros (a project may replace a function by a macro of that name), then functions. */
function createScope(
  input: CompilerInput,
  request: RenderingRequest,
  standIns: StandIns | undefined,
  rendering: Rendering,
): Scope {
  const { project } = input.graph;
  const macros = macroScope(project, request.packageName);
  const values = new Map<string, Value>(request.extra);
  const own = ownMacros(input.shelves, () => rendering);
  return {
    random: chanceOf(input.environment),
    define: (name, value) => void values.set(name, value),
    known: () => {
      const ofMacros = macroSearchOf(project).namesFrom(request.packageName);
      return new Set([...values.keys(), ...ofMacros, 'dbt', ...input.shelves.functions.keys()]);
    },
    lookup(name) {
      const known = values.get(name);
      if (known !== undefined) return known;
      const found = macros(name) ?? (name === 'dbt' ? own : ownFunction(name, input.shelves)?.create(rendering));
      const value = standIns ? standIns.name(name, found) : found;
      if (value !== undefined) values.set(name, value);
      return value;
    },
  };
}
