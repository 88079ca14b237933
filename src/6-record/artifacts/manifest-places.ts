import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { seal, unseal } from '../../core/index.ts';

/** Where the entries of a manifest's nodes stand in the file, in bytes, by their place among the nodes. */
export class Places {
  readonly #numbers: Float64Array;

  constructor(numbers: Float64Array) {
    this.#numbers = numbers;
  }

  get size(): number {
    return this.#numbers.length / 2;
  }

  start(place: number): number {
    return this.#numbers[2 * place] ?? 0;
  }

  end(place: number): number {
    return this.#numbers[2 * place + 1] ?? 0;
  }

  set(place: number, start: number, end: number): void {
    this.#numbers[2 * place] = start;
    this.#numbers[2 * place + 1] = end;
  }

  get bytes(): Uint8Array {
    return new Uint8Array(this.#numbers.buffer, this.#numbers.byteOffset, this.#numbers.byteLength);
  }
}

/** What places belong to. */
export interface PlacesHeader {
  /** Of the project. */
  readonly fingerprint: string;
  /** The manifest's own mark of its content. */
  readonly content: string;
  /** Bytes of the manifest's head. */
  readonly head: number;
  /** The nodes that have compiled code in it, by their places. */
  readonly compiled: readonly number[];
}

export function newPlaces(size: number): Places {
  return new Places(new Float64Array(2 * size));
}

const fileOf = (manifest: string): string => `${manifest}.places`;

/** Keeps places beside the manifest. Where that is not possible, the next manifest is written as a whole. */
export function writePlaces(manifest: string, header: PlacesHeader, places: Places): void {
  try {
    const first = Buffer.from(`${JSON.stringify({ ...header, size: places.size })}\n`);
    writeFileSync(fileOf(manifest), seal(Buffer.concat([first, places.bytes])));
  } catch {
    removePlaces(manifest);
  }
}

export function removePlaces(manifest: string): void {
  try {
    rmSync(fileOf(manifest), { force: true });
  } catch {
    // What cannot be removed does not fit the next manifest.
  }
}

/** The places kept beside a manifest; undefined where there are none, or not all. */
export function readPlaces(manifest: string): (PlacesHeader & { readonly places: Places }) | undefined {
  try {
    const bytes = unseal(readFileSync(fileOf(manifest)));
    if (bytes === undefined) return undefined;
    const lineEnd = bytes.indexOf(10);
    const header = JSON.parse(bytes.toString('utf8', 0, lineEnd)) as PlacesHeader & { readonly size: number };
    const numbers = bytes.subarray(lineEnd + 1);
    if (numbers.length !== header.size * 16) return undefined;
    // A copy: numbers have to stand at a multiple of their length.
    return { ...header, places: new Places(new Float64Array(new Uint8Array(numbers).buffer)) };
  } catch {
    return undefined;
  }
}
