import type { ExitCode } from '../engine/outcome.ts';
import type { Session } from '../session.ts';
import { planText } from '../texts/plan-text.ts';

/** `plan`: what `build` would do. */
export async function showPlan(session: Session): Promise<ExitCode> {
  const engine = await session.engine();
  const { exitCode, diagnostics, plan } = await engine.plan(session.call(), session.host);
  session.reporter.diagnose(diagnostics);
  if (plan) {
    const { values } = session.invocation;
    const isJson = values.output === 'json';
    session.reporter.print(isJson ? JSON.stringify(plan, null, 2) : planText(plan, values.statements === true));
  }
  return exitCode;
}
