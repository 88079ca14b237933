/** Does one piece of work after the other. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Waits for all that came before, however it ended. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
