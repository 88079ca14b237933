import type { Session, Transaction } from '../../core/index.ts';
import type { ExecuteContext } from '../context.ts';

/** The transaction that macros begin with their first statement that wants one. */
export class MacroTransaction implements Transaction {
  readonly #session: Session;
  readonly #context: ExecuteContext;
  #open = false;

  get isOpen(): boolean {
    return this.#open;
  }

  constructor(session: Session, context: ExecuteContext) {
    this.#session = session;
    this.#context = context;
  }

  async begin(): Promise<void> {
    if (this.#open) return;
    await this.#session.execute(this.#context.shelves.adapter.statements.begin());
    this.#open = true;
  }

  async commit(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#session.execute(this.#context.shelves.adapter.statements.commit());
  }

  /** A connection that is gone has rolled back by itself; the first error is the one to tell. */
  async rollback(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#session.execute(this.#context.shelves.adapter.statements.rollback()).catch(() => undefined);
  }
}
