/** What goes wrong. */
export type Fault =
  /** An HTTP answer such as 503 or 429; the statement did not run. */
  | { readonly kind: 'http'; readonly status: number }
  /** 390112: the session's token has expired; renewing it helps. */
  | { readonly kind: 'token-expired' }
  /** 390104: the session is gone, with its transaction and temporary tables. */
  | { readonly kind: 'session-gone' }
  /** The connection breaks before the statement runs. */
  | { readonly kind: 'drop-before' }
  /** The statement runs to its end, its commit included; then the connection breaks instead of the answer. */
  | { readonly kind: 'drop-after' }
  /** The answer comes late; the statement ran at once. */
  | { readonly kind: 'slow-answer'; readonly milliseconds: number }
  /** The server answers 333333 as long as this, and the client has to ask again. */
  | { readonly kind: 'held'; readonly milliseconds: number }
  /** The statement takes so long before it begins. */
  | { readonly kind: 'slow-statement'; readonly milliseconds: number }
  /** 000630. */
  | { readonly kind: 'statement-timeout' }
  /** 000625, as after waiting for a lock in vain. */
  | { readonly kind: 'lock-timeout' }
  /** 090073: the resource monitor's quota is used up. */
  | { readonly kind: 'credits-exhausted' }
  /** Any error of a statement. */
  | { readonly kind: 'error'; readonly code: string; readonly sqlState: string; readonly message: string };

/** Which request a fault meets; all that is given has to fit. */
export interface When {
  /** `query` unless given: a fault of another request never meets a statement. */
  readonly request?: 'query' | 'login' | 'renewal' | 'heartbeat' | 'result' | 'cancel' | 'status' | 'chunk';
  /** The how-manieth of the requests that fit otherwise, counted from 1 since the fault was ordered. */
  readonly nth?: number;
  readonly sql?: RegExp;
  readonly session?: number;
  /** Every session but this one. */
  readonly except?: number;
  /** How many times in a row; 1 unless given. A request that is sent again counts again. */
  readonly times?: number;
}

export interface Request {
  readonly request: NonNullable<When['request']>;
  readonly sql?: string;
  readonly session?: number | undefined;
}

/** Faults that are ordered and have not happened yet. */
export interface Faults {
  /** Orders a fault; `met` counts how often it has happened. */
  readonly order: (fault: Fault, when?: When) => { readonly met: number };
  /** The fault that this request meets, which is used up by it. */
  readonly meet: (request: Request) => Fault | undefined;
  readonly clear: () => void;
}

interface Ordered {
  readonly fault: Fault;
  readonly when: When;
  seen: number;
  left: number;
  met: number;
}

export function newFaults(): Faults {
  let ordered: Ordered[] = [];
  return {
    order: (fault, when = {}) => {
      const one = { fault, when, seen: 0, left: when.times ?? 1, met: 0 };
      ordered.push(one);
      return one;
    },
    meet: (request) => {
      const fitting = ordered.filter((one) => fits(one.when, request));
      for (const one of fitting) one.seen += 1;
      const found = fitting.find((one) => one.seen >= (one.when.nth ?? 1) && one.left > 0);
      if (!found) return undefined;
      found.left -= 1;
      found.met += 1;
      ordered = ordered.filter((one) => one.left > 0);
      return found.fault;
    },
    clear: () => {
      ordered = [];
    },
  };
}

const fits = (when: When, request: Request): boolean =>
  (when.request ?? 'query') === request.request &&
  (when.session === undefined || when.session === request.session) &&
  (when.except === undefined || when.except !== request.session) &&
  (when.sql === undefined || (request.sql !== undefined && when.sql.test(request.sql)));
