import type { Call } from '../../cli/engine/call.ts';
import type { Host } from '../../cli/engine/host.ts';
import {
  type Diagnostic,
  type Environment,
  error,
  type JsonObject,
  Problem,
  readInstant,
  type YamlEnvironment,
} from '../../core/index.ts';
import { sampleWindow } from './sample-window.ts';

/** Ingot's own version: part of the cache's key and of every artifact. */
export const version = '0.1.0';

/** What is known of the environment before the target is. */
export function environmentOf(call: Call, host: Host, projectRoot: string): YamlEnvironment {
  const startedAt = host.now();
  const sample = call.sample === undefined ? undefined : sampleWindow(call.sample, startedAt);
  const [from, to] = [
    instantOf('--event-time-start', call.eventTimeStart),
    instantOf('--event-time-end', call.eventTimeEnd),
  ];
  if (from && to && from >= to) throw new Problem(emptyStretch(call));
  return {
    projectRoot,
    vars: call.vars,
    env: (name) => host.env[name],
    flags: {
      which: call.command,
      fullRefresh: call.fullRefresh,
      failFast: call.failFast,
      storeFailures: call.storeFailures,
      empty: call.empty,
      warnError: call.warnError,
      // As in dbt, batches outside of a sample are not built, whatever else was asked for.
      eventTimeStart: sample?.start ?? from,
      eventTimeEnd: sample?.end ?? to,
      sample,
      others: call.args,
    },
    invocationId: host.uuid(),
    startedAt,
    now: () => host.now(),
    random: () => host.random(),
    metadataEnv: metadataOf(host.env),
    version,
  };
}

const metadataPrefix = 'DBT_ENV_CUSTOM_ENV_';

function metadataOf(env: Host['env']): JsonObject {
  const names = Object.keys(env).filter((name) => name.startsWith(metadataPrefix));
  return Object.fromEntries(names.map((name) => [name.slice(metadataPrefix.length), env[name] ?? '']));
}

function emptyStretch({ eventTimeStart: start, eventTimeEnd: end }: Call): Diagnostic {
  const hint = 'The end itself is no longer meant';
  return error('cli/bad-time', `--event-time-start (${start}) has to be before --event-time-end (${end})`, { hint });
}

function instantOf(flag: string, text: string | undefined): Date | undefined {
  const instant = text === undefined ? undefined : readInstant(text);
  if (instant || text === undefined) return instant;
  throw new Problem(
    error('cli/bad-time', `'${text}' is no time that ${flag} can take`, {
      hint: 'For example: 2024-03-31, or 2024-03-31T02:00:00 in UTC',
    }),
  );
}

/** Flags of the project file count where the command line says nothing. */
export function withProjectFlags(environment: Environment, flags: JsonObject, given: ReadonlySet<string>): Environment {
  const fromProject = (name: string, fallback: boolean): boolean =>
    given.has(name) ? fallback : typeof flags[name] === 'boolean' ? flags[name] : fallback;
  const { failFast, warnError } = environment.flags;
  return {
    ...environment,
    flags: {
      ...environment.flags,
      failFast: fromProject('fail_fast', failFast),
      warnError: fromProject('warn_error', warnError),
      behavior: flags,
    },
  };
}
