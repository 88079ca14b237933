import { createHash } from 'node:crypto';
import { partitionsOf } from '../1-parse/index.ts';
import {
  boxOf,
  calledMacros,
  type Environment,
  hasOwnCode,
  isEphemeral,
  type Node,
  ordinalRange,
  type PartitionDefinition,
  type PartitionSlice,
  partitionAt,
  type Relation,
  type Session,
  textCoordinates,
} from '../core/index.ts';
import { findDialect, withoutComments } from '../sql/index.ts';
import type { CompiledNode, Compiler, CompilerInput } from './compilation.ts';
import { createQuietCompiler } from './compiler.ts';

/** Settings that change what is written with the same SQL. */
const settings = [
  'materialized',
  'incremental_strategy',
  'unique_key',
  'merge_update_columns',
  'merge_exclude_columns',
  'incremental_predicates',
  'on_schema_change',
] as const;

type Input = Pick<CompilerInput, 'graph' | 'environment' | 'shelves'>;

/** Gives a hash of the logic that makes a node's data. */
export type CodeVersions = (id: string) => Promise<string>;

/** Versions that were worked out before, of the same project, target and variables. */
export interface KnownVersions {
  get(id: string): string | undefined;
  set(id: string, version: string): void;
}

/**
 * Versions of code that change when the logic of a node does, and never by themselves: a node is compiled for one fixed
 * partition, at a fixed time, as if all tables were there, so that the hash is the same for all of its partitions, in all
 * runs. Comments and space do not count. Code that asks the warehouse has no SQL of its own: what counts then is the
 * code as written, with its macros. Each node is compiled once.
 */
export function createCodeVersions(input: Input, kept?: KnownVersions): CodeVersions {
  const known = new Map<string, Promise<string>>();
  const session = standingSession(input);
  let compiler: Compiler | undefined;
  const make = async (id: string): Promise<string> => {
    const before = kept?.get(id);
    if (before !== undefined) return before;
    compiler ??= standingCompiler(input);
    const node = input.graph.nodes.get(id);
    if (!node || !hasOwnCode(node)) throw new Error(`${id} has no code`);
    const version = hashOf([await logicOf(node, input, compiler, session), ...besideSql(node, input)]);
    if (!readsEnvironment(node, input)) kept?.set(id, version);
    return version;
  };
  return (id) => {
    const version = known.get(id) ?? make(id);
    known.set(id, version);
    return version;
  };
}

/** What decides beside the SQL what becomes of its rows. */
export function besideSql(node: Node, input: Pick<CompilerInput, 'graph'>): readonly unknown[] {
  return [settings.map((name) => node.config[name] ?? null), dimensionsOf(node, input)];
}

/** Of the world in which nodes are compiled for their versions, what may be otherwise. */
export interface VersionWorld {
  /** As if everything were built anew. Default: as if all tables were there. */
  readonly fullRefresh?: boolean | undefined;
  /** Default: to ask for columns fails, as all questions do. */
  readonly columnsOf?: Session['columnsOf'] | undefined;
}

/** Compiles nodes as they are compiled for their versions. Fails for those that ask the warehouse. */
export function createVersionCompiler(
  input: Input,
  { fullRefresh = false, columnsOf }: VersionWorld = {},
): (node: Node) => Promise<CompiledNode> {
  const session = standingSession(input);
  const asked = columnsOf ? { ...session, columnsOf } : session;
  const compiler = standingCompiler(input, fullRefresh);
  return (node) => compileFixed(node, input, compiler, asked);
}

function compileFixed(node: Node, { graph }: Input, compiler: Compiler, session: Session): Promise<CompiledNode> {
  const definition = partitionsOf(node, graph.project.settings);
  return compiler.compile(node.unique_id, session, undefined, definition && fixedPartition(definition));
}

const hashOf = (parts: unknown): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);

async function logicOf(node: Node, input: Input, compiler: Compiler, session: Session): Promise<unknown> {
  if (node.resource_type === 'seed') return node.checksum.checksum;
  try {
    const { sql } = await compileFixed(node, input, compiler, session);
    return bare(sql, input);
  } catch {
    return [node.raw_code, macrosOf(node, input)];
  }
}

function bare(sql: string, { graph, environment, shelves }: Input) {
  const dialect = environment.target.dialect ?? graph.project.settings.dialect ?? shelves.adapter.dialect;
  return findDialect(dialect) ? withoutComments(sql, { dialect }) : sql.trim();
}

/** Whether its SQL may depend on environment variables, of which nobody knows before it is compiled. */
function readsEnvironment(node: Node, input: Pick<CompilerInput, 'graph'>): boolean {
  const texts = [node.raw_code, ...macrosOf(node, input)];
  if (texts.some((text) => text.includes('env_var'))) return true;
  return node.depends_on.nodes.some((id) => {
    const parent = input.graph.nodes.get(id);
    return isEphemeral(parent) && readsEnvironment(parent, input);
  });
}

/** The code of all macros that a node calls, and that they call. */
function macrosOf({ depends_on: { macros } }: Node, { graph }: Pick<CompilerInput, 'graph'>): readonly string[] {
  const { macros: known } = graph.project;
  return [...calledMacros(macros, known)].sort().flatMap((id) => known.get(id)?.macro_sql ?? []);
}

/** What decides where rows are put; when a definition begins or ends does not. */
function dimensionsOf(node: Node, { graph }: Pick<CompilerInput, 'graph'>): unknown {
  const definition = partitionsOf(node, graph.project.settings);
  return definition?.dimensions.map(({ kind, name, column }) => [kind, name, column ?? null]) ?? null;
}

const fixedInstant = Date.UTC(2000, 0, 1);

/** Whether the definition has it does not matter: one that did would change with the definition's start or values. */
function fixedPartition(definition: PartitionDefinition): PartitionSlice {
  const places = definition.dimensions.map((dimension) => {
    if (dimension.kind !== 'time') return textCoordinates(['value']);
    const ordinal = partitionAt(dimension, fixedInstant);
    return ordinalRange(ordinal, ordinal + 1);
  });
  return { definition, keys: boxOf(places) };
}

/** A compiler in whose world nothing changes. */
function standingCompiler({ graph, environment, shelves }: Input, fullRefresh = false) {
  return createQuietCompiler({ graph, environment: standing(environment, fullRefresh), shelves });
}

function standing(environment: Environment, fullRefresh: boolean): Environment {
  const { behavior } = environment.flags;
  return {
    ...environment,
    invocationId: '00000000-0000-0000-0000-000000000000',
    startedAt: new Date(fixedInstant),
    now: undefined,
    random: undefined,
    flags: {
      which: 'build',
      fullRefresh,
      failFast: false,
      storeFailures: false,
      empty: false,
      warnError: false,
      behavior,
      others: {},
    },
  };
}

/** All relations of the project are there; nothing else can be asked. */
function standingSession({ graph }: Pick<CompilerInput, 'graph'>): Session {
  const unknown = async (): Promise<never> => {
    throw new Error('The version of code does not depend on data');
  };
  return {
    query: unknown,
    execute: unknown,
    columnsOf: unknown,
    describeSchema: unknown,
    describeQuery: unknown,
    listRelations: async (database, schema) =>
      [...graph.nodes.values()].flatMap((node): Relation[] =>
        hasOwnCode(node) && node.schema === schema && node.database === database && node.relation_name !== null
          ? [{ database, schema, identifier: node.alias, type: node.config.materialized === 'view' ? 'view' : 'table' }]
          : [],
      ),
    close: async () => undefined,
  };
}
