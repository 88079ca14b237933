import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { git as gitIn, makeRepository } from '../git.ts';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

afterEach(() => project.remove());

const profile = (path: string): string =>
  `name: shop\ntargets:\n  dev: {type: duckdb, path: ${path}, schema: main, threads: 1}\n  prod: {type: duckdb, path: ${path}, schema: live, threads: 1}\n`;

const files = {
  'project.yml': profile("':memory:'"),
  'models/orders.sql': 'select 1 as id, 2 as amount',
  'models/totals.sql': "select sum(amount) as total from {{ ref('orders') }}",
  'models/ids.sql': "select id from {{ ref('orders') }}",
};

const git = (...words: string[]): string => gitIn(project.root, ...words);

function commitAll(message: string): string {
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
  return git('rev-parse', 'HEAD');
}

/** What `changes` says, in short. */
async function changes(...words: string[]): Promise<{ readonly base: unknown; readonly told: readonly string[] }> {
  const { exit, stdout, stderr } = await project.run('changes', ...words, '--output', 'json', '--target', 'dev');
  if (exit !== 0) throw new Error(stderr);
  const { base, nodes, affected } = JSON.parse(stdout);
  const told = [
    ...nodes.map((node: { name: string; class: string }) => `${node.name} ${node.class}`),
    ...affected.map((node: { name: string; class: string }) => `(${node.name} ${node.class})`),
  ];
  return { base, told };
}

it('compares the work tree with the commit where it left a branch, and touches neither it nor the index', async () => {
  project = new ProjectFolder();
  git('init', '--quiet', '--initial-branch', 'main');
  const inFolder = (some: Readonly<Record<string, string>>): void => {
    for (const [path, text] of Object.entries(some)) project.write(`warehouse/${path}`, text);
  };
  inFolder({ ...files, 'project.yml': profile("':memory:'") });
  project.write('project.yml', 'no project');
  const left = commitAll('base');
  git('checkout', '--quiet', '-b', 'mine');
  inFolder({ 'models/orders.sql': 'select 1 as id, 3 as amount' });
  commitAll('mine');
  git('checkout', '--quiet', 'main');
  inFolder({ 'models/ids.sql': "select id + 1 as id from {{ ref('orders') }}" });
  commitAll('theirs');
  git('checkout', '--quiet', 'mine');
  inFolder({ 'models/fresh.sql': 'select 1 as a' });
  const status = git('status', '--porcelain');
  const index = statSync(join(project.root, '.git/index')).mtimeMs;
  const leftover = join(tmpdir(), 'ingot-base-999999999-x');
  mkdirSync(leftover, { recursive: true });

  const found = await changes('--base', 'main', '--project-dir', join(project.root, 'warehouse'));
  expect(found).toEqual({
    base: { name: 'main', commit: left },
    told: ['fresh additive', 'orders values', '(totals values)'],
  });
  expect(statSync(join(project.root, '.git/index')).mtimeMs).toBe(index);
  const other = (text: string): string[] => text.split('\n').filter((line) => !/(logs|target)\/$/.test(line));
  expect(other(git('status', '--porcelain'))).toEqual(other(status));
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith(`ingot-base-${process.pid}-`));
  expect({ folders, leftover: existsSync(leftover) }).toEqual({ folders: [], leftover: false });
  const wrong = await project.run(
    'changes',
    '--base',
    'nowhere',
    '--project-dir',
    join(project.root, 'warehouse'),
    '--target',
    'dev',
  );
  expect(wrong.exit).toBe(2);
  expect(wrong.stderr).toContain("error[cli/base]: There is no commit 'nowhere' here");
});

it('a package of the repository is what it was at the commit', async () => {
  project = new ProjectFolder({
    ...files,
    'packages.yml': 'packages:\n  - local: shared\n',
    'shared/dbt_project.yml': 'name: shared\n',
    'shared/macros/one.sql': '{% macro one() %}1{% endmacro %}',
    'models/uses.sql': 'select {{ shared.one() }} as a',
    '.gitignore': 'dbt_packages\ntarget\nlogs\n',
  });
  git('init', '--quiet', '--initial-branch', 'main');
  await project.run('deps', '--target', 'dev');
  commitAll('base');
  project.write('shared/macros/one.sql', '{% macro one() %}2{% endmacro %}');
  expect((await changes('--base', 'main')).told).toEqual(['uses values']);
});

it('a package that is a submodule is what it was at the commit, and it is told where that commit is not there', async () => {
  project = new ProjectFolder({
    ...files,
    'packages.yml': 'packages:\n  - local: shared\n',
    'shared/dbt_project.yml': 'name: shared\n',
    'shared/macros/one.sql': '{% macro one() %}1{% endmacro %}',
    'models/uses.sql': 'select {{ shared.one() }} as a',
    '.gitignore': 'dbt_packages\ntarget\nlogs\n',
  });
  makeRepository(join(project.root, 'shared'));
  git('init', '--quiet', '--initial-branch', 'main');
  await project.run('deps', '--target', 'dev');
  commitAll('base');
  project.write('shared/macros/one.sql', '{% macro one() %}2{% endmacro %}');
  expect((await changes('--base', 'main')).told).toEqual(['uses values']);
  renameSync(join(project.root, 'shared/.git'), join(project.root, 'shared/git'));
  expect((await changes('--base', 'main')).told).toEqual([]);
  const { stderr } = await project.run('changes', '--base', 'main', '--target', 'dev');
  expect(stderr).toMatch(/cli\/base-submodule.*The commit \w{10} of the submodule 'shared' is not here/);
});

it('compares with a manifest, of another target and by an address too', async () => {
  project = new ProjectFolder({
    ...files,
    'macros/half.sql': '{% macro half(column) %}({{ column }} / 2){% endmacro %}',
    'models/halves.sql': "select {{ half('amount') }} as half from {{ ref('orders') }}",
    'seeds/codes.csv': 'code\nA\n',
  });
  await project.run('parse', '--target', 'prod', '--target-path', 'state');
  project.write('models/ids.sql', "SELECT id -- the key\nFROM {{ ref('orders') }}");
  project.write('macros/half.sql', '{% macro half(column) %}( {{ column }}  /  2 ){% endmacro %}');
  expect((await changes('--state', 'state')).told).toEqual([]);

  project.write('models/orders.sql', 'select 1 as id, 2 as amount where 1 = 1');
  project.write('macros/half.sql', '{% macro half(column) %}({{ column }} / 3){% endmacro %}');
  project.write('seeds/codes.csv', 'code\nB\n');
  const told = ['codes rows', 'halves values', 'orders rows', '(ids rows)', '(totals rows)'];
  expect((await changes('--state', 'state')).told.toSorted()).toEqual(told.toSorted());

  const server = createServer((request, response) => {
    const found = request.url === '/prod/manifest.json?key=1';
    response.writeHead(found ? 200 : 404).end(found ? readFileSync(join(project.root, 'state/manifest.json')) : '');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const place = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  expect((await changes('--state', `${place}/prod?key=1`)).told.toSorted()).toEqual(told.toSorted());
  const wrong = await project.run('changes', '--state', `${place}/elsewhere`, '--target', 'dev');
  expect(wrong.stderr).toContain('error[cli/base]');
  expect(wrong.stderr).toContain('the server says 404');
  server.close();
});

it('state:modified goes by meaning, in a dbt project only if its flag says so', async () => {
  project = new ProjectFolder(files);
  await project.run('parse', '--target', 'dev', '--target-path', 'state');
  project.write('models/ids.sql', "SELECT (id) as id FROM {{ ref('orders') }} -- the key");
  project.write('models/totals.sql', "select max(amount) as total from {{ ref('orders') }}");
  const modified = async (): Promise<string> => {
    const words = ['--select', 'state:modified', '--state', 'state', '--target', 'dev', '--quiet', '--output', 'name'];
    return (await project.run('ls', ...words)).stdout.trim().split('\n').sort().join(' ');
  };
  expect(await modified()).toBe('totals');
  project.write('project.yml', `${files['project.yml']}flags: {state_modified_by_meaning: false}\n`);
  expect(await modified()).toBe('ids totals');
});

it('a project that was not there is new as a whole', async () => {
  project = new ProjectFolder();
  project.write('readme.md', 'nothing');
  makeRepository(project.root);
  project.write('project.yml', files['project.yml']);
  project.write('models/one.sql', 'select 1 as a');
  expect((await changes('--base', 'main')).told).toEqual(['one additive']);
});
