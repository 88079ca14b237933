import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '../engine/account.ts';
import { endTransaction } from '../engine/execute.ts';
import type { Outcome } from '../engine/session.ts';
import { SqlError, unsupported } from '../errors.ts';
import { Cursor } from '../sql/cursor.ts';
import { isGroup, nest } from '../sql/nodes.ts';
import { splitStatements, type Token, tokenize } from '../sql/tokens.ts';
import { alter } from './alter.ts';
import { comment } from './comment.ts';
import { copyInto } from './copy-into.ts';
import { create } from './create.ts';
import { deleteRows } from './delete.ts';
import { describe } from './describe.ts';
import { drop } from './drop.ts';
import { grant, revoke } from './grant.ts';
import { insert } from './insert.ts';
import { listFiles } from './list-files.ts';
import { merge } from './merge.ts';
import { runQuery } from './select.ts';
import { alterSession, setVariable, unsetVariable } from './session.ts';
import { show } from './show.ts';
import { refuse, type Statement } from './statement.ts';
import { begin, commit, rollback } from './transaction.ts';
import { truncate } from './truncate.ts';
import { update } from './update.ts';
import { use } from './use.ts';

/** A statement by its first words; `defines` commits what is open before it, as every DDL does. */
interface Kind {
  readonly words: readonly string[];
  readonly run: Statement;
  readonly defines?: true;
}

const kinds: readonly Kind[] = [
  { words: ['ALTER', 'SESSION'], run: alterSession },
  { words: ['ALTER'], run: alter, defines: true },
  { words: ['BEGIN'], run: begin },
  { words: ['START', 'TRANSACTION'], run: begin },
  { words: ['COMMENT'], run: comment, defines: true },
  { words: ['COMMIT'], run: commit },
  { words: ['COPY', 'INTO'], run: copyInto },
  { words: ['CREATE'], run: create, defines: true },
  { words: ['DELETE'], run: deleteRows },
  { words: ['DESC'], run: describe },
  { words: ['DESCRIBE'], run: describe },
  { words: ['DROP'], run: drop, defines: true },
  { words: ['GRANT'], run: grant, defines: true },
  { words: ['INSERT'], run: insert },
  { words: ['LIST'], run: listFiles },
  { words: ['LS'], run: listFiles },
  { words: ['MERGE'], run: merge },
  { words: ['REVOKE'], run: revoke, defines: true },
  { words: ['ROLLBACK'], run: rollback },
  { words: ['SET'], run: setVariable },
  { words: ['SHOW'], run: show },
  { words: ['TRUNCATE'], run: truncate, defines: true },
  { words: ['UNSET'], run: unsetVariable },
  { words: ['UPDATE'], run: update },
  { words: ['USE'], run: use },
];

/** Statements that Snowflake has and this server has not. */
const otherVerbs = new Set('COPY DECLARE EXECUTE EXPLAIN FETCH GET PUT REMOVE RM UNDROP'.split(' '));

const queries = new Set(['SELECT', 'WITH', 'VALUES', 'CALL']);

/** Runs what was sent; more than one statement at once is refused, as by an account. */
export async function runStatement(sent: Run, describeOnly: boolean): Promise<Outcome> {
  const all = tokenize(sent.sql);
  const statements = splitStatements(all);
  // What stands behind a semicolon is no part of a view's text.
  const end = all.find(({ text }) => text === ';')?.start;
  const run: Run = { ...sent, sql: sent.sql.slice(0, end) };
  const [tokens] = statements;
  if (!tokens) throw new SqlError('000900', '42601', 'SQL compilation error:\nEmpty SQL statement.');
  if (statements.length > 1) throw wrongCount(statements.length, Number(run.parameter('MULTI_STATEMENT_COUNT')));
  await waitAsTold(tokens, run.signal);
  const cursor = new Cursor(nest(tokens));
  if (cursor.seesAny(queries) || isGroup(cursor.peek())) return runQuery(run, cursor, describeOnly);
  const kind = kinds.find(({ words }) => cursor.sees(...words));
  if (!kind && cursor.seesAny(otherVerbs)) return refuse(cursor, 2);
  if (!kind) throw cursor.unexpected();
  if (describeOnly) throw unsupported(`describeOnly of ${kind.words.join(' ')}`);
  cursor.offset = kind.words.length;
  if (kind.defines) await endTransaction(run.account, run.session, 'COMMIT');
  return kind.run(run, cursor);
}

function wrongCount(actual: number, desired: number): SqlError {
  if (desired !== 1) return unsupported(`MULTI_STATEMENT_COUNT ${desired}`);
  return new SqlError(
    '000008',
    '0A000',
    `Actual statement count ${actual} did not match the desired statement count ${desired}.`,
  );
}

/** `system$wait(seconds)` anywhere in a statement holds it for so long; fractions are allowed. */
async function waitAsTold(tokens: readonly Token[], signal: AbortSignal): Promise<void> {
  const at = tokens.findIndex((token) => token.value === 'SYSTEM$WAIT');
  if (at < 0) return;
  await sleep(Number(tokens[at + 2]?.text) * 1000, undefined, { signal }).catch(() => signal.throwIfAborted());
}
