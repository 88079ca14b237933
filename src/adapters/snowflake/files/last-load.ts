import {
  type Cell,
  type Diagnostic,
  type LastLoad,
  type Session,
  type SourceFiles,
  warning,
} from '../../../core/index.ts';
import { literal, renderRelation, storedName } from '../naming.ts';
import { fileSettings } from './file-settings.ts';

type Asked = Pick<SourceFiles, 'sourceId' | 'table' | 'settings'> & { readonly location: string | undefined };
type Sender = Pick<Session, 'query'>;

/**
 * When something last came into a source: by its pipe, else by the history of what was copied into it, of which Snowflake
 * keeps 14 days; else when the table was changed, which changes of its definition count for, too.
 */
export async function lastLoad(source: Asked, by: Sender): Promise<LastLoad> {
  const { pipe } = fileSettings(source);
  const byFiles = pipe ? await ofPipe(source, pipe, by) : source.location && (await ofCopies(source, by));
  if (byFiles && byFiles.loadedAt !== null) return byFiles;
  const altered = await ofTable(source, by);
  return byFiles ? { ...altered, problems: byFiles.problems } : altered;
}

const now = "convert_timezone('UTC', current_timestamp())";

/** What `system$pipe_status` says, as far as it is looked at. */
interface PipeStatus {
  readonly executionState?: string;
  readonly lastIngestedTimestamp?: string;
  readonly error?: string;
  readonly fault?: string;
}

async function ofPipe({ sourceId }: Asked, pipe: string, by: Sender): Promise<LastLoad> {
  const { rows } = await by.query(`select system$pipe_status(${literal(pipe)}), ${now}`);
  const [status, taken] = rows[0] ?? [];
  const {
    executionState = 'UNKNOWN',
    lastIngestedTimestamp: last,
    error,
    fault,
  } = JSON.parse(String(status)) as PipeStatus;
  const reason = error ?? fault;
  const isWell = executionState === 'RUNNING' && reason === undefined;
  return {
    loadedAt: last === undefined ? null : isoTime(new Date(last).toISOString()),
    takenAt: isoTime(taken),
    problems: isWell ? [] : [pipeProblem(sourceId, pipe, executionState, reason)],
  };
}

const pipeProblem = (sourceId: string, pipe: string, state: string, reason: string | undefined): Diagnostic =>
  warning('snowflake/pipe', `The pipe ${pipe} of ${sourceId} is ${state}${reason === undefined ? '' : `: ${reason}`}`, {
    hint: state === 'PAUSED' ? `To let it go on: alter pipe ${pipe} set pipe_execution_paused = false` : undefined,
  });

async function ofCopies({ sourceId, table }: Asked, by: Sender): Promise<LastLoad> {
  const name = (['database', 'schema', 'identifier'] as const).map((part) => {
    const stored = storedName(table, part);
    return /^[A-Z_][A-Z0-9_$]*$/.test(stored) ? stored : `"${stored.replaceAll('"', '""')}"`;
  });
  const place = renderRelation({ ...table, schema: null, identifier: null });
  const { rows } = await by.query(
    [
      "select convert_timezone('UTC', max(case when status <> 'Load failed' then last_load_time end)),",
      "  count(case when status = 'Load failed' then 1 end),",
      "  max(case when status = 'Load failed' then file_name || ': ' || first_error_message end),",
      `  ${now}`,
      `from table(${place}.information_schema.copy_history(`,
      `  table_name => ${literal(name.join('.'))}, start_time => dateadd(day, -13, current_timestamp())))`,
    ].join('\n'),
  );
  const [loaded, failed, example, taken] = rows[0] ?? [];
  return {
    loadedAt: loaded === null || loaded === undefined ? null : isoTime(loaded),
    takenAt: isoTime(taken),
    problems:
      Number(failed) === 0
        ? []
        : [
            warning(
              'snowflake/file-errors',
              `${failed} files could not be loaded for ${sourceId}, for example ${example}`,
            ),
          ],
  };
}

async function ofTable({ table }: Asked, by: Sender): Promise<LastLoad> {
  const place = renderRelation({ ...table, schema: null, identifier: null });
  const { rows } = await by.query(
    [
      `select (select convert_timezone('UTC', max(last_altered))`,
      `  from ${place}.information_schema.tables`,
      `  where table_schema = ${literal(storedName(table, 'schema'))} and table_name = ${literal(storedName(table, 'identifier'))}),`,
      `  ${now}`,
    ].join('\n'),
  );
  const [altered, taken] = rows[0] ?? [];
  const isKnown = altered !== null && altered !== undefined;
  return { loadedAt: isKnown ? isoTime(altered) : null, takenAt: isoTime(taken), problems: [] };
}

/** A timestamp in UTC, with microseconds. */
function isoTime(cell: Cell | undefined): string {
  const [, moment = '', fraction = ''] = /^(.{19})(?:\.(\d+))?/.exec(String(cell).replace(' ', 'T')) ?? [];
  return `${moment}.${fraction.slice(0, 6).padEnd(6, '0')}Z`;
}
