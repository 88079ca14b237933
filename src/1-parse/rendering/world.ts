import type { Adapter, Diagnostic, DocNode, Environment, MacroNode, Shelves } from '../../core/index.ts';
import { TemplateError } from '../../jinja/index.ts';
import type { MacroSearch } from '../macros/macro-search.ts';
import type { ProjectSettings } from '../project.ts';

/** All that rendering at parsing can name, besides the node itself. */
export interface World {
  readonly environment: Environment;
  readonly shelves: Shelves;
  readonly adapter: Adapter;
  readonly settings: ProjectSettings;
  readonly packages: ReadonlyMap<string, ProjectSettings>;
  readonly macros: ReadonlyMap<string, MacroNode>;
  readonly search: MacroSearch<MacroNode>;
  /** A text that changes when a macro's file does. */
  versionOf(macro: MacroNode): string;
  readonly docs: ReadonlyMap<string, DocNode>;
  /** Told for every environment variable that is read. */
  onEnv(name: string, value: string | undefined): void;
  report(diagnostic: Diagnostic): void;
}

/** The docs block that a name means, by dbt's order: root project, own package, any other. */
export function findDoc(
  world: Pick<World, 'docs' | 'settings' | 'packages'>,
  from: string,
  packageName: string | null,
  name: string,
): DocNode | undefined {
  const searched = packageName === null ? [world.settings.name, from, ...world.packages.keys()] : [packageName];
  for (const candidate of searched) {
    const doc = world.docs.get(`doc.${candidate}.${name}`);
    if (doc !== undefined) return doc;
  }
  return undefined;
}

/** What `doc(…)` gives a template of the package `from`. Throws `TemplateError` where there is no such block. */
export function docText(
  world: Parameters<typeof findDoc>[0],
  from: string,
  packageName: string | undefined,
  name: string,
): string {
  const doc = findDoc(world, from, packageName ?? null, name);
  if (doc === undefined) throw new TemplateError(`No docs block is named '${name}'`);
  return doc.block_contents;
}
