/** Does one piece of work after the other. `over` settles when all that was taken until now has ended. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  get over(): Promise<unknown> {
    return this.#last;
  }

  /** Waits for all that came before, however it ended. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
