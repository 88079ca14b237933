import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import Libsql from 'libsql';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram, Project } from './ingot-process.ts';

beforeAll(buildProgram, 120_000);

let project: Project;
afterEach(() => project.remove());

describe('a database file that another process holds', () => {
  it('is named together with that process, and works again when it is gone', async () => {
    project = new Project({ 'models/orders.sql': "{{ config(materialized='table') }} select 1 as id" });
    expect(await project.run('build')).toMatchObject({ exit: 0 });
    const holder = await holdDatabase(project.path('warehouse.duckdb'));
    try {
      const second = await project.run('build');
      expect(second.exit).toBe(2);
      expect(second.output).toContain('warehouse.duckdb');
      expect(second.output).toContain(String(holder.pid));
      expect(second.output).not.toMatch(/^ +at /m);
    } finally {
      holder.kill('SIGKILL');
      await once(holder, 'close');
    }
    expect(await project.run('build')).toMatchObject({ exit: 0 });
    expect(await project.query('select id from orders')).toEqual([[1]]);
  });
});

describe('a state store that another process writes to all the time', () => {
  it('is named when the run is over, since its history is lost', async () => {
    project = new Project({ 'models/orders.sql': "{{ config(materialized='table') }} select 1 as id" });
    expect(await project.run('build')).toMatchObject({ exit: 0 });
    const holder = new Libsql(project.path('.ingot/state.db'));
    try {
      holder.exec('begin exclusive');
      const second = project.start('build');
      expect(await second.ended(), second.output).toBe(0);
      expect(second.output).toContain('warning[record/store]');
      expect(second.output).toContain('another process holds it');
    } finally {
      holder.close();
    }
  });

  it('is waited for, unless somebody wants an end', async () => {
    project = new Project({ 'models/orders.sql': "{{ config(materialized='table') }} select 1 as id" });
    expect(await project.run('build')).toMatchObject({ exit: 0 });
    const holder = new Libsql(project.path('.ingot/state.db'));
    try {
      holder.exec('begin exclusive');
      const second = project.start('build');
      await second.says('OK created sql table model main.orders');
      await sleep(500);
      second.signal('SIGINT');
      await sleep(400);
      const before = Date.now();
      second.signal('SIGINT');
      expect(await second.ended(), second.output).toBe(130);
      expect(Date.now() - before).toBeLessThan(2500);
    } finally {
      holder.close();
    }
    expect(await project.query('select id from orders')).toEqual([[1]]);
  });
});

describe('two builds of one database at once', () => {
  it('the second is told who runs, the first ends well', async () => {
    project = new Project({
      'models/arrived.sql': "{{ config(materialized='table') }} select * from read_csv('arriving.csv')",
    });
    // Whoever reads a pipe waits until somebody writes: the first build lasts as long as the test wants.
    execFileSync('mkfifo', [project.path('arriving.csv')]);
    const first = project.start('build', '--log-level', 'debug');
    await first.says('START');
    const second = await project.run('build');
    expect(second.exit).toBe(2);
    expect(second.output).toContain(String(first.pid));
    await writeFile(project.path('arriving.csv'), 'id\n1\n2\n');
    expect(await first.ended(), first.output).toBe(0);
    expect(await project.query('select count(*)::int from arrived')).toEqual([[2]]);
  });
});

const duckdbModule = createRequire(import.meta.url).resolve('@duckdb/node-api');

/** A process with the file open for writing. */
async function holdDatabase(file: string): Promise<ReturnType<typeof spawn>> {
  const script = `
    const { DuckDBInstance } = require(process.argv[1]);
    DuckDBInstance.create(process.argv[2]).then(async (instance) => {
      globalThis.connection = await instance.connect();
      console.log('held');
      setInterval(() => undefined, 1000);
    });`;
  const holder = spawn(process.execPath, ['-e', script, duckdbModule, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  return holder;
}
