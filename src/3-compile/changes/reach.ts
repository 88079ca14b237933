import { type GraphNode, hasOwnCode, type Node } from '../../core/index.ts';
import { otherColumns } from '../reading/relation.ts';
import { columnsIn, namedBy, type TableColumns } from './catalogue.ts';
import { columnUses } from './column-uses.ts';
import {
  type Effect,
  furthest,
  isNoEffect,
  joinEffects,
  joinOrigins,
  noEffect,
  type Origins,
  originsOf,
} from './effect.ts';
import { type MeaningDifference, sameMeaning, type Tables } from './meaning.ts';
import { type Comparison, compareCode, compareMeanings, meaningsOf } from './own-code.ts';
import { readersOf } from './readers.ts';

/**
 * What of a node's data, or result, can be other because of what it reads. Each thing that is other in a parent is looked
 * at by itself, so that it is known what comes of which.
 *
 * @param effects of the parents; those without one are not in it.
 * @param isSaidAsBefore whether the code of the node itself is as it was.
 */
export async function inheritedEffect(
  node: GraphNode,
  effects: ReadonlyMap<string, Effect>,
  comparison: Comparison,
  isSaidAsBefore: boolean,
): Promise<Effect> {
  // Where other rows come in, other rows come out: the SQL has nothing to add.
  const flooded = [...effects.values()]
    .filter(hasOnlyRows)
    .map((effect): Effect => ({ ...noEffect, class: 'rows', rows: originsOf(effect) }));
  const parents = [...effects].filter(([, effect]) => !hasOnlyRows(effect));
  if (parents.length === 0 && hasOwnCode(node)) return joinEffects(flooded);
  const queries = hasOwnCode(node) ? await comparison.head.queries(node.unique_id) : undefined;
  if (!queries || !hasOwnCode(node)) {
    return joinEffects([...effects.values()].map((effect) => blindEffect(effect, node)));
  }
  const columns = new Map<string, TableColumns>();
  for (const id of namedBy(node)) columns.set(id, await columnsIn(comparison.head, id));
  const asked = isSaidAsBefore ? await askedDifference(node, comparison) : undefined;
  const plain = meaningsOf(queries, seen(columns));
  const found: Effect[] = [...flooded];
  if (asked)
    found.push(
      effectOf(asked, { origins: joinOrigins(parents.map(([, effect]) => originsOf(effect))), kind: 'whole' }),
    );
  for (const [id, effect] of parents) {
    if (comparison.head.graph.nodes.get(id)?.resource_type === 'function') {
      found.push(blindEffect(effect, node));
      continue;
    }
    const earlier = comparison.base.graph.nodes.has(id) ? await columnsIn(comparison.base, id) : columns.get(id);
    const known = columns.get(id)?.columns;
    const aspects = aspectsOf(effect, earlier?.columns ?? []);
    const hasValues = aspects.some(({ kind }) => kind === 'value');
    const uses = hasValues ? columnUses(queries, seen(columns), id) : undefined;
    for (const aspect of aspects) {
      if (aspect.kind === 'value') {
        const { column } = aspect;
        const difference = known?.includes(column) ? uses?.of(column) : uses?.of(column, otherColumns);
        found.push(difference ? effectOf(difference, aspect) : blindEffect(effect, node));
        continue;
      }
      const before = aspect.before ? meaningsOf(queries, seen(columns, id, aspect.before)) : plain;
      const difference = compareMeanings(
        before,
        aspect.now ? meaningsOf(queries, seen(columns, id, aspect.now)) : plain,
      );
      if (!difference) found.push(blindEffect(effect, node));
      // Who names a column that is new says something else himself.
      else if (aspect.kind !== 'fresh' || (isSaidAsBefore && !asked)) found.push(effectOf(difference, aspect));
      else found.push(effectOf({ ...sameMeaning, added: difference.added }, aspect));
    }
  }
  return readGone(node, joinEffects(found), comparison);
}

/** Whether a parent has other rows, and the columns that it had. */
const hasOnlyRows = ({ rows, gone, fresh, order }: Effect): boolean =>
  rows !== undefined && gone.size + fresh.size === 0 && order === undefined;

/** One thing that is other in a parent. */
type Aspect = ValueAspect | TableAspect;

/** A column with other values. */
interface ValueAspect {
  readonly kind: 'value';
  readonly origins: Origins;
  readonly column: string;
}

/** Something else, as the tables that its readers see: before and now. */
interface TableAspect {
  readonly kind: 'whole' | 'gone' | 'fresh' | 'order';
  readonly origins: Origins;
  /** Undefined: as the head has it. */
  readonly before?: Seen | undefined;
  readonly now?: Seen | undefined;
}

type Seen = (now: TableColumns) => ReturnType<Tables>;

function aspectsOf(effect: Effect, columnsBefore: readonly string[]): readonly Aspect[] {
  const all = originsOf(effect);
  if (effect.rows || effect.anything) {
    const changed = effect.rows
      ? () => 'changed'
      : (key: string | undefined) => (key === undefined ? undefined : 'changed');
    return [
      { kind: 'whole', origins: all, now: (now) => ({ ...now, version: changed }) },
      ...listAspects(effect, columnsBefore),
    ];
  }
  const values = [...effect.columns].map(([column, origins]): Aspect => ({ kind: 'value', origins, column }));
  return [...values, ...listAspects(effect, columnsBefore)];
}

/** Columns that are gone, new or at another place. */
function listAspects({ gone, fresh, order }: Effect, columnsBefore: readonly string[]): readonly Aspect[] {
  const absent = (column: string) => (key: string | undefined) => (key === column ? 'absent' : undefined);
  const wereThere = new Set(columnsBefore);
  const inOldOrder = ({ columns = [] }: TableColumns, more?: string): readonly string[] => {
    const areThere = new Set(columns);
    return [
      ...columnsBefore.filter((key) => areThere.has(key) || key === more),
      ...columns.filter((key) => !wereThere.has(key)),
    ];
  };
  return [
    ...[...gone].map(
      ([column, origins]): Aspect => ({
        kind: 'gone',
        origins,
        before: (now) => ({ ...now, columns: now.columns && inOldOrder(now, column) }),
        now: (now) => ({ ...now, columns: now.columns && inOldOrder(now), version: absent(column) }),
      }),
    ),
    ...[...fresh].map(
      ([column, origins]): Aspect => ({
        kind: 'fresh',
        origins,
        before: (now) => ({ ...now, columns: now.columns?.filter((key) => key !== column), version: absent(column) }),
      }),
    ),
    ...(order
      ? [
          {
            kind: 'order',
            origins: order,
            before: (now: TableColumns) => ({ ...now, columns: now.columns && inOldOrder(now) }),
          } as const,
        ]
      : []),
  ];
}

/** The tables that a reader sees, one of which is otherwise. */
function seen(columns: ReadonlyMap<string, TableColumns>, parent?: string, change: Seen = (now) => now): Tables {
  return (id) => {
    const known = columns.get(id) ?? { columns: undefined, open: true };
    return id === parent ? change(known) : known;
  };
}

function effectOf(difference: MeaningDifference, { origins, kind }: Pick<Aspect, 'origins' | 'kind'>): Effect {
  const named = (keys: readonly string[]): ReadonlyMap<string, Origins> => new Map(keys.map((key) => [key, origins]));
  const { rows, values, added, removed, renamed, unlisted, reordered } = difference;
  const effect: Effect = {
    class: 'none',
    rows: rows ? origins : undefined,
    anything: unlisted ? origins : undefined,
    order: reordered ? origins : undefined,
    columns: named(values),
    gone: named([...removed, ...renamed.map(([from]) => from)]),
    fresh: named([...added, ...renamed.map(([, to]) => to)]),
  };
  // Who names a column that is gone cannot be built.
  const isBroken = kind === 'gone' && (rows || unlisted || values.length > 0);
  return { ...effect, class: isBroken ? 'breaking' : classOf(effect) };
}

function classOf({ rows, anything, columns, gone, fresh }: Effect): Effect['class'] {
  if (rows) return 'rows';
  if (anything || columns.size > 0 || gone.size > 0) return 'values';
  return fresh.size > 0 ? 'additive' : 'none';
}

/** Nobody knows what a node makes of what it reads: SQL may choose its rows by anything. */
function blindEffect(effect: Effect, node: GraphNode): Effect {
  if (isNoEffect(effect)) return noEffect;
  if (effect.class === 'additive' || (effect.class === 'none' && !effect.rows)) {
    return { ...noEffect, class: effect.class };
  }
  const origins = originsOf(effect);
  const rows = effect.rows || hasOwnCode(node) ? origins : undefined;
  return { ...noEffect, class: rows ? furthest(['rows', effect.class]) : effect.class, rows, anything: origins };
}

/** A template may ask what columns its parents have, and so be other SQL though it says what it said. */
async function askedDifference(node: Node, comparison: Comparison): Promise<MeaningDifference | undefined> {
  const before = comparison.base.graph.nodes.get(node.unique_id);
  if (!before || !hasOwnCode(before)) return undefined;
  const code = await compareCode(before, node, comparison);
  return code.kind === 'meaning' ? code.difference : undefined;
}

/** A column that a node passed on and that is gone breaks those who read it there. */
async function readGone(node: GraphNode, effect: Effect, { base, head }: Comparison): Promise<Effect> {
  for (const key of effect.gone.keys()) {
    const readers = await readersOf(node.unique_id, key, base);
    if (readers.some((id) => head.graph.nodes.has(id)))
      return { ...effect, class: furthest([effect.class, 'breaking']) };
  }
  return effect;
}
