/** Something that is wrong, or suspicious, in a SQL text. */
export interface SqlDiagnostic {
  /** Stable slug `sql/what`, documented in docs/reference/errors.md. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** UTF-16 offsets into the text, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  /** Of `start`, counted from 1. */
  readonly line: number;
  /** Of `start`, in UTF-16 units, counted from 1. */
  readonly column: number;
  readonly hint?: string;
}
