import { didYouMean, StatementError } from '../../core/index.ts';

/** What DuckDB says about a failure, taken apart. */
export interface VendorError {
  /** `Catalog Error: Table with name x does not exist!`, as DuckDB's own shell prints it, without the source frame. */
  readonly message: string;
  /** `Catalog`, `Parser`, `IO`… */
  readonly kind: string | undefined;
  /** Offset in bytes of the UTF-8 text. */
  readonly position: number | undefined;
  /** The thing that is missing, where something is. */
  readonly name: string | undefined;
  /** The table among such things, without its schema. */
  readonly missingTable: string | undefined;
  /** The column among such things, without its table. */
  readonly missingColumn: string | undefined;
}

/**
 * Reads an error's text. With `errors_as_json` (which every instance is opened with) DuckDB tells the position as data;
 * what was raised before that setting counted, or by an extension, may still be plain text with a `LINE 3: … ^` frame.
 */
export function readVendorError(text: string): VendorError {
  const json = jsonPart(text);
  if (json) {
    const kind = json.exception_type;
    const said = withoutFarGuess(withoutFrame(json.exception_message ?? text), json);
    return {
      message: `${kind ? `${kind} Error: ` : ''}${said}`,
      kind,
      position: json.position === undefined ? undefined : Number(json.position),
      name: json.name,
      missingTable: json.type === 'Table' ? json.name : tableWithoutSchema(said),
      missingColumn: missingColumn(said),
    };
  }
  const kind = /^([A-Za-z ]+?) Error: /.exec(text)?.[1];
  return {
    message: withoutFrame(text),
    kind,
    position: undefined,
    name: undefined,
    missingTable: undefined,
    missingColumn: undefined,
  };
}

/** Makes a `StatementError` of what the driver threw for `sql`. */
export function statementError(sql: string, thrown: unknown, cancelled: boolean): StatementError {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const read = readVendorError(text);
  const interrupted = read.kind === 'INTERRUPT';
  return new StatementError(interrupted ? 'Cancelled' : withAdvice(read.message), {
    sql,
    offset: offsetOf(sql, text, read),
    cancelled: cancelled && (interrupted || read.kind === undefined),
    vendorCode: read.kind,
    // Another transaction was in the way (a table that both make, say), and this one has done nothing.
    mayPass: read.kind === 'TransactionContext' && /conflict/i.test(read.message),
    missingTable: read.missingTable,
    missingColumn: read.missingColumn,
  });
}

function jsonPart(text: string): Record<string, string> | undefined {
  const start = text.indexOf('{"exception_type"');
  if (start < 0) return undefined;
  try {
    return JSON.parse(text.slice(start)) as Record<string, string>;
  } catch {
    return undefined;
  }
}

const frame = /\n*LINE (\d+): ([^\n]*)\n( *)\^[\s\S]*$/;

function withoutFrame(message: string): string {
  return message.replace(frame, '').trimEnd();
}

/**
 * DuckDB proposes the most similar of all that it has, its own catalog's tables among them, however little that is. One
 * that nobody can have meant only leads astray.
 */
function withoutFarGuess(message: string, { name, candidates }: Record<string, string>): string {
  const guess = /\nDid you mean "[^\n]*"\?$/;
  if (name === undefined || candidates === undefined || !guess.test(message)) return message;
  const names = candidates.split(' or ').map((candidate) => candidate.slice(candidate.lastIndexOf('.') + 1));
  return didYouMean(name, names) === undefined ? message.replace(guess, '') : message;
}

/** Where the schema is missing, too, only the message names the table. */
function tableWithoutSchema(message: string): string | undefined {
  return /^Table with name "(?:[^"\n]*\.)?([^".\n]+)" does not exist because schema/.exec(message)?.[1];
}

/** As DuckDB words it, each clause in its own way. */
const withoutColumn = [
  /^Referenced column "?(.+?)"? not found in FROM clause/,
  /^(?:Table|Values list) ".*" does not have a column named "(.+)"$/m,
  /^Column "(.+)" in (?:EXCLUDE|REPLACE|RENAME) list not found in FROM clause/,
  /^Column "(.+)" does not exist on (?:left|right) side of join/,
  /^Column "(.+)" referenced in UNPIVOT but no matching entry/,
];

function missingColumn(message: string): string | undefined {
  for (const pattern of withoutColumn) {
    const name = pattern.exec(message)?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}

function withAdvice(message: string): string {
  return /No space left on device|Disk quota exceeded|File too large/.test(message)
    ? `${message}\nThere is no room left on the disk. Nothing was changed; free some space and run again.`
    : message;
}

function offsetOf(sql: string, text: string, read: VendorError): number | undefined {
  if (read.position !== undefined) return fromByteOffset(sql, read.position);
  return fromFrame(sql, text) ?? onlyPlaceOf(sql, read.name);
}

/** DuckDB counts bytes, JavaScript counts UTF-16 units. */
function fromByteOffset(sql: string, position: number): number {
  const bytes = Buffer.from(sql, 'utf8').subarray(0, position);
  return Math.min(bytes.toString('utf8').length, sql.length);
}

/** The frame quotes a line, perhaps cut on both sides with `...`, and puts a caret below the place. */
function fromFrame(sql: string, text: string): number | undefined {
  const match = frame.exec(text);
  if (!match) return undefined;
  const lines = sql.split('\n');
  const lineNumber = Number(match[1]);
  const line = lines[lineNumber - 1];
  if (line === undefined) return undefined;
  const quoted = (match[2] ?? '').replace(/\.\.\.$/, '');
  const cut = quoted.startsWith('...') ? 3 : 0;
  const lineStart = lines.slice(0, lineNumber - 1).reduce((sum, before) => sum + before.length + 1, 0);
  const caret = (match[3] ?? '').length - `LINE ${lineNumber}: `.length - cut;
  const shown = Math.max(0, line.indexOf(quoted.slice(cut)));
  return Math.min(lineStart + shown + Math.max(0, caret), sql.length);
}

/** Errors of `insert into` and `alter table` have no position, but they name what is missing. */
function onlyPlaceOf(sql: string, name: string | undefined): number | undefined {
  if (!name) return undefined;
  const first = sql.indexOf(name);
  return first >= 0 && sql.indexOf(name, first + name.length) < 0 ? first : undefined;
}
