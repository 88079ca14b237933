import {
  findMacro,
  macroScope,
  macroSearchOf,
  macroSearchOrder,
  macroValue,
  ownFunction,
  ownMacros,
  quotePart,
  sourceRelation,
  steppedPartitionsOf,
  varNames,
  varsWith,
} from '../1-parse/index.ts';
import { resolveFunction, resolveMetric, resolveRef, resolveSource } from '../2-graph/index.ts';
import {
  allPartitions,
  type CodeNode,
  chanceOf,
  didYouMeanHint,
  type Flags,
  isEphemeral,
  type Json,
  keySetOf,
  type MetricNode,
  type Node,
  noKeys,
  type PartitionSlice,
  pointAt,
  type RefRequest,
  type Relation,
  type Rendering,
  type Session,
  type SourceNode,
  snapshotColumns,
  type Transaction,
} from '../core/index.ts';
import { type Scope, TemplateError, type Value } from '../jinja/index.ts';
import type { Batch, CompilerInput, StandIns } from './compilation.ts';
import { cteName } from './ephemeral.ts';
import { withForeignKeys } from './foreign-keys.ts';
import { narrowedRef } from './partitions/narrowed-ref.ts';
import { translateHook } from './translated.ts';

export interface RenderingRequest {
  readonly phase: 'compile' | 'run';
  readonly node: CodeNode | undefined;
  readonly packageName: string;
  readonly session: Session | undefined;
  /** The stretch of time that a microbatch model is compiled for. */
  readonly batch?: Batch | undefined;
  /** The partitions that the node is compiled for. Default: its newest complete one. */
  readonly partitions?: PartitionSlice | undefined;
  /** Names that are found before all others: those of an `on-run-end` hook, of a batch. */
  readonly extra?: ReadonlyMap<string, Value> | undefined;
  /** The transaction of a materialization that is a macro. */
  readonly transaction?: Transaction | undefined;
  readonly materialize?: Rendering['materialize'];
  /** Told for each ephemeral model that is read, in the order of the calls. */
  readonly onEphemeral?: (id: string) => void;
  /** What a unit test puts in the place of what is there. Default: nothing. */
  readonly standIns?: StandIns | undefined;
}

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
    source(sourceName, tableName) {
      const found = resolveSource(project, sourceName, tableName, packageName);
      if (found.kind === 'found') {
        const relation = sourceRelation(found.node);
        return narrowed(relation, found.node, input, request);
      }
      throw unresolved(
        `The source '${sourceName}.${tableName}'`,
        didYouMeanHint(
          `${sourceName}.${tableName}`,
          [...project.sources.values()].map((known) => `${known.source_name}.${known.name}`),
        ),
      );
    },
    metric(packageNamed, name) {
      const found = resolveMetric(project, name, packageNamed, packageName);
      if (found.kind === 'found') return (graph.nodes.get(found.node.unique_id) ?? found.node) as MetricNode;
      const known = [...project.metrics.values()].map((metric) => metric.name);
      throw unresolved(`The metric '${name}'`, didYouMeanHint(name, known));
    },
    functionRelation: (packageNamed, name) => functionRelation(input, request, packageNamed, name),
    doc(docPackage, name) {
      const candidates = docPackage ? [docPackage] : [packageName, project.name, ...project.packages.keys()];
      for (const candidate of candidates) {
        const doc = project.docs.get(`doc.${candidate}.${name}`);
        if (doc) return doc.block_contents;
      }
      throw new TemplateError(`No docs block is named '${name}'`);
    },
    setConfig() {
      // Settings were read while parsing.
    },
    getConfig: (name) => settingOf(node, name),
    varsWith: (name) => varsWith(project, packageName, environment.vars, name),
    varNames: () => varNames(project, packageName, environment.vars),
    readEnv: environment.env,
    graph: () => ({ nodes: graph.nodes, groups: project.groups }),
    log(text, to) {
      input.emit({
        kind: 'message',
        at: input.now(),
        level: to === 'log' ? 'debug' : 'info',
        text,
        nodeId: node?.unique_id,
        print: to === 'stdout',
      });
    },
    warn(text) {
      input.emit({ kind: 'message', at: input.now(), level: 'warn', text, nodeId: node?.unique_id });
    },
    ...standIns?.rendering,
  };
  rendering.scope = createScope(input, request, standIns, rendering);
  return rendering;
}

/** Stands there until the rendering does. */
const noScope: Scope = { lookup: () => undefined };

/** What a node with partitions is compiled for where nothing is built. */
function newestPartition(node: CodeNode, { graph, environment }: CompilerInput): PartitionSlice | undefined {
  const definition = steppedPartitionsOf(node, graph.project.settings);
  if (!definition) return undefined;
  const point = pointAt(allPartitions(definition, { now: environment.startedAt.getTime(), current: true }), -1);
  return { definition, keys: point ? keySetOf([point]) : noKeys };
}

/** Macros of snapshots ask for the names of their columns as if they were a setting. */
function settingOf(node: CodeNode | undefined, name: string): Json | undefined {
  if (name === 'snapshot_table_column_names' && node?.config.materialized === 'snapshot') {
    return { ...snapshotColumns(node.config) };
  }
  return node?.config[name] as Json | undefined;
}

/** A batch is told to templates as `model.batch`, and as two settings, which older projects read. */
function withBatch(node: CodeNode, batch: Batch | undefined): CodeNode {
  if (!batch) return node;
  const [start, end] = [momentText(batch.start), momentText(batch.end)];
  const config = {
    ...node.config,
    __dbt_internal_microbatch_event_time_start: start,
    __dbt_internal_microbatch_event_time_end: end,
  };
  const told = { id: batch.id, event_time_start: start, event_time_end: end };
  return Object.assign({ ...node }, { config, batch: told });
}

/** As Python writes a time in UTC. */
function momentText(time: Date): string {
  const text = time.toISOString().slice(0, -1).replace('T', ' ');
  return `${text.endsWith('.000') ? text.slice(0, -4) : `${text}000`}+00:00`;
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

function refRelation(input: CompilerInput, request: RenderingRequest, ref: RefRequest): Relation {
  const { graph } = input;
  const found = resolveRef(graph.project, ref, request.packageName);
  if (found.kind !== 'found') {
    const known = [...graph.project.nodes.values()].filter((node) => node.resource_type !== 'test');
    const hint = didYouMeanHint(
      ref.name,
      known.map((node) => node.name),
    );
    throw unresolved(`'${ref.name}'`, hint);
  }
  const parent = (graph.nodes.get(found.node.unique_id) ?? found.node) as Node;
  const self = request.node;
  // What parsing did not see stands in no edge, so nothing would make the parent be built first.
  const known = !self || self.unique_id.startsWith('sql_operation.') || parent.unique_id === self.unique_id;
  if (self && !known && !self.depends_on.nodes.includes(parent.unique_id)) {
    throw new TemplateError(
      `'${self.name}' reads '${ref.name}', but that showed only now: the call stands in a branch that is not taken while parsing`,
      'CompilationError',
      { hint: `Add this comment to the file, above the branch: -- depends_on: {{ ref('${ref.name}') }}` },
    );
  }
  if (isEphemeral(parent)) {
    request.onEphemeral?.(parent.unique_id);
    const cte: Relation = { database: null, schema: null, identifier: cteName(parent.alias), type: 'cte' };
    return narrowed(cte, parent, input, request);
  }
  const relation: Relation = input.deferred?.get(parent.unique_id) ?? {
    database: parent.database,
    schema: parent.schema,
    identifier: parent.alias,
    type: parent.config.materialized === 'view' ? 'view' : 'table',
    ...quotePart(graph.project.settings.quoting),
  };
  return narrowed(relation, parent, input, request);
}

/**
 * `--empty` reads no rows, a batch and `--sample` only those of a stretch of time, a model with `narrow_refs` those that
 * its partition mapping gives: a subquery then stands in for the name. It has no alias of ours, since the query may give
 * it one.
 */
function narrowed(
  relation: Relation,
  parent: Node | SourceNode,
  input: CompilerInput,
  request: RenderingRequest,
): Relation {
  const name = input.shelves.adapter.statements.renderRelation(relation);
  if (input.environment.flags.empty) {
    return { ...relation, expression: `(select * from ${name} where false limit 0)` };
  }
  const stretch = stretchOfTime(request, input.environment.flags.sample);
  const conditions = [
    stretch && timeCondition(parent.config.event_time, stretch),
    request.batch ? undefined : partitionCondition(parent, input, request),
  ].filter((condition) => condition !== undefined);
  if (conditions.length === 0) return relation;
  return { ...relation, expression: `(select * from ${name} where ${conditions.join(' and ')})` };
}

/** What a batch and `--sample` leave of time for a model or snapshot to read; undefined where neither says anything. */
function stretchOfTime(
  { batch, node }: RenderingRequest,
  sample: Flags['sample'],
): Pick<Batch, 'start' | 'end'> | undefined {
  if (!sample || !/^(model|snapshot)\./.test(node?.unique_id ?? '')) return batch;
  if (!batch) return sample;
  return {
    start: new Date(Math.max(Number(batch.start), Number(sample.start))),
    end: new Date(Math.min(Number(batch.end), Number(sample.end))),
  };
}

function timeCondition(eventTime: unknown, { start, end }: Pick<Batch, 'start' | 'end'>): string | undefined {
  if (typeof eventTime !== 'string') return undefined;
  return `${eventTime} >= '${momentText(start)}' and ${eventTime} < '${momentText(end)}'`;
}

/** Hooks read what is there. */
function partitionCondition(
  parent: Node | SourceNode,
  input: CompilerInput,
  { phase, node, partitions }: RenderingRequest,
): string | undefined {
  if (phase !== 'compile' || node?.config.narrow_refs !== true) return undefined;
  const slice = partitions ?? newestPartition(node, input);
  return slice && narrowedRef(node, parent, slice, input);
}

function functionRelation(
  input: CompilerInput,
  { node, packageName }: RenderingRequest,
  packageNamed: string | null,
  name: string,
): Relation {
  const { project } = input.graph;
  const found = resolveFunction(project, name, packageNamed, packageName);
  if (found.kind !== 'found') {
    const known = [...project.functions.values()].map((one) => one.name);
    throw unresolved(`The function '${name}'`, didYouMeanHint(name, known));
  }
  const { unique_id: id, database, schema, alias } = found.node;
  if (node && !node.depends_on.nodes.includes(id) && !node.unique_id.startsWith('sql_operation.')) {
    throw new TemplateError(
      `'${node.name}' calls the function '${name}', but that showed only now: the call stands in a branch that is not taken while parsing`,
      'CompilationError',
      { hint: `Add this comment to the file, above the branch: -- depends_on: {{ function('${name}') }}` },
    );
  }
  return input.deferred?.get(id) ?? { database, schema, identifier: alias, ...quotePart(project.settings.quoting) };
}

/** The first batch of a model builds its table; for those after it, there is one. */
function existingOfBatch(batch: Batch | undefined, relation: Relation): Relation | undefined {
  return batch?.incremental ? { ...relation, type: 'table' } : undefined;
}

function unresolved(what: string, hint: string | undefined): TemplateError {
  return new TemplateError(`${what} is not in the project`, 'CompilationError', { hint });
}
