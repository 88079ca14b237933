import { hash } from 'node:crypto';
import type { Json, JsonObject } from '../../core/index.ts';
import { pythonRepr, pythonText } from './python-text.ts';

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
    for (const part of partsOf(kwargs[name] as Json)) parts.push(pythonText(part).replace(/[^0-9a-zA-Z_]+/g, '_'));
  }
  const identifier = `${test}_${target}`;
  const full = `${identifier}_${parts.join('__')}`;
  // Python counts characters, not UTF-16 units.
  if ([...full].length <= longest) return { short: full, full };
  return { short: `${[...identifier].slice(0, 30).join('')}_${hash('md5', full)}`, full };
}

function partsOf(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[];
  return value !== null && typeof value === 'object' ? Object.values(value) : [value as Json];
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
function hashable(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(hashable).join(', ')}]`;
  if (value !== null && typeof value === 'object') {
    const object = value as JsonObject;
    const keys = Object.keys(object).sort(byCodePoint);
    return `{${keys.map((key) => `${pythonRepr(key)}: ${hashable(object[key] as Json)}`).join(', ')}}`;
  }
  return pythonRepr(pythonText(value));
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
