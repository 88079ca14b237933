import type { ChangedLogic, Fact, Verdict } from '../../4-plan/index.ts';
import type { JsonObject } from '../../core/index.ts';
import type { WhyAnswer } from '../engine/partitions.ts';
import { changedText, moment, shortened } from './partitions-text.ts';

/** The answer for people: what would happen, then what speaks for it. */
export function whyText(answer: WhyAnswer): string {
  const { name, partition, verdict, facts } = answer;
  const what = partition === '' ? name : `${name}[${partition}]`;
  const hint = hintOf(answer);
  return [
    `${what} ${verdicts[verdict]}:`,
    ...facts.map((fact) => `  - ${factText(fact, answer)}`),
    ...(hint === undefined ? [] : [`  ${hint}`]),
  ].join('\n');
}

const verdicts: Readonly<Record<Verdict, string>> = {
  run: 'would be built by `ingot build`',
  skip: 'would be left as it is by `ingot build`',
  blocked: 'is blocked',
};

function factText(fact: Fact, answer: WhyAnswer): string {
  switch (fact.kind) {
    case 'always':
      return 'it has no partitions: it is built whenever it is selected';
    case 'no-table':
      return `it reads ${named(fact.parent, answer)}, which has no table yet, and no partition to build`;
    case 'missing':
      return 'it is missing: nothing has been published';
    case 'published':
      return `${answer.partition === '' ? 'it' : 'its data'} was published at ${moment(fact.at)} by run ${short(fact.runId)}${fact.rows === null ? '' : `, ${fact.rows} ${fact.rows === 1 ? 'row' : 'rows'}`}`;
    case 'current':
      return 'it is up to date: neither its code nor what it reads has changed since';
    case 'stale':
      return fact.cause.kind === 'code'
        ? 'it is stale: its code has changed'
        : `it is stale: ${named(fact.cause.parent, answer)} was built again by run ${short(fact.cause.runId)}${changedText(fact.cause.changed)}${Array.isArray(fact.cause.changed) ? ', which it uses' : ''}`;
    case 'unaffected':
      return `${named(fact.parent, answer)} was built again by run ${short(fact.runId)}${changedText(fact.columns)}${fact.columns.length > 0 ? ', which it does not use' : ''}`;
    case 'held':
      return `its new data was held back ${byTests(fact.tests)} in run ${short(fact.runId)} (${moment(fact.at)})`;
    case 'failed':
      return `it failed in run ${short(fact.runId)} (${moment(fact.at)}): ${firstLine(fact.message)}`;
    case 'skipped':
      return `it was skipped in run ${short(fact.runId)} (${moment(fact.at)})${becauseText(fact.because, answer)}`;
    case 'running':
      return `run ${short(fact.runId)} is building it`;
    case 'not-over':
      return 'its time is not over yet: it is built only where it is named';
    case 'not-begun':
      return 'its time has not begun yet';
    case 'lookback':
      return 'it is built again with every build, for rows that come late';
    case 'older':
      return 'more are missing than one build takes, and newer ones come first';
    case 'as-dbt':
      return 'unless it is named, only the newest batches are built, as in dbt';
    case 'waits':
      return `it waits for ${named(fact.parent, answer)}[${shortened(fact.partitions)}]${stateText(fact.why, answer)}`;
  }
}

function stateText(fact: Fact, answer: WhyAnswer): string {
  if (fact.kind === 'missing') return ', which is missing';
  if (fact.kind === 'running') return `, which run ${short(fact.runId)} is building`;
  return `: ${factText(fact, answer)}`;
}

const stops: Readonly<Record<string, string>> = {
  interrupted: 'the run was interrupted',
  cancelled: 'the run was interrupted',
  'fail-fast': 'the run stopped at its first failure',
  hook: 'an on-run-start hook failed',
};

function becauseText(because: string | null, answer: WhyAnswer): string {
  if (because === null) return '';
  return `: ${stops[because] ?? `${named(because, answer)} had failed`}`;
}

function byTests(tests: readonly string[]): string {
  if (tests.length === 0) return 'by its tests';
  return tests.length === 1 ? `by the test ${tests[0]}` : `by the tests ${tests.join(', ')}`;
}

const short = (runId: string): string => runId.slice(0, 8);
const named = (id: string, { names }: WhyAnswer): string => names.get(id) ?? id;
const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

function hintOf({ name, partition, verdict, facts }: WhyAnswer): string | undefined {
  const has = (kind: Fact['kind']): boolean => facts.some((fact) => fact.kind === kind);
  const [first] = facts;
  if (first?.kind === 'no-table') return first.advice;
  if (verdict === 'blocked') return `Build what it reads first: ingot build --select +${name}`;
  if (verdict === 'skip' && (has('older') || has('as-dbt')))
    return `Build it: ingot backfill ${name} --partition ${quoted(partition)}`;
  if (verdict === 'skip' && has('stale'))
    return `Build it again: ingot build --select ${name} --partition ${quoted(partition)}`;
  if (has('held'))
    return `See what was held back: ingot quarantine show ${name}${partition === '' ? '' : ` --partition ${quoted(partition)}`}`;
  return undefined;
}

/** As a shell takes it. */
const quoted = (key: string): string => (/^[\w.:+-]+$/.test(key) ? key : `'${key}'`);

/** The answer for scripts. */
export function whyJson(answer: WhyAnswer): string {
  const { id, name, partition, verdict, facts } = answer;
  const value = {
    unique_id: id,
    name,
    partition: partition === '' ? null : partition,
    verdict,
    facts: facts.map((fact) => factJson(fact, answer)),
  };
  return JSON.stringify(value, null, 2);
}

function factJson(fact: Fact, answer: WhyAnswer): JsonObject {
  const at: JsonObject = 'at' in fact ? { at: new Date(fact.at).toISOString() } : {};
  const run: JsonObject = 'runId' in fact ? { run: fact.runId } : {};
  const { kind } = fact;
  switch (kind) {
    case 'published':
      return { kind, ...run, ...at, rows: fact.rows };
    case 'stale':
      return fact.cause.kind === 'code'
        ? { kind, cause: 'code' }
        : {
            kind,
            cause: 'upstream',
            parent: fact.cause.parent,
            run: fact.cause.runId,
            ...(fact.cause.changed && { changed: changedJson(fact.cause.changed) }),
          };
    case 'unaffected':
      return { kind, parent: fact.parent, ...run, changed: changedJson(fact.columns) };
    case 'held':
      return { kind, ...run, ...at, tests: [...fact.tests] };
    case 'failed':
      return { kind, ...run, ...at, message: fact.message };
    case 'skipped':
      return { kind, ...run, ...at, because: fact.because };
    case 'no-table':
      return { kind, parent: fact.parent };
    case 'waits':
      return {
        kind,
        parent: fact.parent,
        partitions: fact.partitions,
        count: fact.count,
        why: factJson(fact.why, answer),
      };
    default:
      return { kind, ...run, ...at };
  }
}

const changedJson = (changed: ChangedLogic): string | string[] => (changed === 'rows' ? changed : [...changed]);
