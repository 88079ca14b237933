import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CompiledFiles } from '../../../src/pipeline/compiled-files.ts';
import { graphOf, model } from '../6-record/graph.ts';

test('compiled SQL is written also where somebody has cleaned up meanwhile', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ingot-compiled-')));
  try {
    const files = new CompiledFiles(graphOf(model('one'), model('two')), folder);
    files.write('model.shop.one', 'select 1');
    rmSync(folder, { recursive: true });
    files.write('model.shop.two', 'select 2');
    expect(readFileSync(join(folder, 'compiled/shop/models/two.sql'), 'utf8')).toBe('select 2');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
