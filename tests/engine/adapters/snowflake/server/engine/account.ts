import type { Catalog } from './catalog.ts';
import type { Engine } from './engine.ts';
import type { Locks } from './locks.ts';
import type { Session } from './session.ts';

/** What all sessions share. */
export interface Account {
  readonly name: string;
  readonly catalog: Catalog;
  readonly engine: Engine;
  readonly locks: Locks;
  /** Folders of this machine that stand for buckets, by `s3://name` or the name of a stage. */
  readonly buckets: Readonly<Record<string, string>>;
  /** A folder for what the engine is to read. */
  readonly scratch: string;
  /** The time by which files are told to have been loaded. */
  readonly now: () => Date;
  readonly sessions: Map<number, Session>;
  /** An id that no session had before. */
  readonly sessionId: () => number;
  /** After how long without a request a transaction that others wait for is rolled back. */
  readonly abandonedAfter: number;
  /** Stops statements of a session; how many there were. */
  readonly cancelAll: (session: number) => number;
}

/** One statement on its way. */
export interface Run {
  readonly account: Account;
  readonly session: Session;
  readonly queryId: string;
  readonly sql: string;
  readonly signal: AbortSignal;
  readonly began: Date;
  /** Session parameters, with those of this statement over them. */
  readonly parameter: (name: string) => string;
  /** The literal of a bind, counted from 1. */
  readonly bind: (position: number) => string;
}
