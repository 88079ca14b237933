import { Problem } from '../../core/index.ts';

/** Servers refuse who asks for much at once. */
const atOnce = 6;

/**
 * Does the same for each, some at a time, and gives what came of it in their order. Where several fail, all of their
 * problems are told together.
 *
 * @param tell called for each that went well, in their order, as soon as it is its turn.
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  tell: (result: Result) => void = () => undefined,
): Promise<readonly Result[]> {
  const ended: PromiseSettledResult<Result>[] = [];
  const rest = items.entries();
  let told = 0;
  const worker = async (): Promise<void> => {
    for (const [index, item] of rest) {
      [ended[index]] = await Promise.allSettled([work(item)]);
      for (let next = ended[told]; next !== undefined; next = ended[++told]) {
        if (next.status === 'fulfilled') tell(next.value);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const failures = ended.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
  const [other] = failures.filter((failure) => !(failure instanceof Problem));
  if (other !== undefined) throw other;
  if (failures.length > 0) throw new Problem(...(failures as Problem[]).flatMap(({ diagnostics }) => diagnostics));
  return ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}
