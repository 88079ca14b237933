import { isAbsolute, resolve } from 'node:path';
import { type Json, type ResolvedTarget, type TargetDiagnostic, warning } from '../../core/index.ts';
import { authenticationProblems, missingKey } from './authenticators.ts';
import { type Output, readOutput } from './output.ts';

/** Checks an output and makes its paths absolute. Says keys, never values: they may be secrets. */
export function resolveTarget(raw: Readonly<Record<string, Json>>, projectRoot: string): ResolvedTarget {
  const { output, diagnostics } = readOutput(raw);
  const { private_key_path: keyPath, database, schema } = output;
  const absolute =
    keyPath && !isAbsolute(keyPath) && !keyPath.startsWith('~') ? resolve(projectRoot, keyPath) : keyPath;
  const wrong = new Set(diagnostics.map(({ at }) => at?.[0]));
  return {
    database: database ?? null,
    schema: schema ?? '',
    visible: visibleOf(output),
    output: { ...raw, ...(absolute ? { private_key_path: absolute } : {}) },
    diagnostics: [
      ...diagnostics,
      ...(['account', 'database', 'schema'] as const)
        .filter((key) => !output[key] && !wrong.has(key))
        .map((key) => missingKey(`A Snowflake target needs '${key}'`)),
      ...authenticationProblems(output),
      ...withoutEffect(output),
    ],
  };
}

/** The account as it stands in an address, where an underscore cannot be. */
export const accountOf = ({ account }: Output): string => (account ?? '').replaceAll('_', '-');

const shownKeys = [
  ...['user', 'database', 'warehouse', 'role', 'schema', 'authenticator', 'oauth_client_id', 'query_tag'],
  ...['client_session_keep_alive', 'host', 'port', 'proxy_host', 'proxy_port', 'protocol'],
  ...['connect_retries', 'connect_timeout', 'retry_on_database_errors', 'retry_all', 'reuse_connections'],
  ...['workload_identity_provider', 'statement_timeout', 'queue_timeout', 'lock_timeout'],
] as const;

function visibleOf(output: Output): Readonly<Record<string, Json>> {
  const shown = shownKeys.flatMap((key) => {
    const value = output[key];
    return value === undefined || value === null ? [] : [[key, value as Json]];
  });
  return { type: 'snowflake', account: accountOf(output), ...Object.fromEntries(shown) };
}

/** Keys of dbt's that say what Ingot does anyway, or that its driver has no use for. */
function withoutEffect(output: Output): readonly TargetDiagnostic[] {
  const reasons: Partial<Record<keyof Output, string>> = {
    insecure_mode: 'certificates are always checked',
    s3_stage_vpce_dns_name: 'the driver for Node has no such option',
    retry_all: 'what can be tried again without doing it twice is tried again',
    retry_on_database_errors: 'what can be tried again without doing it twice is tried again',
  };
  return Object.entries(reasons)
    .filter(([key]) => Boolean(output[key]))
    .map(([key, reason]) => ({ ...warning('snowflake/no-effect', `'${key}' was ignored: ${reason}`), at: [key] }));
}
