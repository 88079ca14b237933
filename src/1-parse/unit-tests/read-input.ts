import { isMapping, type JsonObject } from '../../core/index.ts';
import { text, type ValueType } from '../config/value-type.ts';
import { checkShape, type ReadContext, type Shape } from '../properties/context.ts';
import type { WrittenInput } from '../properties/facts.ts';
import type { YamlPath } from '../yaml/index.ts';
import { fixtureShape, readFixture, report } from './read-fixture.ts';

export const mappings: ValueType = (value) =>
  Array.isArray(value) && value.every(isMapping) ? undefined : 'a list of mappings';

/** Keys of an entry of `given:`. */
export const inputShape: Shape = { input: text, ...fixtureShape };

/** Reads an entry of `given:`: the input, and its rows. */
export function readInput(
  context: ReadContext,
  entry: JsonObject,
  name: string,
  path: YamlPath,
  shape: Shape = inputShape,
): WrittenInput {
  checkShape(context, path, entry, shape, 'refuse');
  const { input } = entry;
  if (typeof input !== 'string') {
    const message = `An input of the unit test '${name}' needs 'input'`;
    report(context, path, 'parse/unit-test-incomplete', message, "For example: input: ref('orders')");
  }
  return { input: typeof input === 'string' ? input : '', ...readFixture(context, entry, name, path) };
}
