import {
  didYouMeanHint,
  error,
  isMapping,
  type Json,
  type JsonObject,
  type MacroNode,
  warning,
} from '../../core/index.ts';
import type { LinkedEntry } from './entries.ts';
import { entrySpan } from './entry-span.ts';
import type { Linking } from './linking.ts';
import { argumentProblems, argumentsAreValidated, definedArguments } from './macro-arguments.ts';
import type { MacroTable } from './macro-nodes.ts';
import { patchPathOf } from './read-again.ts';

type Writable = { -readonly [Key in keyof MacroNode]: MacroNode[Key] };

/** Gives macros the entries that describe them. */
export function patchMacros(linking: Linking, entries: readonly LinkedEntry[], { macros }: MacroTable): void {
  const validates = argumentsAreValidated(linking.world.settings.flags);
  if (validates) for (const macro of macros.values()) (macro as Writable).arguments = definedArguments(macro);
  for (const linked of entries) {
    const { entry, file, content } = linked;
    if (entry.section !== 'macros' || content.kind !== 'described') continue;
    const { packageName } = file.found;
    const span = entrySpan({ entry, file });
    const macro = macros.get(`macro.${packageName}.${entry.name}`) as Writable | undefined;
    if (macro === undefined) {
      const names = [...macros.values()].filter((one) => one.package_name === packageName).map((one) => one.name);
      const hint = didYouMeanHint(entry.name, names);
      linking.report(warning('parse/unknown-patch', `No macro is named '${entry.name}'`, { span, hint }));
      continue;
    }
    if (macro.patch_path !== null) {
      linking.report(error('parse/duplicate-patch', `The macro '${entry.name}' is described twice`, { span }));
      continue;
    }
    const describer = linking.describer(packageName);
    const meta = isMapping(content.config.meta) ? content.config.meta : {};
    const docs = docsOf(content.config.docs);
    macro.patch_path = patchPathOf(file);
    macro.description = describer.text(content.description);
    macro.meta = meta;
    macro.docs = docs;
    macro.config = { meta, docs: docs as unknown as JsonObject };
    const described = (content.arguments ?? []).map((argument) => ({
      name: argument.name ?? '',
      type: argument.type ?? null,
      description: typeof argument.description === 'string' ? describer.text(argument.description) : '',
    }));
    if (validates) {
      for (const problem of argumentProblems(macro.name, described, macro.arguments)) {
        linking.report(warning('parse/macro-arguments', problem, { span }));
      }
    }
    if (!validates || described.length > 0) macro.arguments = described;
  }
}

function docsOf(written: Json | undefined): MacroNode['docs'] {
  const docs = isMapping(written) ? written : {};
  return { show: docs.show !== false, node_color: typeof docs.node_color === 'string' ? docs.node_color : null };
}
