import { z } from 'zod';
import { error, type Json, schemaProblems, type TargetDiagnostic } from '../../core/index.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const record = z.record(z.string(), z.json());

const attachment = z.looseObject({
  path: z.string(),
  type: z.string().nullish(),
  alias: z.string().nullish(),
  secret: z.string().nullish(),
  read_only: z.boolean().nullish(),
  options: record.nullish(),
});

/** An output of a profile, with dbt-duckdb's keys. */
const shape = {
  type: z.string().optional(),
  path: z.string().optional(),
  database: z.string().optional(),
  schema: z.string().min(1, 'it must not be empty').optional(),
  threads: z.number().int().min(1).optional(),
  config_options: z.record(z.string(), scalar).nullish(),
  settings: z.record(z.string(), scalar.nullable()).nullish(),
  extensions: z.array(z.union([z.string(), z.strictObject({ name: z.string(), repo: z.string() })])).nullish(),
  secrets: z.array(z.looseObject({ type: z.string() })).nullish(),
  attach: z.array(attachment).nullish(),
  retries: z
    .strictObject({
      connect_attempts: z.number().int().min(1).optional(),
      query_attempts: z.number().int().nullish(),
      retryable_exceptions: z.array(z.string()).nullish(),
    })
    .nullish(),
  use_credential_provider: z.string().nullish(),
  external_root: z.string().nullish(),
  filesystems: z.array(z.json()).nullish(),
  plugins: z.array(z.json()).nullish(),
  remote: z.json().optional(),
  disable_transactions: z.boolean().nullish(),
  keep_open: z.boolean().nullish(),
  module_paths: z.array(z.string()).nullish(),
  motherduck_token: z.string().nullish(),
  is_ducklake: z.boolean().nullish(),
  flights: z.json().optional(),
};

const schema = z.looseObject(shape);

export type Output = z.infer<typeof schema>;
export type Attachment = z.infer<typeof attachment>;

export const outputKeys: ReadonlySet<string> = new Set(Object.keys(shape));

/** Checks an output. What is wrong is left out of the result, so that the rest can still be looked at. */
export function readOutput(raw: Readonly<Record<string, Json>>): { output: Output; diagnostics: TargetDiagnostic[] } {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return { output: parsed.data, diagnostics: [] };
  const wrong = new Set(parsed.error.issues.map((issue) => String(issue.path[0])));
  const rest = Object.fromEntries(Object.entries(raw).filter(([key]) => !wrong.has(key)));
  return {
    output: schema.parse(rest),
    diagnostics: schemaProblems(schema, raw, true).map(({ message, hint, at, part }) => ({
      ...error('duckdb/invalid-key', message, { hint }),
      at,
      part,
    })),
  };
}
