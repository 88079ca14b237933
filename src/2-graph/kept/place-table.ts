import { crc32 } from 'node:zlib';

/**
 * What `PlaceTable` finds texts by: their places, counted from 1, each where the sum of its text says or at the next free
 * place behind. At most half of it is taken, so that no search is long.
 */
export function placeTable(texts: readonly string[]): readonly number[] {
  const table = new Array<number>(2 ** Math.ceil(Math.log2(2 * texts.length + 1))).fill(0);
  for (const [place, text] of texts.entries()) {
    let at = crc32(text) % table.length;
    while (table[at] !== 0) at = (at + 1) % table.length;
    table[at] = place + 1;
  }
  return table;
}

/** Finds the places of texts among very many, without looking at them all first as a map would. */
export class PlaceTable {
  readonly #texts: readonly string[];
  readonly #table: Uint32Array;

  /** @param table what `placeTable` made of the texts. */
  constructor(texts: readonly string[], table: Uint32Array) {
    this.#texts = texts;
    this.#table = table;
  }

  placeOf(text: string): number | undefined {
    const table = this.#table;
    for (let at = crc32(text) % table.length; ; at = (at + 1) % table.length) {
      const place = (table[at] ?? 0) - 1;
      if (place < 0) return undefined;
      if (this.#texts[place] === text) return place;
    }
  }
}
