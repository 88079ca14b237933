import { isSameData, type JsonObject, readInstant } from '../../core/index.ts';
import { usageProblem } from '../command-line/usage.ts';
import { positiveOf, textOf } from '../command-line/values.ts';
import type { ExitCode } from '../engine/outcome.ts';
import type { Session } from '../session.ts';
import { diffJson, diffText } from '../texts/diff-text.ts';

/** `diff`: compares rows and says what differs. */
export async function diffAndPrint(session: Session): Promise<ExitCode> {
  const { positional, values } = session.invocation;
  const { what } = positional;
  if (typeof what !== 'string') {
    throw usageProblem(
      'no-asset',
      'diff needs a model, or some of its partitions',
      "For example: ingot diff 'orders[2024-03-31]'",
    );
  }
  const key = textOf(values, 'key');
  const request = {
    against: textOf(values, 'against'),
    againstTarget: textOf(values, 'against_target'),
    ...timesOf(values),
    key: key
      ?.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    where: textOf(values, 'where'),
    tolerance: positiveOf(values, 'tolerance'),
    rowLimit: positiveOf(values, 'row_limit'),
  };
  const engine = await session.engine();
  const { exitCode, diagnostics, answer } = await engine.diff(what, request, session.call(), session.host);
  session.reporter.diagnose(diagnostics);
  if (!answer) return exitCode;
  session.reporter.print(values.output === 'json' ? diffJson(answer) : diffText(answer));
  return values.exit_code === true && !isSameData(answer.difference) ? 1 : exitCode;
}

/** What is compared is one table at two times: no other side can be named. */
function timesOf(values: JsonObject): { readonly from?: Date; readonly to?: Date } {
  const [from, to] = [timeOf(values, 'from'), timeOf(values, 'to')];
  if (!from && !to) return {};
  const other = ['against', 'against_target', 'state'].find((name) => textOf(values, name) !== undefined);
  if (from && other === undefined) return to ? { from, to } : { from };
  const message = from
    ? `--from and --${other?.replace('_', '-')} name two sides to compare with`
    : '--to needs --from';
  throw usageProblem('diff-time', message, "For example: ingot diff orders --from '2025-01-31 06:00'");
}

function timeOf(values: JsonObject, name: 'from' | 'to'): Date | undefined {
  const text = textOf(values, name);
  const time = text === undefined ? undefined : readInstant(text);
  if (time || text === undefined) return time;
  throw usageProblem(
    'bad-time',
    `'${text}' is no time that --${name} can take`,
    "For example: '2025-01-31 06:00', in UTC",
  );
}
