import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { PackedColumns } from '../../../src/3-compile/index.ts';
import { KeptResults } from '../../../src/pipeline/kept-results.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const columns = (name: string): PackedColumns => [1, [[name, 1, 'INTEGER']]];

describe('columns kept in a file', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = temporaryFolder();
    file = join(folder, 'target', 'columns.txt');
  });

  const keep = (entries: Readonly<Record<string, string>>, key = 'k'): void => {
    const kept = new KeptResults<PackedColumns>(file, 'v1');
    for (const [id, name] of Object.entries(entries)) kept.set(id, key, columns(name));
    kept.save();
  };
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`model.p.m${index}`, `c${index}`]));

  test('are found again under the key that they were kept with', () => {
    keep({ 'model.p.a': 'id', 'model.p.ab': 'other' });
    const again = new KeptResults<PackedColumns>(file, 'v1');
    expect(again.get('model.p.a', 'k')).toEqual(columns('id'));
    expect(again.get('model.p.ab', 'k')).toEqual(columns('other'));
    expect(again.get('model.p.a', 'changed')).toBeUndefined();
    expect(again.get('model.p', 'k')).toBeUndefined();
  });

  test('are the same for who asks for few nodes and for who asks for all', () => {
    keep(many);
    const again = new KeptResults<PackedColumns>(file, 'v1');
    for (const [id, name] of Object.entries(many)) expect(again.get(id, 'k')).toEqual(columns(name));
  });

  test('that were kept later count', () => {
    keep(many);
    const size = readFileSync(file).length;
    keep({ 'model.p.m7': 'renamed' });
    expect(readFileSync(file).length).toBeLessThan(size + 100);
    expect(new KeptResults<PackedColumns>(file, 'v1').get('model.p.m7', 'k')).toEqual(columns('renamed'));
    keep(Object.fromEntries(Object.keys(many).map((id) => [id, 'all'])));
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(102);
    expect(new KeptResults<PackedColumns>(file, 'v1').get('model.p.m7', 'k')).toEqual(columns('all'));
  });

  test('of another version are of no use', () => {
    keep({ 'model.p.a': 'id' });
    expect(new KeptResults<PackedColumns>(file, 'v2').get('model.p.a', 'k')).toBeUndefined();
  });

  test('are unknown where the process died while it wrote them', () => {
    keep({ 'model.p.a': 'id' });
    appendFileSync(file, 'model.p.b\tk\t[1,[["na');
    const again = new KeptResults<PackedColumns>(file, 'v1');
    expect(again.get('model.p.b', 'k')).toBeUndefined();
    expect(again.get('model.p.a', 'k')).toEqual(columns('id'));
  });

  test('are unknown where their line was damaged', () => {
    keep({ 'model.p.a': 'id', 'model.p.b': 'name' });
    writeFileSync(file, readFileSync(file, 'utf8').replace('["id"', '["iD"'));
    const again = new KeptResults<PackedColumns>(file, 'v1');
    expect(again.get('model.p.a', 'k')).toBeUndefined();
    expect(again.get('model.p.b', 'k')).toEqual(columns('name'));
  });
});
