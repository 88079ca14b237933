import { startFlow } from '../lineage/index.ts';
import { foldName, type Relation, type RelationColumn, type Scope, storedName } from '../names/index.ts';
import type { Expression, Name, Star } from '../tree.ts';
import { type Context, report } from './context.ts';
import { likePattern } from './like-pattern.ts';
import { meant } from './meant.ts';
import { starColumns } from './star-columns.ts';

/** The columns that a star stands for, after EXCLUDE, REPLACE, RENAME and the like. */
export function expandStar(context: Context, star: Star, scope: Scope): Relation {
  const whole = starColumns(context, star, scope);
  if (isPlain(star)) return whole;
  const like = star.like;
  const matches = like ? likePattern(like.operator, like.pattern) : () => true;
  if (!matches) return { columns: [], open: true };
  const left = star.exclude.filter(({ parts }) => parts.length === 1 || star.qualifier.length > 0);
  const excluded = keysOf(context, left, whole, 'EXCLUDE');
  const replaced = new Map(star.replace.map((item) => [item.alias ? foldName(item.alias, context.rules) : '', item]));
  for (const { alias } of star.replace) if (alias) expectColumn(context, alias, whole, 'REPLACE');
  const renamed = new Map(star.rename.map(({ from, to }) => [foldName(from.parts.at(-1)!, context.rules), to]));
  keysOf(
    context,
    star.rename.map(({ from }) => from),
    whole,
    'RENAME',
  );
  const columns: RelationColumn[] = [];
  const placed = new Set<string>();
  for (const column of whole.columns) {
    if (excluded.has(column.key) || matches(column.name) === Boolean(like?.negated)) continue;
    const item = replaced.get(column.key);
    if (item && context.rules.replacesOnce && placed.has(column.key)) continue;
    placed.add(column.key);
    const to = renamed.get(column.key);
    const value = item ? replacement(context, column, item.expression, scope) : column;
    columns.push(to ? { ...value, name: storedName(to, context.rules), key: foldName(to, context.rules) } : value);
  }
  return { ...whole, columns };
}

function isPlain({ like, exclude, replace, rename }: Star): boolean {
  return !like && exclude.length === 0 && replace.length === 0 && rename.length === 0;
}

function replacement(context: Context, column: RelationColumn, expression: Expression, scope: Scope): RelationColumn {
  const flow = startFlow();
  const value = context.value(expression, scope, flow);
  return { ...column, type: value.type, nullable: value.nullable, lineage: flow.into, place: expression };
}

function keysOf(context: Context, names: readonly Name[], whole: Relation, word: string): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { parts } of names) {
    const part = parts.at(-1)!;
    expectColumn(context, part, whole, word);
    keys.add(foldName(part, context.rules));
  }
  return keys;
}

function expectColumn(context: Context, name: Name['parts'][number], whole: Relation, word: string): void {
  const key = foldName(name, context.rules);
  if (whole.open || whole.columns.some((column) => column.key === key || !column.named)) return;
  const near = meant(
    context,
    name.text,
    whole.columns.map((column) => column.name),
  );
  const message = `${word} names "${name.text}", which the star does not have.`;
  report(context, 'sql/unknown-column', name, message, near);
}
