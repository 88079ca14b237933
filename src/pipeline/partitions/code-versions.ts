import { hash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CodeVersions, createCodeVersions, type KnownVersions } from '../../3-compile/index.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import { makeFolder } from '../../core/index.ts';
import { targetFolder } from '../locations.ts';

/**
 * Does something with the versions of code. Those that an earlier command worked out for the same project, target and
 * variables are known from a file, and no node is compiled for them.
 */
export async function withCodeVersions<T>(loaded: Loaded, work: (versionOf: CodeVersions) => Promise<T>): Promise<T> {
  const file = new VersionsFile(join(targetFolder(loaded), 'ingot-code-versions.json'), keyOf(loaded));
  const result = await work(createCodeVersions(loaded, file));
  file.save();
  return result;
}

/** Everything that a version may depend on. */
function keyOf({ graph, environment }: Loaded): string {
  const { threads, output, ...target } = environment.target;
  const { version, flags } = environment;
  return hash('sha256', JSON.stringify([version, graph.project.fingerprint, target, flags.behavior]));
}

class VersionsFile implements KnownVersions {
  readonly #file: string;
  readonly #key: string;
  #versions: Map<string, string> | undefined;
  #isNew = false;

  constructor(file: string, key: string) {
    this.#file = file;
    this.#key = key;
  }

  get(id: string): string | undefined {
    this.#versions ??= this.#read();
    return this.#versions.get(id);
  }

  set(id: string, version: string): void {
    this.#versions ??= this.#read();
    this.#versions.set(id, version);
    this.#isNew = true;
  }

  /** Where nothing can be written, the next command works it out again. */
  save(): void {
    if (!this.#isNew) return;
    const content = { key: this.#key, versions: Object.fromEntries(this.#versions ?? []) };
    try {
      makeFolder(dirname(this.#file));
      writeFileSync(this.#file, JSON.stringify(content));
    } catch {
      // See above.
    }
  }

  /** A file that is there in part is no JSON. */
  #read(): Map<string, string> {
    try {
      const { key, versions } = JSON.parse(readFileSync(this.#file, 'utf8'));
      return new Map(key === this.#key ? Object.entries<string>(versions) : []);
    } catch {
      return new Map();
    }
  }
}
