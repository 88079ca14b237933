import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import {
  type ConnectOptions,
  type Json,
  makeFolder,
  Problem,
  type Session,
  StatementError,
  type TargetDiagnostic,
  type Warehouse,
} from '../../core/index.ts';
import { type Output, readOutput } from './output.ts';
import { DuckDbSession } from './session.ts';
import { instanceSetup, type Setup, sessionSetup } from './setup-statements.ts';
import { StatementQueue, statementLimit } from './statement-queue.ts';
import { Turns } from './turns.ts';
import { Workers } from './workers.ts';

/** Opens the database file of a target and prepares it. Throws `Problem` that says what stands in the way. */
export async function openWarehouse(raw: Readonly<Record<string, Json>>, _options: ConnectOptions): Promise<Warehouse> {
  const { output, diagnostics } = readOutput(raw);
  if (diagnostics.length > 0) throw new Problem(...diagnostics);
  const path = output.path ?? ':memory:';
  const isFile = path !== ':memory:' && path !== '' && !/^[a-z][a-z0-9+.-]+:/i.test(path);
  try {
    if (isFile) makeFolder(dirname(path));
    const instance = await openInstance(path, output);
    const warehouse = new DuckDbWarehouse(instance, await instance.connect(), await instance.connect(), output);
    await warehouse.prepare();
    return warehouse;
  } catch (failure) {
    if (failure instanceof Problem) throw failure;
    throw new Problem(...(await openProblems(failure, path, output)));
  }
}

/** Needed only where something is wrong, and so loaded then. */
async function openProblems(failure: unknown, path: string, output: Output): Promise<readonly TargetDiagnostic[]> {
  const wrong = await (await import('./config-problems.ts')).configProblems(output);
  return wrong.length > 0 ? wrong : [await (await import('./open-problems.ts')).openProblem(failure, path)];
}

async function openInstance(path: string, output: Output): Promise<DuckDBInstance> {
  // Loaded here, because commands that need no warehouse should not pay for the driver.
  const { DuckDBInstance } = (await import('./driver.ts')).loadDriver();
  const config = {
    ...Object.fromEntries(Object.entries(output.config_options ?? {}).map(([key, value]) => [key, String(value)])),
    errors_as_json: 'true',
  };
  const attempts = output.retries?.connect_attempts ?? 1;
  for (let attempt = 0; ; attempt += 1) {
    try {
      // The cache: two instances of one file in one process would not see each other's lock, and spoil it.
      return await DuckDBInstance.fromCache(path, config);
    } catch (failure) {
      if (attempt + 1 >= attempts) throw failure;
      await new Promise((resolve) => setTimeout(resolve, 1000 * 2 ** attempt));
    }
  }
}

class DuckDbWarehouse implements Warehouse {
  readonly #instance: DuckDBInstance;
  /** For the end: there from the start, so that closing is under way as soon as it is asked for. */
  readonly #last: DuckDBConnection;
  readonly #output: Output;
  readonly #workers: Workers;
  readonly #sessions = new Set<DuckDbSession>();
  readonly #turns = new Turns();
  readonly #queue = new StatementQueue(statementLimit(process.env.UV_THREADPOOL_SIZE));
  /** What brought in what belongs to the instance, until a task wants it. */
  #prepared: DuckDbSession | undefined;
  #closed: Promise<void> | undefined;

  constructor(instance: DuckDBInstance, last: DuckDBConnection, forWorkers: DuckDBConnection, output: Output) {
    this.#instance = instance;
    this.#last = last;
    this.#output = output;
    this.#workers = new Workers(forWorkers, !setsThreads(output));
  }

  async openSession(): Promise<Session> {
    const prepared = this.#prepared;
    this.#prepared = undefined;
    return prepared ?? this.#open(sessionSetup(this.#output));
  }

  /** Extensions, secrets and attached databases belong to the instance: the first session brings them in. */
  async prepare(): Promise<void> {
    const setup = [...instanceSetup(this.#output), ...sessionSetup(this.#output)];
    try {
      if (setup.length > 0) this.#prepared = await this.#open(setup);
    } catch (failure) {
      await this.close();
      throw failure;
    }
  }

  async cancelAll(): Promise<void> {
    await Promise.all([...this.#sessions].map((session) => session.cancel()));
  }

  close(soon = false): Promise<void> {
    this.#closed ??= this.#close(soon);
    return this.#closed;
  }

  async #close(soon: boolean): Promise<void> {
    await Promise.all([...this.#sessions].map((session) => session.close()));
    // With its last handle, DuckDB writes the log into the file and lets go of it. That may take seconds and would hold
    // up everything else in this process: most of it is asked for before, where it runs beside. A log that stays is read
    // by whoever opens the file next, as it is after a process was killed.
    const last = soon && sizeOfLog(this.#output) > longLog ? 'pragma disable_checkpoint_on_shutdown' : 'checkpoint';
    await this.#workers.during(last, () => this.#last.run(last)).catch(() => undefined);
    await this.#workers.close();
    this.#last.disconnectSync();
    this.#instance.closeSync();
  }

  async #open(setup: readonly Setup[]): Promise<DuckDbSession> {
    const connection = await this.#instance.connect();
    const session: DuckDbSession = new DuckDbSession(
      connection,
      { queue: this.#queue, turns: this.#turns, workers: this.#workers },
      () => this.#sessions.delete(session),
    );
    this.#sessions.add(session);
    const refused: TargetDiagnostic[] = [];
    for (const step of setup) {
      try {
        await setUp(session, step);
      } catch (failure) {
        if (!(failure instanceof StatementError) || failure.cancelled) throw failure;
        refused.push(await (await import('./setup-problems.ts')).setupProblem(step.at, failure.message, this.#output));
      }
    }
    if (refused.length > 0) throw new Problem(...refused);
    return session;
  }
}

/** In bytes: as much as some hundred new tables. A shorter one is written into the file in a fraction of a second. */
const longLog = 500_000;

const sizeOfLog = ({ path }: Output): number => statSync(`${path}.wal`, { throwIfNoEntry: false })?.size ?? 0;

async function setUp(session: Session, { sql, unless }: Setup): Promise<void> {
  const isThere = unless !== undefined && (await session.execute(unless).then(Boolean, () => false));
  if (!isThere) await session.execute(sql);
}

/** Whether a target says itself how many threads DuckDB has, or that nobody may change it. */
const setsThreads = ({ config_options: options, settings }: Output): boolean =>
  Object.keys({ ...options, ...settings }).some((key) => /threads|lock_configuration/i.test(key));
