import { unitTestPlace } from '../../1-parse/index.ts';
import { expectedSql } from '../../3-compile/index.ts';
import {
  type Column,
  type Diagnostic,
  didYouMeanHint,
  error,
  Problem,
  type Relation,
  type Session,
  type UnitTestFixture,
  type UnitTestStep,
} from '../../core/index.ts';
import { compareRows, differing, passed } from '../compare-rows.ts';
import type { StepResult } from '../context.ts';
import { buildSteps } from './build-steps.ts';
import type { SequenceWorld } from './world.ts';

/** What a sequence has made in the end, beside what is expected of it. */
export async function compareEnd(world: SequenceWorld, steps: readonly UnitTestStep[]): Promise<StepResult> {
  const { test } = world;
  if (test.same_as_full_refresh) return compareWithFullRefresh(world, steps, test.same_as_full_refresh);
  return (await compareTable(world, test.expect, ['expect'], 'in the end')) ?? passed;
}

/** What the table holds after a step, beside what is expected then; undefined where that is the same. */
export function compareStep(
  world: SequenceWorld,
  expect: UnitTestFixture,
  index: number,
): Promise<StepResult | undefined> {
  return compareTable(world, expect, ['sequence', index, 'expect'], `after step ${index + 1}`);
}

async function compareTable(
  { test, target, graph, session, unitTests: { adapter } }: SequenceWorld,
  fixture: UnitTestFixture,
  path: readonly (string | number)[],
  when: string,
): Promise<StepResult | undefined> {
  const { statements } = adapter;
  const actual = `select *\nfrom ${statements.renderRelation(target)}`;
  const found = await session.describeQuery(actual);
  const { sql, columns } = expectedSql(test, found, statements, graph.project, { fixture, path });
  const difference = await compareRows(session, statements, columns, { actual, expected: sql });
  if (!difference) return undefined;
  const message = `'${test.model}' does not hold the rows that the unit test '${test.name}' expects ${when}`;
  const span = unitTestPlace(graph.project, test, path) ?? test.origin.definition;
  return { ...differing(difference), diagnostics: [error('execute/unit-test-failed', message, { span })] };
}

/** Puts what the steps have made aside, and builds the same from nothing. */
async function compareWithFullRefresh(
  world: SequenceWorld,
  steps: readonly UnitTestStep[],
  { except }: { readonly except: readonly string[] },
): Promise<StepResult> {
  const { target, session, unitTests } = world;
  const { statements } = unitTests.adapter;
  const [made] = await existing(session, target);
  const aside: Relation = { ...target, identifier: `${target.identifier}__by_steps` };
  await session.execute(statements.renameRelation({ ...target, type: made?.type ?? 'table' }, aside));
  const failed = await buildSteps(world, steps.length, steps, true);
  if (failed) return failed;
  const found = [await session.columnsOf(aside), await session.columnsOf(target)] as const;
  refuseUnknown(world, except, found.flat());
  const left = new Set(except.map((name) => name.toLowerCase()));
  const [bySteps, whole] = found.map((columns) => columns.filter(({ name }) => !left.has(name.toLowerCase()))) as [
    Column[],
    Column[],
  ];
  const diagnostics = [notTheSame(world)];
  const columns = otherColumns(bySteps, whole);
  if (columns !== undefined) return { status: 'fail', message: columns, failures: 1, rowsAffected: null, diagnostics };
  const all = (relation: Relation): string => `select *\nfrom ${statements.renderRelation(relation)}`;
  const queries = { actual: all(aside), expected: all(target) };
  const difference = await compareRows(session, statements, whole, queries);
  return difference ? { ...differing(difference), diagnostics } : passed;
}

async function existing(session: Session, { database, schema, identifier }: Relation): Promise<readonly Relation[]> {
  const found = await session.listRelations(database, schema ?? '');
  return found.filter((one) => one.identifier?.toLowerCase() === identifier?.toLowerCase());
}

/** A column that is left out by a wrong name would be compared after all. */
function refuseUnknown({ test, graph }: SequenceWorld, except: readonly string[], columns: readonly Column[]): void {
  const names = [...new Set(columns.map(({ name }) => name))];
  const at = except.findIndex((name) => !names.some((known) => known.toLowerCase() === name.toLowerCase()));
  const unknown = except[at];
  if (unknown === undefined) return;
  const message = `The unit test '${test.name}' leaves out a column '${unknown}' that '${test.model}' has not`;
  const span = unitTestPlace(graph.project, test, ['expect', 'except', at]) ?? test.origin.definition;
  const hint = didYouMeanHint(unknown, names) ?? `Its columns: ${names.join(', ')}`;
  throw new Problem(error('compile/unit-test-column', message, { span, hint }));
}

function otherColumns(bySteps: readonly Column[], whole: readonly Column[]): string | undefined {
  const missing = (from: readonly Column[], of: readonly Column[]): string =>
    of
      .flatMap(({ name }) => (from.some((one) => one.name.toLowerCase() === name.toLowerCase()) ? [] : name))
      .join(', ');
  const [less, more] = [missing(bySteps, whole), missing(whole, bySteps)];
  if (less === '' && more === '') return undefined;
  const parts = [
    less && `it has no ${less}, which a full refresh makes`,
    more && `a full refresh does not make ${more}`,
  ];
  return `The table has other columns: ${parts.filter((part) => part !== '').join('; ')}`;
}

function notTheSame({ test, graph }: SequenceWorld): Diagnostic {
  const message = `The steps of the unit test '${test.name}' leave other rows in '${test.model}' than a full refresh`;
  const span = unitTestPlace(graph.project, test, ['expect']) ?? test.origin.definition;
  const hint = 'Expected is what a full refresh makes of all rows; actual is what the steps have made of them';
  return error('execute/unit-test-failed', message, { span, hint });
}
