import { macroValue } from '../1-parse/index.ts';
import { type CodeNode, hasOwnCode, isEphemeral, type Node, RelationCache, type Session } from '../core/index.ts';
import { callMacroAsync, parseTemplate, renderTemplateAsync, Undefined } from '../jinja/index.ts';
import type { Compiler, CompilerInput, Owner } from './compilation.ts';
import { compileEphemeral, compileNode, type EphemeralParent } from './compile-node.ts';
import { withForeignKeys } from './foreign-keys.ts';
import { renderHook } from './render-hook.ts';
import { createRendering } from './rendering/create-rendering.ts';
import { fileOf } from './template-of.ts';
import { translateHook, translateNode } from './translated.ts';
import { withMeantName } from './undefined-name.ts';
import { createUnitTestCompiler, type UnitTestCompiler } from './unit-tests/compile-unit-test.ts';

/** What a compiler cannot do without; the rest as in `CompilerInput`. */
type QuietInput = Pick<CompilerInput, 'graph' | 'environment' | 'shelves' | 'deferred'> &
  Partial<Pick<CompilerInput, 'relations' | 'selected'>>;

/** A compiler for who only wants to know: nobody is told what templates say. Nothing is selected unless said otherwise. */
export function createQuietCompiler(input: QuietInput): Compiler {
  const { graph, environment, shelves, relations = new RelationCache(), selected = [], deferred } = input;
  const now = (): number => environment.startedAt.getTime();
  return createCompiler({ graph, environment, shelves, relations, selected, deferred, emit: () => undefined, now });
}

export function createCompiler(input: CompilerInput): Compiler {
  // An ephemeral model is compiled once, however many read it: nobody can change what it sees during the run.
  const ephemeral = new Map<string, Promise<EphemeralParent>>();
  const parentCompiler =
    (session: Session | undefined) =>
    (id: string): Promise<EphemeralParent> => {
      let parent = ephemeral.get(id);
      if (!parent) {
        parent = compileEphemeral(codeNode(input, id), input, session, parentCompiler(session)).then((made) => {
          input.onEphemeral?.(made.compiled);
          return made;
        });
        ephemeral.set(id, parent);
      }
      return parent;
    };
  let unitTests: UnitTestCompiler | undefined;
  return {
    withForeignKeys: (node) => withForeignKeys(node, input),
    async compile(id, session, batch, partitions) {
      try {
        const test = input.graph.nodes.get(id);
        if (test?.resource_type === 'unit_test') {
          unitTests ??= createUnitTestCompiler(input);
          return await unitTests(test, session);
        }
        const node = codeNode(input, id);
        const compileParent = parentCompiler(session);
        if (isEphemeral(node)) return (await compileParent(id)).compiled;
        const compiled = await compileNode(node, input, session, { batch, partitions }, compileParent);
        return await translateNode(node, compiled, input);
      } catch (failure) {
        throw withMeantName(failure, input);
      }
    },
    async hook(text, node, session, extra, batch) {
      try {
        const hook = await renderHook(text, node, input, { session, extra, batch });
        return await translateHook(node, hook, input);
      } catch (failure) {
        throw withMeantName(failure, input);
      }
    },
    async call(macro, owner, session, { args = [], kwargs, extra, transaction, materialize } = {}) {
      const rendering = createRendering(input, {
        phase: 'run',
        node: codeOf(owner),
        packageName: owner.package_name,
        session,
        extra,
        transaction,
        materialize,
      });
      const { scope } = rendering;
      try {
        const callee = typeof macro === 'string' ? (scope.lookup(macro) ?? new Undefined(macro)) : macroValue(macro);
        const value = await callMacroAsync(callee, [...args], { scope, kwargs: new Map(kwargs) });
        return { value, results: rendering.results };
      } catch (failure) {
        throw withMeantName(failure, input);
      }
    },
    async render(text, owner, session, extra) {
      const rendering = createRendering(input, {
        phase: 'run',
        node: codeOf(owner),
        packageName: owner.package_name,
        session,
        extra,
      });
      try {
        const template = parseTemplate(text, { file: fileOf(owner, input) });
        return await renderTemplateAsync(template, { scope: rendering.scope });
      } catch (failure) {
        throw withMeantName(failure, input);
      }
    },
  };
}

function codeOf(owner: Owner): CodeNode | undefined {
  return 'alias' in owner ? owner : undefined;
}

function codeNode(input: CompilerInput, id: string): Node {
  const node = input.graph.nodes.get(id);
  if (!node || !hasOwnCode(node)) throw new Error(`${id} has no code`);
  return node;
}
