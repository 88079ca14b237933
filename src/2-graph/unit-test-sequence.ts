import { type Project, steppedPartitionsOf, unitTestPlace } from '../1-parse/index.ts';
import {
  type Diagnostic,
  error,
  isNone,
  type ModelNode,
  type PartitionDefinition,
  readKeySet,
  type UnitTestNode,
  type UnitTestStep,
} from '../core/index.ts';

/** What is wrong with the steps of a unit test's sequence, as far as its model tells. */
export function sequenceProblems(project: Project, test: UnitTestNode, model: ModelNode): readonly Diagnostic[] {
  const { sequence } = test;
  if (!sequence) return [];
  const problem = (path: readonly (string | number)[], message: string, hint: string): Diagnostic => {
    const span = unitTestPlace(project, test, path) ?? test.origin.definition;
    return error('graph/unit-test-sequence', message, { span, hint });
  };
  if (model.config.materialized === 'ephemeral') {
    const message = `The unit test '${test.name}' has a sequence, but '${model.name}' is ephemeral: it makes no table`;
    return [problem(['sequence'], message, "Leave out 'sequence', and give the rows below given:")];
  }
  const decided = Object.keys(test.overrides?.macros ?? {}).find((name) => /^(dbt\.)?is_incremental$/.test(name));
  const found: Diagnostic[] = [];
  if (decided !== undefined) {
    const message = `The unit test '${test.name}' has a sequence, in which is_incremental() is what it is in a run`;
    found.push(problem(['overrides', 'macros', decided], message, `Leave out '${decided}'`));
  }
  for (const [path, { input }] of inputsOf(test)) {
    if (input.trim() !== 'this') continue;
    const message = `The unit test '${test.name}' gives rows of '${model.name}' itself, which its sequence makes`;
    found.push(problem([...path, 'input'], message, 'Let a first step make them'));
  }
  const kind: Kept = { test, model, definition: steppedPartitionsOf(model, project.settings) };
  for (const [index, step] of sequence.entries()) {
    for (const { key, message, hint } of stepProblems(step, kind)) {
      found.push(problem(['sequence', index, ...(step[key] === null ? [] : [key])], message, hint));
    }
  }
  return found;
}

function inputsOf({ given, sequence = [] }: UnitTestNode) {
  return [
    ...given.map((one, index) => [['given', index], one] as const),
    ...sequence.flatMap((step, at) => step.given.map((one, index) => [['sequence', at, 'given', index], one] as const)),
  ];
}

interface Kept {
  readonly test: UnitTestNode;
  readonly model: ModelNode;
  readonly definition: PartitionDefinition | undefined;
}

interface StepProblem {
  readonly key: 'partition' | 'event_time';
  readonly message: string;
  readonly hint: string;
}

function stepProblems({ partition, event_time: eventTime }: UnitTestStep, kept: Kept): readonly StepProblem[] {
  return [...partitionProblems(partition, kept), ...eventTimeProblems(eventTime, kept)];
}

function* partitionProblems(
  partition: UnitTestStep['partition'],
  { test, model, definition }: Kept,
): Generator<StepProblem> {
  const key = 'partition';
  if (!definition) {
    if (partition === null) return;
    const message = `A step of the unit test '${test.name}' names partitions, but '${model.name}' has none`;
    yield { key, message, hint: "Leave out 'partition'" };
    return;
  }
  if (partition === null || partition.length === 0) {
    const message = `A step of the unit test '${test.name}' does not say which partitions of '${model.name}' it builds`;
    yield { key, message, hint: 'For example: partition: 2024-03-31' };
    return;
  }
  for (const text of partition) {
    const { set, unknown } = readKeySet(definition, text);
    if (unknown.length === 0 && !isNone(set)) continue;
    const message = `'${text}' is no partition of '${model.name}' (unit test '${test.name}')`;
    yield { key, message, hint: 'Write its key, or a range of keys: 2024-03-01..2024-03-03' };
  }
}

function* eventTimeProblems(
  eventTime: UnitTestStep['event_time'],
  { test, model, definition }: Kept,
): Generator<StepProblem> {
  const key = 'event_time';
  const isMicrobatch = model.config.incremental_strategy === 'microbatch' && !definition;
  if (isMicrobatch && eventTime === null) {
    const message = `A step of the unit test '${test.name}' does not say up to when '${model.name}' is built`;
    yield { key, message, hint: 'For example: event_time: {end: 2024-01-03}' };
  }
  if (!isMicrobatch && eventTime !== null) {
    const message = `A step of the unit test '${test.name}' has an event_time, but '${model.name}' is no microbatch model`;
    yield { key, message, hint: "Leave out 'event_time'" };
  }
}
