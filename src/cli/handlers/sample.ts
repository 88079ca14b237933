import { relative } from 'node:path';
import type { Column } from '../../core/index.ts';
import { usageProblem } from '../command-line/usage.ts';
import { positiveOf, textOf, wordsOf } from '../command-line/values.ts';
import type { ExitCode } from '../engine/outcome.ts';
import type { SampleOutcome } from '../engine/sample.ts';
import type { Session } from '../session.ts';
import { tableText } from '../texts/print-table.ts';

/** `sample pull`: records some rows of production's tables, and says what was recorded. */
export async function recordSample(session: Session): Promise<ExitCode> {
  const { positional, values } = session.invocation;
  if (positional.what === null) throw usageProblem('unknown-command', "'sample' needs a second word: pull");
  if (positional.what !== 'pull') {
    const name = String(positional.what);
    throw usageProblem('unknown-command', `There is no command 'sample ${name}'`, { name, known: ['pull'] });
  }
  const rows = positiveOf(values, 'rows') ?? 1000;
  const engine = await session.engine();
  // Without a word about what, it is the sources: models are built from them.
  const isSelected = wordsOf(values, 'select').length > 0 || textOf(values, 'selector') !== undefined;
  const call = session.call(isSelected ? {} : { resourceTypes: ['source'] });
  const request = { rows, seed: textOf(values, 'seed') ?? '0' };
  const { exitCode, diagnostics, recorded } = await engine.pullSample(request, call, session.host);
  session.reporter.diagnose(diagnostics);
  if (recorded) {
    session.reporter.print(
      values.output === 'json' ? JSON.stringify(recorded.sample, null, 2) : sampleText(recorded, session),
    );
  }
  return exitCode;
}

function sampleText({ folder, sample }: NonNullable<SampleOutcome['recorded']>, { host, projectDir }: Session): string {
  const heads = ['table', 'rows', 'of these referred to', 'masked'];
  const rows = sample.tables.map(({ relation, rows, referred, columns }) => [
    relation,
    rows,
    referred,
    columns.flatMap(({ name, masked }) => (masked === undefined ? [] : [`${name} (${masked})`])).join(', '),
  ]);
  const table = tableText({ columns: heads.map((name): Column => ({ name, type: '' })), rows });
  return `${table}\nRecorded in ${relative(projectDir ?? host.cwd, folder)}`;
}
