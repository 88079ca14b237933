import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { writeWorkflow } from '../../../../src/cli/scaffold/write-workflow.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
});

const workflow = (): string => readFileSync(join(folder, '.github', 'workflows', 'ingot.yml'), 'utf8');

interface Job {
  readonly if: string;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

const commands = (job: 'review' | 'clean'): string[] => {
  const { jobs } = parse(workflow()) as { readonly jobs: Readonly<Record<string, Job>> };
  return (jobs[job]?.steps ?? []).flatMap(({ run }) => (run === undefined ? [] : [run]));
};

function put(path: string, text = ''): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

describe('the workflow for GitHub', () => {
  test('reviews pull requests, and cleans up when they are closed', () => {
    put('dbt_project.yml');
    put('.git/HEAD');
    expect(writeWorkflow(folder)).toBe(join(folder, '.github', 'workflows', 'ingot.yml'));
    expect(commands('review')).toEqual([
      expect.stringMatching(/^npm install --global ingot@\d/),
      `ingot ci --report-dir \${{ runner.temp }}/review`,
    ]);
    expect(commands('clean').at(-1)).toBe('ingot ci clean --closed');
    expect(parse(workflow())).toMatchObject({
      permissions: { contents: 'read', 'pull-requests': 'write', statuses: 'write' },
      env: { GITHUB_TOKEN: `\${{ github.token }}` },
      jobs: { review: { if: "github.event.action != 'closed'" }, clean: { if: "github.event.action == 'closed'" } },
    });
    expect(workflow()).not.toMatch(/<[%$#]|\n\n\n/);
  });

  test('stands at the top of the repository, and goes to the folder of the project', () => {
    put('.git/HEAD');
    put('package-lock.json');
    put('package.json', '{"devDependencies": {"ingot": "^1.0.0"}}');
    put('data/shop/project.yml');
    put('data/shop/packages.yml');
    writeWorkflow(join(folder, 'data', 'shop'));
    expect(commands('review')).toEqual([
      'npm ci',
      'npx ingot deps',
      `npx ingot ci --report-dir \${{ runner.temp }}/review`,
    ]);
    expect(parse(workflow())).toMatchObject({ defaults: { run: { 'working-directory': 'data/shop' } } });
    expect(workflow()).toContain('path: data/shop/target/ingot-*\n');
    expect(workflow()).not.toMatch(/<[%$#]|\n\n\n/);
  });

  test('is not written over another', () => {
    put('.github/workflows/ingot.yml', 'mine');
    expect(() => writeWorkflow(folder)).toThrow('is there already');
    expect(workflow()).toBe('mine');
  });
});
