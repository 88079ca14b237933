import type { Column, Connection, ConnectionOptions, RowStatement, SnowflakeError } from 'snowflake-sdk';
import type { TestServer } from './index.ts';

// Before the driver is loaded: without it, every login asks the clouds' metadata services where it runs.
process.env.SNOWFLAKE_DISABLE_PLATFORM_DETECTION = 'true';
process.env.SF_TELEMETRY_DISABLE_CONNECTION_SHAPE = '1';

/** A session of the real driver. */
export interface Client {
  readonly connection: Connection;
  /** The rows of a statement, each a list of its cells. */
  readonly rows: (sql: string, options?: RunOptions) => Promise<unknown[][]>;
  /** The statement with its columns, rows and id. */
  readonly run: (sql: string, options?: RunOptions) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

export interface RunOptions {
  readonly binds?: unknown;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly asyncExec?: boolean;
  readonly describeOnly?: boolean;
  /** Sends a request again that was sent before. */
  readonly requestId?: string;
  /** Called with the statement as soon as it is sent. */
  readonly sent?: (statement: RowStatement) => void;
}

export interface Answer {
  readonly statement: RowStatement;
  readonly columns: readonly Column[];
  readonly rows: unknown[][];
}

/** What the driver says of an error. */
export type DriverError = SnowflakeError & { readonly sqlState?: string };

/** Logs in with the real driver, in the way that the product does: rows as a stream. */
export async function connect(server: TestServer, options: Partial<ConnectionOptions> = {}): Promise<Client> {
  const { default: driver } = await import('snowflake-sdk');
  driver.configure({ logLevel: 'OFF', additionalLogToConsole: false });
  const given: Record<string, unknown> = {
    accessUrl: server.url,
    account: 'acme',
    username: 'ingot',
    password: 'secret',
    database: 'analytics',
    schema: 'public',
    warehouse: 'compute_wh',
    streamResult: true,
    rowMode: 'array',
    fetchAsString: ['Number'],
    // The driver keeps this for the whole process, and the product says the same.
    representNullAsStringNull: false,
    sfRetryMaxLoginRetries: 0,
    ...options,
  };
  const connection = driver.createConnection(given as unknown as ConnectionOptions);
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
  const run = (sql: string, more: RunOptions = {}): Promise<Answer> => execute(connection, sql, more);
  return {
    connection,
    run,
    rows: async (sql, more) => (await run(sql, more)).rows,
    close: () => new Promise((resolve) => connection.destroy(() => resolve())),
  };
}

function execute(connection: Connection, sqlText: string, { sent, ...options }: RunOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request: Record<string, unknown> = {
      sqlText,
      streamResult: true,
      ...options,
      complete: (error: Error | undefined, statement: RowStatement) => {
        if (error) return reject(error);
        // There are none before an asynchronous statement has ended, and what is thrown here is swallowed by the driver.
        if (options.asyncExec) return resolve({ statement, columns: [], rows: [] });
        const columns = statement.getColumns() ?? [];
        if (options.describeOnly) return resolve({ statement, columns, rows: [] });
        const rows: unknown[][] = [];
        statement
          .streamRows()
          .on('error', reject)
          .on('data', (row: unknown[]) => rows.push(row))
          .on('end', () => resolve({ statement, columns, rows }));
      },
    };
    const statement = connection.execute(request as unknown as Parameters<Connection['execute']>[0]);
    sent?.(statement as RowStatement);
  });
}

/** The error that a statement ends with. */
export async function errorOf(promise: Promise<unknown>): Promise<DriverError> {
  try {
    await promise;
  } catch (error) {
    return error as DriverError;
  }
  throw new Error('no error');
}
