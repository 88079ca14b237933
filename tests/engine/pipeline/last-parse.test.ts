import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { keptProject, parseAgain } from '../../../src/pipeline/loading/last-parse.ts';
import { prepareLoad } from '../../../src/pipeline/loading/load.ts';
import { parseOnly } from '../../../src/pipeline/loading/parse-only.ts';
import { TestWorld } from '../cli/outside.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const files: Readonly<Record<string, string>> = {
  'dbt_project.yml': "name: shop\nprofile: shop\nmodels: {+tags: \"{{ env_var('LAYER', 'none') }}\"}\n",
  'profiles.yml':
    'shop: {target: dev, outputs: {dev: {type: duckdb, path: x.duckdb}, prod: {type: duckdb, path: y}}}\n',
  'models/a.sql': "select {{ one() }} as id, '{{ var('size', 'small') }}' as size, '{{ env_var('WHO', 'me') }}' as who",
  'models/s.yml': 'models: [{name: a, description: rows, columns: [{name: id, data_tests: [unique]}]}]\n',
  'macros/one.sql': '{% macro one() %}1{% endmacro %}',
};

let folder: string;
/** Time passes from command to command; a file that was written in the moment of one would never count as seen. */
let clock: number;

beforeEach(() => {
  folder = temporaryFolder(files);
  clock = Date.now() + 60_000;
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Runs `ingot parse`, and says whether it could do without reading the project. */
async function parse(words: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<boolean> {
  let again = false;
  const world = new TestWorld(
    folder,
    {
      async runCommand(call, host) {
        const preparation = await prepareLoad(call, host);
        again = call.partialParse && parseAgain(preparation, call, keptProject(preparation)) !== undefined;
        return parseOnly(call, host);
      },
    },
    env,
  );
  clock += 1000;
  const now = clock;
  Object.assign(world, { now: () => new Date(now) });
  expect(await world.run('parse', '--project-dir', folder, '--profiles-dir', folder, ...words)).toBe(0);
  expect(world.stdout.text).toContain('Found 1 model, 1 data test, 1 macro');
  return again;
}

const manifest = (): { nodes: Record<string, { description?: string; checksum: { checksum: string } }> } =>
  JSON.parse(readFileSync(join(folder, 'target/manifest.json'), 'utf8'));

describe('parsing a project again', () => {
  test('does without reading it as long as nothing has changed', async () => {
    expect(await parse()).toBe(false);
    expect(await parse()).toBe(true);
    expect(await parse()).toBe(true);
  });

  const changes: readonly (readonly [what: string, change: () => void])[] = [
    ['a model', () => write('models/a.sql', 'select 2 as id')],
    ['a macro', () => write('macros/one.sql', '{% macro one() %}2{% endmacro %}')],
    ['a properties file', () => write('models/s.yml', files['models/s.yml']?.replace('rows', 'more') ?? '')],
    ['the project file', () => write('dbt_project.yml', 'name: shop\nprofile: shop\nvars: {size: large}\n')],
    ['the manifest', () => write('target/manifest.json', '{}')],
    ['the time of the manifest', () => utimesSync(join(folder, 'target/manifest.json'), 0, 0)],
    ['the target folder, which is gone,', () => rmSync(join(folder, 'target'), { recursive: true })],
    ['what was kept, of which only half is there,', () => write('target/ingot-last-parse.txt', '{"stamp":')],
  ];
  test.each(changes)('%s has changed: it is read, and the manifest written', async (_, change) => {
    await parse();
    change();
    expect(await parse()).toBe(false);
    expect(manifest().nodes['model.shop.a']?.description).toMatch(/rows|more/);
    expect(await parse()).toBe(true);
  });

  test.each([
    ['a variable', ['--vars', 'size: large'], {}],
    ['the target', ['--target', 'prod'], {}],
    ['an environment variable of a model', [], { WHO: 'you' }],
    ['an environment variable of the project file', [], { LAYER: 'gold' }],
    ['a flag that is against it', ['--no-partial-parse'], {}],
  ] as const)('%s is another: it is read', async (_, words, env) => {
    await parse();
    expect(await parse(words, env)).toBe(false);
  });

  test('a file that was written while the command ran is read again', async () => {
    utimesSync(join(folder, 'models/a.sql'), clock / 1000 + 1, clock / 1000 + 1);
    await parse();
    expect(await parse()).toBe(false);
  });
});
