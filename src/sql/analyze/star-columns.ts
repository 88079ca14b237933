import { type BaseRelation, startFlow } from '../lineage/index.ts';
import {
  columnsNamed,
  type Frame,
  foldName,
  type Relation,
  type RelationColumn,
  resolve,
  type Scope,
  type Source,
  sourcesNamed,
  type Visible,
  visibleColumns,
} from '../names/index.ts';
import type { Star } from '../tree.ts';
import { type Context, report, warn } from './context.ts';
import { meant } from './meant.ts';

/** The columns of a star without its modifiers, but for those that EXCLUDE names together with their table. */
export function starColumns(context: Context, star: Star, scope: Scope): Relation {
  if (star.qualifier.length === 0) {
    checkAliases(context, star, scope);
    return relationOf(context, withoutExcluded(context, star, scope.frame), scope.frame.sources, star);
  }
  const keys = star.qualifier.map((part) => foldName(part, context.rules));
  for (let level: Scope | undefined = scope; level; level = level.outer) {
    const [source] = sourcesNamed(level.frame, keys);
    if (!source) continue;
    const visible = source.relation.columns.map((column): Visible => ({ kind: 'column', column, source }));
    return relationOf(context, visible, [source], star);
  }
  return memberColumns(context, star, scope);
}

/** `EXCLUDE (t.id)` leaves the `id` of other tables, also where USING had made one of them. */
function withoutExcluded({ rules }: Context, { exclude }: Star, frame: Frame): readonly Visible[] {
  const excluded = exclude
    .filter(({ parts }) => parts.length > 1)
    .map(({ parts }) => parts.map((part) => foldName(part, rules)))
    .map((keys) => ({ key: keys.at(-1), sources: sourcesNamed(frame, keys.slice(0, -1)) }));
  if (excluded.length === 0) return visibleColumns(frame, rules.mergedColumnsFirst);
  const isExcluded = (source: Source, key: string): boolean =>
    excluded.some((one) => one.key === key && one.sources.includes(source));
  const merged = frame.merged.filter(({ key, members }) => !members.some(({ source }) => isExcluded(source, key)));
  const visible = visibleColumns({ ...frame, merged }, rules.mergedColumnsFirst);
  return visible.filter((one) => one.kind === 'merged' || !isExcluded(one.source, one.column.key));
}

function relationOf(context: Context, visible: readonly Visible[], sources: readonly Source[], star: Star): Relation {
  const columns = visible.map((one): RelationColumn => {
    if (one.kind === 'merged') return { ...one.merged, named: true, place: star };
    const { name, key, named, type, nullable, lineage } = one.column;
    return { name, key, named, type, nullable: nullable || one.source.nullable, lineage, place: star };
  });
  const opens = sources.filter(({ relation, hidden }) => relation.open && !hidden);
  warnOfChange(context, sources, star);
  const base: BaseRelation | undefined = opens.length === 1 ? opens[0]?.relation.base : undefined;
  return { columns, open: opens.length > 0, ...(base ? { base } : {}) };
}

/** Two tables of one name cannot be told apart, and a star over them is refused. */
function checkAliases(context: Context, star: Star, { frame }: Scope): void {
  const sources = new Map<string, Relation>();
  for (const { path, title, hidden, relation } of frame.sources) {
    const key = path.join('.');
    const other = sources.get(key);
    const shares = other && relation.columns.some((column) => columnsNamed(other, column.key).length > 0);
    if (key !== '' && !hidden && shares) {
      const message = `Two tables are called "${title}" here.`;
      report(context, 'sql/duplicate-alias', star, message, 'Give each an alias of its own.');
    }
    sources.set(key, relation);
  }
}

/** `t.*` where `t` is a structured column. */
function memberColumns(context: Context, star: Star, scope: Scope): Relation {
  const meaning = resolve(star.qualifier, scope, context.rules);
  if ('members' in meaning && context.rules.members) {
    const flow = startFlow();
    const column = { kind: 'column' as const, parts: star.qualifier, start: star.start, end: star.end };
    const { type } = context.value(column, scope, flow);
    if (type.kind !== 'struct') return { columns: [], open: true };
    const lineage = new Map(
      [...flow.into].map(([base, how]) => [base, how === 'copied' ? ('computed' as const) : how]),
    );
    const columns = type.fields.map(({ name, type: inner }) => {
      return { name, key: name.toLowerCase(), named: true, type: inner, nullable: true, lineage, place: star };
    });
    return { columns, open: false };
  }
  if (
    meaning.kind !== 'unknown' &&
    !scope.frame.sources.some(({ relation }) => relation.open && context.rules.members)
  ) {
    const qualifier = star.qualifier.map(({ text }) => text).join('.');
    const near = meant(
      context,
      qualifier,
      scope.frame.sources.map(({ title }) => title),
    );
    const place = { start: star.start, end: star.qualifier.at(-1)?.end ?? star.end };
    const message = `There is no table "${qualifier}" in this query's FROM.`;
    report(context, 'sql/unknown-table', place, message, near);
  }
  return { columns: [], open: true };
}

function warnOfChange(context: Context, sources: readonly Source[], star: Star): void {
  if (!context.options.changingStars || star.start < 0) return;
  for (const { relation, title } of sources) {
    const known = relation.base && context.relations.get(relation.base.name);
    if (!known?.changing || known.relation !== relation) continue;
    const message = `The columns of "${title}" can change, and with them those of this query.`;
    warn(context, 'sql/star-over-changing-parent', star, message, 'List the columns.');
  }
}
