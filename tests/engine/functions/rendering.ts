import {
  type Adapter,
  type CodeNode,
  type Json,
  type Relation,
  type Rendering,
  type Session,
  standardStatements,
  type TemplateFunction,
} from '../../../src/core/index.ts';
import {
  parseTemplate,
  renderTemplate,
  renderTemplateAsync,
  type Scope,
  type Value,
} from '../../../src/jinja/index.ts';
import { readShelf } from '../../../src/shelves.ts';

export const functions = await readShelf<TemplateFunction>('functions');

export interface TestRendering extends Rendering {
  /** What was said, recorded or read during the rendering. */
  readonly said: string[];
}

export interface Settings {
  readonly phase?: Rendering['phase'];
  readonly vars?: Readonly<Record<string, Json>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly config?: Readonly<Record<string, Json>>;
  readonly node?: Partial<CodeNode>;
  readonly thisRelation?: Relation;
  readonly session?: Session;
  readonly adapter?: Adapter;
  readonly names?: Readonly<Record<string, Value>>;
  readonly fullRefresh?: boolean;
  readonly others?: Partial<Rendering>;
}

/** A rendering for tests of single functions: every function of the shelf, and simple answers to what they ask. */
export function makeRendering(settings: Settings = {}): TestRendering {
  const { phase = 'compile', vars = {}, env = {}, config = {}, names = {} } = settings;
  const said: string[] = [];
  const adapter =
    settings.adapter ?? ({ type: 'testdb', statements: standardStatements(), capabilities: {} } as unknown as Adapter);
  const values = new Map<string, Value>(Object.entries(names));
  const scope: Scope = {
    define: (name, value) => void values.set(name, value),
    known: () => new Set([...values.keys(), ...functions.keys()]),
    lookup(name) {
      const known = values.get(name);
      if (known !== undefined) return known;
      const value = functions.get(name)?.create(rendering);
      if (value !== undefined) values.set(name, value);
      return value;
    },
  };
  const rendering: TestRendering = {
    said,
    phase,
    execute: phase === 'compile' || phase === 'run',
    environment: {
      projectRoot: '/project',
      target: {
        name: 'dev',
        profileName: 'shop',
        type: adapter.type,
        database: 'db',
        schema: 'main',
        threads: 4,
        visible: { path: 'x.db' },
        output: { password: 'geheim' },
      },
      vars: {},
      env: (name) => env[name],
      flags: {
        which: 'run',
        fullRefresh: settings.fullRefresh ?? false,
        failFast: false,
        storeFailures: false,
        empty: false,
        warnError: false,
        others: {},
      },
      invocationId: 'b8b9c0a4-0000-4000-8000-000000000000',
      startedAt: new Date('2024-03-31T12:00:00.123Z'),
      version: '0.1.0',
    },
    adapter,
    packageName: 'shop',
    projectName: 'shop',
    node: settings.node as CodeNode | undefined,
    thisRelation: settings.thisRelation,
    scope,
    session: settings.session,
    ref(request) {
      said.push(`ref ${JSON.stringify(request)}`);
      return { database: 'db', schema: 'main', identifier: request.name, type: 'table' };
    },
    source(sourceName, tableName) {
      said.push(`source ${sourceName} ${tableName}`);
      return { database: 'raw', schema: sourceName, identifier: tableName };
    },
    doc: (packageName, name) => `doc of ${packageName ?? 'any'}.${name}`,
    setConfig(given) {
      said.push(`config ${JSON.stringify(given)}`);
    },
    getConfig: (name) => config[name],
    varsWith: (name) => (Object.hasOwn(vars, name) ? vars : undefined),
    varNames: () => Object.keys(vars),
    readEnv: (name) => env[name],
    graph: () => ({ nodes: new Map() }),
    selectedResources: ['model.shop.a'],
    results: new Map(),
    log(message, to) {
      said.push(`${to}: ${message}`);
    },
    warn(message) {
      said.push(`warning: ${message}`);
    },
    ...settings.others,
  };
  return rendering;
}

export function render(source: string, settings?: Settings): string {
  return renderTemplate(parseTemplate(source), { scope: makeRendering(settings).scope });
}

export function renderAsync(source: string, settings?: Settings): Promise<string> {
  return renderTemplateAsync(parseTemplate(source), { scope: makeRendering(settings).scope });
}
