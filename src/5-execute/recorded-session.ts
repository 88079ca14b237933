import type { Session } from '../core/index.ts';
import type { StepContext } from './context.ts';
import { executeRecorded, queryRecorded } from './execute-recorded.ts';

/** A session whose statements are recorded with the step: what a macro sends should be seen like all else. */
export function recordedSession(nodeId: string, context: StepContext): Session {
  const { session } = context;
  return {
    execute: (sql) => executeRecorded(sql, nodeId, context),
    query: (sql) => queryRecorded(sql, nodeId, context),
    listRelations: (database, schema, quote) => session.listRelations(database, schema, quote),
    schemaExists: session.schemaExists?.bind(session),
    columnsOf: (relation) => session.columnsOf(relation),
    describeQuery: (sql) => session.describeQuery(sql),
    grantsOn: session.grantsOn?.bind(session),
    settingsOf: session.settingsOf?.bind(session),
    references: session.references,
    describeCsv: session.describeCsv?.bind(session),
    loadCsv: session.loadCsv?.bind(session),
    close: () => session.close(),
  } as Session;
}
