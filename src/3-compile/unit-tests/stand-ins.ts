import { varsWith } from '../../1-parse/index.ts';
import { resolveRef, resolveSource } from '../../2-graph/index.ts';
import {
  type CodeNode,
  type Diagnostic,
  error,
  type ModelNode,
  type Relation,
  type UnitTestNode,
  type UnitTestOverrides,
} from '../../core/index.ts';
import { type CallSite, TemplateError } from '../../jinja/index.ts';
import type { CompilerInput, StandIns } from '../compilation.ts';
import type { Giver, Input } from './inputs.ts';
import { overriddenNames } from './overrides.ts';

/** What stands in for the world while the model of a unit test is rendered. */
export interface UnitTestStandIns extends StandIns {
  /** The inputs that were read, in the order in which they were. */
  readonly read: ReadonlySet<Input>;
  /** What was read without rows being given for it: more than the template engine's error tells. */
  readonly problem: Diagnostic | undefined;
}

const noOverrides: UnitTestOverrides = { macros: {}, vars: {}, env_vars: {} };

/**
 * `ref()`, `source()` and `this` mean the given rows; overrides take the place of macros and variables; `model` and
 * `config` tell of `node`. Default: of the model.
 */
export function unitTestStandIns(
  test: Giver,
  model: ModelNode,
  inputs: ReadonlyMap<string, Input>,
  input: CompilerInput,
  node?: CodeNode,
): UnitTestStandIns {
  const { project } = input.graph;
  const { package_name: packageName } = model;
  const overridden = overridesOf(test, model, input);
  const own = inputs.get(model.unique_id);
  const read = new Set<Input>();
  let problem: Diagnostic | undefined;
  const relationOf = (id: string | undefined, what: string, site: CallSite): Relation => {
    const found = id === undefined ? undefined : inputs.get(id);
    if (found) {
      read.add(found);
      return cteRelation(found);
    }
    problem ??= missingInput(test, model, what, site);
    throw new TemplateError(problem.message);
  };
  return {
    read,
    get problem() {
      return problem;
    },
    rendering: {
      ...(node && { node }),
      ref(request, site) {
        const found = resolveRef(project, request, packageName);
        const names = request.package === null ? [request.name] : [request.package, request.name];
        const what = `ref(${names.map((name) => `'${name}'`).join(', ')})`;
        return relationOf(found.kind === 'found' ? found.node.unique_id : undefined, what, site);
      },
      source(source, table, site) {
        const found = resolveSource(project, source, table, packageName);
        const id = found.kind === 'found' ? found.node.unique_id : undefined;
        return relationOf(id, `source('${source}', '${table}')`, site);
      },
      thisRelation: own && cteRelation(own),
      ...overridden.rendering,
    },
    name(name, found) {
      if (name === 'this' && own) read.add(own);
      return overridden.name(name, found);
    },
  };
}

/** What `overrides:` of a unit test puts in the place of variables, and of macros and other names. */
export function overridesOf(
  { overrides }: Pick<UnitTestNode, 'overrides'>,
  { package_name: packageName }: ModelNode,
  { graph, environment, shelves }: Pick<CompilerInput, 'graph' | 'environment' | 'shelves'>,
): StandIns {
  const { macros, vars, env_vars: ofEnvironment } = overrides ?? noOverrides;
  return {
    rendering: {
      varsWith: (name) =>
        Object.hasOwn(vars, name) ? vars : varsWith(graph.project, packageName, environment.vars, name),
      readEnv(name) {
        const value = ofEnvironment[name];
        return value === undefined || value === null ? environment.env(name) : String(value);
      },
    },
    name: overriddenNames({ macros }, shelves),
  };
}

function cteRelation({ cte }: Input): Relation {
  return { database: null, schema: null, identifier: cte, type: 'cte' };
}

/** What a model reads, and its unit test does not give. */
export function missingInput(test: Giver, model: ModelNode, what: string, site?: CallSite): Diagnostic {
  const message = `'${model.name}' reads ${what}, for which the unit test '${test.name}' gives no rows`;
  return error('compile/unit-test-input', message, {
    span: test.origin.definition,
    hint: `Add to given: {input: ${JSON.stringify(what)}, rows: []}`,
    notes: site && [{ message: 'it is read here', span: { file: site.file, start: site.start, end: site.end } }],
  });
}
