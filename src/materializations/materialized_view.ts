import { maintained } from './building/maintained.ts';

/** A view whose rows the warehouse keeps, and keeps up to date. */
export default maintained({
  type: 'materialized_view',
  code: 'materialize/materialized-view',
  spoken: 'materialized views',
  statementsOf: ({ adapter }) => adapter.statements.materializedViews,
});
