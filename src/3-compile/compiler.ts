import { macroValue } from '../1-parse/index.ts';
import { type CodeNode, hasOwnCode, isEphemeral, type Node, RelationCache, type Session } from '../core/index.ts';
import { callMacroAsync, parseTemplate, renderTemplateAsync, Undefined } from '../jinja/index.ts';
import type { Compiler, CompilerInput, Owner, StandIns } from './compilation.ts';
import { compileEphemeral, compileNode, type EphemeralParent } from './compile-node.ts';
import { withForeignKeys } from './foreign-keys.ts';
import { renderHook } from './render-hook.ts';
import { createRendering } from './rendering/create-rendering.ts';
import type { RenderingRequest } from './rendering/request.ts';
import { fileOf } from './template-of.ts';
import { translateHook, translateNode } from './translated.ts';
import { withMeantName } from './undefined-name.ts';
import { createUnitTestCompiler, type UnitTestCompiler } from './unit-tests/compile-unit-test.ts';

/** What a compiler cannot do without; the rest as in `CompilerInput`. */
type QuietInput = Pick<CompilerInput, 'graph' | 'environment' | 'shelves' | 'deferred'> &
  Partial<Pick<CompilerInput, 'relations' | 'selected' | 'standIns'>>;

/** A compiler for who only wants to know: nobody is told what templates say. Nothing is selected unless said otherwise. */
export function createQuietCompiler(input: QuietInput): Compiler {
  const { graph, environment, shelves, relations = new RelationCache(), selected = [], deferred, standIns } = input;
  const now = (): number => environment.startedAt.getTime();
  const emit = (): void => undefined;
  return createCompiler({ graph, environment, shelves, relations, selected, deferred, standIns, emit, now });
}

/** As if no table were there yet: `is_incremental()` is false, and no warehouse has to be asked for it. */
export const nothingBuilt: StandIns = {
  rendering: { existingRelation: async () => undefined },
  name: (_, found) => found,
};

/** Compiles the nodes of a graph, and what else of theirs is a template: hooks, macros, texts. */
export function createCompiler(input: CompilerInput): Compiler {
  const compileParents = ephemeralCompiler(input);
  let unitTests: UnitTestCompiler | undefined;
  const renderingOf = (owner: Owner, session: Session | undefined, more: Partial<RenderingRequest>) =>
    createRendering(input, {
      phase: 'run',
      node: codeOf(owner),
      packageName: owner.package_name,
      session,
      ...more,
    });
  /** Does what may fail because of a name; then it is said which one was meant. */
  const meaning = <T>(work: () => Promise<T>): Promise<T> =>
    work().catch((failure) => {
      throw withMeantName(failure, input);
    });
  return {
    withForeignKeys: (node) => withForeignKeys(node, input),
    compile: (id, session, batch, partitions) =>
      meaning(async () => {
        const test = input.graph.nodes.get(id);
        if (test?.resource_type === 'unit_test') {
          unitTests ??= createUnitTestCompiler(input);
          return unitTests(test, session);
        }
        const node = codeNode(input, id);
        const compileParent = compileParents(session);
        if (isEphemeral(node)) return (await compileParent(id)).compiled;
        const compiled = await compileNode(node, input, session, { batch, partitions }, compileParent);
        return translateNode(node, compiled, input);
      }),
    hook: (text, node, session, extra, batch) =>
      meaning(async () => {
        const hook = await renderHook(text, node, input, { session, extra, batch });
        return translateHook(node, hook, input);
      }),
    call: (macro, owner, session, { args = [], kwargs, ...more } = {}) =>
      meaning(async () => {
        const { scope, results } = renderingOf(owner, session, more);
        const callee = typeof macro === 'string' ? (scope.lookup(macro) ?? new Undefined(macro)) : macroValue(macro);
        const value = await callMacroAsync(callee, [...args], { scope, kwargs: new Map(kwargs) });
        return { value, results };
      }),
    render: (text, owner, session, extra) =>
      meaning(async () => {
        const { scope } = renderingOf(owner, session, { extra });
        return renderTemplateAsync(parseTemplate(text, { file: fileOf(owner, input) }), { scope });
      }),
  };
}

/** An ephemeral model is compiled once, however many read it: nobody can change what it sees during the run. */
function ephemeralCompiler(
  input: CompilerInput,
): (session: Session | undefined) => (id: string) => Promise<EphemeralParent> {
  const compiled = new Map<string, Promise<EphemeralParent>>();
  const compilerIn = (session: Session | undefined) => (id: string) => {
    let parent = compiled.get(id);
    if (!parent) {
      parent = compileEphemeral(codeNode(input, id), input, session, compilerIn(session)).then((made) => {
        input.onEphemeral?.(made.compiled);
        return made;
      });
      compiled.set(id, parent);
    }
    return parent;
  };
  return compilerIn;
}

function codeOf(owner: Owner): CodeNode | undefined {
  return 'alias' in owner ? owner : undefined;
}

function codeNode(input: CompilerInput, id: string): Node {
  const node = input.graph.nodes.get(id);
  if (!node || !hasOwnCode(node)) throw new Error(`${id} has no code`);
  return node;
}
