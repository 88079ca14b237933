import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from './engine/account.ts';
import { Catalog, schemaAt } from './engine/catalog.ts';
import { openEngine } from './engine/engine.ts';
import { Locks } from './engine/locks.ts';
import { type Faults, newFaults } from './faults.ts';
import { newLog, type ServerLog } from './log.ts';
import { breakOff, readRequest } from './protocol/http.ts';
import { Queries } from './protocol/queries.ts';
import { type Routes, route } from './protocol/routes.ts';
import { closeSession } from './protocol/sessions.ts';
import type { User } from './protocol/users.ts';

export type { Fault } from './faults.ts';

/** What the account is like; all of it has a default. */
export interface ServerOptions {
  /** `acme`. */
  readonly account?: string;
  /** `INGOT` with the password `secret`. */
  readonly users?: readonly User[];
  /** Databases that exist, each with a schema PUBLIC: `ANALYTICS`. */
  readonly databases?: readonly string[];
  /** Those of them that a catalog of Iceberg is linked to. Default: none. */
  readonly linked?: readonly string[];
  /** `COMPUTE_WH`. */
  readonly warehouses?: readonly string[];
  /** Session parameters that differ from Snowflake's own defaults, such as TIMEZONE (which is America/Los_Angeles). */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Answers of up to so many rows come in one piece: 1,000. */
  readonly inlineRows?: number;
  /** Rows of a further piece: 10,000. */
  readonly chunkRows?: number;
  /** After how many milliseconds a running statement is answered by 333333: 45,000. */
  readonly holdMilliseconds?: number;
  /** After how many silent milliseconds a transaction that others wait for is rolled back: 300,000. */
  readonly abandonedAfter?: number;
  /** Folders of this machine that stand for buckets: `{ 's3://landing': '/tmp/x' }`, or `{ landing: … }` for a stage of that name. */
  readonly buckets?: Readonly<Record<string, string>>;
  /** The time by which files are told to have been loaded: this machine's. */
  readonly now?: () => Date;
}

/** A running server. */
export interface TestServer {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly log: ServerLog;
  readonly faults: Faults;
  /** How many statements wait for a lock now. */
  readonly lockWaiters: () => number;
  /** Ends a session as if its client had died and the server had noticed. */
  readonly endSession: (id: number) => Promise<void>;
  /** Says what SYSTEM$PIPE_STATUS is to answer for a pipe, by its full name. */
  readonly setPipe: (name: string, status: Readonly<Record<string, string | number>>) => void;
  readonly close: () => Promise<void>;
}

/** Starts a server that speaks Snowflake's protocol on a free port of this machine. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const log = newLog();
  const faults = newFaults();
  const account = await openAccount(options, (id) => queries.cancelAll(id));
  const queries = new Queries(account, log);
  let url = '';
  const routes: Routes = {
    account,
    queries,
    faults,
    log,
    url: () => url,
    users: options.users ?? [{ name: 'INGOT', password: 'secret', role: 'TRANSFORMER', warehouse: 'COMPUTE_WH' }],
    parameters: new Map(Object.entries(options.parameters ?? {})),
    inlineRows: options.inlineRows ?? 1000,
    chunkRows: options.chunkRows ?? 10_000,
    holdMilliseconds: options.holdMilliseconds ?? 45_000,
  };
  const server = createServer((incoming, response) => {
    readRequest(incoming)
      .then((request) => route(routes, request, response))
      // A fault of the server itself: the connection breaks, since a 500 would be tried again for a minute.
      .catch((error: unknown) => {
        console.error('snowflake test server:', error);
        breakOff(response);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}`;
  return {
    url,
    host: '127.0.0.1',
    port,
    log,
    faults,
    lockWaiters: () => account.locks.waiters,
    endSession: async (id) => {
      const session = account.sessions.get(id);
      if (session) await closeSession(account, session);
    },
    setPipe: (name, status) => {
      const [database = '', schema = '', pipe = ''] = name.toUpperCase().split('.');
      const found = schemaAt(account.catalog, { database, schema })?.pipes.get(pipe);
      if (!found) throw new Error(`there is no pipe ${name}`);
      found.status = status;
    },
    close: async () => {
      await Promise.all([...account.sessions.values()].map((session) => closeSession(account, session)));
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      account.engine.close();
      rmSync(account.scratch, { recursive: true, force: true });
    },
  };
}

async function openAccount(options: ServerOptions, cancelAll: Account['cancelAll']): Promise<Account> {
  const catalog = new Catalog();
  let last = 4_711_000_000;
  for (const name of options.databases ?? ['ANALYTICS']) catalog.addDatabase(name);
  for (const name of options.linked ?? []) catalog.linked.add(name);
  for (const name of options.warehouses ?? ['COMPUTE_WH']) catalog.warehouses.add(name);
  return {
    name: options.account ?? 'acme',
    catalog,
    engine: await openEngine(),
    locks: new Locks(),
    buckets: options.buckets ?? {},
    scratch: mkdtempSync(join(tmpdir(), 'ingot-server-')),
    now: options.now ?? (() => new Date()),
    sessions: new Map(),
    sessionId: () => {
      last += 1;
      return last;
    },
    abandonedAfter: options.abandonedAfter ?? 300_000,
    cancelAll,
  };
}
