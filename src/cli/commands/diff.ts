import type { Command } from '../command-line/command.ts';
import { decimalOption, numberOption, switchOption, textOption } from '../flags/flag.ts';
import { outputFlags } from '../flags/running.ts';
import { flags, projectSet } from '../flags/sets.ts';

const diff: Command = {
  command: 'diff <what>',
  describe: "Compare a table's rows with those of another, or with what its SQL gives now: ingot diff fact_sales",
  flags: [
    textOption('against', 'Compare with this relation: schema.table or database.schema.table'),
    textOption('against-target', "Compare with the same node's relation of this target"),
    textOption(
      'from',
      'Compare the table as it was at this time, where the warehouse keeps the past: 2025-01-31 06:00, in UTC',
    ),
    textOption('to', 'With --from: as it was at this time. Default: as it is now'),
    textOption(
      'key',
      'Columns that tell rows apart, with commas. Default: unique_key, or what tests and constraints say is unique. Empty: whole rows are compared',
    ),
    textOption('where', 'Compare only rows for which this condition holds'),
    decimalOption(
      'tolerance',
      'Floating-point numbers are equal if they differ by less than this part of the larger one (or of 1)',
    ),
    numberOption(
      'row-limit',
      'Compare at most so many rows one by one, and a sample where more differ. Default: 1 million',
    ),
    switchOption('exit-code', 'End with 1 where anything differs'),
    ...flags(...projectSet),
    outputFlags.result,
  ],
  printsResult: () => true,
  run: async (session) => (await import('../handlers/diff.ts')).diffAndPrint(session),
};

export default diff;
