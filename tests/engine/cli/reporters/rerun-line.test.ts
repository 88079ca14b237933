import { expect, test } from 'vitest';
import type { Invocation } from '../../../../src/cli/command-line/invocation.ts';
import { rerunLine } from '../../../../src/cli/reporters/rerun-line.ts';

const orders = { kind: 'model', counted: 'view model', name: 'orders', label: 'orders', file: undefined };

test.each([
  ['run', {}, 'ingot run --select orders'],
  ['docs', { what: 'generate' }, 'ingot docs generate --select orders'],
  ['backfill', { what: ['orders'] }, 'ingot backfill --select orders'],
  ['retry', {}, 'ingot build --select orders'],
])('a node of %s is run again by a command that there is', (name, positional, line) => {
  const invocation: Invocation = { name, values: {}, given: new Set(), positional, line: `ingot ${name}` };
  expect(rerunLine(invocation, orders)).toBe(line);
});
