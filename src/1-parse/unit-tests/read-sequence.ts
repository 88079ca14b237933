import { isMapping, type Json, type JsonObject, readInstant } from '../../core/index.ts';
import { flag, mapping, type ValueType } from '../config/value-type.ts';
import { checkShape, type ReadContext, type Shape } from '../properties/context.ts';
import type { WrittenStep } from '../properties/facts.ts';
import type { YamlPath } from '../yaml/index.ts';
import { readExpectedRows } from './read-expectation.ts';
import { report } from './read-fixture.ts';
import { inputShape, mappings, readInput } from './read-input.ts';

const isKey = (value: Json): boolean => typeof value === 'string' || typeof value === 'number';
const keys: ValueType = (value) =>
  isKey(value) || (Array.isArray(value) && value.every(isKey)) ? undefined : 'a partition, or a list of partitions';
const instant: ValueType = (value) =>
  isKey(value) && readInstant(String(value)) !== undefined ? undefined : 'a date or a time';

const stepShape: Shape = {
  given: mappings,
  partition: keys,
  event_time: mapping,
  rerun: flag,
  expect: mapping,
};
const arrivalShape: Shape = { ...inputShape, replace: flag };
const eventTimeShape: Shape = { start: instant, end: instant };

/** Reads the steps of `sequence:`. Which of their keys fit the model, the graph knows. */
export function readSequence(
  context: ReadContext,
  sequence: Json,
  name: string,
  path: YamlPath,
): readonly WrittenStep[] {
  const steps = Array.isArray(sequence) ? sequence.filter(isMapping) : [];
  if (steps.length === 0 && mappings(sequence) === undefined) {
    const message = `The sequence of the unit test '${name}' has no steps`;
    report(
      context,
      path,
      'parse/unit-test-incomplete',
      message,
      'A step is a build: what arrives before it, below given:',
    );
  }
  return steps.map((step, index) => readStep(context, step, name, [...path, index]));
}

function readStep(context: ReadContext, step: JsonObject, name: string, path: YamlPath): WrittenStep {
  checkShape(context, path, step, stepShape, 'refuse');
  const { partition, expect } = step;
  const given = Array.isArray(step.given) ? step.given.filter(isMapping) : [];
  return {
    given: given.map((one, index) => ({
      ...readInput(context, one, name, [...path, 'given', index], arrivalShape),
      replace: one.replace === true,
    })),
    partition: partition === undefined ? null : [partition].flat().map(String),
    event_time: readEventTime(context, step.event_time, name, [...path, 'event_time']),
    rerun: step.rerun === true,
    expect: isMapping(expect) ? readExpectedRows(context, expect, name, [...path, 'expect']) : null,
  };
}

function readEventTime(
  context: ReadContext,
  written: Json | undefined,
  name: string,
  path: YamlPath,
): WrittenStep['event_time'] {
  if (!isMapping(written)) return null;
  checkShape(context, path, written, eventTimeShape, 'refuse');
  const { start = null, end } = written;
  if (end === undefined || end === null) {
    const message = `'event_time' of a step of the unit test '${name}' needs 'end'`;
    report(
      context,
      path,
      'parse/unit-test-incomplete',
      message,
      'For example: event_time: {start: 2024-01-01, end: 2024-01-03}',
    );
    return null;
  }
  return { start: start === null ? null : String(start), end: String(end) };
}
