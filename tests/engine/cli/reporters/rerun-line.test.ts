import { expect, test } from 'vitest';
import type { Invocation } from '../../../../src/cli/command-line/invocation.ts';
import { rerunLine } from '../../../../src/cli/reporters/rerun-line.ts';

const orders = { kind: 'model', counted: 'view model', name: 'orders', label: 'orders', file: undefined };

test.each([
  ['run', {}, 'ingot run --select orders'],
  ['docs', { what: 'generate' }, 'ingot docs generate --select orders'],
  ['backfill', { what: ['orders'] }, 'ingot backfill --select orders'],
])('a node of %s is run again by a command that there is', (name, positional, line) => {
  const invocation: Invocation = { name, values: {}, given: new Set(), positional, line: `ingot ${name}` };
  expect(rerunLine(invocation, orders)).toBe(line);
});

test('with what decides what is read and built, where the command takes it', () => {
  const values = {
    full_refresh: true,
    defer: true,
    favor_state: false,
    state: 'prod state',
    event_time_end: '2024-02-01',
  };
  const given = new Set([...Object.keys(values), 'quiet']);
  const invocation: Invocation = { name: 'build', values, given, positional: {}, line: '' };
  const read = "--defer --no-favor-state --state 'prod state'";
  expect(rerunLine(invocation, orders)).toBe(
    `ingot build --select orders ${read} --full-refresh --event-time-end 2024-02-01`,
  );
  expect(rerunLine(invocation, { ...orders, kind: 'test' })).toBe(`ingot test --select orders ${read}`);
  expect(rerunLine(invocation, orders, ['2024-01-01'])).toBe(`ingot backfill orders --partition 2024-01-01 ${read}`);
});

test('what a retry has not mended is retried: its own line lacks the flags and the macro of the command that it repeats', () => {
  const values = { vars: { day: 1 }, target: 'prod' };
  const invocation: Invocation = { name: 'retry', values, given: new Set(['target']), positional: {}, line: '' };
  for (const kind of ['model', 'test', 'macro'])
    expect(rerunLine(invocation, { ...orders, kind })).toBe('ingot retry --target prod');
});
