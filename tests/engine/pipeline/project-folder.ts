import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import * as pipeline from '../../../src/pipeline.ts';
import { TestWorld } from '../cli/outside.ts';

/** What a command did. */
export interface Ran {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project in a folder of its own, with a warehouse beside it, on which commands are run. */
export class ProjectFolder {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'ingot-project-')));

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.write(
      'project.yml',
      'name: shop\ntargets:\n  dev: {type: duckdb, path: shop.duckdb, schema: main, threads: 1}\n',
    );
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  async run(...words: string[]): Promise<Ran> {
    const world = new TestWorld(this.root, pipeline, { HOME: '/home/x' });
    const exit = await world.run(...words);
    return { exit, stdout: world.stdout.text, stderr: world.stderr.text };
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  /** A JSON file of the project. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at what it knows to be there
  json(path: string): any {
    return JSON.parse(this.read(path));
  }

  /** Runs statements in the warehouse, and gives the rows of the last. */
  async sql(...statements: string[]): Promise<unknown[][]> {
    const instance = await DuckDBInstance.create(join(this.root, 'shop.duckdb'), { threads: '1' });
    const connection = await instance.connect();
    try {
      let rows: unknown[][] = [];
      for (const statement of statements) rows = (await connection.runAndReadAll(statement)).getRowsJson();
      return rows;
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}
