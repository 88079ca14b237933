import type { Loaded } from '../cli/engine.ts';
import type { Session, SessionTask, Warehouse } from '../core/index.ts';

/**
 * A warehouse that is opened when the first statement is sent: compiling most projects needs none, and a database file
 * that is not opened is not locked either.
 *
 * @param signal cancels what runs when it is aborted. Default: who runs statements sees to that.
 */
export function lazyWarehouse(open: () => Promise<Warehouse>, signal?: AbortSignal): Warehouse {
  let opening: Promise<Warehouse> | undefined;
  const warehouse = (): Promise<Warehouse> => {
    opening ??= open();
    return opening;
  };
  // One that cannot be opened has nothing to cancel.
  signal?.addEventListener('abort', () => void opening?.then((opened) => opened.cancelAll()).catch(() => undefined));
  return {
    openSession: async () => lazySession(async () => (await warehouse()).openSession()),
    cancelAll: async () => (await opening)?.cancelAll(),
    close: async () => (await opening?.catch(() => undefined))?.close(),
  };
}

/**
 * The warehouse of a command that sends one statement after another, opened in the same way.
 *
 * @param signal as of `lazyWarehouse`.
 */
export function targetWarehouse(
  { shelves, environment }: Pick<Loaded, 'shelves' | 'environment'>,
  signal?: AbortSignal,
): Warehouse {
  return lazyWarehouse(() => shelves.adapter.connect(environment.target.output, { threads: 1 }), signal);
}

function lazySession(open: () => Promise<Session>): Session {
  let opening: Promise<Session> | undefined;
  let task: SessionTask | undefined;
  const openForTask = async (): Promise<Session> => {
    const opened = await open();
    if (task) await opened.enter?.(task);
    return opened;
  };
  const session = (): Promise<Session> => {
    opening ??= openForTask();
    return opening;
  };
  return {
    query: async (sql) => (await session()).query(sql),
    async enter(next) {
      task = next;
      await (await opening)?.enter?.(next);
    },
    execute: async (sql) => (await session()).execute(sql),
    listRelations: async (database, schema, quote) => (await session()).listRelations(database, schema, quote),
    describeSchema: async (database, schema, quote) => (await session()).describeSchema(database, schema, quote),
    columnsOf: async (relation) => (await session()).columnsOf(relation),
    describeQuery: async (sql) => (await session()).describeQuery(sql),
    close: async () => (await opening?.catch(() => undefined))?.close(),
  };
}

/** Where nothing has been built yet, there may be no warehouse to connect to: it is asked only if it must be. */
export async function withSession<T>(loaded: Loaded, work: (session: Session) => Promise<T>): Promise<T> {
  const warehouse = targetWarehouse(loaded);
  try {
    const session = await warehouse.openSession();
    try {
      return await work(session);
    } finally {
      await session.close();
    }
  } finally {
    await warehouse.close();
  }
}
