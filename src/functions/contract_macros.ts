import { contractLines, contractProblem, modelConstraints, type TemplateFunction } from '../core/index.ts';
import { TemplateError } from '../jinja/index.ts';
import { callOwn } from './warehouse/dispatch.ts';
import { dispatched, sqlOf } from './warehouse/dispatched.ts';
import { sessionOf } from './warehouse/session.ts';

/**
 * dbt's macros behind contracts: `get_assert_columns_equivalent` checks a query against the node's contract, and
 * `get_table_columns_and_constraints` writes the columns as they stand behind a table's name.
 */
const functions: readonly TemplateFunction[] = [
  ...dispatched('get_assert_columns_equivalent', ['sql'], (rendering, bound, site) =>
    callOwn(rendering, 'assert_columns_equivalent', bound, site),
  ),
  ...dispatched('assert_columns_equivalent', ['sql'], async (rendering, [sql]) => {
    const { node, adapter, execute } = rendering;
    if (node === undefined || !execute) return '';
    const session = sessionOf(rendering, 'assert_columns_equivalent()');
    const problem = await contractProblem(node, sqlOf(sql), session, adapter);
    if (problem !== undefined) throw new TemplateError(problem);
    return '';
  }),
  ...dispatched('get_table_columns_and_constraints', [], (rendering, bound, site) =>
    callOwn(rendering, 'table_columns_and_constraints', bound, site),
  ),
  ...dispatched('table_columns_and_constraints', [], ({ node, adapter }) => {
    if (node === undefined) return '';
    return `(\n  ${[...contractLines(node, adapter), ...modelConstraints(node, adapter)].join(',\n  ')}\n)`;
  }),
];
export default functions;
