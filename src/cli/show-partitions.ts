import type { ExitCode } from './invocation.ts';
import { partitionsJson, partitionsText } from './partitions-text.ts';
import { type Session, wordsOf } from './session.ts';

/** `partitions`: what there is of the partitions of some models. */
export async function showPartitions(session: Session): Promise<ExitCode> {
  const engine = await session.engine();
  const names = wordsOf(session.invocation.positional, 'models');
  const { exitCode, diagnostics, assets } = await engine.partitions(names, session.call(), session.host);
  session.reporter.diagnose(diagnostics);
  if (exitCode !== 0) return exitCode;
  session.reporter.print(session.invocation.values.output === 'json' ? partitionsJson(assets) : partitionsText(assets));
  return 0;
}
