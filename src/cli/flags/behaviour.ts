import type { Flag } from './flag.ts';

/** How a command goes about its work: global flags that every command takes. */
export const behaviourFlags: readonly Flag[] = [
  {
    name: 'fail-fast',
    aliases: ['x'],
    kind: 'boolean',
    default: false,
    env: 'FAIL_FAST',
    describe: 'Stop at the first failure',
    support: 'yes',
  },
  {
    name: 'indirect-selection',
    kind: 'choice',
    choices: ['eager', 'cautious', 'buildable', 'empty'],
    default: 'eager',
    env: 'INDIRECT_SELECTION',
    describe: 'Which tests come with selected nodes',
    support: 'yes',
  },
  {
    name: 'state',
    kind: 'text',
    default: null,
    env: 'STATE',
    describe: 'Folder with the artifacts of an earlier run',
    support: 'yes',
  },
  {
    name: 'warn-error',
    kind: 'switch',
    default: null,
    env: 'WARN_ERROR',
    describe: 'Treat warnings as errors',
    support: 'yes',
  },
  {
    name: 'warn-error-options',
    kind: 'mapping',
    default: { error: [], warn: [], silence: [] },
    env: 'WARN_ERROR_OPTIONS',
    describe: "Which warnings are errors: '{error: all, silence: [...]}'",
    support: 'yes',
  },
  {
    name: 'write-json',
    kind: 'boolean',
    default: true,
    env: 'WRITE_JSON',
    describe: 'Write manifest.json and run_results.json',
    support: 'yes',
  },
  {
    name: 'partial-parse',
    kind: 'boolean',
    default: true,
    env: 'PARTIAL_PARSE',
    describe: 'Read again only what has changed',
    support: 'yes',
  },
  {
    name: 'version-check',
    kind: 'boolean',
    default: true,
    env: 'VERSION_CHECK',
    describe: "Hold the project's require-dbt-version against dbt 1.11",
    support: 'yes',
  },
  {
    name: 'single-threaded',
    kind: 'boolean',
    default: false,
    env: 'SINGLE_THREADED',
    describe: 'The same as --threads 1',
    hidden: true,
    support: 'yes',
  },
  {
    name: 'defer',
    kind: 'boolean',
    default: false,
    env: 'DEFER',
    describe: 'Read nodes that are not selected from the state folder',
    support: 'yes',
  },
  {
    name: 'defer-state',
    kind: 'text',
    default: null,
    env: 'DEFER_STATE',
    describe: 'Another state folder for --defer',
    support: 'yes',
  },
  {
    name: 'favor-state',
    kind: 'boolean',
    default: false,
    env: 'FAVOR_STATE',
    describe: 'Prefer the state folder even for nodes that exist',
    support: 'yes',
  },
  ...idle('cache-selected-only', 'populate-cache', 'static-parser', 'use-experimental-parser', 'use-fast-test-edges'),
  ...idle('macro-debugging', 'partial-parse-file-diff'),
  {
    name: 'partial-parse-file-path',
    kind: 'text',
    default: null,
    env: 'PARTIAL_PARSE_FILE_PATH',
    describe: "dbt's own cache file, which Ingot does not read",
    hidden: true,
    support: 'idle',
  },
];

/** Switches for parts of dbt that have no counterpart here, because nothing here is slow or experimental. */
function idle(...names: readonly string[]): Flag[] {
  const on = new Set(['populate-cache', 'static-parser', 'partial-parse-file-diff']);
  return names.map((name) => ({
    name,
    kind: 'boolean',
    default: on.has(name),
    env: name.toUpperCase().replaceAll('-', '_'),
    describe: 'Has no effect',
    hidden: true,
    support: 'idle',
  }));
}
