import { usageProblem } from '../command-line/usage.ts';
import type { ExitCode } from '../engine/outcome.ts';
import type { Session } from '../session.ts';
import { whyJson, whyText } from '../texts/why-text.ts';

/** `why`: what would happen to something, and because of what. */
export async function tellWhy(session: Session): Promise<ExitCode> {
  const { what } = session.invocation.positional;
  if (typeof what !== 'string') {
    throw usageProblem(
      'no-asset',
      'why needs a model, or one of its partitions',
      "For example: ingot why 'orders[2024-03-31]'",
    );
  }
  const engine = await session.engine();
  const { exitCode, diagnostics, answer } = await engine.why(what, session.call(), session.host);
  session.reporter.diagnose(diagnostics);
  if (answer) session.reporter.print(session.invocation.values.output === 'json' ? whyJson(answer) : whyText(answer));
  return exitCode;
}
