// duckdb: one database file (or memory), opened in this process

import type { Adapter } from '../../core/index.ts';
import { openWarehouse } from './open-warehouse.ts';
import { ownMacros } from './own-macros.ts';
import { resolveTarget } from './resolve-target.ts';
import { statements } from './statements.ts';

const adapter: Adapter = {
  type: 'duckdb',
  dialect: 'duckdb',
  capabilities: {
    transactionalDdl: true,
    merge: true,
    enforcesReferences: true,
    ownMacros,
    ownMaterializations: ['table', 'incremental'],
    defaultIncrementalStrategy: 'delete+insert',
  },
  statements,
  resolveTarget,
  connect: openWarehouse,
  openScratch(databases = []) {
    const attach = databases.map((name) => ({ path: ':memory:', alias: statements.quote(name) }));
    return openWarehouse({ path: ':memory:', attach }, { threads: 1 });
  },
};

export default adapter;
