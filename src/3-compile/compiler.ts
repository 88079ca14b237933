import { macroValue } from '../1-parse/index.ts';
import type { Node, Session } from '../core/index.ts';
import { callMacroAsync, parseTemplate, renderTemplateAsync } from '../jinja/index.ts';
import type { Compiler, CompilerInput } from './compilation.ts';
import { compileEphemeral, compileNode, type EphemeralParent } from './compile-node.ts';
import { createRendering } from './rendering.ts';
import { fileOf } from './template-of.ts';
import { withMeantName } from './undefined-name.ts';

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
  return {
    async compile(id, session, batch) {
      try {
        const node = codeNode(input, id);
        const compileParent = parentCompiler(session);
        if (isEphemeral(node)) return (await compileParent(id)).compiled;
        const compiled = await compileNode(node, input, session, batch, compileParent);
        return input.translate ? await input.translate(node, compiled) : compiled;
      } catch (failure) {
        throw withMeantName(failure, input);
      }
    },
    async call(macro, node, session, { args = [], extra, transaction } = {}) {
      const rendering = createRendering(input, {
        phase: 'run',
        node,
        packageName: node.package_name,
        session,
        extra,
        transaction,
      });
      try {
        const value = await callMacroAsync(macroValue(macro), [...args], { scope: rendering.scope });
        return { value, results: rendering.results };
      } catch (failure) {
        throw withMeantName(failure, input);
      }
    },
    async render(text, node, session, extra) {
      const rendering = createRendering(input, {
        phase: 'run',
        node,
        packageName: node.package_name,
        session,
        extra,
      });
      try {
        const template = parseTemplate(text, { file: fileOf(node, input) });
        return await renderTemplateAsync(template, { scope: rendering.scope });
      } catch (failure) {
        throw withMeantName(failure, input);
      }
    },
  };
}

function isEphemeral({ resource_type: type, config }: Node): boolean {
  return type === 'model' && config.materialized === 'ephemeral';
}

function codeNode(input: CompilerInput, id: string): Node {
  const node = input.graph.nodes.get(id);
  if (!node || node.resource_type === 'source' || node.resource_type === 'exposure') {
    throw new Error(`${id} has no code`);
  }
  return node;
}
