import { model, type project, test } from '../2-graph/project-builder.ts';

export type Things = Parameters<typeof project>[0];

export const config = { enabled: true, materialized: 'table', tags: [], meta: {} };

export const gold = (name: string, ...refs: string[]) => model(name, { refs, layer: 'gold', config });

/** Models of which most are published after their tests, and tests of any of them: the same for the same seed. */
export function randomProject(seed: number): Things {
  let state = seed;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >> 8) % limit;
  };
  const names = Array.from({ length: 3 + below(6) }, (_, index) => `n${index}`);
  const some = (from: readonly string[], most: number): string[] =>
    from.length === 0
      ? []
      : [...new Set(Array.from({ length: below(most + 1) }, () => from[below(from.length)] ?? ''))];
  const models = names.map((name, index) => {
    const refs = some(names.slice(0, index), 2);
    return below(4) === 0 ? model(name, { refs, config }) : gold(name, ...refs);
  });
  const tests = Array.from({ length: 1 + below(6) }, (_, index) => {
    const read = some(names, 3);
    return test(`t${index}`, read.length > 0 ? read : [names[0] ?? '']);
  });
  return [...models, ...tests];
}
