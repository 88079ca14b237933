import type { Relation, Scope } from '../names/index.ts';
import type { Call, Star } from '../tree.ts';
import type { Context } from './context.ts';
import { expandStar } from './star.ts';

/** The columns that a `COLUMNS(…)` stands for, one after the other. */
export function repeatedColumns(context: Context, call: Call, scope: Scope): Relation {
  const value = call.arguments[0]?.value;
  if (!value || value.kind === 'query') return { columns: [], open: true };
  if (value.kind === 'star') return expandStar(context, value, scope);
  const all = expandStar(context, wholeStar(call), scope);
  const matches = value.kind === 'string' ? pattern(value.value) : undefined;
  if (!matches || all.open) return { columns: [], open: true };
  return { ...all, columns: all.columns.filter(({ name }) => matches.test(name)) };
}

const wholeStar = ({ start, end }: Call): Star => ({
  kind: 'star',
  qualifier: [],
  exclude: [],
  replace: [],
  rename: [],
  start,
  end,
});

function pattern(text: string): RegExp | undefined {
  try {
    return new RegExp(text);
  } catch {
    return undefined;
  }
}
