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

test.each(['-1', '65536'])('docs serve refuses a port that there is not: %s', async (port) => {
  writeFileSync(join(target, 'manifest.json'), '{}');
  const serving = world();
  expect(await serving.run('docs', 'serve', '--port', port)).toBe(2);
  expect(serving.stdout.text + serving.stderr.text).toContain(
    `error[cli/cannot-serve]: Nothing can be served at 127.0.0.1:${port}`,
  );
});

test('docs serve is for this machine alone where the host is empty', async () => {
  writeFileSync(join(target, 'manifest.json'), '{}');
  const serving = world();
  const ended = serving.run('docs', 'serve', '--port', '0', '--host', '');
  expect(await addressIn(serving)).toMatch(/^http:\/\/127\.0\.0\.1:/);
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

test.each([
  ['#model.shop.gr%C3%B6%C3%9Fe', 'größe', 'größe'],
  ['#%', 'shop', undefined],
  ['#constructor', 'shop', undefined],
])('the page opens at what its address names: %s', async (hash, title, marked) => {
  const node = { unique_id: 'model.shop.größe', resource_type: 'model', name: 'größe', config: {} };
  const manifest = { metadata: { project_name: 'shop' }, nodes: { [node.unique_id]: node } };
  writeFileSync(join(target, 'manifest.json'), JSON.stringify(manifest));
  writeDocsPage(target, { static: true });
  const elements = await opened(hash);
  expect(elements.find(({ tag }) => tag === 'h1')?.children).toEqual([title]);
  expect(elements.find(({ 'aria-current': current }) => current === 'page')?.children?.[0]).toBe(marked);
});

interface FakeElement {
  readonly tag?: string;
  readonly 'aria-current'?: string;
  readonly children?: unknown[];
  readonly [property: string]: unknown;
}

/** The elements that the script of a static page makes, where there is no browser. */
async function opened(hash: string): Promise<readonly FakeElement[]> {
  const made: FakeElement[] = [];
  const element = (tag?: string, textContent?: string): FakeElement => {
    const children: unknown[] = [];
    const one: Record<string, unknown> = { tag, textContent, children, value: '' };
    one.append = (...more: unknown[]) => children.push(...more);
    one.replaceChildren = () => undefined;
    one.addEventListener = () => undefined;
    one.setAttribute = (name: string, value: string) => Object.assign(one, { [name]: value });
    made.push(one);
    return one;
  };
  const texts: Record<string, string> = { manifest: embedded('manifest'), catalog: '{"nodes": {}, "sources": {}}' };
  const document = { getElementById: (id: string) => element(undefined, texts[id]), createElement: element };
  const [, script = ''] =
    /<script type="module">(.*?)<\/script>/s.exec(readFileSync(join(target, 'static_index.html'), 'utf8')) ?? [];
  const body = `return (async () => {${script}})()`;
  await new Function('document', 'location', 'addEventListener', body)(document, { hash }, () => undefined);
  return made;
}

function embedded(name: string): string {
  const page = readFileSync(join(target, 'static_index.html'), 'utf8');
  return new RegExp(`id="${name}">(.*?)</script>`).exec(page)?.[1] ?? '';
}
