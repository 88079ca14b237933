import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, error, isMapping, type JsonObject, warning } from '../../core/index.ts';
import { readText } from '../files/read-text.ts';
import { readYaml } from '../yaml/index.ts';
import { projectFileIn, projectFileNames } from './project-root.ts';

/** A project file as it was written: nothing is rendered or checked yet. */
export interface ProjectFile {
  /** Absolute path of the package's folder. */
  readonly root: string;
  /** `project.yml` or `dbt_project.yml`, with the path from the root project in front for an installed package. */
  readonly file: string;
  readonly text: string;
  readonly content: JsonObject;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the project file of a folder. Its `diagnostics` say what is wrong; `content` is then empty.
 *
 * @param pathPrefix the folder's path from the root project, with a `/` behind it; empty for the root project.
 */
export function openProjectFile(root: string, pathPrefix = ''): ProjectFile {
  const name = projectFileIn(root);
  const file = pathPrefix + (name ?? projectFileNames[1]);
  if (name === undefined) {
    const message = `The folder ${pathPrefix || root} holds no project file`;
    const hint = `A package has a file ${projectFileNames.join(' or ')}`;
    return { root, file, text: '', content: {}, diagnostics: [error('parse/no-project', message, { hint })] };
  }
  const text = readText(join(root, name));
  const { value, diagnostics } = readYaml(text, file, true);
  const both = bothFiles(root, name, file);
  if (isMapping(value)) {
    return { root, file, text, content: value, diagnostics: [...diagnostics, ...both] };
  }
  const span = { file, start: 0, end: Math.min(1, text.length) };
  const shape = value === undefined ? [] : [error('parse/wrong-type', 'A project file is a mapping of keys', { span })];
  return { root, file, text, content: {}, diagnostics: [...diagnostics, ...both, ...shape] };
}

function bothFiles(root: string, name: string, file: string): readonly Diagnostic[] {
  const other = projectFileNames.find((candidate) => candidate !== name);
  if (other === undefined || name !== projectFileNames[0] || projectFileIn(root) !== name) return [];
  try {
    readFileSync(join(root, other));
  } catch {
    return [];
  }
  const message = `Both ${name} and ${other} are here; ${name} is used`;
  return [
    warning('parse/two-project-files', message, { span: { file, start: 0, end: 1 }, hint: 'Remove one of them' }),
  ];
}
