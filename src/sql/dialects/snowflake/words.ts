import type { WordRules } from '../../dialect.ts';

/** Reserved without exception, as the page "Reserved & limited keywords" of the manual has them. */
const reserved = [
  'all alter and any as between by check column connect create current delete distinct drop else exists following for from',
  'grant group having ilike in increment insert intersect into is like minus not null of on or order qualify regexp revoke',
  'rlike row rows sample select set some start table tablesample then to trigger union unique update values whenever where',
  'with',
].join(' ');

const notInScalars = 'case cast false true try_cast when';
const notInFrom = 'cross full inner join lateral left natural right using';

/** Which words can be names. */
export const words: WordRules = {
  notColumn: `${reserved} ${notInScalars}`,
  notTable: `${reserved} ${notInFrom}`,
  notCallable:
    'all alter and as between by case create delete distinct drop else for from grant group having in increment intersect into is minus not null of on or order qualify revoke select then to union unique update values when whenever where with',
  notLabel: reserved,
  notBareAlias: `${reserved} limit fetch offset except over within collate using escape asof cross full inner join left natural right lateral when`,
  notTableAlias: `${reserved} ${notInFrom} limit fetch offset except asof positional match_condition`,
  notType: `${reserved} ${notInScalars}`,
};
