import { overridingMacro } from '../1-parse/index.ts';
import type { Called, CompiledNode } from '../3-compile/index.ts';
import {
  type Diagnostic,
  error,
  judgeTest,
  type MacroNode,
  Problem,
  type Relation,
  type Table,
  TableValue,
  type TestNode,
  type TestVerdict,
  testResultProblem,
  testStatement,
  thresholds,
} from '../core/index.ts';
import { str } from '../jinja/index.ts';
import type { StepContext, StepResult } from './context.ts';
import { queryRecorded } from './execute-recorded.ts';
import { callMaterialization, customMaterialization, type Materialize } from './macros/custom-materialization.ts';
import { modelName, partitionFlag } from './model-name.ts';
import { storeFailures } from './store-failures.ts';

/** Runs a data test's query and compares the number of failing rows with what the test's configuration allows. */
export async function runTest(
  node: TestNode,
  compiled: CompiledNode | undefined,
  context: StepContext,
): Promise<StepResult> {
  const sql = compiled?.sql ?? '';
  const custom = customMaterialization(node, context);
  if (!custom) return judged(node, await ask(node, sql, context), context);
  let stored: Relation | undefined;
  const askAsUsual: Materialize = async () => {
    const asked = await ask(node, sql, context);
    stored = asked.stored;
    return { relations: stored ? [stored] : [], message: 'OK', rowsAffected: null, table: asked.table };
  };
  const table = await callMaterialization(custom, node, compiled, context, askAsUsual, (called) =>
    resultOf(called, custom, node),
  );
  return judged(node, { table, stored }, context);
}

/** What a test's statement gave, and where the failing rows are kept, if anywhere. */
interface Asked {
  readonly table: Table;
  readonly stored: Relation | undefined;
}

async function ask(node: TestNode, sql: string, context: StepContext): Promise<Asked> {
  const { adapter } = context.shelves;
  const stored = await storeFailures(node, sql, context);
  // What is to be published is judged by its own rows: the table may be another run's, or another partition's, by now.
  const isOwn = stored && !context.staged;
  const failingRows = isOwn ? `select * from ${adapter.statements.renderRelation(stored)}` : sql;
  const statement =
    (await ownStatement(node, failingRows, context)) ?? testStatement(node.config, failingRows, adapter.statements);
  return { table: await queryRecorded(statement, node.unique_id, context), stored };
}

/** The row that a materialization of the project has asked for, in its statement `main`. */
function resultOf({ results }: Called, macro: MacroNode, node: TestNode): Table {
  const main = results.get('main');
  if (main?.table) return main.table;
  if (main?.value instanceof TableValue) return main.value.toTable();
  throw new Problem(
    error('execute/test-result', `The materialization '${macro.name}' has to ask for the result of '${node.name}'`, {
      span: macro.span,
      hint: "Send the test's query in {% call statement('main', fetch_result=true) %}, or call dbt.materialization_test_default()",
    }),
  );
}

function judged(node: TestNode, { table, stored }: Asked, context: StepContext): StepResult {
  const wrong = testResultProblem(table);
  if (wrong !== undefined) throw new Problem(error('execute/test-result', wrong, { span: node.origin.definition }));
  const { warnError, failsForWarnings = warnError } = context.environment.flags;
  const found = judgeTest(node.config, table, failsForWarnings);
  const verdict: TestVerdict = context.onlyWarns && found.status === 'fail' ? { ...found, status: 'warn' } : found;
  const { status, message, failures } = verdict;
  const rows = stored && `select * from ${context.shelves.adapter.statements.renderRelation(stored)}`;
  const diagnostics = message === '' ? [] : [finding(node, verdict, wayToRows(node, verdict, rows, context))];
  return { status, message, failures, rowsAffected: null, relationName: node.relation_name, diagnostics };
}

/** What a project's own `get_test_sql` makes of the test's query. */
async function ownStatement(
  node: TestNode,
  failingRows: string,
  { graph, shelves, compiler, session }: StepContext,
): Promise<string | undefined> {
  const macro = overridingMacro(graph.project, 'get_test_sql', shelves.adapter.type, node.package_name);
  if (macro === undefined) return undefined;
  const { failCalc, warnIf, errorIf } = thresholds(node.config);
  const limit = typeof node.config.limit === 'number' ? node.config.limit : null;
  const args = [failingRows, failCalc, warnIf, errorIf, limit];
  return str((await compiler.call(macro, node, session, { args })).value);
}

/** What a test found, at the place where the test is written, with the way to the rows. */
function finding(node: TestNode, { status, message }: TestVerdict, wayToRows: string): Diagnostic {
  const { definition } = node.origin;
  return {
    code: 'execute/test-failed',
    severity: status === 'warn' ? 'warning' : 'error',
    message,
    span: node.test_metadata === undefined ? { ...definition, end: definition.start } : definition,
    hint: `See the rows: ${wayToRows}`,
  };
}

/** Where the failing rows are: in a table of their own, in quarantine if the test was of data not yet published, or in what everybody reads. */
function wayToRows(
  { name, attached_node: attached }: TestNode,
  { status }: TestVerdict,
  stored: string | undefined,
  { graph, partition, staged = new Map() }: StepContext,
): string {
  // After a mere warning the data is published.
  const read = status === 'fail' ? [...staged] : [];
  const nameOf = (id: string): string => modelName(graph.nodes.get(id), id);
  const kept = read.flatMap(([id, { content }]) => (content === 'query' ? [] : [id]));
  const [first] = kept;
  const query = read[0]?.[0];
  if (stored !== undefined) return stored;
  if (first !== undefined) {
    const model = attached && kept.includes(attached) ? attached : first;
    return `ingot quarantine show ${nameOf(model)}${partitionFlag(partition)} --test ${name}`;
  }
  return `ingot show --select ${query === undefined ? name : nameOf(query)}`;
}
