import { type CompiledNode, expectedSql } from '../3-compile/index.ts';
import {
  type Adapter,
  type Diagnostic,
  error,
  type Session,
  StatementError,
  type UnitTestNode,
} from '../core/index.ts';
import { compareRows, differing, passed } from './compare-rows.ts';
import type { StepContext, StepResult } from './context.ts';
import { recordedSession } from './recorded-session.ts';

/** Runs a unit test: the model's query over the given rows, beside the rows that are expected of it. */
export async function runUnitTest(
  test: UnitTestNode,
  compiled: CompiledNode,
  context: StepContext,
): Promise<StepResult> {
  const { unitTests } = context;
  if (!unitTests) return runIn(context.session, context.shelves.adapter, test, compiled, context);
  const session = await unitTests.openSession();
  try {
    const { adapter, translator } = unitTests;
    for (const statement of translator?.prelude(compiled.sql) ?? []) await session.execute(statement);
    return await runIn(session, adapter, test, compiled, context);
  } finally {
    await session.close();
  }
}

async function runIn(
  given: Session,
  { statements }: Adapter,
  test: UnitTestNode,
  compiled: CompiledNode,
  context: StepContext,
): Promise<StepResult> {
  const session = recordedSession(test.unique_id, { ...context, session: given });
  const actual = await session.describeQuery(compiled.sql);
  const { sql, columns } = expectedSql(test, actual, statements, context.graph.project);
  const difference = await compareRows(session, statements, columns, { actual: compiled.sql, expected: sql });
  return difference ? { ...differing(difference), diagnostics: [failed(test)] } : passed;
}

function failed(test: UnitTestNode): Diagnostic {
  const message = `'${test.model}' does not make the rows that the unit test '${test.name}' expects`;
  return error('execute/unit-test-failed', message, { span: test.origin.definition });
}

/** What went wrong with the values of a unit test, with what is mostly the reason. */
export function withUnitTestHint(diagnostics: readonly Diagnostic[], failure: unknown): readonly Diagnostic[] {
  if (!(failure instanceof StatementError) || !/^conver|could not convert/i.test(failure.message)) return diagnostics;
  const hint = 'The types of the given or expected values may not fit';
  return diagnostics.map((diagnostic) => ({ ...diagnostic, hint: diagnostic.hint ?? hint }));
}
