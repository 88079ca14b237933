import { z } from 'zod';
import type { MergeRequest, Statements } from '../../core/index.ts';

const names = z.array(z.string()).nullish();
const expressions = z.record(z.string(), z.coerce.string()).nullish();
const mode = z.enum(['by_name', 'by_position', 'star', 'explicit']).nullish();
const condition = z.union([z.string(), z.array(z.string())]).nullish();

const others = [
  z.object({ action: z.literal('delete') }),
  z.object({ action: z.literal('do_nothing') }),
  z.object({ action: z.literal('error'), error_message: z.string().nullish() }),
] as const;

const matched = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('update'),
    mode,
    update: z.object({ include: names, exclude: names, set_expressions: expressions }).nullish(),
  }),
  ...others,
]);

const notMatched = z.discriminatedUnion('action', [
  z.object({ action: z.literal('insert'), mode, insert: z.object({ columns: names, values: names }).nullish() }),
  z.object({ action: z.literal('update'), set_expressions: expressions }),
  ...others,
]);

const clauses = z
  .object({
    when_matched: z.array(z.object({ condition }).and(matched)).nonempty().optional(),
    when_not_matched: z
      .array(z.object({ condition, by: z.enum(['source', 'target']).nullish() }).and(notMatched))
      .nonempty()
      .optional(),
  })
  .refine((given) => given.when_matched ?? given.when_not_matched, {
    message: "must have 'when_matched' or 'when_not_matched'",
  });

type Action = z.infer<typeof matched> | z.infer<typeof notMatched>;

/** The branches that dbt-duckdb's `merge_clauses` ask for; a text: what is wrong with the setting. */
export function mergeBranches(
  written: unknown,
  request: MergeRequest,
  { quote, literal }: Pick<Statements, 'quote' | 'literal'>,
): readonly string[] | string {
  const { success, data, error } = clauses.safeParse(written);
  if (!success) {
    const [issue] = error.issues;
    return `${['merge_clauses', ...(issue?.path ?? [])].join('.')}: ${issue?.message}`;
  }
  const { columns } = request;
  const fromSource = (name: string): string => `DBT_INTERNAL_SOURCE.${name}`;
  const setAll = (updates: readonly (readonly [string, string])[]): string =>
    `update set\n  ${updates.map(([column, sql]) => `${column} = ${sql}`).join(',\n  ')}`;
  const all = columns.map(quote);

  const sqlOf = (action: Action): string => {
    switch (action.action) {
      case 'update': {
        if ('set_expressions' in action) return setAll(Object.entries(action.set_expressions ?? {}));
        const way = 'mode' in action ? action.mode : undefined;
        if (way === 'by_position') return 'update by position';
        if (way === 'star') return 'update set *';
        if (way !== 'explicit' || !('update' in action)) return setAll(all.map((name) => [name, fromSource(name)]));
        const { include, exclude, set_expressions: set } = action.update ?? {};
        const own = new Set(Object.keys(set ?? {}).map(bare));
        const left = new Set(exclude?.map(bare));
        const plain = include?.length ? include : columns.filter((name) => !left.has(bare(name))).map(quote);
        return setAll([
          ...Object.entries(set ?? {}),
          ...plain.filter((name) => !own.has(bare(name))).map((name) => [name, fromSource(name)] as const),
        ]);
      }
      case 'insert': {
        if (action.mode === 'by_position') return 'insert by position';
        if (action.mode === 'star') return 'insert *';
        const { columns: into, values } = (action.mode === 'explicit' && action.insert) || {};
        return `insert\n  (${(into ?? all).join(', ')})\nvalues\n  (${(values ?? (into ?? all).map(fromSource)).join(', ')})`;
      }
      case 'delete':
        return 'delete';
      case 'do_nothing':
        return 'do nothing';
      case 'error':
        return action.error_message ? `error ${literal(action.error_message)}` : 'error';
    }
  };
  const when = (words: string, clause: Action & { condition?: z.infer<typeof condition> }): string => {
    const only = [clause.condition ?? []].flat().map((one) => ` and (${one})`);
    return `${words}${only.join('')} then ${sqlOf(clause)}`;
  };
  const byDefault = { matched: [{ action: 'update' }], notMatched: [{ action: 'insert' }] } as const;
  return [
    ...(data.when_matched ?? byDefault.matched).map((clause) => when('when matched', clause)),
    ...(data.when_not_matched ?? byDefault.notMatched).map((clause) =>
      when(`when not matched${'by' in clause && clause.by ? ` by ${clause.by}` : ''}`, clause),
    ),
  ];
}

const bare = (name: string): string => name.replace(/^"(.*)"$/, '$1').toLowerCase();
