import { type ChangeClass, compareChangeClasses } from '../../core/index.ts';

/** From which changed nodes something comes, each with the columns of it; `undefined`: all of it, its rows. */
export type Origins = ReadonlyMap<string, ReadonlySet<string> | undefined>;

/** What can be other in a node's data, for those who read it. Columns are told by what their names are compared by. */
export interface Effect {
  readonly class: ChangeClass;
  /** Set where other rows may come out. */
  readonly rows?: Origins | undefined;
  /** Columns with other values. */
  readonly columns: ReadonlyMap<string, Origins>;
  /** Columns that are there no more. */
  readonly gone: ReadonlyMap<string, Origins>;
  /** Columns that were not there. */
  readonly fresh: ReadonlyMap<string, Origins>;
  /** Set where any column may have other values, because nobody knows which. */
  readonly anything?: Origins | undefined;
  /** Set where the columns come in another order. */
  readonly order?: Origins | undefined;
}

export const noEffect: Effect = { class: 'none', columns: new Map(), gone: new Map(), fresh: new Map() };

export const isNoEffect = (effect: Effect): boolean =>
  !effect.rows && !effect.anything && !effect.order && effect.columns.size + effect.gone.size + effect.fresh.size === 0;

export function furthest(classes: Iterable<ChangeClass>): ChangeClass {
  let found: ChangeClass = 'none';
  for (const one of classes) if (compareChangeClasses(one, found) > 0) found = one;
  return found;
}

export function joinEffects(effects: readonly Effect[]): Effect {
  const [first = noEffect] = effects;
  if (effects.length < 2) return first;
  return {
    class: furthest(effects.map((effect) => effect.class)),
    rows: someOrigins(effects.map(({ rows }) => rows)),
    anything: someOrigins(effects.map(({ anything }) => anything)),
    order: someOrigins(effects.map(({ order }) => order)),
    columns: joinColumns(effects.map(({ columns }) => columns)),
    gone: joinColumns(effects.map(({ gone }) => gone)),
    fresh: joinColumns(effects.map(({ fresh }) => fresh)),
  };
}

/** All that an effect comes from. */
export function originsOf({ rows, anything, order, columns, gone, fresh }: Effect): Origins {
  return joinOrigins([rows, anything, order, ...columns.values(), ...gone.values(), ...fresh.values()]);
}

function joinColumns(all: readonly ReadonlyMap<string, Origins>[]): ReadonlyMap<string, Origins> {
  const found = new Map<string, Origins>();
  for (const columns of all) {
    for (const [name, origins] of columns) found.set(name, joinOrigins([found.get(name), origins]));
  }
  return found;
}

const someOrigins = (all: readonly (Origins | undefined)[]): Origins | undefined =>
  all.some((origins) => origins) ? joinOrigins(all) : undefined;

export function joinOrigins(all: readonly (Origins | undefined)[]): Origins {
  const found = new Map<string, Set<string> | undefined>();
  for (const origins of all) {
    for (const [id, columns] of origins ?? []) {
      const known = found.get(id);
      if (columns === undefined || (found.has(id) && known === undefined)) found.set(id, undefined);
      else found.set(id, new Set([...(known ?? []), ...columns]));
    }
  }
  return found;
}
