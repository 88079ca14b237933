import type { TemplateFunction } from '../core/index.ts';

/** `sql_now`: the expression for the present time in the warehouse. */
const sqlNow: TemplateFunction = {
  name: 'sql_now',
  create: ({ adapter }) => adapter.statements.currentTimestamp(),
};
export default sqlNow;
