import { StatementError } from '../../core/index.ts';

/** What the driver throws or hands over, as far as it can be relied on. */
export interface DriverError {
  readonly code?: string | number | undefined;
  readonly message?: string | undefined;
  readonly data?:
    | {
        readonly queryId?: string | undefined;
        readonly line?: number | undefined;
        readonly pos?: number | undefined;
        readonly errorCode?: string | undefined;
      }
    | undefined;
}

/**
 * What can be done about a failure:
 * - `session`: the login is not valid any more; nothing was run.
 * - `network`: nobody knows whether the statement was run.
 * - `lock`: others were in the way; the transaction can be run again.
 * - `incident`: the server has failed by itself.
 * - `cancelled`: somebody stopped it, or its time was up.
 * - `refused`: trying again would end in the same way.
 */
export type FailureClass = 'session' | 'network' | 'lock' | 'incident' | 'cancelled' | 'refused';

const classes: ReadonlyMap<string, FailureClass> = new Map([
  ...[
    ...['390104', '390110', '390111', '390112', '390114', '390115', '390195'],
    ...['401004', '407001', '407002', '250002'],
  ].map((code) => [code, 'session'] as const),
  ...['401001', '401002', '401003', '402001', '402002'].map((code) => [code, 'network'] as const),
  ['000625', 'lock'],
  ['000603', 'incident'],
  ['000604', 'cancelled'],
]);

export function codeOf({ code, data }: DriverError): string {
  const written = String(data?.errorCode ?? code ?? '');
  return /^\d{1,5}$/.test(written) ? written.padStart(6, '0') : written;
}

export function classOf(failure: DriverError): FailureClass {
  const known = classes.get(codeOf(failure));
  if (known !== undefined) return known;
  // These have no code of their own that is documented.
  return /deadlock|lock.*(?:timed? ?out|aborted)|aborted because.*waiters/i.test(failure.message ?? '')
    ? 'lock'
    : 'refused';
}

/** Makes a `StatementError` of a failure of the statement that begins at `start` of `text`. */
export function statementError(
  text: string,
  start: number,
  failure: DriverError,
  { cancelled = false, mayPass = false, lostTask = false, tell = (message: string): string => message } = {},
): StatementError {
  const code = codeOf(failure);
  const kind = classOf(failure);
  return new StatementError(cancelled ? 'Cancelled' : tell(messageOf(failure, code)), {
    sql: text,
    offset: offsetOf(text, start, failure),
    cancelled,
    vendorCode: code || undefined,
    mayPass: mayPass || kind === 'lock',
    lostTask,
    missingTable: missingTable(failure, code),
    missingColumn: missingColumn(failure, code),
  });
}

function messageOf(failure: DriverError, code: string): string {
  const message = withoutPlace(failure.message ?? 'Snowflake has refused the statement').trim();
  const queryId = failure.data?.queryId;
  const marks = [code, queryId ? `query ${queryId}` : ''].filter(Boolean).join(', ');
  const advice = advices.get(code);
  return `${message}${marks ? ` (${marks})` : ''}${advice ? `\n${advice}` : ''}`;
}

/** Snowflake tells who may not see a table the same as it tells who asks for one that is not there. */
function missingTable({ message = '' }: DriverError, code: string): string | undefined {
  if (code !== '002003') return undefined;
  const [, name] = /(?:Object|Table|View) '(?:[^'\n]*\.)?([^'.\n]+)' does not exist/.exec(message) ?? [];
  return name?.replace(/^"(.*)"$/, '$1');
}

function missingColumn({ message = '' }: DriverError, code: string): string | undefined {
  if (code !== '000904') return undefined;
  const [, name] = /invalid identifier '(?:[^'\n]*\.)?([^'.\n]+)'/.exec(message) ?? [];
  return name?.replace(/^"(.*)"$/, '$1');
}

/** The place is told with the template's lines, not with those of the statement. */
const withoutPlace = (message: string): string =>
  message
    .replace(/^SQL compilation error:\s*(?:error line \d+ at position \d+\s*)?/, 'SQL compilation error: ')
    .replace(/\berror line \d+ at position \d+\s*/, '');

const advices: ReadonlyMap<string, string> = new Map([
  ['000606', "No warehouse is chosen: set 'warehouse' in the target, or a default for the user."],
  ['090073', 'The resource monitor of the warehouse has used up its credits.'],
  ['000630', "The statement has run out of time: 'statement_timeout' of the target, or the warehouse's own setting."],
  [
    '100090',
    'Several new rows have the same key, so that nobody knows which one counts. Make unique_key unique in the query.',
  ],
  ['000625', 'Too many statements wait for the same table.'],
]);

/** Snowflake counts lines from 1 and places in them from 0. */
function offsetOf(text: string, start: number, { data, message }: DriverError): number | undefined {
  const told = /error line (\d+) at position (\d+)/.exec(message ?? '');
  const line = positive(data?.line) ?? (told ? Number(told[1]) : undefined);
  const position = positive(data?.line) === undefined ? Number(told?.[2] ?? 0) : Number(data?.pos ?? 0);
  if (line === undefined) return undefined;
  let at = start;
  for (let passed = 1; passed < line; passed += 1) {
    const next = text.indexOf('\n', at);
    if (next < 0) return undefined;
    at = next + 1;
  }
  return Math.min(at + Math.max(0, position), text.length);
}

const positive = (value: number | undefined): number | undefined =>
  typeof value === 'number' && value > 0 ? value : undefined;

/**
 * Data that Snowflake quotes in a message is for those who may see the table, not for logs: whole rows and keys never
 * get through, single values unless they are to be taken out as well.
 */
export function withoutValues(message: string, { single }: { readonly single: boolean }): string {
  const withoutRows = message
    .replace(/Row Values: \[[\s\S]*?\](?=\s|$|\))/g, 'Row Values: [redacted]')
    .replace(/Duplicate field key '[\s\S]*?'/g, "Duplicate field key '[redacted]'");
  return single
    ? withoutRows.replace(
        /\b((?:Numeric|Boolean|Date|Time|Timestamp|String) (?:value )?)'(?:[^']|'')*'/g,
        "$1'[redacted]'",
      )
    : withoutRows;
}
