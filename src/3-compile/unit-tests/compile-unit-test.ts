import {
  type Diagnostic,
  error,
  type Json,
  type ModelNode,
  Problem,
  restoreFloatMarks,
  type Session,
  type UnitTestNode,
  unitTestName,
} from '../../core/index.ts';
import type { CompiledNode, CompilerInput } from '../compilation.ts';
import { tellProblems } from '../translated.ts';
import { columnsToBe } from './columns-to-be.ts';
import { inputsOf } from './inputs.ts';
import { modelOverRows } from './model-over-rows.ts';
import { unitTestStandIns } from './stand-ins.ts';
import { testAsNode } from './test-node.ts';
import { idleParts } from './warnings.ts';

/** Compiles unit tests; what it finds of the columns of models counts for all of them. */
export type UnitTestCompiler = (test: UnitTestNode, session: Session | undefined) => Promise<CompiledNode>;

/**
 * The query of the tested model, with the given rows as CTEs in place of all that it reads. The compiler throws
 * `Problem`, `TemplateError` or `StatementError`.
 */
export function createUnitTestCompiler(input: CompilerInput): UnitTestCompiler {
  const ofOthers = columnsToBe(input);
  return async (test, session) => {
    restoreFloatMarks(test as unknown as Json, test.origin.floats);
    const model = input.graph.nodes.get(test.depends_on.nodes[0] ?? '') as ModelNode;
    if (model.language !== 'sql') throw new Problem(notSql(test, model));
    const inputs = inputsOf(test, model, input);
    const standIns = unitTestStandIns(test, model, inputs, input, testAsNode(test, model));
    const used = { inputs: inputs.values(), read: standIns.read };
    return modelOverRows({
      id: test.unique_id,
      name: unitTestName(test),
      test,
      model,
      input,
      session,
      standIns,
      columnsToBe: (node) => ofOthers(node, session),
      onRendered: (scope) => tellProblems(idleParts(test, model, used, scope, input), test, input),
    });
  };
}

/** Only SQL can be run over rows that are given. */
export function notSql(test: UnitTestNode, { name, language }: ModelNode): Diagnostic {
  const message = `The unit test '${test.name}' tests '${name}', which is written in ${language}`;
  return error('compile/unit-test-input', message, {
    span: test.origin.definition,
    hint: 'Unit tests are for SQL models',
  });
}
