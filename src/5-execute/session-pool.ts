import type { Session, SessionTask, Warehouse } from '../core/index.ts';
import type { QueryComments } from './query-comment.ts';

/** Sessions that were opened once and are lent out again: one task at a time has one. */
export class SessionPool {
  readonly #warehouse: Warehouse;
  readonly #commentOf: QueryComments | undefined;
  readonly #free: Session[] = [];

  constructor(warehouse: Warehouse, commentOf: QueryComments | undefined) {
    this.#warehouse = warehouse;
    this.#commentOf = commentOf;
  }

  /**
   * Lends a session for the time of a task. Tasks leave no transaction open; a session that is not as it was before is not
   * lent again.
   *
   * @param of whose statements they are. Default: nobody's.
   */
  async use<T>(task: (session: Session) => Promise<T>, of: SessionTask = noNode): Promise<T> {
    const session = this.#free.pop() ?? (await this.#warehouse.openSession());
    try {
      const comment = this.#commentOf && (await this.#commentOf(of, session));
      session.enter?.({ nodeId: of.nodeId, config: of.config, comment });
      return await task(session);
    } finally {
      if (session.isClean?.() ?? true) this.#free.push(session);
      else await session.close();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#free.splice(0).map((session) => session.close()));
  }
}

const noNode: SessionTask = { nodeId: undefined, config: {} };
