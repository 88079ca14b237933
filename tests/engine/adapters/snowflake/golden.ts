import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeCsv, loadCsv } from '../../../../src/adapters/snowflake/csv.ts';
import snowflake from '../../../../src/adapters/snowflake/index.ts';
import {
  type Column,
  type Grant,
  type Json,
  type MaterializationContext,
  type Relation,
  type RelationType,
  type Session,
  type StagingRun,
  stagedRelation,
} from '../../../../src/core/index.ts';
import { type Build, contextOf } from '../../materializations/harness.ts';

/** What a materialization is given to write its statements for. */
export interface GoldenCase {
  /** `incremental/merge/two-keys`: where the expected statements stand. */
  readonly path: string;
  readonly build: Build;
  /** What stands under the node's name. */
  readonly existing?: RelationType | undefined;
  readonly tableColumns?: readonly Column[];
  readonly queryColumns?: readonly Column[];
  readonly grants?: readonly Grant[];
  readonly settings?: Readonly<Record<string, Json>>;
  readonly context?: Partial<MaterializationContext>;
}

export const target: Relation = { database: 'shop', schema: 'gold', identifier: 'orders' };

const folder = join(dirname(fileURLToPath(import.meta.url)), 'golden');

/** What the file of a case holds; written anew with `UPDATE_GOLDEN=1`. */
export function expectedText(path: string, actual: string): string {
  const file = join(folder, `${path}.sql`);
  if (process.env.UPDATE_GOLDEN) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, actual);
  }
  return readFileSync(file, 'utf8');
}

/** The statements of a case, and what was looked up between them as comments. */
export async function goldenText(
  { build, existing, context = {}, ...facts }: GoldenCase,
  act: (context: MaterializationContext) => Promise<unknown>,
): Promise<{ readonly text: string; readonly statements: readonly string[] }> {
  const sent: string[] = [];
  const { session, lookedUp } = recordingSession(facts, sent);
  const bench = { session, existing: async () => undefined } as unknown as Parameters<typeof contextOf>[0];
  const made = await contextOf(bench, { ...build, name: 'orders' }, sent);
  await act({
    ...made,
    adapter: snowflake,
    target,
    existing: existing && { ...target, type: existing },
    ...context,
  });
  const statements = sent.filter((sql) => !lookedUp.has(sql));
  return {
    statements,
    text: `${sent.map((sql) => (lookedUp.has(sql) ? `-- ${sql}` : `${sql.replace(/;$/, '')};`)).join('\n\n')}\n`,
  };
}

function recordingSession({ tableColumns, queryColumns, grants, settings }: Partial<GoldenCase>, sent: string[]) {
  const lookedUp = new Set<string>();
  const look = <T>(what: string, found: T): Promise<T> => {
    lookedUp.add(what);
    sent.push(what);
    return Promise.resolve(found);
  };
  const columns = tableColumns ?? [
    { name: 'ID', type: 'NUMBER(38,0)' },
    { name: 'STATUS', type: 'VARCHAR(16777216)' },
    { name: 'ORDERED_AT', type: 'TIMESTAMP_NTZ(9)' },
  ];
  const execute: Session['execute'] = async (sql) => {
    if (sent.at(-1) !== sql) sent.push(sql);
    return { rowsAffected: 1, message: 'SUCCESS 1' };
  };
  const session: Session = {
    execute,
    query: (sql) => look(`asked: ${oneLine(sql)}`, { columns: [], rows: [] }),
    listRelations: async () => [],
    columnsOf: (relation) => {
      if (relation.expression !== undefined)
        return look('columns of the query, without running it', queryColumns ?? columns);
      const isTarget = relation.identifier === target.identifier;
      const found = isTarget ? columns : (queryColumns ?? columns);
      return look(`describe table ${snowflake.statements.renderRelation(relation)}`, found);
    },
    describeSchema: async () => [],
    describeQuery: () => look('columns of the query, without running it', queryColumns ?? columns),
    grantsOn: (relation) => look(`show grants on ${snowflake.statements.renderRelation(relation)}`, grants ?? []),
    settingsOf: ({ type }) =>
      look(`show ${type === 'dynamic_table' ? 'dynamic tables' : 'materialized views'} like …`, settings),
    describeCsv,
    loadCsv: (request) => loadCsv(request, execute),
    close: async () => undefined,
  };
  return { session, lookedUp };
}

const oneLine = (sql: string): string => sql.replace(/\s+/g, ' ');

/** As in the environment that the materializations get. */
export const goldenRun: StagingRun = {
  invocationId: '00000000-0000-0000-0000-000000000000',
  startedAt: new Date('2024-03-10T12:34:56Z'),
};

/** The staged rows of an incremental model, its new table, or a view of its query. */
export const staged = (content: 'rows' | 'table' | 'query', part?: string) => {
  const relation = stagedRelation(target, content === 'query' ? 'view' : 'table', goldenRun, part);
  return { content, relation, preview: relation, rowsAffected: 3 } as const;
};
