import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram } from './ingot-process.ts';
import { PartitionedProject } from './partitioned-project.ts';

beforeAll(buildProgram, 120_000);

const projects: PartitionedProject[] = [];
afterEach(() => {
  for (const project of projects.splice(0)) project.remove();
});

function newProject(): PartitionedProject {
  const project = new PartitionedProject();
  projects.push(project);
  return project;
}

describe('a backfill of 64 partitions of three grains by 16 workers', () => {
  // Three kills, at other statements each time. bench/kill-backfill.mjs does hundreds, at every statement and any moment.
  it('may be killed at any statement, and gone on with: as if nothing had happened', async () => {
    const project = newProject();
    await project.killedAt(anyOf(300), 'good');
    expect(project.sightings(false)).toEqual([]);
    await project.backfill('good', '--missing');
    const wanted = await project.contents();

    await project.killedAt(50 + anyOf(600), 'good');
    expect(await project.complaints()).toEqual([]);
    const [newest] = await project.unfinished();
    if (newest !== undefined) await project.resume(newest);
    await project.killedAt(50 + anyOf(600), 'bad');
    expect(await project.complaints()).toEqual([]);
    await project.backfill('good', '--failed-only');
    // What a killed run has staged goes with the next build of its node, and perhaps nothing had failed.
    await project.backfill('good');

    expect(await project.complaints()).toEqual([]);
    expect(await project.contents()).toEqual(wanted);
    expect(await project.leftovers()).toEqual([]);
    expect(project.sightings(false)).toEqual([]);
    expect(project.looks()).toBeGreaterThan(3);
  }, 120_000);
});

const anyOf = (count: number): number => 1 + Math.floor(Math.random() * count);
