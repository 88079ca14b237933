import { error } from '../../core/index.ts';
import { foldersOf } from '../names/fqn.ts';
import { packCalls } from '../sql/sql-facts.ts';
import { staticCalls } from '../sql/static-calls.ts';
import type { Draft } from './draft.ts';
import type { LinkedEntry } from './entries.ts';
import type { Linking } from './linking.ts';

/** The snapshot that an entry with `relation:` defines by itself. */
export function yamlSnapshot(linking: Linking, { entry, file, content }: LinkedEntry): Draft | undefined {
  if (entry.section !== 'snapshots' || content.kind !== 'described' || content.relation === undefined) return undefined;
  const { packageName, relativePath, path: originalPath, file: spanFile } = file.found;
  const [start, end] = entry.range;
  const code = `select * from {{ ${content.relation} }}`;
  const calls = staticCalls(code, spanFile);
  if (calls === undefined || calls.refs.length + calls.sources.length === 0) {
    const span = linking.spanIn(file, [entry.section, entry.index, 'relation']);
    const message = `'relation' of snapshot '${entry.name}' has to be a ref() or a source(), but is '${content.relation}'`;
    linking.report(error('parse/wrong-value', message, { span }));
    return undefined;
  }
  const definition = { file: spanFile, start, end };
  const placed = {
    ...calls,
    refs: calls.refs.map((ref) => ({ ...ref, span: definition })),
    sources: calls.sources.map((source) => ({ ...source, span: definition })),
  };
  return {
    type: 'snapshot',
    kind: 'snapshot',
    uniqueId: `snapshot.${packageName}.${entry.name}`,
    name: entry.name,
    packageName,
    path: `${relativePath}/${entry.name}.sql`,
    originalPath,
    fqn: [packageName, ...foldersOf(relativePath), entry.name],
    definition,
    checksum: { name: 'sha256', checksum: file.record.checksum },
    rawCode: () => code,
    calls: packCalls(placed, spanFile),
    file,
    block: entry.name,
    tags: [],
  };
}
