import { unitTestPlace } from '../../1-parse/index.ts';
import { type Diagnostic, didYouMeanHint, type ModelNode, type UnitTestNode, warning } from '../../core/index.ts';
import { HostObject, type Scope } from '../../jinja/index.ts';
import type { CompilerInput } from '../compilation.ts';
import type { Input } from './inputs.ts';

/** What is given, and what of it was read. */
export interface Inputs {
  readonly inputs: Iterable<Input>;
  readonly read: ReadonlySet<Input>;
}

/** What a unit test says to no effect: dbt passes over it, but it is mostly a slip. */
export function idleParts(
  test: UnitTestNode,
  model: ModelNode,
  { inputs, read }: Inputs,
  scope: Scope,
  input: CompilerInput,
): readonly Diagnostic[] {
  return [...idleInputs(test, model, { inputs, read }, input), ...idleOverrides(test, scope, input)];
}

function idleInputs(
  test: UnitTestNode,
  model: ModelNode,
  { inputs, read }: Inputs,
  { graph }: CompilerInput,
): readonly Diagnostic[] {
  return [...inputs].flatMap((one) => {
    const { node, given, path } = one;
    const isRead = read.has(one) || model.depends_on.nodes.includes(node.unique_id);
    if (isRead || node.unique_id === model.unique_id) return [];
    const message = `The unit test '${test.name}' gives rows for ${given.input}, which '${model.name}' does not read`;
    const span = unitTestPlace(graph.project, test, [...path, 'input']) ?? test.origin.definition;
    return [warning('compile/unit-test-idle', message, { span })];
  });
}

function idleOverrides(test: UnitTestNode, scope: Scope, { graph, shelves }: CompilerInput): readonly Diagnostic[] {
  const { project } = graph;
  return Object.keys(test.overrides?.macros ?? {}).flatMap((written) => {
    const [first = '', member] = written.split('.');
    const found = scope.lookup(first);
    const isThere = member === undefined ? found !== undefined : hasMember(found, member);
    if (isThere) return [];
    const known = [...[...project.macros.values()].map(({ name }) => name), ...shelves.functions.keys()];
    return [
      warning(
        'compile/unit-test-idle',
        `The unit test '${test.name}' overrides the macro '${written}', which there is not`,
        {
          span: unitTestPlace(project, test, ['overrides', 'macros', written], 'key') ?? test.origin.definition,
          hint: didYouMeanHint(member ?? first, known),
        },
      ),
    ];
  });
}

function hasMember(found: unknown, member: string): boolean {
  return found instanceof HostObject && found.getAttribute(member) !== undefined;
}
