import { hash } from 'node:crypto';
import type { Json, JsonObject } from '../../core/index.ts';
import { pythonMember, pythonRepr, pythonText } from './python-text.ts';

export interface TestNames {
  /** For the file and the alias: at most 63 characters. */
  readonly short: string;
  /** For the unique id and the fqn. */
  readonly full: string;
}

const longest = 63;

/**
 * dbt's name of a generic test that was given none: test, target and arguments in the order of the arguments' names.
 *
 * @param test with its namespace in front, and `source_` for tests of sources.
 */
export function testNames(test: string, target: string, kwargs: JsonObject): TestNames {
  const parts: string[] = [];
  for (const name of Object.keys(kwargs).sort(byCodePoint)) {
    if (name === 'model') continue;
    for (const part of partsOf(kwargs, name)) parts.push(part.replace(/[^0-9a-zA-Z_]+/g, '_'));
  }
  const identifier = `${test}_${target}`;
  const full = `${identifier}_${parts.join('__')}`;
  // Python counts characters, not UTF-16 units, of which there are as many or more.
  if (full.length <= longest || [...full].length <= longest) return { short: full, full };
  return { short: `${[...identifier].slice(0, 30).join('')}_${hash('md5', full)}`, full };
}

function partsOf(kwargs: JsonObject, name: string): readonly string[] {
  const value = kwargs[name] as Json;
  if (Array.isArray(value)) return value.map((_, index) => pythonMember(value, index));
  if (value === null || typeof value !== 'object') return [pythonMember(kwargs, name)];
  return Object.keys(value).map((key) => pythonMember(value as JsonObject, key));
}

/** The ten characters at the end of a generic test's unique id. */
export function testHash(
  name: string,
  metadata: { name: string; kwargs: JsonObject; namespace: string | null },
): string {
  const described = `{'kwargs': ${hashable(metadata.kwargs)}, 'name': ${pythonRepr(metadata.name)}, 'namespace': ${pythonRepr(pythonText(metadata.namespace))}}`;
  return hash('md5', name + described).slice(-10);
}

/** As Python writes it, members in the order of their names and every value as text. */
function hashable(container: JsonObject | readonly Json[]): string {
  if (Array.isArray(container)) return `[${container.map((_, index) => hashableMember(container, index)).join(', ')}]`;
  const keys = Object.keys(container).sort(byCodePoint);
  return `{${keys.map((key) => `${pythonRepr(key)}: ${hashableMember(container, key)}`).join(', ')}}`;
}

function hashableMember(container: JsonObject | readonly Json[], key: string | number): string {
  const value = (container as JsonObject)[key] as Json;
  return value !== null && typeof value === 'object'
    ? hashable(value as JsonObject)
    : pythonRepr(pythonMember(container, key));
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
