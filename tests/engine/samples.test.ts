import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectedFile, readSamples, type Sample, SampleProject } from './samples.ts';

const update = process.env.UPDATE_SAMPLES === '1';

describe('samples', () => {
  it.each([...readSamples()])('%s', async (_name, sample) => {
    if (update) rmSync(dirname(expectedFile(sample, 1)), { recursive: true, force: true });
    const project = new SampleProject(sample);
    try {
      for (const [index, step] of sample.steps.entries()) {
        const { exit, output } = await project.run(step);
        expectOutput(sample, index + 1, output);
        expect.soft(exit, `exit code of 'ingot ${step.run}', which said\n${output}`).toBe(step.exit);
        const answers = await project.queryAll(step.warehouse.map(({ sql }) => sql));
        for (const [number, { sql, rows }] of step.warehouse.entries()) {
          expect.soft(answers[number], `after step ${index + 1}: ${sql}`).toEqual(rows);
        }
      }
    } finally {
      project.remove();
    }
  });
});

function expectOutput(sample: Sample, number: number, output: string): void {
  expect.soft(output, 'a bug or a stack trace').not.toMatch(/bug in Ingot|^ +at .*:\d+:\d+\)?$/m);
  const file = expectedFile(sample, number);
  if (update) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, output);
    return;
  }
  expect(existsSync(file), `${file} is not there; UPDATE_SAMPLES=1 writes it`).toBe(true);
  expect.soft(output).toBe(readFileSync(file, 'utf8'));
}
