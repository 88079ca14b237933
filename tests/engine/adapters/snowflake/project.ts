import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommandLine } from '../../../../src/cli/run-command-line.ts';
import type { Json } from '../../../../src/core/index.ts';
import { KeptText } from '../../kept-text.ts';
import type { TestServer } from './server/index.ts';

/** A project in a folder of its own, whose target `snow` is a test server and `duck` a database file. */
export interface TestProject {
  readonly folder: string;
  write(files: Readonly<Record<string, string>>): void;
  read(path: string): string;
  run(...words: string[]): Promise<{ readonly exit: number; readonly output: string }>;
  remove(): void;
}

export interface ProjectOptions {
  readonly server: Pick<TestServer, 'host' | 'port'>;
  readonly files: Readonly<Record<string, string>>;
  /** The output of the target `snow`. Default: that of the server. */
  readonly output?: Readonly<Record<string, Json>>;
  /** Further keys of the target, as YAML lines. */
  readonly target?: readonly string[];
  readonly threads?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export function createProject(options: ProjectOptions): TestProject {
  const { server, files, target = [], threads = 1, env = {} } = options;
  const output = options.output ?? outputFor(server);
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'ingot-snowflake-'));
  const write: TestProject['write'] = (written) => {
    for (const [path, text] of Object.entries(written)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  };
  write({
    'dbt_project.yml': 'name: shop\nversion: "1.0"\nprofile: shop\n',
    'profiles.yml': [
      'shop:',
      '  target: snow',
      '  outputs:',
      '    snow:',
      ...Object.entries(output).map(
        ([key, value]) => `      ${key}: ${/^[\w.]+$/.test(String(value)) ? value : JSON.stringify(value)}`,
      ),
      `      threads: ${threads}`,
      ...target.map((line) => `      ${line}`),
      '    duck:',
      '      type: duckdb',
      '      path: warehouse.duckdb',
      '      schema: shop',
      `      threads: ${threads}`,
      '',
    ].join('\n'),
    ...files,
  });
  return {
    folder,
    write,
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    async run(...words) {
      const terminal = new KeptText();
      const exit = await runCommandLine(words, {
        cwd: folder,
        env: { ...env },
        homeDir: folder,
        pid: process.pid,
        now: () => new Date(),
        uuid: () => crypto.randomUUID(),
        random: Math.random,
        signal: new AbortController().signal,
        stdout: terminal,
        stderr: terminal,
        loadEngine: () => import('../../../../src/pipeline.ts'),
      });
      return { exit, output: terminal.text };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The output of a profile for a test server. */
export const outputFor = ({ host, port }: Pick<TestServer, 'host' | 'port'>): Readonly<Record<string, Json>> => ({
  ...{ type: 'snowflake', account: 'acme', host, port, protocol: 'http', user: 'INGOT', password: 'secret' },
  ...{ role: 'TRANSFORMER', warehouse: 'COMPUTE_WH', database: 'analytics', schema: 'shop' },
});

/** A small shop: a seed, a view, a table, an incremental model and their tests. */
export const shop: Readonly<Record<string, string>> = {
  'seeds/raw_orders.csv':
    'id,customer,amount,ordered_on\n1,Ada,10.50,2024-03-01\n2,Bo,20.00,2024-03-01\n3,Ada,5.25,2024-03-02\n',
  'models/stg_orders.sql': 'select id, customer, amount, ordered_on from {{ ref("raw_orders") }}\n',
  'models/customers.sql': [
    "{{ config(materialized='table') }}",
    'select customer, count(*) as orders, sum(amount) as amount',
    'from {{ ref("stg_orders") }}',
    'group by customer',
    '',
  ].join('\n'),
  'models/orders.sql': [
    "{{ config(materialized='incremental', unique_key='id') }}",
    'select id, customer, amount, ordered_on',
    'from {{ ref("stg_orders") }}',
    '{% if is_incremental() %}where id >= (select max(id) from {{ this }}){% endif %}',
    '',
  ].join('\n'),
  'models/models.yml': [
    'models:',
    '  - name: orders',
    '    columns:',
    '      - name: id',
    '        tests: [unique, not_null]',
    '  - name: customers',
    '    columns:',
    '      - name: customer',
    '        tests: [unique, not_null]',
    '',
  ].join('\n'),
};
