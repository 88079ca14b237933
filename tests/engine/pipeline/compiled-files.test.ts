import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CompiledFiles } from '../../../src/pipeline/compiled-files.ts';
import { graphOf, model } from '../6-record/graph.ts';
import { temporaryFolder } from '../temporary-folder.ts';

test('compiled SQL is written also where somebody has cleaned up meanwhile', () => {
  const folder = temporaryFolder();
  const files = new CompiledFiles(graphOf(model('one'), model('two')), folder);
  files.write('model.shop.one', 'select 1');
  rmSync(folder, { recursive: true });
  files.write('model.shop.two', 'select 2');
  expect(readFileSync(join(folder, 'compiled/shop/models/two.sql'), 'utf8')).toBe('select 2');
});
