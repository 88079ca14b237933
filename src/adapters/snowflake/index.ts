// snowflake: one account, spoken to through its driver, which is loaded when the first connection is made

import type { Adapter } from '../../core/index.ts';
import { withCatalog } from './catalogs.ts';
import { longestText } from './cells.ts';
import { openWarehouse } from './open-warehouse.ts';
import { ownMacros } from './own-macros.ts';
import { resolveTarget } from './resolve-target.ts';
import { sameType } from './same-type.ts';
import { statements } from './statements.ts';

const adapter: Adapter = {
  type: 'snowflake',
  dialect: 'snowflake',
  capabilities: {
    transactionalDdl: false,
    merge: true,
    quotesNames: false,
    keyedBatches: true,
    ignoredConstraints: ['check'],
    typedTableFromQuery: true,
    viewColumnsDescribedInDefinition: true,
    longestText,
    stagingMacros: { kind: 'dbt_snowflake_get_tmp_relation_type', place: 'resolve_incremental_tmp_relation' },
    materializationMacros: { view: 'snowflake__create_or_replace_view' },
    functionVolatility: true,
    ownMacros,
    ownMaterializations: ['clone', 'dynamic_table', 'incremental', 'table', 'view'],
    defaultIncrementalStrategy: 'merge',
    loadsFiles: true,
    commentsStatements: true,
  },
  statements,
  sameType,
  withCatalog,
  resolveTarget,
  connect: openWarehouse,
};

export default adapter;
