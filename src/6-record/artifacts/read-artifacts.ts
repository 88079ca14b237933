import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readYaml } from '../../1-parse/index.ts';
import { error, isMapping, type JsonObject, Problem, readRefusal } from '../../core/index.ts';

/** As much of a `run_results.json` (ours or dbt's) as `retry`, `result:` and `--state` need. */
export interface ReadRunResults {
  readonly command: string;
  readonly args: JsonObject;
  readonly invocationId: string | null;
  readonly invocationStartedAt: string | null;
  readonly results: readonly ReadRunResult[];
}

export interface ReadRunResult {
  readonly nodeId: string;
  readonly status: string;
  readonly failures: number | null;
  /** Batches of a microbatch model. */
  readonly batchResults: { readonly successful: readonly Batch[]; readonly failed: readonly Batch[] } | null;
}

export type Batch = readonly [start: string, end: string];

/** As much of a `manifest.json` (ours or dbt's) as a comparison with an earlier state needs: entries by unique id. */
export interface ReadManifest {
  readonly nodes: JsonObject;
  readonly sources: JsonObject;
  readonly exposures: JsonObject;
  readonly macros: JsonObject;
  readonly unit_tests: JsonObject;
  readonly metrics: JsonObject;
  readonly semantic_models: JsonObject;
  readonly saved_queries: JsonObject;
  readonly functions: JsonObject;
  readonly invocationId: string | null;
}

const batches = z.array(z.tuple([z.string(), z.string()]));
const metadata = z.object({
  dbt_schema_version: z.string(),
  invocation_id: z.string().nullish(),
  invocation_started_at: z.string().nullish(),
});
const runResultsFile = z.object({
  metadata,
  args: z.record(z.string(), z.unknown()).default({}),
  results: z.array(
    z.object({
      unique_id: z.string(),
      status: z.string(),
      failures: z.number().nullish(),
      batch_results: z.object({ successful: batches, failed: batches }).nullish(),
    }),
  ),
});
const sourcesFile = z.object({
  metadata,
  results: z.array(z.object({ unique_id: z.string(), max_loaded_at: z.string().nullish() })),
});
const entries = z.record(z.string(), z.looseObject({ unique_id: z.string(), resource_type: z.string() }));
const manifestFile = z.object({
  metadata,
  nodes: entries,
  sources: entries,
  exposures: entries,
  macros: entries.default({}),
  unit_tests: entries.default({}),
  metrics: entries.default({}),
  semantic_models: entries.default({}),
  saved_queries: entries.default({}),
  functions: entries.default({}),
});

/** The results of an earlier run, or undefined where there is no such file. Throws `Problem` for one that is no such. */
export function readRunResults(path: string): ReadRunResults | undefined {
  const file = readArtifact(path, runResultsFile);
  if (!file) return undefined;
  return {
    command: typeof file.args.which === 'string' ? file.args.which : '',
    args: argumentsIn(path) ?? (file.args as JsonObject),
    invocationId: file.metadata.invocation_id ?? null,
    invocationStartedAt: file.metadata.invocation_started_at ?? null,
    results: file.results.map((result) => ({
      nodeId: result.unique_id,
      status: result.status,
      failures: result.failures ?? null,
      batchResults: result.batch_results ?? null,
    })),
  };
}

/** They stand at the end. */
function argumentsIn(path: string): JsonObject | undefined {
  const text = readFileSync(path, 'utf8').trimEnd();
  const start = text.lastIndexOf('"args":');
  return start >= 0 ? readInvocationArgs(text.slice(start + '"args":'.length, -1)) : undefined;
}

/** The arguments of a call as Python reads them, with floats as such: JavaScript's JSON knows none. */
export function readInvocationArgs(json: string): JsonObject | undefined {
  const { value } = readYaml(json, 'args');
  return isMapping(value) && typeof value.which === 'string' ? value : undefined;
}

/** When the data of each source was loaded, by an earlier check; undefined where there is no such file. */
export function readSources(path: string): ReadonlyMap<string, string | null> | undefined {
  const file = readArtifact(path, sourcesFile);
  return file && new Map(file.results.map((result) => [result.unique_id, result.max_loaded_at ?? null]));
}

/** An earlier manifest, or undefined where there is no such file. Throws `Problem` for one that is no such. */
export function readManifest(path: string): ReadManifest | undefined {
  const file = readArtifact(path, manifestFile);
  if (!file) return undefined;
  const { metadata: about, ...sections } = file;
  return { ...(sections as Omit<ReadManifest, 'invocationId'>), invocationId: about.invocation_id ?? null };
}

function readArtifact<T>(path: string, schema: z.ZodType<T>): T | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Problem(error('record/artifact', `${path} cannot be read: ${readRefusal(failure)}`));
  }
  const parsed = schema.safeParse(parseJson(path, text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const reason = [issue?.path.join('.'), issue?.message].filter((part) => part !== '').join(': ');
  throw new Problem(
    error('record/artifact', `${path} is no artifact that Ingot can read: ${reason}`, {
      hint: 'Run the command that wrote it once more',
    }),
  );
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (failure) {
    throw new Problem(
      error('record/artifact', `${path} is not valid JSON: ${(failure as Error).message}`, {
        hint: 'Run the command that wrote it once more',
      }),
    );
  }
}
