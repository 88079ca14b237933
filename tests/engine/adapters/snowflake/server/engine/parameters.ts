/** Session parameters and their values when nobody set them; `parameters` of an answer holds those the driver reads. */
export const defaultParameters: Readonly<Record<string, string>> = {
  ABORT_DETACHED_QUERY: 'false',
  AUTOCOMMIT: 'true',
  BINARY_OUTPUT_FORMAT: 'HEX',
  CLIENT_SESSION_KEEP_ALIVE: 'false',
  CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY: '3600',
  DATE_INPUT_FORMAT: 'AUTO',
  DATE_OUTPUT_FORMAT: 'YYYY-MM-DD',
  ERROR_ON_NONDETERMINISTIC_MERGE: 'true',
  ERROR_ON_NONDETERMINISTIC_UPDATE: 'false',
  LOCK_TIMEOUT: '43200',
  MULTI_STATEMENT_COUNT: '1',
  QUERY_TAG: '',
  QUOTED_IDENTIFIERS_IGNORE_CASE: 'false',
  ROWS_PER_RESULTSET: '0',
  STATEMENT_QUEUED_TIMEOUT_IN_SECONDS: '0',
  STATEMENT_TIMEOUT_IN_SECONDS: '172800',
  STRICT_JSON_OUTPUT: 'false',
  TIMESTAMP_INPUT_FORMAT: 'AUTO',
  TIMESTAMP_LTZ_OUTPUT_FORMAT: '',
  TIMESTAMP_NTZ_OUTPUT_FORMAT: 'YYYY-MM-DD HH24:MI:SS.FF3',
  TIMESTAMP_OUTPUT_FORMAT: 'YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM',
  TIMESTAMP_TYPE_MAPPING: 'TIMESTAMP_NTZ',
  TIMESTAMP_TZ_OUTPUT_FORMAT: '',
  TIMEZONE: 'America/Los_Angeles',
  TIME_INPUT_FORMAT: 'AUTO',
  TIME_OUTPUT_FORMAT: 'HH24:MI:SS',
  TRANSACTION_ABORT_ON_ERROR: 'false',
  TRANSACTION_DEFAULT_ISOLATION_LEVEL: 'READ COMMITTED',
  USE_CACHED_RESULT: 'true',
  WEEK_OF_YEAR_POLICY: '0',
  WEEK_START: '0',
};

/** Parameters whose other values would change answers in a way that this server does not imitate. */
export const fixedParameters: ReadonlySet<string> = new Set([
  'MULTI_STATEMENT_COUNT',
  'QUOTED_IDENTIFIERS_IGNORE_CASE',
  'TIMESTAMP_NTZ_OUTPUT_FORMAT',
  'TIMESTAMP_OUTPUT_FORMAT',
  'TIMESTAMP_TYPE_MAPPING',
  'TRANSACTION_ABORT_ON_ERROR',
  'WEEK_OF_YEAR_POLICY',
  'WEEK_START',
]);

const booleans = /^(true|false)$/i;

/** The list as an answer carries it. */
export const wireParameters = (
  values: ReadonlyMap<string, string>,
): { name: string; value: string | number | boolean }[] =>
  [...values].map(([name, value]) => ({ name, value: typed(value) }));

function typed(value: string): string | number | boolean {
  if (booleans.test(value)) return value.toLowerCase() === 'true';
  return /^\d+$/.test(value) ? Number(value) : value;
}
