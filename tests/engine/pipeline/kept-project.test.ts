import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import { select } from '../../../src/2-graph/index.ts';
import type { Loaded } from '../../../src/cli/engine/loaded.ts';
import * as pipeline from '../../../src/pipeline.ts';
import { TestWorld } from '../cli/outside.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const example = fileURLToPath(new URL('../../..', import.meta.url));
const model = 'models/silver/stg_orders.sql';

let folder: string;
/** Time passes from command to command; a file that was written in the moment of one would never count as seen. */
let clock: number;

beforeEach(() => {
  folder = temporaryFolder();
  clock = Date.now() + 60_000;
  for (const path of ['project.yml', 'models', 'macros', 'seeds', 'snapshots', 'tests/data', 'data', 'analyses']) {
    cpSync(join(example, path), join(folder, path), { recursive: true });
  }
});

/** Damages a file behind a text, by default in what is read of the kept graph at once: its size stays. */
function changeLetter(file: string, behind = '"model.', which: 'first' | 'last' | 'all' = 'first'): void {
  const text = readFileSync(file, 'latin1');
  const damaged = `${behind.slice(0, 1)}?${behind.slice(2)}`;
  const at = which === 'last' ? text.lastIndexOf(behind) : text.indexOf(behind);
  const changed =
    which === 'all' ? text.replaceAll(behind, damaged) : text.slice(0, at) + damaged + text.slice(at + behind.length);
  writeFileSync(file, changed, 'latin1');
}

function putFolder(path: string): void {
  rmSync(path);
  mkdirSync(path);
}

/** Runs a command and gives the project as it saw it. */
async function run(...words: readonly string[]): Promise<Loaded | undefined> {
  let seen: Loaded | undefined;
  const world = new TestWorld(folder, {
    ...pipeline,
    async loadProject(call, host) {
      seen = await pipeline.loadProject(call, host);
      return seen;
    },
    runCommand: (call, host) =>
      pipeline.runCommand(call, {
        ...host,
        onProject(loaded) {
          seen = loaded;
          host.onProject?.(loaded);
        },
      }),
  });
  clock += 1000;
  const now = clock;
  Object.assign(world, { now: () => new Date(now) });
  const code = await world.run(...words, '--project-dir', folder, '--profiles-dir', folder);
  expect(`${code} ${world.stderr.text}`).toBe('0 ');
  return seen;
}

/** All that a graph says, as plain data; the time of reading aside. */
function contentOf(loaded: Loaded | undefined): unknown {
  if (loaded === undefined) throw new Error('no project was read');
  const { graph, diagnostics } = loaded;
  const { project } = graph;
  const plain = (map: ReadonlyMap<string, unknown>): unknown =>
    [...map].map(([id, value]) => [id, JSON.parse(JSON.stringify({ value, created_at: 0 }, withoutTime))]);
  return {
    nodes: plain(graph.nodes),
    parents: plain(graph.parents),
    children: plain(graph.children),
    order: graph.order,
    dropped: plain(graph.dropped),
    diagnostics,
    settings: project.settings,
    ids: [...project.nodes.keys()],
    sources: plain(project.sources),
    exposures: [...project.exposures.keys()],
    macros: plain(project.macros),
    docs: plain(project.docs),
    groups: plain(project.groups),
    disabled: plain(project.disabled),
  };
}

const withoutTime = (key: string, value: unknown): unknown => (key === 'created_at' ? 0 : value);

interface Manifest {
  readonly metadata: unknown;
  readonly nodes: Readonly<Record<string, { readonly raw_code: string; readonly compiled_code?: string }>>;
}

function manifest(): Manifest {
  return JSON.parse(readFileSync(join(folder, 'target/manifest.json'), 'utf8'), withoutTime) as Manifest;
}

const id = 'model.retail.stg_orders';
const compiledIds = (): readonly string[] =>
  Object.entries(manifest().nodes).flatMap(([node, { compiled_code: code }]) => (code === undefined ? [] : node));

describe('a project that an earlier command has read', () => {
  test('is the same without reading it', async () => {
    const read = await run('ls', '--quiet');
    const kept = await run('ls', '--quiet');
    expect(read?.restored).toBeUndefined();
    expect(kept?.restored).toBeDefined();
    expect(contentOf(kept)).toEqual(contentOf(read));
  });

  test('has the same nodes of every name', async () => {
    writeFileSync(join(folder, 'models/silver/prices_v1.sql'), 'select 1 as price');
    writeFileSync(join(folder, 'models/silver/prices_v2.sql'), 'select 2 as price');
    const versions = 'versions: [{v: 1}, {v: 2}]';
    writeFileSync(join(folder, 'models/silver/_prices.yml'), `models:\n  - name: prices\n    ${versions}\n`);
    const read = await run('parse');
    const kept = await run('ls', '--quiet');
    expect(kept?.restored).toBeDefined();
    const known = [
      ...['stg_orders', 'silver', 'retail', 'retail.silver.stg_orders', 'silver.stg_orders', 'stg_*', 'prices'],
      ...['prices.v2', 'prices_v2', 'retail.silver.prices.v1', 'other.prices.v1', 'unique_dim_customer_customer_id'],
    ];
    for (const name of [...known, 'orders', 'order', 'line\nbreak', '', '.']) {
      // The first names are looked for in another way than many, so each is asked of a graph of its own.
      const request = { select: [name], exclude: [], indirectSelection: 'eager' } as const;
      const found = [read, kept].map((loaded) => select({ ...(loaded as Loaded).graph }, request).ids);
      expect(found[1], name).toEqual(found[0]);
      expect(found[0]?.length !== 0, name).toBe(known.includes(name));
    }
  });

  test('has the settings that its macros bring about', async () => {
    const macro = '{% macro get_incremental_microbatch_sql(arg_dict) %}{% endmacro %}';
    writeFileSync(join(folder, 'macros/microbatch.sql'), macro);
    await run('parse');
    const kept = await run('ls', '--quiet');
    expect(kept?.restored).toBeDefined();
    expect(kept?.graph.project.settings.buildsMicrobatchesAtOnce).toBe(true);
  });

  test('is the same as read anew after code was edited', async () => {
    await run('parse');
    appendFileSync(join(folder, model), '\n-- a remark');
    const kept = await run('ls', '--quiet');
    expect(kept?.restored?.edits).toHaveProperty([id]);
    expect(kept?.graph.nodes.get(id)).toMatchObject({ raw_code: expect.stringContaining('a remark') });
    const again = await run('ls', '--quiet');
    expect(again?.restored?.isCurrent).toBe(true);
    const read = await run('ls', '--quiet', '--no-partial-parse');
    expect(read?.restored).toBeUndefined();
    expect(contentOf(kept)).toEqual(contentOf(read));
    expect(contentOf(again)).toEqual(contentOf(read));
  });

  test('is read anew where a number has become a float, or a text a date', async () => {
    const settings = readFileSync(join(folder, 'project.yml'), 'utf8');
    const vars = ['rate: 5', 'rate: 5.0', "rate: '2024-01-31'", 'rate: 2024-01-31'];
    const isKept = async (...words: readonly string[]): Promise<boolean> => {
      const loaded = await run('ls', '--quiet', ...words);
      expect(loaded).toBeDefined();
      return loaded?.restored !== undefined;
    };
    for (const text of vars) {
      expect(await isKept('--vars', `{${text}}`), `--vars ${text}`).toBe(false);
    }
    for (const text of vars) {
      writeFileSync(join(folder, 'project.yml'), settings.replace(/^vars:\n/m, `$&  ${text}\n`));
      expect(await isKept(), text).toBe(false);
    }
    expect(await isKept()).toBe(true);
  });

  test.each([
    ['reads another model', () => appendFileSync(join(folder, model), "\n-- {{ ref('dim_date') }}")],
    ['has another setting', () => appendFileSync(join(folder, model), "\n{{ config(tags=['new']) }}")],
    ['does not render', () => appendFileSync(join(folder, model), '\n{# no end')],
    ['is new', () => writeFileSync(join(folder, 'models/silver/more.sql'), 'select 1 as id')],
    ['is gone', () => rmSync(join(folder, 'analyses'), { recursive: true })],
    ['is a macro', () => writeFileSync(join(folder, 'macros/more.sql'), '{% macro more() %}{% endmacro %}')],
    ['is the manifest', () => utimesSync(join(folder, 'target/manifest.json'), 0, 0)],
    ['is the kept graph', () => appendFileSync(join(folder, 'target/ingot-graph.bin'), ' ')],
    ['is the kept graph, in one letter', () => changeLetter(join(folder, 'target/ingot-graph.bin'))],
    ['is the kept graph, which has no head', () => writeFileSync(join(folder, 'target/ingot-graph.bin'), '?\n?')],
    ['is the kept graph, now a folder', () => putFolder(join(folder, 'target/ingot-graph.bin'))],
    ['is what was found, in one letter', () => changeLetter(join(folder, 'target/ingot-last-parse.txt'), '"stamp')],
    [
      'is what was found, of which nothing is left',
      () => writeFileSync(join(folder, 'target/ingot-last-parse.txt'), '{}'),
    ],
    ['is the list of places', () => rmSync(join(folder, 'target/manifest.json.places'))],
    ['is the list of places, in one letter', () => changeLetter(join(folder, 'target/manifest.json.places'), '"size"')],
  ])('is read anew where a file that has changed %s', async (_, change) => {
    await run('parse');
    change();
    const world = new TestWorld(folder, pipeline);
    let seen: Loaded | undefined;
    Object.assign(world.engine, {
      loadProject: async (...args: Parameters<typeof pipeline.loadProject>) => {
        seen = await pipeline.loadProject(...args);
        return seen;
      },
    });
    await world.run('ls', '--quiet', '--project-dir', folder, '--profiles-dir', folder);
    expect(seen).toBeDefined();
    expect(seen?.restored).toBeUndefined();
  });
});

describe('a project kept in files that are damaged where only some commands look', () => {
  const damage: readonly (readonly [file: string, damage: (path: string) => void])[] = [
    ['ingot-graph.bin', (path) => changeLetter(path, '"models/silver/stg_orders', 'last')],
    ['manifest.json', (path) => changeLetter(path, '{}', 'all')],
  ];
  test.each(damage)('is told so, and read anew by the next command: %s', async (name, change) => {
    await run('parse');
    await run('parse');
    const path = join(folder, 'target', name);
    const { mtime } = statSync(path);
    change(path);
    utimesSync(path, mtime, mtime);
    const list = async (): Promise<readonly [number, TestWorld]> => {
      const world = new TestWorld(folder, pipeline);
      const words = ['ls', '--quiet', '--output', 'json', '--output-keys', 'name raw_code patch_path'];
      return [await world.run(...words, '--project-dir', folder, '--profiles-dir', folder), world];
    };
    const [code, { stderr, stdout }] = await list();
    expect((stdout.text + stderr.text).slice(0, 500)).toContain('error[record/damaged]');
    expect(code).toBe(2);
    const [again, { stdout: listed }] = await list();
    expect(again).toBe(0);
    expect(listed.text).toContain('"name": "stg_orders"');
  });
});

describe('its manifest', () => {
  test('is the one that would be written anew, whatever was edited and compiled', async () => {
    await run('parse');
    appendFileSync(join(folder, model), '\n-- a remark');
    await run('compile', '--quiet', '--select', 'stg_orders');
    const spliced = manifest();
    await run('compile', '--quiet', '--select', 'stg_orders', '--no-partial-parse');
    rmSync(join(folder, 'target'), { recursive: true });
    await run('compile', '--quiet', '--select', 'stg_orders');
    expect(spliced.nodes).toEqual(manifest().nodes);
    expect({ ...spliced, metadata: 0 }).toEqual({ ...manifest(), metadata: 0 });
  });

  test('has the compiled code of the last command only', async () => {
    await run('parse');
    await run('compile', '--quiet', '--select', 'stg_orders', '--indirect-selection', 'empty');
    expect(compiledIds()).toContain(id);
    await run('compile', '--quiet', '--select', 'dim_date', '--indirect-selection', 'empty');
    expect(compiledIds()).toEqual(['model.retail.dim_date']);
    await run('parse');
    expect(compiledIds()).toEqual([]);
  });
});
