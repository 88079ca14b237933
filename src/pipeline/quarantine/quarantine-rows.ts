import { looksAtRows, previewOf, type StepContext } from '../../5-execute/index.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import type { QuarantineRequest } from '../../cli/engine/quarantine.ts';
import type { Preview } from '../../cli/engine/show.ts';
import { didYouMeanHint, error, Problem, type Relation, type TestNode } from '../../core/index.ts';
import { createQueryCompiler } from '../query-compiler.ts';
import { testedBefore } from '../tested-before.ts';
import type { Found } from './quarantine-entries.ts';

export interface ShowRequest {
  readonly request: QuarantineRequest;
  readonly loaded: Loaded;
  readonly call: Call;
  readonly context: StepContext;
}

/** Rows in quarantine, or those of them that a test finds fault with. */
export async function previewQuarantined(
  one: Found,
  all: readonly Found[],
  { request, loaded, call, context }: ShowRequest,
): Promise<Preview> {
  const { session, shelves } = context;
  const limited = (sql: string): string => (call.limit < 0 ? sql : shelves.adapter.statements.limited(sql, call.limit));
  const { entry } = one;
  if (request.test === undefined) {
    return { name: entry.model, table: await session.query(limited(`select * from ${entry.relation}`)) };
  }
  const test = testNamed(request.test, entry, loaded);
  const hasTested = await testedBefore([{ testId: test.unique_id, nodeIds: test.depends_on.nodes }], loaded, call);
  const relations = await readInstead(test, one, all, { ...context, hasTested });
  const { graph, environment, relations: known, emit, now } = context;
  const input = { graph, environment, shelves, relations: known, selected: [], emit, now, deferred: relations };
  const compile = await createQueryCompiler(loaded, input, context.warehouse);
  const { sql } = await compile(test.unique_id, session);
  return { name: entry.model, table: await session.query(limited(sql)) };
}

/** What the test read in that run: all that was put aside then, as it would be if it were published. */
async function readInstead(
  test: TestNode,
  { entry }: Found,
  all: readonly Found[],
  context: StepContext,
): Promise<ReadonlyMap<string, Relation>> {
  const instead = new Map<string, Relation>();
  for (const { quarantined, entry: other } of all) {
    const isRead = test.depends_on.nodes.includes(other.id) && other.run === entry.run;
    const node = context.graph.nodes.get(other.id);
    const keeps = node?.resource_type === 'model' || node?.resource_type === 'snapshot';
    const isTogether = other.partition === entry.partition || other.partition === '' || entry.partition === '';
    if (!isRead || !isTogether || !keeps) continue;
    const { relation } = quarantined;
    const { query, rows, changesRows } = await previewOf(node, quarantined, context);
    const onlyRows =
      other.content === 'table' || (!changesRows && looksAtRows(test, other.id, context, other.partition !== ''));
    const read = onlyRows ? rows : query;
    instead.set(other.id, { ...relation, expression: read && `(${read})` });
  }
  return instead;
}

function testNamed(name: string, { id, model }: Found['entry'], { graph }: Loaded): TestNode {
  const tests = [...graph.nodes.values()].filter(
    (node): node is TestNode => node.resource_type === 'test' && node.depends_on.nodes.includes(id),
  );
  const found = tests.find((test) => test.name === name || test.unique_id === name);
  if (found) return found;
  const names = tests.map((test) => test.name);
  const known = names.length === 0 ? 'It has no tests' : `Its tests: ${names.join(', ')}`;
  throw new Problem(
    error('run/unknown-test', `'${model}' has no test '${name}'`, { hint: didYouMeanHint(name, names) ?? known }),
  );
}
