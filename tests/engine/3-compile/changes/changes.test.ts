import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSide, type Side } from '../../../../src/3-compile/changes/side.ts';
import { changesBetween, type Edits, edited, Loader, shop, told } from './shop.ts';

const loader = new Loader();
let base: Side;

beforeAll(async () => {
  base = openSide(await loader.load(shop));
});
afterAll(() => loader.remove());

interface Case {
  readonly edits: Edits;
  readonly changed: readonly string[];
  readonly affected?: readonly string[];
  /** What the shop has besides, before and after. */
  readonly with?: Edits;
}

const notNull = 'not_null_stg_orders_id';
const accepted = 'accepted_values_stg_orders_status__new__paid';
const unique = 'unique_customers_customer_id';

/** Everything behind `stg_orders`, where its rows are other ones. */
const behindOrders = (by: string): string[] =>
  [
    'order_totals',
    'customers',
    'big_orders',
    'all_orders',
    'dashboard',
    notNull,
    accepted,
    unique,
    'totals_positive',
  ].map((name) => `${name}: rows by ${by}`);
const behindAmount = (by: string): string[] => [
  `order_totals: values by ${by}`,
  `customers: values by ${by}`,
  `all_orders: values by ${by}`,
  `dashboard: values by ${by}`,
  `big_orders: rows by ${by}`,
  `totals_positive: rows by ${by}`,
];
const behindTotals = (by: string): string[] =>
  ['customers', 'dashboard', 'totals_positive', unique, 'adds_up'].map((name) => `${name}: rows by ${by}`);

const properties = (text: string): Edits => ({ 'models/more.yml': text });

const code: Readonly<Record<string, Case>> = {
  'a filter': {
    edits: { 'models/stg_orders.sql': [["'test'", "'fake'"]] },
    changed: ['stg_orders: rows'],
    affected: behindOrders('stg_orders'),
  },
  'an expression': {
    edits: { 'models/stg_orders.sql': [["{{ cents('cents') }}", 'cents / 1000.0']] },
    changed: ['stg_orders: values (amount meaning)'],
    affected: behindAmount('stg_orders.amount'),
  },
  'an expression that a test looks at': {
    edits: { 'models/stg_orders.sql': [['    status,', '    upper(status) as status,']] },
    changed: ['stg_orders: values (status meaning)'],
    affected: ['all_orders: values by stg_orders.status', `${accepted}: rows by stg_orders.status`],
  },
  'an expression in a common table': {
    edits: { 'models/stg_customers.sql': [['lower(email)', 'upper(email)']] },
    changed: ['stg_customers: values (email meaning)'],
    affected: [
      'customers: values by stg_customers.email',
      'dashboard: values by stg_customers.email',
      'emails: rows by stg_customers.email',
    ],
  },
  'a new column': {
    edits: { 'models/stg_orders.sql': [['    status,', "    status, status = 'paid' as is_paid,"]] },
    changed: ['stg_orders: additive (is_paid added)'],
    affected: ['all_orders: additive by stg_orders.is_paid'],
  },
  'a column that a star and a test read is gone': {
    edits: { 'models/stg_orders.sql': [['    status,\n', '']] },
    changed: ['stg_orders: breaking (status removed)'],
    affected: ['all_orders: values by stg_orders.status', `${accepted}: breaking by stg_orders.status`],
  },
  'a column that nobody reads is gone': {
    edits: { 'models/order_totals.sql': [['    count(*) as orders,\n', '']] },
    changed: ['order_totals: values (orders removed)'],
    affected: ['adds_up: values by order_totals.orders'],
  },
  'a column that a model names is gone': {
    edits: { 'models/order_totals.sql': [['    sum(amount) as total,\n', '']] },
    changed: ['order_totals: breaking (total removed)'],
    affected: [
      'customers: breaking by order_totals.total',
      'dashboard: breaking by order_totals.total',
      'totals_positive: breaking by order_totals.total',
      'adds_up: breaking by order_totals.total',
    ],
  },
  'a column has another name, for those who read it too': {
    edits: {
      'models/order_totals.sql': [['as total', 'as revenue']],
      'models/customers.sql': [['t.total', 't.revenue as total']],
      'tests/totals_positive.sql': [['total <', 'revenue <']],
    },
    changed: ['order_totals: breaking (revenue renamed)'],
    affected: ['adds_up: breaking by order_totals.total order_totals.revenue'],
  },
  'a column that nobody reads has another name': {
    edits: { 'models/order_totals.sql': [['as last_order', 'as latest_order']] },
    changed: ['order_totals: values (latest_order renamed)'],
    affected: ['adds_up: values by order_totals.last_order order_totals.latest_order'],
  },
  'a column that nobody reads has another type': {
    edits: { 'models/order_totals.sql': [['count(*)', 'count(*)::varchar']] },
    changed: ['order_totals: values (orders retyped)'],
    affected: ['adds_up: values by order_totals.orders'],
  },
  'a column that somebody reads has another size of its type': {
    edits: { 'models/order_totals.sql': [['sum(amount)', 'sum(amount)::decimal(18, 4)']] },
    with: { 'models/order_totals.sql': [['sum(amount)', 'sum(amount)::decimal(18, 2)']] },
    changed: ['order_totals: values (total retyped)'],
    affected: [
      'customers: values by order_totals.total',
      'dashboard: values by order_totals.total',
      'totals_positive: rows by order_totals.total',
      'adds_up: values by order_totals.total',
    ],
  },
  'a column that somebody reads has another type': {
    edits: { 'models/order_totals.sql': [['sum(amount)', 'sum(amount)::varchar']] },
    changed: ['order_totals: breaking (total retyped)'],
    affected: [
      'customers: values by order_totals.total',
      'dashboard: values by order_totals.total',
      'totals_positive: rows by order_totals.total',
      'adds_up: breaking by order_totals.total',
    ],
  },
  'another join': {
    edits: { 'models/customers.sql': [["left join {{ ref('order_totals') }}", "join {{ ref('order_totals') }}"]] },
    changed: ['customers: rows'],
    affected: ['dashboard: rows by customers', `${unique}: rows by customers`],
  },
  'what is joined on': {
    edits: { 'models/customers.sql': [['n.code = c.country', 'n.code = upper(c.country)']] },
    changed: ['customers: rows'],
    affected: ['dashboard: rows by customers', `${unique}: rows by customers`],
  },
  'what is grouped by': {
    edits: { 'models/order_totals.sql': [['group by customer_id', 'group by customer_id, status']] },
    changed: ['order_totals: rows'],
    affected: behindTotals('order_totals'),
  },
  'a condition on groups': {
    edits: { 'models/order_totals.sql': [['group by customer_id', 'group by customer_id having count(*) > 1']] },
    changed: ['order_totals: rows'],
    affected: behindTotals('order_totals'),
  },
  'an aggregate of a column that only a unit test looks at': {
    edits: { 'models/order_totals.sql': [['max(ordered_at)', 'min(ordered_at)']] },
    changed: ['order_totals: values (last_order meaning)'],
    affected: ['adds_up: values by order_totals.last_order'],
  },
  'a limit': { edits: { 'models/emails.sql': [['}}\n', '}} limit 10\n']] }, changed: ['emails: rows'] },
  'no more distinct': { edits: { 'models/emails.sql': [['distinct ', '']] }, changed: ['emails: rows'] },
  'another union': {
    edits: { 'models/emails.sql': [['}}\n', "}} union all select 'a' as email\n"]] },
    changed: ['emails: rows (email meaning)'],
  },
  'a filter in a subquery': {
    edits: {
      'models/emails.sql': [['}}\n', "}} where email in (select email from {{ ref('customers') }} where total > 1)\n"]],
    },
    with: {
      'models/emails.sql': [['}}\n', "}} where email in (select email from {{ ref('customers') }} where total > 0)\n"]],
    },
    changed: ['emails: rows'],
  },
  'a window': {
    edits: {
      'models/w.sql': "select id, sum(amount) over (partition by status) as share from {{ ref('stg_orders') }}",
    },
    with: {
      'models/w.sql': "select id, sum(amount) over (partition by customer_id) as share from {{ ref('stg_orders') }}",
    },
    changed: ['w: values (share meaning)'],
  },
  'which of several rows is chosen': {
    edits: {
      'models/w.sql':
        "select id from {{ ref('stg_orders') }} qualify row_number() over (partition by customer_id order by ordered_at) = 1",
    },
    with: {
      'models/w.sql':
        "select id from {{ ref('stg_orders') }} qualify row_number() over (partition by customer_id order by amount) = 1",
    },
    changed: ['w: rows'],
  },
  'another model is read': {
    edits: { 'models/emails.sql': "select distinct email from {{ ref('customers') }}" },
    changed: ['emails: rows (email meaning)'],
  },
  'only what an increment reads': {
    edits: { 'models/big_orders.sql': [['ordered_at > (', 'ordered_at >= (']] },
    changed: ['big_orders: rows'],
  },
  'a macro': {
    edits: { 'macros/cents.sql': [['100.0', '1000.0']] },
    changed: ['stg_orders: values (amount meaning)'],
    affected: behindAmount('stg_orders.amount'),
  },
  'a variable': { edits: { 'project.yml': [['least: 100', 'least: 200']] }, changed: ['big_orders: rows'] },
  'a column of an ephemeral model': {
    edits: { 'models/country_names.sql': [['name as', 'upper(name) as']] },
    changed: ['country_names: values (country_name meaning)'],
    affected: ['customers: values by country_names.country_name', 'dashboard: values by country_names.country_name'],
  },
  'the rows of an ephemeral model': {
    edits: {
      'models/country_names.sql': [
        ['}}\nselect', '}}\nselect'],
        ["ref('countries') }}", "ref('countries') }} where region = 'EU'"],
      ],
    },
    changed: ['country_names: rows'],
    affected: ['customers', 'dashboard', unique].map((name) => `${name}: rows by country_names`),
  },
  'the order of columns': {
    edits: {
      'models/order_totals.sql': [
        ['    count(*) as orders,\n    sum(amount) as total', '    sum(amount) as total,\n    count(*) as orders'],
      ],
    },
    changed: ['order_totals: none'],
  },
  'the order of columns that a union puts one below the other': {
    edits: { 'models/stg_orders.sql': [['    id,\n    customer_id', '    customer_id,\n    id']] },
    with: { 'models/both.sql': "select * from {{ ref('stg_orders') }} union all select 1 as id, 2, 3.0, 'new', now()" },
    changed: ['stg_orders: none'],
    affected: ['both: values by stg_orders'],
  },
  'the order of rows': { edits: { 'models/emails.sql': [['}}\n', '}} order by email\n']] }, changed: ['emails: none'] },
  'a new column of what is read as a whole and once': {
    edits: { 'models/stg_orders.sql': [['    status,', '    status, 1 as one,']] },
    with: { 'models/d.sql': "select distinct * from {{ ref('stg_orders') }}" },
    changed: ['stg_orders: additive (one added)'],
    affected: ['all_orders: additive by stg_orders.one', 'd: rows by stg_orders.one'],
  },
  'SQL that asks the warehouse is compared by its text': {
    edits: { 'models/asks.sql': "{% set a = run_query('select 2') %} select {{ a.rows[0][0] }} as a" },
    with: { 'models/asks.sql': "{% set a = run_query('select 1') %} select {{ a.rows[0][0] }} as a" },
    changed: ['asks: rows by text'],
  },
  'space in SQL that asks the warehouse': {
    edits: { 'models/asks.sql': "{% set a=run_query('select 1') %}\nSELECT {{ a.rows[0][0] }} -- one\n as a" },
    with: { 'models/asks.sql': "{% set a = run_query('select 1') %} select {{ a.rows[0][0] }} as a" },
    changed: [],
  },
  'what SQL that asks the warehouse reads': {
    edits: { 'models/order_totals.sql': [['max(ordered_at)', 'min(ordered_at)']] },
    with: {
      'models/asks.sql':
        "{% set a = run_query('select 1') %} select {{ a.rows[0][0] }} as a from {{ ref('order_totals') }}",
    },
    changed: ['order_totals: values (last_order meaning)'],
    affected: ['adds_up: values by order_totals.last_order', 'asks: rows by order_totals.last_order'],
  },
  'a template that asks what columns a model has': {
    edits: { 'models/order_totals.sql': [['count(*) as orders', 'count(*) as orders, min(amount) as least']] },
    with: {
      'models/asked.sql':
        "{% set found = adapter.get_columns_in_relation(ref('order_totals')) %}select {% for c in found %}{{ c.name }}{{ ',' if not loop.last }} {% endfor %}from {{ ref('order_totals') }}",
    },
    changed: ['order_totals: additive (least added)'],
    affected: ['asked: additive by order_totals.least'],
  },
};

const settings: Readonly<Record<string, Case>> = {
  'a view that becomes a table': {
    edits: { 'models/stg_orders.sql': [['select\n', "{{ config(materialized='table') }}\nselect\n"]] },
    changed: ['stg_orders: none'],
  },
  'an ephemeral model that becomes a view': {
    edits: { 'models/country_names.sql': [["materialized='ephemeral'", "materialized='view'"]] },
    changed: ['country_names: none'],
  },
  'a table that keeps what it has': {
    edits: { 'models/order_totals.sql': [["'table'", "'incremental'"]] },
    changed: ['order_totals: rows'],
    affected: behindTotals('order_totals'),
  },
  'a unique key': {
    edits: { 'models/big_orders.sql': [["unique_key='id'", "unique_key='amount'"]] },
    changed: ['big_orders: rows'],
  },
  'an incremental strategy': {
    edits: { 'models/big_orders.sql': [["unique_key='id'", "unique_key='id', incremental_strategy='append'"]] },
    changed: ['big_orders: rows'],
  },
  'what becomes of new columns': {
    edits: { 'models/big_orders.sql': [["unique_key='id'", "unique_key='id', on_schema_change='append_new_columns'"]] },
    changed: ['big_orders: values'],
  },
  partitions: {
    edits: {
      'models/p.sql':
        "{{ config(materialized='incremental', partitions={'time': 'month', 'start': '2024-01-01', 'column': 'at'}) }} select now() as at",
    },
    with: {
      'models/p.sql':
        "{{ config(materialized='incremental', partitions={'time': 'day', 'start': '2024-01-01', 'column': 'at'}) }} select now() as at",
    },
    changed: ['p: rows'],
  },
  'a description': {
    edits: { 'models/models.yml': [['One row a customer', 'A customer']] },
    changed: ['customers: none'],
  },
  tags: { edits: properties('models: [{name: emails, config: {tags: [x], meta: {a: 1}}}]'), changed: ['emails: none'] },
  grants: {
    edits: properties('models: [{name: emails, config: {grants: {select: [bi]}}}]'),
    changed: ['emails: none'],
  },
  'a hook': {
    edits: {
      'models/emails.sql':
        "{{ config(post_hook='delete from {{ this }}') }}select distinct email from {{ ref('stg_customers') }}",
    },
    changed: ['emails: rows'],
  },
  'a hook that only grants': {
    edits: {
      'models/emails.sql':
        "{{ config(post_hook='grant select on {{ this }} to bi') }}select distinct email from {{ ref('stg_customers') }}",
    },
    changed: ['emails: none'],
  },
  'another relation': {
    edits: properties('models: [{name: emails, config: {alias: mails}}]'),
    changed: ['emails: none'],
  },
  'another relation of what is read outside': {
    edits: {
      'models/models.yml': [
        ['description: One row a customer', 'description: One row a customer\n    config: {alias: people}'],
      ],
    },
    changed: ['customers: breaking'],
  },
  'public no more': {
    edits: properties('models: [{name: emails, access: protected}]'),
    with: properties('models: [{name: emails, access: public}]'),
    changed: ['emails: breaking'],
  },
  'a contract': {
    edits: properties(
      'models: [{name: emails, config: {contract: {enforced: true}}, columns: [{name: email, data_type: varchar}]}]',
    ),
    changed: ['emails: none'],
  },
  'a contract that is broken': {
    edits: {
      'models/emails.sql': [['distinct email', 'distinct email as mail']],
      'models/more.yml':
        'models: [{name: emails, config: {contract: {enforced: true}}, columns: [{name: mail, data_type: varchar}]}]',
    },
    with: properties(
      'models: [{name: emails, config: {contract: {enforced: true}}, columns: [{name: email, data_type: varchar}]}]',
    ),
    changed: ['emails: breaking (mail renamed)'],
  },
  'a contract that is enforced no more': {
    edits: { 'models/more.yml': 'models: [{name: emails, columns: [{name: email, data_type: varchar}]}]' },
    with: properties(
      'models: [{name: emails, config: {contract: {enforced: true}}, columns: [{name: email, data_type: varchar}]}]',
    ),
    changed: ['emails: breaking'],
  },
  'a new test': {
    edits: { 'models/models.yml': [['data_tests: [unique]', 'data_tests: [unique, not_null]']] },
    changed: ['customers: none'],
  },
  'a test that is gone': {
    edits: { 'models/models.yml': [['data_tests: [not_null]', 'data_tests: []']] },
    changed: ['stg_orders: none'],
  },
  'another severity': {
    edits: {
      'models/models.yml': [['data_tests: [not_null]', 'data_tests: [{not_null: {config: {severity: warn}}}]']],
    },
    changed: ['stg_orders: none'],
  },
  'what a unit test expects': {
    edits: { 'models/models.yml': [['total: 5', 'total: 6']] },
    changed: ['order_totals: none'],
  },
  'the check of a snapshot': {
    edits: {
      'snapshots/s.yml':
        "snapshots: [{name: s, relation: ref('customers'), config: {unique_key: customer_id, strategy: check, check_cols: [email]}}]",
    },
    with: {
      'snapshots/s.yml':
        "snapshots: [{name: s, relation: ref('customers'), config: {unique_key: customer_id, strategy: check, check_cols: all}}]",
    },
    changed: ['s: rows'],
  },
};

const nodes: Readonly<Record<string, Case>> = {
  'a row of a seed': {
    edits: { 'seeds/countries.csv': [['US,', 'GB,United Kingdom,EU\nUS,']] },
    changed: ['countries: rows'],
    affected: ['country_names', 'customers', 'dashboard', unique].map((name) => `${name}: rows by countries`),
  },
  'a value of a seed': {
    edits: { 'seeds/countries.csv': [['France', 'Frankreich']] },
    changed: ['countries: values (name meaning)'],
    affected: ['country_names', 'customers', 'dashboard'].map((name) => `${name}: values by countries.name`),
  },
  'a value of a seed that nobody reads': {
    edits: { 'seeds/countries.csv': [['States,NA', 'States,US']] },
    changed: ['countries: values (region meaning)'],
  },
  'a new column of a seed': {
    edits: { 'seeds/countries.csv': 'code,name,region,n\nDE,Germany,EU,1\nFR,France,EU,2\nUS,United States,NA,3\n' },
    changed: ['countries: additive (n added)'],
  },
  'a column of a seed is gone': {
    edits: { 'seeds/countries.csv': 'code,region\nDE,EU\nFR,EU\nUS,NA\n' },
    changed: ['countries: breaking (name removed)'],
    affected: [
      'country_names: breaking by countries.name',
      'customers: values by countries.name',
      'dashboard: values by countries.name',
    ],
  },
  'the table of a source': {
    edits: { 'models/sources.yml': [['- name: orders', '- name: orders\n        identifier: orders_v2']] },
    changed: ['orders: rows'],
    affected: ['stg_orders: rows by raw.orders', ...behindOrders('raw.orders')],
  },
  "the type of a source's column": {
    edits: { 'models/sources.yml': [['{name: cents, data_type: integer}', '{name: cents, data_type: bigint}']] },
    changed: ['orders: breaking (cents retyped)'],
    affected: ['stg_orders: values by raw.orders.cents', ...behindAmount('raw.orders.cents')],
  },
  'the freshness of a source': {
    edits: {
      'models/sources.yml': [
        [
          '- name: customers',
          '- name: customers\n        loaded_at_field: at\n        config: {freshness: {warn_after: {count: 1, period: day}}}',
        ],
      ],
    },
    changed: ['customers: none'],
  },
  'a new model': { edits: { 'models/more.sql': 'select 1 as a' }, changed: ['more added: additive'] },
  'a model that nobody reads is gone': { edits: { 'models/emails.sql': null }, changed: ['emails removed: rows'] },
  'a model is disabled': {
    edits: { 'models/emails.sql': "{{ config(enabled=false) }} select distinct email from {{ ref('stg_customers') }}" },
    changed: ['emails removed: rows'],
  },
  'a public model is gone': {
    edits: { 'models/emails.sql': null, 'models/more.yml': null },
    with: properties('models: [{name: emails, access: public}]'),
    changed: ['emails removed: breaking'],
  },
  'a model that others read is gone': {
    edits: {
      'models/country_names.sql': null,
      'models/customers.sql': [
        ["ref('country_names')", "ref('countries')"],
        ['n.country_name', 'n.name as country_name'],
      ],
    },
    changed: ['customers: rows (country_name meaning)', 'country_names removed: breaking'],
    affected: ['dashboard: rows by customers', `${unique}: rows by customers`],
  },
  'the owner of an exposure': {
    edits: { 'models/models.yml': [['{name: Ann}', '{name: Bob}']] },
    changed: ['dashboard: none'],
  },
  'what an exposure reads': {
    edits: {
      'models/models.yml': [["depends_on: [ref('customers')]", "depends_on: [ref('customers'), ref('emails')]"]],
    },
    changed: ['dashboard: none'],
  },
  'a hook of the project': {
    edits: { 'project.yml': [['vars:', "on-run-end: ['select 1']\nvars:"]] },
    changed: ['shop-on-run-end-0 added: rows'],
  },
};

const withoutChange: readonly (readonly [string, Edits])[] = [
  ['nothing is edited', {}],
  [
    'space and line breaks',
    { 'models/emails.sql': "select   distinct\n\n  email\nfrom\n  {{ ref( 'stg_customers' ) }}" },
  ],
  ['the case of words and names', { 'models/emails.sql': "SELECT DISTINCT Email FROM {{ ref('stg_customers') }}" }],
  [
    'comments',
    { 'models/emails.sql': "-- who\nselect distinct email /* lower */ from {{ ref('stg_customers') }} {# x #}" },
  ],
  [
    'a common table has another name',
    {
      'models/stg_customers.sql': [
        ['named as', 'renamed as'],
        ['from named', 'from renamed'],
      ],
    },
  ],
  [
    'a table has another alias',
    {
      'models/customers.sql': edited({}, shop)
        ['models/customers.sql']!.replaceAll('c.', 'people.')
        .replace('as c\n', 'as people\n'),
    },
  ],
  [
    'common tables stand in another order',
    {
      'models/emails.sql':
        "with b as (select 1 as x), a as (select email from {{ ref('stg_customers') }}) select distinct email from a",
    },
  ],
  [
    'a common table that nobody reads',
    {
      'models/emails.sql':
        "with more as (select country from {{ ref('stg_customers') }}) select distinct email from {{ ref('stg_customers') }}",
    },
  ],
  [
    'a subquery in place of nothing',
    { 'models/all_orders.sql': "select * from (select * from {{ ref('stg_orders') }}) as o" },
  ],
  [
    'a common table in place of a subquery',
    { 'models/all_orders.sql': "with o as (select * from {{ ref('stg_orders') }}) select * from o" },
  ],
  [
    'columns in place of a star',
    { 'models/all_orders.sql': "select id, customer_id, amount, status, ordered_at from {{ ref('stg_orders') }}" },
  ],
  ['parentheses', { 'models/stg_orders.sql': [["status <> 'test'", "((status) <> 'test')"]] }],
  ['an operator that is written in another way', { 'models/stg_orders.sql': [['<>', '!=']] }],
  ['the other way of a comparison', { 'models/stg_orders.sql': [["status <> 'test'", "'test' <> status"]] }],
  [
    'the order of what is joined on',
    { 'models/customers.sql': [['t.customer_id = c.customer_id', 'c.customer_id = t.customer_id']] },
  ],
  ['group by a place', { 'models/order_totals.sql': [['group by customer_id', 'group by 1']] }],
  ['a moved file', { 'models/emails.sql': null, 'models/marts/emails.sql': shop['models/emails.sql']! }],
  [
    'a macro in place of SQL',
    {
      'macros/total.sql': '{% macro total(column) %}sum({{ column }}){% endmacro %}',
      'models/order_totals.sql': [['sum(amount)', "{{ total('amount') }}"]],
    },
  ],
  [
    'a macro that says the same in other words',
    {
      'macros/cents.sql':
        '{% macro cents(column) -%}\n({{ column }}\n  {%- set by = 100.0 %} / {{ by }})\n{%- endmacro %}',
    },
  ],
  ['SQL in place of a macro', { 'models/stg_orders.sql': [["{{ cents('cents') }}", '(cents / 100.0)']] }],
  ['a macro that nobody calls', { 'macros/lonely.sql': '{% macro lonely() %}2{% endmacro %}' }],
  ['a new macro that nobody calls', { 'macros/more.sql': '{% macro more() %}2{% endmacro %}' }],
  ['a variable that nobody uses', { 'project.yml': [['unused: 1', 'unused: 2']] }],
  ['a variable in place of its value', { 'models/big_orders.sql': [["{{ var('least') }}", '100']] }],
  [
    'a seed with lines in another order',
    { 'seeds/countries.csv': 'code,name,region\nUS,United States,NA\nFR,France,EU\nDE,Germany,EU\n' },
  ],
  [
    'a seed with quotes and other line ends',
    { 'seeds/countries.csv': '"code",name,region\r\nDE,"Germany",EU\r\nFR,France,EU\r\nUS,United States,NA\r\n' },
  ],
  [
    'a loop in place of what it writes',
    {
      'models/stg_customers.sql': [
        [
          'id as customer_id, lower(email) as email, country',
          "id as customer_id {% for c in ['email'] %}, lower({{ c }}) as {{ c }}{% endfor %}, country",
        ],
      ],
    },
  ],
  [
    'a branch that is not taken',
    {
      'models/emails.sql':
        "select distinct email from {{ ref('stg_customers') }} {% if false %} where 1 = 2 {% endif %}",
    },
  ],
  ['a cast in the other notation', { 'models/emails.sql': [['distinct email', 'distinct email']] }],
];

const sections = {
  'SQL, macros and variables': code,
  'settings, contracts and tests': settings,
  'seeds, sources and whole nodes': nodes,
};

/** What stands besides in files that are not edited. */
const notIn = (edits: Edits, more: Edits): Edits =>
  Object.fromEntries(Object.entries(more).filter(([path]) => !Object.hasOwn(edits, path)));

describe('nothing is said to change', () => {
  test.each(withoutChange)('%s', async (_, edits) => {
    const head = await loader.load(edited(edits));
    expect(told(await changesBetween(base, head))).toEqual({ changed: [], affected: [] });
  });
});

describe.each(Object.entries(sections))('%s', (_, cases) => {
  test.each(Object.entries(cases))('%s', async (_title, { edits, changed, affected = [], with: more }) => {
    const before = more ? openSide(await loader.load(edited(more))) : base;
    const head = await loader.load(edited(edits, edited(notIn(edits, more ?? {}))));
    const found = told(await changesBetween(before, head));
    expect({ changed: [...found.changed].sort(), affected: [...found.affected].sort() }).toEqual({
      changed: [...changed].sort(),
      affected: [...affected].sort(),
    });
  });
});
