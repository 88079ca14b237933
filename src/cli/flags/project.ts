import type { Flag } from './flag.ts';

/** Where the project, its target and its variables come from. */
export const projectFlags: readonly Flag[] = [
  {
    name: 'project-dir',
    kind: 'text',
    default: null,
    env: 'PROJECT_DIR',
    describe: 'Folder of the project; default: the current one or the nearest above with a project file',
    support: 'yes',
  },
  {
    name: 'profiles-dir',
    kind: 'text',
    default: null,
    env: 'PROFILES_DIR',
    describe: 'Folder of profiles.yml; default: the current one, then ~/.dbt',
    support: 'yes',
  },
  { name: 'profile', kind: 'text', default: null, env: 'PROFILE', describe: 'Profile to use', support: 'yes' },
  {
    name: 'target',
    aliases: ['t'],
    kind: 'text',
    default: null,
    env: 'TARGET',
    describe: 'Target of the profile to use',
    support: 'yes',
  },
  {
    name: 'target-path',
    kind: 'text',
    default: null,
    env: 'TARGET_PATH',
    describe: 'Folder for artifacts and compiled SQL; default: target',
    support: 'yes',
  },
  {
    name: 'state-file',
    kind: 'text',
    default: null,
    env: 'STATE_FILE',
    describe: 'File of the run history; default: .ingot/state.db in the project',
    support: 'yes',
  },
  {
    name: 'vars',
    kind: 'mapping',
    default: {},
    describe: "Variables as YAML or JSON: '{start: 2024-01-01}'",
    support: 'yes',
  },
  {
    name: 'threads',
    kind: 'number',
    default: null,
    describe: 'How many nodes run at once; default: what the target says',
    support: 'yes',
  },
];
