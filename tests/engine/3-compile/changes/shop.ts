import { rmSync } from 'node:fs';
import { compareSides, type FoundChanges } from '../../../../src/3-compile/changes/find-changes.ts';
import { openSide, type Side } from '../../../../src/3-compile/changes/side.ts';
import type { Call } from '../../../../src/cli/engine/call.ts';
import type { Host } from '../../../../src/cli/engine/host.ts';
import type { Loaded } from '../../../../src/cli/engine/loaded.ts';
import * as pipeline from '../../../../src/pipeline.ts';
import { TestWorld } from '../../cli/outside.ts';
import { ProjectFolder } from '../../pipeline/project-folder.ts';

/** A small shop. Nobody reads `emails`, `all_orders` and `big_orders`; the dashboard reads `customers`. */
export const shop: Readonly<Record<string, string>> = {
  'project.yml': `name: shop
targets:
  dev: {type: duckdb, path: ':memory:', schema: main, threads: 1}
vars:
  least: 100
  unused: 1
`,
  'seeds/countries.csv': 'code,name,region\nDE,Germany,EU\nFR,France,EU\nUS,United States,NA\n',
  'macros/cents.sql': '{% macro cents(column) %}({{ column }} / 100.0){% endmacro %}\n',
  'macros/lonely.sql': '{% macro lonely() %}1{% endmacro %}\n',
  'models/sources.yml': `sources:
  - name: raw
    schema: raw
    tables:
      - name: orders
        columns:
          - {name: id, data_type: integer}
          - {name: customer_id, data_type: integer}
          - {name: cents, data_type: integer}
          - {name: status, data_type: varchar}
          - {name: ordered_at, data_type: timestamp}
      - name: customers
`,
  'models/stg_orders.sql': `select
    id,
    customer_id,
    {{ cents('cents') }} as amount,
    status,
    ordered_at
from {{ source('raw', 'orders') }}
where status <> 'test'
`,
  'models/stg_customers.sql': `with source as (
    select * from {{ source('raw', 'customers') }}
), named as (
    select id as customer_id, lower(email) as email, country from source
)
select customer_id, email, country from named
`,
  'models/country_names.sql': `{{ config(materialized='ephemeral') }}
select code, name as country_name from {{ ref('countries') }}
`,
  'models/order_totals.sql': `{{ config(materialized='table') }}
select
    customer_id,
    count(*) as orders,
    sum(amount) as total,
    max(ordered_at) as last_order
from {{ ref('stg_orders') }}
group by customer_id
`,
  'models/customers.sql': `{{ config(materialized='table') }}
select
    c.customer_id,
    c.email,
    n.country_name,
    t.total
from {{ ref('stg_customers') }} as c
left join {{ ref('order_totals') }} as t on t.customer_id = c.customer_id
left join {{ ref('country_names') }} as n on n.code = c.country
`,
  'models/big_orders.sql': `{{ config(materialized='incremental', unique_key='id') }}
select id, amount from {{ ref('stg_orders') }}
where amount > {{ var('least') }}
{% if is_incremental() %} and ordered_at > (select max(ordered_at) from {{ ref('stg_orders') }}) {% endif %}
`,
  'models/emails.sql': "select distinct email from {{ ref('stg_customers') }}\n",
  'models/all_orders.sql': "select * from {{ ref('stg_orders') }}\n",
  'models/models.yml': `models:
  - name: stg_orders
    columns:
      - name: id
        data_tests: [not_null]
      - name: status
        data_tests:
          - accepted_values: {arguments: {values: [new, paid]}}
  - name: customers
    description: One row a customer
    columns:
      - name: customer_id
        data_tests: [unique]
unit_tests:
  - name: adds_up
    model: order_totals
    given:
      - input: ref('stg_orders')
        rows: [{customer_id: 1, amount: 2}, {customer_id: 1, amount: 3}]
    expect:
      rows: [{customer_id: 1, orders: 2, total: 5}]
exposures:
  - name: dashboard
    type: dashboard
    owner: {name: Ann}
    depends_on: [ref('customers')]
`,
  'tests/totals_positive.sql': "select customer_id from {{ ref('order_totals') }} where total < 0\n",
};

/** What is edited: a new text, a piece of the old one with what stands in its place, or `null` for a file that is gone. */
export type Edits = Readonly<Record<string, string | null | readonly (readonly [string, string])[]>>;

/** The files of the shop after some edits. */
export function edited(edits: Edits, files = shop): Readonly<Record<string, string>> {
  const found: Record<string, string> = { ...files };
  for (const [path, edit] of Object.entries(edits)) {
    if (edit === null) delete found[path];
    else if (typeof edit === 'string') found[path] = edit;
    else found[path] = edit.reduce((text, piece) => replaced(text, piece, path), found[path] ?? '');
  }
  return found;
}

function replaced(text: string, [piece, by]: readonly [string, string], path: string): string {
  if (!text.includes(piece)) throw new Error(`${path} has no '${piece}'`);
  return text.replace(piece, by);
}

/** Loads projects, and removes their folders in the end. */
export class Loader {
  readonly #folders: ProjectFolder[] = [];
  #asked: { readonly call: Call; readonly host: Host } | undefined;

  async load(files: Readonly<Record<string, string>>): Promise<Loaded> {
    const folder = new ProjectFolder(files);
    this.#folders.push(folder);
    this.#asked ??= await askedIn(folder.root);
    const { call, host } = this.#asked;
    const loaded = await pipeline.loadProject({ ...call, projectDir: folder.root, partialParse: false }, host);
    const faults = loaded.diagnostics.filter(({ severity }) => severity === 'error');
    if (faults.length > 0) throw new Error(faults.map(({ message }) => message).join('\n'));
    return loaded;
  }

  remove(): void {
    for (const { root } of this.#folders) rmSync(root, { recursive: true });
  }
}

async function askedIn(root: string): Promise<{ readonly call: Call; readonly host: Host }> {
  let asked: { readonly call: Call; readonly host: Host } | undefined;
  const world = new TestWorld(root, {
    runCommand: async (call, host) => {
      asked = { call, host };
      return { exitCode: 0, diagnostics: [], results: [], compiled: new Map() };
    },
  });
  await world.run('build');
  if (!asked) throw new Error(world.stderr.text);
  return asked;
}

/** What was found, one line a node. */
export interface Told {
  /** `stg_orders: values (amount meaning)`. */
  readonly changed: readonly string[];
  /** `customers: values by stg_orders.amount`. */
  readonly affected: readonly string[];
}

export function told({ changes }: Pick<FoundChanges, 'changes'>): Told {
  return {
    changed: changes.nodes.map(({ name, class: one, change, columns, understood }) => {
      const kinds = columns.map((column) => `${column.name} ${column.kind}`).join(', ');
      const word = change === 'modified' ? '' : ` ${change}`;
      return `${name}${word}: ${one}${kinds && ` (${kinds})`}${understood ? '' : ' by text'}`;
    }),
    affected: changes.affected.map(({ name, class: one, by }) => {
      const origins = by.map(({ id, columns }) => {
        const node = id.split('.').slice(2).join('.');
        return columns.length === 0 ? node : columns.map((column) => `${node}.${column}`).join(' ');
      });
      return `${name}: ${one} by ${origins.join(' ')}`;
    }),
  };
}

const today = '2026-11-21';

export const changesBetween = (base: Side, head: Loaded): Promise<FoundChanges> =>
  compareSides(base, openSide(head), today);
