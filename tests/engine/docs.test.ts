import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { DataTest, LintRule } from '../../src/core/index.ts';
import { readShelf } from '../../src/shelves.ts';

const root = resolve(import.meta.dirname, '../..');
const areas =
  'parse|graph|sql|compile|changes|plan|execute|materialize|seed|data-tests|duckdb|snowflake|record|run|lint|targets|cli|ingot';

/** Codes in quotes, as `error('graph/circle', …)` has them, or in brackets, as who cannot load that writes them. */
function codesInSource(): Set<string> {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.c?ts$/.test(file),
  );
  const text = files.map((file) => readFileSync(join(root, 'src', file), 'utf8')).join('\n');
  return new Set([...text.matchAll(new RegExp(`['[]((?:${areas})/[a-z-]+)['\\]]`, 'g'))].map(([, code = '']) => code));
}

it('docs/reference/errors.md explains every error code, and no other', () => {
  const page = readFileSync(join(root, 'docs/reference/errors.md'), 'utf8');
  const explained = new Set(
    [...page.matchAll(new RegExp(`\`((?:${areas})/[a-z-]+)\``, 'g'))].map(([, code = '']) => code),
  );
  const inSource = codesInSource();
  expect([...inSource].filter((code) => !explained.has(code))).toEqual([]);
  // `check` makes these of a prefix, so they stand nowhere whole.
  const made = ['parse/unknown-key', 'parse/missing-key', 'parse/wrong-type', 'parse/wrong-value'];
  expect([...explained].filter((code) => !inSource.has(code) && !made.includes(code))).toEqual([]);
});

it('docs/reference/lint-rules.md has every lint rule with what it counts as, and no other', async () => {
  const page = readFileSync(join(root, 'docs/reference/lint-rules.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \| .* \| (error|warning|off) \|/gm)].map(([, name, level]) => [
    name,
    level,
  ]);
  const rules = [...(await readShelf<LintRule>('lint-rules')).values()].map(({ name, level }) => [name, level]);
  expect(rows.sort()).toEqual(rules.sort());
});

it('docs/reference/data-tests.md has every generic test with its arguments, and no other', async () => {
  const page = readFileSync(join(root, 'docs/reference/data-tests.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z_.]+)` \| .* \| (.*?) ?\|$/gm)].map(([, name, given]) => [name, given]);
  const tests = [...(await readShelf<DataTest>('data-tests')).values()].map(({ name, namespace, arguments: given }) => [
    namespace === null ? name : `${namespace}.${name}`,
    given.map((argument) => `\`${argument.name}\``).join(', '),
  ]);
  expect(rows.sort()).toEqual(tests.sort());
});

const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => `docs/${file}`);

it.each(['README.md', 'CONTRIBUTING.md', ...pages])('%s links only to what is there', (page) => {
  const text = readFileSync(join(root, page), 'utf8');
  const broken = [...text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)].flatMap(
    ([link, path = '', heading = '']) => {
      const file = join(root, path === '' ? page : join(dirname(page), path));
      return existsSync(file) && (heading === '' || headingsOf(file).includes(heading)) ? [] : [link];
    },
  );
  expect(broken).toEqual([]);
});

/** The names by which links find the headings of a page. */
function headingsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\d\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
