import { createCompiler } from '../../3-compile/index.ts';
import { describeFailure, drop, release, type StepContext } from '../../5-execute/index.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Host } from '../../cli/engine/host.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import type { QuarantineEntry, QuarantineOutcome, QuarantineRequest } from '../../cli/engine/quarantine.ts';
import type { Preview } from '../../cli/engine/show.ts';
import {
  type Diagnostic,
  error,
  type ModelNode,
  Problem,
  RelationCache,
  type SnapshotNode,
  StatementError,
  statementCode,
} from '../../core/index.ts';
import { hasError } from '../unusable.ts';
import { type Found, matching, readEntries } from './quarantine-entries.ts';
import { previewQuarantined } from './quarantine-rows.ts';

/** Lists, shows, publishes or throws away data that failed its tests. Throws `Problem` for a call that cannot be meant. */
export async function handleQuarantine(
  loaded: Loaded,
  request: QuarantineRequest,
  call: Call,
  host: Host,
): Promise<QuarantineOutcome> {
  const { shelves, environment, diagnostics } = loaded;
  if (hasError(diagnostics)) return { exitCode: 2, diagnostics, entries: [], previews: [] };
  const warehouse = await shelves.adapter.connect(environment.target.output, { threads: 1 });
  try {
    const session = await warehouse.openSession();
    const relations = new RelationCache();
    const all = await readEntries(loaded, call, { session, relations });
    const found = meant(await matching(all, request, loaded, call), request);
    if (request.action === 'ls') return { exitCode: 0, diagnostics, entries: found.map(entryOf), previews: [] };
    requireClear(found, request);
    const context: StepContext = { ...stepContext(loaded, host, relations), warehouse, session, thread: 1 };
    return await act(found, all, { request, loaded, call, context });
  } finally {
    await warehouse.close();
  }
}

interface Acting {
  readonly request: QuarantineRequest;
  readonly loaded: Loaded;
  readonly call: Call;
  readonly context: StepContext;
}

/** Does it to one after the other; what failed stays as it was. */
async function act(found: readonly Found[], all: readonly Found[], acting: Acting): Promise<QuarantineOutcome> {
  const { request, loaded } = acting;
  const diagnostics: Diagnostic[] = [...loaded.diagnostics];
  const entries: QuarantineEntry[] = [];
  const previews: Preview[] = [];
  let exitCode: QuarantineOutcome['exitCode'] = 0;
  for (const one of found) {
    try {
      if (request.action === 'show') previews.push(await previewQuarantined(one, all, acting));
      else await settle(one, acting);
      entries.push(one.entry);
    } catch (failure) {
      exitCode = failure instanceof Problem ? 2 : 1;
      diagnostics.push(...problemsOf(failure, nodeOf(one, loaded)));
    }
  }
  return { exitCode, diagnostics, entries, previews };
}

async function settle(one: Found, { request, loaded, context }: Acting): Promise<void> {
  if (request.action === 'drop') return drop(one.quarantined, context);
  const node = nodeOf(one, loaded);
  if (!node) throw new Problem(notOfProject(one));
  await release(node, one.quarantined, context);
}

/** What was published over is released only by who names it, or has nothing else. */
function meant(found: readonly Found[], { action, run, force }: QuarantineRequest): readonly Found[] {
  if (action !== 'release' || run !== undefined || force) return found;
  const held = found.filter(({ entry }) => entry.supersededAt === null);
  return held.length > 0 ? held : found;
}

const entryOf = ({ entry }: Found): QuarantineEntry => entry;

/** One thing of each model, named by somebody; nothing old is published without having been asked for. */
function requireClear(found: readonly Found[], { action, run, force, all, model, partition }: QuarantineRequest): void {
  if (found.length === 0) {
    const message = [
      'Nothing',
      ...(model === undefined ? [] : [`of '${model}'`]),
      ...(run === undefined ? [] : [`of run ${run}`]),
      'is in quarantine',
      ...(partition === undefined ? [] : [`as '${partition}'`]),
    ].join(' ');
    throw new Problem(error('run/nothing-in-quarantine', message, { hint: 'ingot quarantine ls says what is' }));
  }
  const keys = found.map(({ entry }) => `${entry.id} ${entry.partition}`);
  const several = found.find((_, index) => keys.indexOf(keys[index] ?? '') !== index);
  if (several && !(action === 'drop' && all)) {
    const runs = found.filter(({ entry }) => entry.id === several.entry.id).map(({ entry }) => entry.run.slice(0, 8));
    const hint = `Name one with --run: ${runs.join(', ')}${action === 'drop' ? '; or drop all of them with --all' : ''}`;
    throw new Problem(
      error('run/several-in-quarantine', `Data of '${several.entry.model}' is in quarantine more than once`, { hint }),
    );
  }
  const old = action === 'release' && !force ? found.find(({ entry }) => entry.supersededAt !== null) : undefined;
  if (old) throw new Problem(superseded(old.entry));
}

function superseded({ model, run, at, supersededAt }: QuarantineEntry): Diagnostic {
  const [then, since] = [at, supersededAt ?? 0].map((time) => new Date(time).toISOString().slice(0, 19));
  const message = `'${model}' has been published at ${since}: releasing what run ${run.slice(0, 8)} made at ${then} would bring old data back`;
  const hint = `Drop it (ingot quarantine drop ${model} --run ${run.slice(0, 8)}), or release it all the same with --force`;
  return error('run/superseded', message, { hint });
}

function nodeOf({ entry }: Found, { graph }: Loaded): ModelNode | SnapshotNode | undefined {
  const node = graph.nodes.get(entry.id);
  return node?.resource_type === 'model' || node?.resource_type === 'snapshot' ? node : undefined;
}

function notOfProject({ entry }: Found): Diagnostic {
  return error('run/nothing-in-quarantine', `'${entry.model}' is no model of the project any more`, {
    hint: `Drop what is in quarantine: ingot quarantine drop ${entry.model}`,
  });
}

/** @param node undefined for one that the project does not have any more. */
function problemsOf(failure: unknown, node: ModelNode | SnapshotNode | undefined): readonly Diagnostic[] {
  if (failure instanceof Problem) return failure.diagnostics;
  if (node) return describeFailure(failure, node, undefined);
  if (failure instanceof StatementError) return [error(statementCode(failure), failure.message)];
  throw failure;
}

function stepContext(
  { graph, environment, shelves }: Loaded,
  host: Host,
  relations: RelationCache,
): Omit<StepContext, 'warehouse' | 'session' | 'thread'> {
  const now = (): number => host.now().getTime();
  const compiler = createCompiler({ graph, environment, shelves, relations, selected: [], emit: host.emit, now });
  return {
    graph,
    environment,
    shelves,
    relations,
    compiler,
    emit: host.emit,
    now,
    signal: host.signal,
    writeCompiled: () => '',
  };
}
