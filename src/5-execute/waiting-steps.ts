import type { Step } from '../4-plan/index.ts';
import { stepId } from '../core/index.ts';

/** A step that was not run yet. */
export interface WaitingStep {
  readonly step: Step;
  /** For a `publish`, and of what a step follows: what did not end well. */
  readonly failed: string[];
}

interface Entry extends WaitingStep {
  /** Of how many steps, and groups of them, the end is waited for. */
  open: number;
}

/** The steps that wait for others, or for a thread. It runs none. */
export class WaitingSteps {
  readonly #entries: Map<string, Entry>;
  readonly #dependents: ReadonlyMap<string, readonly Dependent[]>;
  readonly #groups: ReadonlyMap<string, Group>;
  // What was begun is finished first: staged data takes room, and is nothing to its readers.
  readonly #publishing = new Queue([]);
  readonly #testing = new Queue([]);
  readonly #ready: Queue;

  constructor(steps: readonly Step[]) {
    this.#entries = new Map(steps.map((step) => [stepId(step), { step, open: countBefore(step), failed: [] }]));
    const { dependents, groups } = dependentsOf(steps);
    this.#dependents = dependents;
    this.#groups = groups;
    this.#ready = new Queue(steps.filter((step) => countBefore(step) === 0));
  }

  /** The next step that may be run; undefined while there is none. */
  take(): WaitingStep | undefined {
    for (;;) {
      const step = this.#publishing.take() ?? this.#testing.take() ?? this.#ready.take();
      if (!step) return undefined;
      const id = stepId(step);
      const entry = this.#entries.get(id);
      // It may have been skipped meanwhile.
      if (entry && this.#entries.delete(id)) return entry;
    }
  }

  /** Behind all others: it is tried again. */
  putBack({ step, failed }: WaitingStep): void {
    this.#entries.set(stepId(step), { step, open: 0, failed });
    this.#ready.push(step);
  }

  endedWell(step: Step): void {
    for (const { id } of this.#below(stepId(step))) this.#settle(id);
  }

  /** Takes out, and gives, what must not be run because a step failed: what waits for it, directly or further down. */
  *failed(step: Step): Generator<WaitingStep> {
    const below = (because: string): (Dependent & { readonly because: string })[] =>
      this.#below(because).map((one) => ({ ...one, because }));
    const open = below(stepId(step));
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { id, because, follows } = next;
      const entry = this.#entries.get(id);
      if (follows || entry?.step.part === 'publish') this.#settle(id, because);
      else if (entry) {
        this.#entries.delete(id);
        yield entry;
        for (const dependent of below(id)) open.push(dependent);
      }
    }
  }

  [Symbol.iterator](): Iterator<WaitingStep> {
    return this.#entries.values();
  }

  #below(id: string): readonly Dependent[] {
    return this.#dependents.get(id) ?? [];
  }

  /** Says that one of those is over for which a step, or what follows a group of steps, waits. */
  #settle(id: string, failed?: string): void {
    const group = this.#groups.get(id);
    if (group) {
      group.open -= 1;
      group.failed ??= failed;
      if (group.open === 0) for (const follower of group.followers) this.#settle(follower, group.failed);
      return;
    }
    const entry = this.#entries.get(id);
    if (!entry) return;
    entry.open -= 1;
    if (failed !== undefined) entry.failed.push(failed);
    if (entry.open > 0) return;
    const { step } = entry;
    (step.part === 'publish' ? this.#publishing : step.staged ? this.#testing : this.#ready).push(step);
  }
}

/** First come, first served. Not an array's `shift()`: tens of thousands of steps may wait, and it moves all of them. */
class Queue {
  readonly #steps: Step[];
  #next = 0;

  constructor(steps: Step[]) {
    this.#steps = steps;
  }

  push(step: Step): void {
    this.#steps.push(step);
  }

  take(): Step | undefined {
    const step = this.#steps[this.#next];
    if (step) this.#next += 1;
    return step;
  }
}

interface Dependent {
  /** A step, or a group of them. */
  readonly id: string;
  /** Whether it goes on however that ends on which it depends. */
  readonly follows: boolean;
}

/** All steps of a node in parts: who follows it would else have to know each of them. */
interface Group {
  open: number;
  /** The first of them that did not end well. */
  failed: string | undefined;
  readonly followers: string[];
}

function dependentsOf(steps: readonly Step[]) {
  const dependents = new Map<string, Dependent[]>();
  const groups = new Map<string, Group>();
  const add = (before: string, dependent: Dependent): void => {
    const known = dependents.get(before);
    if (known) known.push(dependent);
    else dependents.set(before, [dependent]);
  };
  const ids = new Set(steps.map(stepId));
  for (const step of steps) {
    const id = stepId(step);
    for (const before of step.waitsFor) add(before, { id, follows: false });
    for (const before of step.follows ?? []) {
      if (ids.has(before)) {
        add(before, { id, follows: true });
        continue;
      }
      const group = groups.get(before) ?? { open: 0, failed: undefined, followers: [] };
      group.followers.push(id);
      groups.set(before, group);
    }
  }
  for (const step of groups.size > 0 ? steps : []) {
    const group = step.part === 'stage' ? undefined : groups.get(step.nodeId);
    if (!group) continue;
    group.open += 1;
    add(stepId(step), { id: step.nodeId, follows: true });
  }
  return { dependents, groups };
}

const countBefore = ({ waitsFor, follows = [] }: Step): number => waitsFor.length + follows.length;
