import { existsSync } from 'node:fs';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram, Project } from './ingot-process.ts';

beforeAll(buildProgram, 120_000);

let project: Project;
afterEach(() => project.remove());

const models = Object.fromEntries(
  Array.from({ length: 6 }, (_, at) => [
    `models/m${at}.sql`,
    "{{ config(materialized='table') }} select sum(range) as total from range(20000000)",
  ]),
);

describe('a build whose output nobody reads any more', () => {
  it('goes on to its end', async () => {
    project = new Project(models);
    const build = project.startBehind('exec 3>&1; { "$0" "$@"; echo "ended with $?" >&3; } | head -n 1; exit', 'build');
    await build.ended();
    expect(build.output).toContain('ended with 0');
    const built = await project.query("select count(*)::int from duckdb_tables() where table_name like 'm_'");
    expect(built).toEqual([[6]]);
  });
});

describe('a folder that was deleted while somebody was in it', () => {
  it('is said to be gone', async () => {
    project = new Project({});
    const list = project.startBehind('mkdir gone && cd gone && rmdir ../gone', 'ls');
    expect(await list.ended()).toBe(2);
    expect(list.output).toMatch(/^error\[cli\/no-folder\]: The folder that you are in is not there any more\n/);
  });
});

describe.runIf(existsSync('/dev/full'))('output that finds no room', () => {
  it('is no success, and no bug', async () => {
    project = new Project(models);
    const list = project.startBehind('exec >/dev/full', 'ls');
    expect(await list.ended()).toBe(2);
    expect(list.output).toContain('Error: Not all output could be written: ENOSPC');
    expect(list.output).not.toMatch(/^ +at /m);
    const build = project.startBehind('exec >/dev/full', 'build');
    expect(await build.ended()).toBe(2);
    expect(await project.query('select total::bigint from m5')).toEqual([['199999990000000']]);
  });
});
