import {
  type Adapter,
  type DataPath,
  type Diagnostic,
  didYouMeanHint,
  error,
  isMapping,
  type Json,
  type JsonObject,
  Problem,
  type Span,
  showValue,
  type Target,
  type TargetDiagnostic,
  type TemplateFunction,
  type YamlEnvironment,
} from '../../core/index.ts';
import type { Scope } from '../../jinja/index.ts';
import { dialectNames } from '../../sql/index.ts';
import { type ProjectFile, unknownDialect, yamlScope } from '../settings/index.ts';
import { locate, renderYaml, type YamlPath } from '../yaml/index.ts';
import { type Profile, profileOfFile, profileOfProject } from './profile.ts';
import { withSecrets } from './secrets.ts';

export interface ReadTargetRequest {
  readonly project: ProjectFile;
  /** Command line and environment; its `target` is not there yet. */
  readonly environment: YamlEnvironment;
  readonly functions: ReadonlyMap<string, TemplateFunction>;
  /** Folders in which `profiles.yml` is looked for, in this order: `--profiles-dir` alone, or dbt's places. */
  readonly profileFolders: readonly string[];
  /** `--profile`. */
  readonly profileName?: string | undefined;
  /** `--target`. */
  readonly targetName?: string | undefined;
  /** `--threads`. */
  readonly threads?: number | undefined;
  /** In place of the schema that the target names. Default: that one. */
  readonly schema?: string | undefined;
  /** The adapter of a `type:`, or undefined. */
  readonly findAdapter: (type: string) => Promise<Adapter | undefined>;
  /** Types that `findAdapter` knows, for messages. */
  readonly adapterTypes: readonly string[];
}

export interface ReadTargetResult {
  /** Undefined where there is an error. */
  readonly target: Target | undefined;
  readonly adapter: Adapter | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The target of this command: `targets:` of the project file, else the profile that it names in `profiles.yml`
 * (`--profile` asks for the latter in any case). Only the chosen output is rendered, so that others may need
 * environment variables which are not set.
 */
export async function readTarget(request: ReadTargetRequest): Promise<ReadTargetResult> {
  const { environment, functions } = request;
  const scope = yamlScope({ functions, environment, secretsAllowed: true });
  const found = findProfile(request, scope);
  if (found.profile === undefined) return { target: undefined, adapter: undefined, diagnostics: found.diagnostics };
  const chosen = chooseTarget(found.profile, request, scope);
  const diagnostics = [...found.diagnostics, ...chosen.diagnostics];
  if (chosen.output === undefined) return { target: undefined, adapter: undefined, diagnostics };
  const resolved = await resolve(found.profile, chosen.name, chosen.output, request);
  return { ...resolved, diagnostics: [...diagnostics, ...resolved.diagnostics] };
}

/** The profile that the project, or the command, names. */
export function findProfile(request: ReadTargetRequest, scope: Scope) {
  const { project, profileName, profileFolders } = request;
  const written = project.content.profile;
  const ownProfile = profileOfProject(project);
  if (profileName === undefined && ownProfile !== undefined) return { profile: ownProfile, diagnostics: [] };
  const asked = written === undefined ? undefined : locate(project.text, project.file, ['profile']);
  const rendered =
    typeof written === 'string'
      ? renderYaml(written, { scope, text: project.text, file: project.file, at: ['profile'] })
      : { value: null, diagnostics: [] };
  const name = profileName ?? (typeof rendered.value === 'string' ? rendered.value : undefined);
  if (profileName === undefined && rendered.diagnostics.length > 0) {
    return { profile: undefined, diagnostics: rendered.diagnostics };
  }
  if (name === undefined) {
    const message = 'The project says neither which warehouse it uses (targets:) nor which profile (profile:)';
    const hint = `Add 'targets:' to ${project.file}, or 'profile:' with a profile of profiles.yml`;
    const span = { file: project.file, start: 0, end: 1 };
    return { profile: undefined, diagnostics: [error('parse/no-profile', message, { span, hint })] };
  }
  return profileOfFile(name, profileFolders, profileName === undefined ? asked : undefined);
}

interface Chosen {
  readonly name: string;
  readonly output: JsonObject | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

function chooseTarget(profile: Profile, request: ReadTargetRequest, scope: Scope): Chosen {
  const { text, file, defaultPath, outputsPath } = profile;
  const secrets = withSecrets(request.environment.env);
  const byDefault = renderYaml(profile.defaultTarget ?? 'default', { scope, text, file, at: defaultPath });
  if (request.targetName === undefined && byDefault.diagnostics.length > 0) {
    return { name: '', output: undefined, diagnostics: byDefault.diagnostics };
  }
  if (request.targetName === undefined && typeof byDefault.value === 'object') {
    const message = `The target of the profile '${profile.name}' has to be a name, but is ${showValue(byDefault.value)}`;
    const problem = error('parse/wrong-type', message, { span: locate(text, file, defaultPath) });
    return { name: '', output: undefined, diagnostics: [problem] };
  }
  const name = request.targetName ?? String(byDefault.value);
  const written = Object.hasOwn(profile.outputs, name) ? profile.outputs[name] : undefined;
  if (!isMapping(written)) return { name, output: undefined, diagnostics: [noTarget(profile, name, request, written)] };
  const at = [...outputsPath, name];
  // The type and the number of threads are named in messages.
  const finish = (value: string, path: YamlPath): string =>
    path[0] === 'type' || path[0] === 'threads' ? value : secrets(value);
  const rendered = renderYaml(written, { scope, text, file, at, finish });
  const diagnostics = rendered.diagnostics.filter(
    (problem) => !('password' in written && isPassword(problem, profile, at)),
  );
  const failed = diagnostics.length > 0;
  return { name, output: failed ? undefined : (rendered.value as JsonObject), diagnostics };
}

/** As dbt: a password may look like a template that is none. */
function isPassword(problem: Diagnostic, profile: Profile, at: readonly string[]): boolean {
  const span = locate(profile.text, profile.file, [...at, 'password']);
  return problem.span !== undefined && problem.span.start >= span.start && problem.span.end <= span.end;
}

function noTarget(profile: Profile, name: string, request: ReadTargetRequest, written: Json | undefined): Diagnostic {
  const names = Object.keys(profile.outputs);
  const { text, file } = profile;
  if (written !== undefined) {
    const span = locate(text, file, [...profile.outputsPath, name]);
    return error('parse/wrong-type', `The target '${name}' has to be a mapping with a type`, { span });
  }
  const isWritten = request.targetName === undefined && profile.defaultTarget !== undefined;
  const span = locate(text, file, isWritten ? profile.defaultPath : profile.outputsPath, isWritten ? 'value' : 'key');
  const message = `The profile '${profile.name}' has no target named '${name}'; its targets: ${names.join(', ')}`;
  const hint = didYouMeanHint(name, names) ?? `Choose one with --target ${names[0] ?? ''}`;
  return error('parse/unknown-target', message, { span, hint });
}

async function resolve(
  profile: Profile,
  name: string,
  rendered: JsonObject,
  request: ReadTargetRequest,
): Promise<ReadTargetResult> {
  const { text, file, outputsPath } = profile;
  const { type, threads: writtenThreads, dialect, ...rest } = rendered;
  const path = [...outputsPath, name];
  if (type !== undefined && type !== null && typeof type !== 'string') {
    const message = `The type of the target '${name}' has to be a text`;
    return failed(error('parse/wrong-type', message, { span: locate(text, file, [...path, 'type']) }));
  }
  if (typeof type !== 'string') {
    const message = `The target '${name}' does not say its type`;
    const hint = `Add 'type:' with one of ${request.adapterTypes.join(', ')}`;
    return failed(error('parse/missing-key', message, { span: locate(text, file, path, 'key'), hint }));
  }
  const adapter = await request.findAdapter(type);
  if (adapter === undefined) {
    const message = `There is no adapter for '${type}'; there is one for ${request.adapterTypes.join(', ')}`;
    const hint = didYouMeanHint(type, request.adapterTypes);
    return failed(error('parse/unknown-adapter', message, { span: locate(text, file, [...path, 'type']), hint }));
  }
  // `Number()` makes one of `true` and of `[1]`.
  const isPlain =
    request.threads !== undefined || ['undefined', 'number', 'string'].includes(typeof (writtenThreads ?? 1));
  const threads = request.threads ?? Number(writtenThreads ?? profile.defaultThreads);
  if (!isPlain || !Number.isInteger(threads) || threads < 1) {
    const message = `'threads' has to be a whole number above 0, but is ${showValue(writtenThreads ?? request.threads)}`;
    return failed(error('parse/wrong-value', message, { span: locate(text, file, [...path, 'threads']) }));
  }
  if (dialect !== undefined && dialect !== null && !dialectNames.includes(String(dialect))) {
    const span = locate(text, file, [...path, 'dialect']);
    return failed(unknownDialect(String(dialect), span));
  }
  const own: JsonObject = request.schema === undefined ? {} : { schema: request.schema };
  const resolved = adapter.resolveTarget({ type, ...rest, ...own }, request.project.root);
  const place: Place = (at, part = 'key') => locate(text, file, [...path, ...at], part);
  const diagnostics = resolved.diagnostics.map((problem) => placed({ at: [], ...problem }, place));
  if (diagnostics.some((diagnostic) => diagnostic.severity === 'error')) {
    return { target: undefined, adapter, diagnostics };
  }
  const { database, schema, output, visible } = resolved;
  const target: Target = { name, profileName: profile.name, type, database, schema, threads, output, visible };
  const found = { adapter: tellingPlaces(adapter, place), diagnostics };
  return { target: typeof dialect === 'string' ? { ...target, dialect } : target, ...found };
}

type Place = (at: DataPath, part: 'key' | 'value' | undefined) => Span;

function placed({ at, part, ...problem }: TargetDiagnostic, place: Place): Diagnostic {
  return at === undefined ? problem : { ...problem, span: problem.span ?? place(at, part) };
}

/** What is wrong with a target may show only when the warehouse is opened; it stands in the file all the same. */
function tellingPlaces(adapter: Adapter, place: Place): Adapter {
  const connect: Adapter['connect'] = async (output, options) => {
    try {
      return await adapter.connect(output, options);
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      throw new Problem(...failure.diagnostics.map((problem) => placed(problem, place)));
    }
  };
  return { ...adapter, connect };
}

function failed(diagnostic: Diagnostic): ReadTargetResult {
  return { target: undefined, adapter: undefined, diagnostics: [diagnostic] };
}
