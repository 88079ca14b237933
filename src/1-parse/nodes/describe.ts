import { type Diagnostic, didYouMeanHint, error, type Span, templateDiagnostic } from '../../core/index.ts';
import { parseTemplate, renderTemplate, type Scope, TemplateError } from '../../jinja/index.ts';
import { docUses, fillDocs, hasOtherTemplates } from '../properties/doc-uses.ts';
import type { DocUse } from '../properties/facts.ts';
import { findDoc, type World } from '../rendering/world.ts';
import type { Describer } from './columns.ts';

/** Gives descriptions in files of one package their docs blocks. */
export function createDescriber(world: World, packageName: string, yamlScope: Scope): Describer {
  const textOf = (from: string | null, name: string): string =>
    findDoc(world, packageName, from, name)?.block_contents ?? '';
  return {
    text(description) {
      const filled = fillDocs(description, textOf);
      if (!hasOtherTemplates(description)) return filled;
      try {
        return renderTemplate(parseTemplate(description), { scope: yamlScope });
      } catch (failure) {
        if (!(failure instanceof TemplateError)) throw failure;
        return filled;
      }
    },
    blocks: (description) =>
      docUses(description, []).flatMap((use) => findDoc(world, packageName, use.package, use.name)?.unique_id ?? []),
  };
}

/** Docs blocks that descriptions name and that do not exist. */
export function missingDocs(
  world: World,
  packageName: string,
  uses: readonly DocUse[],
  spanOf: (use: DocUse) => Span,
): readonly Diagnostic[] {
  const missing = uses.filter(
    ({ template, package: from, name }) =>
      template === undefined && findDoc(world, packageName, from, name) === undefined,
  );
  return missing.map((use) => {
    const named = use.package === null ? `'${use.name}'` : `'${use.name}' in package '${use.package}'`;
    const known = [...world.docs.values()].map((doc) => doc.name);
    return error('parse/unknown-doc', `No docs block is named ${named}`, {
      span: spanOf(use),
      hint: didYouMeanHint(use.name, known),
    });
  });
}

/** A mistake in a description's templates other than a missing docs block. */
export function descriptionProblem(description: string, scope: Scope, span: Span): Diagnostic | undefined {
  if (!hasOtherTemplates(description)) return undefined;
  try {
    renderTemplate(parseTemplate(description), { scope });
    return undefined;
  } catch (failure) {
    if (!(failure instanceof TemplateError)) throw failure;
    return { ...templateDiagnostic(failure, 'parse/template-error', span), span };
  }
}
