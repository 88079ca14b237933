import { didYouMeanHint } from '../core/index.ts';
import { TemplateError } from '../jinja/index.ts';
import type { CompilerInput } from './compilation.ts';

/** Adds to the error for a name that nothing stands behind what was probably meant; gives the error on. */
export function withMeantName(failure: unknown, { graph, shelves }: CompilerInput): unknown {
  if (!(failure instanceof TemplateError) || failure.unknown === undefined || failure.hint !== undefined)
    return failure;
  // What one thing has is known to whoever tells the error.
  if (failure.unknown.isMember) return failure;
  const { project } = graph;
  const macros = [...project.macros.values()].map((macro) => macro.name);
  const known = [...macros, ...project.packages.keys(), ...shelves.functions.keys(), ...failure.unknown.known];
  failure.hint = didYouMeanHint(failure.unknown.name, known) ?? 'No macro, function or installed package has that name';
  return failure;
}
