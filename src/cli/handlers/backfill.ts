import type { Invocation } from '../command-line/invocation.ts';
import { makeCall } from '../command-line/make-call.ts';
import { usageProblem } from '../command-line/usage.ts';
import { textOf, wordsOf } from '../command-line/values.ts';
import type { BackfillEntry, BackfillPlan } from '../engine/backfill.ts';
import type { Call } from '../engine/call.ts';
import type { ExitCode } from '../engine/outcome.ts';
import type { Session } from '../session.ts';

const actions = ['ls', 'show', 'cancel', 'resume'] as const;
type Action = (typeof actions)[number];

/** `backfill`: builds partitions, or looks after what does. */
export async function backfill(session: Session): Promise<ExitCode> {
  const words = wordsOf(session.invocation.positional, 'what');
  const action = actions.find((known) => known === words[0]);
  if (action === undefined) return build(session, newCall(session, words));
  if (words.length > 2) throw usageProblem('argument', `'backfill ${action}' takes no argument '${words[2]}'`);
  if (action === 'resume') return resume(session, words[1]);
  return look(session, action, words[1]);
}

/** What stands behind the command is selected as behind `--select`. */
function newCall(session: Session, words: readonly string[]): Call {
  const { values } = session.invocation;
  const names = [...words, ...wordsOf(values, 'select')];
  const limits = ['partition', 'dimension'].some((name) => wordsOf(values, name).length > 0);
  const isLimited = limits || ['from', 'to', 'selector'].some((name) => textOf(values, name) !== undefined);
  const isPicked = ['missing', 'failed_only', 'stale', 'dry_run'].some((name) => values[name] === true);
  if (names.length === 0 && !isLimited && !isPicked) {
    const example = 'For example: ingot backfill orders+ --from 2024-01-01 --to 2024-01-31';
    throw usageProblem('backfill-what', "'backfill' needs to know what to build", example);
  }
  return session.call({ select: names, args: { ...session.call().args, select: [...names] } });
}

async function build(session: Session, call: Call): Promise<ExitCode> {
  const { say, print } = await import('../texts/backfill-text.ts');
  const engine = await session.engine();
  const onBackfill = (plan: BackfillPlan): void => session.reporter.say('info', say(plan));
  const outcome = await engine.runCommand(call, { ...session.host, onBackfill });
  session.reporter.diagnose(outcome.diagnostics);
  if (outcome.backfill) session.reporter.print(print(outcome.backfill, session.invocation.values.output === 'json'));
  return outcome.exitCode;
}

/** The same call once more, for what is left of it. Flags of how it is run may be given anew. */
async function resume(session: Session, id: string | undefined): Promise<ExitCode> {
  const other = ofTheFirst.find((name) => session.invocation.given.has(name));
  if (other !== undefined) {
    const flag = `--${other.replaceAll('_', '-')}`;
    throw usageProblem('flags-together', `${flag} cannot be changed by 'backfill resume'`, 'Begin a new backfill');
  }
  const { entries, diagnostics } = await found(session, 'show', requireId('resume', id));
  const [entry] = entries;
  if (!entry) {
    session.reporter.diagnose(diagnostics);
    return 2;
  }
  const { target } = session.invocation.values;
  if (session.invocation.given.has('target') && target !== entry.target) {
    throw usageProblem(
      'flags-together',
      `The backfill ${entry.id} is of the target ${entry.target}`,
      'Begin a new backfill',
    );
  }
  if (entry.status === 'running') {
    const hint = `See how far it is: ingot backfill show ${entry.id}`;
    throw usageProblem('backfill-running', `The backfill ${entry.id} is still running`, hint);
  }
  return goOn(session, entry);
}

/** `retry` after a backfill: goes on with it. Undefined: the run was of no backfill that is known. */
export async function resumeAfter(session: Session, runId: string | null): Promise<ExitCode | undefined> {
  const { entries } = await found(session, 'ls', undefined);
  const entry = entries.find(({ runs }) => runs.some((id) => id === runId));
  if (!entry) return undefined;
  session.reporter.say('info', `Going on with the backfill ${entry.id}`);
  return goOn(session, entry);
}

function goOn(session: Session, entry: BackfillEntry): Promise<ExitCode> {
  const invocation: Invocation = {
    ...session.invocation,
    name: 'backfill',
    values: resumedValues(entry, session.invocation),
  };
  const call = makeCall(invocation, session.projectDir, session.host);
  const { dryRun } = call.backfill ?? {};
  const args = { ...call.args, invocation_command: entry.command };
  return build(session, {
    ...call,
    args,
    backfill: { id: entry.id, dryRun: dryRun === true, newestFirst: invocation.values.newest_first === true },
  });
}

/** These win when they are given now: they do not change what the backfill is. */
const ofThisCall = new Set([
  'max_parallel',
  'threads',
  'batch_size',
  'newest_first',
  'dry_run',
  'output',
  'fail_fast',
  'vars',
]);
/** What the backfill is. */
const ofTheFirst = [
  'select',
  'exclude',
  'selector',
  'partition',
  'from',
  'to',
  'dimension',
  'missing',
  'failed_only',
  'stale',
  'profile',
];
/** Where things are, and how they are told, is a matter of this call. */
const ofThisPlace = /^(log_|profiles_dir|project_dir|target_path|state_file|printer_width|use_colors|quiet|debug)/;

function resumedValues({ args }: BackfillEntry, { values, given }: Invocation): Invocation['values'] {
  const entries = Object.entries({ ...args, ...values }).map(([name, value]) => {
    const isNow = ofThisPlace.test(name) || name === 'dry_run' || (ofThisCall.has(name) && given.has(name));
    return [name, isNow ? values[name] : (args[name] ?? value)];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

async function look(session: Session, action: Exclude<Action, 'resume'>, id: string | undefined): Promise<ExitCode> {
  const { listing, details, entryJson } = await import('../texts/backfill-text.ts');
  const outcome = await found(session, action, action === 'ls' ? id : requireId(action, id));
  const { entries, diagnostics, exitCode } = outcome;
  session.reporter.diagnose(diagnostics);
  if (exitCode !== 0) return exitCode;
  if (session.invocation.values.output === 'json') {
    session.reporter.print(JSON.stringify(entries.map(entryJson), null, 2));
  } else if (action === 'ls') session.reporter.print(listing(entries));
  else {
    for (const entry of entries) session.reporter.print(action === 'show' ? details(entry) : cancelled(entry));
  }
  return 0;
}

const cancelled = ({ id, status }: BackfillEntry): string =>
  status === 'running' ? `Cancelling ${id}: what runs of it is stopped within seconds` : `Cancelled ${id}`;

async function found(session: Session, action: Exclude<Action, 'resume'>, id: string | undefined) {
  const engine = await session.engine();
  return engine.backfills({ action, id }, session.call(), session.host);
}

function requireId(action: Action, id: string | undefined): string {
  // An empty one would be the beginning of any: a variable of a script may not be set.
  if (id) return id;
  throw usageProblem('backfill-what', `'backfill ${action}' needs an id`, 'ingot backfill ls says which there are');
}
