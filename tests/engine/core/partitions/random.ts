/** Numbers that look like chance and are the same in every run. */
export interface Random {
  /** From 0 and below `end`. */
  below(end: number): number;
  pick<Item>(items: readonly Item[]): Item;
}

/** A linear congruential generator with the constants of Numerical Recipes. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const below = (end: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
  return { below, pick: (items) => items[below(items.length)]! };
}
