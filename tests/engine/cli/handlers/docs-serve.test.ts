import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Engine } from '../../../../src/cli/engine/engine.ts';
import type { OpenedProject } from '../../../../src/cli/engine/loaded.ts';
import { writeDocsPage } from '../../../../src/cli/scaffold/docs-page.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { TestWorld } from '../outside.ts';

let folder: string;
let target: string;

beforeEach(() => {
  folder = temporaryFolder();
  target = join(folder, 'target');
  mkdirSync(target);
  writeFileSync(join(folder, 'project.yml'), 'name: shop');
  writeFileSync(join(target, 'secret.txt'), 'not for a page');
});

const world = (): TestWorld => {
  const openProject: Engine['openProject'] = async () =>
    ({ targetPath: target, diagnostics: [] }) as unknown as OpenedProject;
  return new TestWorld(folder, { openProject });
};

const addressIn = async (of: TestWorld): Promise<string> => {
  for (;;) {
    const [found] = /http:\/\/\S+(?=;)/.exec(of.stdout.text) ?? [];
    if (found !== undefined) return found;
    await new Promise((done) => setTimeout(done, 5));
  }
};

test('docs serve shows the page and the artifacts, nothing outside of the target folder, and ends when it is stopped', async () => {
  writeFileSync(join(target, 'manifest.json'), '{"nodes": {}}');
  const serving = world();
  const ended = serving.run('docs', 'serve', '--port', '0', '--no-browser');
  const address = await addressIn(serving);
  const ask = async (path: string, method = 'GET'): Promise<[number, string]> => {
    const response = await fetch(`${address}${path}`, { method });
    return [response.status, await response.text()];
  };
  expect((await ask('/'))[1]).toContain('<title>Docs</title>');
  expect(await ask('/manifest.json')).toEqual([200, '{"nodes": {}}']);
  for (const path of ['/catalog.json', '/%2e%2e/project.yml', '/..%2fproject.yml', '/secret.txt', '/%']) {
    expect((await ask(path))[0], path).toBe(404);
  }
  expect((await ask('/manifest.json', 'POST'))[0]).toBe(404);
  serving.abort.abort();
  expect(await ended).toBe(0);
});

test('docs serve goes on where a folder has the name of a page, or a file cannot be read', async () => {
  writeFileSync(join(target, 'manifest.json'), '{}');
  mkdirSync(join(target, 'folder.json'));
  symlinkSync(target, join(target, 'loop.json'));
  const serving = world();
  const ended = serving.run('docs', 'serve', '--port', '0');
  const address = await addressIn(serving);
  const status = async (path: string): Promise<number> => (await fetch(`${address}${path}`)).status;
  for (const path of ['/folder.json', '/loop.json', '/%00.json']) {
    expect(await status(path), path).toBe(404);
  }
  expect(await status('/manifest.json')).toBe(200);
  serving.abort.abort();
  expect(await ended).toBe(0);
});

test('docs serve without artifacts says what makes them', async () => {
  const serving = world();
  expect(await serving.run('docs', 'serve')).toBe(2);
  expect(serving.stdout.text + serving.stderr.text).toContain('ingot docs generate');
});

test('a static page holds the artifacts, whatever text is in them', () => {
  writeFileSync(join(target, 'manifest.json'), JSON.stringify({ text: '</script><b>$&' }));
  writeDocsPage(target, { static: true });
  const { text } = JSON.parse(embedded('manifest')) as { text: string };
  expect(text).toBe('</script><b>$&');
  expect(embedded('catalog')).toBe('null');
});

function embedded(name: string): string {
  const page = readFileSync(join(target, 'static_index.html'), 'utf8');
  return new RegExp(`id="${name}">(.*?)</script>`).exec(page)?.[1] ?? '';
}
