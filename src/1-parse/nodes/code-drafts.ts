import { join } from 'node:path';
import { readableText } from '../../core/index.ts';
import { isLargeSeed, type LoadedFile } from '../files/load-files.ts';
import { checksumOf } from '../files/read-file.ts';
import { strip } from '../files/strip.ts';
import { baseName, foldersOf, fqnOf, withoutExtension } from '../names/fqn.ts';
import type { ProjectSettings } from '../project.ts';
import type { SnapshotFacts, SqlFacts } from '../sql/sql-facts.ts';
import { locator } from '../yaml/index.ts';
import type { Draft } from './draft.ts';

/** The nodes that a file defines; none for files that only describe. */
export function draftsOf(file: LoadedFile, root: string): readonly Draft[] {
  const { facts } = file.record;
  if (facts.kind === 'snapshots') return facts.blocks.map((block) => snapshotDraft(file, block));
  if (facts.kind === 'seed') return [seedDraft(file, root)];
  return facts.kind === 'sql' ? [sqlDraft(file, facts)] : [];
}

function sqlDraft(file: LoadedFile, facts: SqlFacts): Draft {
  const { kind, packageName, relativePath, path: originalPath, file: spanFile } = file.found;
  const type = kind === 'model' || kind === 'test' || kind === 'function' ? kind : 'analysis';
  const name = baseName(relativePath);
  const path = pathOf(type, relativePath, name);
  const end = facts.start + facts.length;
  return {
    type,
    kind: type === 'analysis' ? 'node' : type,
    uniqueId: `${type}.${packageName}.${name}`,
    name,
    packageName,
    path,
    originalPath,
    fqn: fqnOf(packageName, path, name),
    definition: { file: spanFile, start: facts.start, end },
    checksum: { name: 'sha256', checksum: file.record.checksum },
    rawCode: () => strip(file.record.detail.read()),
    calls: facts.calls,
    ...(facts.language ? { language: facts.language } : {}),
    file,
    block: '',
    tags: [],
  };
}

/** As dbt: analyses stand in a folder of that name, tests are all SQL files. */
function pathOf(type: 'model' | 'test' | 'analysis' | 'function', relativePath: string, name: string): string {
  if (type === 'analysis') return `analysis/${relativePath}`;
  return type === 'test' ? [...foldersOf(relativePath), `${name}.sql`].join('/') : relativePath;
}

function snapshotDraft(file: LoadedFile, block: SnapshotFacts): Draft {
  const { packageName, relativePath, path: originalPath, file: spanFile } = file.found;
  return {
    type: 'snapshot',
    kind: 'snapshot',
    uniqueId: `snapshot.${packageName}.${block.name}`,
    name: block.name,
    packageName,
    path: relativePath,
    originalPath,
    // The file's name is a part, since a file can hold several.
    fqn: [packageName, ...withoutExtension(relativePath).split('/'), block.name],
    definition: { file: spanFile, start: block.start, end: block.end },
    checksum: { name: 'sha256', checksum: file.record.checksum },
    rawCode: () => file.record.detail.read().slice(block.start, block.end),
    calls: block.calls,
    file,
    block: block.name,
    tags: [],
  };
}

function seedDraft(file: LoadedFile, root: string): Draft {
  const { packageName, relativePath, path: originalPath, file: spanFile } = file.found;
  const name = baseName(relativePath);
  return {
    type: 'seed',
    kind: 'seed',
    uniqueId: `seed.${packageName}.${name}`,
    name,
    packageName,
    path: relativePath,
    originalPath,
    fqn: fqnOf(packageName, relativePath, name),
    definition: { file: spanFile, start: 0, end: 0 },
    checksum: { name: isLargeSeed(file.record) ? 'path' : 'sha256', checksum: file.record.checksum },
    rawCode: () => '',
    calls: {},
    file,
    block: '',
    tags: [],
    rootPath: root,
  };
}

/** The hooks of a project file: one operation for each entry of `on-run-start` and `on-run-end`. */
export function hookDrafts(settings: ProjectSettings): readonly Draft[] {
  if (settings.onRunStart.length + settings.onRunEnd.length === 0) return [];
  const text = textOfFile(settings);
  const checksum = checksumOf(text);
  const name = settings.file.slice(settings.pathPrefix.length);
  const find = locator(text, settings.file);
  const draft = (when: 'on-run-start' | 'on-run-end', sql: string, index: number): Draft => {
    const id = `${settings.name}-${when}-${index}`;
    return {
      type: 'operation',
      kind: 'node',
      uniqueId: `operation.${settings.name}.${id}`,
      name: id,
      packageName: settings.name,
      path: `hooks/${id}.sql`,
      originalPath: `./${name}`,
      fqn: [settings.name, 'hooks', id],
      definition: find(typeof settings.raw[when] === 'string' ? [when] : [when, index]),
      checksum: { name: 'sha256', checksum },
      rawCode: () => sql,
      calls: undefined,
      file: undefined,
      block: '',
      tags: [when],
      index,
    };
  };
  return [
    ...settings.onRunStart.map((sql, index) => draft('on-run-start', sql, index)),
    ...settings.onRunEnd.map((sql, index) => draft('on-run-end', sql, index)),
  ];
}

function textOfFile({ root, file, pathPrefix }: ProjectSettings): string {
  return readableText(join(root, file.slice(pathPrefix.length))) ?? '';
}
