import type { NameRules } from '../../names/rules.ts';

/** From Snowflake's reference: SELECT, GROUP BY, ORDER BY, VALUES, CONNECT BY, sequences, staged files. */
export const names: NameRules = {
  folding: 'upper',
  aliases: {
    select: 'column-first',
    on: 'column-first',
    where: 'column-first',
    'group by': 'column-first',
    having: 'grouped-column-first',
    qualify: 'column-first',
    'order by': 'alias-first',
  },
  forwardAliases: true,
  members: false,
  rows: false,
  lateralByItself: false,
  mergedColumnsFirst: true,
  repeatedNames: 'ambiguous',
  looseTableArguments: false,
  unitesAllTypes: false,
  recursionByItself: true,
  valuesColumns: { prefix: 'COLUMN', from: 1 },
  expressionNames: 'text',
  dateWords: true,
  typedLiterals: false,
  columnsExpression: false,
  pseudoColumns: {},
  pseudoColumnPrefixes: ['METADATA$'],
  sequenceMembers: ['NEXTVAL', 'CURRVAL'],
  hierarchyColumns: { LEVEL: 'number(38,0)' },
  systemTables: [],
};
