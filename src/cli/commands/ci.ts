import type { Command } from '../command.ts';
import type { Flag } from '../flags/flag.ts';
import { reviewFlags } from '../flags/review.ts';
import { outputFlags } from '../flags/running.ts';
import { flags, projectSet } from '../flags/sets.ts';

const text = (name: string, describe: string): Flag => ({
  name,
  kind: 'text',
  default: null,
  describe,
  support: 'yes',
});
const number = (name: string, describe: string): Flag => ({
  name,
  kind: 'number',
  default: null,
  describe,
  support: 'yes',
});
const when = (name: string, describe: string): Flag => ({
  name,
  kind: 'switch',
  default: false,
  describe,
  support: 'yes',
});

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
    text('base', "The branch or commit to compare with. Default: the pull request's base branch, else origin/main"),
    text('pull-request', 'The number of the pull request. Default: what the environment says'),
    text('production-target', 'The target whose tables are production. Default: ci.production_target, else the target'),
    number('partitions', 'How many of the newest partitions are built. Default: 1'),
    number('max-nodes', 'Build at most so many models, seeds and snapshots; the nearest to the change are kept'),
    number('max-minutes', 'Begin nothing new after so many minutes'),
    failOn,
    when('offline', 'Use no warehouse: build in this process, from samples that ingot sample pull has recorded'),
    when('drop', 'Drop the schemas of the pull request at the end'),
    when('closed', 'clean: schemas of pull requests that are closed'),
    text('older-than', 'clean: schemas that were made longer ago than this: 7d, 12h, 2w'),
    ...reviewFlags,
    ...flags('threads', ...projectSet),
    outputFlags.result,
  ],
  printsResult: (values) => values.output === 'json',
  run: async (session) =>
    typeof session.invocation.positional.what !== 'string'
      ? (await import('../review-and-report.ts')).reviewAndReport(session)
      : (await import('../clean-schemas.ts')).cleanSchemas(session),
};

export default ci;
