import { implementationOf, macroValue } from '../1-parse/index.ts';
import {
  type Column,
  type DataTest,
  type DataTestRequest,
  type Diagnostic,
  didYouMeanHint,
  error,
  type Json,
  type JsonObject,
  memberToValue,
  Problem,
  type Rendering,
  restoreFloatMarks,
  type TestNode,
  valueToJson,
} from '../core/index.ts';
import {
  callMacroMapped,
  Dict,
  fromJs,
  HostObject,
  isMappedText,
  Macro,
  type MappedText,
  renderNativeAsync,
  type Segment,
  str,
  Undefined,
  type Value,
} from '../jinja/index.ts';
import type { CompilerInput } from './compilation.ts';

/** The SQL of a generic test: what its macro gives, or, where the project has none, the test on our shelf. */
export async function renderGenericTest(
  node: TestNode,
  input: CompilerInput,
  rendering: Rendering,
): Promise<{ readonly sql: string; readonly map: readonly Segment[] }> {
  const { name, namespace, kwargs } = node.test_metadata ?? { name: node.name, namespace: null, kwargs: {} };
  restoreFloatMarks(kwargs, node.origin.floats);
  const values = await renderArguments(kwargs, rendering);
  const macro = findTestMacro(`test_${name}`, namespace, rendering) ?? dispatched(node, input);
  if (macro) {
    const result = await callMacroMapped(macro, [], { scope: rendering.scope, kwargs: values });
    return isMappedText(result) ? mapped(result) : { sql: str(result), map: [] };
  }
  const test = findDataTest(name, namespace, input);
  if (!test) throw new Problem(unknownTest(node, name, input));
  const problems = argumentProblems(node, test, values);
  if (problems.length > 0) throw new Problem(...problems);
  return { sql: await dataTestSql(test, values, input, rendering), map: [] };
}

const why = (value: Value | undefined): string => (value instanceof Undefined ? `, but ${value.message}` : '');

function argumentProblems(node: TestNode, test: DataTest, values: ReadonlyMap<string, Value>): readonly Diagnostic[] {
  const span = node.origin.definition;
  const known = ['model', 'column_name', ...test.arguments.map(({ name }) => name)];
  const missing = test.arguments.filter(({ name, required }) => {
    const value = values.get(name) ?? null;
    return required && (value === null || value instanceof Undefined);
  });
  const unknown = [...values.keys()].filter((name) => !known.includes(name));
  return [
    ...missing.map(({ name }) =>
      error(
        'compile/missing-test-argument',
        `The test '${test.name}' needs the argument '${name}'${why(values.get(name))}`,
        {
          span,
          hint: `Write it under 'arguments:' of the test`,
        },
      ),
    ),
    ...unknown.map((name) =>
      error('compile/unknown-test-argument', `The test '${test.name}' takes no argument '${name}'`, {
        span,
        hint: didYouMeanHint(name, known) ?? `It takes ${known.slice(2).join(', ') || 'none'}`,
      }),
    ),
  ];
}

const mapped = ({ text, segments }: MappedText): { sql: string; map: readonly Segment[] } => ({
  sql: text,
  map: segments,
});

/** A macro of the project or a package; null as the namespace means the order in which plain names are looked up. */
function findTestMacro(name: string, namespace: string | null, rendering: Rendering): Value | undefined {
  const home = namespace === null ? undefined : rendering.scope.lookup(namespace);
  const found =
    namespace === null ? rendering.scope.lookup(name) : home instanceof HostObject && home.getAttribute(name);
  return found instanceof Macro ? found : undefined;
}

/** What the project has for dbt's own test to dispatch to. */
function dispatched({ test_metadata, package_name }: TestNode, { graph, shelves }: CompilerInput): Value | undefined {
  const { name = '', namespace = null } = test_metadata ?? {};
  const isOfDbt = (namespace ?? 'dbt') === 'dbt' && shelves.dataTests.get(name)?.namespace === null;
  if (!isOfDbt) return undefined;
  const macro = implementationOf(graph.project, `test_${name}`, shelves.adapter.type, package_name);
  return macro && macroValue(macro);
}

function findDataTest(name: string, namespace: string | null, input: CompilerInput): DataTest | undefined {
  const test = input.shelves.dataTests.get(name);
  return test && (namespace === null || test.namespace === namespace || namespace === 'dbt') ? test : undefined;
}

function unknownTest(node: TestNode, name: string, input: CompilerInput): Problem['diagnostics'][number] {
  return error('compile/unknown-test', `No generic test is named '${name}'`, {
    span: node.origin.definition,
    hint: didYouMeanHint(name, input.shelves.dataTests.keys()),
  });
}

/** A call that is written without braces, as people write `to: ref('x')`. */
const looksLikeCall = /^\s*(env_var|ref|var|source|doc)\s*\(.+\)\s*$/;

/** Renders the arguments as they stand in the properties file; a column's name stays text whatever it looks like. */
async function renderArguments(kwargs: JsonObject, rendering: Rendering): Promise<Map<string, Value>> {
  const { scope } = rendering;
  const render = (value: Json): Value | Promise<Value> => {
    if (typeof value === 'string') {
      if (looksLikeCall.test(value)) return renderNativeAsync(`{{ ${value} }}`, { scope });
      return value.includes('{') ? renderNativeAsync(value, { scope }) : value;
    }
    if (value === null || typeof value !== 'object') return fromJs(value);
    if (Array.isArray(value)) return Promise.all(value.map((_, index) => member(value, index)));
    return renderDict(value as JsonObject);
  };
  const renderDict = async (value: JsonObject): Promise<Value> => {
    const dict = new Dict();
    for (const key of Object.keys(value)) dict.set(key, await member(value, key));
    return dict;
  };
  const member = (container: JsonObject | readonly Json[], key: string | number): Value | Promise<Value> => {
    const value = (container as JsonObject)[key] as Json;
    return typeof value === 'number' ? memberToValue(container, key) : render(value);
  };
  const values = new Map<string, Value>();
  for (const [key, value] of Object.entries(kwargs)) {
    values.set(key, key === 'column_name' ? (value as string) : await member(kwargs, key));
  }
  return values;
}

/** The SQL of a test on our shelf. */
export async function dataTestSql(
  test: DataTest,
  values: ReadonlyMap<string, Value>,
  { shelves, environment }: CompilerInput,
  rendering: Rendering,
): Promise<string> {
  const columnName = values.get('column_name');
  const others = [...values].filter(([key]) => key !== 'model' && key !== 'column_name');
  const request: DataTestRequest = {
    model: str(values.get('model') ?? ''),
    columnName: columnName === undefined ? undefined : str(columnName),
    arguments: valueToJson(Dict.of(others)) as JsonObject,
    statements: shelves.adapter.statements,
    storeFailures: storesFailures(rendering),
    empty: environment.flags.empty,
    columns: undefined,
  };
  const columns = new Map<string, readonly Column[]>();
  const { session } = rendering;
  if (session) {
    for (const relation of test.relationsToDescribe?.(request) ?? []) {
      columns.set(relation, await session.describeQuery(`select * from ${relation}`));
    }
  }
  return test.sql({ ...request, columns });
}

function storesFailures({ node }: Rendering): boolean {
  return node !== undefined && 'test_metadata' in node && node.relation_name !== null;
}
