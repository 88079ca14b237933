import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  inStore,
  killedRuns,
  openStore,
  type ReadRunResults,
  type RunRow,
  readInvocationArgs,
  readRunResults,
  type StepRow,
} from '../../6-record/index.ts';
import { error, hasFailed, type JsonObject, Problem } from '../../core/index.ts';
import { commandOf } from '../command-line/read-command-line.ts';
import type { Call } from '../engine/call.ts';
import type { Session } from '../session.ts';

/** Commands that can be gone on with. */
const commands = new Set(['backfill', 'build', 'clone', 'compile', 'run', 'run-operation', 'seed', 'snapshot', 'test']);

/** The run that is gone on with. */
export interface EarlierRun {
  readonly command: string;
  readonly args: JsonObject;
  readonly invocationId: string | null;
  /** What is left of it. */
  readonly left: Pick<Call, 'only' | 'retryOf'>;
}

/** Where earlier runs left what is known of them. */
interface Traces {
  /** Of `run_results.json`. */
  readonly folder: string;
  /** The history. Undefined where the results of some folder are asked for, and no others. */
  readonly stateFile: string | undefined;
}

/** The run that went before, or what is left of one that was killed. Throws `Problem` where there is none to go on with. */
export async function earlierRun(session: Session, { folder, stateFile }: Traces): Promise<EarlierRun> {
  const file = join(folder, 'run_results.json');
  const previous = readRunResults(file);
  const killed = stateFile === undefined ? undefined : await runKilledAfter(previous, stateFile, session);
  if (killed) return killed;
  if (!previous) {
    throw new Problem(
      error('cli/nothing-to-retry', `There is no earlier run: ${file} does not exist`, {
        hint: 'retry goes on from the results of the last build, run, seed, test or compile',
      }),
    );
  }
  if (commands.has(previous.command)) {
    return { ...previous, left: leftOf(previous, session.invocation.values.warn_error === true) };
  }
  throw new Problem(error('cli/nothing-to-retry', `The earlier command '${previous.command}' cannot be retried`));
}

function leftOf({ results, invocationStartedAt }: ReadRunResults, alsoWarnings: boolean): EarlierRun['left'] {
  const failed = results.filter(
    (result) =>
      !result.nodeId.startsWith('operation.') && (isLeft(result) || (alsoWarnings && result.status === 'warn')),
  );
  const batches = results.flatMap(({ nodeId, batchResults }) =>
    batchResults && batchResults.successful.length > 0 && batchResults.failed.length > 0
      ? [[nodeId, batchResults] as const]
      : [],
  );
  return {
    only: failed.map(({ nodeId }) => nodeId),
    retryOf: { startedAt: invocationStartedAt, passed: passedIn(results), batches: new Map(batches) },
  };
}

const passedIn = (results: readonly { readonly nodeId: string; readonly status: string }[]): readonly string[] =>
  results.flatMap(({ nodeId, status }) => (status === 'pass' || status === 'warn' ? [nodeId] : []));

const isLeft = (result: { readonly status: string }): boolean => hasFailed(result) || result.status === 'skipped';

/**
 * A run whose process was killed wrote no results; what it had done is known from the history. Where it was a retry, so was
 * what it went on with.
 */
async function runKilledAfter(
  previous: ReadRunResults | undefined,
  stateFile: string,
  session: Session,
): Promise<EarlierRun | undefined> {
  const { store } = existsSync(stateFile) ? await openStore(stateFile) : {};
  if (!store) return undefined;
  try {
    const killed = (await inStore(stateFile, () => killedRuns(store, commands))).filter(({ run }) =>
      isLater(run, previous),
    );
    const [latest] = killed;
    if (!latest) return undefined;
    const beginning = killed.findIndex(({ run }) => !isRetry(run));
    const chain = beginning < 0 ? killed : killed.slice(0, beginning + 1);
    const { run } = latest;
    const { done, passed } = doneIn(chain.flatMap(({ steps }) => steps));
    const startedAt = new Date(run.started_at).toISOString();
    session.reporter.say(
      'warn',
      `The ${run.command} that began at ${startedAt} was killed: retry goes on with what is not known to be done`,
    );
    const about = { command: run.command, args: readInvocationArgs(run.args) ?? {}, invocationId: run.run_id };
    if (beginning >= 0 || !previous) {
      return { ...about, left: { only: undefined, retryOf: { startedAt, done, passed, batches: new Map() } } };
    }
    const { only = [], retryOf } = leftOf(previous, false);
    return {
      ...about,
      left: {
        only: only.filter((id) => !done.includes(id)),
        retryOf: retryOf && { ...retryOf, passed: [...retryOf.passed, ...passed] },
      },
    };
  } finally {
    store.close();
  }
}

/** What ended well, and which of it are tests: as the first step of a node tells, unless it has several. */
function doneIn(steps: readonly StepRow[]): { readonly done: readonly string[]; readonly passed: readonly string[] } {
  const latest = new Map<string, StepRow>();
  for (const step of steps) if (!latest.has(step.node_id)) latest.set(step.node_id, step);
  // Whether all partitions were done that are to be, nobody knows; a build knows which are missing.
  const well = [...latest.values()].filter(
    (step) => step.status !== 'running' && !isLeft(step) && step.partition_key === '',
  );
  return {
    done: well.map((step) => step.node_id),
    passed: passedIn(well.map(({ node_id: nodeId, status }) => ({ nodeId, status }))),
  };
}

const isRetry = ({ args }: RunRow): boolean =>
  commandOf(String(readInvocationArgs(args)?.invocation_command)) === 'retry';

/** Whether a run began after that of which there are results. */
function isLater({ run_id: id, started_at: startedAt }: RunRow, previous: ReadRunResults | undefined): boolean {
  if (!previous) return true;
  return previous.invocationId !== id && Date.parse(previous.invocationStartedAt ?? '') < startedAt;
}
