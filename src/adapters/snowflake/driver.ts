import type { Connection, ConnectionOptions, RowStatement } from 'snowflake-sdk';
import type { Cell, Column } from '../../core/index.ts';
import { cellReader, columnOf } from './cells.ts';
import type { DriverError } from './statement-errors.ts';

/** A statement's answer. */
export interface Answer {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Rows inserted, updated or deleted; null for other statements. */
  readonly rowsAffected: number | null;
  readonly queryId: string | undefined;
}

export interface SendOptions {
  readonly sql: string;
  /** Settings for this statement alone. */
  readonly parameters: Readonly<Record<string, string | number>>;
  /** Only the columns, nothing is run. Default false. */
  readonly describeOnly?: boolean;
  /** Told as soon as the statement is on its way. */
  onSent?(statement: RowStatement): void;
}

/**
 * Loads the driver, when the first connection is made: it takes most of a second. What it would do beside its work is
 * turned off before: looking for a cloud around the machine, telling its maker how it is used, and writing a log.
 */
export async function openConnection(options: ConnectionOptions): Promise<Connection> {
  if (options.authenticator !== 'WORKLOAD_IDENTITY') process.env.SNOWFLAKE_DISABLE_PLATFORM_DETECTION ??= 'true';
  process.env.SF_TELEMETRY_DISABLE_CONNECTION_SHAPE ??= '1';
  const { default: driver } = await import('snowflake-sdk');
  driver.configure({ logLevel: 'OFF', additionalLogToConsole: false });
  const connection = driver.createConnection(options);
  return new Promise((resolve, reject) => {
    const done = (failure: unknown): void => (failure ? reject(failure) : resolve(connection));
    // Some ways to log in take a while to begin, and are refused by `connect`.
    connection.connectAsync(done).catch(reject);
  });
}

/** Sends one statement and fetches its rows. Rejects with a `DriverError`. */
export function send(connection: Connection, { sql, parameters, describeOnly, onSent }: SendOptions): Promise<Answer> {
  return run(
    connection,
    { sqlText: sql, parameters: { ...parameters }, ...(describeOnly ? { describeOnly } : {}) },
    onSent,
  );
}

/**
 * The answer to a statement that was sent before, by the id of its request; undefined where it never arrived. Without
 * its text, nothing can be run a second time.
 */
export async function answerOf(connection: Connection, requestId: string): Promise<Answer | undefined> {
  const answer = await run(connection, { requestId } as never);
  const isUnknown = String(answer.rows[0]?.[0] ?? '').startsWith('Error retrieving query results for request id');
  return isUnknown ? undefined : answer;
}

function run(
  connection: Connection,
  options: Parameters<Connection['execute']>[0],
  onSent?: (statement: RowStatement) => void,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = connection.execute({
      ...options,
      streamResult: true,
      // The driver swallows what is thrown in here.
      complete(failure, statement) {
        if (failure) reject(failure as DriverError);
        else collect(statement).then(resolve, reject);
      },
    });
    onSent?.(sent as RowStatement);
  });
}

function collect(statement: RowStatement): Promise<Answer> {
  const columns = statement.getColumns() ?? [];
  const readers = columns.map(cellReader);
  const rows: Cell[][] = [];
  const finish = (): Answer => {
    const affected = statement.getNumUpdatedRows();
    return {
      columns: columns.map(columnOf),
      rows,
      rowsAffected: typeof affected === 'number' && affected >= 0 ? affected : null,
      queryId: statement.getQueryId() ?? undefined,
    };
  };
  return new Promise((resolve, reject) => {
    statement
      .streamRows()
      .on('data', (row: readonly unknown[]) => rows.push(readers.map((read, index) => read(row[index]))))
      .on('error', reject)
      .on('end', () => resolve(finish()));
  });
}

/** Ends a session on the server: what it runs is stopped, what it has not committed is undone. */
export function endConnection(connection: Connection): Promise<void> {
  return new Promise((resolve) => {
    try {
      connection.destroy(() => resolve());
    } catch {
      resolve();
    }
  });
}
