import * as pipeline from '../../../src/pipeline.ts';
import { TestWorld } from '../cli/outside.ts';

/** Commands that come one after the other: each is a minute later than the one before, in 2025, and its id says which it is. */
export class LaterWorld extends TestWorld {
  readonly #number: number;
  #ticks = 0;
  override readonly now = (): Date => {
    this.#ticks += 1;
    return new Date(Date.UTC(2025, 0, 1, 0, this.#number, 0, this.#ticks));
  };
  override readonly uuid = (): string => `${String(this.#number).padStart(8, '0')}-0000-0000-0000-000000000000`;

  constructor(root: string, number: number) {
    super(root, pipeline, { HOME: '/home/x' });
    this.#number = number;
  }
}
