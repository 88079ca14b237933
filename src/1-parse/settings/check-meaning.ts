import {
  type Diagnostic,
  dbtVersion,
  didYouMeanHint,
  error,
  type Json,
  type JsonObject,
  readNamedPartitions,
  type Span,
  warning,
} from '../../core/index.ts';
import { dialectNames } from '../../sql/index.ts';
import { locator, type YamlPath } from '../yaml/index.ts';
import { missingFolders } from './missing-folders.ts';
import type { ProjectFile } from './project-file.ts';
import { satisfiesVersion } from './version.ts';

/** Words that templates use themselves. */
const reservedNames = new Set(
  (
    'adapter api column config context database env env_var exceptions execute flags fromjson fromyaml graph ' +
    'invocation_id load_agate_table load_result log model modules post_hooks pre_hooks ref render return ' +
    'run_started_at schema source sql sql_now store_result store_raw_result target this tojson toyaml ' +
    'try_or_compiler_error var write'
  ).split(' '),
);

/** What a schema cannot say of a project file: names, old spellings, versions. */
export function checkMeaning(raw: JsonObject, file: ProjectFile, versionCheck: boolean): readonly Diagnostic[] {
  const find = locator(file.text, file.file);
  return [
    ...checkName(raw.name, find),
    ...checkOldNames(raw, find),
    ...checkOwnVersion(raw, find),
    ...(versionCheck ? checkVersion(raw, find) : []),
    ...checkTestKeys(raw, find),
    ...checkTargets(raw, find),
    ...checkPartitions(raw, find),
    ...checkDialect(raw, find),
    ...missingFolders(raw, file, find),
  ];
}

type Find = ReturnType<typeof locator>;

function checkPartitions({ partitions = null }: JsonObject, find: Find): readonly Diagnostic[] {
  return readNamedPartitions(partitions).problems.map(({ path, message, hint }) =>
    error('parse/partitions', message, { span: find(['partitions', ...path]), hint }),
  );
}

function checkDialect({ dialect }: JsonObject, find: Find): readonly Diagnostic[] {
  if (typeof dialect !== 'string' || dialectNames.includes(dialect)) return [];
  return [unknownDialect(dialect, find(['dialect']))];
}

export function unknownDialect(name: string, span: Span): Diagnostic {
  const message = `There is no SQL dialect '${name}'; there are ${dialectNames.join(' and ')}`;
  return error('parse/wrong-value', message, { span, hint: didYouMeanHint(name, dialectNames) });
}

function checkName(name: Json | undefined, find: Find): readonly Diagnostic[] {
  if (typeof name !== 'string') return [];
  const span = find(['name']);
  if (reservedNames.has(name)) {
    return [error('parse/wrong-value', `A project cannot be named '${name}', since templates use that name`, { span })];
  }
  if (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) return [];
  const hint = `For example: ${name.replace(/[^\p{L}\p{N}_]+/gu, '_').replace(/^(?=\d)/, '_') || 'my_project'}`;
  const message = `The name '${name}' may have only letters, digits and underscores, and no digit first`;
  return [error('parse/wrong-value', message, { span, hint })];
}

const versionNumber = /^\d+\.\d+(\.\d+(-[\da-z-]+(\.[\da-z-]+)*)?(\+[\da-z-]+(\.[\da-z-]+)*)?)?$/i;

function checkOwnVersion({ version }: JsonObject, find: Find): readonly Diagnostic[] {
  if (typeof version !== 'string' || versionNumber.test(version)) return [];
  const message = `'${version}' is no version: it has to be like 1.0 or 1.0.0`;
  return [error('parse/wrong-value', message, { span: find(['version']) })];
}

const renamed: readonly (readonly [old: string, now: string])[] = [
  ['source-paths', 'model-paths'],
  ['data-paths', 'seed-paths'],
];
const movedToOptions: readonly (readonly [key: string, usual: string, option: string])[] = [
  ['log-path', 'logs', '--log-path'],
  ['target-path', 'target', '--target-path'],
];

function checkOldNames(raw: JsonObject, find: Find): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const [old, now] of renamed) {
    if (!(old in raw)) continue;
    const span = find([old], 'key');
    if (now in raw) {
      found.push(error('parse/old-key', `'${old}' is the old name of '${now}', and both are here`, { span }));
    } else
      found.push(warning('parse/old-key', `'${old}' is now called '${now}'`, { span, hint: `Rename it to ${now}` }));
  }
  for (const [key, usual, option] of movedToOptions) {
    if (!(key in raw) || raw[key] === usual) continue;
    const message = `'${key}' in the project file is out of date`;
    found.push(warning('parse/old-key', message, { span: find([key], 'key'), hint: `Use the option ${option}` }));
  }
  return found;
}

function checkVersion(raw: JsonObject, find: Find): readonly Diagnostic[] {
  const required = raw['require-dbt-version'];
  const path: YamlPath = ['require-dbt-version'];
  // Other types are told by the schema.
  if (![required].flat().every((part) => typeof part === 'string')) return [];
  const requirement = required as string | readonly string[];
  const shown = [requirement].flat().join(', ');
  const satisfied = satisfiesVersion(requirement);
  if (satisfied === undefined) {
    const hint = "Write it like this: ['>=1.6.0', '<2.0.0']";
    return [error('parse/wrong-value', `'${shown}' is no requirement for a version`, { span: find(path), hint })];
  }
  if (satisfied) return [];
  const message = `The package '${String(raw.name)}' wants dbt ${shown}; Ingot does what dbt ${dbtVersion} does`;
  const hint = 'Take another version of the package, or try it with --no-version-check';
  return [error('parse/dbt-version', message, { span: find(path), hint })];
}

function checkTestKeys(raw: JsonObject, find: Find): readonly Diagnostic[] {
  if (!isFilled(raw.tests) || !isFilled(raw.data_tests)) return [];
  const message = "'tests' is the old name of 'data_tests', and both are here";
  return [error('parse/old-key', message, { span: find(['tests'], 'key'), hint: 'Move everything to data_tests' })];
}

function isFilled(value: Json | undefined): boolean {
  return value !== null && typeof value === 'object' && Object.keys(value).length > 0;
}

function checkTargets(raw: JsonObject, find: Find): readonly Diagnostic[] {
  const targets = raw.targets;
  if (targets === null || typeof targets !== 'object' || Array.isArray(targets)) return [];
  return Object.entries(targets as JsonObject)
    .filter(([name, output]) => name !== 'default' && (output === null || typeof output !== 'object'))
    .map(([name]) => {
      const message = `The target '${name}' has to be a mapping with a type`;
      return error('parse/wrong-type', message, { span: find(['targets', name]) });
    });
}
