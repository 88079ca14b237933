import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from 'snowflake-sdk';
import { type ConnectOptions, error, type Json, Problem, type Session, type Warehouse } from '../../core/index.ts';
import { ConnectedSession } from './connected-session.ts';
import { connectionOptions } from './connection-options.ts';
import { openConnection } from './driver.ts';
import { loginProblem } from './login-problems.ts';
import { type Output, readOutput, withoutSecrets } from './output.ts';
import { SnowflakeSession } from './session.ts';
import { classOf, type DriverError, withoutValues } from './statement-errors.ts';

/** Seconds that a statement may wait for a place in the warehouse, and for others who write to the same table. */
const patience = { queue: 3600, lock: 600 } as const;

/** Opens an account: the first login is made at once, so that what stands in the way is told before anything is built. */
export async function openWarehouse(raw: Readonly<Record<string, Json>>, _options: ConnectOptions): Promise<Warehouse> {
  const { output, diagnostics } = readOutput(raw);
  const wrong = diagnostics.filter(({ severity }) => severity === 'error');
  if (wrong.length > 0) throw new Problem(...wrong);
  const warehouse = new SnowflakeWarehouse(output);
  await warehouse.open();
  return warehouse;
}

class SnowflakeWarehouse implements Warehouse {
  readonly #output: Output;
  readonly #sessions = new Set<SnowflakeSession>();
  /** The first login, until the first session takes it. */
  #first: Connection | undefined;
  #closed = false;

  constructor(output: Output) {
    this.#output = output;
  }

  async open(): Promise<void> {
    this.#first = await login(this.#output);
  }

  async openSession(): Promise<Session> {
    if (this.#closed) throw new Problem(error('snowflake/closed', 'The connection to Snowflake is closed'));
    const connect = (): Promise<Connection> => login(this.#output);
    const first = this.#first;
    this.#first = undefined;
    const connected = new ConnectedSession({ connect, tell: this.#tell, backoff }, first);
    const { query_tag: tag, warehouse } = this.#output;
    const options = {
      parameters: timeLimits(this.#output),
      queryTag: tag || undefined,
      warehouse: warehouse || undefined,
    };
    const session: SnowflakeSession = new SnowflakeSession(connected, options, () => this.#sessions.delete(session));
    this.#sessions.add(session);
    return session;
  }

  async cancelAll(): Promise<void> {
    await Promise.all([...this.#sessions].map((session) => session.cancel()));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const first = this.#first;
    this.#first = undefined;
    const unused = first ? [new Promise<void>((resolve) => first.destroy(() => resolve()))] : [];
    await Promise.all([...unused, ...[...this.#sessions].map((session) => session.close())]);
  }

  #tell = (message: string): string =>
    withoutSecrets(withoutValues(message, { single: this.#output.redact_errors === true }), this.#output);
}

/** Logs in; what may pass is tried again, as often as the target says. */
async function login(output: Output): Promise<Connection> {
  const options = await connectionOptions(output);
  const retries = output.connect_retries ?? 1;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await openConnection(options);
    } catch (thrown) {
      const failure = thrown as DriverError;
      if (classOf(failure) !== 'network' || attempt > retries) throw loginProblem(failure, output);
      await pause(1000 * (output.connect_timeout ?? attempt ** 2));
    }
  }
}

function timeLimits(output: Output): Readonly<Record<string, number>> {
  const { statement_timeout: statement, queue_timeout: queue, lock_timeout: lock } = output;
  return {
    ...(typeof statement === 'number' ? { STATEMENT_TIMEOUT_IN_SECONDS: statement } : {}),
    STATEMENT_QUEUED_TIMEOUT_IN_SECONDS: queue ?? patience.queue,
    LOCK_TIMEOUT: lock ?? patience.lock,
  };
}

/** Those who wait for each other must not come back at the same moment. */
const backoff = (attempt: number): number => Math.min(250 * 2 ** (attempt - 1), 8000) * (0.5 + Math.random());
