import { cancelled, SqlError } from '../errors.ts';
import { fullName, type Table } from './catalog.ts';

/** Who holds or wants locks: an open transaction, or a statement that is one by itself. */
export interface LockOwner {
  readonly transaction: string;
  /** The statement that took the lock, for the error text. */
  queryId: string;
  /** Rolls back, and with it releases all locks, when its client has been silent for too long. */
  readonly abandon?: () => Promise<void>;
}

interface Waiter {
  readonly owner: LockOwner;
  readonly grant: () => void;
}

const mostWaiters = 20;

/** One lock a table, for UPDATE, DELETE and MERGE; first come, first served. */
export class Locks {
  readonly #holders = new Map<Table, LockOwner>();
  readonly #waiting = new Map<Table, Waiter[]>();

  /** Takes the lock, after waiting for it at most `seconds`. */
  async acquire(table: Table, owner: LockOwner, seconds: number, signal: AbortSignal): Promise<void> {
    const holder = this.#holders.get(table);
    if (holder === owner) return;
    if (!holder) {
      this.#holders.set(table, owner);
      return;
    }
    const waiters = this.#waiting.get(table) ?? [];
    if (waiters.length >= mostWaiters) throw tooManyWaiters(table, holder, owner);
    if (this.#waitsFor(holder, owner)) throw deadlock(table, holder, owner);
    await this.#wait(table, owner, seconds, signal);
  }

  release(owner: LockOwner): void {
    for (const [table, holder] of this.#holders) {
      if (holder === owner) this.#pass(table);
    }
  }

  isHeld(table: Table): boolean {
    return this.#holders.has(table);
  }

  /** Sessions that wait for a lock now. */
  get waiters(): number {
    return [...this.#waiting.values()].reduce((sum, waiters) => sum + waiters.length, 0);
  }

  #wait(table: Table, owner: LockOwner, seconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const queue = this.#waiting.get(table) ?? [];
      const end = (): void => {
        clearTimeout(timer);
        clearInterval(knock);
        signal.removeEventListener('abort', stop);
        const index = queue.indexOf(waiter);
        if (index >= 0) queue.splice(index, 1);
      };
      const stop = (): void => {
        end();
        reject(signal.reason ?? cancelled());
      };
      const waiter: Waiter = {
        owner,
        grant: () => {
          end();
          this.#holders.set(table, owner);
          resolve();
        },
      };
      const timer = setTimeout(
        () => {
          end();
          reject(lockTimeout(table, this.#holders.get(table) ?? owner, owner, seconds));
        },
        Math.min(seconds * 1000, 2 ** 31 - 1),
      );
      const knock = setInterval(() => void this.#holders.get(table)?.abandon?.(), 50);
      signal.addEventListener('abort', stop);
      queue.push(waiter);
      this.#waiting.set(table, queue);
    });
  }

  #pass(table: Table): void {
    this.#holders.delete(table);
    this.#waiting.get(table)?.[0]?.grant();
  }

  /** Whether `one` waits, over any number of others, for what `other` holds. */
  #waitsFor(one: LockOwner, other: LockOwner, seen = new Set<LockOwner>()): boolean {
    if (one === other) return true;
    if (seen.has(one)) return false;
    seen.add(one);
    return [...this.#waiting].some(([table, waiters]) => {
      const holder = this.#holders.get(table);
      return (
        holder !== undefined && waiters.some((waiter) => waiter.owner === one) && this.#waitsFor(holder, other, seen)
      );
    });
  }
}

const blocked = (table: Table, holder: LockOwner): string =>
  `Statement '${holder.queryId}' has locked table '${table.name}' in transaction ${holder.transaction} and this lock has not yet been released.`;

const tooManyWaiters = (table: Table, holder: LockOwner, owner: LockOwner): SqlError =>
  new SqlError(
    '000625',
    '57014',
    `${blocked(table, holder)}\nYour statement '${owner.queryId}' was aborted because the number of waiters for this lock exceeds the ${mostWaiters} statements limit.`,
  );

const lockTimeout = (table: Table, holder: LockOwner, owner: LockOwner, seconds: number): SqlError =>
  new SqlError(
    '000625',
    '57014',
    `${blocked(table, holder)}\nYour statement '${owner.queryId}' was aborted because the lock was not released within the lock timeout of ${seconds} second(s).`,
  );

const deadlock = (table: Table, holder: LockOwner, owner: LockOwner): SqlError =>
  new SqlError(
    '000625',
    '57014',
    `${blocked(table, holder)}\nYour statement '${owner.queryId}' was aborted because it is the victim of a deadlock on ${fullName(table)}.`,
  );
