import { resolve } from 'node:path';
import { asMapping, type JsonObject } from '../../core/index.ts';
import type { Call } from '../engine/call.ts';
import type { Host } from '../engine/host.ts';
import type { Invocation } from './invocation.ts';
import { usageProblem } from './usage.ts';
import { filledTextOf, numberOf, positiveOf, textOf, wordsOf } from './values.ts';

/** What flags mean for the pipeline. */
export function makeCall(invocation: Invocation, projectDir: string | undefined, host: Host): Call {
  const { values, given } = invocation;
  const path = (name: string): string | undefined => pathOf(values, name, host.cwd);
  // Relative to the project, not to where the command was called: as in dbt.
  const statePath = (name: string): string | undefined => pathOf(values, name, projectDir ?? host.cwd);
  return {
    command: invocation.name,
    projectDir,
    profilesDir: path('profiles_dir'),
    profile: textOf(values, 'profile'),
    target: textOf(values, 'target'),
    // Relative to the project, not to where the command was called: as in dbt.
    targetPath: filledTextOf(values, 'target_path'),
    stateFile: path('state_file'),
    vars: objectOf(values, 'vars'),
    threads:
      values.single_threaded === true ? 1 : (positiveOf(values, 'max_parallel') ?? positiveOf(values, 'threads')),
    select: wordsOf(values, 'select'),
    exclude: wordsOf(values, 'exclude'),
    selector: filledTextOf(values, 'selector'),
    resourceTypes: someOf(wordsOf(values, 'resource_types')),
    excludeResourceTypes: someOf(wordsOf(values, 'exclude_resource_types')),
    indirectSelection: (textOf(values, 'indirect_selection') ?? 'eager') as Call['indirectSelection'],
    fullRefresh: values.full_refresh === true,
    failFast: values.fail_fast === true,
    storeFailures: values.store_failures === true,
    empty: values.empty === true,
    warnError: values.warn_error === true,
    warnErrorOptions: objectOf(values, 'warn_error_options'),
    partialParse: values.partial_parse !== false,
    versionCheck: values.version_check !== false,
    introspect: values.introspect !== false,
    compile: values.compile !== false,
    emptyCatalog: values.empty_catalog === true,
    writeJson: values.write_json !== false,
    output: undefined,
    state: statePath('state'),
    defer: values.defer === true,
    deferState: statePath('defer_state'),
    favorState: values.favor_state === true,
    eventTimeStart: textOf(values, 'event_time_start'),
    eventTimeEnd: textOf(values, 'event_time_end'),
    sample: textOf(values, 'sample'),
    partitions: partitionsOf(values, invocation.name),
    planFile: path('plan'),
    backfill: invocation.name === 'backfill' ? backfillOf(values) : undefined,
    operation:
      invocation.name === 'run-operation'
        ? { macro: textOf(values, 'macro') ?? '', args: objectOf(values, 'args') }
        : undefined,
    inline: textOf(values, 'inline'),
    inlineDirect: textOf(values, 'inline_direct'),
    limit: numberOf(values, 'limit') ?? 5,
    only: undefined,
    retryOf: undefined,
    given,
    args: { ...values, which: invocation.name, invocation_command: invocation.line, project_dir: projectDir ?? null },
  };
}

function partitionsOf(values: JsonObject, command: string): Call['partitions'] {
  if (values.partition === undefined) return undefined;
  const dimensions: Record<string, string[]> = {};
  for (const text of wordsOf(values, 'dimension')) {
    const [name = '', ...value] = text.split('=');
    if (value.length === 0) throw usageProblem('flag-value', `'${text}' says no value of a dimension`, 'region=EU');
    dimensions[name] ??= [];
    dimensions[name].push(value.join('='));
  }
  return {
    keys: wordsOf(values, 'partition'),
    from: textOf(values, 'from'),
    to: textOf(values, 'to'),
    dimensions,
    only: picks.flatMap(([flag, pick]) => (values[flag] === true ? [pick] : [])),
    all: command === 'backfill',
    batchSize: positiveOf(values, 'batch_size'),
  };
}

const picks = [
  ['missing', 'missing'],
  ['failed_only', 'failed'],
  ['stale', 'stale'],
] as const;

function backfillOf(values: JsonObject): Call['backfill'] {
  return { id: undefined, dryRun: values.dry_run === true, newestFirst: values.newest_first === true };
}

function objectOf(values: JsonObject, name: string): JsonObject {
  return asMapping(values[name]) ?? {};
}

function pathOf(values: JsonObject, name: string, folder: string): string | undefined {
  const value = filledTextOf(values, name);
  return value === undefined ? undefined : resolve(folder, value);
}

const someOf = (words: readonly string[]): readonly string[] | undefined => (words.length === 0 ? undefined : words);
