import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { create } from 'tar';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { openProject } from '../../../../src/pipeline.ts';
import { git as gitIn, makeRepository } from '../../git.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { TestWorld } from '../outside.ts';
import { HubServer } from './hub-server.ts';

let folder: string;
let project: string;

beforeEach(() => {
  folder = temporaryFolder();
  project = join(folder, 'shop');
  write('shop/dbt_project.yml', 'name: shop\nversion: "1.0"\nprofile: shop\n');
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function writePackage(path: string, name: string, packages?: string): void {
  write(`${path}/dbt_project.yml`, `name: ${name}\nversion: "1.0"\n`);
  if (packages !== undefined) write(`${path}/packages.yml`, packages);
}

async function deps(
  words: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; said: string }> {
  const world = new TestWorld(project, { openProject }, { PATH: process.env.PATH, HOME: folder, ...env });
  const code = await world.run('deps', ...words);
  return { code, said: world.stdout.text + world.stderr.text };
}

const installed = (): string[] => readdirSync(join(project, 'dbt_packages')).sort();
const lock = () => parse(readFileSync(join(project, 'package-lock.yml'), 'utf8'));

describe('local packages', () => {
  test('are linked, with those that they list, and the lock file is the one that dbt writes', async () => {
    const elsewhere = join(project, '../elsewhere');
    writePackage('shop/pk', 'inner', `packages:\n  - local: ../other\n  - local: ${elsewhere}\n`);
    writePackage('other', 'other_one');
    writePackage('elsewhere', 'third');
    write('shop/packages.yml', 'packages:\n  - local: pk\n');
    expect(await deps()).toMatchObject({ code: 0, said: expect.stringContaining('Installed from <local @ pk>') });
    expect(installed()).toEqual(['inner', 'other_one', 'third']);
    expect(lstatSync(join(project, 'dbt_packages/inner')).isSymbolicLink()).toBe(true);
    expect(lock()).toEqual({
      packages: [
        { local: 'pk', name: 'inner' },
        { local: '../other', name: 'other_one' },
        { local: elsewhere, name: 'third' },
      ],
      // What dbt 1.11.16 writes for this list.
      sha1_hash: '3a2a808665e310435fb5e838a4bfcd30bce7d9d1',
    });
  });

  test('are installed without a target, which a project file may ask for all the same', async () => {
    writePackage('shop/pk', 'inner');
    write('shop/packages.yml', 'packages:\n  - local: pk\n');
    const settings = `models:
  +schema: "{{ 'prod' if target.name == 'prod' or 'project' in target else target.schema }}"
  +alias: "{{ target.get('alias', 'x') if target else 'y' }}"
`;
    write('shop/dbt_project.yml', `name: shop\nversion: "1.0"\n${settings}`);
    expect(await deps()).toMatchObject({ code: 0 });
    expect(installed()).toEqual(['inner']);
  });

  test('that are not there leave the packages of before', async () => {
    writePackage('shop/pk', 'inner');
    write('shop/packages.yml', 'packages:\n  - local: pk\n');
    await deps();
    write('shop/packages.yml', 'packages:\n  - local: nowhere\n');
    const { code, said } = await deps();
    expect(code).toBe(2);
    expect(said).toContain('error[cli/package-missing]: The folder nowhere does not exist');
    expect(said).toContain('--> packages.yml:2:5');
    expect(installed()).toEqual(['inner']);
    expect(readdirSync(project).filter((name) => name.includes('.new.') || name.includes('.old.'))).toEqual([]);
  });

  test('with one name are refused', async () => {
    writePackage('a', 'same');
    writePackage('b', 'same');
    write('shop/packages.yml', 'packages:\n  - local: ../a\n  - local: ../b\n');
    expect(await deps()).toMatchObject({ code: 2, said: expect.stringContaining("A package is named 'same'") });
    expect(existsSync(join(project, 'package-lock.yml'))).toBe(false);
  });

  test('take their folder from a variable', async () => {
    writePackage('other', 'other_one');
    write('shop/packages.yml', 'packages:\n  - local: "{{ var(\'where\') }}"\n');
    expect(await deps(['--vars', '{where: ../other}'])).toMatchObject({ code: 0 });
    expect(installed()).toEqual(['other_one']);
  });
});

test('a project without packages needs nothing', async () => {
  expect(await deps()).toMatchObject({ code: 0, said: expect.stringContaining('No packages were found') });
  expect(installed()).toEqual([]);
});

test('a wrong entry is said with its place', async () => {
  write(
    'shop/packages.yml',
    'packages:\n  - git: https://x/y\n    revison: v1\n  - {pakage: a}\n  - package: utils\n    version: 1.0.0\n',
  );
  const { code, said } = await deps();
  expect(code).toBe(2);
  expect(said).toContain("error[parse/unknown-key]: The key 'revison' is not known");
  expect(said).toContain("Did you mean 'revision'?");
  expect(said).toContain(
    "An entry of 'packages' has to name a package by one of the keys package, git, local, tarball",
  );
  expect(said).toContain("Did you mean 'package'?");
  expect(said).toContain("error[parse/package-name]: 'utils' is no package of the hub");
});

test.each([
  ['packages.yml', 'package:\n  - local: pk\n', "error[parse/unknown-key]: The key 'package' is not known", 2],
  ['packages.yml', 'projects: []\n', "error[parse/unknown-key]: The key 'projects' is not known", 2],
  ['packages.yml', '- local: pk\n', "has to stand below the key 'packages'", 2],
  ['dependencies.yml', 'package:\n  - local: pk\n', "dependencies.yml: The key 'package' is not known", 0],
  ['dependencies.yml', 'projects:\n  - name: other\n', 'No packages were found', 0],
])('a list below another key is told, and not taken for none: %s %j', async (file, text, message, code) => {
  writePackage('shop/pk', 'inner');
  write(`shop/${file}`, text);
  expect(await deps()).toMatchObject({ code, said: expect.stringContaining(message) });
});

describe('git packages', () => {
  const git = (...words: string[]): string => gitIn(join(folder, 'repository'), ...words);

  beforeEach(() => {
    writePackage('repository', 'tools');
    writePackage('repository/sub', 'sub_tools');
    makeRepository(join(folder, 'repository'));
    git('tag', 'v1');
    git('tag', '1.0');
    write('repository/dbt_project.yml', 'name: tools\nversion: "2.0"\n');
    git('commit', '-qam', 'two');
  });

  test('come at a tag, at a commit, or from a folder of the repository, and are locked at the commit', async () => {
    const url = `file://${join(folder, 'repository')}`;
    write(
      'shop/packages.yml',
      `packages:\n  - git: ${url}\n    revision: v1\n  - {git: "${url}", subdirectory: sub, revision: ${git('rev-parse', 'HEAD')}}\n`,
    );
    const { code, said } = await deps();
    expect(said).not.toContain('error');
    expect(code).toBe(0);
    expect(installed()).toEqual(['sub_tools', 'tools']);
    expect(readFileSync(join(project, 'dbt_packages/tools/dbt_project.yml'), 'utf8')).toContain('1.0');
    expect(existsSync(join(project, 'dbt_packages/tools/.git'))).toBe(false);
    expect(lock().packages).toEqual([
      { git: url, name: 'tools', revision: git('rev-parse', 'v1') },
      { git: url, name: 'sub_tools', revision: git('rev-parse', 'HEAD'), subdirectory: 'sub' },
    ]);
  });

  test('without a revision are warned of; a revision that is not there is an error', async () => {
    const url = `file://${join(folder, 'repository')}`;
    write('shop/packages.yml', `packages:\n  - git: ${url}\n`);
    expect(await deps()).toMatchObject({ code: 0, said: expect.stringContaining('is pinned to HEAD') });
    write('shop/packages.yml', `packages:\n  - git: ${url}\n    revision: nothing\n`);
    expect(await deps()).toMatchObject({
      code: 2,
      said: expect.stringContaining("has no branch, tag or commit 'nothing'"),
    });
    expect(installed()).toEqual(['tools']);
  });

  test('come at a tag that YAML takes for a number', async () => {
    const url = `file://${join(folder, 'repository')}`;
    write('shop/packages.yml', `packages:\n  - git: ${url}\n    revision: 1.0\n`);
    expect(await deps()).toMatchObject({ code: 0 });
    expect(lock().packages).toEqual([{ git: url, name: 'tools', revision: git('rev-parse', '1.0') }]);
  });

  test('cannot be options or commands', async () => {
    write('shop/packages.yml', 'packages:\n  - git: "ext::sh -c touch% pwned"\n    revision: x\n');
    expect(await deps()).toMatchObject({ code: 2, said: expect.stringContaining('is no git address') });
    write('shop/packages.yml', `packages:\n  - git: https://x/y\n    revision: "--upload-pack=x"\n`);
    expect(await deps()).toMatchObject({ code: 2, said: expect.stringContaining('is no git address') });
  });
});

describe('packages of the hub', () => {
  const hub = new HubServer();
  let url: string;

  beforeEach(async () => {
    url = await hub.start();
    hub.pages.clear();
    hub.asked.length = 0;
    hub.pages.set('/api/v1/index.json', ['acme/base', 'acme/tools']);
    await release('acme/base', 'base', ['0.9.0', '1.0.0', '1.5.0', '2.0.0-rc1', '2.0.0']);
    await release('acme/tools', 'tools', ['1.0.0'], [{ package: 'acme/base', version: ['>=1.0.0', '<2.0.0'] }]);
  });

  afterEach(() => hub.stop());

  async function release(full: string, name: string, versions: string[], packages: unknown[] = []): Promise<void> {
    const [namespace] = full.split('/');
    const entries: Record<string, unknown> = {};
    for (const version of versions) {
      writePackage(`made/${version}/${name}-${version}`, name);
      const archive = join(folder, `${name}-${version}.tar.gz`);
      await create({ gzip: true, file: archive, cwd: join(folder, 'made', version) }, [`${name}-${version}`]);
      hub.archives.set(`/archive/${name}/${version}`, archive);
      entries[version] = { name, packages, downloads: { tarball: `${url}archive/${name}/${version}` } };
    }
    hub.pages.set(`/api/v1/${full}.json`, { name, namespace, versions: entries });
  }

  const withHub = (...words: string[]) => deps(words, { DBT_PACKAGE_HUB_URL: url });

  test('come with what they need, in the newest version that does for all', async () => {
    write(
      'shop/packages.yml',
      "packages:\n  - package: acme/base\n    version: '>=0.9.0'\n  - package: acme/tools\n    version: 1.0.0\n",
    );
    const { code, said } = await withHub();
    expect(said).not.toContain('error');
    expect(code).toBe(0);
    expect(installed()).toEqual(['base', 'tools']);
    expect(lock().packages).toEqual([
      { name: 'base', package: 'acme/base', version: '1.5.0' },
      { name: 'tools', package: 'acme/tools', version: '1.0.0' },
    ]);
    expect(said).toContain('Updated version available: 2.0.0');
  });

  test('stay as the lock file says until --upgrade', async () => {
    write('shop/packages.yml', "packages:\n  - package: acme/base\n    version: '>=1.0.0,<2.0.0'\n");
    await withHub();
    await release('acme/base', 'base', ['1.0.0', '1.5.0', '1.6.0']);
    await withHub();
    expect(lock().packages[0].version).toBe('1.5.0');
    await withHub('--upgrade', '--lock');
    expect(lock().packages[0].version).toBe('1.6.0');
  });

  test('take a prerelease only where it is wanted', async () => {
    await release('acme/base', 'base', ['1.0.0', '2.0.0-rc1']);
    write('shop/packages.yml', "packages:\n  - package: acme/base\n    version: '>=1.0.0'\n");
    await withHub();
    expect(lock().packages[0].version).toBe('1.0.0');
    write(
      'shop/packages.yml',
      "packages:\n  - package: acme/base\n    version: '>=1.0.0'\n    install_prerelease: true\n",
    );
    await withHub();
    expect(lock().packages[0].version).toBe('2.0.0-rc1');
  });

  test('that nobody knows, or of a version that is not there, are said with what there is', async () => {
    write('shop/packages.yml', 'packages:\n  - package: acme/tool\n    version: 1.0.0\n');
    expect((await withHub()).said).toMatch(/no package 'acme\/tool'[\s\S]*Did you mean 'acme\/tools'/);
    write('shop/packages.yml', 'packages:\n  - package: acme/tools\n    version: 3.0.0\n');
    expect((await withHub()).said).toMatch(/No version of 'acme\/tools' fulfils 3.0.0[\s\S]*The newest are 1.0.0/);
  });

  test('are asked for again where the hub stumbles, and not where it refuses', async () => {
    write('shop/packages.yml', 'packages:\n  - package: acme/tools\n    version: 1.0.0\n');
    hub.failures = 1;
    expect((await withHub()).code).toBe(0);
    hub.pages.delete('/api/v1/acme/tools.json');
    hub.asked.length = 0;
    write(
      'shop/packages.yml',
      'packages:\n  - package: acme/tools\n    version: 1.0.0 \n  - package: acme/base\n    version: 1.0.0\n',
    );
    expect((await withHub()).said).toContain('could not be fetched: 404');
    expect(hub.asked.filter((path) => path.includes('tools'))).toHaveLength(1);
  });

  test('are asked for once, and told in the order of the list', async () => {
    const list = ['tools', 'base'].map((name) => `  - package: acme/${name}\n    version: 1.0.0\n`);
    write('shop/packages.yml', `packages:\n${list.join('')}`);
    hub.asked.length = 0;
    const { said } = await withHub();
    expect(hub.asked.toSorted()).toEqual([...new Set(hub.asked)].toSorted());
    expect(said.match(/Installing acme\/\w+|Installed from version [\d.]+/g)).toEqual([
      'Installing acme/tools',
      'Installed from version 1.0.0',
      'Installing acme/base',
      'Installed from version 1.0.0',
    ]);
  });

  test('that cannot be had are told together', async () => {
    const list = ['tools', 'base'].map((name) => `  - package: acme/${name}\n    version: 7.0.0\n`);
    write('shop/packages.yml', `packages:\n${list.join('')}`);
    const { code, said } = await withHub();
    expect(code).toBe(2);
    for (const name of ['tools', 'base']) expect(said).toContain(`No version of 'acme/${name}' fulfils 7.0.0`);
  });

  test('and archives are added to the list by --add-package, which keeps its comments', async () => {
    write('shop/packages.yml', '# ours\npackages:\n  - git: https://x/acme/tools.git # old\n    revision: v1\n');
    expect((await withHub('--add-package', 'acme/tools@1.0.0')).code).toBe(0);
    expect(readFileSync(join(project, 'packages.yml'), 'utf8')).toBe(
      '# ours\npackages:\n  - package: acme/tools\n    version: 1.0.0\n',
    );
    write('shop/packages.yml', `packages:\n  - tarball: ${url}archive/base/1.0.0\n    name: my_base\n`);
    expect((await withHub()).code).toBe(0);
    expect(installed()).toEqual(['my_base']);
  });
});
