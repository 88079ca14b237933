import { randomUUID } from 'node:crypto';
import type { Account } from '../engine/account.ts';
import { endTransaction } from '../engine/execute.ts';
import { defaultParameters } from '../engine/parameters.ts';
import type { Session } from '../engine/session.ts';
import { SqlError } from '../errors.ts';
import type { User } from './users.ts';

/** What a login asks for beside the user. */
export interface Wishes {
  readonly database: string | null;
  readonly schema: string | null;
  readonly warehouse: string | null;
  readonly role: string | null;
}

/** Opens a session. A database or warehouse that does not exist is not set, which is no error. */
export async function openSession(
  account: Account,
  user: User,
  wishes: Wishes,
  parameters: ReadonlyMap<string, string>,
): Promise<Session> {
  const all = new Map([...Object.entries(defaultParameters), ...parameters]);
  const database = fold(wishes.database);
  const found = database === undefined ? undefined : account.catalog.databases.get(database);
  const schema = fold(wishes.schema) ?? (found?.schemas.has('PUBLIC') ? 'PUBLIC' : undefined);
  const warehouse = fold(wishes.warehouse) ?? user.warehouse;
  const session: Session = {
    id: account.sessionId(),
    user: user.name.toUpperCase(),
    connection: await account.engine.connect(all.get('TIMEZONE') ?? 'UTC'),
    token: randomUUID(),
    masterToken: randomUUID(),
    tokenExpired: false,
    database: found?.name,
    schema: found && schema !== undefined && found.schemas.has(schema) ? schema : undefined,
    role: fold(wishes.role) ?? user.role ?? 'PUBLIC',
    warehouse: warehouse !== undefined && account.catalog.warehouses.has(warehouse) ? warehouse : undefined,
    parameters: all,
    variables: new Map(),
    temporary: new Map(),
    transaction: undefined,
    queries: [],
    outcomes: new Map(),
    tail: Promise.resolve(),
    lastUsed: Date.now(),
    busy: false,
    writing: undefined,
    closed: false,
  };
  account.sessions.set(session.id, session);
  return session;
}

/** Names in a login are folded like those in a statement. */
function fold(name: string | null): string | undefined {
  if (!name) return undefined;
  return name.startsWith('"') ? name.slice(1, -1) : name.toUpperCase();
}

/** Ends a session: what it runs is stopped, its transaction is rolled back, its temporary tables go. */
export async function closeSession(account: Account, session: Session): Promise<void> {
  if (session.closed) return;
  session.closed = true;
  account.cancelAll(session.id);
  await session.tail;
  await endTransaction(account, session, 'ROLLBACK');
  for (const object of session.temporary.values()) if (object.kind !== 'VIEW') account.engine.bury(object.physical);
  session.temporary.clear();
  session.connection.closeSync();
}

/** The session of a token, or the error that tells the client what to do. */
export function sessionOf(account: Account, token: string | undefined): Session {
  const session = [...account.sessions.values()].find((one) => one.token === token);
  if (!session) throw new SqlError('390104', '08001', 'Session token not found or invalid.');
  if (session.closed)
    throw new SqlError('390111', '08001', 'Session no longer exists.  New login required to access the service.');
  if (session.tokenExpired) throw new SqlError('390112', '08001', 'Your session has expired. Please login again.');
  session.lastUsed = Date.now();
  return session;
}

/** A new token for a session whose master token is shown. */
export function renewSession(account: Account, masterToken: string | undefined): Session {
  const session = [...account.sessions.values()].find((one) => one.masterToken === masterToken);
  if (!session || session.closed)
    throw new SqlError('390114', '08001', 'Authentication token has expired.  The user must authenticate again.');
  session.token = randomUUID();
  session.tokenExpired = false;
  return session;
}
