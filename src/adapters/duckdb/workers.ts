import { availableParallelism } from 'node:os';
import type { DuckDBConnection } from '@duckdb/node-api';

/** Milliseconds that a statement runs by itself; so often is looked whether one needs help. */
const patience = 10;
/** Milliseconds after which workers leave that no statement has needed. */
const quiet = 200;

/** Whoever sets the number of threads, or locks the settings, finds them as DuckDB has them. */
const settings = /\b(?:set|reset|pragma)\b[^;]*threads|lock_configuration/i;

/**
 * Keeps DuckDB's worker threads away from statements that are over at once.
 *
 * DuckDB offers the parts of every statement to its workers, and the thread whose part was taken waits for it in a loop:
 * of a statement of a millisecond, that is up to half of the CPU time. So all threads count as external, of which DuckDB
 * starts none itself: a statement has as many parts as ever, and the thread that runs it takes one after the other. Where
 * one runs for longer and cores have nothing to do, the workers are called in, for what is left of it and for all others.
 */
export class Workers {
  readonly #connection: DuckDBConnection;
  #isOurs: boolean;
  /** When the statements that run have begun, oldest first. */
  readonly #running = new Set<{ readonly since: number }>();
  #neededAt = Number.NEGATIVE_INFINITY;
  #areIn = false;
  #timer: NodeJS.Timeout | undefined;
  #settled: Promise<unknown> = Promise.resolve();

  /**
   * @param connection for this alone.
   * @param isOurs whether the number of threads may be set here.
   */
  constructor(connection: DuckDBConnection, isOurs: boolean) {
    this.#connection = connection;
    this.#isOurs = isOurs;
    if (isOurs) void this.#set(false);
  }

  /** Does the work of a statement, and has it helped when it takes long. */
  async during<T>(sql: string, work: () => Promise<T>): Promise<T> {
    if (this.#isOurs && settings.test(sql)) {
      this.#isOurs = false;
      await this.#set(true);
    }
    if (!this.#isOurs) return work();
    const one = { since: performance.now() };
    this.#running.add(one);
    this.#timer ??= setTimeout(() => this.#look(), patience);
    try {
      return await work();
    } finally {
      this.#running.delete(one);
    }
  }

  async close(): Promise<void> {
    this.#isOurs = false;
    clearTimeout(this.#timer);
    await this.#settled;
    this.#connection.disconnectSync();
  }

  #look(): void {
    this.#timer = undefined;
    if (!this.#isOurs) return;
    const [oldest] = this.#running;
    const now = performance.now();
    if (oldest && now - oldest.since >= patience && this.#running.size < availableParallelism()) this.#neededAt = now;
    const areNeeded = now - this.#neededAt < quiet;
    if (areNeeded !== this.#areIn) void this.#set(areNeeded);
    if (oldest || areNeeded) this.#timer = setTimeout(() => this.#look(), patience).unref();
  }

  /** Where it may not be set, everything is as it would be without. */
  #set(areIn: boolean): Promise<unknown> {
    this.#areIn = areIn;
    const external = areIn ? '1' : "current_setting('threads')";
    const set = (): Promise<unknown> => this.#connection.run(`set external_threads = ${external}`);
    this.#settled = this.#settled.then(set).catch(() => undefined);
    return this.#settled;
  }
}
