import { type Rendering, type Session, StatementError, TableValue } from '../../core/index.ts';
import { TemplateError } from '../../jinja/index.ts';
import { ResponseValue } from './response.ts';

/** The warehouse, for a function that cannot do without. */
export function sessionOf(rendering: Rendering, what: string): Session {
  const { others } = rendering.environment.flags;
  if (rendering.phase === 'compile' && others.introspect === false) {
    const owner = rendering.node ? ` of '${rendering.node.name}'` : '';
    throw new TemplateError(
      `${what} needs the warehouse, but --no-introspect forbids the compilation${owner} to ask it`,
    );
  }
  if (rendering.session) return rendering.session;
  throw new TemplateError(`${what} needs the warehouse, but this command does not connect to it`);
}

export interface Ran {
  readonly response: ResponseValue;
  readonly table: TableValue | undefined;
}

/** Runs a statement; what the warehouse says against it becomes the template's error. */
export async function runStatement(rendering: Rendering, sql: string, fetch: boolean, what: string): Promise<Ran> {
  const session = sessionOf(rendering, what);
  try {
    if (fetch) {
      const table = TableValue.of(await session.query(sql)).printingTo((text) => rendering.log(text, 'stdout'));
      return { response: new ResponseValue('OK', 'OK', table.rows.length), table };
    }
    const { rowsAffected } = await session.execute(sql);
    return { response: new ResponseValue('OK', 'OK', rowsAffected), table: undefined };
  } catch (failure) {
    throw asTemplateError(failure, sql);
  }
}

/** Runs statements one after the other. */
export async function runAll(rendering: Rendering, statements: readonly string[], what: string): Promise<string> {
  for (const sql of statements) await runStatement(rendering, sql, false, what);
  return '';
}

/** Keeps what a person needs to see: the warehouse's sentence and the statement. */
export function asTemplateError(failure: unknown, sql: string): unknown {
  if (!(failure instanceof StatementError) || failure.cancelled) return failure;
  return new TemplateError(`${failure.message}\nin the statement:\n${sql.trim()}`, 'HostError', { cause: failure });
}
