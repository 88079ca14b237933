import { z } from 'zod';
import { didYouMeanHint, error, type Json, schemaProblems, type TargetDiagnostic, warning } from '../../core/index.ts';

const text = z.string().nullish();
/** Numbers and flags may come out of `env_var()` as texts. */
const count = z.coerce.number().int().min(0).nullish();
const flag = z.preprocess(
  (value) => ({ true: true, false: false })[String(value).toLowerCase()] ?? value,
  z.boolean().nullish(),
);

/** An output of a profile, with dbt-snowflake's keys; the last four are Ingot's own. */
const shape = {
  type: text,
  account: text,
  user: text,
  password: text,
  authenticator: text,
  private_key: text,
  private_key_path: text,
  private_key_passphrase: text,
  token: text,
  oauth_client_id: text,
  oauth_client_secret: text,
  workload_identity_provider: text,
  workload_identity_entra_resource: text,
  role: text,
  warehouse: text,
  database: text,
  schema: text,
  threads: count,
  query_tag: text,
  client_session_keep_alive: flag,
  connect_retries: count,
  connect_timeout: count,
  retry_on_database_errors: flag,
  retry_all: flag,
  reuse_connections: flag,
  host: text,
  port: count,
  protocol: z.enum(['http', 'https']).nullish(),
  proxy_host: text,
  proxy_port: count,
  insecure_mode: flag,
  s3_stage_vpce_dns_name: text,
  platform_detection_timeout_seconds: z.coerce.number().nullish(),
  passcode: text,
  statement_timeout: count,
  queue_timeout: count,
  lock_timeout: count,
  redact_errors: flag,
};

const schema = z.looseObject(shape);

export type Output = z.infer<typeof schema>;

const outputKeys: ReadonlySet<string> = new Set(Object.keys(shape));

/** What must be in no log, artifact or error. */
const secretKeys = [
  'password',
  'private_key',
  'private_key_passphrase',
  'token',
  'oauth_client_secret',
  'passcode',
] as const satisfies readonly (keyof Output)[];

/** Checks an output. What is wrong is left out of the result, so that the rest can still be looked at. */
export function readOutput(raw: Readonly<Record<string, Json>>): { output: Output; diagnostics: TargetDiagnostic[] } {
  const parsed = schema.safeParse(raw);
  const unknown = Object.keys(raw)
    .filter((key) => !outputKeys.has(key))
    .map((key) => ({
      ...warning('snowflake/unknown-key', `Key '${key}' of the target is not known and was ignored`, {
        hint: didYouMeanHint(key, outputKeys),
      }),
      at: [key],
    }));
  if (parsed.success) return { output: parsed.data, diagnostics: unknown };
  const wrong = new Set(parsed.error.issues.map((issue) => String(issue.path[0])));
  const rest = Object.fromEntries(Object.entries(raw).filter(([key]) => !wrong.has(key)));
  const invalid = schemaProblems(schema, raw, true).map(({ message, hint, at, part }) => ({
    ...error('snowflake/invalid-key', message, { hint }),
    at,
    part,
  }));
  return { output: schema.parse(rest), diagnostics: [...invalid, ...unknown] };
}

/** A text without what must be in none. */
export function withoutSecrets(message: string, output: Output): string {
  const secrets = secretKeys.flatMap((key) => {
    const secret = output[key];
    return typeof secret === 'string' && secret.length > 3 ? [secret] : [];
  });
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), message);
}
