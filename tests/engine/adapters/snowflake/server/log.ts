/** How a statement ended, as seen by the server; `running` until then. */
export type LoggedOutcome =
  | { readonly kind: 'running' }
  | { readonly kind: 'success'; readonly rows: number }
  | { readonly kind: 'error'; readonly code: string; readonly sqlState: string; readonly message: string };

/** One statement that reached the engine; a request that was only sent again is not another one. */
export interface LoggedStatement {
  readonly session: number;
  readonly queryId: string;
  readonly requestId: string;
  /** Without the comment behind it. */
  readonly sql: string;
  readonly comment: string | undefined;
  /** What the request set for this statement, such as QUERY_TAG. */
  readonly parameters: Readonly<Record<string, string>>;
  /** QUERY_TAG of the statement, or of its session. */
  readonly tag: string;
  readonly role: string;
  readonly warehouse: string | undefined;
  /** The transaction that was open when it began. */
  readonly transaction: string | undefined;
  readonly began: Date;
  ended: Date | undefined;
  outcome: LoggedOutcome;
}

/** One HTTP request, with what was answered. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly session: number | undefined;
  readonly at: Date;
}

/** What the server saw, in order. */
export interface ServerLog {
  readonly statements: LoggedStatement[];
  readonly requests: LoggedRequest[];
  /** Statements of one session, or of all, in order. */
  readonly sql: (session?: number) => string[];
  readonly sessions: () => number[];
  /** Told of every statement when it has ended, before it is answered; undefined: nobody is. */
  watch: ((statement: LoggedStatement) => Promise<void>) | undefined;
  readonly clear: () => void;
}

export function newLog(): ServerLog {
  const statements: LoggedStatement[] = [];
  const requests: LoggedRequest[] = [];
  return {
    statements,
    requests,
    sql: (session) =>
      statements.filter((statement) => session === undefined || statement.session === session).map(({ sql }) => sql),
    sessions: () => [...new Set(statements.map(({ session }) => session))],
    watch: undefined,
    clear: () => {
      statements.length = 0;
      requests.length = 0;
    },
  };
}
