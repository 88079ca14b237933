import type { Session, Warehouse } from '../core/index.ts';

/** Sessions that were opened once and are lent out again: one task at a time has one. */
export class SessionPool {
  readonly #warehouse: Warehouse;
  readonly #free: Session[] = [];

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse;
  }

  /** Lends a session for the time of a task. Tasks leave no transaction open. */
  async use<T>(task: (session: Session) => Promise<T>): Promise<T> {
    const session = this.#free.pop() ?? (await this.#warehouse.openSession());
    try {
      return await task(session);
    } finally {
      this.#free.push(session);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#free.splice(0).map((session) => session.close()));
  }
}
