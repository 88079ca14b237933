// Keeps what V8 has compiled of Ingot's own code, a file for each command: to compile it anew was a fifth of the time that
// a small command takes. Node 22 and later do so by themselves, once they are asked to.

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve, sep } from 'node:path';
import { cachedDataVersionTag, deserialize, serialize } from 'node:v8';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/** What is compiled of one build's files for one command, by the path inside of the build's folder. */
interface Kept {
  readonly build: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
}

export interface KeptCode {
  /** Loads a file of the build, as `require` would. */
  load(path: string): unknown;
  /** Keeps what was compiled meanwhile, if there is anything new. Call it when nothing is left to do. Never throws. */
  keep(): void;
}

/**
 * A way to load CommonJS files that takes from `kept` what V8 has compiled of them before, if it is of the same build and of
 * the same V8 with the same settings; V8 looks at that by itself as well. Whatever is wrong with a file there, the code is
 * compiled as usual.
 *
 * @param folder of the built files, absolute. Files outside of it are loaded by Node.
 * @param build names the contents of the folder: V8 compares no more than the lengths of the sources.
 * @param command each has a file of its own, since each runs other functions.
 */
export function openKeptCode(folder: string, build: string, command: string): KeptCode {
  const file = join(folder, '.compiled', `${command}-${cachedDataVersionTag()}`);
  const kept = readKept(file, build);
  const modules = new Map<string, { exports: unknown }>();
  const scripts = new Map<string, Script>();
  /** Of a file there is one module. */
  const loadedByNode = createRequire(file).cache;
  let isNew = false;

  const load = (path: string): unknown => {
    const known = modules.get(path) ?? loadedByNode[path];
    if (known) return known.exports;
    const module = { exports: {} as unknown };
    modules.set(path, module);
    const name = path.slice(folder.length + 1);
    const cachedData = kept?.files[name];
    // One byte a letter: the build writes nothing else.
    const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(path, 'latin1')}\n})`;
    const script = new Script(source, { filename: path, ...(cachedData && { cachedData }) });
    if (!cachedData || script.cachedDataRejected) isNew = true;
    scripts.set(name, script);
    const within = createRequire(path);
    const require = (id: string): unknown => {
      const asked = id.startsWith('.') ? resolve(dirname(path), id) : id;
      return asked.startsWith(folder + sep) ? load(asked) : within(id);
    };
    script.runInThisContext().call(module.exports, module.exports, require, module, path, dirname(path));
    return module.exports;
  };

  const keep = (): void => {
    if (!isNew) return;
    const unfinished = `${file}.${process.pid}`;
    try {
      mkdirSync(dirname(file), { recursive: true });
      // First, because it may not be allowed: then every command would do the rest in vain.
      writeFileSync(unfinished, '');
      const files = Object.fromEntries([...scripts].map(([name, script]) => [name, script.createCachedData()]));
      writeFileSync(unfinished, withSum(serialize({ build, files } satisfies Kept)));
      renameSync(unfinished, file);
    } catch {
      // A folder of somebody else's, a full disk: it goes on as it went until now.
      removeIfThere(unfinished);
    }
  };
  return { load, keep };
}

function readKept(file: string, build: string): Kept | undefined {
  try {
    const content = readFileSync(file);
    const written = content.subarray(sumLength);
    if (content.readUInt32LE() !== crc32(written)) return undefined;
    const kept = deserialize(written) as Kept;
    return kept.build === build ? kept : undefined;
  } catch {
    return undefined;
  }
}

const sumLength = 4;

/** V8 does not look whether what it is given is whole: the process would end on the spot, and every one after it. */
function withSum(written: Buffer): Buffer {
  const sum = Buffer.alloc(sumLength);
  sum.writeUInt32LE(crc32(written));
  return Buffer.concat([sum, written]);
}

function removeIfThere(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Where not even its folder could be made.
  }
}
