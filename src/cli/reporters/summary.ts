import { formatDiagnostic, hasFailed, type ReadSource, type StepFinished } from '../../core/index.ts';
import { type Described, describePart, pluralize } from './describe.ts';
import { differenceLines } from './difference.ts';
import type { Level, Line } from './line.ts';
import { levelOf, wasCancelled } from './step-line.ts';
import type { Style } from './style.ts';

/**
 * The command line that runs a node again, or some partitions of it, for people to copy. Undefined where there is nothing
 * shorter than what they wrote.
 */
export type Rerun = (node: Described, partitions: readonly string[]) => string | undefined;

export interface Summary {
  readonly results: readonly StepFinished[];
  readonly planned: number;
  readonly elapsedMs: number;
  readonly outcome: 'success' | 'failure' | 'interrupted';
  readonly describe: (nodeId: string) => Described;
  readonly readSource: ReadSource;
  readonly rerun: Rerun;
  readonly style: Style;
}

/** What is said at the end of a run: what ran, each failure with all that is needed to go on, the counts. */
export function summaryLines(summary: Summary): Line[] {
  return [
    { level: 'info', text: '' },
    { level: 'info', text: finishedLine(summary) },
    { level: 'info', text: '' },
    ...failureLines(summary),
    { level: 'info', text: '' },
    { level: 'info', text: statsLine(summary.results) },
  ];
}

/** How it ended, and each failure and warning: all that is said of a compilation. */
export function failureLines(summary: Summary): Line[] {
  const problems = problemsOf(summary);
  return [
    verdictOf(summary),
    ...problems.flatMap(({ level, text }) => text.split('\n').map((line): Line => ({ level, text: line }))),
  ];
}

/**
 * Each failure and then each warning, with all that is needed to go on. What befell many partitions of a node alike is one:
 * `result` is the first.
 */
export function problemsOf(summary: Summary): ToldProblem[] {
  const failed = summary.results.filter((result) => levelOf(result) === 'error');
  const warned = summary.results.filter((result) => result.status === 'warn');
  const alike = new Map<string, Alike>();
  for (const [index, result] of [...failed, ...warned].entries()) {
    const explained = explanation(result, summary);
    const key =
      result.partition === undefined ? String(index) : [result.nodeId, result.status, ...explained].join('\n');
    const known = alike.get(key);
    if (known) known.partitions.push(result.partition ?? '');
    else alike.set(key, { result, explained, partitions: result.partition === undefined ? [] : [result.partition] });
  }
  return [...alike.values()].map((one) => {
    const [title, ...details] = problem(one, summary);
    return {
      result: one.result,
      level: levelOf(one.result),
      title,
      details: details.join('\n'),
      text: ['', title, ...indent(details)].join('\n'),
    };
  });
}

interface ToldProblem {
  readonly result: StepFinished;
  readonly level: Level;
  /** Which node it is. */
  readonly title: string;
  /** What befell it. */
  readonly details: string;
  /** Both, for people. */
  readonly text: string;
}

/** A failure or warning, and all partitions of its node that have the same. */
interface Alike {
  readonly result: StepFinished;
  readonly explained: readonly string[];
  readonly partitions: string[];
}

/** How many steps ended in which way, in dbt's words. */
export function statusCounts(results: readonly StepFinished[]) {
  const count = (...statuses: readonly StepFinished['status'][]): number =>
    results.filter((result) => statuses.includes(result.status)).length;
  return {
    pass: count('success', 'pass'),
    warn: count('warn'),
    error: results.filter(hasFailed).length,
    skip: count('skipped'),
    noop: count('no-op'),
    total: results.length,
  };
}

/** dbt's last line, which scripts look for. */
export function statsLine(results: readonly StepFinished[]): string {
  const { pass, warn, error, skip, noop, total } = statusCounts(results);
  return `Done. PASS=${pass} WARN=${warn} ERROR=${error} SKIP=${skip} NO-OP=${noop} TOTAL=${total}`;
}

/** What ran, and for how long. */
export const finishedLine = (summary: Summary): string =>
  `Finished running ${counted(summary)} in ${duration(summary.elapsedMs)}.`;

/** How many nodes of each kind ran. */
export function counted({ results, describe }: Summary): string {
  const counts = new Map<string, number>();
  for (const { nodeId } of results) {
    const { counted: kind } = describe(nodeId);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const parts = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, count]) => pluralize(count, kind));
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return `${hours} hours ${minutes} minutes and ${(seconds % 60).toFixed(2)} seconds (${seconds.toFixed(2)}s)`;
}

/** How the run ended, in one line. */
export function verdictOf({ outcome, results, planned, style }: Summary): Line {
  const errors = results.filter((result) => levelOf(result) === 'error').length;
  const warnings = results.filter((result) => result.status === 'warn').length;
  const partial = results.filter((result) => result.status === 'partial success').length;
  const details = `${pluralize(errors - partial, 'error')}, ${pluralize(partial, 'partial success')}, and ${pluralize(warnings, 'warning')}`;
  if (outcome === 'interrupted') {
    const cancelled = results.filter(wasCancelled).length;
    const notStarted = results.filter((result) => result.status === 'skipped').length;
    const ended = results.length - cancelled - notStarted;
    const text = `Interrupted: ${ended} of ${planned} done, ${cancelled} cancelled, ${notStarted} not started, ${pluralize(errors, 'error')}`;
    return { level: 'error', text: style.error(text) };
  }
  if (errors > 0) return { level: 'error', text: style.error(`Completed with ${details}:`) };
  if (warnings > 0) return { level: 'warn', text: style.warning(`Completed with ${details}:`) };
  return { level: 'info', text: style.success('Completed successfully') };
}

function problem({ result, explained, partitions }: Alike, summary: Summary): [string, ...string[]] {
  const { style } = summary;
  const others = partitions.slice(1);
  const node = describePart(summary.describe(result.nodeId), result.partition);
  // Of what is not published, no test can be made: it is built again.
  const again = summary.describe((result.status === 'fail' && result.staged?.[0]) || result.nodeId);
  const rerun = summary.rerun(again, partitions);
  const [word, paint] = levelOf(result) === 'error' ? ['Failure', style.error] : ['Warning', style.warning];
  const place = node.file === undefined ? '' : ` (${node.file})`;
  return [
    paint(`${word} in ${node.kind === 'operation' ? 'hook' : node.kind} ${node.name}${place}`),
    ...explained,
    ...(others.length === 0 ? [] : [`${style.faint('the same in:')} ${firstOf(others)}`]),
    ...(result.compiledPath === undefined ? [] : [`${style.faint('compiled code:')} ${result.compiledPath}`]),
    ...(rerun === undefined ? [] : [`${style.faint('run it again:')} ${rerun}`]),
  ];
}

function explanation(result: StepFinished, { readSource, style }: Summary): string[] {
  const { difference } = result;
  const shown = result.diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, readSource, style));
  const said = result.diagnostics.some((diagnostic) => result.message.includes(diagnostic.message));
  const told = difference ? differenceLines(difference, style) : result.message;
  const message = said || told === '' ? [] : [told];
  const all = [...message, ...shown];
  return all.length === 0 ? [`Status: ${result.status}`] : all;
}

/** Keys of partitions, as many as one can take in. */
function firstOf(keys: readonly string[]): string {
  const shown = keys.slice(0, 5).join(', ');
  return keys.length > 5 ? `${shown} and ${keys.length - 5} more` : shown;
}

const indent = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => text.split('\n').map((line) => (line === '' ? '' : `  ${line}`)));
