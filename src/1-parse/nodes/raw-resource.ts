import { error } from '../../core/index.ts';
import type { LoadedFile } from '../files/load-files.ts';
import { fqnOf } from '../names/fqn.ts';
import type { RawResource } from '../project.ts';
import type { EntryDetails, EntryFacts, SectionName } from '../properties/facts.ts';
import type { Linking } from './linking.ts';

const typeOf: Partial<Record<SectionName, RawResource['resource_type']>> = {
  metrics: 'metric',
  semantic_models: 'semantic_model',
  saved_queries: 'saved_query',
  unit_tests: 'unit_test',
};

/** Keeps an entry that later rooms read as it was written. */
export function linkRaw(linking: Linking, file: LoadedFile, entry: EntryFacts, details: () => EntryDetails): void {
  const type = typeOf[entry.section];
  if (type === undefined) return;
  const { packageName, relativePath, path } = file.found;
  const raw = details().raw ?? {};
  // A unit test is one of its model.
  const name = type === 'unit_test' ? `${String(raw.model ?? '')}.${entry.name}` : entry.name;
  const uniqueId = `${type}.${packageName}.${name}`;
  const span = { file: file.found.file, start: entry.range[0], end: entry.range[1] };
  const resources = linking.raw[type];
  if (resources.has(uniqueId)) {
    linking.report(
      error(`parse/duplicate-${type.replace('_', '-')}`, `'${entry.name}' of ${entry.section} is there twice`, {
        span,
      }),
    );
    return;
  }
  const fqn = fqnOf(packageName, relativePath, entry.name);
  resources.set(uniqueId, {
    resource_type: type,
    unique_id: uniqueId,
    name: entry.name,
    package_name: packageName,
    path: relativePath,
    original_file_path: path,
    fqn,
    raw,
    span,
  });
}
