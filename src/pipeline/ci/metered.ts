import {
  type Adapter,
  type ReviewCost,
  type Session,
  StatementError,
  type Target,
  type Warehouse,
} from '../../core/index.ts';

/** What the statements of a command came to so far. */
export interface Meter {
  statements: number;
  milliseconds: number;
  /** What was read, as sessions told when they were closed; undefined where none did. */
  bytes?: number;
}

/** A warehouse that everybody shares who asks an adapter for one, with what its statements came to. */
export interface SharedWarehouse {
  /** Opens always the same warehouse; what it opens need not be closed. */
  readonly adapter: Adapter;
  readonly meter: Readonly<Meter>;
  close(): Promise<void>;
}

/**
 * Lets all parts of a command share one connection: opening a warehouse may take a login, and a file may be open but
 * once.
 *
 * @param now milliseconds since 1970.
 * @param target as which it is opened, whatever they name. Default: what the first of them names.
 */
export function shareWarehouse(adapter: Adapter, now: () => number, target?: Target): SharedWarehouse {
  const meter: Meter = { statements: 0, milliseconds: 0 };
  const open = new Set<Session>();
  let opened: Promise<Warehouse> | undefined;
  const connect: Adapter['connect'] = async (output, options) => {
    opened ??= adapter.connect(target?.output ?? output, target ?? options);
    const warehouse = await opened;
    return {
      openSession: async () => {
        const session = metered(await warehouse.openSession(), { meter, now, onClose: () => open.delete(session) });
        open.add(session);
        return session;
      },
      cancelAll: () => warehouse.cancelAll(),
      close: async () => undefined,
    };
  };
  return {
    adapter: { ...adapter, connect },
    meter,
    async close() {
      await Promise.all([...open].map((session) => session.close()));
      const warehouse = await opened?.catch(() => undefined);
      await warehouse?.close();
    },
  };
}

export function costOf(meter: Meter, milliseconds: number): ReviewCost {
  return {
    statements: meter.statements,
    statementSeconds: meter.milliseconds / 1000,
    seconds: milliseconds / 1000,
    bytes: meter.bytes,
  };
}

/** Methods of a session that send a statement. */
const sending: ReadonlySet<string | symbol> = new Set<keyof Session>([
  'query',
  'execute',
  'describeCsv',
  'loadCsv',
  'listRelations',
  'schemaExists',
  'columnsOf',
  'describeSchema',
  'describeQuery',
  'checkAccess',
  'grantsOn',
  'settingsOf',
  'bytesRead',
]);

interface Metering {
  readonly meter: Meter;
  readonly now: () => number;
  readonly onClose: () => void;
}

/** Which methods a session has tells what its warehouse can do, so that they are passed on and not listed. */
function metered(session: Session, { meter, now, onClose }: Metering): Session {
  const counted: Session = new Proxy(session, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name, target);
      if (typeof found !== 'function') return found;
      if (name === 'close') return close;
      if (!sending.has(name)) return found.bind(target);
      return async (...values: readonly unknown[]): Promise<unknown> => {
        const startedAt = now();
        meter.statements += 1;
        try {
          return await found.apply(target, values);
        } finally {
          meter.milliseconds += now() - startedAt;
        }
      };
    },
  });
  const close = async (): Promise<void> => {
    onClose();
    await addBytes(counted, meter);
    await session.close();
  };
  return counted;
}

/** What a session has read it alone can tell, while it is open. No review fails because one does not. */
async function addBytes(session: Session, meter: Meter): Promise<void> {
  const bytes = await session.bytesRead?.().catch((failure: unknown) => {
    if (failure instanceof StatementError) return undefined;
    throw failure;
  });
  if (bytes !== undefined) meter.bytes = (meter.bytes ?? 0) + bytes;
}
