import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { runCommandLine } from '../../../src/cli/run-command-line.ts';
import { KeptText } from '../kept-text.ts';

export const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
/** Another build of it may be tried. */
const program = process.env.INGOT_PROGRAM ?? join(repository, 'dist/cli/main.cjs');

/** Compiles Ingot where `dist` is missing or older than `src`; test files that run side by side do it once. */
export async function buildProgram(): Promise<void> {
  if (process.env.INGOT_PROGRAM) return;
  const lock = join(repository, 'node_modules/.ingot-build-lock');
  for (;;) {
    // The file that tells is written before all are.
    if (!existsSync(lock) && isFresh()) return;
    try {
      mkdirSync(lock);
    } catch {
      if (Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0) > 120_000) {
        rmSync(lock, { recursive: true, force: true });
      }
      await sleep(100);
      continue;
    }
    try {
      execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: repository });
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
    return;
  }
}

function isFresh(): boolean {
  const built = statSync(join(repository, 'dist/index.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const source = join(repository, 'src');
  return readdirSync(source, { recursive: true, encoding: 'utf8' }).every(
    (path) => !/\.c?ts$/.test(path) || statSync(join(source, path)).mtimeMs <= built,
  );
}

/**
 * The statements before which a test kills: every seventh of them, or all if INGOT_EVERY_STATEMENT is set, which takes minutes.
 * The last are always among them: there data become visible.
 */
export function statementsToKillAt(statements: number): number[] {
  const numbers = Array.from({ length: statements }, (_, index) => index + 1);
  if (process.env.INGOT_EVERY_STATEMENT) return numbers;
  return numbers.filter((number) => number % 7 === 0 || number > statements - 2);
}

/** A project in a folder of its own, for processes that may be killed in it. */
export class Project {
  readonly folder = mkdtempSync(join(realpathSync(tmpdir()), 'ingot-reliability-'));

  constructor(files: Readonly<Record<string, string>>) {
    this.write('project.yml', 'name: shop\ntargets:\n  dev: {type: duckdb, path: warehouse.duckdb, threads: 2}\n');
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), text);
  }

  read(path: string): string {
    return readFileSync(this.path(path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(this.path(path));
  }

  /** Ingot in this process: for what nobody ends, since starting a process takes longer than most commands. */
  async run(...words: string[]): Promise<{ readonly exit: number; readonly output: string }> {
    if (process.env.INGOT_PROGRAM) {
      const run = this.start(...words);
      return { exit: await run.ended(), output: run.output };
    }
    const terminal = new KeptText();
    const exit = await runCommandLine(words, {
      cwd: this.folder,
      env: surroundings(this.folder),
      homeDir: this.folder,
      pid: process.pid,
      now: () => new Date(),
      uuid: randomUUID,
      random: Math.random,
      signal: new AbortController().signal,
      stdout: terminal,
      stderr: terminal,
      loadEngine: () => import('../../../src/pipeline.ts'),
    });
    return { exit, output: terminal.text };
  }

  /** Ingot in a process of its own, which may be killed. */
  start(...words: string[]): IngotProcess {
    return new IngotProcess(process.execPath, [program, ...words], this.folder);
  }

  /** Ingot with options of Node's before it: a module to load first. */
  startWith(nodeOptions: readonly string[], ...words: string[]): IngotProcess {
    return new IngotProcess(process.execPath, [...nodeOptions, program, ...words], this.folder);
  }

  /** Ingot in an environment that says more than usual, perhaps with options of Node's before it. */
  startIn(env: NodeJS.ProcessEnv, nodeOptions: readonly string[], ...words: string[]): IngotProcess {
    return new IngotProcess(process.execPath, [...nodeOptions, program, ...words], this.folder, env);
  }

  /** Ingot behind a line of shell, for limits that only a shell can set. */
  startBehind(shell: string, ...words: string[]): IngotProcess {
    return new IngotProcess(
      'sh',
      ['-c', `${shell} && exec "$0" "$@"`, process.execPath, program, ...words],
      this.folder,
    );
  }

  /** Rows of the warehouse. */
  async query(sql: string): Promise<unknown[][]> {
    const [rows = []] = await this.queryAll([sql]);
    return rows;
  }

  /** The rows that each of the queries gives. Opening the warehouse proves that it is whole, and takes longer than they do. */
  queryAll(queries: readonly string[]): Promise<unknown[][][]> {
    return this.#send(queries, { access_mode: 'READ_ONLY' });
  }

  /** Changes the warehouse as somebody else would. */
  async change(...statements: string[]): Promise<void> {
    await this.#send(statements, {});
  }

  async #send(statements: readonly string[], options: Record<string, string>): Promise<unknown[][][]> {
    const instance = await DuckDBInstance.create(this.path('warehouse.duckdb'), { threads: '1', ...options });
    try {
      const connection = await instance.connect();
      try {
        const answers: unknown[][][] = [];
        for (const sql of statements) answers.push((await connection.runAndReadAll(sql)).getRowsJson());
        return answers;
      } finally {
        connection.closeSync();
      }
    } finally {
      instance.closeSync();
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A running `ingot`, watched and sent signals like one in a terminal. */
export class IngotProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<number>;
  /** Both streams, in the order in which they came. */
  output = '';

  constructor(command: string, words: readonly string[], folder: string, env: NodeJS.ProcessEnv = {}) {
    this.#child = spawn(command, words, {
      cwd: folder,
      env: { ...surroundings(folder), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    this.#ended = new Promise((done) =>
      this.#child.on('close', (code, signal) => done(code ?? 128 + constants.signals[signal ?? 'SIGKILL'])),
    );
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** The exit code as a shell shows it: 128 and the signal's number where a signal ended the process. */
  ended(): Promise<number> {
    return this.#ended;
  }

  /** Waits until something was said. */
  async says(text: string): Promise<void> {
    const over = this.#ended.then(() => true);
    while (!this.output.includes(text)) {
      if (await Promise.race([over, sleep(10, false)])) {
        if (this.output.includes(text)) return;
        throw new Error(`It ended without saying '${text}':\n${this.output}`);
      }
    }
  }
}

const surroundings = (folder: string): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, HOME: folder });

/** Runs far longer than any test, can be cancelled at any moment, and leaves the processor to others. */
export const endlessSql = 'select count(sleep_ms(1000)) as total from range(10000000)';
