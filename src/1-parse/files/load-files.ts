import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { type Diagnostic, error, readRefusal, warning } from '../../core/index.ts';
import type { ProjectSettings } from '../project.ts';
import type { ReadOptions } from '../properties/read-properties.ts';
import type { Detail, FileRecord } from './file-facts.ts';
import { checksumOf, readFileFacts } from './read-file.ts';
import { type FoundFile, fileKey, type RefusedFolder, walkPackage } from './walk.ts';

/** A file with what is known of it. */
export interface LoadedFile {
  readonly found: FoundFile;
  readonly key: string;
  readonly record: FileRecord;
}

export interface LoadedFiles {
  readonly files: readonly LoadedFile[];
  /** Whether anything is other than in the cache. */
  readonly changed: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** As dbt: larger seeds are known by their path, because reading them would take long. */
const largestHashedSeed = 1024 * 1024;

/**
 * Finds the files of all packages and learns what they say: from the cache where time and size are as they were, or the
 * text is.
 */
export function loadFiles(
  packages: Iterable<ProjectSettings>,
  cached: ReadonlyMap<string, FileRecord>,
  options: ReadOptions,
): LoadedFiles {
  const files: LoadedFile[] = [];
  const diagnostics: Diagnostic[] = [];
  let changed = false;
  for (const settings of packages) {
    for (const found of walkPackage(settings, (folder) => diagnostics.push(folderProblem(folder)))) {
      const key = fileKey(found);
      const before = cached.get(key);
      const record = loadFile(found, before, options, diagnostics);
      if (record === undefined) continue;
      if (record !== before) changed = true;
      files.push({ found, key, record });
    }
  }
  return { files, changed: changed || files.length !== cached.size, diagnostics };
}

function loadFile(
  found: FoundFile,
  before: FileRecord | undefined,
  options: ReadOptions,
  diagnostics: Diagnostic[],
): FileRecord | undefined {
  const stat = statSync(found.absolute, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  const { mtimeMs: mtime, size } = stat;
  if (before !== undefined && before.mtime === mtime && before.size === size) return before;
  if (found.kind === 'seed' && size > largestHashedSeed) return largeSeed(found, mtime, size);
  const text = readText(found, diagnostics);
  if (text === undefined) return undefined;
  const checksum = checksumOf(text);
  // The same text at another time: blanks before it would move everything that is known by its place.
  const same = before !== undefined && before.checksum === checksum && before.size === size && !/^\s/.test(text);
  return same ? { ...before, mtime } : recordOf(found, text, { mtime, size, checksum }, options);
}

/** Reads one file, whatever is known of it; undefined where that is not possible. */
export function readRecord(found: FoundFile, options: ReadOptions): FileRecord | undefined {
  return loadFile(found, undefined, options, []);
}

function recordOf(
  found: FoundFile,
  text: string,
  { mtime, size, checksum }: Pick<FileRecord, 'mtime' | 'size' | 'checksum'>,
  options: ReadOptions,
): FileRecord {
  const read = readFileFacts(found, text, options);
  return {
    mtime,
    size,
    checksum,
    facts: read.facts,
    diagnostics: [...encodingProblem(found, text), ...read.diagnostics],
    renderings: undefined,
    detail: new HeldDetail(read.detail),
  };
}

function largeSeed(found: FoundFile, mtime: number, size: number): FileRecord {
  return { mtime, size, checksum: found.path, facts: { kind: 'seed' }, diagnostics: [], detail: new HeldDetail('') };
}

/** Whether a seed's checksum is its path. */
export function isLargeSeed({ size }: FileRecord): boolean {
  return size > largestHashedSeed;
}

class HeldDetail implements Detail {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  read(): string {
    return this.#text;
  }
}

/** Without a folder that the project file names, it would be another project; dbt looks past what lies below. */
function folderProblem({ path, isNamed, failure }: RefusedFolder): Diagnostic {
  const message = `The folder ${path} cannot be read: ${readRefusal(failure)}`;
  return isNamed ? error('parse/unreadable-folder', message) : warning('parse/unreadable-folder', message);
}

/** Options that are text Node turns into a new object for each file, which takes a third of the time of reading it. */
const asText = { encoding: 'utf8', flag: 'r' } as const;

function readText(found: FoundFile, diagnostics: Diagnostic[]): string | undefined {
  try {
    return readFileSync(found.absolute, asText);
  } catch (failure) {
    const span = { file: found.file, start: 0, end: 0 };
    const message = `${found.file} cannot be read: ${readRefusal(failure)}`;
    diagnostics.push(error('parse/unreadable-file', message, { span }));
    return undefined;
  }
}

/** Other encodings would reach the warehouse with their letters mangled. */
function encodingProblem(found: FoundFile, text: string): readonly Diagnostic[] {
  const at = text.indexOf('\uFFFD');
  if (at < 0 || isUtf8(readFileSync(found.absolute))) return [];
  const span = { file: found.file, start: at, end: at + 1 };
  return [
    error('parse/encoding', `${found.file} is not UTF-8 text`, { span, hint: 'Save it with the encoding UTF-8' }),
  ];
}
