import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram, statementsToKillAt } from './ingot-process.ts';
import { PublishedProject } from './published-project.ts';

beforeAll(buildProgram, 120_000);

const projects: PublishedProject[] = [];
afterEach(() => {
  for (const project of projects.splice(0)) project.remove();
});

function newProject(): PublishedProject {
  const project = new PublishedProject();
  projects.push(project);
  return project;
}

describe('a build that publishes after its tests', () => {
  it('may be killed before one of its statements, and run again: as if nothing had happened', async () => {
    const undisturbed = newProject();
    await undisturbed.build('good');
    const statements = Math.max(await undisturbed.count('bad'), await undisturbed.count('good'));
    expect(statements).toBeGreaterThan(20);
    const numbers = statementsToKillAt(statements);
    // With good and with bad data in turns. bench/kill.mjs does more.
    const lanes = [newProject(), newProject()];
    await Promise.all(
      lanes.map(async (project, lane) => {
        await project.build('good');
        for (const number of numbers.filter((_, index) => index % 2 === lane)) {
          await project.killedAt(number, number % 2 === 0 ? 'good' : 'bad');
          expect(await project.complaints(), `killed before statement ${number}`).toEqual([]);
        }
        await project.build('good');
        expect(await project.complaints()).toEqual([]);
        expect(await project.contents()).toEqual(await undisturbed.contents());
        expect(await project.leftovers()).toEqual([]);
        expect(project.sightings()).toEqual([]);
      }),
    );
  }, 240_000);
});
