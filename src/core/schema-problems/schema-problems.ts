import type { z } from 'zod';
import { didYouMeanHint } from '../diagnostic.ts';
import type { DataPath } from './data-path.ts';
import { knownKeys } from './known-keys.ts';
import { listWords, showValue, typeOf, wordFor } from './words.ts';

/** What keeps data that somebody wrote from fitting a schema, in words for the author. */
export interface SchemaProblem {
  readonly what: 'unknown-key' | 'missing-key' | 'wrong-type' | 'wrong-value';
  readonly message: string;
  readonly hint?: string | undefined;
  readonly at: DataPath;
  /** Whether it is about the key there, or what stands behind it. */
  readonly part: 'key' | 'value';
}

type Issue = z.core.$ZodIssue;

/**
 * Checks data against a schema.
 *
 * @param secret whether texts in it must not be shown. Default false.
 */
export function schemaProblems(schema: z.ZodType, value: unknown, secret = false): readonly SchemaProblem[] {
  const result = schema.safeParse(value);
  if (result.success) return [];
  return result.error.issues.flatMap((issue) => describe({ schema, secret }, issue, value, []));
}

interface Report {
  readonly schema: z.ZodType;
  readonly secret: boolean;
}

function describe(report: Report, issue: Issue, root: unknown, above: DataPath): readonly SchemaProblem[] {
  const path = [...above, ...(issue.path as (string | number)[])];
  const actual = valueAt(root, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(report, path, key));
    case 'invalid_union':
      return describeUnion(report, issue, root, path);
    case 'invalid_type':
      if (actual === undefined) return [missingKey(path)];
      return [wrongType(report, path, wordFor(issue.expected), actual)];
    case 'invalid_value':
      if (actual === undefined) return [missingKey(path)];
      return [wrongValue(report, path, issue.values.map(String), actual)];
    default:
      return [plain('wrong-value', path, `${nameOf(path)}: ${issue.message}`)];
  }
}

function unknownKey({ schema }: Report, path: DataPath, key: string): SchemaProblem {
  const known = knownKeys(schema, path);
  const owner = path.length === 0 ? 'here' : `in ${nameOf(path)}`;
  return {
    what: 'unknown-key',
    message: `The key '${key}' is not known ${owner}`,
    at: [...path, key],
    part: 'key',
    hint: didYouMeanHint(key, known) ?? (known.length > 0 ? `Known keys: ${known.join(', ')}` : undefined),
  };
}

function missingKey(path: DataPath): SchemaProblem {
  const owner = path.slice(0, -1);
  const place = owner.length === 0 ? '' : ` in ${nameOf(owner)}`;
  return plain('missing-key', owner, `The key '${String(path.at(-1))}' is missing${place}`);
}

function wrongType({ secret }: Report, path: DataPath, expected: string, actual: unknown): SchemaProblem {
  const is = secret && typeof actual === 'string' ? 'a text' : typeOf(actual);
  return plain('wrong-type', path, `${nameOf(path)} has to be ${expected}, but is ${is}`);
}

function wrongValue({ secret }: Report, path: DataPath, allowed: readonly string[], actual: unknown): SchemaProblem {
  const is = secret && typeof actual === 'string' ? 'that' : showValue(actual);
  const [only, ...others] = allowed;
  const message =
    others.length === 0
      ? `${nameOf(path)} has to be ${only}, but is ${is}`
      : `${nameOf(path)} cannot be ${is}; it is one of ${allowed.join(', ')}`;
  const hint = typeof actual === 'string' ? didYouMeanHint(actual, allowed) : undefined;
  return { ...plain('wrong-value', path, message), hint };
}

function plain(what: SchemaProblem['what'], at: DataPath, message: string): SchemaProblem {
  return { what, message, at, part: 'value' };
}

/** Of a union's branches, the one that came furthest is the one that was meant. */
function describeUnion(
  report: Report,
  issue: Extract<Issue, { code: 'invalid_union' }>,
  root: unknown,
  path: DataPath,
): readonly SchemaProblem[] {
  const actual = valueAt(root, path);
  if (actual === undefined) return [missingKey(path)];
  const depth = (branch: readonly Issue[]): number => Math.max(0, ...branch.map(depthOf));
  const branches = issue.errors.filter((branch) => branch.length > 0);
  const best = [...branches].sort((a, b) => depth(b) - depth(a))[0];
  if (best && depth(best) > 0) return best.flatMap((inner) => describe(report, inner, root, path));
  const expected = branches.flatMap((branch) => branch.map(expectation)).filter((word) => word !== undefined);
  if (expected.length === 0) return [plain('wrong-value', path, `${nameOf(path)}: ${issue.message}`)];
  return [wrongType(report, path, listWords([...new Set(expected)]), actual)];
}

function depthOf(issue: Issue): number {
  // A branch that complains about unknown keys took the value for its own kind.
  return issue.path.length + (issue.code === 'unrecognized_keys' ? 1 : 0);
}

function expectation(issue: Issue): string | undefined {
  if (issue.code === 'invalid_type') return wordFor(issue.expected);
  if (issue.code === 'invalid_value') return issue.values.map((value) => `'${String(value)}'`).join(' or ');
  return undefined;
}

function nameOf(path: DataPath): string {
  if (path.length === 0) return 'The file';
  // The position says which entry of a list is meant.
  return `'${path.filter((step) => typeof step === 'string').join('.')}'`;
}

function valueAt(root: unknown, path: DataPath): unknown {
  let at = root;
  for (const step of path) {
    if (at === null || typeof at !== 'object') return undefined;
    at = Object.hasOwn(at, step) ? (at as Record<string | number, unknown>)[step] : undefined;
  }
  return at;
}
