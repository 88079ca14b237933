import type { z } from 'zod';
import { type Diagnostic, didYouMeanHint, error, type Severity } from '../../core/index.ts';
import { knownKeys } from './known-keys.ts';
import { locator, type YamlPath } from './locate.ts';
import { listWords, show, typeOf, wordFor } from './words.ts';

export interface CheckOptions {
  /** First part of the codes, `parse` in `parse/unknown-key`. Default `parse`. */
  readonly prefix?: string;
  /** How bad a key is that the schema (a `z.strictObject`) does not know. Default `error`. */
  readonly unknownKeys?: Severity;
  /** Where `value` stands in the file, if it is a part of it. */
  readonly at?: YamlPath;
}

type Issue = z.core.$ZodIssue;

/**
 * Checks data from a file against a schema. Every problem becomes a diagnostic with its place in the file, in words for
 * the file's author: `PREFIX/unknown-key` (with a did-you-mean), `PREFIX/missing-key`, `PREFIX/wrong-type`,
 * `PREFIX/wrong-value`. Costs little where nothing is wrong: the text is read for places only when something is.
 */
export function check(
  schema: z.ZodType,
  value: unknown,
  text: string,
  file: string,
  options: CheckOptions = {},
): readonly Diagnostic[] {
  const result = schema.safeParse(value);
  if (result.success) return [];
  const find = locator(text, file);
  const root = options.at ?? [];
  const report: Report = {
    schema,
    prefix: options.prefix ?? 'parse',
    unknownKeys: options.unknownKeys ?? 'error',
    find: (path, part) => find([...root, ...path], part),
  };
  return result.error.issues.flatMap((issue) => describe(report, issue, value, []));
}

interface Report {
  readonly schema: z.ZodType;
  readonly prefix: string;
  readonly unknownKeys: Severity;
  find(path: YamlPath, part?: 'key' | 'value'): Diagnostic['span'];
}

function describe(report: Report, issue: Issue, root: unknown, above: YamlPath): readonly Diagnostic[] {
  const path = [...above, ...(issue.path as (string | number)[])];
  const actual = valueAt(root, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(report, path, key));
    case 'invalid_union':
      return describeUnion(report, issue, root, path);
    case 'invalid_type':
      if (actual === undefined) return [missingKey(report, path)];
      return [wrongType(report, path, wordFor(issue.expected), actual)];
    case 'invalid_value':
      if (actual === undefined) return [missingKey(report, path)];
      return [wrongValue(report, path, issue.values.map(String), actual)];
    default:
      return [plain(report, 'wrong-value', path, `${nameOf(path)}: ${issue.message}`)];
  }
}

function unknownKey(report: Report, path: YamlPath, key: string): Diagnostic {
  const known = knownKeys(report.schema, path);
  const owner = path.length === 0 ? 'here' : `in ${nameOf(path)}`;
  return {
    code: `${report.prefix}/unknown-key`,
    severity: report.unknownKeys,
    message: `The key '${key}' is not known ${owner}`,
    span: report.find([...path, key], 'key'),
    hint: didYouMeanHint(key, known) ?? (known.length > 0 ? `Known keys: ${known.join(', ')}` : undefined),
  };
}

function missingKey(report: Report, path: YamlPath): Diagnostic {
  const owner = path.slice(0, -1);
  const place = owner.length === 0 ? '' : ` in ${nameOf(owner)}`;
  return plain(report, 'missing-key', owner, `The key '${String(path.at(-1))}' is missing${place}`);
}

function wrongType(report: Report, path: YamlPath, expected: string, actual: unknown): Diagnostic {
  return plain(report, 'wrong-type', path, `${nameOf(path)} has to be ${expected}, but is ${typeOf(actual)}`);
}

function wrongValue(report: Report, path: YamlPath, allowed: readonly string[], actual: unknown): Diagnostic {
  const message = `${nameOf(path)} cannot be ${show(actual)}; it is one of ${allowed.join(', ')}`;
  const hint = typeof actual === 'string' ? didYouMeanHint(actual, allowed) : undefined;
  return { ...plain(report, 'wrong-value', path, message), hint };
}

function plain(report: Report, what: string, path: YamlPath, message: string): Diagnostic {
  return error(`${report.prefix}/${what}`, message, { span: report.find(path, 'value') });
}

/** Of a union's branches, the one that came furthest is the one that was meant. */
function describeUnion(
  report: Report,
  issue: Extract<Issue, { code: 'invalid_union' }>,
  root: unknown,
  path: YamlPath,
): readonly Diagnostic[] {
  const actual = valueAt(root, path);
  if (actual === undefined) return [missingKey(report, path)];
  const depth = (branch: readonly Issue[]): number => Math.max(0, ...branch.map(depthOf));
  const branches = issue.errors.filter((branch) => branch.length > 0);
  const best = [...branches].sort((a, b) => depth(b) - depth(a))[0];
  if (best && depth(best) > 0) return best.flatMap((inner) => describe(report, inner, root, path));
  const expected = branches.flatMap((branch) => branch.map(expectation)).filter((word) => word !== undefined);
  if (expected.length === 0) return [plain(report, 'wrong-value', path, `${nameOf(path)}: ${issue.message}`)];
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

function nameOf(path: YamlPath): string {
  if (path.length === 0) return 'The file';
  // The position says which entry of a list is meant.
  return `'${path.filter((step) => typeof step === 'string').join('.')}'`;
}

function valueAt(root: unknown, path: YamlPath): unknown {
  let at = root;
  for (const step of path) {
    if (at === null || typeof at !== 'object') return undefined;
    at = Object.hasOwn(at, step) ? (at as Record<string | number, unknown>)[step] : undefined;
  }
  return at;
}
