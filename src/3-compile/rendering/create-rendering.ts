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
  type JsonObject,
  type MetricNode,
  type PartitionSlice,
  type RefRequest,
  type Relation,
  type Rendering,
  type RenderingGraph,
  snapshotColumns,
} from '../../core/index.ts';
import type { Scope, Value } from '../../jinja/index.ts';
import type { CompilerInput, StandIns } from '../compilation.ts';
import { withForeignKeys } from '../foreign-keys.ts';
import { dataTestSql } from '../generic-test.ts';
import { translateHook } from '../translated.ts';
import { existingOfBatch, withBatch } from './batch.ts';
import { newestPartition } from './narrowed.ts';
import { functionRelation, metricOf, refRelation, sourceOf } from './references.ts';
import type { RenderingRequest } from './request.ts';

/** A rendering that resolves names in the graph and may ask the warehouse. */
export function createRendering(input: CompilerInput, request: RenderingRequest): Rendering {
  return new NodeRendering(input, request);
}

/** A class, and no object of functions: there is one for each node, hook and test. */
class NodeRendering implements Rendering {
  readonly phase: Rendering['phase'];
  readonly execute = true;
  readonly environment: Rendering['environment'];
  readonly adapter: Rendering['adapter'];
  readonly packageName: string;
  readonly projectName: string;
  readonly node: CodeNode | undefined;
  readonly thisRelation: Relation | undefined;
  readonly session: Rendering['session'];
  readonly transaction: Rendering['transaction'];
  readonly materialize: Rendering['materialize'];
  readonly relations: Rendering['relations'];
  readonly existingRelation: Rendering['existingRelation'];
  readonly hookSql: Rendering['hookSql'];
  readonly quoting: Rendering['quoting'];
  readonly packages: Rendering['packages'];
  readonly selectedResources: Rendering['selectedResources'];
  readonly results: Rendering['results'] = new Map();
  readonly readEnv: Rendering['readEnv'];
  readonly scope: Scope;
  readonly #input: CompilerInput;
  readonly #request: RenderingRequest;

  constructor(input: CompilerInput, request: RenderingRequest) {
    const { graph, environment, shelves, translateHook } = input;
    const { project } = graph;
    const { packageName, batch } = request;
    const node = request.node && withForeignKeys(withBatch(request.node, batch), input);
    const self = node && ownRelation(node, project.settings.quoting);
    this.phase = request.phase;
    this.environment = environment;
    this.adapter = shelves.adapter;
    this.packageName = packageName;
    this.projectName = project.name;
    this.node = node;
    this.thisRelation = self;
    this.session = request.session;
    this.transaction = request.transaction;
    this.materialize = request.materialize;
    this.relations = input.relations;
    this.existingRelation = batch && self && (async () => existingOfBatch(batch, self));
    this.hookSql = node && translateHook && ((sql) => hookInDialect(node, sql, input));
    this.quoting = project.settings.quoting as Rendering['quoting'];
    this.packages = project.packages;
    this.selectedResources = input.selected;
    this.readEnv = environment.env;
    this.#input = input;
    this.#request = request;
    const standIns = request.standIns ?? input.standIns;
    this.scope = createScope(input, request, standIns, this);
    // What a test puts there is found before what the class has.
    if (standIns) Object.assign(this, standIns.rendering);
  }

  partitions(): PartitionSlice | undefined {
    const { partitions, node } = this.#request;
    return partitions ?? (node && newestPartition(node, this.#input));
  }

  macroSearchOrder(namespace: string | null): readonly (string | null)[] {
    return macroSearchOrder(this.#input.graph.project, namespace);
  }

  findMacro(owner: string | null, name: string): Value | undefined {
    const macro = findMacro(this.#input.graph.project, owner, name, this.packageName);
    return macro && macroValue(macro);
  }

  ref(ref: RefRequest): Relation {
    return refRelation(this.#input, this.#request, ref);
  }

  source(sourceName: string, tableName: string): Relation {
    return sourceOf(this.#input, this.#request, sourceName, tableName);
  }

  metric(packageNamed: string | null, name: string): MetricNode | undefined {
    return metricOf(this.#input, this.#request, packageNamed, name);
  }

  functionRelation(packageNamed: string | null, name: string): Relation {
    return functionRelation(this.#input, this.#request, packageNamed, name);
  }

  async dataTest(name: string, values: ReadonlyMap<string, Value>): Promise<string> {
    const test = this.#input.shelves.dataTests.get(name);
    return test ? dataTestSql(test, values, this.#input, this) : '';
  }

  doc(docPackage: string | undefined, name: string): string {
    return docText(this.#input.graph.project, this.packageName, docPackage, name);
  }

  setConfig(): void {
    // Settings were read while parsing.
  }

  getConfig(name: string): Json | undefined {
    return settingOf(this.node, name);
  }

  varsWith(name: string): JsonObject | undefined {
    return varsWith(this.#input.graph.project, this.packageName, this.environment.vars, name);
  }

  varNames(): Iterable<string> {
    return varNames(this.#input.graph.project, this.packageName, this.environment.vars);
  }

  graph(): RenderingGraph {
    const { nodes, project } = this.#input.graph;
    return { nodes, groups: project.groups };
  }

  log(text: string, to: 'log' | 'info' | 'stdout'): void {
    this.#say(text, to === 'log' ? 'debug' : 'info', to === 'stdout');
  }

  warn(text: string): void {
    this.#say(text, 'warn');
  }

  #say(text: string, level: 'debug' | 'info' | 'warn', print?: boolean): void {
    const input = this.#input;
    input.emit({ kind: 'message', at: input.now(), level, text, nodeId: this.node?.unique_id, print });
  }
}

function hookInDialect(node: CodeNode, sql: string, input: CompilerInput): Promise<string> {
  return translateHook(node, { id: node.unique_id, sql, extraCtes: [], locate: () => undefined }, input);
}

/** Macros of snapshots ask for the names of their columns as if they were a setting. */
function settingOf(node: CodeNode | undefined, name: string): Json | undefined {
  if (name === 'snapshot_table_column_names' && node?.config.materialized === 'snapshot') {
    return { ...snapshotColumns(node.config) };
  }
  return node?.config[name] as Json | undefined;
}

/** What `this` names. A hook of the project stands for nothing in the warehouse. */
function ownRelation(node: CodeNode, quoting: JsonObject): Relation | undefined {
  if ('resource_type' in node && node.resource_type === 'operation') return undefined;
  const { database, schema, alias } = node;
  return { database, schema, identifier: alias, ...quotePart(quoting) };
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
