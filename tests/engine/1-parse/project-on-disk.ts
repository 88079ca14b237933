import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  openProjectFile,
  type Project,
  parseCacheFile,
  parseProject,
  readProject,
} from '../../../src/1-parse/index.ts';
import {
  type Adapter,
  type DataTest,
  type Diagnostic,
  type Environment,
  formatPlace,
  type JsonObject,
  type Shelves,
  standardStatements,
  type Target,
  type TemplateFunction,
} from '../../../src/core/index.ts';
import { readShelf } from '../../../src/shelves.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const adapter: Adapter = {
  type: 'testdb',
  dialect: 'testdb',
  capabilities: {} as Adapter['capabilities'],
  statements: standardStatements(),
  resolveTarget: () => {
    throw new Error('the target is given');
  },
  connect: () => Promise.reject(new Error('parsing asks no warehouse')),
};

const shelves: Shelves = {
  functions: await readShelf<TemplateFunction>('functions'),
  dataTests: await readShelf<DataTest>('data-tests'),
  materializations: new Map(),
  adapter,
};

export type Files = Readonly<Record<string, string | null>>;

export interface ParseOptions {
  readonly vars?: JsonObject;
  readonly env?: Readonly<Record<string, string>>;
  readonly target?: Partial<Target>;
  readonly storeFailures?: boolean;
  /** Default false: no cache is read or written. */
  readonly cache?: boolean;
  readonly version?: string;
}

/** A project in a temporary folder: written, changed and parsed again. */
export interface ProjectOnDisk {
  readonly root: string;
  /** Writes files; null removes one. */
  write(files: Files): void;
  parse(options?: ParseOptions): Project;
  readonly cacheFile: string;
}

export function projectOnDisk(files: Files): ProjectOnDisk {
  const root = temporaryFolder();
  const write = (changes: Files): void => {
    for (const [path, content] of Object.entries(changes)) {
      const file = join(root, path);
      mkdirSync(dirname(file), { recursive: true });
      if (content === null) rmSync(file);
      else writeFileSync(file, content);
    }
  };
  write({ 'dbt_project.yml': 'name: shop\nprofile: shop\n', ...files });
  return {
    root,
    write,
    parse: (options) => parse(root, options ?? {}),
    cacheFile: join(root, 'target', 'ingot-parse-cache.bin'),
  };
}

/** Parses a project of these files. */
export function parseFiles(files: Files, options: ParseOptions = {}): Project {
  return projectOnDisk(files).parse(options);
}

function parse(root: string, options: ParseOptions): Project {
  const environment = environmentOf(root, options);
  const read = readProject({ file: openProjectFile(root), environment, functions: shelves.functions });
  if (read.settings === undefined) throw new Error(read.diagnostics.map(({ message }) => message).join('\n'));
  return parseProject({
    settings: read.settings,
    packages: read.packages,
    selectors: read.selectors,
    environment,
    shelves,
    cacheFile: options.cache ? parseCacheFile(read.settings) : undefined,
    diagnostics: read.diagnostics,
  });
}

function environmentOf(root: string, { vars, env, target, storeFailures, version }: ParseOptions): Environment {
  return {
    projectRoot: root,
    target: {
      name: 'dev',
      profileName: 'shop',
      type: 'testdb',
      database: 'db',
      schema: 'main',
      threads: 1,
      output: {},
      visible: {},
      ...target,
    },
    vars: vars ?? {},
    env: (name) => env?.[name],
    flags: {
      which: 'parse',
      fullRefresh: false,
      failFast: false,
      storeFailures: storeFailures ?? false,
      empty: false,
      warnError: false,
      others: {},
    },
    invocationId: 'aaaaaaaa-0000-4000-8000-000000000000',
    startedAt: new Date('2025-06-01T00:00:00Z'),
    version: version ?? '0.0.0',
  };
}

/** Diagnostics as `code file:line:column message`, with the files given. */
export function told(diagnostics: readonly Diagnostic[], files: Files): string[] {
  return diagnostics.map(({ code, span, message }) => {
    const place = span ? ` ${formatPlace(span, (file) => files[file] ?? undefined)}` : '';
    return `${code}${place} ${message}`;
  });
}
