import { afterAll, beforeAll } from 'vitest';
import duckdb from '../../../src/adapters/duckdb/index.ts';
import type {
  CodeNode,
  Environment,
  Flags,
  Json,
  Materialization,
  MaterializationContext,
  MaterializationResult,
  Relation,
  Session,
  Warehouse,
} from '../../../src/core/index.ts';

/** A warehouse in memory for the tests of one file. */
export interface Bench {
  readonly warehouse: Warehouse;
  readonly session: Session;
  /** Rows of a query, in its order. */
  rows(sql: string): Promise<readonly (readonly unknown[])[]>;
  /** Runs statements that are not part of what is tested. */
  given(...statements: string[]): Promise<void>;
  /** Table or view, as the warehouse has it. */
  existing(name: string): Promise<Relation | undefined>;
}

export interface Build {
  readonly name?: string;
  readonly sql?: string;
  readonly config?: Record<string, Json>;
  readonly preHooks?: readonly (readonly [sql: string, inside: boolean])[];
  readonly postHooks?: readonly (readonly [sql: string, inside: boolean])[];
  readonly node?: Partial<CodeNode>;
  readonly fullRefresh?: boolean;
  readonly leftovers?: readonly Relation[];
  readonly context?: Partial<MaterializationContext>;
  readonly flags?: Partial<Flags>;
}

export interface Built {
  readonly result: MaterializationResult;
  readonly statements: readonly string[];
  readonly warnings: readonly string[];
}

export function useBench(): Bench {
  let warehouse: Warehouse;
  let session: Session;
  beforeAll(async () => {
    warehouse = await duckdb.connect({ type: 'duckdb', path: ':memory:' }, { threads: 2 });
    session = await warehouse.openSession();
  });
  afterAll(() => warehouse.close());
  return {
    get warehouse() {
      return warehouse;
    },
    get session() {
      return session;
    },
    rows: async (sql) => (await session.query(sql)).rows,
    async given(...statements) {
      for (const sql of statements) await session.execute(sql);
    },
    async existing(name) {
      return (await session.listRelations('memory', 'main')).find(({ identifier }) => identifier === name);
    },
  };
}

export const relation = (identifier: string): Relation => ({ database: 'memory', schema: 'main', identifier });

/** Builds a node the way the executor does, and gives the statements that were sent. */
export async function build(materialization: Materialization, bench: Bench, request: Build): Promise<Built> {
  const statements: string[] = [];
  const warnings: string[] = [];
  const context = await contextOf(bench, request, statements, warnings);
  const result = await materialization.materialize(context).catch((failure: unknown) => {
    Object.assign(failure as object, { statements });
    throw failure;
  });
  return { result, statements, warnings };
}

/** What a materialization is given; statements that it sends and warnings that it utters are added to the lists. */
export async function contextOf(
  bench: Bench,
  request: Build,
  statements: string[] = [],
  warnings: string[] = [],
): Promise<MaterializationContext> {
  const name = request.name ?? 'm';
  const hooks = { 'pre-hook': request.preHooks ?? [], 'post-hook': request.postHooks ?? [] };
  const { session } = bench;
  const execute: MaterializationContext['execute'] = (sql) => {
    statements.push(sql);
    return session.execute(sql);
  };
  return {
    node: makeNode(name, request),
    sql: request.sql ?? '',
    target: relation(name),
    existing: await bench.existing(name),
    adapter: duckdb,
    session,
    environment: makeEnvironment(request),
    fullRefresh: request.fullRefresh ?? false,
    leftovers: request.leftovers,
    execute,
    async runHooks(when, inside) {
      for (const [sql, transaction] of hooks[when]) if (transaction === inside) await execute(sql);
    },
    warn: (message) => warnings.push(message),
    ...request.context,
  };
}

function makeNode(name: string, request: Build): CodeNode {
  const hook = ([sql, transaction]: readonly [string, boolean]) => ({ sql, transaction, index: null });
  return {
    unique_id: `model.shop.${name}`,
    name,
    package_name: 'shop',
    path: `${name}.sql`,
    original_file_path: `models/${name}.sql`,
    fqn: ['shop', name],
    description: '',
    meta: {},
    tags: [],
    origin: { definition: { file: `models/${name}.sql`, start: 0, end: 10 } },
    database: 'memory',
    schema: 'main',
    alias: name,
    relation_name: `"memory"."main"."${name}"`,
    checksum: { name: 'none', checksum: '' },
    config: {
      enabled: true,
      materialized: 'table',
      tags: [],
      meta: {},
      'pre-hook': (request.preHooks ?? []).map(hook),
      'post-hook': (request.postHooks ?? []).map(hook),
      ...request.config,
    },
    unrendered_config: {},
    columns: {},
    group: null,
    docs: { show: true, node_color: null },
    patch_path: null,
    created_at: 0,
    raw_code: '',
    language: 'sql',
    refs: [],
    sources: [],
    metrics: [],
    depends_on: { nodes: [], macros: [] },
    doc_blocks: [],
    contract: { enforced: false, alias_types: true, checksum: null },
    ...request.node,
  };
}

function makeEnvironment(request: Build): Environment {
  return {
    projectRoot: '/project',
    target: {
      name: 'dev',
      profileName: 'shop',
      type: 'duckdb',
      database: 'memory',
      schema: 'main',
      threads: 1,
      output: {},
      visible: {},
    },
    vars: {},
    env: () => undefined,
    flags: {
      which: 'run',
      fullRefresh: request.fullRefresh ?? false,
      failFast: false,
      storeFailures: false,
      empty: false,
      warnError: false,
      others: {},
      ...request.flags,
    },
    invocationId: '00000000-0000-0000-0000-000000000000',
    startedAt: new Date('2024-03-10T12:34:56Z'),
    version: '0.0.0',
  };
}
