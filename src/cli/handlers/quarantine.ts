import type { Column, JsonObject } from '../../core/index.ts';
import { usageProblem } from '../command-line/usage.ts';
import { textOf, wordsOf } from '../command-line/values.ts';
import type { ExitCode } from '../engine/outcome.ts';
import type { QuarantineEntry, QuarantineOutcome, QuarantineRequest } from '../engine/quarantine.ts';
import type { Session } from '../session.ts';
import { tableJson, tableText } from '../texts/print-table.ts';

const actions = ['ls', 'show', 'release', 'drop'] as const;

/** `quarantine`: what is to become of data that failed its tests. */
export async function settleQuarantine(session: Session): Promise<ExitCode> {
  const request = readRequest(session);
  const engine = await session.engine();
  const outcome = await engine.quarantine(request, session.call(), session.host);
  session.reporter.diagnose(outcome.diagnostics);
  const isJson = session.invocation.values.output === 'json';
  for (const text of isJson ? [jsonOf(request, outcome)] : textsOf(request, outcome)) session.reporter.print(text);
  return outcome.exitCode;
}

function readRequest({ invocation }: Session): QuarantineRequest {
  const { positional, values } = invocation;
  const action = actions.find((known) => known === positional.what);
  if (action === undefined) {
    const message = `'quarantine' needs a second word: ${actions.join(', ')}`;
    const name = String(positional.what);
    throw positional.what === null
      ? usageProblem('unknown-command', message)
      : usageProblem('unknown-command', `There is no command 'quarantine ${name}'`, { name, known: actions });
  }
  const model = typeof positional.model === 'string' ? positional.model : undefined;
  const run = textOf(values, 'run');
  // It would be the beginning of any: a variable of a script may not be set.
  if (run === '') throw usageProblem('flag-value', "Option '--run' needs a value");
  const all = values.all === true;
  const isSelected = wordsOf(values, 'select').length > 0 || textOf(values, 'selector') !== undefined;
  if (action !== 'ls' && model === undefined && run === undefined && !isSelected && !(action === 'drop' && all)) {
    const example = `For example: ingot quarantine ${action} orders`;
    throw usageProblem('quarantine-what', `'quarantine ${action}' needs a model, --select or --run`, example);
  }
  const [partition, test] = [textOf(values, 'partition'), textOf(values, 'test')];
  return { action, model, run, partition, test, force: values.force === true, all };
}

function jsonOf({ action }: QuarantineRequest, { entries, previews }: QuarantineOutcome): string {
  const rows = (index: number): JsonObject => {
    const preview = previews[index];
    return action === 'show' && preview ? { show: [...tableJson(preview.table)] } : {};
  };
  const shown = entries.map((entry, index) => ({ ...entryJson(entry), ...rows(index) }));
  return JSON.stringify(shown, null, 2);
}

function entryJson({ id, at, supersededAt, tests, readers: _, ...entry }: QuarantineEntry): JsonObject {
  return {
    unique_id: id,
    ...entry,
    at: iso(at),
    tests: tests && [...tests],
    superseded_at: supersededAt === null ? null : iso(supersededAt),
  };
}

const iso = (at: number): string => new Date(at).toISOString();

function textsOf({ action, test }: QuarantineRequest, { entries, previews, exitCode }: QuarantineOutcome): string[] {
  if (action === 'ls') return exitCode === 0 ? [listing(entries)] : [];
  return entries.flatMap((entry, index) => {
    const preview = previews[index];
    const what = `${entry.model}${entry.partition === '' ? '' : `[${entry.partition}]`} of run ${shortRun(entry)}`;
    if (preview) {
      const which = test === undefined ? 'in quarantine' : `that ${test} finds fault with`;
      return [`Rows of ${what} ${which}:\n${tableText(preview.table)}`];
    }
    return [action === 'drop' ? `Dropped ${what}` : released(what, entry)];
  });
}

function released(what: string, { model, readers }: QuarantineEntry): string {
  const said = `Released ${what}: it is published`;
  return readers === 0 ? said : `${said}\nBuild what reads it: ingot build --select ${model}+ --exclude ${model}`;
}

function listing(entries: readonly QuarantineEntry[]): string {
  if (entries.length === 0) return 'Nothing is in quarantine';
  const hasPartitions = entries.some(({ partition }) => partition !== '');
  const heads = [
    'model',
    ...(hasPartitions ? ['partition'] : []),
    'run',
    'when (UTC)',
    'rows',
    'held back by',
    'state',
  ];
  const rows = entries.map((entry) => [
    entry.model,
    ...(hasPartitions ? [entry.partition] : []),
    shortRun(entry),
    moment(entry.at),
    entry.rows,
    entry.tests === null ? '(not known)' : entry.tests.join(', '),
    stateOf(entry),
  ]);
  return tableText({ columns: heads.map((name): Column => ({ name, type: '' })), rows });
}

/** What is out of date stays until somebody drops it. */
const stateOf = ({ supersededAt }: QuarantineEntry): string =>
  supersededAt === null ? 'held back' : `superseded ${moment(supersededAt)}; stays until dropped`;

const moment = (at: number): string => iso(at).slice(0, 19).replace('T', ' ');
const shortRun = ({ run }: QuarantineEntry): string => run.slice(0, 8);
