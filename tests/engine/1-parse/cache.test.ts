import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Project } from '../../../src/1-parse/index.ts';
import { type Files, type ParseOptions, type ProjectOnDisk, projectOnDisk } from './project-on-disk.ts';

const files: Files = {
  'models/a.sql': 'select 1',
  'models/b.sql': "{% if var('on', false) %}{{ ref('a') }}{% endif %}{{ pick() }}",
  'models/c.sql': "{{ config(tags=[env_var('TAG', 'none')]) }}{% if target.name == 'prod' %}{{ ref('a') }}{% endif %}",
  'models/s.yml': 'models: [{name: a, description: old, columns: [{name: id, description: key, tests: [unique]}]}]\n',
  'macros/pick.sql': '{% macro pick() %}{{ inner() }}{% endmacro %}',
  'macros/inner.sql': "{% macro inner() %}{{ ref('a') }}{% endmacro %}",
};

/** Everything that a project says, in one comparable value. */
function content(project: Project): unknown {
  const { nodes, sources, macros, docs, disabled, diagnostics, fingerprint } = project;
  return JSON.parse(
    JSON.stringify({
      nodes: [...nodes],
      sources: [...sources],
      macros: [...macros],
      docs: [...docs],
      disabled: [...disabled],
      diagnostics,
      fingerprint,
    }),
  );
}

/** Parses with the cache, and says whether it tells the same as without. */
function parseAgain(disk: ProjectOnDisk, options: ParseOptions = {}): Project {
  const cached = disk.parse({ ...options, cache: true });
  expect(content(cached)).toEqual(content(disk.parse(options)));
  return cached;
}

const refsOf = (project: Project, name: string): unknown =>
  project.nodes.get(`model.shop.${name}`)?.refs.map((ref) => ref.name);

describe('the parse cache', () => {
  test('an unchanged project is the same from the cache', () => {
    const disk = projectOnDisk(files);
    parseAgain(disk);
    const written = statSync(disk.cacheFile).mtimeMs;
    parseAgain(disk);
    expect(statSync(disk.cacheFile).mtimeMs).toBe(written);
  });

  const changes: readonly (readonly [what: string, change: Files, options: ParseOptions])[] = [
    ['a model', { 'models/a.sql': "select * from {{ ref('b') }}" }, {}],
    ['a model by nothing but blanks in front', { 'models/a.sql': '\n\nselect 1' }, {}],
    ['a properties file', { 'models/s.yml': 'models: [{name: a, description: new}]' }, {}],
    [
      'a macro that a called macro calls',
      { 'macros/inner.sql': "{% macro inner() %}{{ ref('c') }}{% endmacro %}" },
      {},
    ],
    [
      'a new macro that hides a function',
      { 'macros/var.sql': '{% macro var(name, fallback) %}{{ return(true) }}{% endmacro %}' },
      {},
    ],
    ['a removed macro', { 'macros/inner.sql': null, 'macros/pick.sql': '{% macro pick() %}{% endmacro %}' }, {}],
    ['a removed model', { 'models/a.sql': null }, {}],
    ['a new model', { 'models/d.sql': "{{ ref('a') }}" }, {}],
    [
      'the project file',
      { 'dbt_project.yml': 'name: shop\nprofile: shop\nvars: {on: true}\nmodels: {+tags: x}\n' },
      {},
    ],
    ['a variable of the command line', {}, { vars: { on: true } }],
    ['an environment variable', {}, { env: { TAG: 'x' } }],
    ['the target', {}, { target: { name: 'prod' } }],
    ['the version of Ingot', {}, { version: '9.9.9' }],
  ];
  test.each(changes)('%s changes what depends on it', (_, change, options) => {
    const disk = projectOnDisk(files);
    const before = content(parseAgain(disk));
    disk.write(change);
    const after = parseAgain(disk, options);
    expect(after.fingerprint).not.toBe((before as { fingerprint: string }).fingerprint);
    // And back again: the cache now holds the other outcome.
    for (const [path, text] of Object.entries(files)) disk.write({ [path]: text });
    parseAgain(disk);
  });

  test('a variable turns a branch of a rendered model on and off', () => {
    const disk = projectOnDisk(files);
    expect(refsOf(parseAgain(disk), 'b')).toEqual(['a']);
    expect(refsOf(parseAgain(disk, { vars: { on: true } }), 'b')).toEqual(['a', 'a']);
    expect(refsOf(parseAgain(disk), 'b')).toEqual(['a']);
  });

  test('a variable that becomes a float or a date is another value', () => {
    const settings = (rate: string): string => `name: shop\nprofile: shop\nvars: {rate: ${rate}}\n`;
    const disk = projectOnDisk({ ...files, 'models/d.sql': "{{ config(alias='at_' ~ var('rate')) }} select 1" });
    const aliasWith = (rate: string): unknown => {
      disk.write({ 'dbt_project.yml': settings(rate) });
      return parseAgain(disk).nodes.get('model.shop.d')?.config.alias;
    };
    expect(['5', '5.0', "'5.0'", '5'].map(aliasWith)).toEqual(['at_5', 'at_5.0', 'at_5.0', 'at_5']);
    const year = "{{ config(alias='at_' ~ (var('rate').year if var('rate') is not string else 'text')) }} select 1";
    disk.write({ 'models/d.sql': year });
    expect(['2024-01-31', "'2024-01-31'"].map(aliasWith)).toEqual(['at_2024', 'at_text']);
  });

  test('a file with another time and the same text says what it said', () => {
    const disk = projectOnDisk(files);
    parseAgain(disk);
    utimesSync(join(disk.root, 'models/a.sql'), new Date(), new Date(Date.now() + 5000));
    parseAgain(disk);
  });

  test('a file that is rewritten in the moment of the cache is noticed by its text', () => {
    const disk = projectOnDisk(files);
    parseAgain(disk);
    const { atime, mtime } = statSync(disk.cacheFile);
    disk.write({ 'models/a.sql': 'select 2' });
    utimesSync(join(disk.root, 'models/a.sql'), atime, mtime);
    expect(parseAgain(disk).nodes.get('model.shop.a')?.raw_code).toBe('select 2');
  });

  test.each([0, 1, 20, 200, 1000, -1, -20])('a damaged cache does no harm (byte %i)', (at) => {
    const disk = projectOnDisk(files);
    parseAgain(disk);
    const bytes = readFileSync(disk.cacheFile);
    const index = at < 0 ? bytes.length + at : at;
    bytes[index] = (bytes[index] ?? 0) ^ 0x55;
    writeFileSync(disk.cacheFile, bytes);
    parseAgain(disk);
  });

  test('half a cache, an empty one or a folder in its place does no harm', () => {
    const disk = projectOnDisk(files);
    parseAgain(disk);
    writeFileSync(disk.cacheFile, readFileSync(disk.cacheFile).subarray(0, 500));
    parseAgain(disk);
    writeFileSync(disk.cacheFile, '');
    parseAgain(disk);
    const other = projectOnDisk({ ...files, 'target/ingot-parse-cache.bin/x': '' });
    parseAgain(other);
  });

  test('problems are told again from the cache', () => {
    const disk = projectOnDisk({
      'models/a.sql': '{% if %}',
      'models/s.yml': 'models: [{name: a, columns: x}]',
      'macros/m.sql': '{% macro',
    });
    expect(parseAgain(disk).diagnostics.length).toBeGreaterThan(2);
    parseAgain(disk);
  });

  test('values of environment variables are not written into it', () => {
    const disk = projectOnDisk(files);
    parseAgain(disk, { env: { TAG: 'geheim-sache' } });
    // The outcome of the rendering may show it, as a tag here; what was read must not.
    const text = readFileSync(disk.cacheFile, 'utf8');
    expect(text.match(/geheim-sache/g)).toHaveLength(1);
  });
});
