import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type DataPath, type Diagnostic, error, isMapping, type Json, type Span } from '../../core/index.ts';
import type { Scope } from '../../jinja/index.ts';
import { readText } from '../files/read-text.ts';
import type { ProjectSettings, SelectorDefinition } from '../project.ts';
import { check, locate, readYaml, renderYaml } from '../yaml/index.ts';
import { placeIn } from './place.ts';
import { selectorsSchema } from './schema.ts';

export interface SelectorsResult {
  readonly selectors: ReadonlyMap<string, SelectorDefinition>;
  readonly diagnostics: readonly Diagnostic[];
}

const file = 'selectors.yml';

/** Where something stands in the selectors of a project. */
export const placeInSelectors = (
  { root }: Pick<ProjectSettings, 'root'>,
  path: DataPath,
  part: 'key' | 'value',
): Span => placeIn(join(root, file), file, path, part);

/** Reads `selectors.yml`, if there is one: names and definitions. The graph gives the definitions their meaning. */
export function readSelectors(root: string, scope: Scope): SelectorsResult {
  const path = join(root, file);
  if (!existsSync(path)) return { selectors: new Map(), diagnostics: [] };
  const text = readText(path);
  const yaml = readYaml(text, file);
  if (yaml.value === undefined || yaml.value === null) return { selectors: new Map(), diagnostics: yaml.diagnostics };
  const rendered = renderYaml(withoutLastBreaks(yaml.value), { scope, text, file });
  const wrong = check(selectorsSchema, rendered.value, text, file);
  const diagnostics = [...yaml.diagnostics, ...rendered.diagnostics, ...wrong];
  const parsed = selectorsSchema.safeParse(rendered.value);
  if (!parsed.success) return { selectors: new Map(), diagnostics };
  const selectors = new Map<string, SelectorDefinition>();
  let defaultName: string | undefined;
  for (const [index, entry] of parsed.data.selectors.entries()) {
    const span = locate(text, file, ['selectors', index, 'name']);
    if (selectors.has(entry.name)) {
      diagnostics.push(error('parse/duplicate-name', `Two selectors are named '${entry.name}'`, { span }));
      continue;
    }
    if (entry.default === true) {
      if (defaultName === undefined) defaultName = entry.name;
      else {
        const message = `Only one selector can be the default: '${defaultName}' or '${entry.name}'`;
        diagnostics.push(error('parse/two-defaults', message, { span }));
      }
    }
    selectors.set(entry.name, {
      name: entry.name,
      description: entry.description ?? null,
      default: entry.default ?? undefined,
      definition: entry.definition as Json,
      at: ['selectors', index],
    });
  }
  return { selectors, diagnostics };
}

/** Texts as dbt has them, which renders all of them: without the line break at their end (`description: >`). */
function withoutLastBreaks(value: Json): Json {
  if (typeof value === 'string') return value.replace(/\n$/, '');
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutLastBreaks);
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutLastBreaks(member)]));
}
