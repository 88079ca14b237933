import type { Command } from '../command-line/command.ts';
import { decimalOption, type Flag, numberOption, switchOption, textOption } from '../flags/flag.ts';
import { reviewFlags } from '../flags/review.ts';
import { outputFlags } from '../flags/running.ts';
import { flags, projectSet } from '../flags/sets.ts';

const failOn: Flag = {
  name: 'fail-on',
  kind: 'choice',
  choices: ['breaking', 'rows', 'values', 'never'],
  default: 'breaking',
  describe: 'From which class on a change fails the review',
  support: 'yes',
};

const ci: Command = {
  command: 'ci [what]',
  describe: 'Review a pull request: what changes, whether it works, how its data differs. ci clean: drop old schemas',
  flags: [
    textOption(
      'base',
      "The branch or commit to compare with. Default: the pull request's base branch, else origin/main",
    ),
    textOption('pull-request', 'The number of the pull request. Default: what the environment says'),
    textOption(
      'production-target',
      'The target whose tables are production. Default: ci.production_target, else the target',
    ),
    numberOption('partitions', 'How many of the newest partitions are built. Default: 1'),
    numberOption('max-nodes', 'Build at most so many models, seeds and snapshots; the nearest to the change are kept'),
    decimalOption('max-minutes', 'Begin nothing new after so many minutes'),
    failOn,
    switchOption(
      'offline',
      'Use no warehouse: build in this process, from samples that ingot sample pull has recorded',
    ),
    switchOption('drop', 'Drop the schemas of the pull request at the end'),
    switchOption('closed', 'clean: schemas of pull requests that are closed'),
    textOption('older-than', 'clean: schemas that were made longer ago than this: 7d, 12h, 2w'),
    ...reviewFlags,
    ...flags('threads', ...projectSet),
    outputFlags.result,
  ],
  printsResult: (values) => values.output === 'json',
  run: async (session) =>
    typeof session.invocation.positional.what !== 'string'
      ? (await import('../handlers/ci.ts')).reviewAndReport(session)
      : (await import('../handlers/ci-clean.ts')).cleanSchemas(session),
};

export default ci;
