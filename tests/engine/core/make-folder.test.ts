import { statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../../../src/core/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

describe('a folder that is made', () => {
  it('is there with those that it is in, and is told from one that was there', () => {
    const path = join(folder, 'a', 'b', 'c');
    expect(makeFolder(path)).toBe(true);
    expect(statSync(path).isDirectory()).toBe(true);
    expect(makeFolder(path)).toBe(false);
    symlinkSync(path, join(folder, 'link'));
    expect(makeFolder(join(folder, 'link'))).toBe(false);
  });

  it('is refused below a file, in the place of one, and where a link leads nowhere', () => {
    writeFileSync(join(folder, 'file'), '');
    symlinkSync(join(folder, 'nowhere'), join(folder, 'link'));
    expect(() => makeFolder(join(folder, 'file'))).toThrow(/EEXIST/);
    expect(() => makeFolder(join(folder, 'file', 'below'))).toThrow(/ENOTDIR/);
    expect(() => makeFolder(join(folder, 'link', 'below'))).toThrow(/EEXIST/);
  });

  it.runIf(process.platform === 'linux')('is refused where none can be made, and nobody waits for it', () => {
    expect(() => makeFolder('/proc/nowhere/below')).toThrow(/ENOENT/);
  });
});
