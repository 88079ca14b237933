import { isOfDbt } from '../1-parse/index.ts';
import type { Graph } from '../2-graph/index.ts';
import {
  type Analyst,
  type AnalystInput,
  type CompiledNode,
  type Compiler,
  type CompilerInput,
  checkMapping,
  contractProblems,
  createQuietCompiler,
  explainRefusedColumn,
  type KnownColumns,
  type NodeAnalysis,
  nothingBuilt,
  openAnalyst,
} from '../3-compile/index.ts';
import type { OpenAnalysis } from '../cli/engine/analysis.ts';
import type { Call } from '../cli/engine/call.ts';
import type { Host } from '../cli/engine/host.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import type {
  Column,
  Diagnostic,
  GraphNode,
  Node,
  PartitionSlice,
  Relation,
  Session,
  Warehouse,
} from '../core/index.ts';
import { rememberClean } from './clean-mappings.ts';
import { stopIfInterrupted } from './interruption.ts';
import { targetWarehouse } from './lazy-warehouse.ts';

export interface AnalysisRequest {
  /** Compiles nodes that the command itself does not compile; what it makes is not recorded. */
  readonly compiler: Compiler;
  /** Asked for the columns of sources. Undefined: it must not be asked. */
  readonly warehouse: Warehouse | undefined;
  /** What will be built first. Undefined: nothing is built, and all tables count as what the code makes them. */
  readonly built?: ReadonlySet<string> | undefined;
  /** What `ref()` means for nodes that are not built. Default: their own relations. */
  readonly deferred?: CompilerInput['deferred'];
  /** Where columns are kept, for who asks for nothing else. Default: all is worked out. */
  readonly known?: KnownColumns | undefined;
  /** Told of what is known of each node that is checked. Default: nobody. */
  readonly onAnalysis?: ((id: string, analysis: NodeAnalysis) => void) | undefined;
}

/** Looks through the SQL of nodes. */
export interface ProjectAnalysis {
  /** Undefined where Ingot cannot read the warehouse's SQL. */
  open(): Promise<Analyst | undefined>;
  /** What is wrong with a node's SQL, as far as it concerns what the command is about to do. */
  check(compiled: CompiledNode): Promise<readonly Diagnostic[]>;
  /**
   * What is wrong with the SQL of a node in which the warehouse has missed a column: the tables that it reads are asked for
   * theirs. Empty if that does not tell.
   */
  explain(compiled: CompiledNode, missing: string): Promise<readonly Diagnostic[]>;
  /** Whether a model with partitions reads what its mapping gives it: warnings. */
  mapping(id: string): Promise<readonly Diagnostic[]>;
  /** Columns of a node as its SQL makes them; undefined where it does not tell all of them with their types. */
  columnsOf(id: string): Promise<readonly Column[] | undefined>;
}

/** The analysis of a project's SQL. Nothing is known where nobody has taught Ingot the warehouse's dialect. */
export function analysisOf(
  loaded: Loaded,
  { compiler, warehouse, built, deferred, known, onAnalysis }: AnalysisRequest,
): ProjectAnalysis {
  const { graph, environment, shelves } = loaded;
  let opened: Promise<Session> | undefined;
  const session = (): Promise<Session> | undefined => {
    opened ??= warehouse?.openSession();
    return opened;
  };
  const describe = (_: GraphNode, relation: Relation): Promise<readonly Column[] | undefined> =>
    columnsOf(session(), relation, shelves.adapter.statements.renderRelation(relation));
  const input: AnalystInput = {
    graph,
    known,
    adapter: shelves.adapter,
    dialect: dialectOf(loaded),
    compile: async (id) => compiler.compile(id, await session()).catch(() => undefined),
    describe,
    isCurrent: (node) => !built || (built.has(node.unique_id) && isMadeAnew(node, environment.flags.fullRefresh)),
  };
  let analyst: ReturnType<typeof openAnalyst> | undefined;
  const open = (): ReturnType<typeof openAnalyst> => {
    analyst ??= openAnalyst(input);
    return analyst;
  };
  /** Problems with a contract, at their places: what is kept has none. */
  const atPlaces = async (problems: readonly Diagnostic[], compiled: CompiledNode): Promise<readonly Diagnostic[]> => {
    if (!known) return problems;
    const placed = await (await openAnalyst({ ...input, known: undefined }))?.analyze(compiled.id, compiled);
    return placed ? contractProblems(compiled.id, placed, input) : problems;
  };
  const mapping = rememberClean(loaded, known, async (id) => {
    const analyst = await open();
    const compile = async (other: string, partitions: PartitionSlice) =>
      compiler.compile(other, await session(), undefined, partitions).catch(() => undefined);
    return analyst ? checkMapping(id, { graph, analyst, compile }) : [];
  });
  let ofCode: ReturnType<typeof openAnalyst> | undefined;
  const ofCodeAlone: AnalystInput = {
    ...input,
    isCurrent: () => true,
    // Another warehouse than one in this process costs time and money: who asks here can do without.
    ...(shelves.adapter.openScratch ? {} : { describe: async () => undefined }),
  };
  const openOfCode = (): ReturnType<typeof openAnalyst> => {
    ofCode ??= openAnalyst(ofCodeAlone);
    return ofCode;
  };
  let ofTables: ReturnType<typeof openAnalyst> | undefined;
  const looks = new Map<string, Promise<readonly Diagnostic[]>>();
  const look = async (compiled: CompiledNode): Promise<readonly Diagnostic[]> => {
    const analysis = await (await open())?.analyze(compiled.id, compiled);
    if (!analysis) return [];
    onAnalysis?.(compiled.id, analysis);
    const { readable } = analysis;
    const broken = contractProblems(compiled.id, analysis, input);
    const ofContract = broken.length === 0 ? broken : await atPlaces(broken, compiled);
    const diagnostics = [...analysis.diagnostics, ...ofContract];
    const mapped = readable ? await mapping(compiled.id) : [];
    if (!built) return [...(advisory(compiled.id, graph) ? diagnostics.map(asWarning) : diagnostics), ...mapped];
    // Whether it is SQL, the warehouse knows best: extensions may bring their own. Other warnings were for compiling.
    return readable ? [...diagnostics.filter(isError), ...mapped] : [];
  };
  return {
    open,
    async columnsOf(id) {
      const found = await (await openOfCode())?.analyze(id);
      return found && typedColumns(found);
    },
    mapping,
    async explain(compiled, missing) {
      ofTables ??= openAnalyst({ ...input, known: undefined, describeBuilt: describe, deferred });
      const analyst = await ofTables;
      if (!analyst) return [];
      return explainRefusedColumn(compiled, missing, { ...input, ofTables: analyst, ofCode: openOfCode });
    },
    // What is compiled for many partitions differs in their keys: a look at the first is a look at all, told once.
    check(compiled) {
      const before = looks.get(compiled.id);
      if (before) return before.then((found) => found.filter(isError));
      const first = look(compiled);
      looks.set(compiled.id, first);
      return first;
    },
  };
}

function typedColumns({ columns, complete }: NodeAnalysis): readonly Column[] | undefined {
  const typed = columns.flatMap(({ name, type }) => (type === undefined ? [] : [{ name, type }]));
  return complete && typed.length === columns.length ? typed : undefined;
}

/** The SQL dialect that the models are written in. */
export function dialectOf({ graph, environment, shelves }: Loaded): string {
  return environment.target.dialect ?? graph.project.settings.dialect ?? shelves.adapter.dialect;
}

/**
 * Whether problems are warnings when nothing is built: analyses are never sent to a warehouse and need not be SQL, and
 * dbt compiles whatever it is given, so that its projects do here too.
 */
function advisory(id: string, { project, nodes }: Graph): boolean {
  return nodes.get(id)?.resource_type === 'analysis' || isOfDbt(project.settings);
}

const isError = ({ severity }: Diagnostic): boolean => severity === 'error';

const asWarning = (diagnostic: Diagnostic): Diagnostic => ({ ...diagnostic, severity: 'warning' });

/** The analysis of a project for commands that build nothing. Nothing is known where the dialect is not. */
export async function openAnalysis(loaded: Loaded, call: Call, { signal }: Host): Promise<OpenAnalysis> {
  const warehouse = targetWarehouse(loaded);
  const compiler = createQuietCompiler({ ...loaded, standIns: nothingBuilt });
  const analyst = await analysisOf(loaded, { compiler, warehouse: call.introspect ? warehouse : undefined }).open();
  return {
    async analyze(id) {
      const found = await analyst?.analyze(id);
      stopIfInterrupted(signal);
      return found;
    },
    columnKey: (name) => analyst?.columnKey(name) ?? name,
    close: () => warehouse.close(),
  };
}

/** An incremental model may keep columns that its code no longer has; a snapshot keeps them with the types they had. */
function isMadeAnew({ config }: Node, fullRefresh: boolean): boolean {
  if (config.materialized === 'snapshot') return false;
  if (config.materialized !== 'incremental') return true;
  return typeof config.full_refresh === 'boolean' ? config.full_refresh : fullRefresh;
}

/** The columns of a source. Whatever stands in the way of asking, the analysis does without. */
async function columnsOf(
  session: Promise<Session> | undefined,
  relation: Relation,
  written: string,
): Promise<readonly Column[] | undefined> {
  try {
    const open = await session;
    if (!open) return undefined;
    return relation.expression ? await open.describeQuery(`select * from ${written}`) : await open.columnsOf(relation);
  } catch {
    return undefined;
  }
}
