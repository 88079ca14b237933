import type { Run } from '../engine/account.ts';
import { fullName } from '../engine/catalog.ts';
import { defaultParameters } from '../engine/parameters.ts';
import { completeName, findObject } from '../engine/resolve.ts';
import type { Outcome } from '../engine/session.ts';
import { missingForCommand } from '../errors.ts';
import type { Cursor } from '../sql/cursor.ts';
import { table } from './show.ts';
import { refuse } from './statement.ts';

/** SHOW PARAMETERS [LIKE 'x'] [IN SESSION]. */
export function showParameters(run: Run, cursor: Cursor): Outcome {
  const like = cursor.accept('LIKE') ? cursor.expectString().toUpperCase() : '%';
  if (cursor.accept('IN') || cursor.accept('FOR')) cursor.accept('SESSION');
  cursor.expectEnd();
  const pattern = new RegExp(`^${like.replaceAll('%', '.*')}$`);
  const rows = Object.entries(defaultParameters)
    .filter(([name]) => pattern.test(name))
    .map(([name, usual]) => {
      const value = run.session.parameters.get(name) ?? usual;
      return [
        name,
        value,
        usual,
        value === usual ? '' : 'SESSION',
        '',
        /^(true|false)$/.test(usual) ? 'BOOLEAN' : /^\d+$/.test(usual) ? 'NUMBER' : 'STRING',
      ];
    });
  return table(['key', 'value', 'default', 'level', 'description', 'type'], rows);
}

/** SHOW GRANTS ON a thing: its owner, and what was granted since. */
export function showGrants(run: Run, cursor: Cursor): Outcome {
  if (!cursor.accept('ON')) return refuse(cursor, cursor.offset + 1);
  if (!cursor.accept('DYNAMIC')) cursor.accept('MATERIALIZED');
  const second = cursor.peek(1);
  const bare = !second || (second.kind === 'symbol' && second.text === '.');
  const kind = bare ? 'TABLE' : cursor.expectWord();
  const path = cursor.expectPath();
  cursor.expectEnd();
  const object =
    kind === 'SCHEMA' || kind === 'DATABASE' ? undefined : findObject(run, completeName(path, run.session));
  if (!object && kind !== 'SCHEMA' && kind !== 'DATABASE') throw missingForCommand();
  const name = object ? fullName(object) : path.join('.');
  const on = object ? object.kind.replace(' ', '_') : kind;
  const seconds = (date: Date): string => (date.getTime() / 1000).toFixed(3);
  const owned = object
    ? [[seconds(object.created), 'OWNERSHIP', on, name, 'ROLE', object.owner, 'true', object.owner, 'ROLE']]
    : [];
  const granted = run.account.catalog.grants
    .filter((grant) => grant.name === name)
    .map((grant) => [
      seconds(grant.created),
      grant.privilege,
      grant.on,
      name,
      grant.to,
      grant.grantee,
      'false',
      run.session.role,
      'ROLE',
    ]);
  const columns = [
    'created_on',
    'privilege',
    'granted_on',
    'name',
    'granted_to',
    'grantee_name',
    'grant_option',
    'granted_by',
    'granted_by_role_type',
  ];
  return table(columns, [...owned, ...granted]);
}
