import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Diagnostic,
  didYouMeanHint,
  error,
  isMapping,
  type Json,
  type JsonObject,
  misspelled,
  type Span,
  warning,
} from '../../core/index.ts';
import { readText } from '../files/read-text.ts';
import type { ProjectFile } from '../settings/index.ts';
import { locate, readYaml } from '../yaml/index.ts';

/** A profile as it was written: outputs by name, nothing rendered. */
export interface Profile {
  readonly name: string;
  /** `target:` of a profile, `default:` of `targets:`; undefined where there is none. */
  readonly defaultTarget: Json | undefined;
  readonly outputs: JsonObject;
  /** Where the outputs stand. */
  readonly file: string;
  readonly text: string;
  readonly outputsPath: readonly string[];
  readonly defaultPath: readonly string[];
  /** Threads where an output says nothing. */
  readonly defaultThreads: number;
}

export interface FoundProfile {
  readonly profile: Profile | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * `targets:` of the project file as a profile, or undefined where the file has no such key. `default:` names the target
 * that is meant where nobody says, or is that target itself.
 */
export function profileOfProject(project: ProjectFile): Profile | undefined {
  const targets = project.content.targets;
  if (!isMapping(targets)) return undefined;
  const { default: chosen, ...others } = targets;
  const outputs = isMapping(chosen) ? targets : others;
  const [first, ...rest] = Object.keys(outputs);
  // With one output there is nothing to choose.
  const defaultTarget = isMapping(chosen) ? 'default' : (chosen ?? (rest.length === 0 ? first : undefined));
  return {
    name: typeof project.content.profile === 'string' ? project.content.profile : String(project.content.name),
    defaultTarget,
    outputs,
    file: project.file,
    text: project.text,
    outputsPath: ['targets'],
    defaultPath: ['targets', 'default'],
    defaultThreads: 4,
  };
}

/**
 * Finds a profile in the first `profiles.yml` of the folders.
 *
 * @param folders absolute paths, the first that has the file wins.
 * @param asked where the name of the profile was written, for messages.
 */
export function profileOfFile(name: string, folders: readonly string[], asked: Span | undefined): FoundProfile {
  const folder = folders.find((candidate) => existsSync(join(candidate, 'profiles.yml')));
  if (folder === undefined) {
    const message = `The profile '${name}' cannot be read, since there is no profiles.yml`;
    const hint = `Looked in: ${folders.join(', ')}. A project can also say 'targets:' in its own file`;
    return failed(error('parse/no-profile', message, { span: asked, hint }));
  }
  const file = join(folder, 'profiles.yml');
  const text = readText(file);
  const { value, diagnostics } = readYaml(text, file);
  if (value === undefined) return { profile: undefined, diagnostics };
  if (!isMapping(value)) return failed(error('parse/no-profile', `${file} has no profiles in it`));
  if (!Object.hasOwn(value, name)) {
    const names = Object.keys(value).filter((key) => key !== 'config');
    const hint = didYouMeanHint(name, names) ?? `Profiles in ${file}: ${names.join(', ')}`;
    return failed(error('parse/no-profile', `There is no profile named '${name}'`, { span: asked, hint }));
  }
  const found = toProfile(name, value[name] ?? null, file, text);
  return { ...found, diagnostics: [...diagnostics, ...found.diagnostics] };
}

function toProfile(name: string, content: Json, file: string, text: string): FoundProfile {
  const span = locate(text, file, [name], 'key');
  const outputs = isMapping(content) ? content.outputs : undefined;
  const misspelt = misspeltKeys(content, (key) => locate(text, file, [name, key], 'key'));
  if (!isMapping(content) || !isMapping(outputs) || Object.keys(outputs).length === 0) {
    const hint = "It needs a key 'outputs' with at least one target";
    const missing = error('parse/no-profile', `The profile '${name}' has no outputs`, { span, hint });
    return { profile: undefined, diagnostics: [...misspelt, missing] };
  }
  const profile: Profile = {
    name,
    defaultTarget: content.target ?? undefined,
    outputs,
    file,
    text,
    outputsPath: [name, 'outputs'],
    defaultPath: [name, 'target'],
    defaultThreads: 1,
  };
  return { profile, diagnostics: misspelt };
}

/** dbt passes over keys that it does not know. */
function misspeltKeys(content: Json, spanOf: (key: string) => Span | undefined): readonly Diagnostic[] {
  const known = ['target', 'outputs'];
  return Object.keys(isMapping(content) ? content : {}).flatMap((key) => {
    const meant = known.includes(key) ? undefined : misspelled(key, known, 2);
    if (meant === undefined) return [];
    const hint = `Did you mean '${meant}'?`;
    return warning('parse/unknown-key', `The key '${key}' is not known in a profile`, { span: spanOf(key), hint });
  });
}

function failed(diagnostic: Diagnostic): FoundProfile {
  return { profile: undefined, diagnostics: [diagnostic] };
}
