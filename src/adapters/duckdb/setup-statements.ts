import type { DataPath, Json, JsonObject } from '../../core/index.ts';
import type { Attachment, Output } from './output.ts';
import { statements } from './statements.ts';

/** A statement that prepares an instance or a connection, and the part of the target that asks for it. */
export interface Setup {
  readonly sql: string;
  readonly at: DataPath;
  /** Does without `sql` where this can be run. */
  readonly unless?: string;
}

const literal = (value: unknown): string => statements.literal(String(value));

/** Statements that prepare the instance once, in the order of dbt-duckdb: extensions, secrets, attached databases. */
export function instanceSetup(output: Output): Setup[] {
  const provided = { type: 's3', provider: 'credential_chain' };
  return [
    ...(output.extensions ?? []).map((extension, index) => ({ ...loading(extension), at: ['extensions', index] })),
    ...((output.secrets ?? []) as JsonObject[]).map((secret, index) => ({
      sql: secretStatement(secret, index),
      at: ['secrets', index],
    })),
    ...(output.use_credential_provider === 'aws'
      ? [{ sql: secretStatement(provided, output.secrets?.length ?? 0), at: ['use_credential_provider'] }]
      : []),
    ...(output.attach ?? []).map((entry, index) => ({ sql: attachStatement(entry), at: ['attach', index] })),
  ];
}

/** Statements for every new connection: the profile's `settings`. */
export function sessionSetup(output: Output): Setup[] {
  return Object.entries(output.settings ?? {}).map(([key, value]) => ({
    sql: setStatement(key, value),
    at: ['settings', key],
  }));
}

export const setStatement = (key: string, value: Json): string => `set ${key} = ${literal(value ?? '')}`;

/** An extension that is there need not be looked for in the network. */
function loading(extension: string | { name: string; repo: string }): Pick<Setup, 'sql' | 'unless'> {
  if (typeof extension === 'string') {
    return { sql: `install ${extension};\nload ${extension}`, unless: `load ${extension}` };
  }
  return { sql: `install ${extension.name} from ${extension.repo};\nload ${extension.name}` };
}

/** Words of DuckDB's grammar, not texts. */
const unquotedSecretKeys: ReadonlySet<string> = new Set(['type', 'provider', 'extra_http_headers']);

function secretStatement(secret: JsonObject, index: number): string {
  const { name, persistent, scope, ...options } = secret;
  const scopes = scope === undefined || scope === null ? [] : [scope].flat();
  const lines = [
    ...Object.entries(options)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => `${key} ${secretValue(key, value)}`),
    ...scopes.map((item) => `scope ${literal(item)}`),
  ];
  const kind = persistent === true ? 'persistent secret' : 'secret';
  return `create or replace ${kind} ${name ?? `_dbt_secret_${index + 1}`} (\n  ${lines.join(',\n  ')}\n)`;
}

function secretValue(key: string, value: Json): string {
  if (Array.isArray(value)) return `array [${value.map(literal).join(', ')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).map(([name, item]) => `${literal(name)}: ${literal(item)}`);
    return `map {${entries.join(', ')}}`;
  }
  return unquotedSecretKeys.has(key) ? String(value) : literal(value);
}

function attachStatement(attachment: Attachment): string {
  const { type, secret, read_only: readOnly, ...others } = { ...attachment.options, ...withoutNulls(attachment) };
  const options = [
    ...(type ? [`type ${type}`] : []),
    ...(secret ? [`secret ${secret}`] : []),
    ...(readOnly === true ? ['read_only'] : []),
    ...Object.entries(others as JsonObject)
      .filter(([key, value]) => !notOptions.has(key) && value !== null && value !== false)
      .map(([key, value]) => (value === true ? key : `${key} ${typeof value === 'number' ? value : quoted(value)}`)),
  ];
  const alias = attachment.alias ? ` as ${attachment.alias}` : '';
  return `attach if not exists ${literal(attachment.path)}${alias}${options.length > 0 ? ` (${options.join(', ')})` : ''}`;
}

const notOptions: ReadonlySet<string> = new Set(['path', 'alias', 'options', 'is_ducklake']);

/** People may have quoted a text themselves. */
function quoted(value: Json | undefined): string {
  const text = String(value).trim();
  return /^'.*'$|^".*"$/s.test(text) ? text : literal(value);
}

function withoutNulls(attachment: Attachment): Partial<Attachment> {
  return Object.fromEntries(Object.entries(attachment).filter(([, value]) => value !== null && value !== undefined));
}
