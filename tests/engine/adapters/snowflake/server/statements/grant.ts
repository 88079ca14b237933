import type { Run } from '../engine/account.ts';
import { fullName, type Grant } from '../engine/catalog.ts';
import { requireObject } from '../engine/resolve.ts';
import type { Outcome } from '../engine/session.ts';
import type { Cursor } from '../sql/cursor.ts';
import { refuse, type Statement, status } from './statement.ts';

const objectKinds = new Set(['TABLE', 'VIEW', 'SEQUENCE']);
const otherKinds = new Set(['SCHEMA', 'DATABASE', 'WAREHOUSE', 'FUNCTION', 'PROCEDURE', 'STAGE', 'INTEGRATION']);

/** GRANT: kept as a fact that SHOW GRANTS tells; nothing is forbidden without one. */
export const grant: Statement = async (run, cursor) => {
  if (cursor.accept('ROLE')) return status('Statement executed successfully.');
  const privileges = readPrivileges(cursor);
  const { on, name } = readObject(run, cursor);
  cursor.expect('TO');
  const { to, grantee } = readGrantee(cursor);
  cursor.accept('WITH', 'GRANT', 'OPTION');
  cursor.expectEnd();
  const { grants } = run.account.catalog;
  for (const privilege of privileges) {
    const one: Grant = { privilege, on, name, to, grantee, created: new Date() };
    if (!grants.some((other) => sameGrant(other, one))) grants.push(one);
  }
  return status('Statement executed successfully.');
};

/** REVOKE: the fact is forgotten. */
export const revoke: Statement = async (run, cursor): Promise<Outcome> => {
  const privileges = readPrivileges(cursor);
  const { on, name } = readObject(run, cursor);
  cursor.expect('FROM');
  const { to, grantee } = readGrantee(cursor);
  const { grants } = run.account.catalog;
  const gone = privileges.map((privilege): Grant => ({ privilege, on, name, to, grantee, created: new Date() }));
  grants.splice(0, grants.length, ...grants.filter((one) => !gone.some((other) => sameGrant(one, other))));
  return status('Statement executed successfully.');
};

const sameGrant = (one: Grant, other: Grant): boolean =>
  one.privilege === other.privilege && one.name === other.name && one.to === other.to && one.grantee === other.grantee;

function readPrivileges(cursor: Cursor): string[] {
  const privileges: string[] = [];
  do {
    const words = [cursor.expectWord()];
    while (!cursor.sees('ON') && !cursor.seesSymbol(',')) words.push(cursor.expectWord());
    privileges.push(words.join(' '));
  } while (cursor.acceptSymbol(','));
  return privileges;
}

function readObject(run: Run, cursor: Cursor): { on: string; name: string } {
  cursor.expect('ON');
  if (!cursor.accept('DYNAMIC')) cursor.accept('MATERIALIZED');
  if (cursor.sees('ALL') || cursor.sees('FUTURE')) return refuse(cursor, cursor.offset + 2);
  const kind = cursor.seesAny(objectKinds) || cursor.seesAny(otherKinds) ? cursor.expectWord() : 'TABLE';
  const path = cursor.expectPath();
  if (objectKinds.has(kind)) {
    const object = requireObject(run, path);
    return { on: object.kind.replace(' ', '_'), name: fullName(object) };
  }
  if (kind !== 'SCHEMA') return { on: kind, name: path.join('.') };
  const [name = '', database = run.session.database ?? ''] = [...path].reverse();
  run.account.catalog.schema(database, name);
  return { on: 'SCHEMA', name: `${database}.${name}` };
}

function readGrantee(cursor: Cursor): { to: string; grantee: string } {
  const to = cursor.accept('DATABASE', 'ROLE')
    ? 'DATABASE_ROLE'
    : cursor.accept('SHARE')
      ? 'SHARE'
      : cursor.accept('USER')
        ? 'USER'
        : 'ROLE';
  cursor.accept('ROLE');
  return { to, grantee: cursor.expectPath().join('.') };
}
