/**
 * Lets only as many statements into the driver as it has threads for.
 *
 * The driver runs every statement on libuv's thread pool: `UV_THREADPOOL_SIZE` threads, 4 if nobody set it (the command
 * line does, before anything else happens, since the size is read once). A statement that waits in that pool cannot be
 * interrupted: it starts later and runs to its end. So the waiting is done here, where it can be given up; and one
 * thread is left for the file system and DNS, which share the pool.
 */
export class StatementQueue {
  readonly #limit: number;
  readonly #waiting: Waiting[] = [];
  #running = 0;

  constructor(limit: number) {
    this.#limit = Math.max(1, limit);
  }

  /** Resolves to true when it is this one's turn (call `leave` afterwards), to false when it was given up. */
  enter(ticket: Ticket): Promise<boolean> {
    if (ticket.cancelled) return Promise.resolve(false);
    if (this.#running < this.#limit) {
      this.#running += 1;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const waiting = { resolve };
      this.#waiting.push(waiting);
      ticket.onCancel = () => {
        const at = this.#waiting.indexOf(waiting);
        if (at < 0) return;
        this.#waiting.splice(at, 1);
        resolve(false);
      };
    });
  }

  leave(): void {
    const next = this.#waiting.shift();
    if (next) next.resolve(true);
    else this.#running -= 1;
  }
}

interface Waiting {
  readonly resolve: (turn: boolean) => void;
}

/** One statement on its way: whether it was cancelled, and what to do at that moment. */
export interface Ticket {
  cancelled: boolean;
  onCancel: (() => void) | undefined;
}

/** How many statements may be in the driver at once. */
export function statementLimit(poolSize: string | undefined): number {
  const size = Number(poolSize ?? 4);
  return Number.isInteger(size) && size > 1 ? size - 1 : 1;
}
