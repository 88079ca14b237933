import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectOnDisk } from './project-on-disk.ts';

test('links are followed to files and folders, in no circle and not to nowhere', () => {
  const project = projectOnDisk({
    'models/a/one.sql': 'select 1 as id',
    'models/b/two.sql': 'select 1 as id',
    'elsewhere/three.sql': 'select 1 as id',
    'elsewhere/more/four.sql': 'select 1 as id',
    'single.sql': 'select 1 as id',
  });
  const link = (to: string, at: string): void => symlinkSync(to, join(project.root, at));
  link('../elsewhere', 'models/linked');
  link('../single.sql', 'models/five.sql');
  link('.', 'models/itself');
  link('..', 'elsewhere/more/above');
  link('/nowhere/at/all', 'models/nowhere.sql');
  link('itself.sql', 'models/itself.sql');
  const { nodes, diagnostics } = project.parse();
  expect(diagnostics).toEqual([]);
  expect([...nodes.values()].map(({ original_file_path: path }) => path).sort()).toEqual([
    'models/a/one.sql',
    'models/b/two.sql',
    'models/five.sql',
    'models/linked/more/four.sql',
    'models/linked/three.sql',
  ]);
});

test('a folder that the project file names and that cannot be read is an error: without it, it would be another project', () => {
  const project = projectOnDisk({ 'seeds/codes.csv': 'id\n1\n' });
  symlinkSync('models', join(project.root, 'models'));
  expect(project.parse().diagnostics).toMatchObject([
    {
      code: 'parse/unreadable-folder',
      severity: 'error',
      message: 'The folder models cannot be read: its links lead in a circle',
    },
  ]);
});

test.skipIf(process.platform === 'win32')('a pipe is no file of the project, and nobody waits for it', () => {
  const project = projectOnDisk({ 'models/one.sql': 'select 1 as id' });
  execFileSync('mkfifo', [join(project.root, 'models/pipe.sql')]);
  expect([...project.parse().nodes.keys()]).toEqual(['model.shop.one']);
});
