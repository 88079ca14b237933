import type { PlanDocument, PlannedStep } from '../../4-plan/index.ts';
import { type StepPart, withoutPart } from '../../core/index.ts';
import { changedText, shortened } from './partitions-text.ts';

/**
 * A plan for people: steps in their order, each with its reasons, then what is left out.
 *
 * @param withStatements whether to show what would be sent.
 */
export function planText(
  { steps, not_built: left, target, before, after, key_lists: lists = [] }: PlanDocument,
  withStatements: boolean,
): string {
  const nodes = new Map<string, PlannedStep[]>();
  for (const step of steps) nodes.set(step.id, [...(nodes.get(step.id) ?? []), step]);
  const head = `${counted(nodes.size, 'step')} on target '${target}'`;
  const hooks = [...before, ...after].map((id) => `  hook ${nameOf(id)}`);
  const width = String(nodes.size).length;
  const lines = [...nodes.values()].flatMap((parts, index) =>
    stepLines(String(index + 1).padStart(width), parts, withStatements),
  );
  const out = left.map(({ id, partitions, count, why, parent }) => {
    return `  ${nameOf(id)}: ${counted(count, 'partition')} ${leftTexts[why]}${parent === null ? '' : ` ${nameOf(parent)}`}: ${shortened(partitions)}`;
  });
  const keys = lists.map(({ name, query, keys: known }) => {
    const what = known.length > 0 ? shortened(known.join(',')) : 'none';
    return `  ${name}: ${what} (${query === null ? 'added by command' : 'asked for just now'})`;
  });
  const sections = [
    ...(out.length > 0 ? ['', 'Left out', ...out] : []),
    ...(keys.length > 0 ? ['', 'Keys', ...keys] : []),
  ];
  return [head, ...hooks, ...lines, ...sections].join('\n');
}

function stepLines(number: string, parts: readonly PlannedStep[], withStatements: boolean): string[] {
  const first = parts.find(({ part }) => part !== 'rest');
  if (!first) return [];
  const { id, type, partitions, count, batches, reasons, compiled, staged } = first;
  const isStaged = parts.some(({ part }) => part === 'publish');
  const beside = parts.flatMap(({ part, staged: read }) => (part === 'rest' ? read.map(nameOf) : []));
  const tests = parts.flatMap(({ part, waits_for: waits }) =>
    part === 'publish' ? waits.filter((one) => one !== `${id} staged`) : [],
  );
  const indent = ' '.repeat(number.length + 4);
  const many =
    partitions === null
      ? ''
      : `, ${counted(count, 'partition')}${batches < count ? ` in ${counted(batches, 'statement')}` : ''}`;
  const why = reasons.length === 1 && partitions === null ? reasonText(reasons[0]!) : undefined;
  const more = [
    ...(why === undefined ? reasons.map((reason) => reasonText(reason)) : []),
    ...(first.waits_for.length > 0 ? [`after ${waitsText(first.waits_for)}`] : []),
    ...(isStaged ? [`published after ${tests.length === 1 ? nameOf(tests[0]!) : counted(tests.length, 'test')}`] : []),
    ...(staged.length > 0 ? [`reads ${staged.map(nameOf).join(', ')} before it is published`] : []),
    ...(beside.length > 0 ? [`looks at the other partitions before ${beside.join(', ')} is published`] : []),
    ...(compiled === null ? [] : [`SQL: ${compiled}${batches > 1 ? ' (of the first statement)' : ''}`]),
    ...(withStatements ? parts.flatMap(sentLines) : []),
  ];
  return [
    `  ${number}  ${type} ${nameOf(id)}${many}${why === undefined ? '' : `: ${why}`}`,
    ...more.map((line) => `${indent}${line}`),
  ];
}

/** What is sent, with a mark before each statement. */
function sentLines({ part, statements }: PlannedStep): string[] {
  const what = part === null ? 'sends' : whatFor[part];
  if (statements === null) return [`${what}: known only when it runs`];
  const marked = (sql: string): string[] => sql.split('\n').map((line, at) => `${at === 0 ? '>' : ' '} ${line}`);
  return [`${what}:`, ...statements.flatMap(marked)];
}

const whatFor: Readonly<Record<StepPart, string>> = {
  stage: 'sends to stage',
  publish: 'sends to publish',
  rest: 'sends to look at the other partitions',
};

/** Of many tests their number says enough. */
function waitsText(ids: readonly string[]): string {
  const isTest = (id: string): boolean => /^(test|unit_test)\./.test(id);
  const tests = ids.filter(isTest);
  const others = ids.filter((id) => !isTest(id)).map(nameOf);
  return [...others, ...(tests.length > 2 ? [counted(tests.length, 'test')] : tests.map(nameOf))].join(', ');
}

type Reason = PlannedStep['reasons'][number];

function reasonText({ why, partitions, parent, changed }: Reason): string {
  const text = `${reasonTexts[why](nameOf(parent ?? ''))}${changedText(changed)}`;
  return partitions === null ? text : `${text}: ${shortened(partitions)}`;
}

const reasonTexts: Readonly<Record<Reason['why'], (parent: string) => string>> = {
  selected: () => 'selected',
  asked: () => 'named by the command',
  'full-refresh': () => 'full refresh',
  missing: () => 'missing',
  failed: () => 'failed or held back the last time',
  'code-changed': () => 'stale, because the code has changed',
  'upstream-rebuilt': (parent) => `stale, because ${parent} was built again`,
  'upstream-built': (parent) => `reads what this plan builds of ${parent}`,
  lookback: () => 'looked back at for late rows',
};

const leftTexts: Readonly<Record<PlanDocument['not_built'][number]['why'], string>> = {
  filled: 'up to date',
  stale: 'stale (--stale builds them)',
  older: 'missing, but older than the newest that one build takes',
  waits: 'missing, waiting for missing partitions of',
};

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** `model.shop.orders` is `orders`; a version keeps its `.v2`. */
const nameOf = (id: string): string => {
  const [, , ...name] = withoutPart(id).split('.');
  return /^(test|unit_test)\./.test(id) ? (name[0] ?? id) : name.join('.') || id;
};
