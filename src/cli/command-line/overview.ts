import type { Command } from './command.ts';

/**
 * What `ingot --help` prints: the commands. Written without yargs, which takes longer to load than this whole call may
 * take; the page of one command comes from it.
 */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ command }) => command.length)) + 2;
  return [
    'ingot <command> [options]',
    '',
    'Commands:',
    ...commands.map(({ command, describe }) => `  ${command.padEnd(width)}${describe}`),
    '',
    'Most used options:',
    ...mostUsed.map(([option, describe]) => `  ${option.padEnd(24)}${describe}`),
    '',
    "'ingot COMMAND --help' tells all about one command, 'ingot --version' which version this is.",
  ].join('\n');
}

const mostUsed = [
  ['-s, --select NODES', 'Work on these only: names, folders, tag:x, +parents, children+'],
  ['    --exclude NODES', 'but not on these'],
  ['-t, --target NAME', 'Target to build in'],
  ['-f, --full-refresh', 'Build incremental models anew'],
  ['-x, --fail-fast', 'Stop at the first failure'],
  ['    --vars YAML', "Variables: '{start: 2024-01-01}'"],
  ['    --project-dir DIR', 'Folder of the project; default: here or above'],
  ['-q, --quiet', 'Show errors only'],
] as const;
