import type { JsonObject } from '../../core/index.ts';
import type { Configured } from '../config/configurator.ts';
import type { ConfigKind } from '../config/fields.ts';
import { configDiagnostics } from '../config/problems.ts';
import type { LoadedFile } from '../files/load-files.ts';
import type { EntryFacts } from '../properties/facts.ts';
import { type Linking, projectsOf, settingsOf } from './linking.ts';

interface Entry {
  readonly file: LoadedFile;
  readonly entry: Pick<EntryFacts, 'name' | 'range' | 'section' | 'index'>;
}

/**
 * The settings of what an entry of a properties file defines by itself: an exposure, a unit test, a metric. Wrong ones are
 * told, each at its place.
 *
 * @param properties `config:` of the entry.
 */
export function entryConfig(
  linking: Linking,
  { file, entry }: Entry,
  kind: ConfigKind,
  fqn: readonly string[],
  properties: JsonObject | undefined,
): Omit<Configured, 'problems'> {
  const { packageName } = file.found;
  const { config, unrendered, problems } = linking.configurator.configure({ kind, packageName, fqn, properties });
  const places = { properties: settingsOf(linking, file, entry), projects: projectsOf(linking, packageName) };
  for (const problem of configDiagnostics(problems, `'${entry.name}'`, { kind, fqn }, places)) linking.report(problem);
  return { config, unrendered };
}
