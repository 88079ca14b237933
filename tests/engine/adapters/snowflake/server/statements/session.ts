import type { Run } from '../engine/account.ts';
import { defaultParameters, fixedParameters } from '../engine/parameters.ts';
import { SqlError, unsupported } from '../errors.ts';
import type { Cursor } from '../sql/cursor.ts';
import { expressionOf } from '../sql/expression.ts';
import { settingValue } from './options.ts';
import { type Statement, scopeOf, status, typeIds } from './statement.ts';

const done = () => status('Statement executed successfully.', typeIds.control);

/** ALTER SESSION SET a = b …, UNSET a, …. */
export const alterSession: Statement = async (run, cursor) => {
  if (cursor.accept('UNSET')) {
    do await setParameter(run, cursor.expectWord(), undefined);
    while (cursor.acceptSymbol(','));
    cursor.expectEnd();
    return done();
  }
  cursor.expect('SET');
  while (!cursor.done) {
    const name = cursor.expectWord();
    cursor.expectSymbol('=');
    await setParameter(run, name, settingValue(cursor));
    cursor.acceptSymbol(',');
  }
  return done();
};

/** Sets a parameter of the session; one that would change answers in ways this server does not know is refused. */
async function setParameter(run: Pick<Run, 'session'>, name: string, value: string | undefined): Promise<void> {
  const usual = defaultParameters[name];
  if (usual === undefined) {
    throw new SqlError('001007', '22023', `SQL compilation error:\ninvalid parameter '${name}'`);
  }
  if (fixedParameters.has(name) && value !== undefined && value.toUpperCase() !== usual.toUpperCase()) {
    throw unsupported(`session parameter ${name} = ${value}`);
  }
  run.session.parameters.set(name, value ?? usual);
  if (name === 'TIMEZONE') await run.session.connection.run(`SET TimeZone = '${(value ?? usual).replaceAll("'", '')}'`);
}

/** SET variable = expression. */
export const setVariable: Statement = async (run, cursor) => {
  const name = cursor.expectName();
  cursor.expectSymbol('=');
  run.session.variables.set(name, expressionOf(cursor.rest(), scopeOf(run)));
  return done();
};

/** UNSET variable. */
export const unsetVariable: Statement = async (run, cursor: Cursor) => {
  run.session.variables.delete(cursor.expectName());
  cursor.expectEnd();
  return done();
};
