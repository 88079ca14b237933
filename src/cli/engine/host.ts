import type { Emit } from '../../core/index.ts';
import type { BackfillPlan } from './backfill.ts';
import type { Loaded, Unchanged } from './loaded.ts';

/** The world as the pipeline may see it. */
export interface Host {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly homeDir: string;
  now(): Date;
  uuid(): string;
  /** A number from 0 to below 1. */
  random(): number;
  /** Tells of Ctrl-C, from `heedSignals` on. */
  readonly signal: AbortSignal;
  /** To be called before there is something to end in order: a connection, a run. Default: nothing has to be done. */
  heedSignals?(): void;
  readonly emit: Emit;
  /** Told how many files a project has, when they are read and before they are put together. */
  onFiles?(count: number): void;
  /** Told as soon as the project is known, before anything is said about it: reporters name nodes and show sources. */
  onProject?(loaded: Loaded): void;
  /** Told when a backfill begins. */
  onBackfill?(plan: BackfillPlan): void;
  /** In place of `onProject`, where a command does without reading the project. */
  onUnchanged?(known: Unchanged): void | Promise<void>;
}
