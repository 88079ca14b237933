/** Chance that repeats itself: the same seed gives the same numbers. */
export interface Chance {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  /** True in `percent` of a hundred cases. */
  maybe(percent: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
}

export function seeded(seed: number): Chance {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    maybe: (percent) => below(100) < percent,
    pick: <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item,
  };
}
