import { usageProblem } from '../command-line/usage.ts';
import type { ExitCode } from '../engine/outcome.ts';
import type { KeyListEntry, KeysOutcome, KeysRequest } from '../engine/partitions.ts';
import type { Session } from '../session.ts';

const actions = ['add', 'remove', 'keys'] as const;

/** What words behind `partitions` say of the keys of dynamic partitions; undefined: they are names of models. */
export function keysAsked([first, list, ...keys]: readonly string[]): KeysRequest | undefined {
  const action = actions.find((known) => known === first);
  if (action === undefined) return undefined;
  if (action === 'keys') {
    if (keys.length > 0) throw usageProblem('argument', `'partitions keys' takes no argument '${keys[0]}'`);
    return { action, list };
  }
  if (list !== undefined && keys.length > 0) return { action, list, keys };
  const example = `For example: ingot partitions ${action} customers acme globex`;
  throw usageProblem('partition-keys', `'partitions ${action}' needs a list and keys`, example);
}

/** `partitions add`, `remove` and `keys`. */
export async function partitionKeys(session: Session, request: KeysRequest): Promise<ExitCode> {
  const engine = await session.engine();
  const outcome = await engine.partitionKeys(request, session.call(), session.host);
  session.reporter.diagnose(outcome.diagnostics);
  if (outcome.exitCode !== 0) return outcome.exitCode;
  const isJson = session.invocation.values.output === 'json';
  session.reporter.print(isJson ? jsonOf(outcome) : textOf(request, outcome));
  return 0;
}

const jsonOf = ({ lists, changed }: KeysOutcome): string => JSON.stringify({ lists, changed }, null, 2);

function textOf({ action, keys = [] }: KeysRequest, { lists, changed }: KeysOutcome): string {
  if (action === 'keys') return lists.length > 0 ? lists.map(listText).join('\n') : 'No model is kept by such keys';
  const [list] = lists;
  const others = keys.filter((key) => !changed.includes(key));
  const [did, already] = action === 'add' ? ['Added to', 'was there'] : ['Removed from', 'was not there'];
  const lines = [
    ...(changed.length > 0 ? [`${did} ${list?.name}: ${changed.join(', ')}`] : []),
    ...others.map((key) => `${key} ${already}`),
    ...(action === 'remove' && changed.length > 0 ? [rowsStay(list)] : []),
  ];
  return lines.join('\n');
}

const rowsStay = (list: KeyListEntry | undefined): string =>
  `Their rows stay in ${list?.models.join(', ')} until a full refresh; they are not built any more`;

function listText({ name, query, models, keys }: KeyListEntry): string {
  const from = query === null ? 'added by hand' : `asked for: ${query}`;
  const head = `${name}: ${keys.length} ${keys.length === 1 ? 'key' : 'keys'}, ${from}, for ${models.join(', ')}`;
  return keys.length > 0 ? `${head}\n  ${keys.join(', ')}` : head;
}
