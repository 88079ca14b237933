import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openKeptCode } from '../../../../src/cli/process/kept-code.ts';
import { buildProgram, repository } from '../../reliability/ingot-process.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
  write('start.cjs', "const { add } = require('./parts/add.cjs');\nexports.sum = add(1, 2);");
  write('parts/add.cjs', "require('node:path');\nexports.add = (left, right) => left + right;");
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** What a process does that runs a command: loads, and at its end keeps. */
function run(build = 'a', command = 'ls', start = 'start.cjs'): unknown {
  const code = openKeptCode(folder, build, command);
  const loaded = code.load(join(folder, start));
  code.keep();
  return loaded;
}

const keptFiles = (): string[] => readdirSync(join(folder, '.compiled'));
const onlyFile = (): string => join(folder, '.compiled', keptFiles()[0] ?? '');

describe('code that was compiled before', () => {
  it('is kept once, and taken from then on', () => {
    expect(run()).toEqual({ sum: 3 });
    const { ino } = statSync(onlyFile());
    expect(run()).toEqual({ sum: 3 });
    expect(statSync(onlyFile()).ino).toBe(ino);
  });

  it('is kept for each command by itself', () => {
    run('a', 'ls');
    run('a', 'build');
    expect(keptFiles().map((name) => name.replace(/-\d+$/, ''))).toEqual(['build', 'ls']);
  });

  it('is not that of another build, though its files are as long', () => {
    run('a');
    write('parts/add.cjs', "require('node:path');\nexports.add = (left, right) => left - right;");
    expect(run('b')).toEqual({ sum: -1 });
    expect(run('b')).toEqual({ sum: -1 });
  });

  it('is kept again together with a file that was not loaded before', () => {
    run();
    const before = statSync(onlyFile()).size;
    write('other.cjs', "exports.sum = require('./start.cjs').sum * 2;");
    expect(run('a', 'ls', 'other.cjs')).toEqual({ sum: 6 });
    expect(statSync(onlyFile()).size).toBeGreaterThan(before);
  });

  it.each([
    ['has changed on the disk', (kept: Buffer) => kept.fill(255, kept.length - 40)],
    ['was cut off', (kept: Buffer) => kept.subarray(0, kept.length / 2)],
    ['is empty', () => Buffer.alloc(0)],
  ])('is compiled anew where what was kept %s', (_, spoil) => {
    run();
    const whole = readFileSync(onlyFile());
    writeFileSync(onlyFile(), spoil(Buffer.from(whole)));
    expect(run()).toEqual({ sum: 3 });
    expect(readFileSync(onlyFile()).length).toBe(whole.length);
  });

  it('is not missed where nothing can be kept', () => {
    writeFileSync(join(folder, '.compiled'), 'no folder');
    expect(run()).toEqual({ sum: 3 });
  });

  it('gives each of two files that need each other what the other has until then', () => {
    write('left.cjs', "exports.early = 1;\nexports.seen = require('./right.cjs').seen;");
    write('right.cjs', "exports.seen = require('./left.cjs').early;");
    expect(run('a', 'ls', 'left.cjs')).toEqual({ early: 1, seen: 1 });
  });
});

/** Newer versions keep by themselves what they have compiled. */
describe.skipIf('enableCompileCache' in nodeModule)('the code of a command', () => {
  beforeAll(buildProgram, 120_000);

  let program: string;
  beforeEach(() => {
    cpSync(join(repository, 'dist'), join(folder, 'dist'), {
      recursive: true,
      filter: (path) => !path.endsWith('.compiled'),
    });
    symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
    program = JSON.stringify(join(folder, 'dist/cli/load-program.cjs'));
  });

  /** Loads a command's code in a process of its own, does something else, and says what is kept then. */
  const keptBy = (doing: string) => {
    const command = `require(${program}).loadProgram('ls'); ${doing}`;
    execFileSync(process.execPath, ['--max-old-space-size=40', '-e', command]);
    const kept = join(folder, 'dist/.compiled');
    return statSync(join(kept, readdirSync(kept)[0] ?? ''));
  };

  it('is kept as the next one will look for it, whatever V8 was told meanwhile', () => {
    // As for a project with very many files.
    const doing = "require('v8').setFlagsFromString('--heap-growing-percent=60')";
    expect(keptBy(doing).ino).toBe(keptBy(doing).ino);
  });

  it('is kept whole after a long run, in which it was not used for a while', () => {
    const { size } = keptBy('');
    rmSync(join(folder, 'dist/.compiled'), { recursive: true });
    // As much as makes V8 collect all of its memory several times.
    const much =
      'let all; for (let time = 0; time < 40; time += 1) all = Array.from({ length: 1e5 }, (_, n) => ({ n }));';
    expect(keptBy(much).size).toBeGreaterThan(size * 0.98);
  });
});
