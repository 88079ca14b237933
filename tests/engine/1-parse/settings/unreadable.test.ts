import { expect, test } from 'vitest';
import { openProjectFile } from '../../../../src/1-parse/index.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

test('a file of settings that cannot be read is named', () => {
  const root = temporaryFolder({ 'dbt_project.yml/inside.txt': '' });
  expect(() => openProjectFile(root)).toThrow(`${root}/dbt_project.yml cannot be read: it is a folder, not a file`);
});
