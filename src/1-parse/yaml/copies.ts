/** Which list or mapping of a file a rendered copy was made from, so that the copy can still be found in the file. */
const originals = new WeakMap<object, object>();

export function rememberOriginal(copy: object, original: object): void {
  originals.set(copy, originals.get(original) ?? original);
}

export function originalOf(container: object): object {
  return originals.get(container) ?? container;
}
