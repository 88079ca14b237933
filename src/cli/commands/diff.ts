import type { Command } from '../command.ts';
import type { Flag } from '../flags/flag.ts';
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

const exitCode: Flag = {
  name: 'exit-code',
  kind: 'switch',
  default: false,
  describe: 'End with 1 where anything differs',
  support: 'yes',
};

const diff: Command = {
  command: 'diff <what>',
  describe: "Compare a table's rows with those of another, or with what its SQL gives now: ingot diff fact_sales",
  flags: [
    text('against', 'Compare with this relation: schema.table or database.schema.table'),
    text('against-target', "Compare with the same node's relation of this target"),
    text(
      'from',
      'Compare the table as it was at this time, where the warehouse keeps the past: 2025-01-31 06:00, in UTC',
    ),
    text('to', 'With --from: as it was at this time. Default: as it is now'),
    text(
      'key',
      'Columns that tell rows apart, with commas. Default: unique_key, or what tests and constraints say is unique. Empty: whole rows are compared',
    ),
    text('where', 'Compare only rows for which this condition holds'),
    number(
      'tolerance',
      'Floating-point numbers are equal if they differ by less than this part of the larger one (or of 1)',
    ),
    number('row-limit', 'Compare at most so many rows one by one, and a sample where more differ. Default: 1 million'),
    exitCode,
    ...flags(...projectSet),
    outputFlags.result,
  ],
  printsResult: () => true,
  run: async (session) => (await import('../diff-and-print.ts')).diffAndPrint(session),
};

export default diff;
