import { steppedPartitionsOf } from '../../1-parse/index.ts';
import { overridesOf } from '../../3-compile/index.ts';
import {
  type Environment,
  type Event,
  formatKeySet,
  RelationCache,
  readInstant,
  readKeySet,
  type UnitTestNode,
  type UnitTestStep,
  unionAllKeys,
} from '../../core/index.ts';
import type { ExecuteContext, StepContext, StepResult } from '../context.ts';
import type { SequenceWorld } from './world.ts';

/** Builds the model, for all that some steps build; gives how it ended where it did not end well. */
export async function buildSteps(
  world: SequenceWorld,
  index: number,
  steps: readonly UnitTestStep[],
  fullRefresh: boolean,
): Promise<StepResult | undefined> {
  const { test, model, context } = world;
  const environment = environmentOf(context.environment, steps, fullRefresh);
  const name = fullRefresh ? 'full_refresh' : `step_${index + 1}`;
  const partitions = partitionsBuilt(world, steps);
  const step = { nodeId: model.unique_id, waitsFor: [], reason: 'asked', partitions } as const;
  const plan = { command: 'run', action: 'run', before: [], steps: [step], after: [] } as const;
  if (!context.runPlan) throw new Error('nobody runs plans inside of a step');
  const results = await context.runPlan(plan, contextIn(world, environment, name));
  const bad = results.find(({ status }) => status !== 'success');
  if (!bad) return undefined;
  const where = fullRefresh ? 'the full refresh' : `step ${index + 1}`;
  const told = (message: string): string => `${message} (${where} of the unit test '${test.name}')`;
  const diagnostics = bad.diagnostics.map((diagnostic) => ({ ...diagnostic, message: told(diagnostic.message) }));
  return { status: 'error', message: told(bad.message), failures: null, rowsAffected: null, diagnostics };
}

/** What a run in the empty warehouse needs: nothing of it is told as a run of its own. */
function contextIn(world: SequenceWorld, environment: Environment, name: string): ExecuteContext {
  const { test, model, graph, context, unitTests, warehouse, inputs } = world;
  const relations = new RelationCache();
  const emit = (event: Event): void => tell(event, test, context);
  const standIns = overridesOf(test, model, { graph, environment, shelves: context.shelves });
  const tables = inputs.map(({ table }) => ({ name: table.node.name, columns: table.columns }));
  return {
    graph,
    environment,
    shelves: { ...context.shelves, adapter: unitTests.adapter },
    warehouse,
    compiler: unitTests.compilerIn({ graph, environment, relations, emit, standIns, tables }),
    relations,
    emit,
    now: context.now,
    signal: context.signal,
    writeCompiled: (_, sql, batch) =>
      context.writeCompiled(test.unique_id, sql, batch === undefined ? name : `${name}_${batch}`),
  };
}

/** All partitions that some steps build; undefined where the model has none. */
function partitionsBuilt({ model, graph }: SequenceWorld, steps: readonly UnitTestStep[]): string | undefined {
  const definition = steppedPartitionsOf(model, graph.project.settings);
  if (!definition) return undefined;
  const keys = steps.flatMap(({ partition }) => (partition ?? []).map((text) => readKeySet(definition, text).set));
  return formatKeySet(definition, unionAllKeys(keys));
}

function environmentOf(environment: Environment, steps: readonly UnitTestStep[], fullRefresh: boolean): Environment {
  const spans = steps.flatMap(({ event_time: eventTime }) => eventTime ?? []);
  const moments = (texts: readonly (string | null)[]): Date[] =>
    texts.flatMap((text) => (text === null ? [] : (readInstant(text) ?? [])));
  const ends = moments(spans.map(({ end }) => end)).sort((one, other) => other.getTime() - one.getTime());
  const starts = fullRefresh ? [] : moments(spans.map(({ start }) => start));
  const { flags } = environment;
  return {
    ...environment,
    flags: { ...flags, fullRefresh, empty: false, failFast: false, eventTimeStart: starts[0], eventTimeEnd: ends[0] },
  };
}

/** What is sent, and what models warn of, is told as the test's. */
function tell(event: Event, { unique_id: nodeId }: UnitTestNode, { emit }: StepContext): void {
  if (event.kind === 'statement-finished') emit({ ...event, nodeId });
  if (event.kind === 'message') emit({ ...event, nodeId });
}
