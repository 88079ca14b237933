import type { Project } from '../1-parse/index.ts';
import {
  type Diagnostic,
  didYouMeanHint,
  error,
  isVersioned,
  type ModelNode,
  type UnitTestNode,
} from '../core/index.ts';
import { freeNames, parseTemplate, TemplateError } from '../jinja/index.ts';
import { resolveRef } from './references.ts';
import { sequenceProblems } from './unit-test-sequence.ts';

/** Unit tests that know what they test. */
export interface LinkedUnitTests {
  /** One for each version of the model that is tested. */
  readonly nodes: readonly UnitTestNode[];
  /** Those of disabled models, disabled as well. */
  readonly dropped: readonly UnitTestNode[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Finds the models that unit tests test, and what is wrong with the tests as far as the models tell. */
export function linkUnitTests(project: Project): LinkedUnitTests {
  const nodes: UnitTestNode[] = [];
  const dropped: UnitTestNode[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const test of project.unit_tests.values()) {
    const found = testedModel(project, test);
    if (found === undefined) diagnostics.push(unknownModel(project, test));
    else if (found === 'disabled') dropped.push({ ...test, config: { ...test.config, enabled: false } });
    else {
      const problem = test.sequence ? undefined : incrementalProblem(test, found);
      if (problem) diagnostics.push(problem);
      diagnostics.push(...sequenceProblems(project, test, found));
      const models = isVersioned(found) ? testedVersions(project, test, found) : unversioned(test, found);
      if ('code' in models) diagnostics.push(models);
      else nodes.push(...models.map((model) => linked(test, model, found)));
    }
  }
  return { nodes, dropped, diagnostics };
}

/** As dbt: a model of the test's own package; `orders v2` names a version. */
function testedModel(project: Project, { model, package_name }: UnitTestNode): ModelNode | 'disabled' | undefined {
  const [name = '', version = null] = model.split(/\s+/);
  const found = resolveRef(project, { name, package: package_name, version }, package_name);
  if (found.kind === 'disabled') return 'disabled';
  return found.kind === 'found' && found.node.resource_type === 'model' ? found.node : undefined;
}

function linked(test: UnitTestNode, model: ModelNode, first: ModelNode): UnitTestNode {
  return {
    ...test,
    unique_id: isVersioned(model) ? `${test.unique_id}_v${model.version}` : test.unique_id,
    version: isVersioned(model) ? model.version : null,
    schema: first.schema,
    depends_on: { macros: test.depends_on.macros, nodes: [model.unique_id] },
  };
}

function testedVersions(project: Project, test: UnitTestNode, model: ModelNode): readonly ModelNode[] | Diagnostic {
  const { include, exclude } = test.versions ?? { include: null, exclude: null };
  const known: ModelNode[] = [];
  for (const node of project.nodes.values()) {
    if (node.name !== model.name || node.resource_type !== 'model') continue;
    if (node.package_name === model.package_name && isVersioned(node)) known.push(node);
  }
  const isIn = (list: readonly (string | number)[], { version }: ModelNode): boolean =>
    list.some((one) => String(one) === String(version));
  const chosen = known.filter((one) => (exclude ? !isIn(exclude, one) : include ? isIn(include, one) : true));
  if (chosen.length > 0) return chosen;
  const message = `The unit test '${test.name}' asks for versions of '${model.name}' that it does not have`;
  const hint = `Its versions are ${known.map(({ version }) => version).join(', ')}`;
  return error('graph/unit-test-versions', message, { span: test.origin.definition, hint });
}

function unversioned(test: UnitTestNode, model: ModelNode): readonly ModelNode[] | Diagnostic {
  if (!test.versions?.include && !test.versions?.exclude) return [model];
  const message = `The unit test '${test.name}' asks for versions of '${model.name}', which has none`;
  return error('graph/unit-test-versions', message, { span: test.origin.definition, hint: "Leave out 'versions'" });
}

function unknownModel({ nodes }: Project, { name, model, package_name, origin }: UnitTestNode): Diagnostic {
  const models: string[] = [];
  for (const node of nodes.values()) {
    if (node.resource_type === 'model' && node.package_name === package_name) models.push(node.name);
  }
  return error(
    'graph/unit-test-model',
    `The unit test '${name}' tests '${model}', which is no model of '${package_name}'`,
    {
      span: origin.definition,
      hint: didYouMeanHint(model, models),
    },
  );
}

/** Nobody can say of a test whether its model is to think that its table exists already, but the test itself. */
function incrementalProblem(test: UnitTestNode, model: ModelNode): Diagnostic | undefined {
  if (!asksWhetherIncremental(model)) return undefined;
  const override = test.overrides?.macros.is_incremental;
  const span = test.origin.definition;
  if (typeof override !== 'boolean') {
    const message = `The unit test '${test.name}' has to say whether '${model.name}' runs incrementally`;
    const hint = 'overrides: {macros: {is_incremental: true}}, or false';
    return error('graph/unit-test-incremental', message, { span, hint });
  }
  if (!override || test.given.some(({ input }) => input.trim() === 'this')) return undefined;
  const message = `The unit test '${test.name}' runs '${model.name}' incrementally, but gives no rows of the model's own table`;
  return error('graph/unit-test-incremental', message, { span, hint: 'Add to given: {input: this, rows: […]}' });
}

function asksWhetherIncremental({ raw_code: code }: ModelNode): boolean {
  if (!code.includes('is_incremental')) return false;
  try {
    const names = freeNames(parseTemplate(code));
    return names.has('is_incremental') || names.has('dbt.is_incremental');
  } catch (failure) {
    if (!(failure instanceof TemplateError)) throw failure;
    // The model has its own error.
    return false;
  }
}
