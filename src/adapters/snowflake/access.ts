import { type Diagnostic, error, type Session, StatementError, type Table, warning } from '../../core/index.ts';
import { cellsByName } from './list-relations.ts';
import { renderRelation } from './naming.ts';

/** What stands in the way of a role that shall build in a schema, as far as it can be seen without building anything. */
export async function accessProblems(
  { query, schemaExists }: Required<Pick<Session, 'query' | 'schemaExists'>>,
  database: string | null,
  schema: string,
): Promise<readonly Diagnostic[]> {
  const [row = []] = (await query('select current_role(), current_warehouse()')).rows;
  const [role, warehouse] = row.map((cell) => (cell === null ? undefined : String(cell)));
  const problems: Diagnostic[] = [];
  if (warehouse === undefined) {
    problems.push(
      error(
        'snowflake/no-warehouse',
        `No warehouse is in use: the role ${role} has none, or may not use that of the target`,
        {
          hint: "Set 'warehouse' in the target, and grant its usage to the role.",
        },
      ),
    );
  }
  const place = renderRelation({ database, schema: null, identifier: null });
  const exists = await schemaExists(database, schema).catch(unlessRefused);
  if (exists === undefined) {
    const hint = "Look at 'database' and 'role' of the target.";
    return [
      ...problems,
      error('snowflake/no-database', `There is no database ${place} that the role ${role} may use`, { hint }),
    ];
  }
  const on = exists ? `schema ${renderRelation({ database, schema, identifier: null })}` : `database ${place}`;
  const needed = exists ? ['CREATE TABLE', 'CREATE VIEW'] : ['CREATE SCHEMA'];
  const grants = await query(`show grants on ${on}`).catch(unlessRefused);
  const missing = grants && role !== undefined ? missingPrivileges(grants, role, needed) : [];
  return [
    ...problems,
    ...missing.map((privilege) =>
      warning('snowflake/privilege', `The role ${role} has no ${privilege} on the ${on} of its own`, {
        hint: 'It may have it through another role; if not, nothing can be built there.',
      }),
    ),
  ];
}

function missingPrivileges(grants: Table, role: string, needed: readonly string[]): readonly string[] {
  const read = cellsByName(grants);
  const own = new Set(
    grants.rows.filter((row) => read(row, 'grantee_name') === role).map((row) => read(row, 'privilege')),
  );
  if (grants.rows.length === 0 || own.has('OWNERSHIP') || own.has('ALL')) return [];
  return needed.filter((privilege) => !own.has(privilege));
}

function unlessRefused(failure: unknown): undefined {
  if (failure instanceof StatementError && !failure.cancelled) return undefined;
  throw failure;
}
