/** A map whose content is worked out when somebody looks into it for the first time. */
export class DeferredMap<Key, Value> implements ReadonlyMap<Key, Value> {
  readonly #make: () => ReadonlyMap<Key, Value>;
  #made: ReadonlyMap<Key, Value> | undefined;

  constructor(make: () => ReadonlyMap<Key, Value>) {
    this.#make = make;
  }

  get #map(): ReadonlyMap<Key, Value> {
    this.#made ??= this.#make();
    return this.#made;
  }

  get size(): number {
    return this.#map.size;
  }

  get(key: Key): Value | undefined {
    return this.#map.get(key);
  }

  has(key: Key): boolean {
    return this.#map.has(key);
  }

  keys(): MapIterator<Key> {
    return this.#map.keys();
  }

  values(): MapIterator<Value> {
    return this.#map.values();
  }

  entries(): MapIterator<[Key, Value]> {
    return this.#map.entries();
  }

  [Symbol.iterator](): MapIterator<[Key, Value]> {
    return this.#map.entries();
  }

  forEach(visit: (value: Value, key: Key, map: ReadonlyMap<Key, Value>) => void): void {
    for (const [key, value] of this.#map) visit(value, key, this);
  }
}
