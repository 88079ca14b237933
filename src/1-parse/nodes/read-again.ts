import { type Json, type JsonObject, readableText } from '../../core/index.ts';
import type { LoadedFile } from '../files/load-files.ts';
import type { ReadContext } from '../properties/context.ts';
import type { EntryContent, EntryDetails, EntryFacts } from '../properties/facts.ts';
import { readEntry } from '../properties/read-properties.ts';
import { staysTemplate } from '../properties/templates.ts';
import { renderYaml, type YamlPath } from '../yaml/index.ts';
import type { Linking } from './linking.ts';

/** Where an entry's description is said to come from: `package://path`. */
export function patchPathOf({ found }: LoadedFile): string {
  return `${found.packageName}://${found.path}`;
}

/** A reading of one entry whose file was read before: places come from what was kept. */
export function contextFor(linking: Linking, file: LoadedFile, details: EntryDetails): ReadContext {
  return {
    rangeOf: (_, __, path) => details.ranges?.[path.join('/')] ?? [0, 0],
    report: linking.report,
    span: (path, part) => linking.spanIn(file, path, part),
    quote: (identifier) => linking.world.adapter.statements.quote(identifier),
    argumentsProperty: argumentsProperty(linking.world.settings.flags),
  };
}

/** dbt's flag: whether `arguments:` of a test holds its arguments. */
export function argumentsProperty(flags: JsonObject): boolean {
  return flags.require_generic_test_arguments_property !== false;
}

/** What an entry says once its templates are rendered. */
export function renderEntry(
  linking: Linking,
  file: LoadedFile,
  entry: EntryFacts,
  details: EntryDetails,
): { readonly name: string; readonly content: EntryContent; readonly details: EntryDetails } {
  const base: YamlPath = [entry.section, entry.index];
  const rendered = renderYaml((details.raw ?? {}) as Json, {
    scope: linking.yamlScope(file.found.packageName),
    // Read for places only, which few entries ever need.
    get text() {
      return textOf(file);
    },
    file: file.found.file,
    at: base,
    shouldRender: (path) => !staysTemplate(entry.section, path),
  });
  for (const problem of rendered.diagnostics) linking.report(problem);
  const value = rendered.value as JsonObject;
  const context = contextFor(linking, file, details);
  const name = typeof value.name === 'string' ? value.name : entry.name;
  const read = readEntry(context, entry.section, value, name, base);
  const ranges = details.ranges ? { ranges: details.ranges } : {};
  return { name, content: read.content, details: { ...read.details, ...ranges } };
}

/** The text of a file, for places in it; empty where it cannot be read any more. */
export function textOf({ found }: LoadedFile): string {
  return readableText(found.absolute) ?? '';
}
