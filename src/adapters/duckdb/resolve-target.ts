import { basename, isAbsolute, resolve } from 'node:path';
import {
  type DataPath,
  didYouMeanHint,
  error,
  type Json,
  type JsonObject,
  type ResolvedTarget,
  type TargetDiagnostic,
  warning,
} from '../../core/index.ts';
import { type Output, outputKeys, readOutput } from './output.ts';

/** Fills in what a profile leaves out and makes paths absolute. Says keys, never values: they may be secrets. */
export function resolveTarget(raw: Readonly<Record<string, Json>>, projectRoot: string): ResolvedTarget {
  const { output, diagnostics } = readOutput(raw);
  const path = output.path ?? ':memory:';
  const derived = databaseName(path);
  const problems = [...diagnostics, ...unknownKeys(raw), ...unsupported(output), ...inconsistent(output, derived)];
  const database = output.database ?? derived;
  const schema = output.schema ?? 'main';
  return {
    database,
    schema,
    visible: visibleOf(raw, { database, schema, path }),
    output: {
      ...raw,
      database,
      schema,
      path: absolute(path, projectRoot),
      config_options: { ...searchPath(projectRoot), ...output.config_options },
      ...attachmentsBelow(output, projectRoot),
    },
    diagnostics: problems,
  };
}

/** DuckDB names a database after its file: the first part of the name that is not empty. */
function databaseName(path: string): string {
  if (path === ':memory:' || path === '') return 'memory';
  return basename(path).replace(/^\.+/, '').split('.')[0] ?? 'memory';
}

/** `s3://`, `https://`, `ducklake:`… but not the `C:` of a Windows path. */
const hasScheme = (path: string): boolean => /^[a-z][a-z0-9+.-]+:/i.test(path);

function absolute(path: string, root: string): string {
  return path === ':memory:' || path === '' || hasScheme(path) || isAbsolute(path) ? path : resolve(root, path);
}

function attachmentsBelow(output: Output, root: string): { attach?: JsonObject[] } {
  if (!output.attach) return {};
  return { attach: output.attach.map((entry) => ({ ...(entry as JsonObject), path: absolute(entry.path, root) })) };
}

/**
 * Models read files by paths relative to the project. The command line goes to its folder first, as dbt does; a program
 * that embeds Ingot may stand elsewhere. A comma would separate two folders in this setting.
 */
function searchPath(projectRoot: string): { file_search_path?: string } {
  return process.cwd() === projectRoot || projectRoot.includes(',') ? {} : { file_search_path: projectRoot };
}

/** What `target` has besides the names, also where the profile says nothing of it. */
const shownByDefault: JsonObject = {
  config_options: null,
  extensions: null,
  settings: {},
  external_root: '.',
  use_credential_provider: null,
  attach: null,
  filesystems: null,
  remote: null,
  plugins: null,
  disable_transactions: false,
};
const shownKeys = ['threads', ...Object.keys(shownByDefault)];
const secretKey = /secret|token|password|passwd|credential|key_id|access_key/i;

function visibleOf(raw: Readonly<Record<string, Json>>, resolved: JsonObject): JsonObject {
  const shown = shownKeys.filter((key) => raw[key] !== undefined).map((key) => [key, withoutSecrets(raw[key] ?? null)]);
  return { type: 'duckdb', ...resolved, ...shownByDefault, ...Object.fromEntries(shown) };
}

function withoutSecrets(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !secretKey.test(key))
      .map(([key, item]) => [key, withoutSecrets(item)]),
  );
}

function unknownKeys(raw: Readonly<Record<string, Json>>): TargetDiagnostic[] {
  return Object.keys(raw)
    .filter((key) => !outputKeys.has(key))
    .map((key) => ({
      ...warning('duckdb/unknown-key', `Key '${key}' of the target is not known and was ignored`, {
        hint: didYouMeanHint(key, outputKeys),
      }),
      at: [key],
    }));
}

function unsupported(output: Output): TargetDiagnostic[] {
  const say = (key: string, instead: string, at: DataPath = [key]): TargetDiagnostic => ({
    ...error('duckdb/not-supported', `'${key}' is not supported`, { hint: instead }),
    at,
  });
  const paths: readonly [string, DataPath][] = [
    [output.path ?? '', ['path']],
    ...(output.attach ?? []).map(({ path }, index): [string, DataPath] => [path, ['attach', index, 'path']]),
  ];
  const cloud = paths.find(([path]) => /^(md|motherduck):/i.test(path));
  return [
    ...(output.plugins?.length
      ? [say('plugins', 'Plugins are Python modules of dbt-duckdb. Use DuckDB extensions.')]
      : []),
    ...(output.filesystems?.length
      ? [say('filesystems', "These are Python's fsspec. Use the httpfs extension and `secrets`.")]
      : []),
    ...(output.remote ? [say('remote', 'Open the database file itself with `path`.')] : []),
    ...(cloud ? [say('path: md:', 'MotherDuck cannot be opened yet; use a local file.', cloud[1])] : []),
    ...(output.disable_transactions
      ? [
          {
            ...warning(
              'duckdb/transactions',
              "'disable_transactions' was ignored: every change is made in a transaction",
              {
                hint: 'Without them, readers would see half-built tables.',
              },
            ),
            at: ['disable_transactions'],
          },
        ]
      : []),
  ];
}

function inconsistent(output: Output, derived: string): TargetDiagnostic[] {
  const aliases = (output.attach ?? []).map((entry) => entry.alias);
  const twice = aliases.flatMap((alias, index): TargetDiagnostic[] => {
    if (!alias || aliases.indexOf(alias) === index) return [];
    const message = `Two attached databases are called '${alias}': this one is not attached`;
    return [{ ...warning('duckdb/database-name', message), at: ['attach', index, 'alias'], part: 'value' }];
  });
  if (output.database === undefined || output.database === derived || aliases.includes(output.database)) return twice;
  return [
    ...twice,
    {
      ...error(
        'duckdb/database-name',
        `'database' must be '${derived}' to match 'path', or the alias of an attached database`,
        {
          hint: "Leave 'database' out: DuckDB names it after the file.",
        },
      ),
      at: ['database'],
      part: 'value',
    },
  ];
}
