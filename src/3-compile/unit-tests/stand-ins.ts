import { findVar } from '../../1-parse/index.ts';
import { resolveRef, resolveSource } from '../../2-graph/index.ts';
import { type Diagnostic, error, type ModelNode, type Relation, type UnitTestOverrides } from '../../core/index.ts';
import { type CallSite, TemplateError } from '../../jinja/index.ts';
import type { CompilerInput } from '../compilation.ts';
import type { StandIns } from '../rendering.ts';
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

/** `ref()`, `source()` and `this` mean the given rows; overrides take the place of macros and variables. */
export function unitTestStandIns(
  test: Giver,
  model: ModelNode,
  inputs: ReadonlyMap<string, Input>,
  { graph, environment, shelves }: CompilerInput,
): UnitTestStandIns {
  const { project } = graph;
  const { package_name: packageName } = model;
  const overrides = test.overrides ?? noOverrides;
  const overridden = overriddenNames(overrides, shelves);
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
      findVar: (name) => overrides.vars[name] ?? findVar(project, packageName, environment.vars, name),
      readEnv(name) {
        const value = overrides.env_vars[name];
        return value === undefined || value === null ? environment.env(name) : String(value);
      },
    },
    name(name, found) {
      if (name === 'this' && own) read.add(own);
      return overridden(name, found);
    },
  };
}

function cteRelation({ cte }: Input): Relation {
  return { database: null, schema: null, identifier: cte, type: 'cte' };
}

function missingInput(test: Giver, model: ModelNode, what: string, site: CallSite): Diagnostic {
  const message = `'${model.name}' reads ${what}, for which the unit test '${test.name}' gives no rows`;
  return error('compile/unit-test-input', message, {
    span: test.origin.definition,
    hint: `Add to given: {input: ${JSON.stringify(what)}, rows: []}`,
    notes: [{ message: 'it is read here', span: { file: site.file, start: site.start, end: site.end } }],
  });
}
