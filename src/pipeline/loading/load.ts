import { join, resolve } from 'node:path';
import {
  findProjectRoot,
  openProjectFile,
  packageListScope,
  parseCacheFile,
  parseProject,
  readProject,
  readTarget,
} from '../../1-parse/index.ts';
import { buildGraph } from '../../2-graph/index.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Host } from '../../cli/engine/host.ts';
import type { Loaded, OpenedProject } from '../../cli/engine/loaded.ts';
import {
  type DataTest,
  type Diagnostic,
  type Materialization,
  Problem,
  type TemplateFunction,
} from '../../core/index.ts';
import { adapterTypes, findAdapter, readShelf } from '../../shelves.ts';
import { interruptible } from '../interruption.ts';
import { environmentOf, withProjectFlags } from './environment.ts';
import { type KeptProject, keptProject, restoreProject } from './last-parse.ts';
import { noTarget } from './no-target.ts';
import type { Preparation } from './preparation.ts';
import { isError, judgeWarnings, warningRules } from './warn-error.ts';

/** What the project file says, without a target and without packages: enough for `clean`, `debug` and `deps`. */
export async function openProject(call: Call, host: Host): Promise<OpenedProject> {
  const root = findProjectRoot({ projectDir: call.projectDir, workingFolder: host.cwd });
  const functions = new Map([...(await readShelf<TemplateFunction>('functions')), ['target', noTarget]]);
  const environment = environmentOf(call, host, root);
  const read = readProject({
    file: openProjectFile(root),
    environment,
    functions,
    versionCheck: call.versionCheck,
    targetPath: call.targetPath,
    withPackages: false,
  });
  if (!read.settings) throw new Problem(...read.diagnostics);
  const { settings, diagnostics } = read;
  return {
    root,
    settings,
    targetPath: resolve(root, settings.targetPath),
    packageListScope: packageListScope({ environment, functions }),
    diagnostics,
  };
}

/** Where `profiles.yml` may be: the folder that was named, or dbt's places. */
export function profileFolders(call: Call, host: Host, root: string): readonly string[] {
  if (call.profilesDir !== undefined) return [resolve(host.cwd, call.profilesDir)];
  return [...new Set([host.cwd, root, join(host.homeDir, '.dbt')])];
}

/** files → Project → Graph. Throws `Problem` where the project file or the target cannot be used. */
export async function loadProject(call: Call, host: Host): Promise<Loaded> {
  const preparation = await prepareLoad(call, host);
  return loadPrepared(preparation, call, call.partialParse ? keptProject(preparation) : undefined);
}

/**
 * Reads the project file and the target, and no other file.
 *
 * @param readProfile what the target is, where that is not what the profile says.
 */
export async function prepareLoad(call: Call, host: Host, readProfile = readTarget): Promise<Preparation> {
  const outside = await readOutside(call, host, readProfile);
  const { target, adapter } = outside.profile;
  const { settings, packages, selectors } = outside.project;
  const problems = withoutTwins([...outside.project.diagnostics, ...outside.profile.diagnostics]);
  if (!settings || !target || !adapter) throw new Problem(...problems);
  const { flags, ...given } = withProjectFlags({ ...outside.environment, target }, settings.flags, call.given);
  const failsForWarnings = flags.warnError || isError('LogTestResult', warningRules(call, settings));
  const environment = { ...given, flags: { ...flags, failsForWarnings } };
  const shelves = {
    functions: outside.functions,
    adapter,
    dataTests: await readShelf<DataTest>('data-tests'),
    materializations: await readShelf<Materialization>('materializations'),
  };
  const cacheFile = call.partialParse ? parseCacheFile(settings) : undefined;
  const { onFiles } = host;
  return { input: { settings, packages, selectors, environment, shelves, cacheFile, onFiles }, problems };
}

/** The second half of `loadProject`: from what an earlier command kept, where that is possible. */
export function loadPrepared(preparation: Preparation, call: Call, kept: KeptProject | undefined): Loaded {
  const found = kept && restoreProject(preparation, kept);
  if (found === undefined) return readFiles(preparation, call);
  const { problems, input } = preparation;
  const { settings, environment, shelves } = input;
  const diagnostics = judgeWarnings([...problems, ...found.graph.project.diagnostics], warningRules(call, settings));
  return { ...found, environment, shelves, diagnostics };
}

function readFiles({ input, problems }: Preparation, call: Call): Loaded {
  const { settings, environment, shelves } = input;
  const project = parseProject(input);
  const graph = buildGraph(project);
  const ofFiles = withoutRepetition([...project.diagnostics, ...graph.diagnostics]);
  const found = [...problems, ...withoutConsequences(problems, ofFiles)];
  const diagnostics = judgeWarnings(found, warningRules(call, settings));
  return { graph, environment, shelves, diagnostics };
}

/** What is wrong in a macro is wrong for every node that it is called for: told once, with how many there are. */
function withoutRepetition(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const same = new Map<string, Diagnostic[]>();
  for (const diagnostic of found) {
    const { code, message, span } = diagnostic;
    const key = span === undefined ? JSON.stringify(diagnostic) : JSON.stringify([code, message, span]);
    const known = same.get(key);
    if (known) known.push(diagnostic);
    else same.set(key, [diagnostic]);
  }
  return [...same.values()].flatMap(([first, ...others]) => {
    if (first === undefined || others.length === 0) return first ?? [];
    return {
      ...first,
      notes: [
        ...(first.notes ?? []),
        { message: `and ${others.length} more ${others.length === 1 ? 'time' : 'times'}` },
      ],
    };
  });
}

/** What may come of a package or a file that cannot be read, by the code of what says that it cannot. */
const mayComeOf: Readonly<Record<string, readonly string[]>> = {
  'parse/packages-missing': ['parse/unknown-test', 'graph/unknown-ref', 'graph/unknown-source'],
  'parse/yaml-syntax': [
    'graph/unknown-source',
    'graph/unknown-metric',
    'graph/unknown-measure',
    'graph/time-spine',
    'parse/unknown-group',
    'parse/unused-settings',
  ],
  'parse/template-syntax': ['parse/unknown-test', 'parse/unknown-doc'],
};

/** Only the cause is worth reading: a broken file of sources or macros would be told once for each of their readers. */
function withoutConsequences(problems: readonly Diagnostic[], found: readonly Diagnostic[]): readonly Diagnostic[] {
  const silent = new Set([...problems, ...found].flatMap(({ code }) => mayComeOf[code] ?? []));
  const told = found.filter(({ code }) => !silent.has(code));
  const left = found.length - told.length;
  const cause = told.find(({ code }) => code in mayComeOf);
  if (left === 0 || cause === undefined) return told;
  const what = left === 1 ? 'a problem that may come of this is' : `${left} problems that may come of this are`;
  const notes = [...(cause.notes ?? []), { message: `${what} not told` }];
  return told.map((diagnostic) => (diagnostic === cause ? { ...cause, notes } : diagnostic));
}

/** What is wrong with `targets:` is met twice: as a part of the project file, and as a target. */
function withoutTwins(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const known = new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic]));
  return [...known.values()];
}

/** The project file and the target, as far as they can be read: what is missing is in the diagnostics. */
export async function readOutside(call: Call, host: Host, readProfile = readTarget) {
  const root = findProjectRoot({ projectDir: call.projectDir, workingFolder: host.cwd });
  const file = openProjectFile(root);
  const functions = await readShelf<TemplateFunction>('functions');
  const environment = environmentOf(call, host, root);
  const types = await adapterTypes();
  const readable = file.diagnostics.every((diagnostic) => diagnostic.severity !== 'error');
  const profile = readable
    ? await readProfile({
        project: file,
        environment,
        functions,
        profileFolders: profileFolders(call, host, root),
        profileName: call.profile,
        targetName: call.target,
        threads: call.threads,
        schema: call.schema,
        adapterTypes: types,
        findAdapter: async (type) => (types.includes(type) ? findAdapter(type) : undefined),
      })
    : { target: undefined, adapter: undefined, diagnostics: [] };
  const { target, adapter, diagnostics } = profile;
  const project = readProject({
    file,
    environment: { ...environment, target },
    functions,
    versionCheck: call.versionCheck,
    targetPath: call.targetPath,
  });
  const heeding = adapter && interruptible(adapter, host);
  return { root, environment, functions, profile: { target, adapter: heeding, diagnostics }, project };
}
