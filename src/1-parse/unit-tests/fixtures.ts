import { error } from '../../core/index.ts';
import type { LoadedFile } from '../files/load-files.ts';
import { baseName } from '../names/fqn.ts';
import type { Linking } from '../nodes/linking.ts';

/** The files below `tests/fixtures`, by package and name. */
export interface Fixtures {
  find(packageName: string, name: string): LoadedFile | undefined;
  /** For a did-you-mean. */
  names(packageName: string): readonly string[];
}

/** Finds all fixtures; two of one name in a package are an error, as in dbt. */
export function findFixtures(linking: Linking, files: readonly LoadedFile[]): Fixtures {
  const found = new Map<string, Map<string, LoadedFile>>();
  for (const file of files) {
    if (file.record.facts.kind !== 'fixture') continue;
    const { packageName, relativePath } = file.found;
    const name = baseName(relativePath);
    const ofPackage = found.get(packageName) ?? new Map<string, LoadedFile>();
    found.set(packageName, ofPackage);
    const first = ofPackage.get(name);
    if (first === undefined) ofPackage.set(name, file);
    else linking.report(duplicate(name, first, file));
  }
  return {
    find: (packageName, name) => found.get(packageName)?.get(name),
    names: (packageName) => [...(found.get(packageName)?.keys() ?? [])],
  };
}

function duplicate(name: string, first: LoadedFile, second: LoadedFile) {
  const start = ({ found }: LoadedFile) => ({ file: found.file, start: 0, end: 0 });
  return error('parse/duplicate-fixture', `Two fixtures are named '${name}'`, {
    span: start(second),
    hint: 'Rename one of them: unit tests name fixtures without their folder',
    notes: [{ message: 'the other is here', span: start(first) }],
  });
}
