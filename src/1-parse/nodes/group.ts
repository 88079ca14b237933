import { error, type GroupNode, isMapping } from '../../core/index.ts';
import type { LoadedFile } from '../files/load-files.ts';
import { fqnOf } from '../names/fqn.ts';
import type { EntryFacts, OtherContent } from '../properties/facts.ts';
import { entrySpan } from './entry-span.ts';
import type { Linking } from './linking.ts';

/** Makes a group of models. */
export function linkGroup(linking: Linking, file: LoadedFile, entry: EntryFacts, { raw }: OtherContent): void {
  const { packageName, relativePath, path } = file.found;
  const uniqueId = `group.${packageName}.${entry.name}`;
  const span = entrySpan({ entry, file });
  if (linking.groups.has(uniqueId)) {
    linking.report(error('parse/duplicate-group', `The group '${entry.name}' is there twice`, { span }));
    return;
  }
  const properties = isMapping(raw.config) ? raw.config : {};
  const fqn = fqnOf(packageName, relativePath, entry.name);
  const { config } = linking.configurator.configure({ kind: 'group', packageName, fqn, properties });
  const group: GroupNode = {
    resource_type: 'group',
    unique_id: uniqueId,
    name: entry.name,
    package_name: packageName,
    path: relativePath,
    original_file_path: path,
    owner: { email: null, name: null, ...(isMapping(raw.owner) ? raw.owner : {}) },
    description: typeof raw.description === 'string' ? raw.description : null,
    config: { meta: config.meta },
  };
  linking.groups.set(uniqueId, group);
}
