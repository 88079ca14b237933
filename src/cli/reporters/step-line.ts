import { hasFailed, type StepFinished } from '../../core/index.ts';
import type { Described } from './describe.ts';
import type { Level } from './line.ts';
import type { Style } from './style.ts';
import { displayWidth } from './width.ts';

export interface StepLine {
  readonly index: number;
  readonly total: number;
  readonly node: Described;
  readonly width: number;
  readonly style: Style;
  /** What is done with nodes that are not built. Default: they are. */
  readonly does?: 'clone' | 'compile' | undefined;
}

/** `1 of 12 START sql view model main.stg_orders .......... [RUN]`. */
export function startLine(line: StepLine): string {
  return resultLine(line, `START ${line.node.label}`, 'RUN', undefined);
}

/** `1 of 12 OK created sql view model main.stg_orders .......... [OK in 0.03s]`. */
export function finishLine(result: StepFinished, line: StepLine): string {
  const { style } = line;
  const { said, bracket } = verdict(result, line);
  const paint = {
    success: style.success,
    pass: style.success,
    'no-op': style.warning,
    skipped: style.warning,
    warn: style.warning,
    'partial success': style.warning,
    fail: style.error,
    error: style.error,
    'runtime error': style.error,
  }[result.status];
  const seconds = result.status === 'skipped' ? undefined : (result.at - result.startedAt) / 1000;
  return resultLine(line, said, paint(bracket), seconds);
}

/** Whether a step ended because the user, or `--fail-fast`, wanted an end: no failure of its own. */
export function wasCancelled({ status, diagnostics }: StepFinished): boolean {
  return status === 'error' && diagnostics.length > 0 && diagnostics.every(({ code }) => code === 'execute/cancelled');
}

/** How important the end of a step is. */
export function levelOf(result: StepFinished): Level {
  const { status } = result;
  if (wasCancelled(result)) return 'warn';
  if (hasFailed({ status })) return 'error';
  return status === 'warn' ? 'warn' : 'info';
}

function verdict(result: StepFinished, { node, does }: StepLine): { said: string; bracket: string } {
  const { status } = result;
  if (wasCancelled(result)) return { said: `CANCEL ${node.label}`, bracket: 'CANCEL' };
  if (status === 'skipped') return { said: `SKIP ${skippedLabel(node)}`, bracket: 'SKIP' };
  if (status === 'no-op') return { said: `NO-OP ${node.label}`, bracket: 'NO-OP' };
  if ((node.kind === 'test' || node.kind === 'unit_test') && !does) {
    const count = status === 'warn' || status === 'fail' ? ` ${result.failures ?? 0}` : '';
    const word = status === 'success' ? 'PASS' : status.toUpperCase();
    return { said: `${word}${count} ${node.name}`, bracket: `${word}${count}` };
  }
  if (node.kind === 'source') {
    const bracket = freshnessWords[status] ?? status.toUpperCase();
    return { said: `${bracket} ${node.label}`, bracket };
  }
  if (status === 'partial success') return { said: `PARTIALLY created ${node.label}`, bracket: 'PARTIAL SUCCESS' };
  const [did, doing] = (does ? otherVerbs[does] : verbs[node.kind]) ?? ['OK', 'ERROR'];
  // The verb of snapshots says already what they are.
  const label = node.kind === 'snapshot' && !does ? node.label.replace(/^snapshot /, '') : node.label;
  if (status === 'error') return { said: `${doing} ${label}`, bracket: 'ERROR' };
  const message = node.kind === 'operation' || result.message === '' ? 'OK' : firstLine(result.message);
  return { said: `${did} ${label}`, bracket: message };
}

/** dbt's words for what came out of a check of freshness. */
const freshnessWords: Readonly<Record<string, string>> = { error: 'ERROR STALE', 'runtime error': 'ERROR' };

const verbs: Readonly<Record<string, readonly [string, string]>> = {
  model: ['OK created', 'ERROR creating'],
  seed: ['OK loaded', 'ERROR loading'],
  'staged source': ['OK loaded', 'ERROR loading'],
  function: ['OK created', 'ERROR creating'],
  snapshot: ['OK snapshotted', 'ERROR snapshotting'],
};

const otherVerbs = {
  clone: ['OK cloned', 'ERROR cloning'],
  compile: ['OK compiled', 'ERROR compiling'],
} as const;

function skippedLabel(node: Described): string {
  const relation = /^(?:sql|python) \S+ model (.*)$|^(?:seed file|snapshot) (.*)$/.exec(node.label);
  return relation ? `relation ${relation[1] ?? relation[2]}` : node.label;
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

function resultLine(line: StepLine, said: string, bracket: string, seconds: number | undefined): string {
  const text = `${line.index} of ${line.total} ${said} `;
  const time = seconds === undefined ? '' : ` in ${seconds.toFixed(2)}s`;
  return `${text}${'.'.repeat(Math.max(3, line.width - displayWidth(text)))} [${bracket}${time}]`;
}
