import { buildsInOneStep } from '../../1-parse/index.ts';
import {
  allPartitions,
  containsAll,
  countKeys,
  formatKeySet,
  intersectKeys,
  isNone,
  type KeySet,
  readKeySet,
  subtractKeys,
} from '../../core/index.ts';
import type { ChosenKeys } from '../choose-keys.ts';
import type { StepReason } from '../plan.ts';
import type { AssetState } from './asset-state.ts';
import { type Publication, within } from './publications.ts';
import type { StaleCause } from './stale.ts';

/** What `ingot build` would do with a partition, or with an asset that is always built whole. */
export type Verdict =
  | 'run'
  | 'skip'
  /** It would be built from data that is not there. */
  | 'blocked';

/** Something that is recorded, and speaks for the verdict. Times are milliseconds since 1970. */
export type Fact =
  /** It is built whenever it is selected. */
  | { readonly kind: 'always' }
  /** What it reads, directly or further up, has no table, and no partition that a build could make; `advice` says why. */
  | { readonly kind: 'no-table'; readonly parent: string; readonly advice: string }
  /** Nothing was ever published, or not since the table was dropped. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'published'; readonly runId: string; readonly at: number; readonly rows: number | null }
  /** What was published is what would be built now. */
  | { readonly kind: 'current' }
  | { readonly kind: 'stale'; readonly cause: StaleCause }
  /** What it reads was built by other code, which changed only columns that it does not use. */
  | {
      readonly kind: 'unaffected';
      readonly parent: string;
      readonly runId: string;
      readonly columns: readonly string[];
    }
  | { readonly kind: 'held'; readonly runId: string; readonly at: number; readonly tests: readonly string[] }
  | { readonly kind: 'failed'; readonly runId: string; readonly at: number; readonly message: string }
  | { readonly kind: 'skipped'; readonly runId: string; readonly at: number; readonly because: string | null }
  | { readonly kind: 'running'; readonly runId: string }
  /** Its time is not over yet. */
  | { readonly kind: 'not-over' }
  /** Its time has not even begun: nobody can build it. */
  | { readonly kind: 'not-begun' }
  /** It is built again for rows that may have come late. */
  | { readonly kind: 'lookback' }
  /** More partitions are missing than one build takes, and newer ones come first. */
  | { readonly kind: 'older' }
  /** Of a microbatch model that is built as dbt builds it, only the newest batches are built without being named. */
  | { readonly kind: 'as-dbt' }
  /** What it reads is not there; `why` says why that is so, where something is recorded. */
  | {
      readonly kind: 'waits';
      readonly parent: string;
      readonly partitions: string;
      readonly count: number;
      readonly why: Fact;
    };

export interface Explanation {
  readonly verdict: Verdict;
  /** What decides it comes first. */
  readonly facts: readonly Fact[];
}

export interface WhySurroundings {
  /** States of parents, as far as they are known. */
  readonly stateOf: (id: string) => AssetState | undefined;
  /** The tests that stood against some data in a run. */
  readonly testsAgainst: (id: string, runId: string, partition: string) => readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What a build of the asset alone chooses. Default: nobody has asked, since all that is missing or failed is meant. */
  readonly choice?: Pick<ChosenKeys, 'reasons'> | undefined;
  /** What lacks a table that a build could make. Default: nothing. */
  readonly absent?: readonly Extract<Fact, { kind: 'no-table' }>[] | undefined;
}

/** @param keys one partition, or `wholeKey`. */
export function explain(state: AssetState, keys: KeySet, around: WhySurroundings): Explanation {
  const { verdict, facts } = explainAlone(state, keys, around);
  const { absent = [] } = around;
  if (verdict === 'skip' || absent.length === 0) return { verdict, facts };
  return { verdict: 'blocked', facts: [...absent, ...facts.filter(({ kind }) => kind !== 'always')] };
}

function explainAlone(state: AssetState, keys: KeySet, around: WhySurroundings): Explanation {
  const attempts = attemptFacts(state, keys, around);
  const published = within(state.publications, keys).map(publishedFact);
  const running = attempts.filter(({ kind }) => kind === 'running');
  const past = attempts.filter(({ kind }) => kind !== 'running');
  const isWhole = state.definition.dimensions.length === 0;
  if (running.length > 0 && !isWhole) return { verdict: 'skip', facts: [...running, ...past, ...published] };
  const stale = state.stale
    .filter((one) => !isNone(intersectKeys(one.keys, keys)))
    .map(({ cause }): Fact => ({ kind: 'stale', cause }));
  const waits = waitFacts(state, keys, around);
  if (isWhole) {
    const verdict = waits.length > 0 ? 'blocked' : 'run';
    return { verdict, facts: [...waits, { kind: 'always' }, ...running, ...past, ...stale, ...published] };
  }
  const isFilled = containsAll(state.filled, keys);
  const isOver = containsAll(allPartitions(state.definition, { now: around.now }), keys);
  const broken = past.some(({ kind }) => kind === 'held' || kind === 'failed');
  const reason = reasonFor(state, keys, around);
  if (isFilled && !broken) {
    const unaffected = state.unaffected
      .filter((one) => !isNone(intersectKeys(one.keys, keys)))
      .map(({ parent, runId, columns }): Fact => ({ kind: 'unaffected', parent, runId, columns }));
    const facts: readonly Fact[] = stale.length > 0 ? stale : [{ kind: 'current' }, ...unaffected];
    const rest = [...facts, ...past, ...published];
    if (reason === 'lookback') return { verdict: 'run', facts: [{ kind: 'lookback' }, ...rest] };
    const isLeftBehind = isOver && state.leftBehind.some((one) => !isNone(intersectKeys(one.keys, keys)));
    return { verdict: isLeftBehind && !buildsInOneStep(state.node) ? 'run' : 'skip', facts: rest };
  }
  const missing: readonly Fact[] = isFilled ? [] : [{ kind: 'missing' }];
  if (buildsInOneStep(state.node)) {
    const facts = [...past, ...missing, ...stale, ...published];
    return reason === undefined
      ? { verdict: 'skip', facts: [...facts, { kind: 'as-dbt' }] }
      : { verdict: 'run', facts };
  }
  if (!isOver) {
    const hasBegun = containsAll(allPartitions(state.definition, { now: around.now, current: true }), keys);
    const kind = hasBegun ? 'not-over' : 'not-begun';
    return { verdict: 'skip', facts: [{ kind }, ...missing, ...past, ...published] };
  }
  if (waits.length > 0) return { verdict: 'blocked', facts: [...waits, ...missing, ...past, ...published] };
  const facts = [...past, ...missing, ...stale, ...published];
  return around.choice && reason === undefined
    ? { verdict: 'skip', facts: [{ kind: 'older' }, ...facts] }
    : { verdict: 'run', facts };
}

function reasonFor(
  { definition }: AssetState,
  keys: KeySet,
  { choice }: WhySurroundings,
): StepReason['kind'] | undefined {
  return choice?.reasons.find(({ partitions = '' }) => containsAll(readKeySet(definition, partitions).set, keys))?.kind;
}

const publishedFact = ({ runId, to, rows }: Publication): Fact => ({ kind: 'published', runId, at: to, rows });

/** What was held back is told once, though the history has it as an error too. */
function attemptFacts(state: AssetState, keys: KeySet, { testsAgainst }: WhySurroundings): readonly Fact[] {
  const isWhole = state.definition.dimensions.length === 0;
  const partition = isWhole ? '' : formatKeySet(state.definition, keys);
  const held = within(state.held, keys).map(
    ({ runId, to }): Fact => ({
      kind: 'held',
      runId,
      at: to,
      tests: testsAgainst(state.node.unique_id, runId, partition),
    }),
  );
  const heldRuns = new Set(within(state.held, keys).map(({ runId }) => runId));
  const others = state.attempts.flatMap(({ keys: tried, status, runId, at, message, because, rows }): Fact[] => {
    if (isNone(intersectKeys(tried, keys))) return [];
    if (status === 'running') return [{ kind: 'running', runId }];
    if (status === 'success') return [{ kind: 'published', runId, at, rows }];
    if (status === 'skipped') return [{ kind: 'skipped', runId, at, because }];
    return heldRuns.has(runId) ? [] : [{ kind: 'failed', runId, at, message }];
  });
  return [...held, ...others];
}

/** What is to be read and is not there. A parent of which nothing was ever built here may be read from elsewhere. */
function waitFacts(state: AssetState, keys: KeySet, around: WhySurroundings): readonly Fact[] {
  return state.parents.flatMap(({ id, link, filled }): Fact[] => {
    const parent = around.stateOf(id);
    if (!parent || parent.definition.dimensions.length === 0 || isNone(filled)) return [];
    const missing = subtractKeys(link.upstream(keys), filled);
    return byCause(parent, missing, around).map(({ keys: lacking, why }): Fact => {
      const partitions = formatKeySet(parent.definition, lacking);
      return { kind: 'waits', parent: id, partitions, count: countKeys(lacking), why };
    });
  });
}

/** Some partitions that are not there, by what is recorded of them. */
function byCause(
  state: AssetState,
  missing: KeySet,
  around: WhySurroundings,
): readonly { readonly keys: KeySet; readonly why: Fact }[] {
  const found: { keys: KeySet; why: Fact }[] = [];
  let left = missing;
  const tried = state.attempts.filter(({ status }) => status === 'error' || status === 'running');
  for (const { keys } of [...state.held, ...tried]) {
    const shared = intersectKeys(left, keys);
    const why = isNone(shared) ? undefined : attemptFacts(state, shared, around).find(({ kind }) => kind !== 'skipped');
    if (!why) continue;
    found.push({ keys: shared, why });
    left = subtractKeys(left, shared);
  }
  return isNone(left) ? found : [...found, { keys: left, why: { kind: 'missing' } }];
}
