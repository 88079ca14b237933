import { maintained } from './building/maintained.ts';

/** A table that the warehouse itself keeps up to date. */
export default maintained({
  type: 'dynamic_table',
  code: 'materialize/dynamic-table',
  spoken: 'tables that it keeps up to date itself',
  statementsOf: ({ adapter }) => adapter.statements.dynamicTables,
});
