/** Where in a statement something stands; both counted as Snowflake reports them (line from 1, position from 0). */
export interface Place {
  readonly line: number;
  readonly position: number;
}

/** An error as the wire carries it: HTTP 200, `success: false`, a code, a SQLSTATE and, when known, a place. */
export class SqlError extends Error {
  readonly code: string;
  readonly sqlState: string;
  readonly place: Place | undefined;

  constructor(code: string, sqlState: string, message: string, place?: Place) {
    super(message);
    this.name = 'SqlError';
    this.code = code;
    this.sqlState = sqlState;
    this.place = place;
  }
}

/** What this server does not imitate is refused by its name: a wrong answer would be worse than none. */
export const unsupported = (feature: string): SqlError =>
  new SqlError('000002', '0A000', `Unsupported feature '${feature}'.`);

export const syntaxError = (place: Place, unexpected: string): SqlError =>
  new SqlError(
    '001003',
    '42000',
    `SQL compilation error:\nsyntax error line ${place.line} at position ${place.position} unexpected '${unexpected}'.`,
    place,
  );

/** An object of a statement that reads or changes it (`002003`). */
export const missingObject = (kind: string, name: string): SqlError =>
  new SqlError('002003', '42S02', `SQL compilation error:\n${kind} '${name}' does not exist or not authorized.`);

/** An object that a `use`, `show` or `describe` names (`002043`). */
export const missingForCommand = (): SqlError =>
  new SqlError('002043', '02000', 'SQL compilation error:\nObject does not exist, or operation cannot be performed.');

export const alreadyExists = (name: string): SqlError =>
  new SqlError('002002', '42710', `SQL compilation error:\nObject '${name}' already exists.`);

export const cancelled = (): SqlError => new SqlError('000604', '57014', 'SQL execution canceled');

export const timedOut = (seconds: number): SqlError =>
  new SqlError(
    '000630',
    '57014',
    `Statement reached its statement or warehouse timeout of ${seconds} second(s) and was canceled.`,
  );
