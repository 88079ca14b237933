import type { MaintainedRelations } from '../../core/index.ts';
import { renderRelation } from './naming.ts';
import { clusterChanges } from './setting-changes.ts';
import { clusterKeys, policyClauses } from './table-options.ts';
import { columnList } from './tables.ts';

/** Statements of views whose rows Snowflake keeps. It brings them up to date by itself, whenever it likes. */
export const materializedViews: MaintainedRelations = {
  create(relation, sql, { replace, config, described }) {
    const keys = clusterKeys(config);
    const secure = config.secure === true ? 'secure ' : '';
    return [
      `create ${replace ? 'or replace ' : ''}${secure}materialized view ${renderRelation(relation)}`,
      ...(replace && config.copy_grants === true ? ['copy grants'] : []),
      ...columnList(described),
      ...policyClauses(config),
      ...(keys.length > 0 ? [`cluster by (${keys.join(', ')})`] : []),
      `as (\n${sql}\n)`,
    ].join('\n');
  },

  alter(relation, settings, config) {
    const alter = `alter materialized view ${renderRelation(relation)}`;
    const secure = config.secure === true;
    return [
      ...(settings.secure === secure ? [] : [`${alter} ${secure ? 'set' : 'unset'} secure`]),
      ...clusterChanges(alter, settings, config),
    ];
  },

  // As soon as the table that it reads was made anew.
  isBroken: (settings) => settings.invalid === true,
  missing: () => [],
};
