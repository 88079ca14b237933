import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  type Diagnostic,
  didYouMeanHint,
  error,
  isMapping,
  type Json,
  type JsonObject,
  type Severity,
  type Span,
} from '../../core/index.ts';
import type { Scope } from '../../jinja/index.ts';
import { readText } from '../files/read-text.ts';
import { pythonMember } from '../names/python-text.ts';
import { check, locate, readYaml, renderYaml, type YamlPath } from '../yaml/index.ts';

/** One entry of a package list. */
export type PackageEntry = LocalPackage | GitPackage | TarballPackage | HubPackage;

interface Entry {
  /** The entry after rendering; secrets are still their names. */
  readonly rendered: JsonObject;
  /** The entry as it stands in the file: what may be written to the lock file. */
  readonly written: JsonObject;
  readonly span: Span;
}

/** A folder, relative to the package that lists it. */
export interface LocalPackage extends Entry {
  readonly kind: 'local';
  readonly folder: string;
}

export interface GitPackage extends Entry {
  readonly kind: 'git';
  readonly url: string;
  readonly revision: string | undefined;
  readonly warnUnpinned: boolean;
  /** Of the repository. */
  readonly subdirectory: string | undefined;
}

export interface TarballPackage extends Entry {
  readonly kind: 'tarball';
  readonly url: string;
  readonly name: string;
}

/** A package of the hub: `namespace/name`, with comparisons of versions that all have to hold. */
export interface HubPackage extends Entry {
  readonly kind: 'hub';
  readonly name: string;
  readonly versions: readonly string[];
  readonly prerelease: boolean;
}

export interface PackageList {
  /** `packages.yml`, `dependencies.yml`, or the lock file; undefined where there is none. */
  readonly file: string | undefined;
  readonly entries: readonly PackageEntry[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The files that can list packages; only one of them may. */
export const packageFiles = ['packages.yml', 'dependencies.yml'] as const;
/** Says which versions were installed, so that others get the same. */
export const lockFile = 'package-lock.yml';

/**
 * Reads the list of packages of a project or package. Never throws for what is wrong with a file.
 *
 * @param scope what templates in the file can use: `var`, `env_var`.
 * @param shown path of `folder` as messages show it, with a `/` behind it; empty for the project's own.
 */
export function readPackageList(folder: string, scope: Scope, shown = ''): PackageList {
  const found = packageFiles
    .map((name) => readList(folder, name, shown, scope))
    .filter((list) => list !== undefined)
    .filter(({ entries, diagnostics, listed }) => listed || entries.length > 0 || diagnostics.length > 0);
  const [first, second] = found;
  if (first === undefined) return { file: undefined, entries: [], diagnostics: [] };
  if (second === undefined) return first;
  const message = "The key 'packages' can stand in packages.yml or in dependencies.yml, not in both";
  const both = error('parse/two-package-lists', message, { span: { file: second.file, start: 0, end: 1 } });
  return { ...first, diagnostics: [...first.diagnostics, ...second.diagnostics, both] };
}

/** The packages of a lock file, with the hash of the list that they were resolved from. Undefined where there is none. */
export function readLock(folder: string, scope: Scope): (PackageList & { readonly hash: string }) | undefined {
  return readList(folder, lockFile, '', scope);
}

type ReadList = PackageList & { readonly file: string; readonly hash: string; readonly listed: boolean };

function readList(folder: string, name: string, shown: string, scope: Scope): ReadList | undefined {
  const path = join(folder, name);
  if (!existsSync(path)) return undefined;
  const file = shown + name;
  const text = readText(path);
  const { value, diagnostics: ofYaml } = readYaml(text, file);
  const nothing = { file, entries: [], hash: '', listed: false };
  if (value === undefined || value === null) return { ...nothing, diagnostics: ofYaml };
  if (!isMapping(value)) return { ...nothing, diagnostics: [...ofYaml, noMapping(file)] };
  const diagnostics = [...ofYaml, ...unknownKeys(name, value, text, file)];
  const { packages: list, sha1_hash: hash } = value;
  const listed = list !== undefined && list !== null;
  if (!listed) return { ...nothing, diagnostics };
  if (!Array.isArray(list)) {
    const span = locate(text, file, ['packages']);
    const hint = 'Write each package behind a dash: - package: dbt-labs/dbt_utils, and below it version: 1.3.0';
    return {
      ...nothing,
      diagnostics: [...diagnostics, error('parse/wrong-type', "'packages' has to be a list", { span, hint })],
    };
  }
  const { entries, diagnostics: problems } = packageEntries(list, { text, file, scope });
  return {
    file,
    entries,
    hash: typeof hash === 'string' ? hash : '',
    listed,
    diagnostics: [...diagnostics, ...problems],
  };
}

function noMapping(file: string): Diagnostic {
  const span = { file, start: 0, end: 1 };
  const hint = "Write 'packages:' above the list";
  return error('parse/wrong-type', `A list of packages has to stand below the key 'packages'`, { span, hint });
}

const anything = z.unknown().optional();
/** As dbt: in `dependencies.yml` others are left aside. */
const fileShapes: Readonly<Record<string, readonly [shape: z.ZodType, unknownKeys: Severity]>> = {
  'packages.yml': [z.strictObject({ packages: anything }), 'error'],
  'dependencies.yml': [z.strictObject({ packages: anything, projects: anything }), 'warning'],
};

/** A list below a misspelt key would be none without a word. */
function unknownKeys(name: string, value: JsonObject, text: string, file: string): readonly Diagnostic[] {
  const [shape, severity] = fileShapes[name] ?? [];
  return shape === undefined ? [] : check(shape, value, text, file, { unknownKeys: severity });
}

/** What templates in the list can use, and the text whose key `packages` it is. */
export interface PackageEntriesSource {
  readonly text: string;
  readonly file: string;
  readonly scope: Scope;
}

/** The entries of a list of packages that stands in a file, or comes from the hub. */
export function packageEntries(
  list: readonly Json[],
  { text, file, scope }: PackageEntriesSource,
): Pick<PackageList, 'entries' | 'diagnostics'> {
  const entries: PackageEntry[] = [];
  const diagnostics: Diagnostic[] = [];
  list.forEach((written, index) => {
    const at = ['packages', index];
    const { value, diagnostics: problems } = renderYaml(written, { scope, text, file, at });
    const found = [...problems, ...problemsOf(value, text, file, at)];
    diagnostics.push(...found);
    if (found.length > 0 || !isMapping(written) || !isMapping(value)) return;
    const entry = entryOf(value, written, locate(text, file, at));
    if ('code' in entry) diagnostics.push(entry);
    else entries.push(entry);
  });
  return { entries, diagnostics };
}

const version = z.union([z.string(), z.number()]);
const unpinned = { 'warn-unpinned': z.boolean().nullish() };
const shapes = {
  local: z.strictObject({ local: z.string().min(1), name: z.string().nullish() }),
  git: z.strictObject({
    git: z.string().min(1),
    revision: version.nullish(),
    subdirectory: z.string().nullish(),
    name: z.string().nullish(),
    ...unpinned,
  }),
  tarball: z.strictObject({ tarball: z.string().min(1), name: z.string().min(1) }),
  package: z.strictObject({
    package: z.string().min(1),
    version: z.union([version, z.array(version)]),
    install_prerelease: z.boolean().nullish(),
    'install-prerelease': z.boolean().nullish(),
    name: z.string().nullish(),
  }),
};
const kinds = Object.keys(shapes) as readonly (keyof typeof shapes)[];

/** Of the kind that an entry's keys say, so that messages speak of that kind alone. */
function problemsOf(entry: Json, text: string, file: string, at: YamlPath): readonly Diagnostic[] {
  if (!isMapping(entry)) return check(z.looseObject({}), entry, text, file, { at });
  const kind = kinds.find((key) => key in entry);
  if (kind !== undefined) return check(shapes[kind], entry, text, file, { at });
  const message = "An entry of 'packages' has to name a package by one of the keys package, git, local, tarball";
  const hint = Object.keys(entry).flatMap((key) => didYouMeanHint(key, kinds) ?? [])[0];
  return [error('parse/wrong-value', message, { span: locate(text, file, at), hint })];
}

function entryOf(rendered: JsonObject, written: JsonObject, span: Span): PackageEntry | Diagnostic {
  const base = { rendered, written, span };
  const text = (key: string): string | undefined =>
    rendered[key] === null ? undefined : (rendered[key] as string | undefined);
  if (rendered.local !== undefined) return { ...base, kind: 'local', folder: String(rendered.local) };
  if (rendered.tarball !== undefined) {
    return { ...base, kind: 'tarball', url: String(rendered.tarball), name: String(rendered.name) };
  }
  if (rendered.git !== undefined) {
    const isPinned = rendered.revision !== undefined && rendered.revision !== null;
    const known = { url: String(rendered.git), revision: isPinned ? pythonMember(rendered, 'revision') : undefined };
    return {
      ...base,
      ...known,
      kind: 'git',
      warnUnpinned: rendered['warn-unpinned'] !== false,
      subdirectory: text('subdirectory'),
    };
  }
  const name = String(rendered.package);
  if (!/^[\w-]+\/[\w-]+$/.test(name)) {
    const hint = 'The packages of the hub have a namespace: dbt-labs/dbt_utils';
    return error('parse/package-name', `'${name}' is no package of the hub`, { span, hint });
  }
  const { version: wanted } = rendered;
  const versions = Array.isArray(wanted)
    ? wanted.map((_, index) => pythonMember(wanted, index))
    : [pythonMember(rendered, 'version')];
  const prerelease = (rendered.install_prerelease ?? rendered['install-prerelease']) === true;
  return { ...base, kind: 'hub', name, versions, prerelease };
}
