import { loadsOf } from '../files/load-history.ts';
import { engineName, type Source } from '../sql/names.ts';
import { anyText, type SqlType, wholeNumber } from '../sql/types.ts';
import type { Run } from './account.ts';
import { completeName, requireObject } from './resolve.ts';
import { valuesQuery } from './result-scan.ts';

const moment: SqlType = { name: 'TIMESTAMP_LTZ', precision: 0, scale: 3 };
const columns: readonly (readonly [name: string, type: SqlType])[] = [
  ['FILE_NAME', anyText],
  ['LAST_LOAD_TIME', moment],
  ['ROW_COUNT', wholeNumber],
  ['ROW_PARSED', wholeNumber],
  ['ERROR_COUNT', wholeNumber],
  ['FIRST_ERROR_MESSAGE', anyText],
  ['STATUS', anyText],
  ['TABLE_NAME', anyText],
];

const words = { LOADED: 'Loaded', PARTIALLY_LOADED: 'Partially loaded', LOAD_FAILED: 'Load failed' } as const;

/** `information_schema.copy_history(table_name => '…', start_time => …)`: what was loaded into a table. */
export function copyHistory(run: Run, written: string): Source {
  const path = written.split('.').map((part) => (part.startsWith('"') ? part.slice(1, -1) : part.toUpperCase()));
  const object = requireObject(run, completeNamed(run, path), run.session, 'Table');
  const loads = object.kind === 'TABLE' ? loadsOf(object) : [];
  return {
    kind: 'query',
    key: engineName(`h:${path.join('.')}`),
    columns: columns.map(([name, type]) => ({ name, type })),
    sql: valuesQuery(
      columns.map(([, type]) => type),
      loads.map(({ file, at, rows, parsed, errors, firstError, status }) => [
        file,
        (at.getTime() / 1000).toFixed(3),
        String(rows),
        String(parsed),
        String(errors),
        firstError,
        words[status],
        object.name,
      ]),
    ),
  };
}

function completeNamed(run: Run, path: readonly string[]): string[] {
  const { database, schema, name } = completeName(path, run.session);
  return [database, schema, name];
}
