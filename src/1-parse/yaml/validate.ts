import type { z } from 'zod';
import { type Diagnostic, type Severity, schemaProblems } from '../../core/index.ts';
import { locator, type YamlPath } from './locate.ts';

export interface CheckOptions {
  /** First part of the codes, `parse` in `parse/unknown-key`. Default `parse`. */
  readonly prefix?: string;
  /** How bad a key is that the schema (a `z.strictObject`) does not know. Default `error`. */
  readonly unknownKeys?: Severity;
  /** Where `value` stands in the file, if it is a part of it. */
  readonly at?: YamlPath;
}

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
  const find = locator(text, file);
  const root = options.at ?? [];
  return schemaProblems(schema, value).map(({ what, message, hint, at, part }) => ({
    code: `${options.prefix ?? 'parse'}/${what}`,
    severity: what === 'unknown-key' ? (options.unknownKeys ?? 'error') : 'error',
    message,
    span: find([...root, ...at], part),
    hint,
  }));
}
