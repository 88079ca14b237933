import { missingForCommand } from '../errors.ts';
import { type Statement, status, typeIds } from './statement.ts';

/** USE [ROLE|WAREHOUSE|DATABASE|SCHEMA] name. */
export const use: Statement = async (run, cursor) => {
  const { session } = run;
  const { catalog } = run.account;
  const kinds = ['ROLE', 'WAREHOUSE', 'DATABASE', 'SCHEMA', 'SECONDARY'];
  const kind = kinds.find((word) => cursor.accept(word)) ?? 'DATABASE';
  const path = cursor.expectPath();
  const [name = '', container] = [...path].reverse();
  if (kind === 'ROLE') session.role = name;
  else if (kind === 'WAREHOUSE') {
    if (!catalog.warehouses.has(name)) throw missingForCommand();
    session.warehouse = name;
  } else if (kind === 'SCHEMA' || container !== undefined) {
    const database = container ?? session.database ?? '';
    catalog.schema(database, name);
    session.database = database;
    session.schema = name;
  } else if (kind === 'DATABASE') {
    const database = catalog.databases.get(name);
    if (!database) throw missingForCommand();
    session.database = name;
    session.schema = database.schemas.has('PUBLIC') ? 'PUBLIC' : undefined;
  }
  return status('Statement executed successfully.', typeIds.control);
};
