import { engineName, type Source } from '../sql/names.ts';
import { anyText, wholeNumber } from '../sql/types.ts';
import type { Run } from './account.ts';
import { valuesQuery } from './result-scan.ts';

/** What each statement is said to have read: nothing here measures it. */
export const bytesOfStatement = 1024;

/** `information_schema.query_history_by_session(…)`: the statements of this session that have ended. */
export function queryHistory({ session }: Run): Source {
  return {
    kind: 'query',
    key: engineName('q:history'),
    columns: [
      { name: 'QUERY_ID', type: anyText },
      { name: 'BYTES_SCANNED', type: wholeNumber },
    ],
    sql: valuesQuery(
      [anyText, wholeNumber],
      session.queries.filter((id) => session.outcomes.has(id)).map((id) => [id, String(bytesOfStatement)]),
    ),
  };
}
