import type { Host } from '../cli/engine/host.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import type { Session, SessionTask, Warehouse } from '../core/index.ts';
import { stopIfInterrupted } from './interruption.ts';

/**
 * A warehouse that is opened when the first statement is sent: compiling most projects needs none, and a database file
 * that is not opened is not locked either.
 */
export function lazyWarehouse(open: () => Promise<Warehouse>): Warehouse {
  let opening: Promise<Warehouse> | undefined;
  const warehouse = (): Promise<Warehouse> => {
    opening ??= open();
    return opening;
  };
  return {
    openSession: async () => lazySession(async () => (await warehouse()).openSession()),
    cancelAll: async () => (await opening)?.cancelAll(),
    close: async () => (await opening?.catch(() => undefined))?.close(),
  };
}

/** The warehouse of a command that sends one statement after another, opened in the same way. */
export function targetWarehouse({ shelves, environment }: Pick<Loaded, 'shelves' | 'environment'>): Warehouse {
  return lazyWarehouse(() => shelves.adapter.connect(environment.target.output, { threads: 1 }));
}

function lazySession(open: () => Promise<Session>): Session {
  let opening: Promise<Session> | undefined;
  let opened: Session | undefined;
  let task: SessionTask | undefined;
  const openForTask = async (): Promise<Session> => {
    opened = await open();
    if (task) opened.enter?.(task);
    return opened;
  };
  const session = (): Promise<Session> => {
    opening ??= openForTask();
    return opening;
  };
  return {
    query: async (sql) => (await session()).query(sql),
    enter(next) {
      task = next;
      opened?.enter?.(next);
    },
    execute: async (sql) => (await session()).execute(sql),
    listRelations: async (database, schema, quote) => (await session()).listRelations(database, schema, quote),
    describeSchema: async (database, schema, quote) => (await session()).describeSchema(database, schema, quote),
    columnsOf: async (relation) => (await session()).columnsOf(relation),
    describeQuery: async (sql) => (await session()).describeQuery(sql),
    close: async () => (await opening?.catch(() => undefined))?.close(),
  };
}

/**
 * Where nothing has been built yet, there may be no warehouse to connect to: it is asked only if it must be. Throws
 * where the work was interrupted, even if it came to an end.
 */
export async function withSession<T>(
  loaded: Loaded,
  { signal }: Pick<Host, 'signal'>,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const warehouse = targetWarehouse(loaded);
  try {
    const session = await warehouse.openSession();
    try {
      const result = await work(session);
      stopIfInterrupted(signal);
      return result;
    } finally {
      await session.close();
    }
  } finally {
    await warehouse.close();
  }
}
