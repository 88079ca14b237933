import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { load } from 'js-yaml';
import * as z from 'zod';
import { runCommandLine } from '../../src/cli/run-command-line.ts';
import { KeptText } from './kept-text.ts';

const query = z.strictObject({
  sql: z.string(),
  /** Rows in the order of the query; integers beyond 32 bits and decimals are text. */
  rows: z.array(z.array(z.unknown())),
});

const step = z.strictObject({
  /** Words of the command line behind `ingot`; single quotes keep blanks. */
  run: z.string(),
  exit: z.number(),
  env: z.record(z.string(), z.string()).default({}),
  /** Files to write before, by path; `null` deletes. */
  before: z.record(z.string(), z.string().nullable()).default({}),
  /** What has to be in the warehouse after. */
  warehouse: z.array(query).default([]),
});

const sample = z.strictObject({ title: z.string(), steps: z.array(step).min(1) });

/** One small project of `tests/samples`, with what happens when commands run in it. */
export interface Sample extends z.infer<typeof sample> {
  readonly folder: string;
}

export type Step = Sample['steps'][number];

export interface StepOutcome {
  readonly exit: number;
  /** What people see, without what changes from run to run. */
  readonly output: string;
}

const samplesFolder = resolve(dirname(fileURLToPath(import.meta.url)), '../samples');
const notOfTheProject = new Set(['case.yml', 'expected']);
const warehouseFile = 'warehouse.duckdb';

/** All samples by the name of their folder, in its order. */
export function readSamples(): Map<string, Sample> {
  const names = readdirSync(samplesFolder).sort();
  return new Map(names.map((name) => [name, readSample(join(samplesFolder, name))]));
}

function readSample(folder: string): Sample {
  return { ...sample.parse(load(readFileSync(join(folder, 'case.yml'), 'utf8'))), folder };
}

/** A copy of a sample's project in a folder of its own, in which its steps are run one after the other. */
export class SampleProject {
  readonly #home: string;
  readonly #project: string;
  #ids = 0;

  constructor(sample: Sample) {
    this.#home = mkdtempSync(join(realpathSync(tmpdir()), 'ingot-sample-'));
    this.#project = join(this.#home, 'project');
    mkdirSync(this.#project);
    for (const name of readdirSync(sample.folder)) {
      if (!notOfTheProject.has(name)) {
        cpSync(join(sample.folder, name), join(this.#project, name), { recursive: true });
      }
    }
  }

  /** 00000001-…, 00000002-…: runs have names that tests can know. */
  #nextId(): string {
    this.#ids += 1;
    return `${String(this.#ids).padStart(8, '0')}-0000-4000-8000-000000000000`;
  }

  async run(step: Step): Promise<StepOutcome> {
    for (const [path, text] of Object.entries(step.before)) this.#change(path, text);
    const terminal = new KeptText();
    const exit = await runCommandLine(wordsOf(step.run), {
      cwd: this.#project,
      env: step.env,
      homeDir: this.#home,
      pid: process.pid,
      now: () => new Date(),
      uuid: () => this.#nextId(),
      random: () => 0.5,
      signal: new AbortController().signal,
      stdout: terminal,
      stderr: terminal,
      loadEngine: () => import('../../src/pipeline.ts'),
    });
    return { exit, output: this.#settled(terminal.text) };
  }

  /** The rows that each of the queries of the warehouse gives, read from the closed file. */
  async queryAll(queries: readonly string[]): Promise<unknown[][][]> {
    if (queries.length === 0) return [];
    const options = { access_mode: 'READ_ONLY', threads: '1' };
    const instance = await DuckDBInstance.create(join(this.#project, warehouseFile), options);
    try {
      const connection = await instance.connect();
      try {
        const answers: unknown[][][] = [];
        for (const sql of queries) answers.push((await connection.runAndReadAll(sql)).getRowsJson());
        return answers;
      } finally {
        connection.closeSync();
      }
    } finally {
      instance.closeSync();
    }
  }

  remove(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }

  #change(path: string, text: string | null): void {
    const file = join(this.#project, path);
    rmSync(file, { force: true });
    if (text === null) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  #settled(text: string): string {
    return text
      .replaceAll(this.#project, '<project>')
      .replaceAll(this.#home, '<home>')
      .replace(/^\d\d:\d\d:\d\d {2}/gm, '')
      .replace(/\d+ hours \d+ minutes and [\d.]+ seconds \([\d.]+s\)/g, '<time>')
      .replace(/[\d.]+ days ago/g, '<days> ago')
      .replace(/ in \d+\.\d\ds\]/g, ']')
      .replace(new RegExp(`${today()}([ T])\\d\\d:\\d\\d:\\d\\d(\\.\\d{3}Z)?`, 'g'), 'YYYY-MM-DD$1HH:MM:SS')
      .replace(/[ \t]+$/gm, '');
  }
}

/** Where the expected output of a step stands; the first step has number 1. */
export function expectedFile(sample: Sample, number: number): string {
  return join(sample.folder, 'expected', `${number}.txt`);
}

function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

const today = (): string => new Date().toISOString().slice(0, 10);
