import {
  bindArguments,
  type CallSite,
  Dict,
  HostObject,
  hostFunction,
  iterate,
  listOf,
  OneShot,
  type Result,
  TemplateError,
  Tuple,
  truthy,
  type Value,
} from '../../jinja/index.ts';
import { add } from './add.ts';

type Generate = (args: readonly Value[], kwargs: ReadonlyMap<string, Value>, site: CallSite) => Iterable<Value>;

/** What dbt gives of `itertools`: what makes no sense in a template is left out. Infinite ones are lazy. */
export function itertoolsModule(): Dict {
  return Dict.of(
    Object.entries(generators).map(([name, generate]): [Value, Value] => [
      name,
      hostFunction(name, (args, kwargs, site): Result => {
        if (name === 'tee') return tee(args);
        return new OneShot(generate(args, kwargs, site), `itertools.${name}`);
      }),
    ]),
  ).set('chain', new ChainFunction());
}

/** `chain(a, b)` and `chain.from_iterable(lists)`. */
class ChainFunction extends HostObject {
  override get typeName(): string {
    return 'type';
  }

  override get callable(): boolean {
    return true;
  }

  override call(args: Value[]): Value {
    return new OneShot(chained(args), 'itertools.chain');
  }

  override getAttribute(name: string): Value | undefined {
    if (name !== 'from_iterable') return undefined;
    return hostFunction(name, ([lists]) => new OneShot(chained(iterate(lists ?? null)), 'itertools.chain'));
  }
}

function* chained(iterables: Iterable<Value>): Generator<Value> {
  for (const iterable of iterables) yield* iterate(iterable);
}

function tee([iterable, count]: readonly Value[]): Value {
  const items = listOf(iterable ?? null);
  return new Tuple(Array.from({ length: typeof count === 'number' ? count : 2 }, () => new OneShot([...items])));
}

const generators: Readonly<Record<string, Generate>> = {
  count: (args, kwargs) => {
    const [start, step] = bindArguments('count', ['start=', 'step='], args, kwargs);
    return counted(start ?? 0, step ?? 1);
  },
  cycle: ([items]) => cycled(listOf(items ?? null)),
  repeat: (args, kwargs) => {
    const [item, times] = bindArguments('repeat', ['object', 'times='], args, kwargs);
    return repeated(item ?? null, typeof times === 'number' ? times : undefined);
  },
  accumulate: (args, kwargs, site) => {
    const [items, combine, initial] = bindArguments('accumulate', ['iterable', 'func=', '*', 'initial='], args, kwargs);
    return accumulated(listOf(items ?? null), combine ?? null, initial, site);
  },
  compress: ([data, selectors]) => {
    const wanted = listOf(selectors ?? null);
    return listOf(data ?? null).filter((_, index) => truthy(wanted[index] ?? false));
  },
  islice: ([items, ...bounds]) => sliced(iterate(items ?? null), bounds),
  starmap: ([called, lists], _, site) =>
    listOf(lists ?? null).map((items) => callNow(called ?? null, listOf(items), site)),
  tee: () => [],
  zip_longest: (args, kwargs) => {
    const lists = args.map(listOf);
    const longest = Math.max(0, ...lists.map((list) => list.length));
    const fill = kwargs.get('fillvalue') ?? null;
    return Array.from(
      { length: longest },
      (_, index) => new Tuple(lists.map((list) => (index < list.length ? (list[index] ?? null) : fill))),
    );
  },
  product: (args, kwargs) => {
    const times = kwargs.get('repeat');
    const pools = args.map(listOf);
    const repeat = typeof times === 'number' ? times : 1;
    return tuples(products(Array.from({ length: repeat }, () => pools).flat()));
  },
  permutations: (args, kwargs) => {
    const [items, length] = bindArguments('permutations', ['iterable', 'r='], args, kwargs);
    const pool = listOf(items ?? null);
    return tuples(permutations(pool, typeof length === 'number' ? length : pool.length));
  },
  combinations: (args, kwargs) => {
    const [items, length] = bindArguments('combinations', ['iterable', 'r'], args, kwargs);
    return tuples(combinations(listOf(items ?? null), Number(length), 1));
  },
  combinations_with_replacement: (args, kwargs) => {
    const [items, length] = bindArguments('combinations_with_replacement', ['iterable', 'r'], args, kwargs);
    return tuples(combinations(listOf(items ?? null), Number(length), 0));
  },
};

function* tuples(lists: Iterable<readonly Value[]>): Generator<Value> {
  for (const list of lists) yield new Tuple(list);
}

function* counted(start: Value, step: Value): Generator<Value> {
  for (let current = start; ; current = add(current, step)) yield current;
}

function* cycled(items: readonly Value[]): Generator<Value> {
  while (items.length > 0) yield* items;
}

function* repeated(item: Value, times: number | undefined): Generator<Value> {
  for (let index = 0; times === undefined || index < times; index += 1) yield item;
}

function* accumulated(
  items: readonly Value[],
  combine: Value,
  initial: Value | undefined,
  site: CallSite,
): Generator<Value> {
  let total = initial;
  if (total !== undefined) yield total;
  for (const item of items) {
    if (total === undefined) total = item;
    else total = combine === null ? add(total, item) : callNow(combine, [total, item], site);
    yield total;
  }
}

function callNow(called: Value, args: Value[], site: CallSite): Value {
  if (!(called instanceof HostObject) || !called.callable) {
    throw new TemplateError('A function or macro is needed here', 'TypeError');
  }
  const result = called.call(args, new Map(), site);
  if (result instanceof Promise) throw new TemplateError('This function asks the warehouse, which cannot be done here');
  return result;
}

function* sliced(items: Iterable<Value>, bounds: readonly Value[]): Generator<Value> {
  const numbers = bounds.map((bound) => (typeof bound === 'number' ? bound : undefined));
  const [start = 0, stop, step = 1] = bounds.length === 1 ? [0, numbers[0], 1] : numbers;
  if (start < 0 || step < 1) throw new TemplateError('islice() takes positive numbers', 'ValueError');
  if (stop !== undefined && stop <= start) return;
  let index = 0;
  for (const item of items) {
    if (index >= start && (index - start) % step === 0) yield item;
    index += 1;
    // Before the next item is asked for: the source may never end.
    if (stop !== undefined && index >= stop) return;
  }
}

function* products(pools: readonly (readonly Value[])[]): Generator<readonly Value[]> {
  const [first, ...rest] = pools;
  if (first === undefined) {
    yield [];
    return;
  }
  for (const item of first) for (const tail of products(rest)) yield [item, ...tail];
}

function* permutations(pool: readonly Value[], length: number): Generator<readonly Value[]> {
  if (length === 0) yield [];
  if (length < 1) return;
  for (const [index, item] of pool.entries()) {
    for (const tail of permutations(pool.toSpliced(index, 1), length - 1)) yield [item, ...tail];
  }
}

/** @param skip 1 where an item can be taken once, 0 where it may be taken again. */
function* combinations(pool: readonly Value[], length: number, skip: 0 | 1): Generator<readonly Value[]> {
  if (length === 0) yield [];
  if (length < 1) return;
  for (const [index, item] of pool.entries()) {
    for (const tail of combinations(pool.slice(index + skip), length - 1, skip)) yield [item, ...tail];
  }
}
