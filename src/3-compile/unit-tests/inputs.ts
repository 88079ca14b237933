import { type UnitTestInput, unitTestInput, unitTestPlace } from '../../1-parse/index.ts';
import { resolveRef, resolveSource } from '../../2-graph/index.ts';
import {
  didYouMeanHint,
  error,
  type ModelNode,
  Problem,
  type RefableNode,
  type SourceNode,
  type Span,
  type UnitTestGiven,
  type UnitTestNode,
} from '../../core/index.ts';
import type { CompilerInput } from '../compilation.ts';
import { cteName } from '../ephemeral.ts';

/** What rows are told apart and placed by. */
export type Giver = Pick<UnitTestNode, 'unique_id' | 'name' | 'origin' | 'overrides' | 'fixture_files'>;

/** Where a part of a unit test stands in it. */
export type InputPath = readonly (string | number)[];

/** Rows that stand in for something that the tested model reads. */
export interface Input {
  readonly given: UnitTestGiven;
  /** Where the test gives it. */
  readonly path: InputPath;
  readonly node: RefableNode | SourceNode;
  /** The name under which the model's query reads it. */
  readonly cte: string;
}

/** What a unit test gives, by the id of what it stands in for; the tested model itself for `this`. */
export function inputsOf(test: UnitTestNode, model: ModelNode, input: CompilerInput): ReadonlyMap<string, Input> {
  const inputs = new Map<string, Input>();
  for (const [index, given] of test.given.entries()) {
    const path = ['given', index];
    const node = standsFor(test, given, path, model, input);
    inputs.set(node.unique_id, inputOf(node, given, path));
  }
  return inputs;
}

/** Rows for one thing, under the name that dbt gives them in a query. */
export function inputOf(node: Input['node'], given: UnitTestGiven, path: InputPath): Input {
  const name = node.resource_type === 'source' ? `${node.source_name}__${node.name}` : node.alias;
  return { given, path, node, cte: cteName(name) };
}

/** What rows stand in for. Throws `Problem` where that is not in the project. */
export function standsFor(
  test: UnitTestNode,
  { input: text }: UnitTestGiven,
  path: InputPath,
  model: ModelNode,
  { graph }: CompilerInput,
): Input['node'] {
  const { project } = graph;
  const read = unitTestInput(text);
  const span = (): Span => unitTestPlace(project, test, [...path, 'input']) ?? test.origin.definition;
  if (read === undefined) {
    const message = `The unit test '${test.name}' gives rows for '${text}', which is no input`;
    const hint = "An input is ref('…'), source('…', '…') or this";
    throw new Problem(error('compile/unit-test-input', message, { span: span(), hint }));
  }
  if (read.kind === 'this') return model;
  const found =
    read.kind === 'ref'
      ? resolveRef(project, read.ref, test.package_name)
      : resolveSource(project, read.source, read.table, test.package_name);
  if (found.kind === 'found') return found.node;
  const message = `The unit test '${test.name}' gives rows for ${text}, which is not in the project`;
  throw new Problem(error('compile/unit-test-input', message, { span: span(), hint: meant(read, project) }));
}

function meant(read: UnitTestInput, { nodes, sources }: CompilerInput['graph']['project']): string | undefined {
  if (read.kind === 'ref') {
    const refables = [...nodes.values()].filter(({ resource_type: type }) => refableTypes.has(type));
    return didYouMeanHint(
      read.ref.name,
      refables.map(({ name }) => name),
    );
  }
  if (read.kind === 'this') return undefined;
  const known = [...sources.values()].map((source) => `${source.source_name}.${source.name}`);
  return didYouMeanHint(`${read.source}.${read.table}`, known);
}

const refableTypes: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot']);
